"""P values whose statistics correlate: Stouffer's z and Brown's method."""

import numpy as np
import pytest
from scipy.special import chdtrc, ndtr

from liftproof.errors import InputError
from liftproof.statistics.combined_p import KOST, combine_p_values

CLOSED = 1e-12
"""Relative: closed forms."""
POLYNOMIAL = 0.01
"""Kost and McDermott's cubic against the integral that it stands for, of 4 at most."""
Z = np.array(
    [
        [2.1, 0.7, -0.2, 4.1, 3.8],
        [1.1, 0.2, 0.4, 1.3, 1.5],
        [-0.6, -1.6, -2.3, -0.8, -4.0],
        [2.5, 1.7, 2.1, 2.3, 2.5],
        [3.1, 2.7, 3.1, 3.3, 3.5],
        [3.6, 3.2, 3.6, 3.8, 4.0],
    ]
)
WEIGHTS, GROUP = np.array([4.0, 3.0, 4.0, 10.0, 15.0, 10.0]), np.array([0, 0, 1, 2, 2, 2])


def of_groups():
    """Return the correlation of rows of Z about their mean, 0 between groups."""
    within = GROUP[:, None] == GROUP
    return np.where(within, np.corrcoef(Z - Z.mean(axis=0)), 0.0)


def test_stouffer_of_dependent_maps_as_pymare_has_it():
    """PyMARE's tests of its StoufferCombinationTest, with weights, groups and correlation."""
    found = combine_p_values(ndtr(-Z.T), weights=WEIGHTS, correlation=of_groups())
    expected = [3.34419412, 2.47665061, 2.71143136, 3.65341755, 3.47017404]
    np.testing.assert_allclose(found.statistic, expected, atol=5e-9)
    np.testing.assert_allclose(found.p_value, ndtr(-found.statistic), rtol=CLOSED)


def test_one_statistic_given_five_times_says_what_it_says_once():
    z = np.array([[2.1] * 5, [0.7] * 5, [-0.2] * 5])
    same = np.ones((5, 5))
    for method in ("stouffer", "fisher"):
        found = combine_p_values(ndtr(-z), method=method, correlation=same)
        np.testing.assert_allclose(found.p_value, ndtr(-z[:, 0]), rtol=1e-9)


@pytest.mark.parametrize("method", ["stouffer", "fisher"])
def test_independent_p_values_have_the_identity(method):
    p = [0.01, 0.2, 0.3, 0.6]
    plain = combine_p_values(p, method=method)
    same = combine_p_values(p, method=method, correlation=np.eye(4))
    assert float(same.p_value) == pytest.approx(float(plain.p_value), rel=CLOSED)


def test_browns_method_by_hand():
    p, r = np.array([0.01, 0.03, 0.4]), np.array([[1, 0.5, 0], [0.5, 1, 0.2], [0, 0.2, 1]])
    covariance = sum(c * np.array([0.5, 0.2]) ** (i + 1) for i, c in enumerate(KOST)).sum()
    variance = 4 * 3 + 2 * covariance
    chi2, scale, df = -2 * np.log(p).sum(), variance / 12, 2 * 36 / variance
    found = combine_p_values(p, method="fisher", correlation=r)
    assert float(found.statistic) == pytest.approx(chi2, rel=CLOSED)
    assert float(found.p_value) == pytest.approx(chdtrc(df, chi2 / scale), rel=CLOSED)


@pytest.mark.parametrize("rho", [-0.6, -0.2, 0.3, 0.5, 0.9])
def test_the_cubic_is_the_covariance_that_it_stands_for(rho):
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    weights = weights / weights.sum()
    first = -2 * np.log(ndtr(-nodes))
    second = -2 * np.log(ndtr(-(rho * nodes[:, None] + np.sqrt(1 - rho**2) * nodes)))
    exact = (weights * first) @ (second @ weights) - 4
    cubic = sum(c * rho ** (i + 1) for i, c in enumerate(KOST))
    assert cubic == pytest.approx(exact, abs=POLYNOMIAL)


def test_signs_go_with_correlations():
    p, signs = 2 * ndtr(-np.abs(Z[:, 0])), np.sign(Z[:, 0])
    found = combine_p_values(p, sided=2, signs=signs, weights=WEIGHTS, correlation=of_groups())
    assert float(found.statistic) == pytest.approx(3.34419412, abs=5e-9)
    assert float(found.p_value) == pytest.approx(2 * ndtr(-3.34419412), rel=1e-7)


def test_what_is_no_correlation_is_refused():
    p = [0.1, 0.2, 0.3]
    wrong = [np.eye(2), 2 * np.eye(3), np.triu(np.ones((3, 3))), np.ones(3)]
    wrong.append(np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]))
    for matrix in wrong:
        with pytest.raises(InputError, match="correlation must"):
            combine_p_values(p, correlation=matrix)
    with pytest.raises(InputError, match="edgington takes independent p values alone"):
        combine_p_values(p, method="edgington", correlation=np.eye(3))
