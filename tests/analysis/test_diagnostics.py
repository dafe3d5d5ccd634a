"""Diagnostics of the shipped reviews: which apply, whose their numbers are, and their values."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from liftproof.analysis.diagnostics import diagnose, diagnose_review
from liftproof.analysis.diagnostics.methods import METHODS
from liftproof.analysis.pooled import entering, pool_analysis
from liftproof.reviews import find, read
from liftproof.statistics.pooling import pool
from liftproof.words.diagnostics import NAMES

REPOSITORY = Path(__file__).parents[2]
ROUNDING = 1e-10
"""Relative: the same closed form computed in another order."""


@pytest.fixture(scope="module")
def review():
    return read(find("lauersen2018", REPOSITORY))


@pytest.fixture(scope="module")
def rows(review):
    """The diagnostics of the crude counts, where every method for counts applies."""
    counts = next(item for item in review.settings.analyses if item.id == "counts")
    return diagnose(review, counts)


def values(rows, method, quantity):
    return [row.value for row in rows if (row.method, row.quantity) == (method, quantity)]


def test_every_registered_method_is_there_and_has_a_name(rows):
    assert list(dict.fromkeys(row.method for row in rows)) == list(METHODS)
    assert list(NAMES) == list(METHODS)


def test_every_registered_field_becomes_a_row(rows):
    shown = {(row.method, row.quantity.partition("[")[0]) for row in rows}
    wanted = {(name, field) for name, method in METHODS.items() for field in method.fields}
    assert wanted == shown


def test_leaving_out_a_trial_is_pooling_the_others(review, rows):
    counts = next(item for item in review.settings.analyses if item.id == "counts")
    effects = [effect for effect in entering(review, counts) if effect.study.study != "zouita2016"]
    others = pool([e.y for e in effects], [e.v for e in effects], tau2="DL", interval="wald")
    (without,) = [
        row.value
        for row in rows
        if (row.method, row.quantity, row.study) == ("leave_one_out", "estimate", "zouita2016")
    ]
    assert without == pytest.approx(float(others.estimate), rel=ROUNDING)


def test_accumulation_ends_at_the_pooled_estimate_with_the_latest_trial(review, rows):
    counts = next(item for item in review.settings.analyses if item.id == "counts")
    effects = entering(review, counts)
    pooled = pool([e.y for e in effects], [e.v for e in effects], tau2="DL", interval="wald")
    steps = [row for row in rows if (row.method, row.quantity) == ("cumulative", "estimate")]
    assert (steps[0].study, steps[-1].study) == ("askling2003", "zouita2016")
    assert steps[-1].value == pytest.approx(float(pooled.estimate), rel=ROUNDING)


def test_events_per_1000_follow_from_the_control_arms(review, rows):
    baseline = (10 + 32 + 36 + 14 + 25 + 13) / (15 + 481 + 743 + 2085 + 287 + 26)
    assert values(rows, "absolute_effect", "baseline_risk") == pytest.approx([baseline])
    counts = next(item for item in review.settings.analyses if item.id == "counts")
    ratio = pool_analysis(review, counts).estimate.estimate
    assert values(rows, "absolute_effect", "events") == pytest.approx(
        [1000 * baseline * ratio], rel=ROUNDING
    )


def test_few_trials_are_said_to_tell_little(rows):
    notes = {row.note for row in rows if row.method == "egger"}
    assert notes == {
        "With 6 trials, fewer than 10, this test cannot tell real asymmetry from chance."
    }


def test_what_does_not_apply_says_why():
    rows = diagnose_review(read(find("lauersen2014", REPOSITORY)))
    reasons = {
        (row.analysis, row.method): row.note for row in rows if row.quantity == "not_applicable"
    }
    assert reasons["stretching", "egger"] == "2 trials; it is shown for 3 or more."
    assert "events and participants" in reasons["overall", "harbord"]
    assert all(row.value is None for row in rows if row.quantity == "not_applicable")


def test_no_number_is_infinite(rows):
    assert all(np.isfinite(row.value) for row in rows if row.value is not None)


def test_an_analysis_from_counts_is_not_told_the_numbers_of_another_model(review):
    counts = next(item for item in review.settings.analyses if item.id == "counts")
    rows = diagnose(review, replace(counts, model="MH"))
    refused = {row.method: row.note for row in rows if row.quantity == "not_applicable"}
    assert set(refused) == {
        *("trim_and_fill", "leave_one_out", "influence", "cumulative"),
        *("confidence", "absolute_effect", "number_needed"),
    }
    assert set(refused.values()) == {
        "It is for inverse variance only; the analysis is pooled by MH."
    }
