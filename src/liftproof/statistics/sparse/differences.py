"""Gradient and Hessian by central differences of fourth order.

Along a direction with step h: f' = (8(f₁ - f₋₁) - (f₂ - f₋₂))/12h with an error of h⁴f⁽⁵⁾/30, and
f'' = (16(f₁ + f₋₁) - (f₂ + f₋₂) - 30f₀)/12h² with h⁴f⁽⁶⁾/90. Mixed derivatives come from f'' along
the sum of two axes. Source: Abramowitz & Stegun 1964, table 25.2.
"""

from collections.abc import Callable
from itertools import combinations

import numpy as np

from liftproof.statistics.checks import Array

OFFSETS = np.array([-2.0, -1.0, 1.0, 2.0])
FIRST = np.array([1.0, -8.0, 8.0, -1.0]) / 12
SECOND = np.array([-1.0, 16.0, 16.0, -1.0]) / 12
SECOND_CENTRE = -2.5


def derivatives(
    function: Callable[[Array], Array], point: Array, steps: Array, count: int
) -> tuple[Array, Array, Array]:
    """Return the function's value (...), gradient (..., count) and Hessian (..., count, count).

    ``point`` and ``steps`` (..., n); derivatives are by the first ``count`` of the n. ``function``
    takes shape (m, ..., n) and returns (m, ...).
    """
    directions = _directions(count, point.shape[-1])
    moves = np.concatenate((np.zeros((1, point.shape[-1])), np.kron(directions, OFFSETS[:, None])))
    shape = (-1, *([1] * (point.ndim - 1)), point.shape[-1])
    values = function(point + moves.reshape(shape) * steps)
    around = values[1:].reshape(len(directions), len(OFFSETS), *values.shape[1:])
    first = np.einsum("o,do...->d...", FIRST, around[:count])
    second = np.einsum("o,do...->d...", SECOND, around) + SECOND_CENTRE * values[0]
    gradient = np.moveaxis(first, 0, -1) / steps[..., :count]
    scales = steps[..., :count, None] * steps[..., None, :count]
    return values[0], gradient, _hessian(second, count) / scales


def _directions(count: int, n: int) -> Array:
    """Return the axes, then the sums of two axes, as rows of length n."""
    axes = np.eye(count, n)
    pairs = [axes[i] + axes[j] for i, j in combinations(range(count), 2)]
    return np.concatenate((axes, np.reshape(pairs, (-1, n))))


def _hessian(second: Array, count: int) -> Array:
    """Return the matrix of second differences from those along axes and along sums of two."""
    hessian = np.empty((*second.shape[1:], count, count))
    for i in range(count):
        hessian[..., i, i] = second[i]
    for place, (i, j) in enumerate(combinations(range(count), 2), start=count):
        mixed = (second[place] - second[i] - second[j]) / 2
        hessian[..., i, j] = hessian[..., j, i] = mixed
    return hessian
