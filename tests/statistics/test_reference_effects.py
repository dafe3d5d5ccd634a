"""Effect sizes against metafor's escalc."""

import numpy as np
import pytest

from liftproof.statistics.effects import EFFECTS
from liftproof.statistics.effects.counts import FROM_COUNTS, all_events, double_zero
from liftproof.statistics.effects.two_arm_tables import OF_SINGLE_TRIALS
from support.metafor_cases import EFFECTS as CASES
from support.metafor_cases import raw_numbers

ROUNDING = 1e-11
"""Closed forms; MD and SMD of nearly equal means lose digits to the subtraction on both sides."""

DROPPED = "drop00=TRUE"


def arms(case):
    """Return the raw numbers in the order of our arguments."""
    raw = raw_numbers(case)
    if "bi" in raw:
        raw |= {"n1i": raw["ai"] + raw["bi"], "n2i": raw["ci"] + raw["di"]}
    orders = (
        ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
        ("x1i", "t1i", "x2i", "t2i"),
        ("ai", "n1i", "ci", "n2i"),
    )
    order = next(order for order in orders if set(order) <= set(raw))
    return tuple(raw[name] for name in order)


OF_EVENTS = ("RR", "OR", "RD", "IRR")


def name(case):
    return f"{case['dataset']}-{case['measure']}"


@pytest.mark.parametrize("case", [c for c in CASES if DROPPED not in c["escalc"]], ids=name)
def test_agrees_with_escalc(case):
    options = {"correct": False} if "correct=FALSE" in case["escalc"] else {}
    if case["measure"] in OF_EVENTS:
        options["zero_cells"] = OF_SINGLE_TRIALS  # escalc's default, drop00=FALSE
    effect = EFFECTS[case["measure"]](*arms(case), **options)
    np.testing.assert_allclose(effect.y, case["yi"], rtol=ROUNDING)
    np.testing.assert_allclose(effect.v, case["vi"], rtol=ROUNDING)


@pytest.mark.parametrize("case", [c for c in CASES if DROPPED in c["escalc"]], ids=name)
def test_trials_that_escalc_drops(case):
    events_intervention, n_intervention, events_control, n_control = arms(case)
    uninformative = double_zero(events_intervention, events_control) | all_events(
        events_intervention, n_intervention, events_control, n_control
    )
    assert uninformative.tolist() == [y is None for y in case["yi"]]
    assert np.isnan(EFFECTS[case["measure"]](*arms(case)).y).tolist() == uninformative.tolist()


def test_zero_cells_occur_in_the_reference():
    with_zero = [
        case
        for case in CASES
        if case["measure"] in FROM_COUNTS and any((cells == 0).any() for cells in arms(case))
    ]
    assert {case["measure"] for case in with_zero} == set(FROM_COUNTS)
