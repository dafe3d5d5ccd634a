"""Standard deviations that look like standard errors."""

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array

FEWEST = 3
"""Standard deviations, without the one looked at, that say what is usual."""
FAR = 3.0
"""How many times smaller than the median of the others one must be: it is rarely half or double."""
NEAR = 2.0
"""Within which factor of that median it lies, times √n, where it is a standard error."""


def looks_like_se(sd: Array, n: Array) -> NDArray[np.bool_]:
    """Say of each standard deviation whether it is a standard error by the others' measure.

    It is FAR times smaller than the median of the others, and √n times it lies within a factor
    NEAR of that median. All are of one outcome in one unit, shape (k,); ``n``: people of each arm.

    >>> looks_like_se(np.array([10.0, 11.0, 9.0, 2.0]), np.array([25, 25, 25, 25])).tolist()
    [False, False, False, True]
    """
    if len(sd) <= FEWEST:
        return np.zeros(len(sd), dtype=np.bool_)
    usual = median_of_others(sd)
    ratio = sd * np.sqrt(n) / usual
    return np.asarray((sd * FAR <= usual) & (ratio >= 1 / NEAR) & (ratio <= NEAR))


def median_of_others(values: Array) -> Array:
    """Return for each of k values the median of the other k - 1, k >= 2.

    >>> median_of_others(np.array([5.0, 1.0, 2.0, 4.0])).tolist()
    [2.0, 4.0, 4.0, 2.0]
    """
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values), dtype=np.int_)
    ranks[order] = np.arange(len(values))
    others = len(values) - 1
    middle = [(others - 1) // 2, others // 2]
    low, high = (values[order][place + (ranks <= place)] for place in middle)
    return np.asarray((low + high) / 2)
