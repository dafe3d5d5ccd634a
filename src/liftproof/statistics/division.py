"""Division where it has a meaning, and what stands where it has none."""

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array


def over(a: Array, b: Array, where: NDArray[np.bool_], otherwise: float) -> Array:
    """Return a/b where ``where`` says so, ``otherwise`` elsewhere; nothing is divided by 0 there.

    ``where`` has the shape of the result. A plain division, where all may be divided, takes a
    third of the time.

    >>> b = np.array([2.0, 0.0])
    >>> over(np.array([1.0, 1.0]), b, b > 0, np.inf).tolist()
    [0.5, inf]
    """
    if np.count_nonzero(where) == where.size:
        return np.asarray(a / b)
    return np.asarray(np.divide(a, b, out=np.full(where.shape, otherwise), where=where))
