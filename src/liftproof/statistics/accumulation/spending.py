"""Error-spending functions: how much of an error may be used by a fraction of the information.

Each takes the whole error (of one side) and fractions in 0 to 1, shape (s,), and returns the error
spent so far, (s,): 0 at fraction 0, all of it at 1. SPENDING names them as RTSA does.
"""

from collections.abc import Callable, Mapping

import numpy as np
from scipy.special import ndtr, ndtri

from liftproof.statistics.checks import Array

Spending = Callable[[float, Array], Array]


def obrien_fleming(error: float, fraction: Array) -> Array:
    """Return 2(1 - Φ(z/√t)), z the quantile that leaves error/2 above it.

    Source: Lan & DeMets 1983, Biometrika 70, 659-663. RTSA: ``es_alpha="esOF"``.

    >>> [round(float(x), 6) for x in obrien_fleming(0.025, np.array([0.5, 1.0]))]
    [0.001525, 0.025]
    """
    with np.errstate(divide="ignore"):
        spent: Array = 2 * ndtr(ndtri(error / 2) / np.sqrt(fraction))
    return spent


def pocock(error: float, fraction: Array) -> Array:
    """Return error · log(1 + (e - 1)t).

    Source: Lan & DeMets 1983. RTSA: ``es_alpha="esPoc"``.

    >>> [round(float(x), 6) for x in pocock(0.025, np.array([0.5, 1.0]))]
    [0.015503, 0.025]
    """
    spent: Array = error * np.log1p((np.e - 1) * fraction)
    return spent


SPENDING: Mapping[str, Spending] = {"esOF": obrien_fleming, "esPoc": pocock}
