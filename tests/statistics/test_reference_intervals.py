"""Intervals and prediction intervals against meta's and pimeta's."""

import numpy as np
import pytest

from liftproof.statistics.distributions import limits
from liftproof.statistics.intervals import Weighted, factor_and_df
from liftproof.statistics.pooling import pool
from liftproof.statistics.prediction import PREDICTIONS, prediction_limits
from liftproof.statistics.weighting import weighted_mean
from support.metafor_cases import effects_and_variances
from support.reference_names import PIMETA_KINDS, meta_cases, meta_interval, pimeta_cases

META, PIMETA = meta_cases(), pimeta_cases()
SEARCHED = 1e-9
"""meta calls metafor with a threshold of 1e-13."""
GIVEN_TAU2 = 1e-12
"""pimeta stops its REML search early, at 1e-5 of τ²: its formulas are compared at its own τ²."""


def studies(case):
    """Return effects and variances; meta gives a trial without events neither."""
    known = [
        pair for pair in zip(case["study_TE"], case["study_se"], strict=True) if None not in pair
    ]
    y, se = np.array(known).T
    return y, se**2


def same(ours, theirs, tolerance):
    """Compare with a number, or with R's infinity: a limit beyond 1e100, with df below 0.1."""
    if isinstance(theirs, str):
        return abs(float(ours)) > 1e100
    return float(ours) == pytest.approx(theirs, rel=tolerance, abs=1e-12)


@pytest.mark.parametrize("case", META, ids=lambda case: case["id"])
def test_agrees_with_meta(case):
    y, v = studies(case)
    prediction = case["method_predict"][0] or "V"
    pooled = pool(
        y, v, tau2=case["method_tau"], interval=meta_interval(case), prediction=prediction
    )
    ours = {
        "TE_random": pooled.estimate,
        "se_random": pooled.se,
        "ci_low": pooled.ci_low,
        "ci_high": pooled.ci_high,
        "stat": pooled.statistic,
        "p": pooled.p_value,
        "df_random": pooled.df,
        "tau2": pooled.tau2,
        "pi_low": pooled.pi_low,
        "pi_high": pooled.pi_high,
        "I2": pooled.i2_q / 100,
        "I2_low": pooled.i2_q_ci_low / 100,
        "I2_high": pooled.i2_q_ci_high / 100,
        "H": np.sqrt(np.maximum(1.0, pooled.h2_q)),  # meta's is 1 or more
        "Q": pooled.q,
    }
    for name, value in ours.items():
        theirs = case.get(name)
        theirs = theirs[0] if isinstance(theirs, list) else theirs
        assert theirs is None or same(value, theirs, SEARCHED), name


@pytest.mark.parametrize("case", PIMETA, ids=lambda case: case["id"])
def test_agrees_with_pimeta_at_its_tau2(case):
    y, v = effects_and_variances(case["csv"])
    estimate, variance, q = weighted_mean(y, v, case["tau2"])
    tau2 = np.asarray(case["tau2"])
    mean = Weighted(y=y, v=v, tau2=tau2, variance=variance, q=q, level=0.95)
    interval, prediction = PIMETA_KINDS[case["method"]]
    factor, df = factor_and_df(interval, mean)
    low, high = prediction_limits(PREDICTIONS[prediction], mean, estimate, factor, df)
    assert float(estimate) == pytest.approx(case["mu"], rel=GIVEN_TAU2)
    if case["pi_low"] is None:
        assert np.isnan([low, high]).all()
    else:
        assert same(low, case["pi_low"], GIVEN_TAU2)
        assert same(high, case["pi_high"], GIVEN_TAU2)
    if case["method"] == "KR":
        low, high = limits(estimate, np.sqrt(variance * factor), df=df)
        assert same(low, case["ci_low"], GIVEN_TAU2)
        assert same(high, case["ci_high"], GIVEN_TAU2)
