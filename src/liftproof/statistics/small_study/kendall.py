"""Kendall's rank correlation with its exact distribution, and the normal one where values tie."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import quotient, two_sided_p
from liftproof.statistics.result import Result

MOST_EXACT = 1000
"""More values than these take the normal distribution: it then differs by less than 1e-5."""

Signs = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RankCorrelation(Result):
    """Kendall's rank correlation. Arrays have shape (...); none has a unit.

    ``k``: number of pairs (x, y). ``tau``: τ-b, NaN where all x or all y are equal. ``score``:
    concordant less discordant pairs; ``score_se``: its standard error without correlation.
    ``statistic`` = score/se and ``p_normal``, two-sided. ``has_ties``: some x or some y are equal.
    ``p_value``: two-sided, exact; where there are ties, ``p_normal``.
    """

    k: int
    tau: Array
    score: Array
    score_se: Array
    statistic: Array
    p_normal: Array
    has_ties: NDArray[np.bool_]
    p_value: Array


def rank_correlation(x: Array, y: Array) -> RankCorrelation:
    """Return Kendall's rank correlation of x and y, both (..., k).

    The exact p value is twice the smaller tail of the distribution over all k! orders. With ties
    the variance of the score is Kendall's, and no continuity correction is made.

    Source: Kendall & Gibbons 1990, Rank Correlation Methods, 5th ed., chapters 1, 4 and 5. R:
    ``cor.test(x, y, method="kendall", exact=TRUE)``.

    >>> found = rank_correlation(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 4.0]))
    >>> round(float(found.tau), 6), round(float(found.p_value), 6)
    (0.666667, 0.333333)
    """
    k = x.shape[-1]
    score, variance, pairs = _score(x, y)
    has_ties = pairs < k * (k - 1) / 2
    score_se = np.sqrt(variance)
    statistic = quotient(score, score_se)
    p_normal = two_sided_p(statistic)
    exact = _exact_p(score, k) if k <= MOST_EXACT else p_normal
    return RankCorrelation(
        k=k,
        tau=quotient(score, pairs),
        score=score[()],
        score_se=score_se,
        statistic=statistic,
        p_normal=p_normal,
        has_ties=np.asarray(has_ties)[()],
        p_value=np.where(has_ties, p_normal, exact)[()],
    )


def _score(x: Array, y: Array) -> Array:
    """Return the score, its variance, and √(pairs without a tie in x × the same in y); (3, ...)."""
    of_x, of_y = _signs(x), _signs(y)
    score = (of_x * of_y).sum(axis=(-2, -1), dtype=np.int64) / 2
    equal_x, equal_y = (_equals(signs) for signs in (of_x, of_y))
    k = x.shape[-1]
    untied_x, untied_y = (k * (k - 1) - (equal - 1).sum(axis=-1) for equal in (equal_x, equal_y))
    variance = _variance(k, equal_x, equal_y)
    return np.stack((score, variance, np.sqrt(untied_x * untied_y) / 2))


def _signs(values: Array) -> Signs:
    """Return the sign of each difference between two values, shape (..., k, k)."""
    above = values[..., :, None] > values[..., None, :]
    return np.asarray(above.astype(np.int8) - above.swapaxes(-1, -2))


def _equals(signs: Signs) -> Array:
    """Return how many values, itself included, equal each value; (..., k)."""
    return np.asarray((signs == 0).sum(axis=-1), dtype=np.float64)


def _variance(k: int, x: Array, y: Array) -> Array:
    """Return the variance of the score without correlation; x and y count equal values (..., k).

    A group of t equal values is counted by each of its members, so that Σt(t - 1) over groups is
    Σ(t - 1) over values.
    """
    whole = k * (k - 1) * (2 * k + 5)
    tied = [((t - 1) * (2 * t + 5)).sum(axis=-1) for t in (x, y)]
    twos = (x - 1).sum(axis=-1) * (y - 1).sum(axis=-1)
    threes = ((x - 1) * (x - 2)).sum(axis=-1) * ((y - 1) * (y - 2)).sum(axis=-1)
    variance: Array = (
        (whole - tied[0] - tied[1]) / 18
        + twos / (2 * k * (k - 1))
        + threes / (9 * k * (k - 1) * (k - 2))
    )
    return variance


def _exact_p(score: Array, k: int) -> Array:
    """Return the two-sided p value of a score without ties."""
    pairs = k * (k - 1) // 2
    rarer = np.floor((pairs - np.abs(score)) / 2).astype(np.intp)
    return np.asarray(np.minimum(1.0, 2 * _lower_tail(k)[rarer]))


def _lower_tail(k: int) -> Array:
    """Return P(concordant pairs <= t) for t from 0 to half of all pairs.

    The j-th value adds 0 to j - 1 concordant pairs, each as likely; there are then j(j - 1)/2 at
    most. Terms below the middle are sums of positive numbers, so that the tail keeps its relative
    precision.
    """
    probability, cumulative = np.zeros((2, k * (k - 1) // 4 + 1))
    probability[0] = 1.0
    for j in range(2, k + 1):
        possible = j * (j - 1) // 2 + 1
        here, so_far = probability[:possible], cumulative[:possible]
        np.cumsum(here, out=so_far)
        here[:j] = so_far[:j]
        np.subtract(so_far[j:], so_far[:-j], out=here[j:])
        here /= j
    return probability.cumsum()
