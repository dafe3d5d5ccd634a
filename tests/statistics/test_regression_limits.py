"""Limiting cases of meta-regression and its kin, and what holds for any data."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftproof.errors import InputError
from liftproof.statistics.heterogeneity import q_profile
from liftproof.statistics.pooling import pool
from liftproof.statistics.regression import (
    likelihood_ratio,
    meta_regression,
    orders,
    permutation_test,
    predicted,
    subgroups,
)
from liftproof.statistics.regression.tests import TESTS
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.weighting import weighted_mean

pytestmark = pytest.mark.slow

SAME = 1e-9
"""The same number by another path; moderators as steep as effects are precise cost some digits."""

Y = np.array([-0.89, -1.59, -1.35, -1.44, -0.22, -0.79])
V = np.array([0.33, 0.19, 0.42, 0.02, 0.05, 0.007])
LATITUDE = np.array([44.0, 55, 42, 52, 13, 44])
X = np.column_stack((np.ones(6), LATITUDE))
INTERVAL_OF = {"z": "wald", "t": "t", "knha": "hksj", "adhoc": "hksj_adhoc"}

each_method = pytest.mark.parametrize("tau2", TAU2)
searched = settings(derandomize=True, max_examples=25)
seeds = st.integers(0, 10_000)


def drawn(seed, k=8, p=2, n=()):
    generator = np.random.default_rng(seed)
    v = 10 ** generator.uniform(-2, 0, (*n, k))
    y = generator.normal(0, np.sqrt(v + generator.choice([0, 0.5])))
    x = generator.normal(size=(*n, k, p))
    x[..., 0] = 1.0
    return y, v, x


@each_method
@pytest.mark.parametrize("test", TESTS)
def test_the_intercept_alone_is_the_pooled_estimate(tau2, test):
    pooled = pool(Y, V, tau2=tau2, interval=INTERVAL_OF[test])
    fit = meta_regression(Y, V, np.ones((6, 1)), tau2=tau2, test=test)
    for ours, theirs in {"tau2": "tau2", "qe": "q", "i2": "i2", "h2": "h2"}.items():
        assert float(getattr(fit, ours)) == pytest.approx(float(getattr(pooled, theirs)), rel=SAME)
    for ours, theirs in {"coefficients": "estimate", "se": "se", "ci_high": "ci_high"}.items():
        assert getattr(fit, ours)[0] == pytest.approx(float(getattr(pooled, theirs)), rel=SAME)
    assert np.isnan(fit.qm)
    assert fit.qm_df[0] == 0


@each_method
@searched
@given(seed=seeds, exponent=st.floats(-6, 6), shift=st.floats(-10, 10))
def test_units_of_effect_and_moderator_do_not_matter(tau2, seed, exponent, shift):
    y, v, x = drawn(seed)
    c = 10**exponent
    before = meta_regression(y, v, x, tau2=tau2)
    moved = x * [1.0, 7.0] + [0.0, shift]
    after = meta_regression(y * c, v * c**2, moved, tau2=tau2)
    scale = float(before.tau2) + float(v.mean())
    assert float(after.tau2) / c**2 == pytest.approx(float(before.tau2), rel=SAME, abs=SAME * scale)
    assert after.coefficients[1] * 7 / c == pytest.approx(before.coefficients[1], rel=1e-7)
    assert float(after.qm) == pytest.approx(float(before.qm), rel=1e-7, abs=SAME)


@each_method
@searched
@given(seed=seeds)
def test_a_moderator_cannot_leave_more_than_there_was(tau2, seed):
    y, v, x = drawn(seed)
    fit = meta_regression(y, v, x, tau2=tau2)
    assert fit.tau2 >= 0
    assert np.isnan(fit.r2) or 0 <= fit.r2 <= 100
    assert 0 <= fit.i2 < 100
    assert float(fit.qe) <= float(pool(y, v).q) * (1 + SAME)
    assert bool(fit.at_boundary) == (float(fit.tau2) == 0 and tau2 != "FE")


@each_method
def test_a_batch_equals_its_data_sets_one_by_one(tau2):
    y, v, x = drawn(3, k=6, n=(2, 900))
    batch = meta_regression(y, v, x, tau2=tau2, test="knha")
    for place in ((0, 0), (1, 450), (1, 899)):
        alone = meta_regression(y[place], v[place], x[place], tau2=tau2, test="knha")
        for name in (
            "coefficients",
            "covariance",
            "p_values",
            "tau2",
            "qe",
            "qm_p",
            "r2",
            "tau2_se",
        ):
            np.testing.assert_allclose(
                getattr(batch, name)[place], getattr(alone, name), rtol=1e-8, atol=1e-12
            )


def test_one_data_set_and_many_designs_broadcast():
    designs = np.stack([X[[0, 1, 2, 3, 4, 5]], X[[5, 4, 3, 2, 1, 0]]])
    both = meta_regression(Y, V, designs)
    assert both.coefficients.shape == (2, 2)
    np.testing.assert_allclose(both.coefficients[1], meta_regression(Y, V, designs[1]).coefficients)


def test_effects_that_moderators_explain_leave_nothing():
    fit = meta_regression(2 + 0.1 * LATITUDE, V, X)
    np.testing.assert_allclose(fit.coefficients, [2, 0.1], rtol=1e-12)
    assert (float(fit.tau2), float(fit.i2)) == (0, 0)
    assert float(fit.qe) == pytest.approx(0, abs=1e-20)
    assert bool(fit.at_boundary)


def test_without_an_intercept_effects_may_lie_anywhere():
    slope = meta_regression(Y + 1e3, V, LATITUDE[:, None], intercept=None, tau2="FE")
    expected = (LATITUDE * (Y + 1e3) / V).sum() / (LATITUDE**2 / V).sum()
    assert slope.coefficients[0] == pytest.approx(expected, rel=1e-13)
    assert np.isnan(slope.r2)
    assert slope.qm_df[0] == 1


@pytest.mark.parametrize(
    ("x", "options", "says"),
    [
        (np.column_stack((X, 2 * LATITUDE + 3)), {}, "Moderator 2 .* is a linear combination"),
        (np.column_stack((X, np.ones(6))), {}, "Moderator 2 .* is a linear combination"),
        (np.column_stack((X, np.zeros(6))), {}, "Moderator 2 .* is 0 for every trial"),
        (np.where(X == 13, np.nan, X), {}, "x must be finite.*1 missing, at 4"),
        (np.where(X == 13, np.inf, X), {}, "Moderator 1 of trial 4 .* not finite"),
        (X[:5], {}, r"a row a trial and a column a moderator, but x has shape"),
        (LATITUDE, {}, "x holds one number a trial .* give intercept=True"),
        (np.eye(6), {"intercept": None}, "6 trials cannot tell 6 coefficients and τ²"),
        (X, {"intercept": 1}, "Column 1 of x is not constant"),
        (X, {"intercept": 2}, "x has no column 2"),
        (X, {"intercept": "0"}, "intercept must be a whole number, 0 or more, but is '0'"),
        (X, {"intercept": True}, "Moderator 1 .* is a linear combination"),
        (np.ma.array(X, mask=X == 13), {}, "x is a masked array"),
        (X, {"tau2": "RMEL"}, "There is no τ² method RMEL; did you mean REML"),
        (X, {"test": "knah"}, "There is no test knah; did you mean knha"),
        (X, {"level": 95}, "must lie between 0 and 1"),
        ([["a"]] * 6, {}, "x must hold numbers"),
    ],
)
def test_a_bad_design_is_refused_in_a_sentence(x, options, says):
    with pytest.raises(InputError, match=says):
        meta_regression(Y, V, x, **options)


@pytest.mark.parametrize("size", [1e-12, 1.0, 1e12])
@each_method
def test_sizes_of_variances(tau2, size):
    fit = meta_regression(Y * size**0.5, V * size, X, tau2=tau2)
    usual = meta_regression(Y, V, X, tau2=tau2)
    assert float(fit.tau2) / size == pytest.approx(float(usual.tau2), rel=SAME, abs=1e-15)
    np.testing.assert_allclose(fit.statistic, usual.statistic, rtol=1e-8)


@each_method
def test_variances_that_span_many_decades_are_fitted(tau2):
    generator = np.random.default_rng(34)
    v = 10 ** generator.uniform(-12, 12, (200, 7))
    x = np.stack((np.ones_like(v), generator.normal(size=v.shape)), axis=-1)
    fit = meta_regression(generator.standard_t(1.5, v.shape), v, x, tau2=tau2)
    assert np.isfinite([fit.tau2, fit.qe]).all()
    assert np.isfinite([fit.coefficients, fit.se]).all()


@each_method
def test_an_enormous_outlier_is_fitted(tau2):
    fit = meta_regression([*Y[:5], 1e12], V, X, tau2=tau2)
    assert np.isfinite([fit.tau2, fit.qe, *fit.coefficients]).all()


@each_method
@searched
@given(seed=seeds)
def test_a_subset_is_what_the_trials_alone_would_give(tau2, seed):
    y, v, x = drawn(seed)
    include = np.random.default_rng(seed).random((5, 8)) < 0.7
    include[:, :4] = True
    for design in (None, x):
        subsets = TAU2[tau2](y, v, x=design, include=include)
        for each, kept in zip(subsets, include, strict=True):
            alone = TAU2[tau2](y[kept], v[kept], x=None if design is None else design[kept])
            assert float(each) == pytest.approx(float(alone), rel=1e-8, abs=1e-12)


def test_the_mean_of_a_subset_leaves_the_others_out():
    include = np.array([[True, True, False, False, True, False], [True] * 6])
    mean, variance, q = weighted_mean(Y, V, 0.1, include=include)
    alone = weighted_mean(Y[include[0]], V[include[0]], 0.1)
    np.testing.assert_allclose([mean[0], variance[0], q[0]], alone, rtol=1e-13)
    single = TAU2["REML"](Y, V, include=np.eye(6, dtype=bool))
    assert single.tolist() == [0] * 6


@pytest.mark.parametrize(
    ("include", "x", "says"),
    [
        ([[True] * 5], None, r"one flag a trial, but include has shape \(1, 5\) for k = 6"),
        ([[False] * 6], None, "Each subset must hold 1 trial"),
        ([[True, True] + [False] * 4], X, "Each subset must hold 3 trial"),
    ],
)
def test_bad_subsets_are_refused(include, x, says):
    with pytest.raises(InputError, match=says):
        TAU2["DL"](Y, V, x=x, include=include)


def test_predictions_at_the_trials_are_the_fit():
    fit = meta_regression(Y, V, X, test="knha")
    at = predicted(fit, X)
    np.testing.assert_allclose(at.estimate, X @ fit.coefficients)
    assert (at.pi_low <= at.ci_low).all()
    with pytest.raises(InputError, match="at must have 2 columns"):
        predicted(fit, [1, 2])
    with pytest.raises(InputError, match="returns, not 'Pooled'"):
        predicted(pool([0.1, 0.2], [0.1, 0.1]), [[1.0, 2.0]])


@pytest.mark.parametrize(
    ("reduced", "says"),
    [
        (X, "must have fewer columns"),
        (LATITUDE[:, None] ** 2, "Column 0 .* is no combination of the columns of x"),
        (np.stack((X[:, :1], LATITUDE[:, None] ** 2)), "Column 0 .* is no combination"),
        (np.ones(6), "a row a trial and a column a moderator"),
    ],
)
def test_a_likelihood_ratio_needs_some_of_the_columns(reduced, says):
    with pytest.raises(InputError, match=says):
        likelihood_ratio(Y, V, X, reduced)


def test_a_combination_of_columns_is_nested():
    seconds = np.column_stack((np.ones(6), 1.7e9 + 86400 * LATITUDE))
    by_column = likelihood_ratio(Y, V, np.column_stack((X, LATITUDE**2)), X)
    by_seconds = likelihood_ratio(Y, V, np.column_stack((X, LATITUDE**2)), seconds)
    assert by_column.df == by_seconds.df == 1
    assert float(by_column.statistic) == pytest.approx(float(by_seconds.statistic), rel=1e-6)


def test_an_intercept_is_added_or_found_or_left_out():
    found = meta_regression(Y, V, X)
    added = meta_regression(Y, V, LATITUDE, intercept=True)
    assert added.coefficients.tolist() == found.coefficients.tolist()
    assert (added.qm_df, float(added.qm_p)) == (found.qm_df, float(found.qm_p))
    last = meta_regression(Y, V, X[:, ::-1], intercept=1)
    assert float(last.qm) == pytest.approx(float(found.qm), rel=SAME)
    none = meta_regression(Y, V, X, intercept=None)
    assert meta_regression(Y, V, X, intercept=False).qm == none.qm
    assert none.qm_df[0] == 2


@pytest.mark.parametrize("design", [{"x": LATITUDE}, {"x": X[:2]}])
def test_limits_of_tau2_are_refused_without_a_proper_design(design):
    k = len(design["x"])
    with pytest.raises(InputError, match=r"column a moderator|2 trials cannot tell 2 coef"):
        q_profile(Y[:k], V[:k], **design)


@pytest.mark.parametrize("effect", [0.3, -0.7, 0.0])
def test_identical_effects_have_limits_without_width(effect):
    fit = meta_regression([effect] * 6, V, X, test="knha")
    np.testing.assert_allclose(fit.coefficients, [effect, 0], rtol=1e-14)
    assert fit.coefficients[1] == 0
    assert fit.se.tolist() == [0, 0]
    expected = np.sign(effect) * np.inf if effect else np.nan
    np.testing.assert_array_equal(fit.statistic, [expected, np.nan])
    assert np.isnan([fit.p_values[1], fit.qm, fit.qm_p]).all()
    assert meta_regression([effect] * 6, V, X).p_values[1] == 1
    with_intercept = meta_regression([effect] * 6, V, X, test="knha", intercept=None)
    np.testing.assert_equal(float(with_intercept.qm), np.inf if effect else np.nan)


def test_permutations_of_identical_effects():
    by_rows = permutation_test([0.3] * 6, V, X, test="knha")
    np.testing.assert_array_equal(by_rows.statistic, [np.inf, np.nan])
    np.testing.assert_array_equal(by_rows.p_values, [1, np.nan])
    assert np.isnan(by_rows.qm_p)
    by_signs = permutation_test([0.3] * 6, V, test="knha")
    assert by_signs.p_values.tolist() == [2 / 64]
    assert np.isnan(permutation_test([0.0] * 6, V, test="knha").p_values).all()


@pytest.mark.parametrize("k", [5, 6])
def test_the_observed_order_is_as_extreme_as_itself(k):
    for seed in range(10):
        generator = np.random.default_rng(seed)
        x, v = np.sort(generator.normal(size=k)), generator.uniform(0.5, 1, k) * 1e-6
        y = 0.3 + 0.7 * x + generator.normal(0, 1e-3, k)
        exact = permutation_test(y, v, np.column_stack((np.ones(k), x)))
        assert float(exact.qm) > 1e4
        assert float(exact.qm_p) == exact.p_values[1] >= 1 / exact.arrangements


@pytest.mark.parametrize("is_common", [False, True])
def test_a_subgroup_of_one_trial_and_batches(is_common):
    y, v, _ = drawn(5, n=(3,))
    groups = ["a", "a", "b", "b", "b", "c", "a", "b"]
    batch = subgroups(y, v, groups, is_common=is_common, interval="hksj")
    assert batch.levels == ("a", "b", "c")
    assert batch.estimate.shape == (3, 3)
    alone = subgroups(y[1], v[1], groups, is_common=is_common, interval="hksj")
    np.testing.assert_allclose(batch.q_between[1], alone.q_between, rtol=1e-10)
    np.testing.assert_allclose(alone.estimate[2], y[1, 5])
    assert is_common or alone.tau2[2] == 0


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        (["a"] * 6, "All trials are in the subgroup a"),
        (["a", "b"], "6 trials have 2 subgroups"),
        (5, "groups must be a list with one subgroup a trial, not 5"),
        (["a", "b", None, "a", "b", "b"], "subgroup of trial 2 .* is missing"),
        (["a", "b", float("nan"), "a", "b", "b"], "subgroup of trial 2 .* is missing"),
        (["a", "b", "", "a", "b", "b"], "subgroup of trial 2 .* is missing"),
        (pd.array(["a", "b", pd.NA, "a", "b", "b"]), "subgroup of trial 2 .* is missing"),
    ],
)
def test_bad_subgroups_are_refused(groups, says):
    with pytest.raises(InputError, match=says):
        subgroups(Y, V, groups)


def test_subgroups_of_identical_effects_have_no_test_by_hksj():
    alike = [0.3, 0.3, 0.3, 0.1, 0.5, 0.6]
    with pytest.raises(InputError, match="effects of the subgroup a are identical"):
        subgroups(alike, V, list("aaabbb"), interval="hksj")
    by_wald = subgroups(alike, V, list("aaabbb"), interval="hksj_adhoc")
    assert by_wald.se[0] == pytest.approx((1 / V[:3]).sum() ** -0.5, rel=1e-12)


def test_kenward_and_roger_take_reml():
    with pytest.raises(InputError, match="kr is derived for τ² by REML, not DL"):
        subgroups(Y, V, list("aaabbb"), tau2="DL", interval="kr")


@pytest.mark.parametrize("x", [None, X])
def test_sampled_permutations_come_near_the_exact_ones(x):
    exact = permutation_test(Y, V, x, tau2="DL")
    sampled = permutation_test(Y, V, x, tau2="DL", iterations=20_000, seed=4)
    assert not sampled.is_exact
    assert sampled.arrangements == 20_000
    error = 4 * np.sqrt(exact.p_values * (1 - exact.p_values) / 20_000)
    assert (np.abs(sampled.p_values - exact.p_values) <= error).all()
    again = permutation_test(Y, V, x, tau2="DL", iterations=20_000, seed=4)
    assert again.p_values.tolist() == sampled.p_values.tolist()
    assert sampled.p_values.min() >= 1 / 20_000


@pytest.mark.parametrize(
    ("k", "x", "options", "says"),
    [
        (20, None, {}, "There are 1048576 arrangements, more than the 1000000"),
        (12, np.column_stack((np.ones(12), np.arange(12))), {}, "There are 479001600 arrangements"),
        (6, None, {"iterations": 0}, "iterations must be a whole number, 1 or more, but is 0"),
        (6, None, {"iterations": 2.5}, "iterations must be a whole number, 1 or more, but is 2.5"),
        (6, None, {"iterations": 9, "seed": "a"}, "seed must be a whole number, 0 or more"),
        (6, X, {"intercept": 1}, "Column 1 of x is not constant"),
        (6, X, {"intercept": 5}, "x has no column 5"),
        ((2, 6), None, {}, "takes one data set"),
        (6, np.ones((2, 6, 1)), {}, "takes one design matrix"),
    ],
)
def test_bad_permutation_tests_are_refused(k, x, options, says):
    with pytest.raises(InputError, match=says):
        permutation_test(np.zeros(k), np.ones(k), x, **options)


def test_every_order_of_rows_comes_once():
    kinds = np.array([2, 0, 1, 0, 1, 2, 2])
    blocks = list(orders.orders_of(kinds, 20))
    found = np.concatenate(blocks)
    assert max(len(block) for block in blocks) <= 20
    assert len(found) == orders.count_of_orders(kinds) == 210
    assert len(np.unique(found, axis=0)) == 210
    assert (np.sort(found, axis=1) == np.sort(kinds)).all()
