"""Differences of means between dose arms and a reference arm, with covariance. MEANS names them.

Each takes means, standard deviations and numbers of people (..., a), the reference arm first, and
returns the differences (..., a - 1) and their covariance (..., a - 1, a - 1).
"""

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.statistics.checks import Array, require

Differences = tuple[Array, Array]


def mean_difference(mean: Array, sd: Array, n: Array) -> Differences:
    """Return differences, variances s²(1/nᵢ + 1/n₀) with s² pooled, covariances s₀²/n₀.

    Two estimates of one variance, dosresmeta's convention: where s₀ is far above the pooled s
    there is no such covariance, which is refused. Raises InputError.

    dosresmeta: ``covar.smd(y, sd, n, measure="md")``.

    >>> y, v = mean_difference(np.array([2.0, 3, 5]), np.array([2.0, 2, 2]), np.array([20, 20, 40]))
    >>> y.tolist(), v.round(4).tolist()
    ([1.0, 3.0], [[0.4, 0.2], [0.2, 0.3]])
    """
    pooled = _pooled_variance(sd, n)
    variance = pooled * (1 / n[..., 1:] + 1 / n[..., :1])
    shared = sd[..., :1] ** 2 / n[..., :1]
    return mean[..., 1:] - mean[..., :1], _with_diagonal(shared[..., None], variance)


def standardised(mean: Array, sd: Array, n: Array) -> Differences:
    """Return Hedges' g by the pooled s of all arms, N people: d(1 - 3/(4N - 9)).

    Variances 1/nᵢ + 1/n₀ + gᵢ²/(2(N - 3.94)), covariances 1/n₀ + gᵢgⱼ/(2(N - 3.94)). Raises
    InputError. Source: Gleser & Olkin 2009, Handbook of Research Synthesis, chapter 19.
    dosresmeta: ``covar.smd(y, sd, n, measure="smd", method="hedges")``.
    """
    d = (mean[..., 1:] - mean[..., :1]) / np.sqrt(_pooled_variance(sd, n))
    people = n.sum(axis=-1, keepdims=True)
    g = d * (1 - 3 / (4 * people - 9))
    return g, _standardised_covariance(g, n, 2 * (people - 3.94))


def standardised_uncorrected(mean: Array, sd: Array, n: Array) -> Differences:
    """Return Cohen's d by the pooled s of all arms, N people.

    Variances 1/nᵢ + 1/n₀ + dᵢ²/(2N), covariances 1/n₀ + dᵢdⱼ/(2N). Raises InputError. Source:
    Gleser & Olkin 2009. dosresmeta: ``covar.smd(y, sd, n, measure="smd", method="cohens")``.
    """
    d = (mean[..., 1:] - mean[..., :1]) / np.sqrt(_pooled_variance(sd, n))
    return d, _standardised_covariance(d, n, 2 * n.sum(axis=-1, keepdims=True))


MEANS: Mapping[str, Callable[[Array, Array, Array], Differences]] = {
    "MD": mean_difference,
    "SMD": standardised,
    "SMD_COHEN": standardised_uncorrected,
}


def _pooled_variance(sd: Array, n: Array) -> Array:
    """Return the variance pooled over all arms, (..., 1)."""
    require(sd > 0, sd, "Standard deviations must be positive")
    require(n > 1, n, "Each arm needs two people or more")
    return np.asarray(((n - 1) * sd**2).sum(axis=-1, keepdims=True) / (n - 1).sum(-1)[..., None])


def _standardised_covariance(d: Array, n: Array, twice: Array) -> Array:
    """Return covariances of standardised differences; ``twice`` (..., 1) divides their product."""
    shared = 1 / n[..., :1]
    variance = shared + 1 / n[..., 1:] + d**2 / twice
    return _with_diagonal(
        shared[..., None] + d[..., :, None] * d[..., None, :] / twice[..., None], variance
    )


def _with_diagonal(off: Array, diagonal: Array) -> Array:
    """Return matrices of ``off`` with another diagonal (..., a)."""
    size = diagonal.shape[-1]
    matrix = np.broadcast_to(off, (*diagonal.shape, size)).copy()
    matrix[..., np.arange(size), np.arange(size)] = diagonal
    return matrix
