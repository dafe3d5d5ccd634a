"""Division where it has a meaning, and what stands where it has none; the lesser of two numbers.

All take arrays, or single numbers, at a fraction of the time that arrays of one number take.
"""

from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array

Numbers = Array | float
"""Arrays, or single numbers."""


def over(a: Array, b: Array, where: NDArray[np.bool_], otherwise: float) -> Array:
    """Return a/b where ``where`` says so, ``otherwise`` elsewhere; nothing is divided by 0 there.

    ``where`` has the shape of the result. A plain division, where all may be divided, takes a
    third of the time.

    >>> b = np.array([2.0, 0.0])
    >>> over(np.array([1.0, 1.0]), b, b > 0, np.inf).tolist()
    [0.5, inf]
    """
    if isinstance(where, bool | np.bool_):
        return a / b if where else np.asarray(otherwise)
    if np.count_nonzero(where) == where.size:
        return np.asarray(a / b)
    return np.asarray(np.divide(a, b, out=np.full(where.shape, otherwise), where=where))


def smaller(a: Any, b: Any) -> Any:
    """Return the smaller of two.

    >>> smaller(np.array([1.0, 3.0]), 2.0).tolist(), smaller(1.0, 2.0)
    ([1.0, 2.0], 1.0)
    """
    return np.minimum(a, b) if isinstance(a, np.ndarray) else min(a, b)


def larger(a: Any, b: Any) -> Any:
    """Return the larger of two.

    >>> larger(np.array([1.0, 3.0]), 2.0).tolist(), larger(1.0, 2.0)
    ([2.0, 3.0], 2.0)
    """
    return np.maximum(a, b) if isinstance(a, np.ndarray) else max(a, b)


def any_of(flags: Any) -> bool:
    """Return whether any flag, or the single one, is set.

    >>> any_of(np.array([False, True])), any_of(False)
    (True, False)
    """
    return bool(flags.any() if isinstance(flags, np.ndarray) else flags)


def square_root(a: Any) -> Any:
    """Return the root.

    >>> square_root(np.array([4.0])).tolist(), square_root(4.0)
    ([2.0], 2.0)
    """
    return np.sqrt(a) if isinstance(a, np.ndarray) else sqrt(a)
