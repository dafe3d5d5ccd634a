"""Tests of asymmetry, trim and fill and the rest against metafor, meta and metasens."""

import numpy as np
import pytest

from liftproof.errors import ConvergenceError
from liftproof.statistics.small_study import (
    count_tests,
    egger,
    excess_significance,
    henmi_copas,
    limit_meta,
    pet_peese,
    predictors,
    rank_tests,
    trim_and_fill,
)
from support.differences import check
from support.metafor_cases import effects_and_variances
from support.small_study_cases import (
    FAIL_SAFE,
    case_id,
    columns,
    counts,
    fail_safe,
    metas_effects,
    numbers,
    of_kind,
    our_tau2,
    participants,
)

pytestmark = pytest.mark.slow

CLOSED = 1e-10
"""Closed forms differ by rounding only."""

SEARCHED = 1e-6
"""τ² by REML: both searches were run to the end."""

LOOSE_REML = 2e-4
"""trimfill, tes, fsn and meta's Thompson fit REML with metafor's default threshold, an absolute
1e-5 in τ²; ours is the maximum."""

LOOSE_HENMI_COPAS = 2e-4
"""hc stops its search for the quantile at an absolute 1e-4; ours goes on to 1e-15. Worst 4e-5 of
the half-width, 1.3e-4 of a limit near 0."""


def same(ours, theirs, tolerance=CLOSED):
    """Compare two numbers; what R calls missing is NaN here, or infinite degrees of freedom."""
    if theirs is None:
        assert not np.isfinite(ours)
    else:
        assert float(ours) == pytest.approx(theirs, rel=tolerance, abs=1e-300)


@pytest.mark.parametrize("case", of_kind("regtest"), ids=case_id)
def test_regression_tests(case):
    y, v = effects_and_variances(case["csv"])
    tau2 = our_tau2(case) if case["model"] == "rma" else "REML"
    found = egger.funnel_regression(
        y,
        v,
        participants(case["dataset"]),
        model=case["model"],
        predictor=case["predictor"],
        tau2=tau2,
        test=case["test"],
    )
    tolerance = SEARCHED if tau2 == "REML" and case["model"] == "rma" else CLOSED
    names = {"statistic": "stat", "p_value": "pval"}
    for name in ("statistic", "p_value", "df", "limit_estimate", "limit_ci_low", "limit_ci_high"):
        same(getattr(found, name), case[names.get(name, name)], tolerance)
    same(found.tau2, case["tau2"], tolerance)
    for name, theirs in zip(("intercept", "slope"), case["coef"], strict=True):
        same(getattr(found, name), theirs["estimate"], tolerance)
        same(getattr(found, f"{name}_se"), theirs["se"], tolerance)


@pytest.mark.parametrize("case", of_kind("ranktest"), ids=case_id)
def test_rank_tests(case):
    found = rank_tests.begg_mazumdar(*effects_and_variances(case["csv"]))
    same(found.tau, case["tau"])
    same(found.p_value, case["pval"])


@pytest.mark.parametrize("case", of_kind("pet_peese"), ids=case_id)
def test_pet_peese(case):
    found = pet_peese.pet_peese(*effects_and_variances(case["csv"]))
    for line, prefix in ((found.pet, "pet"), (found.peese, "peese")):
        same(line.intercept, case[f"{prefix}_intercept"])
        same(line.intercept_se, case[f"{prefix}_se"])
        same(line.intercept_p, case[f"{prefix}_p"])
        same(line.slope, case[f"{prefix}_slope"])
        same(line.df, case["df"])
    same(found.pet.slope_se, case["pet_slope_se"])
    same(found.pet.p_value, case["pet_slope_p"])


@pytest.mark.parametrize("case", of_kind("trimfill"), ids=case_id)
def test_trim_and_fill(case):
    y, v = effects_and_variances(case["csv"])
    tau2 = our_tau2(case)
    found = trim_and_fill.trim_and_fill(y, v, estimator=case["estimator"], tau2=tau2)
    tolerance = LOOSE_REML if tau2 == "REML" else CLOSED
    assert (found.k0, found.side) == (case["k0"], case["side"])
    assert found.k + found.k0 == case["k"]
    same(found.k0_se, case["se_k0"], tolerance)
    same(found.k0_p, case["p_k0"])
    for name in ("estimate", "se", "ci_low", "ci_high", "tau2"):
        same(getattr(found.pooled, name), case[name], tolerance)
    for name, theirs in (("q", "Q"), ("q_p", "Q_p"), ("i2", "I2")):
        same(getattr(found.pooled, name), case[theirs], tolerance)
    filled = sorted(zip(numbers(case["filled_yi"]), numbers(case["filled_vi"]), strict=True))
    ours = sorted(zip(found.filled_y, found.filled_v, strict=True))
    for pair, theirs in zip(ours, filled, strict=True):
        same(pair[0], theirs[0], tolerance)
        same(pair[1], theirs[1])


@pytest.mark.parametrize("case", of_kind("failure"), ids=case_id)
def test_an_estimator_that_does_not_exist_says_so(case):
    y, v = effects_and_variances(case["csv"])
    with pytest.raises(ConvergenceError, match="Q0 does not exist for this funnel"):
        trim_and_fill.trim_and_fill(y, v, estimator=case["estimator"], tau2=our_tau2(case))


