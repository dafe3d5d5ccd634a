"""Effect sizes: swapped arms, zero cells, reported estimates, bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftproof.errors import InputError
from liftproof.statistics.distributions import limits
from liftproof.statistics.effects import EFFECTS
from liftproof.statistics.effects.counts import (
    FROM_COUNTS,
    all_events,
    double_zero,
    odds_ratio,
    risk_difference,
    risk_ratio,
)
from liftproof.statistics.effects.dispersion import hedges_correction
from liftproof.statistics.effects.means import FROM_MEANS, ratio_of_means
from liftproof.statistics.effects.rates import FROM_RATES, rate_ratio
from liftproof.statistics.effects.reported import from_interval
from liftproof.statistics.effects.two_arm_tables import OF_SINGLE_TRIALS

ROUNDING = 1e-12
"""Closed forms: a few roundings."""

arms_of_counts = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
arms_of_rates = st.tuples(st.integers(0, 1000), st.floats(1e-3, 1e6))
arms_of_means = st.tuples(st.floats(0.1, 1000), st.floats(0.01, 100), st.integers(2, 10_000))
KINDS = (
    *((code, arms_of_counts) for code in FROM_COUNTS),
    *((code, arms_of_rates) for code in FROM_RATES),
    *((code, arms_of_means) for code in FROM_MEANS),
)


RATIOS_OF_EVENTS = ("RR", "OR", "IRR")


@pytest.mark.slow
@pytest.mark.parametrize(("code", "arms"), KINDS, ids=lambda value: str(value)[:4])
@settings(derandomize=True, max_examples=100)
@given(data=st.data())
def test_swapping_the_arms_negates_the_effect(code, arms, data):
    intervention, control = data.draw(arms), data.draw(arms)
    effect = EFFECTS[code](*intervention, *control)
    swapped = EFFECTS[code](*control, *intervention)
    says_nothing = intervention[0] == control[0] == 0 or (
        arms is arms_of_counts and (intervention[0], control[0]) == (intervention[1], control[1])
    )
    is_missing = code in RATIOS_OF_EVENTS and says_nothing
    assert bool(np.isnan(effect.y)) is bool(np.isnan(effect.v)) is is_missing
    # Logarithms of two risks are subtracted, of which each is rounded at its own size.
    negated, same = -float(effect.y), float(effect.v)
    assert float(swapped.y) == pytest.approx(negated, rel=ROUNDING, abs=1e-11, nan_ok=True)
    assert float(swapped.v) == pytest.approx(same, rel=ROUNDING, abs=0, nan_ok=True)
    assert is_missing or effect.v > 0


def test_half_is_added_to_the_trials_with_an_empty_cell_and_to_no_other():
    both = risk_ratio([0, 4], [116, 123], [3, 11], [117, 139])
    assert float(both.y[0]) == pytest.approx(np.log((0.5 / 117) / (3.5 / 118)), rel=ROUNDING)
    assert float(both.y[1]) == pytest.approx(np.log((4 / 123) / (11 / 139)), rel=ROUNDING)
    assert float(both.v[1]) == pytest.approx(1 / 4 - 1 / 123 + 1 / 11 - 1 / 139, rel=ROUNDING)


def test_risk_difference_adds_half_as_well():
    difference = risk_difference(0, 9, 2, 9)
    assert float(difference.y) == pytest.approx(0.5 / 10 - 2.5 / 10, rel=ROUNDING)


def test_trials_without_information():
    events_intervention, events_control = [0, 5, 5, 0], [0, 7, 6, 7]
    assert double_zero(events_intervention, events_control).tolist() == [True, False, False, False]
    full = all_events(events_intervention, [5, 5, 5, 5], events_control, [7, 7, 7, 7])
    assert full.tolist() == [False, True, False, False]


def test_a_number_serves_all_trials_and_a_row_all_data_sets():
    effect = risk_ratio(np.ones((3, 2)), 10, [2, 3], 10)
    assert effect.y.shape == effect.v.shape == (3, 2)
    assert (
        effect.y[0].tolist()
        == effect.y[2].tolist()
        == risk_ratio([1, 1], 10, [2, 3], 10).y.tolist()
    )


def test_a_list_of_one_does_not_stand_for_all_trials():
    with pytest.raises(InputError, match="without brackets for all"):
        risk_ratio(np.ones((3, 2)), 10, [2], 10)


def test_effects_broadcast_and_keep_their_shape():
    effect = risk_ratio(np.ones((3, 2)), 10, [[2], [3], [4]], 10)
    assert effect.y.shape == effect.v.shape == (3, 2)


@pytest.mark.parametrize(
    ("effect", "counts"),
    [
        (risk_ratio, (0, 30, 0, 40)),
        (risk_ratio, (30, 30, 30, 30)),
        (odds_ratio, (0, 30, 0, 40)),
        (odds_ratio, (30, 30, 40, 40)),
        (rate_ratio, (0, 30.0, 0, 40.0)),
    ],
)
def test_a_ratio_of_nobody_or_of_everybody_is_missing_unless_it_is_asked_for(effect, counts):
    missing, asked = effect(*counts), effect(*counts, zero_cells=OF_SINGLE_TRIALS)
    assert np.isnan(missing.y)
    assert np.isnan(missing.v)
    assert np.isfinite(asked.y)


def test_the_ratio_of_everybody_that_escalc_computes():
    asked = risk_ratio(30, 30, 30, 30, zero_cells=OF_SINGLE_TRIALS)
    # v = 2 (1/30.5 - 1/31): 30.5 of 31 in either arm
    assert float(asked.y) == 0
    assert float(asked.v) == pytest.approx(2 * (1 / 30.5 - 1 / 31), rel=1e-11)


@pytest.mark.parametrize(("df", "exact"), [(2, np.pi**0.5 / np.pi), (10, 0.92274560805308705)])
def test_correction_of_hedges_is_exact(df, exact):
    assert float(hedges_correction(df)) == pytest.approx(exact, rel=ROUNDING)


def test_correction_of_hedges_keeps_its_digits_for_large_trials():
    # Stirling's series; the next term is 1e-18, and logarithms of Γ would leave 1e-9
    m = 1e6
    series = 1 - 3 / (4 * m) - 7 / (32 * m**2)
    assert float(hedges_correction(m)) == pytest.approx(series, rel=1e-14, abs=0)


def test_ratio_of_means_without_correction_is_the_plain_logarithm():
    plain = ratio_of_means(55, 47, 155, 75, 64, 156, correct=False)
    assert float(plain.y) == pytest.approx(np.log(55 / 75), rel=ROUNDING)


def test_reported_ratios_agree_with_metafor():
    # conv.wald(out=c(0.72, 1.30), ci.lb=c(0.55, 1.01), ci.ub=c(0.94, 1.67), transf=log), 5.1.12
    effect = from_interval([0.72, 1.30], [0.55, 1.01], [0.94, 1.67], 0.95, is_log=True)
    expected_y = [-0.3285040669720361, 0.26236426446749106]
    expected_v = [0.018694384536388043, 0.01645739048669965]
    np.testing.assert_allclose(effect.y, expected_y, rtol=ROUNDING)
    np.testing.assert_allclose(effect.v, expected_v, rtol=ROUNDING)


@pytest.mark.slow
@settings(derandomize=True, max_examples=100)
@given(
    y=st.floats(-5, 5),
    se=st.floats(1e-3, 3),
    level=st.floats(0.5, 0.999),
    is_log=st.booleans(),
)
def test_an_effect_survives_being_printed_as_an_interval(y, se, level, is_log):
    low, high = limits(y, se, level)
    printed = [np.exp(value) if is_log else value for value in (y, low, high)]
    effect = from_interval(*printed, level, is_log=is_log)
    assert float(effect.y) == pytest.approx(y, rel=ROUNDING, abs=ROUNDING)
    # exp and log round at the size of the limits, and v is the square of their small difference
    assert float(effect.v) == pytest.approx(se**2, rel=1e-9, abs=0)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: risk_ratio(5, 4, 1, 9), "Events must not exceed n, but 5 was found"),
        (lambda: risk_ratio(-1, 4, 1, 9), "Events must not be negative, but -1"),
        (lambda: risk_ratio(0, 0, 1, 9), "n must be positive, but 0"),
        (lambda: risk_ratio(np.nan, 4, 1, 9), "Events must be finite, but nan"),
        (lambda: risk_ratio([1, 9], [4, 8], 1, 9), "9 was found at index 1"),
        (lambda: EFFECTS["IRR"](1, 0, 1, 5), "Person-time must be positive"),
        (lambda: EFFECTS["MD"](1, 0, 9, 1, 1, 9), "Standard deviations must be positive"),
        (lambda: EFFECTS["SMD"](1, 1, 1, 1, 1, 9), "n must be 2 or more in each arm, but 1"),
        (lambda: ratio_of_means(1, 1, 9, -1, 1, 9), "must have one sign"),
        (lambda: ratio_of_means(0, 1, 9, 1, 1, 9), "must have one sign"),
        (
            lambda: risk_ratio([1, 2], [4, 8], [1, 2, 3], 9),
            r"one shape, but have \(2,\), \(2,\), \(3,\)",
        ),
        (lambda: EFFECTS["IRR"]([1, 2], 9, [1, 2, 3], 9), "Counts of both arms must have one"),
        (lambda: EFFECTS["MD"]([1, 2], 1, 9, [1, 2, 3], 1, 9), "numbers of both arms must have"),
        (lambda: from_interval([1, 2], [0, 1, 1], 3, is_log=False), "Estimates and their limits"),
        (lambda: from_interval(2, 0.5, 1.5, is_log=True), "Limits must bracket their estimate"),
        (lambda: from_interval(1, 1, 1, is_log=False), "A lower limit must be below"),
        (lambda: from_interval(1, -1, 2, is_log=True), "limits of a ratio must be positive"),
        (lambda: from_interval(1, 0.5, 2, 95, is_log=True), "must lie between 0 and 1, but 95"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        call()
