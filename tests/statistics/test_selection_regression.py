"""Selection models with moderators, with weights that fall, and their limits, against metafor's."""

import json

import numpy as np
import pytest
from scipy.special import chdtri
from scipy.stats import norm

import liftproof as lp
from liftproof.errors import InputError
from support.metafor_cases import REFERENCE, effects_and_variances, table

pytestmark = pytest.mark.slow

SEARCHED = 1e-6
STOPPED = 1e-5
"""metafor's searches end by their tolerance, where the likelihood is lower by less than 1e-10."""
BY_DIFFERENCES = 1e-4
"""metafor takes its Hessian by differences."""
ROOT = 1e-4
"""What metafor's root of a profile is good to."""
CASES = {
    (case["kind"], case["id"]): case
    for case in json.loads((REFERENCE / "selection.json").read_text(encoding="utf-8"))
}
ROWS = table("data/bangertdrowns2004.csv")
Y, V = (np.array([float(row[name]) for row in ROWS]) for name in ("yi", "vi"))
SIZE = np.array([(float(row["ni"]) - 100) / 100 for row in ROWS])
BCG = (
    *effects_and_variances("data/bcg__RR.csv"),
    np.array([float(row["ablat"]) for row in table("data/bcg.csv")]),
)
GRADE = np.array([float(row["grade"]) for row in ROWS])
FITS = {
    "step": (SIZE, {"steps": 0.025}),
    "steps": (np.column_stack((SIZE, GRADE)), {"steps": [0.025, 0.5]}),
    "fe": (SIZE, {"steps": [0.05, 0.5], "tau2": "EE"}),
    "fixed": (SIZE, {"steps": [0.025, 0.5], "delta": [1, 0.6, 0.3]}),
    "twosided": (SIZE, {"steps": [0.05, 0.5], "alternative": "two.sided"}),
    "given": (SIZE, {"steps": 0.025, "tau2": 0.05}),
}
SMOOTH = {
    "beta_fe": ((Y, V, SIZE), {"kind": "beta", "tau2": "EE"}),
    "beta_fixed": ((Y, V, SIZE), {"kind": "beta", "delta": [0.8, 1]}),
    "halfnorm": (BCG, {"kind": "halfnorm"}),
    "halfnorm_fixed": ((Y, V, SIZE), {"kind": "halfnorm", "delta": 2}),
    "negexp": (BCG, {"kind": "negexp"}),
    "negexp_given": ((Y, V, SIZE), {"kind": "negexp", "tau2": 0.05}),
    "logistic": (BCG, {"kind": "logistic"}),
    "logistic_two": (
        (Y, V, SIZE),
        {"kind": "logistic", "alternative": "two.sided", "delta": 1.5},
    ),
    "power": ((Y, V, SIZE), {"kind": "power"}),
    "power_less": (BCG, {"kind": "power", "alternative": "less"}),
    "beta": ((Y, V, SIZE), {"kind": "beta"}),
    "beta_part": ((Y, V, SIZE), {"kind": "beta", "delta": [np.nan, 1]}),
}
LOWER = {"beta": 0.0049, "beta_part": 1.64}
"""metafor's search ends at another maximum, with a log-likelihood lower by this."""
CENSORED = 1e-5
"""Distance that p keeps from 0 and 1 where the weight is by beta or power."""
KINKED = 1e-5
"""By metafor's integral, which misses the bend at censored p by up to 1e-6 of the likelihood."""
KINKED_HESSIAN = 0.01
"""What differences of that integral are good to."""
QUADRATURE = 1e-10
PANELS, REACH = 9, 12
NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(200)
WEIGHTS = {
    "beta": lambda p, delta: p ** (delta[0] - 1) * (1 - p) ** (delta[1] - 1),
    "power": lambda p, delta: (1 - p) ** delta[0],
}


