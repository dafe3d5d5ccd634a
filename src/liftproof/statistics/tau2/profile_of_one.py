"""Limits of τ² by the likelihood of one data set, in plain numbers.

As in ``of_one``: an operation on an array of one or two numbers takes some thirty times that on a
number. What is looked for is what ``profile`` looks for in many data sets.
"""

from collections.abc import Callable
from math import expm1, log1p

import numpy as np

from liftproof.statistics.batches import Trials
from liftproof.statistics.roots import root_of_one
from liftproof.statistics.tau2.likelihood import Likelihood
from liftproof.statistics.tau2.of_one import maxima_of_one

Point = tuple[float, float]
"""A τ², and how much more likely it is than a limit."""

FARTHER = 4.0
"""How often v + τ² the next τ² is at which the likelihood may be too low."""


def limits_of_one(
    trials: Trials, likelihood: Likelihood, drop: float, tolerance: float
) -> tuple[float, float]:
    """Return both limits; ``trials``: in vectors, two or more.

    ``drop``: what the log-likelihood may be below its maximum; ``tolerance``: of a limit, relative
    to itself plus the smallest variance. Raises ConvergenceError.
    """
    smallest = float(trials.v[0])
    found = sorted(maxima_of_one(trials, likelihood))
    heights = [float(likelihood.log(trials, np.asarray(tau2))) for tau2 in found]
    least = max(heights) - drop
    likely = [i for i, height in enumerate(heights) if height >= least]
    first, last = likely[0], likely[-1]

    def excess(tau2: float) -> float:
        return float(likelihood.log(trials, np.asarray(tau2))) - least

    maxima = [(tau2, height - least) for tau2, height in zip(found, heights, strict=True)]
    low = maxima[first - 1] if first else (0.0, excess(0.0))
    lowest = low[0]
    if low[1] < 0:
        lowest = _crossing(excess, smallest, maxima[first], low, tolerance)
    if last + 1 < len(found):
        inner, outer = maxima[last], maxima[last + 1]
    else:
        inner, outer = _far_enough(excess, smallest, maxima[last])
    return lowest, _crossing(excess, smallest, inner, outer, tolerance)


def _far_enough(
    excess: Callable[[float], float], smallest: float, inner: Point
) -> tuple[Point, Point]:
    """Return the last likely τ² that was met from ``inner`` upwards, and one that is not."""
    scale = smallest + inner[0]
    while True:
        scale *= FARTHER
        outer = scale, excess(scale)
        if outer[1] < 0:
            return inner, outer
        inner = outer


def _crossing(
    excess: Callable[[float], float],
    smallest: float,
    inner: Point,
    outer: Point,
    tolerance: float,
) -> float:
    """Return where the excess is 0 between two τ², each with its excess.

    Along log(1 + τ²/v), v the smallest variance, in which the likelihood bends little.
    """

    def along(x: float) -> float:
        return excess(smallest * expm1(x))

    low, high = ((log1p(tau2 / smallest), value) for tau2, value in (inner, outer))
    return smallest * expm1(root_of_one(along, low, high, tolerance))
