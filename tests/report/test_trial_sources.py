"""Where each number of a trial was found, as the report shows it."""

from dataclasses import replace

import pytest

from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.sources.trial_sources import trial_sources
from liftproof.report.build import build
from liftproof.reviews import read
from support.page_inputs import review_inputs
from support.review_arithmetic import REVIEWS


@pytest.fixture(scope="module")
def inputs() -> ReviewInputs:
    return review_inputs(read(REVIEWS / "lauersen2018"))


def source(inputs: ReviewInputs, label: str):
    return next(trial for trial in trial_sources(inputs) if trial.label == label)


def test_every_trial_stands_with_its_publication(inputs):
    assert [trial.label for trial in trial_sources(inputs)] == [
        study.label for study in inputs.review.studies
    ]
    askling = source(inputs, "Askling 2003")
    assert askling.anchor == "review-lauersen2018-trial-askling2003"
    assert askling.citation.startswith("Askling C, Karlsson J, Thorstensson A.")
    assert askling.doi == "10.1034/j.1600-0838.2003.00312.x"


def test_every_number_stands_once_with_where_it_was_found(inputs):
    shown = [
        number
        for trial in trial_sources(inputs)
        for row in trial.numbers.rows
        for number in row[1].split("; ")
    ]
    assert len(shown) == len(inputs.review.provenance)


def test_numbers_of_one_origin_share_a_row(inputs):
    """The counts of Askling 2003 are from its abstract."""
    rows = {row[0]: row[1:] for row in source(inputs, "Askling 2003").numbers.rows}
    assert set(rows) == {"hamstring injury", "the trial"}
    numbers, known, publication, place, _ = rows["hamstring injury"]
    assert "events intervention 3" in numbers.split("; ")
    assert known == "read in the abstract"
    assert publication.startswith("Askling C")
    assert place == "abstract"


def test_a_number_seen_in_no_source_is_marked(inputs):
    """How the 36 injured players of van der Horst 2015 were split is from memory of the article."""
    rows = [row for row in source(inputs, "van der Horst 2015").numbers.rows if "†" in row[2]]
    marked = [row for row in inputs.review.provenance if row.kind == "unverified"]
    assert {row[2] for row in rows} == {"seen in no source†"}
    assert sum(len(row[1].split("; ")) for row in rows) == sum(
        row.study == "vanderhorst2015" for row in marked
    )


def test_a_trial_without_publication_or_numbers_says_so(inputs):
    bare = replace(inputs.review.studies[0], study="bare", label="Bare 2020", citation="", doi="")
    alone = replace(
        inputs.review, studies=(bare,), outcomes=(), provenance=(), risk_of_bias=(), grades=()
    )
    page = build([replace(inputs, review=alone)])
    entry = page[page.index("Bare 2020</h4>") :][:200]
    assert "No publication is recorded." in entry
    assert "No number of it is recorded with a source." in entry
