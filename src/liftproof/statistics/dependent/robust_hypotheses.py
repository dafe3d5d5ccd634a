"""Questions to the coefficients of a cluster-robust fit: sums, differences, several at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, whole_number
from liftproof.statistics.dependent.robust_adjustments import cr2
from liftproof.statistics.dependent.robust_kinds import require_clusters
from liftproof.statistics.dependent.whitening import Whitened, whitened
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.regression.hypotheses import (
    LEAST_DF,
    RANK,
    Hypotheses,
    quadratic,
    rows_of,
    with_tests,
)
from liftproof.statistics.result import Result

ROUNDED = 1e-10
"""Relative: statistics this close are the same number."""
DEPENDENT_ROWS = "The rows sum to each other: leave out one that the others determine."
MOST_SIGNS = 4096
"""Sign patterns that are all gone through; of more, ``draws`` are drawn."""


@of_one_index
@dropping_missing("y", "covariance", "cluster", "x")
def robust_hypotheses(
    y: ArrayLike,
    covariance: ArrayLike,
    cluster: ArrayLike,
    x: ArrayLike | None = None,
    rows: ArrayLike | None = None,
    *,
    coefficients: Sequence[int] | None = None,
    intercept: bool = True,
    level: float = 0.95,
    adjust: str = "none",
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> Hypotheses:
    """Return tests of sums of coefficients with CR2 variance.

    The data as for ``cluster_robust``; ``rows``, ``coefficients``, ``adjust`` as for
    ``hypotheses``. Each row has Satterthwaite's degrees of freedom of its own; the joint test is
    Hotelling's T² by Zhang's approximation (HTZ), F with m and η - m + 1. Rows that others sum to,
    as of all pairs, count once in it; below one degree of freedom it is NaN, and ``cannot_tell``
    says so. clubSandwich: ``linear_contrast()``, ``Wald_test(test="HTZ")``. Raises InputError.
    ``missing``: see ``statistics.missing``.

    Source: Tipton & Pustejovsky 2015, J Educ Behav Stat 40, 604-634; Pustejovsky & Tipton 2018, J
    Bus Econ Stat 36, 672-683.

    >>> y, v = [0.1, 0.3, 0.9, 0.7, 0.2, 0.4], [0.12, 0.12, 0.15, 0.12, 0.2, 0.1]
    >>> found = robust_hypotheses(y, v, ["a", "a", "b", "b", "c", "d"], rows=[1.0])
    >>> [round(float(z[0]), 4) for z in (found.estimate, found.se, found.df)]
    [0.4321, 0.1758, 2.4989]
    """
    data = whitened(y, covariance, cluster, x, intercept=intercept)
    require_clusters(data.clusters.sizes.size, data.basis.shape[1])
    matrix = rows_of(rows, coefficients, data.coefficients.size)
    influence, _ = cr2(data)
    influence = influence @ matrix.T
    unit = np.sqrt(_expected(data, influence).diagonal())
    influence = influence / unit
    expected = _expected(data, influence)
    values, vectors = np.linalg.eigh(expected)
    kept = values > RANK * values[-1]
    apart = vectors[:, kept] / np.sqrt(values[kept])
    differences = matrix @ data.coefficients / unit
    scores = np.add.reduceat(influence * data.residuals[:, None], data.clusters.starts)
    variance = scores.T @ scores
    each = [_zhang(data, column[:, None]) for column in influence.T]
    eta = _zhang(data, influence @ apart)
    m = apart.shape[1]
    df = eta - m + 1
    wald = quadratic(apart.T @ differences, apart.T @ variance @ apart)[0]
    joint = wald * df / (eta * m) if df >= LEAST_DF else np.nan
    return with_tests(
        differences * unit,
        np.sqrt(variance.diagonal()) * unit,
        np.array(each),
        level,
        adjust,
        (float(joint), (m, float(df))),
    )


def _sums(data: Whitened, influence: Array) -> tuple[Array, Array]:
    """Return by cluster the squares of the influence (m, q, q), and what it shares with the
    columns (m, p, q)."""
    starts = data.clusters.starts
    return (
        np.add.reduceat(influence[:, :, None] * influence[:, None, :], starts),
        np.add.reduceat(influence[:, None, :] * data.basis[:, :, None], starts),
    )


def _expected(data: Whitened, influence: Array) -> Array:
    """Return what the robust variance is expected to be under the working covariance, (q, q)."""
    squares, shared = _sums(data, influence)
    return np.asarray(squares.sum(axis=0) - np.einsum("mps,mpt->st", shared, shared))


def _zhang(data: Whitened, influence: Array) -> float:
    """Return the degrees of freedom of a Wishart matrix with the variances of the robust one.

    ``influence`` (k, q), of sums whose expected robust variance is the identity.
    """
    q = influence.shape[1]
    a, h = _sums(data, influence)
    total = 0.0
    for s, t in product(range(q), repeat=2):
        alike = np.diag(a[:, s, s]) - h[:, :, s] @ h[:, :, s].T
        other = np.diag(a[:, t, t]) - h[:, :, t] @ h[:, :, t].T
        crossed = np.diag(a[:, s, t]) - h[:, :, s] @ h[:, :, t].T
        total += float((alike * other).sum() + (crossed * crossed.T).sum())
    return float(q * (q + 1) / total)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WildBootstrap(Result):
    """A test by the wild bootstrap of clusters.

    ``statistic``: Wald's, with CR1 variance. ``patterns``: signs gone through; ``is_exact``: if
    these were all. ``p_value``: the share of patterns with a statistic as large or larger; drawn
    ones count the observed pattern, so that p is at least 1/(draws + 1).
    """

    statistic: float
    patterns: int
    is_exact: bool
    p_value: float


@of_one_index
@dropping_missing("y", "covariance", "cluster", "x")
def wild_bootstrap(
    y: ArrayLike,
    covariance: ArrayLike,
    cluster: ArrayLike,
    x: ArrayLike | None = None,
    rows: ArrayLike | None = None,
    *,
    coefficients: Sequence[int] | None = None,
    intercept: bool = True,
    draws: int = 1999,
    seed: int = 1,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> WildBootstrap:
    """Return a test of rows · coefficients = 0 for few clusters.

    The data as for ``cluster_robust``, rows as for ``hypotheses``. Residuals of the fit in which
    the rows are 0 change their sign cluster by cluster; every pattern where there are no more than
    MOST_SIGNS, else ``draws`` of them by ``seed``. wildmeta: ``Wald_test_cwb()``. InputError.
    ``missing``: see ``statistics.missing``.

    Source: Joshi, Pustejovsky & Beretvas 2022, Res Synth Methods 13, 457-477; Cameron, Gelbach &
    Miller 2008, Rev Econ Stat 90, 414-427.

    >>> y, v = [0.1, 0.3, 0.9, 0.7, 0.2, 0.4], [0.12, 0.12, 0.15, 0.12, 0.2, 0.1]
    >>> found = wild_bootstrap(y, v, ["a", "a", "b", "b", "c", "d"], rows=[1.0])
    >>> found.patterns, found.is_exact, found.p_value
    (16, True, 0.125)
    """
    data = whitened(y, covariance, cluster, x, intercept=intercept)
    require_clusters(data.clusters.sizes.size, data.basis.shape[1])
    matrix = rows_of(rows, coefficients, data.coefficients.size)
    if np.linalg.matrix_rank(matrix) < len(matrix):
        raise InputError(DEPENDENT_ROWS)
    back = matrix @ np.linalg.inv(data.triangle)
    outcome = data.basis @ (data.triangle @ data.coefficients) + data.residuals
    along = np.linalg.qr(back.T)[0]
    kept = data.basis - (data.basis @ along) @ along.T
    null = kept @ (data.basis.T @ outcome)
    signs, is_exact = _signs(
        data.clusters.sizes.size, whole_number("draws", draws, least=1), whole_number("seed", seed)
    )
    number = np.repeat(np.arange(data.clusters.sizes.size), data.clusters.sizes)
    sets = null + signs[:, number] * (outcome - null)
    observed = float(_wald(data, back, outcome[None])[0])
    found = _wald(data, back, sets)
    as_large = int((found >= observed * (1 - ROUNDED)).sum())
    patterns = len(signs)
    return WildBootstrap(
        statistic=observed,
        patterns=patterns,
        is_exact=is_exact,
        p_value=as_large / patterns if is_exact else (as_large + 1) / (patterns + 1),
    )


def _signs(m: int, draws: int, seed: int) -> tuple[Array, bool]:
    """Return patterns of signs of m clusters, (n, m), and whether these are all there are."""
    if 2**m <= MOST_SIGNS:
        return np.array(list(product((1.0, -1.0), repeat=m))), True
    chance = np.random.default_rng(seed)
    return chance.choice((1.0, -1.0), size=(draws, m)), False


def _wald(data: Whitened, back: Array, outcomes: Array) -> Array:
    """Return Wald's statistic, with CR1 variance, of each of several outcomes (n, k)."""
    fitted = outcomes @ data.basis
    residuals = outcomes - fitted @ data.basis.T
    influence = data.basis @ back.T
    scores = np.add.reduceat(residuals[:, :, None] * influence, data.clusters.starts, axis=1)
    variance = np.einsum("nmq,nmr->nqr", scores, scores)
    m, p = data.clusters.sizes.size, data.basis.shape[1]
    estimate = fitted @ back.T
    solved = np.linalg.solve(variance * m / (m - p), estimate[..., None])[..., 0]
    return np.asarray((estimate * solved).sum(axis=1))
