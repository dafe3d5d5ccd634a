"""Mantel-Haenszel and Peto with metafor's switches for empty cells, against its own pools."""

import json

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError
from liftproof.statistics.effects.two_arm_tables import ZeroCells
from support.metafor_cases import REFERENCE

CASES = json.loads((REFERENCE / "switches.json").read_text(encoding="utf-8"))["cases"]
CLOSED = 1e-10
FIELDS = ("estimate", "se", "p_value", "ci_low", "ci_high", "q")


def function(measure):
    return lp.peto if measure == "Peto" else lp.MANTEL_HAENSZEL[measure]


def name(case):
    return f"{case['measure']}-{case['switches'] or 'default'}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_each_switch_does_what_it_does_in_metafor(case):
    found = function(case["measure"])(*case["columns"], **case["switches"])
    ours = {field: float(getattr(found, field)) for field in FIELDS}
    assert ours == pytest.approx({field: case[field] for field in FIELDS}, rel=CLOSED, abs=1e-12)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_trials_of_q_are_those_with_a_variance(case):
    found = function(case["measure"])(*case["columns"], **case["switches"])
    if case["measure"] == "Peto":  # metafor counts them before what is added for the pool
        assert int(found.k_q) == np.count_nonzero(found.weights)
        assert float(found.i2) == max(0.0, 100 * (found.q - found.k_q + 1) / found.q)
    else:
        assert (int(found.k_q), float(found.i2)) == (
            case["k_q"],
            pytest.approx(case["i2"], rel=CLOSED),
        )


def test_data_sets_at_once_are_data_sets_one_by_one():
    for case in CASES:
        columns = [np.array(column) for column in case["columns"]]
        several = [np.stack([column, column[::-1]] * 3000) for column in columns]
        found = function(case["measure"])(*several, **case["switches"])
        assert found.estimate == pytest.approx(np.full(6000, case["estimate"]), rel=CLOSED)
        assert found.q == pytest.approx(np.full(6000, case["q"]), rel=CLOSED)


def test_what_a_trial_does_follows_the_switches():
    case = CASES[0]
    rule = ZeroCells(add=0.25, to="all", drop00=True)
    named = lp.influence_counts("OR", *case["columns"], add=0.25, to="all")
    ruled = lp.influence_counts("OR", *case["columns"], effects=rule)
    usual = lp.influence_counts("OR", *case["columns"])
    assert named.rstudent == pytest.approx(ruled.rstudent, rel=CLOSED, nan_ok=True)
    assert not np.allclose(named.rstudent, usual.rstudent, equal_nan=True)


@pytest.mark.parametrize(
    ("switches", "sentence"),
    [
        ({"add": (0.5, 0.5, 0.5)}, "add takes one value, for the effects, or two"),
        ({"add": 0.5, "effects": ZeroCells(add=0, to="none", drop00=False)}, "leave add out"),
        ({"to": "only"}, "There is no way to add to cells only; did you mean only0"),
        ({"add": -1}, "must be 0 or more"),
    ],
)
def test_switches_that_make_no_sense_are_refused(switches, sentence):
    with pytest.raises(InputError, match=sentence):
        lp.MANTEL_HAENSZEL["OR"](*CASES[0]["columns"], **switches)
