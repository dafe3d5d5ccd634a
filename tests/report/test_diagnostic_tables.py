"""The report's tables of diagnostics: numbers with their names, marks, and what does not apply."""

import pytest

from liftproof.analysis.diagnostics import diagnose_review
from liftproof.analysis.pooled import pool_review
from liftproof.report.build import build
from liftproof.report.diagnostic_tables import diagnostics_table, left_out_table
from liftproof.report.inputs import ReviewInputs
from liftproof.reviews import find, read
from workflow_project import REPOSITORY


@pytest.fixture(scope="module")
def inputs():
    review = read(find("lauersen2018", REPOSITORY))
    pooled = pool_review(review)
    return ReviewInputs(
        review=review,
        estimates=tuple(one.estimate for one in pooled),
        effects=tuple(row for one in pooled for row in one.effects),
        diagnostics=diagnose_review(review),
    )


def cells(table, title, method):
    (row,) = [row for row in table.rows if row[0].startswith(title) and row[1].startswith(method)]
    return row


def test_numbers_stand_with_their_names(inputs):
    table = diagnostics_table(inputs)
    egger = cells(table, "Counts of all six trials, clusters ignored", "Egger")
    assert egger[2].startswith("bias −0.62; standard error 1.20; t −0.51")
    assert "; df 4; p 0." in egger[2]
    assert egger[3].startswith("With 6 trials, fewer than 10,")


def test_no_confidence_is_certain(inputs):
    table = diagnostics_table(inputs)
    text = cells(
        table, "All six trials, adjusted for clusters, players as randomised", "Confidence"
    )[2]
    assert text.startswith("confidence that the effect is below no effect >0.99; ")


def test_what_does_not_apply_says_so(inputs):
    row = cells(
        diagnostics_table(inputs),
        "All six trials, adjusted for clusters, players as randomised",
        "Harbord",
    )
    assert row[2:] == (
        "does not apply",
        "It needs events and participants of both arms from every trial.",
    )


def test_analyses_on_unverified_numbers_are_marked(inputs):
    assert all(row[0].endswith("†") for row in diagnostics_table(inputs).rows)
    assert all(row[0].endswith("†") for row in left_out_table(inputs).rows)


def test_each_trial_is_left_out_once_an_analysis(inputs):
    rows = left_out_table(inputs).rows
    assert len(rows) == 6 * len(inputs.estimates)
    assert rows[5][1:] == (
        "Zouita 2016",
        "0.34 (0.24 to 0.50)",
        "0.0\u202f%",
        "0.34 (0.24 to 0.48)",
    )


def test_both_tables_are_in_the_page(inputs):
    page = build([inputs])
    assert "How far the estimates can be trusted" in page
    assert "people for one more helped or harmed" in page
