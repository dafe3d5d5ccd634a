"""What must hold of three-level fits for any data, limiting cases and bad input."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftproof.errors import InputError
from liftproof.statistics.dependent.components import component_limits
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.pooling import pool

pytestmark = pytest.mark.slow

SAME = 1e-8
"""The same number by another path; a flat likelihood multiplies rounding."""

seeds = st.integers(0, 10_000)
searched = settings(derandomize=True, max_examples=25)


def simulated(seed, m=6, spread=2.0):
    """Return effects, variances over ``spread`` decades, and studies of 1 to 4 effects."""
    generator = np.random.default_rng(seed)
    study = np.repeat(np.arange(m), [2, *generator.integers(1, 5, m - 1)])
    v = 10 ** generator.uniform(-spread, 0, study.size)
    y = generator.normal(0, 0.5, m)[study] + generator.normal(0, np.sqrt(v + 0.1))
    return y, v, study


def restricted_deviance(y, covariance):
    """Return -2 restricted log-likelihood of an intercept, matrices written out."""
    inverse = np.linalg.inv(covariance)
    information = inverse.sum()
    residuals = y - inverse.sum(axis=0) @ y / information
    return np.linalg.slogdet(covariance)[1] + np.log(information) + residuals @ inverse @ residuals


@searched
@given(seed=seeds, exponent=st.floats(-6, 6))
def test_the_unit_of_the_effect_does_not_matter(seed, exponent):
    y, v, study = simulated(seed)
    c = 10**exponent
    before, after = three_level(y, v, study), three_level(y * c, v * c**2, study)
    smallest = float(v.min())
    for name in ("sigma2_study", "sigma2_effect"):
        expected = getattr(before, name)
        assert getattr(after, name) / c**2 == pytest.approx(expected, rel=SAME, abs=SAME * smallest)
    np.testing.assert_allclose(after.se / c, before.se, rtol=SAME)
    np.testing.assert_allclose(after.q, before.q, rtol=SAME)


@searched
@given(seed=seeds, exponent=st.floats(-6, 6))
def test_the_unit_does_not_matter_for_limits(seed, exponent):
    y, v, study = simulated(seed, m=4)
    c = 10**exponent
    before, after = component_limits(y, v, study), component_limits(y * c, v * c**2, study)
    for name in ("study_ci_low", "study_ci_high", "effect_ci_low", "effect_ci_high"):
        expected = getattr(before, name)
        assert getattr(after, name) / c**2 == pytest.approx(expected, rel=1e-6, abs=1e-6 * v.min())


@searched
@given(seed=seeds)
def test_no_pair_on_a_grid_is_likelier(seed):
    y, v, study = simulated(seed, spread=4.0)
    fit = three_level(y, v, study)
    same = (study[:, None] == study).astype(float)

    def at(pair):
        return restricted_deviance(y, np.diag(v + pair[1]) + pair[0] * same)

    grid = np.concatenate(([0.0], np.geomspace(1e-5, 100, 16)))
    best = at((fit.sigma2_study, fit.sigma2_effect))
    assert best <= min(at((a, b)) for a in grid for b in grid) + 1e-6
    assert fit.study_at_boundary == (fit.sigma2_study == 0)
    assert fit.effect_at_boundary == (fit.sigma2_effect == 0)


@searched
@given(seed=seeds)
def test_order_shift_and_labels_do_not_matter(seed):
    y, v, study = simulated(seed)
    order = np.random.default_rng(seed).permutation(y.size)
    before = three_level(y, v, study)
    after = three_level(7 - y[order], v[order], [f"study {i}" for i in study[order]])
    assert after.sigma2_study == pytest.approx(before.sigma2_study, rel=1e-7, abs=1e-9)
    assert after.sigma2_effect == pytest.approx(before.sigma2_effect, rel=1e-7, abs=1e-9)
    assert float(after.coefficients[0]) == pytest.approx(7 - float(before.coefficients[0]))


@searched
@given(seed=seeds)
def test_independent_errors_give_the_same_as_a_diagonal_covariance(seed):
    y, v, study = simulated(seed)
    before, after = three_level(y, v, study), three_level(y, np.diag(v), study)
    assert after.sigma2_study == pytest.approx(before.sigma2_study, rel=1e-7, abs=1e-10)
    assert after.sigma2_effect == pytest.approx(before.sigma2_effect, rel=1e-7, abs=1e-10)
    assert after.log_likelihood == pytest.approx(before.log_likelihood, rel=1e-10)


@searched
@given(seed=seeds)
def test_limits_hold_the_estimates(seed):
    found = component_limits(*simulated(seed))
    assert 0 <= found.study_ci_low <= found.sigma2_study <= found.study_ci_high < np.inf
    assert 0 <= found.effect_ci_low <= found.sigma2_effect <= found.effect_ci_high < np.inf


def test_a_negligible_second_effect_leaves_the_two_level_model():
    y, v = np.array([0.1, 0.9, 0.4, 0.7, 0.2, 0.6]), np.array([0.02, 0.05, 0.04, 0.03, 0.08, 0.01])
    two_level = pool(y, v, tau2="REML", interval="wald")
    fit = three_level([*y, 0.1], [*v, 1e7], [1, 2, 3, 4, 5, 6, 1])
    # only the sum of the components is determined: the likelihood has a level ridge, which
    # the added effect, with its millionth of a weight, tilts a little
    assert fit.sigma2_study + fit.sigma2_effect == pytest.approx(float(two_level.tau2), rel=5e-5)
    assert float(fit.se[0]) == pytest.approx(float(two_level.se), rel=5e-5)


def test_balanced_data_without_sampling_error_are_an_analysis_of_variance():
    generator = np.random.default_rng(5)
    study = np.repeat(np.arange(8), 4)
    y = generator.normal(0, 1, 8)[study] + generator.normal(0, 0.5, 32)
    means = y.reshape(8, 4).mean(axis=1)
    within = y.reshape(8, 4).var(axis=1, ddof=1).mean()
    fit = three_level(y, np.full(32, 1e-6), study)
    assert fit.sigma2_effect == pytest.approx(within - 1e-6, rel=1e-9)
    assert fit.sigma2_study == pytest.approx(means.var(ddof=1) - within / 4, rel=1e-9)


def test_identical_effects_have_no_variance():
    fit = three_level([0.3] * 5, [0.01, 0.02, 0.03, 0.04, 0.05], [1, 1, 2, 2, 3])
    assert (fit.sigma2_study, fit.sigma2_effect) == (0, 0)
    assert fit.study_at_boundary
    assert fit.effect_at_boundary
    assert float(fit.coefficients[0]) == pytest.approx(0.3, rel=1e-15)
    assert fit.q == pytest.approx(0, abs=1e-25)


def test_one_enormous_outlier_is_fitted():
    fit = three_level([0.1, 0.2, 1e12, 0.3, 0.2], [0.1] * 5, [1, 1, 2, 2, 3])
    assert fit.sigma2_study + fit.sigma2_effect == pytest.approx(2e23, rel=0.01)
    assert np.isfinite(fit.se).all()


@pytest.mark.parametrize("size", [1e-12, 1e-6, 1e6, 1e12])
def test_sizes_of_variances(size):
    y, v, study = simulated(3)
    expected = three_level(y, v, study)
    fit = three_level(y * size**0.5, v * size, study)
    assert fit.sigma2_study == pytest.approx(expected.sigma2_study * size, rel=SAME)


def test_variances_ten_decades_apart_in_one_data_set():
    y, study = np.array([0.1, 0.9, 0.4, 0.8, 0.3]), np.array([1, 1, 2, 3, 3])
    v = np.array([1e-5, 0.05, 9e4, 0.1, 1e-3])
    fit = three_level(y, v, study)
    same = (study[:, None] == study).astype(float)
    grid = np.concatenate(([0.0], np.geomspace(1e-6, 10, 40)))
    best = restricted_deviance(y, np.diag(v + fit.sigma2_effect) + fit.sigma2_study * same)
    tried = [restricted_deviance(y, np.diag(v + b) + a * same) for a in grid for b in grid]
    assert best <= min(tried) + 1e-6


def test_variances_further_apart_are_refused():
    with pytest.raises(InputError, match="lie further apart than 1e"):
        three_level([0.1, 0.9, 0.4, 0.8], [1e-12, 0.05, 1e12, 0.1], [1, 1, 2, 3])


Y, V, STUDY = [0.1, 0.5, 0.4, 0.9], [0.1, 0.2, 0.1, 0.3], [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([], [], []), "effects of one data set"),
        (([0.1], [0.1], [1]), "cannot tell variance between studies"),
        (([0.1, 0.2], [0.1, 0.1], [1, 2]), "cannot tell variance between studies"),
        (([0.1, 0.2], [0.1, 0.1], [1, 1]), "cannot tell variance between studies"),
        ((Y, V, [1, 2, 3, 4]), "cannot tell variance between studies"),
        ((Y, V, [1, 1, 1, 1]), "cannot tell variance between studies"),
        ((Y, V, STUDY, [0, 0, 1, 1]), "cannot tell variance between studies"),
        (([0.1, np.nan, 0.4, 0.9], V, STUDY), "y must be finite, but nan was found at index 1"),
        ((Y, [0.1, np.inf, 0.1, 0.1], STUDY), "v must be finite, but inf was found at index 1"),
        ((Y, [0.1, 0.0, 0.1, 0.1], STUDY), "Variances must be positive, but 0 was found"),
        ((Y, [0.1, -1.0, 0.1, 0.1], STUDY), "Variances must be positive, but -1 was found"),
        ((Y, [0.1, 1e-70, 0.1, 0.1], STUDY), "v must lie in 1e-50 to 1e"),
        (([1e60, 0, 0, 0], V, STUDY), "y must lie within"),
        ((Y, V[:3], STUDY), r"v must have shape \(4,\) or \(4, 4\)"),
        ((Y, V, STUDY[:3]), "study must name one group for each of 4 effects"),
        ((Y, V, [1, None, 2, 2]), "study must not be missing"),
        ((Y, V, [1, np.nan, 2, 2]), "study must not be missing"),
        ((Y, V, pd.array(["a", "a", pd.NA, "b"])), "is for effect 2 .counted from 0"),
        ((Y, V, [[1], [1], [2, 3], [2]]), "study must be a list with one label an effect"),
        ((Y, V, STUDY, [1, np.nan, 2, 3]), "x must be finite"),
        ((Y, V, STUDY, [1, 2, 3]), r"x must have shape \(4,\) or \(4, q\)"),
        ((Y, V, STUDY, [2, 2, 2, 2]), "collinear"),
        ((Y, V, STUDY, [0, 0, 0, 0]), "0 throughout"),
        ((Y, V, STUDY, np.eye(4)), "5 coefficients cannot be estimated from 4 effects"),
        ((Y, np.diag(V) + 0.01, STUDY), "0 between effects of unlike study"),
        ((Y, np.diag(V) + np.eye(4, k=1), STUDY), "v must be symmetric"),
        ((Y, np.kron(np.eye(2), np.ones((2, 2))), STUDY), "positive definite within each study"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(arguments, says):
    with pytest.raises(InputError, match=says):
        three_level(*arguments)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"method": "RMEL"}, "There is no likelihood RMEL; did you mean REML"),
        ({"test": "tt"}, "There is no test tt"),
        ({"level": 95}, "must lie between 0 and 1"),
        ({"intercept": False}, "nothing to estimate"),
        ({"intercept": 0}, "intercept must be True, .* or False, not 0"),
    ],
)
def test_unknown_names_and_levels_are_refused(options, says):
    with pytest.raises(InputError, match=says):
        three_level(Y, V, STUDY, **options)
    if "test" not in options:
        with pytest.raises(InputError, match=says):
            component_limits(Y, V, STUDY, **options)
