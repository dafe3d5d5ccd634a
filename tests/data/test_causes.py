"""What the search for causes says of the reviews' printed numbers."""

from dataclasses import replace
from functools import cache

import pytest

from liftproof.analysis.causes.fits import numbers_under
from liftproof.analysis.causes.review_causes import causes_of_review
from liftproof.analysis.estimates import pool_analysis, pool_review
from liftproof.analysis.reproduction import reproduce
from liftproof.analysis.specification import specification_of
from liftproof.analysis.trial_data import trials_of_analysis
from liftproof.pages.printed.found_causes import cause_rows
from liftproof.reviews import load
from liftproof.statistics.remembering import results_kept
from liftproof.vocabulary.print_verdicts import MISSED
from support.review_arithmetic import REVIEWS

pytestmark = pytest.mark.slow

NAMES = ("lauersen2018", "lauersen2014", "nordic", "runners", "running_economy", "copenhagen")
SAME = 1e-9
"""The same numbers by the same functions, effects by a second path."""


@cache
def review(name):
    return load(REVIEWS / name).review


@cache
def printed(name):
    return reproduce(review(name), [pooled.estimate for pooled in pool_review(review(name))])


@cache
def causes(name):
    with results_kept():  # as for the tables of a review
        rows = cause_rows(causes_of_review(review(name), printed(name)))
    return {(row.target, row.quantity): row for row in rows}


@pytest.mark.parametrize("name", NAMES)
def test_without_a_departure_the_numbers_are_those_of_the_analyses(name):
    for analysis in review(name).settings.analyses:
        row = pool_analysis(review(name), analysis).estimate
        trials = trials_of_analysis(review(name), analysis)
        found = numbers_under(trials, specification_of(analysis)) or {}
        for quantity in ("estimate", "ci_low", "ci_high", "tau2", "i2", "q", "pi_low"):
            ours = getattr(row, quantity)
            if ours is not None:
                assert found[quantity] == pytest.approx(ours, rel=SAME, abs=SAME), analysis.id


@pytest.mark.parametrize("name", NAMES)
def test_every_number_that_is_missed_has_a_row_and_no_other_that_is_not_contradicted(name):
    missed = {
        (row.target, row.quantity) for row in printed(name) if row.verdict in MISSED and not row.see
    }
    assert missed <= set(causes(name))
    extra = [row for key, row in causes(name).items() if key not in missed]
    assert all(row.finding == "contradicted" for row in extra)


@pytest.mark.parametrize("name", NAMES)
def test_a_cause_is_named_by_evidence_and_every_row_has_its_sentence(name):
    for row in causes(name).values():
        is_named = row.finding in ("named", "contradicted")
        assert bool(row.cause) == is_named
        assert row.words.endswith(".")
        if is_named:
            assert row.chance <= 1
            assert row.candidates >= 1


def test_standard_errors_of_two_decimals_give_all_three_numbers_of_2018():
    rows = [causes("lauersen2018")["main", name] for name in ("estimate", "ci_low", "ci_high")]
    assert {row.cause for row in rows} == {"rounding_se_2"}
    assert [round(row.gives, 4) for row in rows] == [0.3383, 0.2382, 0.4803]
    assert [(row.agrees, row.others) for row in rows] == [(2, 2)] * 3


def test_a_p_value_that_stands_for_another_result():
    row = causes("nordic")["vandyk2019_rct", "p"]
    assert (row.cause, row.gives) == ("elsewhere", 0.0008)


@pytest.mark.parametrize(
    ("target", "quantity", "cause"),
    [
        ("eihara_time_trial_heavy", "ci_high", "sign"),
        ("eihara_young", "ci_high", "sign"),
        ("speed_slope", "slope", "digit"),
    ],
)
def test_prints_that_contradict_others(target, quantity, cause):
    row = causes("running_economy")[target, quantity]
    assert (row.finding, row.cause) == ("contradicted", cause)


def test_nothing_is_named_where_the_review_pooled_other_trials():
    row = causes("lauersen2014")["proprioception", "q_p"]
    assert (row.finding, row.cause) == ("other_trials", "")
    assert "6 pooled effects (4 here)" in row.words
    assert causes("lauersen2014")["stretching", "k"].finding == "not_searched"


def test_numbers_of_a_slope_are_not_searched_among_departures_of_the_pool():
    """The slope is -0.067 with p 0.284 here, and -0.117 with p 0.027 in print."""
    ours = {"slope": -0.067, "p": 0.284}
    rows = [
        replace(row, computed=ours[row.quantity], verdict="different")
        for row in printed("running_economy")
        if row.target == "speed_slope"
    ]
    twin = [row for row in printed("running_economy") if row.target == "speed_slope_text"]
    found = {
        one.row.quantity: one for one in causes_of_review(review("running_economy"), rows + twin)
    }
    assert found["slope"].finding == "contradicted"
    candidates = found["p"].causes.candidates
    assert not any(name in one.cause for one in candidates for name in ("tau2", "interval"))
