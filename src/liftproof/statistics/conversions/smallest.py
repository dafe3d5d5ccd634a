"""The place of a function's smallest value on a line, whatever its other valleys."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize_scalar

PRECISION = 1e-12
"""Absolute, of the place; the flatness of a minimum leaves some 1e-8."""


def place_of_smallest(
    function: Callable[[float], float], low: float, high: float, *, grid: int
) -> float:
    """Return where a function is smallest: between the neighbours of the best point of a grid.

    >>> round(place_of_smallest(lambda x: (x - 2) ** 2, -10, 10, grid=50), 6)
    2.0
    """
    points = [float(each) for each in np.linspace(low, high, grid)]
    best = int(np.argmin([function(each) for each in points]))
    found = minimize_scalar(  # type: ignore[no-untyped-call]
        function,
        bounds=(points[max(best - 1, 0)], points[min(best + 1, grid - 1)]),
        method="bounded",
        options={"xatol": PRECISION},
    )
    return float(found.x)