@pytest.mark.parametrize("case", of_kind("tes"), ids=case_id)
def test_excess_significance(case):
    found = excess_significance.excess_significance(*effects_and_variances(case["csv"]))
    same(found.observed, case["O"])
    same(found.expected, case["E"])
    same(found.ratio, case["OE"])
    same(found.estimate, case["theta"])
    same(found.p_exact if case["test"] == "exact" else found.p_chi2, case["pval"])
    if case["test"] == "chi2":
        same(found.chi2, case["X2"])
    np.testing.assert_allclose(found.power, case["power"], rtol=CLOSED)


@pytest.mark.parametrize("case", of_kind("fsn"), ids=case_id)
def test_fail_safe(case):
    found = fail_safe(case)
    check(case, [("n", float(found.n), case["fsnum"])])
    tolerance = 3e-4 if case["type"] == "General" else CLOSED  # p of a mean by LOOSE_REML
    same(found.p_value, case["pval"], tolerance)
    same(found.estimate, case["meanes"], tolerance)
    same(found.target, case["target"])


@pytest.mark.parametrize("case", of_kind("henmi_copas"), ids=case_id)
def test_henmi_copas(case):
    found = henmi_copas.henmi_copas(*effects_and_variances(case["csv"]))
    for name in ("estimate", "se", "tau2"):
        same(getattr(found, name), case[name])
    for name in ("ci_low", "ci_high"):
        same(getattr(found, name), case[name], LOOSE_HENMI_COPAS)


def test_henmi_and_copas_own_example():
    """Henmi & Copas 2010, page 2978, prints the limits -0.9994 and -0.0295 and τ² 0.3325."""
    found = henmi_copas.henmi_copas(*columns("data/lee2004.csv", "yi", "vi"))
    printed = [
        round(float(x), 4) for x in (found.tau2, found.estimate, found.ci_low, found.ci_high)
    ]
    assert printed == [0.3325, -0.5145, -0.9994, -0.0295]


@pytest.mark.parametrize("case", of_kind("metabias"), ids=case_id)
def test_metas_tests(case):
    found = metas_test(case)
    assert found.k == case["k"]
    if case["method_bias"] in {"Begg", "Schwarzer"}:
        ours = found.score, found.score_se, found.p_normal
    elif case["method_bias"] == "Thompson":
        ours = found.slope, found.slope_se, found.p_value
    else:
        ours = found.bias, found.bias_se, found.p_value
    tolerance = LOOSE_REML if case["method_bias"] == "Thompson" else CLOSED
    for mine, theirs in zip(ours, (*case["estimate"], case["pval"]), strict=True):
        same(mine, theirs, tolerance)
    same(found.statistic, case["stat"], tolerance)
    if case["df"] is not None:
        same(found.df, case["df"])
        dispersion = found.tau2 if case["method_bias"] == "Thompson" else found.dispersion
        same(dispersion, case.get("tau2", float(dispersion)), tolerance)


def metas_test(case):
    """Return our test of the name that meta's case has."""
    dataset = case["dataset"]
    y, v = metas_effects(dataset)
    if dataset == "normand1999":
        n1, n2 = columns("data/normand1999.csv", "n1i", "n2i")
        arms = None
    else:
        arms = counts(dataset)
        n1, n2 = arms[1], arms[3]
    return {
        "Begg": lambda: rank_tests.begg_mazumdar(y, v),
        "Egger": lambda: egger.egger(y, v),
        "Thompson": lambda: egger.thompson(y, v),
        "Harbord": lambda: count_tests.harbord(*arms),
        "Macaskill": lambda: count_tests.macaskill(y, v, n1 + n2),
        "Peters": lambda: count_tests.peters(y, *arms),
        "Schwarzer": lambda: rank_tests.schwarzer(*arms),
        "Deeks": lambda: count_tests.deeks(y, n1, n2),
        "Pustejovsky": lambda: count_tests.pustejovsky(y, v, n1, n2),
    }[case["method_bias"]]()


@pytest.mark.parametrize("case", of_kind("limitmeta"), ids=case_id)
def test_limit_meta_analysis(case):
    found = limit_meta.limit_meta_analysis(*metas_effects(case["dataset"]))
    for name, theirs in (("estimate", "TE_adjust"), ("se", "se_adjust"), ("g2", "G2")):
        same(getattr(found, name), case[theirs], SEARCHED)
    for name in ("ci_low", "ci_high"):
        same(getattr(found, name), case[name], SEARCHED)
    same(found.q_small, case["Q_small"], CLOSED)
    same(found.q_residual, case["Q_resid"], CLOSED)


def test_every_registered_method_has_reference_numbers():
    regressions = of_kind("regtest")
    assert {case["predictor"] for case in regressions} == set(predictors.PREDICTORS)
    assert {case["model"] for case in regressions} == set(egger.MODELS)
    assert {case["estimator"] for case in of_kind("trimfill")} == set(trim_and_fill.MISSING)
    assert {case["type"] for case in of_kind("fsn")} == set(FAIL_SAFE)
    assert len({case["method_bias"] for case in of_kind("metabias")}) == 9
