"""The normal and t distributions as far as tests and limits need them.

``df`` is a number of degrees of freedom, infinite for the normal distribution.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

from liftproof.statistics.checks import Array, level_of_confidence

MANY = 64
"""From this many degrees of freedom on, each distinct one has its quantile computed once."""


def critical_value(level: float, df: ArrayLike = np.inf) -> Array:
    """Return the quantile that leaves (1 - level)/2 above it; InputError for a bad level.

    >>> round(float(critical_value(0.95)), 6), round(float(critical_value(0.95, 4)), 6)
    (1.959964, 2.776445)
    """
    share = (1 - level_of_confidence(level)) / 2
    if isinstance(df, float):
        return _quantile(share, df)
    degrees, places = _distinct(np.asarray(df, dtype=np.float64))
    quantiles = np.asarray(-stdtrit(degrees, share))
    return (quantiles if places is None else quantiles[places])[()]


@lru_cache(maxsize=MANY)
def _quantile(share: float, df: float) -> Array:
    """Return one quantile: the limits of an estimate, its prediction and I² ask for few."""
    quantile: Array = -stdtrit(df, share)
    return quantile


def _distinct(df: Array) -> tuple[Array, NDArray[np.intp] | None]:
    """Return the degrees of freedom to compute quantiles of, and which is whose; None for own.

    A hybrid interval has two values in any number of data sets, and a quantile costs a search.
    """
    if df.size <= MANY or len(np.unique(df.flat[:MANY])) > MANY // 2:
        return df, None
    distinct, places = np.unique(df, return_inverse=True)
    return distinct, places.reshape(df.shape)


def limits(
    estimate: ArrayLike, se: ArrayLike, level: float = 0.95, df: ArrayLike = np.inf
) -> tuple[Array, Array]:
    """Return estimate -+ the critical value times its standard error; arguments broadcast.

    >>> low, high = limits(1.0, 0.5)
    >>> round(float(low), 6), round(float(high), 6)
    (0.020018, 1.979982)
    """
    centre = np.asarray(estimate, dtype=np.float64)
    half_width = critical_value(level, df) * np.asarray(se, dtype=np.float64)
    return centre - half_width, centre + half_width


def quotient(a: ArrayLike, b: ArrayLike) -> Array:
    """Return a/b, as an estimate over its standard error: infinite, or NaN for 0/0, where b is 0.

    >>> quotient(np.array([1.0, -1.0, 0.0]), np.array([0.5, 0.0, 0.0])).tolist()
    [2.0, -inf, nan]
    """
    if type(a) is type(b) is np.float64 and b != 0:
        return a / b  # type: ignore[return-value]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.divide(a, b))[()]


def two_sided_p(statistic: Array, df: ArrayLike = np.inf) -> Array:
    """Return the probability of a statistic at least this far from 0.

    >>> round(float(two_sided_p(np.array(-1.96))), 6)
    0.049996
    """
    return np.asarray(2 * stdtr(df, -np.abs(statistic)))[()]


def size_of_statistic(p: ArrayLike, sides: ArrayLike = 2, df: ArrayLike = np.inf) -> Array:
    """Return how far from 0 a statistic lies that has this probability beyond it; broadcasts.

    ``sides``: 2 where both tails are counted, 1 where one is; of one side, 0.7 lies as far from 0
    as 0.3, on the other side.

    >>> size_of_statistic([0.05, 0.05, 0.95], [2, 1, 1]).round(6).tolist()
    [1.959964, 1.644854, 1.644854]
    """
    return np.asarray(np.abs(stdtrit(df, np.divide(p, sides))))[()]


def normal_density(z: Array) -> Array:
    """Return the standard normal density.

    >>> round(float(normal_density(np.array(0.0))), 6)
    0.398942
    """
    return np.asarray(np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi))