@pytest.mark.parametrize("name", FITS)
def test_moderators_of_a_selection_model_are_metafors(name):
    case, (x, options) = CASES["regression", name], FITS[name]
    fit = lp.selection_regression(Y, V, x, intercept=True, **options)
    assert fit.log_likelihood == pytest.approx(case["log_likelihood"][0], rel=SEARCHED)
    assert fit.log_likelihood > case["log_likelihood"][0] - SEARCHED
    searched = [*fit.coefficients, fit.tau2, *fit.delta, fit.lrt]
    theirs = [*case["coef"], *case["tau2"], *case["delta"], *case["LRT"]]
    assert searched == pytest.approx(theirs, rel=STOPPED, abs=SEARCHED)
    assert np.ravel(fit.covariance) == pytest.approx(case["vcov"], rel=BY_DIFFERENCES)
    assert fit.qm == pytest.approx(case["QM"][0], rel=BY_DIFFERENCES)


@pytest.mark.parametrize("name", sorted(set(SMOOTH) - set(LOWER)))
def test_moderators_of_a_smooth_selection_function_are_metafors(name):
    case, (data, options) = CASES["regression", name], SMOOTH[name]
    fit = lp.selection_regression(*data, intercept=True, **options)
    is_kinked = options["kind"] in WEIGHTS
    assert fit.log_likelihood == pytest.approx(case["log_likelihood"][0], abs=SEARCHED)
    searched = [*fit.coefficients, fit.tau2, *fit.delta]
    theirs = [*case["coef"], *case["tau2"], *case["delta"]]
    close = KINKED if is_kinked else STOPPED
    assert searched == pytest.approx(theirs, rel=close, abs=SEARCHED)
    hessian = KINKED_HESSIAN if is_kinked else BY_DIFFERENCES
    assert np.ravel(fit.covariance) == pytest.approx(case["vcov"], rel=hessian)
    assert fit.qm == pytest.approx(case["QM"][0], rel=hessian)


@pytest.mark.parametrize("name", LOWER)
def test_a_higher_maximum_than_metafors_is_found(name):
    case, (data, options) = CASES["regression", name], SMOOTH[name]
    fit = lp.selection_regression(*data, intercept=True, **options)
    above = fit.log_likelihood - case["log_likelihood"][0]
    assert above == pytest.approx(LOWER[name], rel=0.02)
    theirs = np.array([*case["coef"], *case["tau2"], *case["delta"]])
    known = integrated("beta", data, theirs)
    assert known == pytest.approx(case["log_likelihood"][0], abs=SEARCHED)


@pytest.mark.parametrize("name", ["beta", "beta_part", "beta_fe", "power"])
def test_the_likelihood_of_censored_p_values_is_its_integral(name):
    data, options = SMOOTH[name]
    fit = lp.selection_regression(*data, intercept=True, **options)
    at = np.array([*fit.coefficients, fit.tau2, *fit.delta])
    known = integrated(options["kind"], data, at)
    assert fit.log_likelihood == pytest.approx(known, rel=QUADRATURE)


def integrated(kind, data, at):
    """Return the log-likelihood by quadrature in panels that end where p is censored."""
    found = 0.0
    for y, v, x in zip(*data, strict=True):
        mean, sd, root = at[0] + at[1] * x, np.sqrt(v + at[2]), np.sqrt(v)
        effects, weights = panels(mean, sd, norm.isf(CENSORED) * root)
        p = np.clip(norm.sf(np.append(effects, y) / root), CENSORED, 1 - CENSORED)
        *seen, own = WEIGHTS[kind](p, at[3:])
        density = norm.pdf(effects, mean, sd)
        found += norm.logpdf(y, mean, sd) + np.log(own / ((weights * density) @ seen))
    return found


