"""Methods for sparse data against metafor's rma.mh, rma.peto and rma.glmm, and against meta."""

import re

import numpy as np
import pytest

from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.effects.two_arm_tables import ZeroCells
from liftproof.statistics.heterogeneity import q_p_value
from liftproof.statistics.sparse import GLMM, MANTEL_HAENSZEL
from liftproof.statistics.sparse.homogeneity import (
    cochran_mantel_haenszel,
    cochran_mantel_haenszel_rates,
    equal_odds_ratios,
)
from liftproof.statistics.sparse.peto import peto
from liftproof.vocabulary.models import COUNT_MODELS, MODELS
from support.differences import LISTED, TOLERANCE, check
from support.sparse_cases import CASES, counts, fitted, metas_quantities, mixed_model_quantities

pytestmark = pytest.mark.slow

OF_META = [case for case in CASES if case["kind"] == "meta_pkg"]

CLOSED = 1e-10
"""Closed forms differ by rounding, 3e-13 at most; p values multiply it by the statistic squared."""
FROM_TAU2 = 1e-3
"""I² and H² where τ² is on the list of differences: they have about its relative error."""
LOG_OF_P = 60.0
"""A p value's relative error over its statistic's: the statistic squared, here up to some 8²."""


def of_kind(kind):
    return [case for case in CASES if case["kind"] == kind]


def label(case):
    measure, model = case.get("measure") or case["sm"], case.get("model") or ""
    return "-".join((case["id"], case["dataset"], measure, model, case["method"]))


def assert_close(ours, theirs, fields, relative, absolute=1e-14):
    compared = {field: float(getattr(ours, name)) for field, name in fields.items()}
    expected = {field: theirs[field] for field in fields}
    assert compared == pytest.approx(expected, rel=relative, abs=absolute)


POOLED = {
    "estimate": "estimate",
    "se": "se",
    "stat": "statistic",
    "pval": "p_value",
    "ci_low": "ci_low",
    "ci_high": "ci_high",
}
WITH_Q = {**POOLED, "I2": "i2", "H2": "h2", "Q": "q", "Q_p": "q_p", "k": "k"}


def rules(case):
    """Return what is done about empty cells for effects and for pooling."""
    if "add" not in case:
        return {}
    pairs = zip(case["add"], case["to"], (True, False), strict=True)
    effects, pooling = (ZeroCells(add=add, to=to, drop00=drop) for add, to, drop in pairs)
    return {"effects": effects, "pooling": pooling}


@pytest.mark.parametrize("case", of_kind("mh"), ids=label)
def test_mantel_haenszel(case):
    pooled = MANTEL_HAENSZEL[case["measure"]](*counts(case["dataset"]), **rules(case))
    assert_close(pooled, case, WITH_Q, CLOSED)
    if "k_yi" in case:
        assert (int(pooled.k_q), int(pooled.q_df)) == (case["k_yi"], case["Q_df"])


@pytest.mark.parametrize("case", [c for c in of_kind("mh") if c.get("CMH")], ids=label)
def test_cochran_mantel_haenszel(case):
    test = cochran_mantel_haenszel_rates if case["measure"] == "IRR" else cochran_mantel_haenszel
    pooling = {"pooling": rules(case)["pooling"]} if rules(case) else {}
    result = test(*counts(case["dataset"]), correct=case["correct"], **pooling)
    assert_close(result, case, {"CMH": "statistic", "CMH_p": "p_value"}, CLOSED)


@pytest.mark.parametrize("case", [c for c in of_kind("mh") if c.get("Tarone")], ids=label)
def test_tarone_and_breslow_day(case):
    result = equal_odds_ratios(*counts(case["dataset"]), pooling=rules(case)["pooling"])
    fields = {
        "Tarone": "tarone",
        "Tarone_p": "tarone_p",
        "BreslowDay": "breslow_day",
        "BreslowDay_p": "breslow_day_p",
    }
    assert_close(result, case, fields, CLOSED)


@pytest.mark.parametrize("case", of_kind("peto"), ids=label)
def test_peto(case):
    pooled = peto(*counts(case["dataset"]))
    assert_close(pooled, case, WITH_Q, CLOSED)
    assert (int(pooled.k_q), int(pooled.q_df)) == (case["k_yi"], case["Q_df"])


META = {
    "TE_common": "estimate",
    "se_common": "se",
    "ci_common_low": "ci_low",
    "ci_common_high": "ci_high",
    "p_common": "p_value",
}


@pytest.mark.parametrize("case", [c for c in OF_META if c["method"] != "GLMM"], ids=label)
def test_closed_forms_of_meta(case):
    added = ZeroCells(add=0.5, to="only0", drop00=case["sm"] != "RD")
    if case["method"] == "Peto":
        pooled = peto(*counts(case["dataset"]))
    elif case["sm"] == "RD":
        pooled = MANTEL_HAENSZEL["RD"](
            *counts(case["dataset"]), variance="greenland_robins", raw_risks=True, pooling=added
        )
    else:
        pooled = MANTEL_HAENSZEL[case["sm"]](*counts(case["dataset"]), pooling=added)
    assert_close(pooled, case, META, CLOSED)
    weights = np.array(case["w_common"], dtype=np.float64)
    np.testing.assert_allclose(pooled.weights, 100 * weights / weights.sum(), rtol=CLOSED)


