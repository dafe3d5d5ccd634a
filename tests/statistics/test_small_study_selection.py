"""Selection models against metafor, against adaptive quadrature, and at their limits."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr, ndtri

from liftproof.errors import InputError
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.small_study.selection.fit import selection_model
from liftproof.statistics.small_study.selection.search import bounds
from liftproof.statistics.small_study.selection.setup import KINDS, set_up
from support import selection_oracle
from support.differences import check
from support.metafor_cases import effects_and_variances
from support.selection_surface import surface
from support.small_study_cases import (
    case_id,
    fitted,
    of_kind,
    our_tau2,
    parameters,
    selection_quantities,
)

pytestmark = pytest.mark.slow

INTEGRATE = float(np.finfo(float).eps) ** 0.25
"""The tolerance, relative and absolute, with which metafor calls R's integrate()."""

NOISE = {"stepfun": 1e-9}
"""How far metafor's log-likelihood is from the true one: rounding for step functions, whose
constants are closed."""
INTEGRATED = 5e-4
"""The same for the others, by INTEGRATE; see the test that reproduces it."""

SELECTED = of_kind("selmodel")
SMOOTH = [case for case in SELECTED if case["type"] != "stepfun"]


def favoured_large(case):
    """Return effects and variances, the effects turned so that selection favours large ones."""
    y, v = effects_and_variances(case["csv"])
    return (-y if case["alternative"] == "less" else y), v


def set_up_of(case):
    """Return the parts of a case's model of large effects."""
    kind, steps, delta = case["type"], case["steps"], case["delta_fixed"]
    is_random = our_tau2(case) != "FE"
    return set_up(*favoured_large(case), kind, "greater", steps, delta, is_random=is_random)


@pytest.mark.parametrize("case", SELECTED, ids=case_id)
def test_estimates_and_standard_errors(case):
    check(case, selection_quantities(case))


@pytest.mark.parametrize("case", SELECTED, ids=case_id)
def test_no_point_of_metafors_is_likelier(case):
    found, (y, v) = fitted(case), favoured_large(case)
    fixed = case["delta_fixed"] is not None
    exact = surface(set_up_of(case).model, parameters(case)).value
    assert found.log_likelihood >= exact - 1e-10
    assert case["logLik"] == pytest.approx(exact, abs=NOISE.get(case["type"], INTEGRATED))
    if not fixed:
        there = selection_oracle.log_likelihood(case["type"], y, v, parameters(case), case["steps"])
        assert exact == pytest.approx(there, abs=1e-10)
    assert (found.k, found.lrt_df) == (case["k"], case["LRT_df"])
    assert found.unadjusted_estimate == pytest.approx(case["unadjusted_estimate"], rel=1e-6)
    assert found.unadjusted_tau2 == pytest.approx(case["unadjusted_tau2"], rel=1e-6)


SETTLED = 1e-10
"""In standard errors: how far Newton's step still leads from the end of a search. Rounding of the
gradient leaves less than 1e-13; a search that ends when the log-likelihood rises no more leaves up
to 1e-6, in a direction that the machine's last digits choose."""


@pytest.mark.parametrize("case", SELECTED, ids=case_id)
def test_the_search_ends_where_the_gradient_is_0(case):
    setup, point = set_up_of(case), parameters(case, fitted(case))
    found = surface(setup.model, point)
    lowest, highest = bounds(setup.model)
    inside = setup.model.is_free & (point > lowest) & (point < highest)
    gradient, information = found.gradient[inside], -found.hessian[np.ix_(inside, inside)]
    assert np.sqrt(gradient @ np.linalg.solve(information, gradient)) < SETTLED


@pytest.mark.parametrize("case", [case for case in SELECTED if case["se"]], ids=case_id)
def test_limits_and_p_value_follow_from_estimate_and_standard_error(case):
    names = ("estimate", "se", "ci_low", "ci_high", "p_value")
    theirs = [case[{"p_value": "pval"}.get(name, name)] for name in names]
    for estimate, se, low, high, p in (theirs, [getattr(fitted(case), name) for name in names]):
        assert (low, high) == pytest.approx(tuple(map(float, limits(estimate, se))), rel=1e-9)
        assert p == pytest.approx(float(two_sided_p(np.asarray(estimate / se))), rel=1e-9)


