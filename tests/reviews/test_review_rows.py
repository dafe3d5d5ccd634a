"""Which rows an analysis takes, where its numbers come from, and finding a review."""

from pathlib import Path

import pytest

from liftproof.errors import DataError, UsageError
from liftproof.reviews import find, load, names, read
from liftproof.reviews.model import provenance as sources
from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.effect_sources import is_complete, source_of
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.reviews.model.sourced_numbers import provenance_summary

STUDIES = tuple(
    Study(study=name, label=name, year=2011, category=category, weeks=10.0)
    for name, category in (("a", "strength"), ("b", "strength"), ("c", "stretching"))
)


def outcome(study: str, name: str = "knee", variant: str = "primary", arm: str = "") -> Outcome:
    """Return a row with one complete result."""
    return Outcome(study=study, outcome=name, variant=variant, arm=arm, y=-0.5, v=0.1)


def picked(outcomes, **settings) -> list[tuple[str, str, str, str]]:
    """Return the keys of the rows that an analysis takes."""
    analysis = Analysis(id="x", title="x", measure="RR", **settings)
    rows = chosen(analysis, STUDIES, outcomes)
    assert all(study.study == row.study for study, row in rows)
    return [(row.study, row.outcome, row.variant, row.arm) for _, row in rows]


def test_primary_rows_are_taken_in_the_order_of_the_trials():
    rows = [outcome("b"), outcome("a", variant="crude"), outcome("a", variant=""), outcome("c")]
    assert picked(rows) == [
        ("a", "knee", "", ""),
        ("b", "knee", "primary", ""),
        ("c", "knee", "primary", ""),
    ]


def test_select_compares_text_and_numbers_of_either_table():
    rows = [outcome("a"), outcome("b", "hip"), outcome("c")]
    assert picked(rows, select={"category": ("strength",)}) == [
        ("a", "knee", "primary", ""),
        ("b", "hip", "primary", ""),
    ]
    assert picked(rows, select={"category": ("strength",), "outcome": ("knee", "toe")}) == [
        ("a", "knee", "primary", "")
    ]
    assert len(picked(rows, select={"weeks": ("10",)})) == 3
    assert picked(rows, select={"weeks": ("9",)}) == []


def test_a_named_variant_replaces_the_primary_one_and_drops_results_without_it():
    rows = [
        outcome("a", "knee"),
        outcome("a", "knee", "adjusted"),
        outcome("a", "hip"),
        outcome("b", "knee"),
        outcome("b", "knee", "adjusted"),
    ]
    assert picked(rows, variants={"a": "adjusted"}) == [
        ("a", "knee", "adjusted", ""),
        ("b", "knee", "primary", ""),
    ]


def test_a_named_variant_that_nothing_has_leaves_the_primary_ones():
    rows = [outcome("a"), outcome("a", "hip", "crude")]
    assert picked(rows, variants={"a": "adjusted"}) == [("a", "knee", "primary", "")]


def test_arms_are_results_of_their_own():
    rows = [outcome("a", arm="x"), outcome("a", "knee", "adjusted", "y"), outcome("a", arm="y")]
    assert picked(rows) == [("a", "knee", "primary", "x"), ("a", "knee", "primary", "y")]


def test_the_source_of_an_effect_goes_from_given_to_raw():
    counts = {"events_intervention": 3, "n_intervention": 15, "events_control": 10, "n_control": 15}
    rates = {"person_time_intervention": 1.5, "person_time_control": 1.4}
    row = Outcome(study="a", outcome="knee", **counts, **rates)
    assert [source_of(row, code) for code in ("RR", "IRR", "SMD", "HR")] == [
        "counts",
        "rates",
        "",
        "",
    ]
    reported = Outcome(study="a", outcome="knee", estimate=0.5, ci_low=0.2, ci_high=1.2, **counts)
    assert source_of(reported, "RR") == "reported"
    assert not is_complete(Outcome(study="a", outcome="knee", estimate=0.5, ci_low=0.2))


def test_kinds_of_numbers_and_their_marks(review):
    loaded = load(review.folder).review
    askling, petersen, adjusted = loaded.outcomes
    assert sources.kind_of(loaded, "askling2003", askling, "n_control") == "primary_abstract"
    assert sources.kind_of(loaded, "askling2003", askling, "y") == "unverified"
    assert sources.kind_of(loaded, "petersen2011", None, "icc") == "derived"
    assert sources.marks(loaded, askling) == {"unverified"}
    assert sources.marks(loaded, petersen) == {"reconstructed"}
    assert sources.marks(loaded, adjusted) == set()
    assert sources.marks(loaded, petersen, ("events_control", "icc", "design_effect")) == set()


