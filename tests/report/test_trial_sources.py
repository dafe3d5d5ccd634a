"""Where each number of a trial was found, as the report shows it."""

from dataclasses import replace

import pytest

from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.sources.source_links import SourceLinks
from liftproof.pages.sources.sources_section import sources_section
from liftproof.pages.sources.trial_sources import trial_sources
from liftproof.report.build import build_review_page
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
    assert [link.url for link in askling.links] == [
        "https://doi.org/10.1034/j.1600-0838.2003.00312.x",
        "https://pubmed.ncbi.nlm.nih.gov/12859607/",
    ]


def test_every_number_stands_once_with_where_it_was_found(inputs):
    shown = [
        number
        for trial in trial_sources(inputs)
        for row in trial.numbers.rows
        for number in row[1].split("; ")
    ]
    assert len(shown) == len(inputs.review.provenance)


def test_results_come_before_what_describes_the_trial(inputs):
    """Who asks where a number of a figure comes from finds it on top."""
    for trial in trial_sources(inputs):
        about_all = [row[0] == "the trial" for row in trial.numbers.rows]
        assert about_all == sorted(about_all)
        assert about_all[0] is False


def test_numbers_of_one_origin_share_a_row(inputs):
    """The counts of Askling 2003 are from its abstract."""
    rows = {row[0]: row[1:] for row in source(inputs, "Askling 2003").numbers.rows}
    assert set(rows) == {"hamstring injury", "the trial"}
    numbers, known, publication, place, _ = rows["hamstring injury"]
    assert "events, intervention 3" in numbers.split("; ")
    assert known == "read in the abstract"
    assert str(publication).startswith("Askling C")
    assert publication.parts[-1].url == "https://doi.org/10.1034/j.1600-0838.2003.00312.x"
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
    bare = replace(
        inputs.review.studies[0], study="bare", label="Bare 2020", citation="", doi="", pmid=""
    )
    alone = replace(
        inputs.review, studies=(bare,), outcomes=(), provenance=(), risk_of_bias=(), grades=()
    )
    page = build_review_page(replace(inputs, review=alone))
    entry = page[page.index("Bare 2020</h4>") :][:200]
    assert "No publication is recorded." in entry
    assert "No number of it is recorded with a source." in entry


def test_a_doi_alone_is_a_publication(inputs):
    known = replace(inputs.review.studies[0], citation="", doi="10.1000/1", pmid="")
    alone = replace(inputs.review, studies=(known, *inputs.review.studies[1:]))
    first, *_ = trial_sources(replace(inputs, review=alone))
    assert first.publication == "Its publication:"
    assert [link.text for link in first.links] == ["doi:10.1000/1"]


def quoted(inputs: ReviewInputs, source: str, **changes: str) -> str:
    """Return the page of a review whose first number has this source."""
    first, *others = inputs.review.provenance
    changed = replace(first, study="askling2003", source=source, **changes)
    review = replace(inputs.review, provenance=(changed, *others))
    return build_review_page(replace(inputs, review=review))


def test_identifiers_in_a_source_are_links_where_they_stand(inputs):
    page = quoted(inputs, "Doe <J> 2001, doi 10.1000/a(1)<b>2, PMID 12")
    assert (
        'Doe &lt;J&gt; 2001, doi <a href="https://doi.org/10.1000/a%281%29%3Cb%3E2">'
        '10.1000/a(1)&lt;b&gt;2</a>, <a href="https://pubmed.ncbi.nlm.nih.gov/12/">PMID 12</a></td>'
    ) in page


def test_a_quote_stands_with_the_place_and_the_reader(inputs):
    page = quoted(
        inputs, "Doe 2001", location="p. 4", quote='nobody "fell" <once>', extractor="AB & CD"
    )
    assert "p. 4: “nobody &#34;fell&#34; &lt;once&gt;”</td>" in page
    assert ", by AB &amp; CD</td>" in page


@pytest.mark.slow
def test_a_source_that_is_no_publication_of_the_review_has_no_link(inputs):
    page = quoted(inputs, "a web summary, not peer reviewed")
    assert '<td class="prose">a web summary, not peer reviewed</td>' in page


def test_most_sources_of_a_review_lead_somewhere(inputs):
    """Of the 161 numbers, those from memory, arithmetic, the web and other reviews have no link."""
    cells = [row[3] for trial in trial_sources(inputs) for row in trial.numbers.rows]
    linked = [cell for cell in cells if not isinstance(cell, str)]
    assert len(linked) > len(cells) / 2


def test_readings_by_two_people_are_counted_and_disagreements_listed(inputs):
    weeks = [
        replace(row, extractor=extractor, value=value)
        for row in inputs.review.provenance
        if (row.study, row.field) == ("askling2003", "weeks")
        for extractor, value in (("AB", row.value), ("CD", "12"))
    ]
    year = replace(weeks[0], study="zouita2016", field="sex", value="male")
    agreed = [replace(year, extractor=name) for name in ("AB", "CD")]
    review = replace(inputs.review, provenance=(*weeks, *agreed))
    view = sources_section(replace(inputs, review=review))
    assert view.readings == (
        "2 numbers read by two people or more: in 1 they agree, in 1 they do not."
    )
    assert view.disagreements.rows == (
        ("Askling 2003", "the trial", "weeks", "AB: 10; CD: 12", "AB"),
    )


def test_a_review_read_by_one_says_nothing_of_readings(inputs):
    assert sources_section(inputs).readings == ""


def test_the_places_of_printed_results_are_links_too(inputs):
    abstract = "Lauersen JB, Andersen TE, Andersen LB. Br J Sports Med 2018;52:1557-1563, abstract"
    cell = SourceLinks(inputs.review).joined([abstract, "from memory", abstract])
    assert str(cell) == f"{abstract} doi:10.1136/bjsports-2018-099078; from memory"
    assert [part.url for part in cell.parts if part.url] == [
        "https://doi.org/10.1136/bjsports-2018-099078"
    ]
    assert SourceLinks(inputs.review).joined(["memory", ""]) == "memory; —"


@pytest.mark.slow
def test_every_source_of_running_economy_but_two_leads_to_a_publication():
    """Its numbers come from the two reviews, whose identifiers review.yaml holds."""
    cells = [
        (row[3], len(row[1].split("; ")))
        for trial in trial_sources(review_inputs(read(REVIEWS / "running_economy")))
        for row in trial.numbers.rows
    ]
    assert sum(count for cell, count in cells if isinstance(cell, str)) == 2


@pytest.mark.parametrize(
    ("review", "label", "named", "code"),
    [
        ("copenhagen", "Fujisaki 2022", "groin injury with time lost", "groin time loss"),
        ("running_economy", "Piacentini 2013", "Avg 11.75 km/h", "economy avg 11 75 km h"),
    ],
)
def test_a_result_is_named_as_the_review_declares_it(review, label, named, code):
    names = [row[0] for row in source(review_inputs(read(REVIEWS / review)), label).numbers.rows]
    assert any(name.startswith(named) for name in names), names
    assert not any(code in name for name in names)