@pytest.mark.parametrize("case", SMOOTH, ids=case_id)
def test_metafors_log_likelihood_is_what_its_tolerance_makes_of_ours(case):
    """QUADPACK, which both R and SciPy call, over all effects, at R's default tolerance."""
    y, v = favoured_large(case)
    mu, tau2, *delta = parameters(case)
    censored = selection_oracle.CENSORED.get(case["type"], 0.0)

    def weight(effect, root):
        p = np.clip(ndtr(-effect / root), censored, 1 - censored)
        return WEIGHTS[case["type"]](p, delta)

    total = 0.0
    for effect, variance in zip(y, v, strict=True):
        root, s = np.sqrt(variance), np.sqrt(variance + tau2)
        integrand = lambda t, root=root, s=s: weight(t, root) * normal_density((t - mu) / s) / s  # noqa: E731
        tolerance = {"epsabs": INTEGRATE, "epsrel": INTEGRATE, "limit": 100}
        constant = quad(integrand, -np.inf, np.inf, **tolerance)[0]
        total += np.log(weight(effect, root) * normal_density((effect - mu) / s) / s / constant)
    assert case["logLik"] == pytest.approx(total, abs=1e-8)


def normal_density(z):
    """Return φ(z)."""
    return np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)


WEIGHTS = {
    "beta": lambda p, d: p ** (d[0] - 1) * (1 - p) ** (d[1] - 1),
    "halfnorm": lambda p, d: np.exp(-d[0] * p**2),
    "negexp": lambda p, d: np.exp(-d[0] * p),
    "logistic": lambda p, d: 2 * np.exp(-d[0] * p) / (1 + np.exp(-d[0] * p)),
    "power": lambda p, d: (1 - p) ** d[0],
    "stepfun": lambda p, d: np.where(p <= 0.025, 1, np.where(p <= 0.5, d[0], d[1])),
}
POINTS = {
    "beta": [0.4, 1.7],
    "halfnorm": [3.0],
    "negexp": [30.0],
    "logistic": [2.0],
    "power": [0.7],
    "stepfun": [0.4, 1.3],
}


def by_quadrature(kind, y, v, point, *, two_sided):
    """Return the log-likelihood with every constant by adaptive quadrature, piece by piece."""
    mu, tau2, delta = point[0], point[1], point[2:]
    censored = 1e-5 if kind in {"beta", "power"} else 0.0

    def weight(z):
        p = 2 * ndtr(-abs(z)) if two_sided else ndtr(-z)
        return WEIGHTS[kind](np.clip(p, censored, 1 - censored), delta)

    total = 0.0
    for effect, variance in zip(y, v, strict=True):
        root, s = np.sqrt(variance), np.sqrt(variance + tau2)
        kinks = [-ndtri(p) for p in (1e-5, 5e-6, 0.0125, 0.025, 0.25, 0.5 - 5e-6)] + [0, 1e-3, 0.05]
        reach = mu / root - 12 * s / root, mu / root + 12 * s / root
        inner = [z for kink in kinks for z in (-kink, kink) if reach[0] < z < reach[1]]
        edges = sorted({reach[0], *inner, reach[1]})
        constant = sum(
            quad(
                lambda z: weight(z) * np.exp(-(((z * root - mu) / s) ** 2) / 2) * root,  # noqa: B023
                *ends,
                epsabs=0,
                epsrel=1e-12,
            )[0]
            for ends in pairwise(edges)
        )
        density = np.exp(-(((effect - mu) / s) ** 2) / 2)
        total += float(np.log(weight(effect / root) * density / constant))
    return total


