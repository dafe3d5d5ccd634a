"""Cluster-robust variance against metafor's robust and clubSandwich, and written out in full."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftproof.errors import InputError
from liftproof.statistics.dependent.covariance import marginal_covariance
from liftproof.statistics.dependent.design import design_matrix
from liftproof.statistics.dependent.robust import cluster_robust
from liftproof.statistics.dependent.robust_adjustments import KINDS
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.pooling import pool
from support.dependent_cases import ROBUST, data

SEARCHED = 1e-6
"""The weights hold variance components that a search found, metafor's to about 1e-7."""
CLOSED = 1e-10
FIELDS = {
    "estimate": "coefficients",
    "se": "se",
    "stat": "statistic",
    "pval": "p_value",
    "ci_low": "ci_low",
    "ci_high": "ci_high",
}


def working_covariance(case):
    """Return what the model of a case says of the covariance of its effects."""
    y, v, study, x = data(case)
    if case["dataset"] == "bangertdrowns2004":
        return v + float(pool(y, v, tau2="REML").tau2)
    fit = three_level(y, v, study, x)
    return marginal_covariance(v, study, fit.sigma2_study, fit.sigma2_effect)


@pytest.mark.parametrize("case", ROBUST, ids=lambda case: f"{case['id']}-{case['vcov_type'][:3]}")
def test_agrees_with_metafor(case):
    y, _, study, x = data(case)
    fit = cluster_robust(y, working_covariance(case), study, x, kind=case["vcov_type"][:3])
    relative = CLOSED if case["dataset"] == "bangertdrowns2004" else SEARCHED
    for theirs, ours in FIELDS.items():
        expected = [row[theirs] for row in case["coef"]]
        np.testing.assert_allclose(getattr(fit, ours), expected, rtol=relative)
    np.testing.assert_allclose(fit.df, np.broadcast_to(case["df"], fit.df.shape), rtol=relative)
    assert (fit.k, fit.m) == (case["k"], case["n_clusters"])


def test_every_kind_has_reference_numbers():
    others = {"CR1p", "CR1m", "CR1S", "CR3", "CR4"}  # in test_robust_kinds
    assert {case["vcov_type"][:3] for case in ROBUST} == set(KINDS) - others


def written_out(y, covariance, cluster, columns):
    """Return CR2 and Satterthwaite's degrees of freedom as the papers print them."""
    k, p = columns.shape
    weights = np.linalg.inv(covariance)
    bread = np.linalg.inv(columns.T @ weights @ columns)
    residuals = y - columns @ bread @ columns.T @ weights @ y
    meat, vectors = np.zeros((p, p)), []
    for label in np.unique(cluster):
        at = np.flatnonzero(cluster == label)
        phi, x = covariance[np.ix_(at, at)], columns[at]
        root = np.linalg.cholesky(phi).T
        values, axes = np.linalg.eigh(root @ (phi - x @ bread @ x.T) @ root.T)
        kept = values > 1e-9 * values.max()
        half = (axes[:, kept] / np.sqrt(values[kept])) @ axes[:, kept].T
        adjustment = root.T @ half @ root
        side = bread @ x.T @ weights[np.ix_(at, at)] @ adjustment
        meat += np.outer(side @ residuals[at], side @ residuals[at])
        hidden = np.eye(k)[at] - x @ bread @ columns.T @ weights
        vectors.append(hidden.T @ side.T)
    stacked = np.stack(vectors, axis=2)  # effects, coefficients, clusters
    df = []
    for one in np.moveaxis(stacked, 1, 0):
        products = one.T @ covariance @ one
        df.append(np.trace(products) ** 2 / (products**2).sum())
    return np.sqrt(meat.diagonal()), np.array(df)


@pytest.mark.slow
@settings(derandomize=True, max_examples=30)
@given(seed=st.integers(0, 10_000), exponent=st.floats(-6, 6))
def test_cr2_is_the_formula_written_out_in_any_unit(seed, exponent):
    generator = np.random.default_rng(seed)
    cluster = generator.permutation(np.repeat(np.arange(7), generator.integers(1, 5, 7)))
    x = generator.normal(size=cluster.size)
    y = generator.normal(size=cluster.size)
    v = generator.uniform(0.05, 1, cluster.size)
    covariance = marginal_covariance(v, cluster, 0.3, 0.1)
    c = 10**exponent
    fit = cluster_robust(y * c, covariance * c**2, cluster, x)
    se, df = written_out(y, covariance, cluster, design_matrix(x, y.size, intercept=True))
    np.testing.assert_allclose(fit.se / c, se, rtol=1e-8)
    np.testing.assert_allclose(fit.df, df, rtol=1e-8)


def test_equal_independent_effects_give_the_t_test():
    y = np.array([0.1, 0.4, 0.3, 0.9, 0.2])
    fit = cluster_robust(y, np.full(5, 0.2), np.arange(5))
    assert float(fit.se[0]) == pytest.approx(y.std(ddof=1) / np.sqrt(5), rel=1e-14)
    assert float(fit.df[0]) == pytest.approx(4, rel=1e-14)


