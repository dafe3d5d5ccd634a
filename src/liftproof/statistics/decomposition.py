"""How much of the variance of a result each of several choices explains.

With Y the result and X_i one choice, its options equally weighted: the first-order share is
Var(E[Y | X_i])/Var(Y), what fixing the choice would take away by itself; the total share is
E[Var(Y | all other choices)]/Var(Y), what the choice moves alone and together with others. The
first-order shares add up to 1 at most, the total shares to 1 at least.

Source: Sobol 1993, Math Model Comput Exp 1, 407-414; Homma & Saltelli 1996, Reliab Eng Syst Saf
52, 1-17. R: ``sensitivity::sobolmartinez`` estimates both from a sample.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.statistics.checks import Array

SMALLEST_VARIANCE, SMALLEST_SHARE = 1e-24, 1e-12
"""Below these lies the rounding of results that are equal."""


def shares_of_grid(values: ArrayLike) -> tuple[Array, Array]:
    """Return first-order and total shares, shape (m,), of a result at every combination.

    ``values``: an array with one axis a choice; NaN where there is no result. Exact where no value
    is missing; else the means are over what there is. Zeros where the result never varies.

    >>> first, total = shares_of_grid([[0.0, 1.0], [2.0, 3.0]])
    >>> first.tolist(), total.tolist()
    ([0.8, 0.2], [0.8, 0.2])
    >>> first, total = shares_of_grid([[0.0, 1.0], [1.0, 0.0]])  # the one matters by the other
    >>> first.tolist(), total.tolist()
    ([0.0, 0.0], [1.0, 1.0])
    """
    grid = np.asarray(values, dtype=np.float64)
    known = ~np.isnan(grid)
    filled = np.where(known, grid - grid[known].mean() if known.any() else 0.0, 0.0)
    variance = (filled**2).sum() / max(1, known.sum())
    axes = range(grid.ndim)
    first = [_between(filled, known, _others(grid.ndim, axis)) for axis in axes]
    total = [_within(filled, known, axis) for axis in axes]
    return _over(np.array(first), variance), _over(np.array(total), variance)


def first_order_of_sample(values: Array, options: NDArray[np.integer]) -> Array:
    """Return first-order shares, shape (m,), from combinations drawn at random.

    ``values`` (n,); ``options`` (n, m): the option that each has in each choice. What the means of
    options differ by for chance alone is taken off (ε²), and no share is below 0.

    Source: Kelley 1935, Proc Natl Acad Sci 21, 554-559 (ε²). R: ``effectsize::epsilon_squared``.

    >>> first_order_of_sample(np.array([0.0, 0.0, 1.0, 1.0]), np.array([[0], [0], [1], [1]]))
    array([1.])
    """
    known = ~np.isnan(values)
    values, options = values[known], options[known]
    centred = values - values.mean() if len(values) else values
    total = float(centred @ centred)
    shares = [_epsilon_squared(centred, column, total) for column in options.T]
    return np.array(shares)


def total_of_sample(values: Array, varied: Sequence[Array]) -> Array:
    """Return total shares, shape (m,), from a sample with one choice varied at a time.

    ``values`` (n,): results of combinations drawn at random, for the variance. ``varied``: for
    each choice the results of b of them, shape (b, options), with that choice at every option.

    Source: Jansen 1999, Comput Phys Commun 117, 35-43, with the inner variance in full.

    >>> total_of_sample(np.array([0.0, 1.0]), [np.array([[0.0, 1.0], [0.0, 1.0]])])
    array([1.])
    """
    variance = float(np.nanvar(values))
    inner = [_mean_variance(table) for table in varied]
    return _over(np.array(inner), variance)


def _between(filled: Array, known: NDArray[np.bool_], others: tuple[int, ...]) -> float:
    """Return the variance of the means over the other axes, weighted by how many values each has.

    Empty means have no weight.
    """
    count = known.sum(axis=others)
    means = np.divide(filled.sum(axis=others), count, out=np.zeros(count.shape), where=count > 0)
    return float((count * means**2).sum() / max(1, count.sum()))


def _within(filled: Array, known: NDArray[np.bool_], axis: int) -> float:
    """Return the mean variance along one axis."""
    count = known.sum(axis=axis)
    sums = filled.sum(axis=axis)
    squares = (filled**2).sum(axis=axis)
    between = np.divide(sums**2, count, out=np.zeros(count.shape), where=count > 0)
    return float((squares - between).sum() / max(1, count.sum()))


def _others(axes: int, axis: int) -> tuple[int, ...]:
    return tuple(other for other in range(axes) if other != axis)


def _epsilon_squared(centred: Array, option: NDArray[np.integer], total: float) -> float:
    count = np.bincount(option)
    count_used, groups = count[count > 0], np.bincount(option, weights=centred)[count > 0]
    between = float((groups**2 / count_used).sum())
    spare = len(centred) - len(count_used)
    if total <= 0 or spare <= 0:
        return 0.0
    chance = (len(count_used) - 1) * (total - between) / spare
    return max(0.0, (between - chance) / total)


def _mean_variance(table: Array) -> float:
    """Return the mean over rows of the variance along a row, of what is not missing."""
    count = (~np.isnan(table)).sum(axis=1)
    rows = table[count > 0]
    return float(np.nanvar(rows, axis=1).mean()) if len(rows) else 0.0


def _over(parts: Array, variance: float) -> Array:
    """Return parts/variance, at most 1; 0 where rounding alone makes the variance or the part."""
    shares: Array = parts / variance if variance > SMALLEST_VARIANCE else np.zeros_like(parts)
    return np.where(shares < SMALLEST_SHARE, 0.0, np.minimum(shares, 1.0))
