"""Pooled estimates against metafor's."""

import pytest

from liftproof import methods
from liftproof.statistics.intervals import INTERVALS
from liftproof.statistics.pooling import pool
from liftproof.statistics.tau2 import TAU2
from metafor_cases import POOLED, effects_and_variances

METHODS = {"EE": "FE", "DL": "DL", "PM": "PM", "REML": "REML"}
TESTS = {"z": "wald", "knha": "hksj", "adhoc": "hksj_adhoc"}
FIELDS = {
    "estimate": "estimate",
    "se": "se",
    "stat": "statistic",
    "pval": "p_value",
    "ci_low": "ci_low",
    "ci_high": "ci_high",
    "pi_riley_low": "pi_low",
    "pi_riley_high": "pi_high",
    "tau2": "tau2",
    "tau2_ci_low": "tau2_ci_low",
    "tau2_ci_high": "tau2_ci_high",
    "I2": "i2",
    "H2": "h2",
    "Q": "q",
    "Q_p": "q_p",
}
CLOSED = 1e-10
"""Closed forms differ by rounding; it grows to 1e-12 where variances span nine decades."""
SEARCHED = 1e-9
"""metafor's REML stops at a change of 1e-15 in τ², which is 1e-12 of a τ² of 0.001; limits that
nearly cancel lose two digits more."""
ABSOLUTE = 1e-14
"""For numbers that are 0: metafor reports a τ² of 2e-16."""


def fit(case):
    y, v = effects_and_variances(case["csv"])
    return pool(y, v, tau2=METHODS[case["method"]], interval=TESTS[case["test"]])


@pytest.mark.parametrize("case", POOLED, ids=lambda case: f"{case['id']}-{case['method']}")
def test_agrees_with_metafor(case):
    pooled = fit(case)
    relative = SEARCHED if case["method"] in ("PM", "REML") else CLOSED
    compared = {
        theirs: float(getattr(pooled, ours))
        for theirs, ours in FIELDS.items()
        if case.get(theirs) is not None and not (theirs.startswith("pi_") and case["k"] < 3)
    }
    expected = {name: case[name] for name in compared}
    assert compared == pytest.approx(expected, rel=relative, abs=ABSOLUTE)
    assert float(pooled.variance) == pytest.approx(case["se"] ** 2, rel=relative, abs=0)
    assert (pooled.k, pooled.q_df) == (case["k"], case["Q_df"])
    assert pooled.df == (case["df"] or float("inf"))


@pytest.mark.parametrize("case", [case for case in POOLED if 1e-300 < case["pval"] < 1e-12])
def test_small_p_values_keep_their_digits(case):
    # p multiplies the relative error of the statistic by its square, here up to 35².
    assert float(fit(case).p_value) == pytest.approx(case["pval"], rel=1e-8, abs=0)


def test_every_registered_method_has_reference_numbers():
    fitted = {(METHODS[case["method"]], TESTS[case["test"]]) for case in POOLED}
    assert {method for method, _ in fitted} == set(TAU2)
    assert {interval for _, interval in fitted} == set(INTERVALS)
    combinations = {(method, interval) for method in TAU2 for interval in INTERVALS}
    assert combinations - fitted == {("FE", "hksj"), ("FE", "hksj_adhoc")}  # metafor warns of them


def test_every_field_of_the_reference_is_compared():
    described = {"id", "dataset", "csv", "measure", "method", "test", "k", "df", "Q_df"}
    assert {field for case in POOLED for field in case} == set(FIELDS) | described


def test_reviews_know_the_same_names():
    assert set(methods.TAU2_METHODS) == set(TAU2)
    assert set(methods.INTERVALS) == set(INTERVALS)
