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
    found = np.zeros(len(sd), dtype=np.bool_)
    if len(sd) <= FEWEST:
        return found
    for place in range(len(sd)):
        usual = float(np.median(np.delete(sd, place)))
        ratio = float(sd[place] * np.sqrt(n[place])) / usual
        found[place] = sd[place] * FAR <= usual and 1 / NEAR <= ratio <= NEAR
    return found