def test_a_marked_study_number_marks_what_uses_it(review):
    review.replace("provenance.csv", "p. 4,derived", "p. 4,unverified")
    loaded = load(review.folder).review
    assert sources.marks(loaded, loaded.outcomes[2], ("estimate", "icc")) == {"unverified"}


def test_the_firmest_of_several_sources_counts(review):
    review.append("provenance.csv", "petersen2011,n_control,,,,481,Other,p. 1,secondary\n")
    loaded = load(review.folder).review
    assert sources.kind_of(loaded, "petersen2011", loaded.outcomes[1], "n_control") == "secondary"


def test_the_summary_counts_every_number(review):
    summary = provenance_summary(load(review.folder).review)
    assert summary.counts == {
        "primary_fulltext": 10,
        "primary_abstract": 4,
        "secondary": 0,
        "derived": 1,
        "reconstructed": 1,
        "unverified": 1,
    }
    assert summary.total == 17
    assert [(each.study, each.field, each.value, each.kind) for each in summary.marked] == [
        ("askling2003", "events_control", 10, "unverified"),
        ("petersen2011", "n_control", 481, "reconstructed"),
    ]


def test_a_design_effect_belongs_to_the_table_whose_number_it_gives(review, only):
    review.replace("studies.csv", ",level", ",design_effect")
    review.replace("studies.csv", ",elite", ",")
    review.replace("studies.csv", ",amateur", ",1.59")
    review.replace("review.yaml", "    subgroup: level\n", "")
    review.append("provenance.csv", "petersen2011,design_effect,,,,1.59,Petersen,p. 4,derived\n")
    loaded = load(review.folder)
    assert loaded.problems == ()
    assert sources.kind_of(loaded.review, "petersen2011", None, "design_effect") == "derived"
    review.replace("provenance.csv", "1.59", "1.60")
    only(review.problems(), "provenance.csv", 20, "value", "another design_effect, 1.59")


def test_reading_raises_with_every_error_on_its_line(review):
    review.cell("outcomes.csv", 4, "estimate", "0,293")
    review.cell("studies.csv", 2, "design", "x")
    with pytest.raises(DataError) as error:
        read(review.folder)
    lines = str(error.value).splitlines()
    assert len(lines) == 2
    assert lines[0].endswith(
        "outcomes.csv:4: estimate: a decimal comma, found '0,293', write 0.293"
    )


def test_paths_are_relative_to_the_current_directory(review, monkeypatch):
    (review.folder / "studies.csv").unlink()
    monkeypatch.chdir(review.folder.parent)
    assert str(load(review.folder).problems[0].path) == "good/studies.csv"
    monkeypatch.chdir("/")
    assert (
        load(Path(review.folder)).problems[0].path == review.folder.relative_to("/") / "studies.csv"
    )


def test_finding_a_review(review, tmp_path):
    below = tmp_path / "data" / "reviews"
    below.mkdir(parents=True)
    review.folder.rename(below / "lauersen2018")
    (below / "notes").mkdir()
    assert names(tmp_path) == ("lauersen2018",)
    assert find("lauersen2018", tmp_path) == below / "lauersen2018"
    assert find(str(below / "lauersen2018"), Path("/nowhere")) == below / "lauersen2018"
    for unknown, words in (
        ("lauersen2019", "did you mean lauersen2018?"),
        ("", "known are: lauersen2018"),
        (str(below / "notes"), "is no review"),
        ("\0", "known are"),
    ):
        with pytest.raises(UsageError, match=words):
            find(unknown, tmp_path)
    with pytest.raises(UsageError, match="holds none"):
        find("lauersen2018", below)


def test_a_reported_estimate_without_measure_is_on_the_reviews(review, only):
    """Also in an analysis of another measure, which then mixes measures."""
    review.replace("outcomes.csv", "RR,0.293", ",0.293")
    only(review.problems(), "outcomes.csv", 4, "measure", "read as the review's", "say which it is")
    loaded = load(review.folder)
    assert [row.measure for row in loaded.review.outcomes] == ["", "", "RR"]
    review.replace("review.yaml", "tau2: DL", "measure: OR")
    mixed = tuple(each for each in review.problems() if each.path.name == "review.yaml")
    only(mixed, "review.yaml", 8, "measure", "mixes measures", "petersen2011 RR")


def test_a_list_that_grows_between_two_questions_is_looked_at_again():
    analysis = Analysis(id="x", title="x", measure="RR")
    rows = [outcome("a")]
    assert len(chosen(analysis, STUDIES, rows)) == 1
    rows.append(outcome("b"))
    assert len(chosen(analysis, STUDIES, rows)) == 2
    kept = tuple(rows)
    assert chosen(analysis, STUDIES, kept) is chosen(analysis, STUDIES, kept)
