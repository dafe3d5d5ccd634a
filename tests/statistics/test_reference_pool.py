"""Pooled estimates against metafor's."""

import math
from functools import cache

import numpy as np
import pytest

from liftproof.statistics.heterogeneity import h_limits, i2_from_h2
from liftproof.statistics.intervals import Weighted, factor_and_df
from liftproof.statistics.pooling import pool
from liftproof.statistics.prediction import PREDICTIONS, prediction_limits
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.tau2.profile import LIKELIHOODS, fit_statistics, profile_likelihood
from liftproof.statistics.weighting import weighted_mean
from liftproof.vocabulary.choices import ALIASES
from support.each_case import each_case
from support.metafor_cases import POOLED, effects_and_variances
from support.reference_names import METAFOR_INTERVALS as TESTS
from support.reference_names import METAFOR_PREDICTIONS as PREDICTED

METHODS = ALIASES["tau2"]
FIELDS = {
    "estimate": "estimate",
    "se": "se",
    "stat": "statistic",
    "pval": "p_value",
    "ci_low": "ci_low",
    "ci_high": "ci_high",
    "tau2": "tau2",
    "se_tau2": "tau2_se",
    "tau2_ci_low": "tau2_ci_low",
    "tau2_ci_high": "tau2_ci_high",
    "I2": "i2",
    "I2_ci_low": "i2_ci_low",
    "I2_ci_high": "i2_ci_high",
    "H2": "h2",
    "H2_ci_low": "h2_ci_low",
    "H2_ci_high": "h2_ci_high",
    "Q": "q",
    "Q_p": "q_p",
}
FITTED = {"ll": "log_likelihood", "dev": "deviance", "AIC": "aic", "BIC": "bic", "AICc": "aicc"}
CLOSED_FORMS = {"FE", "DL", "HE", "HS", "HSk", "SJ"}
CLOSED = 1e-10
"""Closed forms differ by rounding; it grows to 1e-12 where variances span nine decades."""
SEARCHED = 1e-9
"""metafor's searches stop at a change of 1e-15 in τ², which is 1e-12 of a τ² of 0.001; limits that
nearly cancel lose two digits more."""
ABSOLUTE = 1e-14
"""For numbers that are 0: metafor reports a τ² of 2e-16, and so an I² of 3e-12 percent."""
PERCENT = {"I2", "I2_ci_low", "I2_ci_high"}
FEWEST = {"riley": 3, "t": 2}
"""For fewer trials metafor predicts with one degree of freedom, and we not at all."""


def each_with(has):
    """Ask a check of each case that has what is compared, those of a data set together."""
    return each_case(
        [case for case in POOLED if has(case)],
        named=lambda case: f"{case['id']}-{case['method']}-{case['test']}",
        together=lambda case: case["csv"],
    )


each = each_with(lambda _: True)


def name(case):
    return METHODS.get(case["method"], case["method"])


def tolerance(case):
    return CLOSED if name(case) in CLOSED_FORMS else SEARCHED


@cache
def fitted(csv, tau2, interval):
    return pool(*effects_and_variances(csv), tau2=tau2, interval=interval)


def fit(case):
    return fitted(case["csv"], name(case), TESTS[case["test"]])


def predicted(case, kind):
    y, v = effects_and_variances(case["csv"])
    tau2 = fit(case).tau2
    estimate, variance, q = weighted_mean(y, v, tau2)
    mean = Weighted(y=y, v=v, tau2=tau2, variance=variance, q=q, level=0.95)
    factor, df = factor_and_df(TESTS[case["test"]], mean)
    return prediction_limits(PREDICTIONS[kind], mean, estimate, factor, df)


def expected(case, names):
    return {theirs: float(case[theirs]) for theirs in names if case.get(theirs) is not None}


