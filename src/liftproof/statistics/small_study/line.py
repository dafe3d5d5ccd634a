"""A straight line by weighted least squares, the weights known up to one common factor."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.distributions import quotient, two_sided_p
from liftproof.statistics.result import Result
from liftproof.statistics.shapes import in_one_shape
from liftproof.statistics.small_study.cannot_tell import at_least

FEWEST = 3
"""A line through two points leaves nothing to judge it by."""

SAME = 1e-12
"""Predictors that differ by less than this, relative to the largest, are one and the same."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line(Result):
    """A weighted least-squares line. Arrays have shape (...).

    ``k``: number of points. ``intercept`` with ``intercept_se``, and ``intercept_p`` of its being
    0, in the unit of y; ``slope`` and ``slope_se`` in the unit of y per unit of x.
    ``dispersion``: residual variance over the variance the weights claim, without unit.
    ``statistic`` = slope/se, infinite for a perfect fit; ``df`` = k - 2, of t; ``p_value`` of no
    slope, two-sided.
    """

    k: int
    intercept: Array
    intercept_se: Array
    intercept_p: Array
    slope: Array
    slope_se: Array
    dispersion: Array
    statistic: Array
    df: float
    p_value: Array


def weighted_line(y: ArrayLike, x: ArrayLike, weights: ArrayLike) -> Line:
    """Return the line that minimises Σw(y - a - bx)², with standard errors from its residuals.

    Slope b = Σw(x - x̄)(y - ȳ)/Sxx, Sxx = Σw(x - x̄)², means weighted; dispersion
    s² = Σw(y - a - bx)²/(k - 2); var(b) = s²/Sxx and var(a) = s²(1/Σw + x̄²/Sxx). Arguments
    (..., k), k of 3 or more, x not constant. Raises InputError.

    Source: Draper & Smith 1998, Applied Regression Analysis, 3rd ed., chapters 1 and 9. R:
    ``summary(lm(y ~ x, weights=w))``.

    >>> line = weighted_line([1.0, 2.0, 4.0], [0.0, 1.0, 2.0], [1.0, 1.0, 1.0])
    >>> round(float(line.slope), 6), round(float(line.slope_se), 6), round(float(line.p_value), 6)
    (1.5, 0.288675, 0.121038)
    """
    y, x, weights = floats("y", y), floats("x", x), floats("Weights", weights)
    y, x, weights = in_one_shape("The effects and their predictors", y, x, weights)
    k = y.shape[-1] if y.ndim else 0
    at_least(k, FEWEST, "A regression on one predictor")
    require(weights > 0, weights, "Weights must be positive")
    if (np.ptp(x, axis=-1) <= SAME * np.abs(x).max(axis=-1)).any():
        raise InputError("A regression needs a predictor that differs between trials.")
    intercept, intercept_variance, slope, slope_variance, dispersion = _least_squares(y, x, weights)
    statistic = quotient(slope, np.sqrt(slope_variance))
    intercept_se = np.sqrt(intercept_variance)
    return Line(
        k=k,
        intercept=intercept[()],
        intercept_se=intercept_se,
        intercept_p=two_sided_p(quotient(intercept, intercept_se), k - 2),
        slope=slope[()],
        slope_se=np.sqrt(slope_variance),
        dispersion=dispersion[()],
        statistic=statistic,
        df=float(k - 2),
        p_value=two_sided_p(statistic, k - 2),
    )


def _least_squares(y: Array, x: Array, w: Array) -> Array:
    """Return a, var(a), b, var(b) and s² of points (..., k); (5, ...).

    The point of largest weight is the origin: sums that it outweighs then keep their digits.
    """
    heaviest = w.argmax(axis=-1)[..., None]
    y0, x0 = np.take_along_axis(y, heaviest, -1), np.take_along_axis(x, heaviest, -1)
    total = w.sum(axis=-1, keepdims=True)
    y_mean = (w * (y - y0)).sum(axis=-1, keepdims=True) / total
    x_mean = (w * (x - x0)).sum(axis=-1, keepdims=True) / total
    dy, dx = y - y0 - y_mean, x - x0 - x_mean
    sxx = (w * dx**2).sum(axis=-1)
    slope = (w * dx * dy).sum(axis=-1) / sxx
    dispersion = (w * (dy - slope[..., None] * dx) ** 2).sum(axis=-1) / (y.shape[-1] - 2)
    centre = (x0 + x_mean)[..., 0]
    intercept = (y0 + y_mean)[..., 0] - slope * centre
    of_mean = 1 / total[..., 0] + centre**2 / sxx
    return np.stack((intercept, dispersion * of_mean, slope, dispersion / sxx, dispersion))