@pytest.mark.parametrize("two_sided", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_likelihoods_against_adaptive_quadrature(kind, two_sided):
    y, v = np.array([0.9, -0.2, 0.35, 0.05]), np.array([0.2, 0.3, 0.02, 0.0004])
    steps = [0.025, 0.5] if kind == "stepfun" else None
    alternative = "two.sided" if two_sided else "greater"
    setup = set_up(y, v, kind, alternative, steps, None, is_random=True)
    point = np.array([0.2, 0.03, *POINTS[kind]])
    expected = by_quadrature(kind, y, v, point, two_sided=two_sided)
    assert surface(setup.model, point).value == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_derivatives_are_those_of_the_likelihood(kind):
    y, v = np.array([0.9, -0.2, 0.35, 0.05]), np.array([0.2, 0.3, 0.02, 0.04])
    steps = [0.025, 0.5] if kind == "stepfun" else None
    model = set_up(y, v, kind, "greater", steps, None, is_random=True).model
    point = np.array([0.2, 0.03, *POINTS[kind]])
    here = surface(model, point)
    for i, width in enumerate(1e-4 * np.maximum(np.abs(point), 0.1)):
        step = np.zeros_like(point)
        step[i] = width
        ahead, behind = surface(model, point + step), surface(model, point - step)
        slope = (ahead.value - behind.value) / (2 * width)
        assert here.gradient[i] == pytest.approx(slope, rel=1e-5, abs=1e-6)
        curvature = (ahead.gradient - behind.gradient) / (2 * width)
        np.testing.assert_allclose(here.hessian[i], curvature, rtol=1e-4, atol=1e-5)


@cache
def in_unit(kind, scale):
    """Return the fit to effects that are multiplied by ``scale``."""
    y, v = effects_and_variances("data/hackshaw1998.csv")
    steps = [0.025, 0.5] if kind == "stepfun" else None
    return selection_model(y * scale, v * scale**2, kind=kind, steps=steps)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("c", [1e-6, 1e-3, 1e6])
def test_the_unit_of_the_effect_does_not_matter(kind, c):
    before, after = in_unit(kind, 1.0), in_unit(kind, c)
    assert after.estimate / c == pytest.approx(before.estimate, rel=1e-6)
    assert after.tau2 / c**2 == pytest.approx(before.tau2, rel=1e-6)
    assert after.lrt == pytest.approx(before.lrt, rel=1e-6)
    np.testing.assert_allclose(after.delta, before.delta, rtol=1e-6)


def test_negating_effects_and_alternative_mirrors_the_estimate():
    y, v = effects_and_variances("data/hackshaw1998.csv")
    up = selection_model(y, v, kind="negexp")
    down = selection_model(-y, v, kind="negexp", alternative="less")
    assert down.estimate == pytest.approx(-up.estimate, rel=1e-12)
    assert (down.ci_low, down.se) == pytest.approx((-up.ci_high, up.se), rel=1e-12)


def test_weights_of_1_are_no_selection():
    y, v = effects_and_variances("data/hackshaw1998.csv")
    found = selection_model(y, v, steps=[0.025, 0.5], delta=[1, 1, 1])
    assert found.estimate == pytest.approx(found.unadjusted_estimate, rel=1e-9)
    assert found.tau2 == pytest.approx(found.unadjusted_tau2, rel=1e-6)
    assert np.isnan(found.lrt_p)


def test_an_interval_without_trials_has_weight_0_and_says_so():
    y, v = effects_and_variances("data/hackshaw1998.csv")
    found = selection_model(y, v, steps=[0.025, 0.05], tau2="FE")
    assert found.counts.tolist() == [7, 0, 30]
    assert found.delta[1] == 0
    assert np.isnan(found.delta_se[1])
    assert found.at_boundary


FEW_SIGNIFICANT = (
    np.array(
        [
            0.2739,
            0.3032,
            0.5773,
            0.1999,
            0.2274,
            0.8945,
            0.3558,
            0.3701,
            0.4339,
            0.6822,
            0.1478,
            0.1996,
            0.1586,
            -0.4384,
            0.0865,
            -1.0371,
            0.7173,
            -0.2136,
            0.1956,
            0.1871,
            0.3829,
            -1.1556,
            0.6927,
            0.7325,
            0.674,
        ]
    ),
    np.array(
        [
            0.0474,
            0.0555,
            0.0999,
            0.0413,
            0.1701,
            0.2198,
            0.1223,
            0.0282,
            0.1153,
            0.1367,
            0.1205,
            0.2142,
            0.0444,
            0.1916,
            0.0977,
            0.2596,
            0.1953,
            0.1532,
            0.1878,
            0.051,
            0.1286,
            0.2078,
            0.2891,
            0.172,
            0.1529,
        ]
    ),
)
"""Effects and variances of which one is significant: weights far above 1 are likeliest."""

ALL_POSITIVE = (
    np.array([0.7284, 0.3113, 0.9701, 0.7688, 0.1601, 0.4322]),
    np.array([0.2511, 0.2059, 0.0946, 0.1512, 0.2731, 0.0945]),
)
"""Effects that a beta selection from a mean far below all of them explains best."""

LOWER = {
    "stepfun": [0.3302, 0.0, 6.1434, 4.8110],
    "beta": [1.7779, 0.0, 2.4543, 0.4200],
}
"""Local maxima of the two that are not the global one."""
FOUR_DIGITS = 1e-3
"""The maxima were found by many starts of another search and are written with four digits."""


@pytest.mark.parametrize(
    ("kind", "data", "steps", "highest"),
    [
        ("stepfun", FEW_SIGNIFICANT, [0.025, 0.5], [0.2815, 0.3242, 15.808, 3.4805]),
        ("beta", ALL_POSITIVE, None, [-21.710, 1.7687, 0.021073, 13.091]),
    ],
)
def test_the_highest_of_several_maxima_is_found(kind, data, steps, highest):
    y, v = data
    found = selection_model(y, v, kind=kind, steps=steps)
    point = [found.estimate, found.tau2, *found.delta[1 if steps else 0 :]]
    assert point == pytest.approx(highest, rel=FOUR_DIGITS)
    there = selection_oracle.log_likelihood(kind, y, v, point, steps)
    assert found.log_likelihood == pytest.approx(there, abs=1e-9)
    assert there > selection_oracle.log_likelihood(kind, y, v, LOWER[kind], steps) + 0.1
    assert ("far outside the effects seen" in found.cannot_tell) == (kind == "beta")


@pytest.mark.parametrize("kind", ["negexp", "beta"])
def test_identical_effects_of_wildly_different_precision_are_fitted(kind):
    found = selection_model([4.9e7] * 6, [6e-5, 1, 1e3, 1e6, 1e9, 1e12], kind=kind)
    assert found.estimate == pytest.approx(4.9e7, rel=1e-6)
    assert np.isnan(found.delta_se).all()


def test_identical_effects_are_fitted():
    found = selection_model([0.5] * 6, [0.04] * 6, steps=[0.025], delta=[1.0, 0.5])
    assert found.tau2 == 0
    assert 0 < found.estimate < 0.5


def test_an_enormous_outlier_is_fitted():
    y = [0.1, 0.3, 0.5, 0.2, 1e4]
    found = selection_model(y, [0.1] * 5, steps=[0.025], delta=[1.0, 0.5])
    assert found.tau2 == pytest.approx(np.var(y), rel=0.6)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"kind": "betta"}, "no selection function betta; did you mean beta"),
        ({"alternative": "lesss"}, "no alternative lesss; did you mean less"),
        ({"steps": None}, "A step function needs steps"),
        ({"steps": [1.0]}, "needs a step below 1"),
        ({"steps": [-0.1]}, "Steps must lie above 0 and at most at 1, but -0.1"),
        ({"kind": "beta"}, "Only a step function has steps"),
        ({"delta": [1.0, 0.5, 0.5]}, "delta must hold 2 numbers"),
        ({"delta": [0.9, 0.5]}, "The first weight of a step function is 1, but 0.9"),
        ({"delta": [1.0, -1.0]}, "delta must lie in 0 to 100, but -1"),
        ({"delta": [1.0, 0.0]}, "A weight is 0 where a trial was seen"),
        ({"steps": [1e-9]}, "No trial has a p value up to the first step"),
        ({"tau2": "REML"}, "no τ² method of a selection model REML"),
        ({"level": 95}, "must lie between 0 and 1"),
    ],
)
def test_what_makes_no_sense_is_refused(options, says):
    with pytest.raises(InputError, match=says):
        selection_model([0.1, 0.9, 0.4], [0.1, 0.1, 0.2], **{"steps": [0.025], **options})


