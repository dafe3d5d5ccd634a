"""Meta-regression, subgroups, permutation tests against metafor's and meta's."""

import json
import math
import re

import numpy as np
import pytest

from liftproof.statistics.regression import (
    likelihood_ratio,
    meta_regression,
    permutation_test,
    predicted,
    subgroups,
)
from liftproof.statistics.regression.tests import TESTS
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.tau2.profile import LIKELIHOODS, fit_statistics, profile_likelihood
from support.metafor_cases import REFERENCE, effects_and_variances, table

pytestmark = pytest.mark.slow

METAREG = json.loads((REFERENCE / "metareg.json").read_text(encoding="utf-8"))
MODERATORS = json.loads((REFERENCE / "moderators.json").read_text(encoding="utf-8"))
OTHER = json.loads((REFERENCE / "pool_other.json").read_text(encoding="utf-8"))
SUBGROUPED = [case for case in OTHER if "subgroup_levels" in case]

FIELDS = {
    "QM": "qm",
    "QM_p": "qm_p",
    "R2": "r2",
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
    "Q": "qe",
    "Q_p": "qe_p",
}
COEFFICIENT = {
    "estimate": "coefficients",
    "se": "se",
    "stat": "statistic",
    "pval": "p_values",
    "ci_low": "ci_low",
    "ci_high": "ci_high",
}
FITTED = {"ll": "log_likelihood", "dev": "deviance", "AIC": "aic", "BIC": "bic", "AICc": "aicc"}
SEARCHED = 2e-9
"""metafor solves normal equations in raw columns; a column of years beside an intercept costs it
three digits of twelve, and a p value multiplies what is left by the squared statistic."""
LOOSE = {"PM": (2e-4, 1e-5)}
"""Relative, and absolute for limits near 0. These subgroup fits left metafor's root search for PM
at its default tolerance of 1e-4."""
ABSOLUTE = 1e-12
"""For numbers that are 0, such as an I² in percent where metafor's τ² stops at 1e-16."""


def of_kind(kind):
    return [case for case in MODERATORS if case["kind"] == kind]


def method(case):
    return {"EE": "FE"}.get(case["method"], case["method"])


def number(text):
    return float(text) if text not in ("", "NA") else math.nan


def columns(term, rows):
    """Return the columns of a term of a formula: a number, or a factor's levels but the first."""
    factor = re.fullmatch(r"factor\((\w+)\)", term)
    if factor:
        values = [row[factor[1]] for row in rows]
        return [[float(value == level) for value in values] for level in sorted(set(values))[1:]]
    if term == "wk3":
        return [[min(number(row["weeks"]), 3.0) for row in rows]]
    return [[number(row[term]) for row in rows]]


def design(case):
    """Return y, v and x of a case, without trials that miss a moderator."""
    effects, rows = table(case["csv"]), table(f"data/{case['dataset']}.csv")
    y, v = (np.array([number(row[name]) for row in effects]) for name in ("yi", "vi"))
    terms = [term.strip() for term in case["formula"].lstrip("~").split("+")]
    parts = [column for term in terms for column in columns(term, rows)]
    x = np.column_stack((np.ones_like(y), *parts))
    complete = np.isfinite(x).all(axis=1)
    return y[complete], v[complete], x[complete]


def fit(case):
    return meta_regression(*design(case), tau2=method(case), test=case["test"])


@pytest.mark.parametrize("case", METAREG, ids=lambda case: f"{case['id']}-{case['method']}")
def test_agrees_with_metafor(case):
    regression = fit(case)
    for theirs, ours in FIELDS.items():
        if case.get(theirs) is not None:
            value = float(getattr(regression, ours))
            assert value == pytest.approx(case[theirs], rel=SEARCHED, abs=ABSOLUTE), theirs
    for column, coefficient in enumerate(case["coef"]):
        for theirs, ours in COEFFICIENT.items():
            value = float(getattr(regression, ours)[column])
            assert value == pytest.approx(coefficient[theirs], rel=SEARCHED, abs=0), theirs
    np.testing.assert_allclose(regression.covariance, case["vcov"], rtol=SEARCHED)
    assert (regression.k, regression.p, regression.qe_df) == (
        case["k"],
        len(case["coef"]),
        case["Q_df"],
    )
    m, df = case["QM_df"]
    assert regression.qm_df == (m, df or math.inf)


@pytest.mark.parametrize("case", [c for c in METAREG if c.get("tau2_pl_low") is not None])
def test_limits_by_the_profile_likelihood_agree_with_metafor(case):
    y, v, x = design(case)
    limits = [float(limit) for limit in profile_likelihood(y, v, method=method(case), x=x)]
    known = [case["tau2_pl_low"], case["tau2_pl_high"]]
    assert limits == pytest.approx(known, rel=SEARCHED, abs=ABSOLUTE)


