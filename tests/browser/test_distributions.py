"""The page's own tails and quantiles, against SciPy's, over the range that pools come to."""

import numpy as np
import pytest
from scipy.special import chdtrc, chdtri, stdtr, stdtrit

RELATIVE = 1e-12
DF = [0.5, 1, 2, 2.7, 3, 4, 5, 8, 11.3, 20, 60, 219, 400.5]
"""Degrees of freedom of t: k - 1, k - 2, and Kenward and Roger's, which are no integers."""
TAILS = np.exp(np.linspace(-6, 4, 41))
LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999]
LEAST = 1e-290
"""Smaller probabilities lose digits as numbers."""


@pytest.fixture
def evaluate(asked_explorer):
    page = asked_explorer("two").page

    def evaluated(expression, argument):
        return np.array(page.evaluate(expression, argument))

    return evaluated


def assert_near(ours, theirs):
    known = theirs > LEAST
    assert np.abs(ours[known] / theirs[known] - 1).max() < RELATIVE


def test_tails_of_t(evaluate):
    ours = evaluate(
        "([dfs, ts]) => dfs.map((df) => ts.map((t) => bothTails(t, df)))", [DF, TAILS.tolist()]
    )
    assert_near(ours, 2 * stdtr(np.array(DF)[:, None], -TAILS))


def test_tails_of_the_normal_distribution(evaluate):
    ours = evaluate("(ts) => ts.map((t) => bothTails(t, Infinity))", TAILS.tolist())
    assert_near(ours, 2 * stdtr(np.inf, -TAILS))


def test_quantiles_of_t(evaluate):
    ours = evaluate(
        "([dfs, levels]) => dfs.map((df) => levels.map((level) => criticalValue(level, df)))",
        [DF, LEVELS],
    )
    shares = (1 - np.array(LEVELS)) / 2
    assert_near(ours, -stdtrit(np.array(DF)[:, None], shares))


def test_quantiles_of_the_normal_distribution(evaluate):
    shares = np.array([0.5, 0.1, 0.05, 1e-3, 1e-10, 1e-100, 1e-290])
    ours = evaluate("(shares) => shares.map((share) => sizeBeyond(share))", shares.tolist())
    assert_near(ours, -stdtrit(np.inf, shares / 2))


def test_tails_and_medians_of_chi_squared(evaluate):
    dfs, qs = np.array([1, 2, 3, 5, 10, 60, 219]), np.exp(np.linspace(-5, 7, 49))
    ours = evaluate(
        "([dfs, qs]) => dfs.map((df) => qs.map((q) => chiSquaredTail(q, df)))",
        [dfs.tolist(), qs.tolist()],
    )
    assert_near(ours, chdtrc(dfs[:, None], qs))
    medians = evaluate("(dfs) => dfs.map(chiSquaredMedian)", dfs.tolist())
    assert_near(medians, chdtri(dfs, 0.5))