@pytest.mark.parametrize(
    ("y", "v", "says"),
    [
        ([], [], "no trial to pool"),
        ([0.1, 0.2], [1, 1], "at least 3 trials, but there are 2"),
        ([0.1, np.nan, 1], [1, 1, 1], "y must be finite"),
        ([0.1, 0.2, 1], [1, 0, 1], "v must be positive"),
        ([[0.1, 0.2, 1]], [[1, 1, 1]], "takes one data set"),
    ],
)
def test_bad_numbers_are_refused(y, v, says):
    with pytest.raises(InputError, match=says):
        selection_model(y, v, steps=[0.025])


def test_every_selection_function_has_reference_numbers():
    assert {case["type"] for case in SELECTED} == set(KINDS)


def test_a_step_that_holds_no_p_value_is_named():
    y, v = [1.2, 1.0, 0.9, 0.3, 0.2, 0.15], [0.3, 0.2, 0.2, 0.05, 0.03, 0.02]
    found = selection_model(y, v, steps=[0.025, 0.027, 0.5])
    assert found.counts.tolist() == [3, 0, 3, 0]
    assert "between 0.025 and 0.027, nor between 0.5 and 1: the weight there" in found.cannot_tell
    assert (
        "No trial" not in selection_model(y, v, steps=[0.025, 0.5], delta=[1, 0.5, 0.4]).cannot_tell
    )


@pytest.mark.parametrize("seed", [23, 34, 48, 51, 52])
def test_a_trial_that_outweighs_all_others_does_not_hide_the_maximum_beside_it(seed):
    """Without τ² the likelihood is a ridge at its effect, between the values of μ on the grid."""
    random = np.random.default_rng(seed)
    v = random.uniform(0.01, 0.5, 40)
    v[0] = 1e-6
    y = random.normal(0.5, np.sqrt(v + 0.02))
    mean = (y / v).sum() / (1 / v).sum()
    on_the_ridge = -(np.log(2 * np.pi * v) + (y - mean) ** 2 / v).sum() / 2
    found = selection_model(y, v, steps=[0.025])
    assert found.log_likelihood >= on_the_ridge - 1e-9
