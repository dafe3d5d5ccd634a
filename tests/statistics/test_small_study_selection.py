"""Selection models against metafor, against adaptive quadrature, and at their limits."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr, ndtri

from liftproof.errors import InputError
from liftproof.statistics.small_study.selection.fit import selection_model
from liftproof.statistics.small_study.selection.likelihood import log_likelihood, surface
from liftproof.statistics.small_study.selection.setup import KINDS, set_up
from metafor_cases import effects_and_variances
from small_study_cases import case_id, numbers, of_kind, our_tau2

STEP_FUNCTIONS = 2e-4
"""metafor's search (BFGS on the logarithms of τ² and δ, relative tolerance 1e-8 in the
log-likelihood) leaves parameters this far from the maximum; its own hint is 1e-4."""

INTEGRATED = 0.05
"""In standard errors, for smooth functions: metafor integrates to a relative 1.2e-4 only, so that
its log-likelihood is noise below 3e-4; where the likelihood is flat its maximum moves by up to 0.01
standard errors of the mean and 0.01 of δ (worst seen: bcg, negexp, ML, δ 0.054 for 0.074)."""

QUADRATURE_NOISE = 5e-4
"""How far metafor's log-likelihood can exceed the true one; see INTEGRATED."""

HIGHER_MAXIMA = {"c3048": (-13.6442, -14.5718), "c3066": (-20.3470, -20.5552)}
"""Beta models with τ² where metafor stops at a local maximum: our log-likelihood and its."""

SELECTED = of_kind("selmodel")


def fitted(case):
    """Return our fit of a case."""
    y, v = effects_and_variances(case["csv"])
    return selection_model(
        y,
        v,
        kind=case["type"],
        alternative=case["alternative"],
        steps=case["steps"],
        delta=case["delta_fixed"],
        tau2=our_tau2(case),
    )


def at_metafors(case):
    """Return the exact log-likelihood at metafor's parameters."""
    y, v = effects_and_variances(case["csv"])
    sign = -1 if case["alternative"] == "less" else 1
    setup = set_up(
        sign * y,
        v,
        case["type"],
        case["alternative"],
        case["steps"],
        case["delta_fixed"],
        is_random=True,
    )
    delta = numbers(case["delta"])[1 if case["type"] == "stepfun" else 0 :]
    point = np.array([sign * case["estimate"], case["tau2"], *delta])
    return log_likelihood(setup.model, point)


@pytest.mark.parametrize("case", SELECTED, ids=case_id)
def test_no_point_of_metafors_is_likelier(case):
    found = fitted(case)
    assert found.log_likelihood >= at_metafors(case) - 1e-10
    assert found.log_likelihood >= case["logLik"] - QUADRATURE_NOISE
    assert found.k == case["k"]
    assert found.lrt_df == case["LRT_df"]
    if case["id"] in HIGHER_MAXIMA:
        ours, theirs = HIGHER_MAXIMA[case["id"]]
        assert found.log_likelihood == pytest.approx(ours, abs=1e-4)
        assert case["logLik"] == pytest.approx(theirs, abs=1e-4)
    else:
        assert found.log_likelihood == pytest.approx(case["logLik"], abs=1e-3)
        assert found.lrt == pytest.approx(case["LRT"], abs=2e-3)
    assert found.unadjusted_estimate == pytest.approx(case["unadjusted_estimate"], rel=1e-6)
    assert found.unadjusted_tau2 == pytest.approx(case["unadjusted_tau2"], rel=1e-6)


@pytest.mark.parametrize(
    "case", [case for case in SELECTED if case["type"] == "stepfun"], ids=case_id
)
def test_step_functions(case):
    found = fitted(case)
    tolerance = 5e-3 if found.at_boundary else STEP_FUNCTIONS
    # At a bound metafor stops short of it (τ² 3e-6 and δ 4e-4 for 0); the others move along.
    assert found.estimate == pytest.approx(case["estimate"], rel=tolerance)
    assert found.tau2 == pytest.approx(case["tau2"], rel=tolerance, abs=1e-5)
    np.testing.assert_allclose(found.delta, case["delta"], rtol=tolerance, atol=5e-4)
    if case["se"] is not None:
        assert found.se == pytest.approx(case["se"], rel=tolerance)
        assert found.p_value == pytest.approx(case["pval"], rel=10 * tolerance)
        for name in ("ci_low", "ci_high"):
            assert getattr(found, name) == pytest.approx(case[name], abs=tolerance * case["se"])
    for ours, theirs in zip(found.delta_se, case["se_delta"], strict=True):
        if theirs is not None:
            assert ours == pytest.approx(theirs, rel=tolerance)


@pytest.mark.parametrize(
    "case",
    [case for case in SELECTED if case["type"] != "stepfun" and case["id"] not in HIGHER_MAXIMA],
    ids=case_id,
)
def test_smooth_functions(case):
    found = fitted(case)
    assert found.estimate == pytest.approx(case["estimate"], abs=INTEGRATED * found.se)
    for ours, se, theirs in zip(found.delta, found.delta_se, numbers(case["delta"]), strict=True):
        if np.isfinite(se):
            assert ours == pytest.approx(theirs, abs=INTEGRATED * se)
    if np.isfinite(found.tau2_se):
        assert found.tau2 == pytest.approx(case["tau2"], abs=INTEGRATED * found.tau2_se)


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
    assert log_likelihood(setup.model, point) == pytest.approx(expected, abs=1e-9)


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


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("c", [1e-6, 1e-3, 1e6])
def test_the_unit_of_the_effect_does_not_matter(kind, c):
    y, v = effects_and_variances("data/hackshaw1998.csv")
    steps = [0.025, 0.5] if kind == "stepfun" else None
    before, after = (
        selection_model(y * scale, v * scale**2, kind=kind, steps=steps) for scale in (1.0, c)
    )
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