@pytest.mark.parametrize("case", of_kind("glmm"), ids=label)
def test_mixed_model(case):
    check(case, mixed_model_quantities(case))
    result = fitted(case)
    assert (result.k, result.q_df) == (case["k"], case["Q_df"])
    near = FROM_TAU2 if (case["id"], "tau2") in LISTED else TOLERANCE
    assert_close(result, case, {"I2": "i2"}, near, absolute=1e-6)
    assert_close(result, case, {"H2": "h2"}, near)


@pytest.mark.parametrize("case", of_kind("glmm"), ids=label)
def test_tests_and_limits_follow_from_what_is_estimated(case):
    df = case["k"] - 1.0 if case["test"] == "t" else np.inf
    ratio = case["estimate"] / case["se"]
    assert case["stat"] == pytest.approx(ratio, rel=CLOSED)
    assert case["pval"] == pytest.approx(float(two_sided_p(np.asarray(ratio), df)), rel=1e-9)
    low, high = limits(case["estimate"], case["se"], df=df)
    assert (case["ci_low"], case["ci_high"]) == pytest.approx((float(low), float(high)), rel=1e-9)
    for name in ("Q_wald", "Q_lrt"):
        if case.get(f"{name}_p"):
            p = float(q_p_value(case[name], case["Q_df"]))
            assert case[f"{name}_p"] == pytest.approx(p, rel=LOG_OF_P * CLOSED)


@pytest.mark.parametrize("case", of_kind("glmm"), ids=label)
def test_likelihood_of_mixed_model(case):
    """metafor's logLik() is the marginal one in some models only.

    For ML by glmer with seven nodes it is that of the counts given the modes of the random effects
    (its deviance is conditional), -70.968 for UM.FS of bcg where the marginal one is -88.638; for
    EE of UM.RS it is relative to the saturated model, -127.184 for -196.355.
    """
    result = fitted(case)
    theirs, ours = case["fit"]["ll"], result.log_likelihood
    exact_rates = case["model"] == "CM.EL" and case["measure"] == "IRR"
    if case["method"] == "ML" and (case["model"] in ("UM.FS", "CM.AL", "n/a") or exact_rates):
        theirs, ours = case["fit"]["ll"], result.log_likelihood_at_modes
    elif (case["method"], case["model"]) == ("EE", "UM.RS"):
        ours -= saturated(case)
    assert ours == pytest.approx(theirs, rel=TOLERANCE)
    shift = -2 * (theirs - result.log_likelihood)
    for criterion in ("AIC", "AICc", "BIC"):
        value = getattr(result, criterion.lower()) + shift
        assert value == pytest.approx(case["fit"][criterion], rel=TOLERANCE)


def saturated(case):
    """Return the log-likelihood of both arms' own proportions or rates."""
    own = GLMM[case["measure"]](*counts(case["dataset"]), model="UM.FS", method="EE")
    return own.log_likelihood + own.q_lrt / 2


@pytest.mark.parametrize("case", [c for c in OF_META if c["method"] == "GLMM"], ids=label)
def test_mixed_models_of_meta(case):
    check(case, metas_quantities(case))
    common = GLMM[case["sm"]](*counts(case["dataset"]), method="EE")
    assert_close(common, case, {"TE_common": "estimate", "se_common": "se"}, TOLERANCE)


def test_every_method_has_reference_numbers():
    fitted = {(case["method"], case["measure"]) for case in of_kind("mh")}
    fitted |= {("Peto", "OR") for _ in of_kind("peto")}
    fitted |= {(case["model"], case["measure"]) for case in of_kind("glmm")}
    registered = {(name, measure) for name in COUNT_MODELS for measure in MODELS[name].measures}
    without = {("beta-binomial", measure) for measure in ("OR", "RR", "RD")}  # in no R package here
    assert registered - fitted == without
    assert tuple(MANTEL_HAENSZEL) == MODELS["MH"].measures


def test_log_rates_have_no_reference_but_that_of_proportions_and_rates():
    x, t = counts("hart1999")[:2]
    rate = GLMM["IRLN"](x, 1e9 * t)
    odds = GLMM["PLO"](x, 1e9 * t)  # rare events: odds are rates
    assert rate.estimate == pytest.approx(odds.estimate, rel=1e-8)
    assert rate.tau2 == pytest.approx(odds.tau2, rel=1e-6)


def test_the_numbers_that_stijnen_printed():
    # Stijnen, Hamza & Özdemir 2010, Stat Med 29, 3046-3067, page 3052
    result = GLMM["OR"](*counts("nielweise2007"), model="CM.EL")
    assert f"{result.estimate:.3f}" == "-1.353"
    assert f"{result.se:.3f}" == "0.351"
    assert f"{np.sqrt(result.tau2):.2f}" == "0.83"


def test_the_calls_are_in_the_docstrings():
    for function in (*MANTEL_HAENSZEL.values(), *GLMM.values(), peto):
        assert re.search(r"metafor:\s+``rma\.", function.__doc__), function