def panels(mean, sd, bend):
    """Return nodes and weights over the effects of a trial, in panels that end at ± the bend."""
    low, high = mean - REACH * sd, mean + REACH * sd
    ends = np.concatenate(([low, high], np.linspace(-bend, bend, PANELS)))
    ends = np.unique(np.clip(ends, low, high))
    half, middle = np.diff(ends)[:, None] / 2, (ends[1:] + ends[:-1])[:, None] / 2
    return np.ravel(middle + half * NODES), np.ravel(half * NODE_WEIGHTS)


def test_profile_limits_are_metafors():
    case = CASES["limits", "step"]
    found = lp.selection_limits(Y, V, SIZE, intercept=True, steps=[0.025])
    assert [found.tau2_ci_low, found.tau2_ci_high] == pytest.approx(case["tau2"], rel=ROOT)
    assert found.delta_ci_low[1:] == pytest.approx(case["delta_low"], rel=ROOT)
    assert found.delta_ci_high[1:] == pytest.approx(case["delta_high"], rel=ROOT)


def test_profile_limits_of_a_smooth_function_are_metafors_but_for_one_that_its_own_test_denies():
    """Its lower limit of δ is 0.074, though by its own likelihood ratio test δ may well be 0."""
    case = CASES["limits", "halfnorm"]
    found = lp.selection_limits(*BCG, kind="halfnorm", intercept=True)
    assert [found.tau2_ci_low, found.tau2_ci_high] == pytest.approx(case["tau2"], rel=ROOT)
    assert found.delta_ci_high == pytest.approx(case["delta_high"], rel=ROOT)
    assert CASES["regression", "halfnorm"]["LRT"][0] < chdtri(1, 0.05)
    assert found.delta_ci_low[0] == 0


def test_weights_that_fall_are_the_likeliest_that_do():
    case, (y, v) = CASES["falling", "raudenbush"], effects_and_variances("data/raudenbush1985.csv")
    fit = lp.selection_model(y, v, steps=[0.025, 0.05, 0.5], decreasing=True)
    assert fit.log_likelihood == pytest.approx(case["log_likelihood"][0], rel=SEARCHED)
    assert fit.log_likelihood > case["log_likelihood"][0] - SEARCHED
    assert fit.delta == pytest.approx(case["delta"], abs=1e-4)
    assert (np.diff(fit.delta) <= 0).all()
    assert "would rise: it is joined to the one before" in fit.cannot_tell


def test_weights_that_fall_are_of_the_side_that_is_favoured():
    y = np.array([1.2, 0.9, 0.7, 0.8, 0.4, 0.25, 0.5, 0.15, 0.25])
    v = 4 / np.array([20, 30, 35, 40, 90, 120, 60, 300, 200])
    options = {"steps": [0.025, 0.05], "decreasing": True}
    fit = lp.selection_model(y, v, **options)
    turned = lp.selection_model(-y, v, alternative="less", **options)
    assert fit.counts.tolist() == turned.counts.tolist() == [4, 3, 2]
    assert [-turned.estimate, *turned.delta] == [fit.estimate, *fit.delta]


def test_without_selection_the_test_of_it_is_no_rounding():
    none = lp.selection_regression(Y, V, SIZE, intercept=True, steps=[0.025], delta=[1, 1])
    assert none.lrt == 0
    y, v = effects_and_variances("data/bcg__RR.csv")
    ended = lp.selection_regression(y, v, np.ones((13, 1)), kind="negexp")
    assert (ended.delta.tolist(), ended.lrt, ended.lrt_p) == ([0.0], 0.0, 1.0)


def test_a_line_far_outside_all_effects_is_told():
    y, v = [0.4, 0.45, 0.5, 0.52, 0.6, 0.48], [0.04, 0.05, 0.06, 0.065, 0.09, 0.056]
    for decreasing in (False, True):
        fit = lp.selection_model(y, v, steps=[0.05], tau2="FE", decreasing=decreasing)
        assert "The estimate lies far outside the effects seen" in fit.cannot_tell
    line = lp.selection_regression(y, v, [1, 2, 3, 4, 5, 7], intercept=True, steps=[0.05])
    assert "The line lies far outside the effects seen" in line.cannot_tell


