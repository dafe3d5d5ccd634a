"""Second derivatives by differences, extrapolated to a step of 0: an oracle for standard errors."""

from itertools import pairwise

import numpy as np

LEVELS = 4
"""Of Richardson's extrapolation: each halves the step and removes one more term of the error."""


def covariance(function, point, width):
    """Return (-H)⁻¹, H the second derivatives of a function of (n,) at a point.

    ``width`` (n,): the largest steps.
    """
    n = len(point)
    hessian = np.empty((n, n))
    for i in range(n):
        for j in range(i + 1):
            table = [_second(function, point, i, j, width / 2**level) for level in range(LEVELS)]
            for power in range(1, LEVELS):
                table = [
                    (4**power * fine - rough) / (4**power - 1) for rough, fine in pairwise(table)
                ]
            hessian[i, j] = hessian[j, i] = table[0]
    return np.linalg.inv(-hessian)


def _second(function, point, i, j, width):
    """Return ∂²f/∂i∂j by central differences."""
    a, b = np.zeros_like(point), np.zeros_like(point)
    a[i], b[j] = width[i], width[j]
    if i == j:
        ends = function(point + a) + function(point - a)
        return (ends - 2 * function(point)) / width[i] ** 2
    same = function(point + a + b) + function(point - a - b)
    opposite = function(point + a - b) + function(point - a + b)
    return (same - opposite) / (4 * width[i] * width[j])
