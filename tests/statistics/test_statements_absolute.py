"""Absolute effects and numbers needed to treat, against values worked by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftproof.errors import InputError
from liftproof.statistics.statements.absolute import ASSUMPTIONS, RISKS, absolute_effect
from liftproof.statistics.statements.number_needed import (
    in_words,
    number_needed,
    number_needed_of,
)

ROUNDING = 1e-12
"""Closed forms."""
LOG_2 = np.log(2)

# measure, effect on the analysis scale, baseline risk, risk worked by hand
WORKED = [
    ("RR", -LOG_2, 0.2, 0.1),
    ("RR", LOG_2, 0.3, 0.6),
    ("OR", -LOG_2, 0.2, 1 / 9),  # odds 1/4 become 1/8
    ("OR", np.log(3), 0.5, 0.75),  # odds 1 become 3
    ("RD", -0.05, 0.2, 0.15),
    ("HR", LOG_2, 0.2, 0.36),  # 1 - 0.8²
    ("HR", -LOG_2, 0.19, 0.1),  # 1 - √0.81
    ("IRR", LOG_2, 0.1, 0.19),  # 1 - 0.9²
]
INVERSE = {
    "RR": lambda risk, baseline: np.log(risk / baseline),
    "OR": lambda risk, baseline: np.log(risk / (1 - risk) / (baseline / (1 - baseline))),
    "RD": lambda risk, baseline: risk - baseline,
    "HR": lambda risk, baseline: np.log(np.log(1 - risk) / np.log(1 - baseline)),
}
INVERSE["IRR"] = INVERSE["HR"]


@pytest.mark.parametrize(("measure", "effect", "baseline", "risk"), WORKED)
def test_risks_worked_by_hand(measure, effect, baseline, risk):
    found = absolute_effect(measure, effect, effect - 0.01, effect + 0.01, baseline)
    assert float(found.risk) == pytest.approx(risk, rel=ROUNDING)
    assert float(found.events) == pytest.approx(1000 * risk, rel=ROUNDING)
    assert float(found.events_difference) == pytest.approx(1000 * (risk - baseline), rel=1e-10)
    assert float(found.events_baseline) == 1000 * baseline
    assert found.assumption == ASSUMPTIONS[measure]
    assert not found.is_capped


def test_every_measure_is_worked_and_has_its_assumption():
    assert {row[0] for row in WORKED} == set(RISKS) == set(ASSUMPTIONS) == set(INVERSE)


@pytest.mark.parametrize("measure", RISKS)
@settings(derandomize=True, max_examples=40)
@given(baseline=st.floats(0.01, 0.99), risk=st.floats(0.01, 0.99))
def test_round_trips(measure, baseline, risk):
    effect = INVERSE[measure](risk, baseline)
    found = absolute_effect(measure, effect, effect, effect, baseline)
    assert float(found.risk) == pytest.approx(risk, rel=1e-9)
    needed = number_needed_of(found)
    if risk != baseline:
        back = (-1 if needed.is_benefit else 1) / float(needed.number)
        assert back == pytest.approx(float(found.risk_difference), rel=1e-9)


@pytest.mark.parametrize("measure", RISKS)
@settings(derandomize=True, max_examples=40)
@given(
    effects=st.lists(st.floats(-0.9, 3), min_size=3, max_size=3).map(sorted),
    baseline=st.floats(0.001, 0.999),
)
def test_limits_keep_their_order_and_risks_are_possible(measure, effects, baseline):
    low, estimate, high = effects
    found = absolute_effect(measure, estimate, low, high, baseline)
    assert 0 <= found.risk_low <= found.risk <= found.risk_high <= 1


def test_a_risk_above_1_is_capped_and_said_so():
    found = absolute_effect("RR", LOG_2, 0.0, np.log(4), [0.2, 0.3])
    assert found.is_capped.tolist() == [False, True]
    assert found.events_high.tolist() == pytest.approx([800, 1000])
    found = absolute_effect("RD", -0.1, -0.3, 0.1, 0.2)
    assert bool(found.is_capped)
    assert float(found.events_low) == 0


def test_enormous_effects_reach_the_ends():
    for measure in ("OR", "HR", "IRR"):
        found = absolute_effect(measure, 0.0, -40.0, 40.0, 0.2)
        assert float(found.events_low) == pytest.approx(0, abs=1e-9)
        assert float(found.events_high) == pytest.approx(1000)


def test_altmans_example():
    # Altman 1998: a risk reduction of 10 % with limits -5 % and 25 %
    needed = number_needed(-0.10, -0.25, 0.05)
    assert float(needed.number) == pytest.approx(10, rel=ROUNDING)
    assert float(needed.best) == pytest.approx(4, rel=ROUNDING)
    assert float(needed.worst) == pytest.approx(20, rel=ROUNDING)
    assert (bool(needed.is_benefit), bool(needed.best_is_benefit)) == (True, True)
    assert (bool(needed.worst_is_benefit), bool(needed.includes_no_effect)) == (False, True)
    assert in_words(needed) == "NNTB 10 (NNTB 4 to ∞ to NNTH 20)"


@pytest.mark.parametrize(
    ("difference", "event_is_harm", "says"),
    [
        ((-0.1, -0.2, -0.05), True, "NNTB 10 (NNTB 5 to NNTB 20)"),
        ((0.1, 0.05, 0.2), True, "NNTH 10 (NNTH 20 to NNTH 5)"),
        ((0.1, 0.05, 0.2), False, "NNTB 10 (NNTB 5 to NNTB 20)"),
        ((0.1, -0.05, 0.25), True, "NNTH 10 (NNTB 20 to ∞ to NNTH 4)"),
        ((-0.1, -0.2, 0.0), True, "NNTB 10 (NNTB 5 to ∞)"),
        ((0.1, 0.0, 0.2), True, "NNTH 10 (∞ to NNTH 5)"),
        ((0.0, -0.1, 0.1), True, "∞ (NNTB 10 to ∞ to NNTH 10)"),
        ((0.0, 0.0, 0.0), True, "∞ (∞ to ∞)"),
        ((-0.3, -0.4, -0.2), True, "NNTB 4 (NNTB 3 to NNTB 5)"),  # 3.33 people are 4
    ],
)
def test_intervals_in_words(difference, event_is_harm, says):
    assert in_words(number_needed(*difference, event_is_harm=event_is_harm)) == says


def test_no_difference_needs_infinitely_many():
    needed = number_needed(0.0, -0.1, 0.1)
    assert float(needed.number) == np.inf
    assert not needed.is_benefit


def test_numbers_needed_say_what_they_depend_on():
    needed = number_needed_of(absolute_effect("HR", -0.5, -0.9, -0.1, [0.1, 0.4]))
    assert "hazards are proportional" in needed.condition
    assert needed.number[0] > needed.number[1]
    with pytest.raises(InputError, match="Words are for one number needed, but 2 were given"):
        in_words(needed)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: absolute_effect("RRR", 0, -1, 1, 0.2), "There is no measure.*did you mean RR"),
        (lambda: absolute_effect("SMD", 0, -1, 1, 0.2), "There is no measure with an absolute"),
        (lambda: absolute_effect("RR", np.nan, -1, 1, 0.2), "estimate must be finite"),
        (lambda: absolute_effect("RR", 0, -1, 1, 0.0), "baseline risk must lie between 0 and 1"),
        (lambda: absolute_effect("RR", 0, -1, 1, 20), "must lie between 0 and 1, but 20"),
        (lambda: absolute_effect("RR", 0, 0.1, 1, 0.2), "lower limit must not be above"),
        (lambda: absolute_effect("RR", 0, -1, -0.1, 0.2), "upper limit must not be below"),
        (lambda: number_needed(-10, -20, 5), "must lie between -1 and 1, but -20 was found"),
        (lambda: number_needed(-0.1, 0.0, 0.1), "lower limit must not be above"),
        (lambda: number_needed(-0.1, -0.2, -0.15), "upper limit must not be below"),
        (lambda: number_needed(np.nan, -0.2, 0), "risk_difference must be finite"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        call()