@pytest.mark.slow
@settings(derandomize=True, max_examples=20)
@given(seed=st.integers(0, 10_000))
def test_cr2_is_unbiased_under_the_working_covariance(seed):
    # the expected variance of a quadratic form is a trace, so that no simulation is needed:
    # each column of a square root of the covariance stands for one direction of y
    generator = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(6), generator.integers(2, 5, 6))
    v = generator.uniform(0.05, 1, cluster.size)
    covariance = marginal_covariance(v, cluster, 0.4, 0.1)
    root = np.linalg.cholesky(covariance)
    variances = [float(cluster_robust(y, covariance, cluster).covariance[0, 0]) for y in root.T]
    expected = 1 / np.linalg.inv(covariance).sum()
    assert sum(variances) == pytest.approx(expected, rel=1e-9)


def test_a_subset_of_clusters_in_any_order_is_the_same():
    generator = np.random.default_rng(3)
    cluster = np.repeat(np.arange(6), 3)
    y, v = generator.normal(size=18), generator.uniform(0.1, 1, 18)
    order = generator.permutation(18)
    before, after = (
        cluster_robust(y, v, cluster),
        cluster_robust(y[order], v[order], cluster[order]),
    )
    np.testing.assert_allclose(after.se, before.se, rtol=1e-12)
    np.testing.assert_allclose(after.df, before.df, rtol=1e-12)


def test_identical_effects_have_no_spread():
    fit = cluster_robust([0.3] * 4, [0.1, 0.2, 0.3, 0.4], [1, 1, 2, 3])
    assert fit.coefficients.tolist() == [0.3]
    assert (fit.se.tolist(), fit.statistic.tolist()) == ([0], [np.inf])
    assert fit.p_value.tolist() == [0]
    assert fit.ci_low.tolist() == fit.ci_high.tolist() == [0.3]
    slope = cluster_robust([0.3] * 4, [0.1, 0.2, 0.3, 0.4], [1, 2, 3, 4], [1.0, 2.0, 4.0, 3.0])
    assert slope.coefficients.tolist() == [0.3, 0]
    assert np.isnan([slope.statistic[1], slope.p_value[1]]).all()
    none = cluster_robust([0.0] * 4, [0.1, 0.2, 0.3, 0.4], [1, 1, 2, 3])
    assert np.isnan([none.statistic[0], none.p_value[0]]).all()


def test_a_coefficient_of_one_cluster_says_so():
    y, v, cluster = [0.1, 0.5, 0.4, 0.9, 0.3], [0.1, 0.2, 0.1, 0.3, 0.2], [1, 1, 2, 3, 4]
    for kind in KINDS.keys() - {"CR3"}:  # has no variance without one of the clusters
        plain = cluster_robust(y, v, cluster, [0.1, 0.4, 0.2, 0.9, 0.3], kind=kind)
        assert plain.rests_on_one_cluster.tolist() == [False, False]
        dummy = cluster_robust(y, v, cluster, [0, 0, 0, 1, 0], kind=kind)
        assert dummy.rests_on_one_cluster.tolist() == [False, True]


def test_an_indicator_of_a_cluster_leaves_a_moderator_within_clusters_sound():
    cluster, x = np.repeat([1, 2, 3, 4], 2), np.array([0.0, 1, 0, 1, 1, 0, 0, 1])
    y, v = [0.1, 0.5, 0.4, 0.9, 0.3, 0.7, 0.2, 0.6], np.full(8, 0.1)
    fit = cluster_robust(y, v, cluster, np.column_stack((cluster == 2, x)))
    assert fit.rests_on_one_cluster.tolist() == [False, True, False]


Y, V, CLUSTER = [0.1, 0.5, 0.4, 0.9], [0.1, 0.2, 0.1, 0.3], [1, 1, 2, 3]


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        (([], [], []), {}, "effects of one data set"),
        ((Y, V, [1, 1, 1, 1]), {}, "1 clusters are too few for a robust variance of 1 coeff"),
        ((Y, V, [1, 1, 2, 2], [1, 2, 3, 5]), {}, "2 clusters are too few"),
        ((Y, V, CLUSTER, [0, 0, 0, 1]), {"intercept": False}, "One cluster alone decides"),
        ((Y, V, CLUSTER), {"kind": "CR5"}, "There is no kind of robust variance CR5; did you"),
        ((Y, V, CLUSTER), {"level": 0}, "must lie between 0 and 1"),
        (([0.1, np.nan, 0.4, 0.9], V, CLUSTER), {}, "y must be finite"),
        ((Y, [0.1, 0.0, 0.1, 0.1], CLUSTER), {}, "Variances must be positive"),
        ((Y, np.diag(V) + 0.01, CLUSTER), {}, "0 between effects of unlike cluster"),
        ((Y, V, CLUSTER, [1, 1, 1, 1]), {}, "collinear"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(arguments, options, says):
    with pytest.raises(InputError, match=says):
        cluster_robust(*arguments, **options)
