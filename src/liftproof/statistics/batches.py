"""Many data sets side by side: the layout in which estimators compute."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.statistics.checks import Array, effects_and_variances

BLOCK = 2**12
"""Numbers in ``y`` that are worked on at once: few enough for their temporaries to stay in cache
and for memory not to grow with the number of data sets."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trials:
    """Data sets side by side: the first axis runs over trials, the last over data sets.

    The most precise trial of each data set is moved to row 0 and its effect is the origin of
    ``y``. Sums in which that trial outweighs all others then lose no digits, whatever the ratio of
    the variances, and identical effects give a Q of exactly 0.

    ``y``: effects minus ``origin``, shape (k, n). ``v``: variances, shape (k, n). ``origin``: the
    most precise effect, shape (n,).
    """

    y: Array
    v: Array
    origin: Array

    def take(self, sets: NDArray[np.intp]) -> "Trials":
        """Return the data sets at these positions."""
        return Trials(y=self.y[:, sets], v=self.v[:, sets], origin=self.origin[sets])

    def spread(self) -> "Trials":
        """Return the same with an axis of length 1 before the last, to be met by candidates."""
        return Trials(y=self.y[:, None, :], v=self.v[:, None, :], origin=self.origin)


def side_by_side(y: Array, v: Array) -> Trials:
    """Return data sets of shape (n, k) as :class:`Trials`."""
    y, v = y.T.copy(), v.T.copy()
    sets, first = np.arange(v.shape[1]), v.argmin(axis=0)
    for values in (y, v):
        values[0], values[first, sets] = values[first, sets], values[0].copy()
    return Trials(y=y - y[0], v=v, origin=y[0])


def batched(estimator: Callable[..., Array]) -> Callable[..., Array]:
    """Let an estimator on :class:`Trials` be called with y and v of shape (..., k).

    The estimator returns shape (n,), or (m, n) for m results; the caller gets (...) or (m, ...).
    Further arguments hold one number a data set, and broadcast.
    """

    @wraps(estimator)
    def over_blocks(y: ArrayLike, v: ArrayLike, *per_set: ArrayLike) -> Array:
        y, v = effects_and_variances(y, v)
        *shape, k = y.shape
        y, v = y.reshape(-1, k), v.reshape(-1, k)
        extra = [np.broadcast_to(np.asarray(value), shape).reshape(-1) for value in per_set]
        size = max(1, BLOCK // k)
        blocks = (slice(start, start + size) for start in range(0, max(1, len(y)), size))
        results = [
            estimator(side_by_side(y[block], v[block]), *(value[block] for value in extra))
            for block in blocks
        ]
        joined = np.concatenate(results, axis=-1)
        return np.reshape(joined, (*joined.shape[:-1], *shape))[()]

    return over_blocks
