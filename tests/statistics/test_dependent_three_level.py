"""Three-level models against metafor's rma.mv, and against the likelihood written out in full."""

import numpy as np
import pytest

from liftproof.statistics.dependent.components import component_limits
from liftproof.statistics.dependent.covariance import marginal_covariance
from liftproof.statistics.dependent.design import design_matrix
from liftproof.statistics.dependent.three_level import three_level
from support.dependent_cases import MULTILEVEL, data

pytestmark = pytest.mark.slow

SEARCHED = 1e-6
"""metafor's optimiser stops where the likelihood is flat to rounding, 6e-7 from the maximum."""
SMALL_P = 2e-6
"""A p value multiplies the error of its statistic by up to 15."""
CLOSED = 1e-10

COEFFICIENTS = {
    "estimate": "coefficients",
    "se": "se",
    "stat": "statistic",
    "ci_low": "ci_low",
    "ci_high": "ci_high",
}
FIELDS = {"QM": "qm", "pi_low": "pi_low", "pi_high": "pi_high"}
METAFORS_ROOT = 1.3e-4
"""metafor's confint() searches roots with R's default tolerance: 1.22e-4, absolute."""


def components(case):
    """Return both components; metafor's CS structure holds their sum and the study's share."""
    if case["sigma2"] == [0]:
        total, rho = case["tau2"][0], case["rho"][0]
        return [total * rho, total * (1 - rho)]
    return case["sigma2"]


def deviance(case, sigma2):
    """Return -2 log-likelihood with all matrices written out."""
    y, v, study, x = data(case)
    columns = design_matrix(x, len(y), intercept=True)
    covariance = marginal_covariance(v, study, *sigma2)
    inverse = np.linalg.inv(covariance)
    information = columns.T @ inverse @ columns
    residuals = y - columns @ np.linalg.solve(information, columns.T @ inverse @ y)
    is_restricted = case["method"] == "REML"
    k, p = columns.shape
    constant = (k - p * is_restricted) * np.log(2 * np.pi)
    if is_restricted:
        constant += np.linalg.slogdet(information)[1] - np.linalg.slogdet(columns.T @ columns)[1]
    return constant + np.linalg.slogdet(covariance)[1] + residuals @ inverse @ residuals


def profile(case, axis, value):
    """Return the least -2 log-likelihood with one component held, by ever finer grids."""
    low, high = 0.0, 2.0
    for _ in range(9):
        others = np.linspace(low, high, 13)
        pairs = [(value, other) if axis == 0 else (other, value) for other in others]
        heights = [deviance(case, pair) for pair in pairs]
        best = int(np.argmin(heights))
        low, high = others[max(0, best - 1)], others[min(12, best + 1)]
    return min(heights)


@pytest.mark.parametrize("case", MULTILEVEL, ids=lambda case: case["id"])
def test_agrees_with_metafor(case):
    fit = three_level(*data(case), method=case["method"], test=case["test"])
    for theirs, ours in COEFFICIENTS.items():
        expected = [row[theirs] for row in case["coef"]]
        np.testing.assert_allclose(getattr(fit, ours), expected, rtol=SEARCHED)
    np.testing.assert_allclose(fit.p_value, [row["pval"] for row in case["coef"]], rtol=SMALL_P)
    expected = components(case)
    np.testing.assert_allclose((fit.sigma2_study, fit.sigma2_effect), expected, rtol=SEARCHED)
    for theirs, ours in FIELDS.items():
        if theirs in case:
            assert getattr(fit, ours) == pytest.approx(case[theirs], rel=SEARCHED)
    assert fit.qm_p == pytest.approx(case["QM_p"], rel=SMALL_P)
    assert fit.q == pytest.approx(case["Q"], rel=CLOSED)
    assert fit.q_p == pytest.approx(case["Q_p"], rel=1e-9, abs=0)  # Q of 578 multiplies its error
    assert fit.log_likelihood == pytest.approx(case["logLik"], rel=CLOSED)
    assert (fit.k, fit.coefficients.size) == (case["k"], case["p"])


@pytest.mark.parametrize("case", MULTILEVEL, ids=lambda case: case["id"])
def test_is_at_least_as_likely_as_metafors(case):
    fit = three_level(*data(case), method=case["method"])
    rounding = 1e-10  # of the matrices written out; moderators such as years lose digits
    ours = deviance(case, (fit.sigma2_study, fit.sigma2_effect))
    assert ours <= deviance(case, components(case)) + rounding
    assert -2 * fit.log_likelihood == pytest.approx(ours, abs=1e-8)


WITH_LIMITS = [case for case in MULTILEVEL if "vc_profile_ci" in case]


@pytest.mark.parametrize("case", WITH_LIMITS, ids=lambda case: case["id"])
def test_profile_limits_agree_with_metafor_within_its_root_search(case):
    found = component_limits(*data(case), method=case["method"])
    ours = [
        [found.study_ci_low, found.study_ci_high],
        [found.effect_ci_low, found.effect_ci_high],
    ]
    theirs = [[row["ci_low"], row["ci_high"]] for row in case["vc_profile_ci"]]
    for mine, other in zip(np.ravel(ours), np.ravel(theirs), strict=True):
        if other is not None:  # metafor gives NA where its root search fails
            assert mine == pytest.approx(other, abs=METAFORS_ROOT)


@pytest.mark.parametrize("case", WITH_LIMITS, ids=lambda case: case["id"])
def test_profile_limits_meet_the_height_that_metafors_miss(case):
    found = component_limits(*data(case), method=case["method"])
    best = deviance(case, (found.sigma2_study, found.sigma2_effect))
    quantile = 3.841458820694124
    limits = (found.study_ci_low, found.study_ci_high), (found.effect_ci_low, found.effect_ci_high)
    for axis, pair in enumerate(limits):
        for limit in pair:
            assert profile(case, axis, limit) - best == pytest.approx(quantile, abs=1e-6)


def test_metafors_limits_stop_short_of_the_height():
    # c3311: metafor 0.0222327888, here 0.0222396907; the height is missed by 2e-3 and met.
    case = MULTILEVEL[0]
    best = deviance(case, case["sigma2"])
    theirs = case["vc_profile_ci"][0]["ci_low"]
    assert profile(case, 0, theirs) - best > 3.8415 + 1e-3
    ours = component_limits(*data(case)).study_ci_low
    assert ours == pytest.approx(0.0222396907, rel=1e-8)


def test_published_numbers_of_konstantopoulos():
    # Konstantopoulos 2011, Res Synth Methods 2, 61-76, table 5: maximum likelihood
    case = next(case for case in MULTILEVEL if case["method"] == "ML")
    fit = three_level(*data(case), method="ML")
    printed = [round(float(z), 3) for z in (fit.sigma2_study, fit.sigma2_effect)]
    assert printed == [0.058, 0.033]
    assert round(float(fit.coefficients[0]), 3) == 0.184