@each
def test_agrees_with_metafor(case):
    pooled = fit(case)
    known = expected(case, FIELDS)
    ours = {theirs: float(getattr(pooled, FIELDS[theirs])) for theirs in known}
    for theirs, value in known.items():
        absolute = 1e3 * ABSOLUTE if theirs in PERCENT else ABSOLUTE
        assert ours[theirs] == pytest.approx(value, rel=tolerance(case), abs=absolute), theirs
    assert float(pooled.variance) == pytest.approx(case["se"] ** 2, rel=tolerance(case), abs=0)
    assert (pooled.k, pooled.q_df) == (case["k"], case["Q_df"])
    assert pooled.df == (case["df"] or math.inf)
    assert bool(pooled.at_boundary) == (case["tau2"] < ABSOLUTE and case["method"] != "EE")


@each
def test_predicts_as_metafor_does(case):
    for theirs, kind in PREDICTED.items():
        known = expected(case, (f"{theirs}_low", f"{theirs}_high"))
        if known and case["k"] >= FEWEST.get(kind, 1):
            ours = dict(zip(known, map(float, predicted(case, kind)), strict=True))
            of_no_tau2 = 2 * math.sqrt(case["tau2"]) if case["tau2"] < ABSOLUTE else 0.0
            absolute = max(ABSOLUTE, of_no_tau2)
            assert ours == pytest.approx(known, rel=tolerance(case), abs=absolute)


@each_with(lambda case: case.get("tau2_pl_low") is not None)
def test_limits_by_the_profile_likelihood_agree_with_metafor(case):
    y, v = effects_and_variances(case["csv"])
    limits = [float(limit) for limit in profile_likelihood(y, v, method=name(case))]
    known = [case["tau2_pl_low"], case["tau2_pl_high"]]
    assert limits == pytest.approx(known, rel=SEARCHED, abs=ABSOLUTE)


@each_with(lambda case: "fit" in case)
def test_likelihoods_agree_with_metafor(case):
    y, v = effects_and_variances(case["csv"])
    is_estimated = case["method"] != "EE"
    tau2 = fit(case).tau2
    for likelihood in LIKELIHOODS:
        statistics = fit_statistics(y, v, tau2, method=likelihood, is_estimated=is_estimated)
        known = expected(case["fit"][likelihood], FITTED)
        ours = {theirs: float(getattr(statistics, FITTED[theirs])) for theirs in known}
        assert ours == pytest.approx(known, rel=SEARCHED, abs=ABSOLUTE), likelihood


@each_with(lambda case: case.get("tau2_ht_low") is not None)
def test_limits_from_q_agree_with_metafor(case):
    pooled = fit(case)
    low, high = h_limits(pooled.q, pooled.q_df)
    ours = [float(i2_from_h2(low)), float(i2_from_h2(high))]
    assert ours == pytest.approx([case["I2_ht_low"], case["I2_ht_high"]], rel=CLOSED, abs=ABSOLUTE)


@each_with(lambda case: 1e-300 < case["pval"] < 1e-12)
def test_small_p_values_keep_their_digits(case):
    # p multiplies the relative error of the statistic by its square, here up to 35².
    assert float(fit(case).p_value) == pytest.approx(case["pval"], rel=1e-8, abs=0)


def test_every_combination_of_estimator_and_interval_has_reference_numbers_but_a_few():
    known = {(name(case), TESTS[case["test"]]) for case in POOLED}
    combinations = {(method, interval) for method in TAU2 for interval in TESTS.values()}
    missing = combinations - known
    assert {method for method, _ in missing} == {"FE", "HSk", "PMM", "DLIT", "SJIT"}
    assert ("FE", "wald") in known


def test_every_field_of_the_reference_is_compared():
    described = {
        "id",
        "dataset",
        "csv",
        "measure",
        "method",
        "test",
        "k",
        "df",
        "Q_df",
        "fit",
        "vt",
    }
    limits = {
        f"{kind}_{end}" for kind in (*PREDICTED, "tau2_pl", "I2_ht") for end in ("low", "high")
    }
    elsewhere = {"tau2_ht_low", "tau2_ht_high"}  # I² from Q turned into τ² again
    fields = {field for case in POOLED for field in case}
    assert fields == set(FIELDS) | limits | described | elsewhere


def test_no_test_of_the_reference_is_left_without_numbers():
    assert all(np.isfinite(case["estimate"]) for case in POOLED)