def test_a_line_without_moderators_is_the_selection_model():
    for options in ({"steps": [0.025, 0.5]}, {"kind": "negexp", "tau2": "FE"}):
        line = lp.selection_regression(Y[:9], V[:9], np.ones((9, 1)), **options)
        mean = lp.selection_model(Y[:9], V[:9], **options)
        ours = [line.coefficients[0], line.se[0], line.tau2, *line.delta, line.log_likelihood]
        theirs = [mean.estimate, mean.se, mean.tau2, *mean.delta, mean.log_likelihood]
        assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-12)


def test_the_likeliest_mean_may_lie_far_below_all_effects():
    y, v = [0.8, 0.69, 0.89, 0.87], [0.356, 0.329, 0.044, 0.506]
    mean = lp.selection_model(y, v, kind="halfnorm")
    line = lp.selection_regression(y, v, np.ones((4, 1)), kind="halfnorm")
    assert line.log_likelihood == pytest.approx(mean.log_likelihood, abs=1e-9)
    assert line.coefficients == pytest.approx([mean.estimate], rel=SEARCHED)
    assert mean.estimate < -30
    assert lp.selection_limits(y, v, kind="halfnorm").delta == pytest.approx(mean.delta)


def test_a_line_that_cannot_be_shifted_is_searched_from_other_weights():
    """Moderators that sum to 0, and no constant: a shift of the means leaves them where they are.

    A maximum with τ² of 0.36 has a log-likelihood of -10.028.
    """
    y = [-0.15, -1.05, 0.38, 1.13, -1.89, 0.02, -0.14, -1.42, -0.5, -0.41, 1.41, -1.41]
    v = [0.02, 0.06, 0.09, 0.43, 0.34, 0.1, 0.02, 0.24, 0.09, 0.03, 0.23, 0.11]
    x = [-0.26, -0.41, -0.4, 1.68, -0.64, 0.14, 1.05, -0.85, -0.64, 0.14, 0.78, -0.59]
    fit = lp.selection_regression(y, v, np.array(x)[:, None], kind="beta", intercept=None)
    assert fit.log_likelihood == pytest.approx(-9.691859653, abs=SEARCHED)
    assert fit.tau2 == 0


def test_units_of_moderators_and_of_effects_change_nothing():
    one = lp.selection_regression(Y, V, SIZE, intercept=True, steps=[0.025])
    moved = {"intercept": True, "steps": [0.025], "alternative": "less"}
    other = lp.selection_regression(-7 * Y, 49 * V, 1000 + 3 * SIZE, **moved)
    assert -3 / 7 * other.coefficients[1] == pytest.approx(one.coefficients[1], rel=1e-8)
    assert [other.qm, other.lrt, *other.delta] == pytest.approx([one.qm, one.lrt, *one.delta])
    group = lp.hypotheses(one, coefficients=[1])
    assert group.joint == pytest.approx(one.qm, rel=1e-12)
    assert lp.predicted(one, [[1, 0]]).estimate[0] == one.coefficients[0]


def test_a_step_without_a_p_value_is_named_with_moderators_too():
    p_between = [0.024, 0.026]
    fit = lp.selection_regression(Y, V, SIZE, intercept=True, steps=p_between)
    assert "No trial has a p value between 0.024 and 0.026" in fit.cannot_tell
    assert (fit.delta[1], fit.at_boundary) == (0.0, True)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ({"kind": "beta", "decreasing": True}, "beta has no steps to restrict"),
        ({"steps": [0.025], "delta": [1, 0.5], "decreasing": True}, "leave delta= out"),
        ({"steps": [0.025], "tau2": -1.0}, r"tau2 is a variance and must lie in 0 to 1e\+50"),
        ({"steps": [0.025], "tau2": "REML"}, "no τ² method of a selection model REML"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        lp.selection_regression(Y, V, SIZE, intercept=True, **call)