@pytest.mark.parametrize("case", [case for case in METAREG if "fit" in case])
@pytest.mark.parametrize("likelihood", LIKELIHOODS)
def test_likelihoods_agree_with_metafor(case, likelihood):
    y, v, x = design(case)
    tau2 = TAU2[method(case)](y, v, x=x)
    fitted = fit_statistics(y, v, tau2, method=likelihood, x=x, is_estimated=case["method"] != "EE")
    for theirs, ours in FITTED.items():
        known = case["fit"][likelihood][theirs]
        assert float(getattr(fitted, ours)) == pytest.approx(known, rel=SEARCHED), theirs


def test_predictions_agree_with_metafor():
    (case,) = of_kind("predict")
    at = np.column_stack((np.ones(len(case["newmods"])), case["newmods"]))
    ours = predicted(fit(case), at)
    for theirs in ("se", "ci_low", "ci_high", "pi_low", "pi_high"):
        np.testing.assert_allclose(getattr(ours, theirs), case[theirs], rtol=SEARCHED)
    np.testing.assert_allclose(ours.estimate, case["pred"], rtol=SEARCHED)


def test_the_likelihood_ratio_agrees_with_metafor():
    (case,) = of_kind("lrt")
    y, v, x = design({**case, "formula": case["full"]})
    test = likelihood_ratio(y, v, x, np.ones((len(y), 1)))
    assert float(test.statistic) == pytest.approx(case["LRT"], rel=SEARCHED)
    assert float(test.p_value) == pytest.approx(case["pval"], rel=SEARCHED)


@pytest.mark.parametrize("case", of_kind("subgroup"), ids=lambda case: case["id"])
def test_subgroups_agree_with_metafor(case):
    tolerance, absolute = LOOSE.get(case["method"], (SEARCHED, ABSOLUTE))
    y, v = effects_and_variances(case["csv"])
    groups = [row[case["by"]] for row in table(f"data/{case['dataset']}.csv")]
    separate = subgroups(y, v, groups, tau2=method(case))
    order = [separate.levels.index(level) for level in case["levels"]]
    assert separate.k[order].tolist() == case["k"]
    names = {"estimate": "estimate", "se": "se", "ci_low": "ci_low", "ci_high": "ci_high"}
    for theirs, ours in {**names, "tau2": "tau2", "I2": "i2", "Q": "q"}.items():
        np.testing.assert_allclose(
            getattr(separate, ours)[order], case[theirs], rtol=tolerance, atol=absolute
        )
    assert float(separate.q_between) == pytest.approx(case["Qb_separate"], rel=tolerance)
    assert float(separate.q_between_p) == pytest.approx(case["Qb_separate_p"], rel=tolerance)
    assert separate.q_between_df == case["Qb_separate_df"]
    common = subgroups(y, v, groups, tau2=method(case), is_common=True)
    np.testing.assert_allclose(common.tau2, case["tau2_common"], rtol=tolerance)
    assert float(common.q_between) == pytest.approx(case["Qb_common"], rel=tolerance)
    assert float(common.q_between_p) == pytest.approx(case["Qb_common_p"], rel=tolerance)


@pytest.mark.parametrize("case", SUBGROUPED, ids=lambda case: case["call"])
def test_subgroups_agree_with_meta(case):
    y, v = np.array(case["study_TE"]), np.array(case["study_se"]) ** 2
    groups = [row["alloc"] for row in table("data/bcg.csv")]
    ours = subgroups(y, v, groups, is_common="tau.common=TRUE" in case["call"])
    assert list(ours.levels) == case["subgroup_levels"]
    for theirs, name in {
        "TE": "estimate",
        "low": "ci_low",
        "high": "ci_high",
        "tau2": "tau2",
    }.items():
        np.testing.assert_allclose(getattr(ours, name), case[f"subgroup_{theirs}"], rtol=SEARCHED)
    assert float(ours.q_between) == pytest.approx(case["Qb_random"][0], rel=SEARCHED)
    assert float(ours.q_between_p) == pytest.approx(case["Qb_p"][0], rel=SEARCHED)


@pytest.mark.parametrize("case", of_kind("permutest"), ids=lambda case: case["id"])
def test_exact_permutation_tests_agree_with_metafor(case):
    options = {"tau2": case["method"], "test": case["test"]}
    if "formula" in case:
        test = permutation_test(*design(case), **options)
        assert float(test.qm_p) == pytest.approx(case["QM_p"], rel=1e-14)
    else:
        test = permutation_test(*effects_and_variances(case["csv"]), **options)
        assert float(test.statistic[0]) == pytest.approx(case["stat"], rel=SEARCHED)
        assert np.isnan(test.qm_p)
    assert test.is_exact
    alike = case["iter"] // test.arrangements  # rows alike, which metafor's script counts apart
    assert alike * test.arrangements == case["iter"]
    assert alike == (2 if "formula" in case else 1)
    np.testing.assert_allclose(test.p_values, case["pval"], rtol=1e-14)


def test_every_test_has_reference_numbers():
    assert {case["test"] for case in METAREG} == set(TESTS)
    assert {method(case) for case in METAREG} >= set(TAU2) - {"HS", "HSk", "PMM", "DLIT", "SJIT"}
