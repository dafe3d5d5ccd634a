"""Roots of many functions side by side."""

from collections.abc import Callable

import numpy as np

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array

MOST_STEPS = 200
"""Bisection of doubles alone needs about 60; interpolation far fewer."""
ROUNDING = 4e-16


def root(function: Callable[[Array], Array], low: Array, high: Array, tolerance: Array) -> Array:
    """Return x where a function changes sign between ``low`` and ``high``.

    One function an element: ``function`` maps an array of the shape of ``low`` to its values. Where
    there is no change of sign the nearer to a root of the two ends is returned. Error bound: the
    sign changes within ``tolerance`` + 4e-16 |x|. Raises ConvergenceError.

    Source: Chandrupatla 1997, Adv Eng Softw 28, 145-149: inverse quadratic interpolation where it
    is safe, else bisection.

    >>> root(lambda x: x**2 - np.array([2.0, 9.0]), np.zeros(2), np.full(2, 10.0), 1e-15).round(9)
    array([1.41421356, 3.        ])
    """
    newest, opposite = low, high
    f_newest, f_opposite = function(newest), function(opposite)
    best = np.where(np.abs(f_newest) < np.abs(f_opposite), newest, opposite)
    is_done = np.sign(f_newest) * np.sign(f_opposite) >= 0
    share = np.full(newest.shape, 0.5)
    for _ in range(MOST_STEPS):
        if is_done.all():
            return best
        x = np.where(is_done, best, newest + share * (opposite - newest))
        f = function(x)
        is_same = np.sign(f) == np.sign(f_newest)
        third = np.where(is_same, newest, opposite)
        f_third = np.where(is_same, f_newest, f_opposite)
        opposite = np.where(is_same, opposite, newest)
        f_opposite = np.where(is_same, f_opposite, f_newest)
        newest, f_newest = x, f
        is_newest = np.abs(f_newest) < np.abs(f_opposite)
        best = np.where(is_done, best, np.where(is_newest, newest, opposite))
        width = np.abs(opposite - newest)
        bound = tolerance + ROUNDING * np.abs(best)
        is_done = is_done | (width <= 2 * bound) | (f == 0)
        share = _share(newest, opposite, third, f_newest, f_opposite, f_third)
        least = np.divide(bound, width, out=np.full_like(width, 0.5), where=width > 2 * bound)
        share = np.clip(share, least, 1 - least)
    raise ConvergenceError(f"A search for a root did not end within {MOST_STEPS} steps.")


def _share(a: Array, b: Array, c: Array, f_a: Array, f_b: Array, f_c: Array) -> Array:
    """Return how far to go from a towards b: by inverse quadratic interpolation, or half-way."""
    with np.errstate(divide="ignore", invalid="ignore"):
        x, f = (a - b) / (c - b), (f_a - f_b) / (f_c - f_b)
        is_safe = (f**2 < x) & ((1 - f) ** 2 < 1 - x)
        first = f_a / (f_b - f_a) * f_c / (f_b - f_c)
        second = (c - a) / (b - a) * f_a / (f_c - f_a) * f_b / (f_c - f_b)
        share: Array = np.where(is_safe, first + second, 0.5)
    return share


def root_of_one(
    function: Callable[[float], float],
    low: tuple[float, float],
    high: tuple[float, float],
    tolerance: float,
) -> float:
    """Return the same of one function of a number; ``low``, ``high``: x with the value there.

    >>> round(root_of_one(lambda x: x * x - 2.0, (0.0, -2.0), (10.0, 98.0), 1e-15), 9)
    1.414213562
    """
    (a, f_a), (b, f_b) = low, high
    share, best = 0.5, a if abs(f_a) < abs(f_b) else b
    if f_a == 0 or f_b == 0 or (f_a > 0) == (f_b > 0):
        return best
    for _ in range(MOST_STEPS):
        x = a + share * (b - a)
        f = function(x)
        if (f > 0) == (f_a > 0):
            c, f_c = a, f_a
        else:
            c, f_c, b, f_b = b, f_b, a, f_a
        a, f_a = x, f
        best = a if abs(f_a) < abs(f_b) else b
        width, bound = abs(b - a), tolerance + ROUNDING * abs(best)
        if f == 0 or width <= 2 * bound:
            return best
        share = min(max(_share_of_one(a, b, c, f_a, f_b, f_c), bound / width), 1 - bound / width)
    raise ConvergenceError(f"A search for a root did not end within {MOST_STEPS} steps.")


def _share_of_one(a: float, b: float, c: float, f_a: float, f_b: float, f_c: float) -> float:
    """Return how far to go from a towards b, as ``_share`` does."""
    if len({f_a, f_b, f_c}) < 3:  # noqa: PLR2004 - all of them
        return 0.5
    x, f = (a - b) / (c - b), (f_a - f_b) / (f_c - f_b)
    if not (f * f < x and (1 - f) ** 2 < 1 - x):
        return 0.5
    first = f_a / (f_b - f_a) * f_c / (f_b - f_c)
    second = (c - a) / (b - a) * f_a / (f_c - f_a) * f_b / (f_c - f_b)
    return first + second
