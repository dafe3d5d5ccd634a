"""The report's diagnostics: numbers with names, what they rest on, and what does not apply."""

from dataclasses import replace

import pytest

from liftproof.analysis.estimates import pool_review
from liftproof.pages.diagnostics.diagnostic_tables import diagnoses
from liftproof.report.build import build_review_page
from liftproof.reviews import find, read
from liftproof.rows.result_rows import DiagnosticRow
from support.diagnosed import diagnose_review
from support.page_inputs import review_inputs, with_rows
from support.workflow_project import REPOSITORY

pytestmark = pytest.mark.slow

COUNTS = "Counts of all six trials, clusters ignored"
ADJUSTED = "All six trials, adjusted for clusters, players as randomised"


@pytest.fixture(scope="module")
def inputs():
    review = read(find("lauersen2018", REPOSITORY))
    pooled = pool_review(review)
    rows = [
        *(one.estimate for one in pooled),
        *(row for one in pooled for row in one.effects),
        *diagnose_review(review),
    ]
    return review_inputs(review, rows)


@pytest.fixture(scope="module")
def by_title(inputs):
    """The diagnoses of the analyses of all six trials; those by age pool two."""
    every = {found.title: found for found in diagnoses(inputs)}
    return {title: found for title, found in every.items() if "two trials" not in title}


def of(by_title, title):
    (found,) = [each for name, each in by_title.items() if name.startswith(title)]
    return found


def lines(by_title, title, kind):
    (text,) = [text for name, text in of(by_title, title).whole.rows if name == kind]
    return text.split("\n")


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        ("Egger's test of funnel asymmetry", ["bias −0.62; standard error 1.20; statistic −0.51"]),
        ("Events per 1000", ["36 events without; 13 with (9.2 to 18), 23 fewer"]),
        ("Number needed to treat", ["44 people treated for one more helped (38 to 55)"]),
        ("Confidence that the effect is", ["below no effect >0.99"]),
        ("PET-PEESE", ["effect 0.45 (0.12 to 1.74), by PET; PET 0.45 (p 0.18), PEESE 0.40"]),
        ("Trim and fill", ["L0: effect ", "R0: effect ", "Q0: effect "]),
        ("Trial sequential monitoring", ["24\u202f% of the required information; boundary cros"]),
    ],
)
def test_numbers_stand_with_their_names(by_title, kind, begins):
    found = lines(by_title, COUNTS, kind)
    assert len(found) == len(begins)
    assert [text[: len(start)] for text, start in zip(found, begins, strict=True)] == begins


def test_each_kind_of_method_has_one_row_in_an_analysis(by_title):
    for found in by_title.values():
        kinds = [name for name, _ in found.whole.rows]
        assert len(kinds) == len(set(kinds))


def test_what_does_not_apply_says_so_once(by_title):
    assert of(by_title, ADJUSTED).missing == (
        (
            "It needs events and participants of both arms from every trial.",
            "Harbord's test of funnel asymmetry; Peters' test of funnel asymmetry",
        ),
        (
            "The prior on τ is for log odds ratios only.",
            "Bayesian: Turner's prior on τ, any outcome",
        ),
    )


def test_assumptions_stand_beside_the_methods_that_make_them(by_title):
    rests_on = dict(of(by_title, ADJUSTED).rests_on)
    mixed = (
        "Here risk ratios and incidence rate ratios are pooled together and read as risk ratios."
    )
    assert rests_on[mixed] == "Events per 1000; Number needed to treat"
    favoured = "Selection is taken to favour effects below no effect, the side of the pooled one."
    assert rests_on[favoured] == "Selection model"


def test_analyses_on_unverified_numbers_are_marked(by_title):
    assert len(by_title) == 6
    assert all(title.endswith("†") for title in by_title)


def test_each_trial_is_left_out_once_an_analysis(by_title):
    assert all(len(found.without.rows) == 6 for found in by_title.values())
    assert of(by_title, ADJUSTED).without.rows[5][:4] == (
        "Zouita 2016",
        "0.34 (0.24 to 0.50)",
        "0.0\u202f%",
        "0.34 (0.24 to 0.48)",
    )


def test_influential_trials_are_named(inputs):
    flagged = tuple(
        replace(row, value=1.0)
        if row.study in ("coppack2011", "vanderhorst2015") and row.quantity == "is_influential"
        else row
        for row in inputs.rows(DiagnosticRow)
    )
    found = diagnoses(with_rows(inputs, DiagnosticRow, flagged))[0]
    assert found.influential == "Flagged as influential: Coppack 2011, van der Horst 2015."
    assert [row[-1] for row in found.influence.rows] == ["no", "no", "yes", "no", "yes", "no"]


def test_influence_is_told_in_words_and_numbers(by_title):
    assert {found.influential for found in by_title.values()} == {"No trial is flagged."}
    first = of(by_title, ADJUSTED).influence.rows[0]
    assert first[:3] == ("Askling 2003", "10.7\u202f%", "−0.24")
    assert first[8:] == ("0.049", "0.0059", "no")


def test_the_funnel_is_there_in_numbers(by_title):
    row = of(by_title, ADJUSTED).trials.rows[2]
    assert row[:5] == ("Coppack 2011", "−1.30", "0.35", "<0.001", "p = 0.01")


def test_the_tables_are_in_the_page(inputs):
    page = build_review_page(inputs)
    assert "How far the estimates can be trusted" in page
    assert "people treated for one more helped" in page
    assert "Influence of single trials" in page
