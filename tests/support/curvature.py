"""Second derivatives by differences, extrapolated to a step of 0: an oracle for standard errors."""

import numpy as np

LEVELS = 4
"""Of Richardson's extrapolation: each halves the step and removes one more term of the error."""


def covariance(function, point, width):
    """Return (-H)⁻¹, H the second derivatives of a function at a point (n,)."""
    return np.linalg.inv(-hessian(function, point, width))


def hessian(function, point, width):
    """Return the second derivatives (..., n, n) of values (...) at a point (n,).

    ``function``: from points (m, n) to values (m, ...), as many at once are quicker than one by
    one. ``width`` (n,): the largest steps.
    """
    n = len(point)
    centre = function(point[None])[0]
    found = np.empty((*centre.shape, n, n))
    for i in range(n):
        for j in range(i + 1):
            table = _second(function, point, centre, i, j, width)
            for power in range(1, LEVELS):
                table = (4**power * table[..., 1:] - table[..., :-1]) / (4**power - 1)
            found[..., i, j] = found[..., j, i] = table[..., 0]
    return found


def _second(function, point, centre, i, j, width):
    """Return ∂²f/∂i∂j by central differences, (..., levels); ``centre``: f at the point."""
    a, b = np.zeros((2, LEVELS, len(point)))
    a[:, i] = width[i] / 2.0 ** np.arange(LEVELS)
    b[:, j] = width[j] / 2.0 ** np.arange(LEVELS)
    if i == j:
        up, down = function(point + np.concatenate((a, -a))).reshape(2, LEVELS, *centre.shape)
        return (up + down - 2 * centre).T / a[:, i] ** 2
    corners = np.concatenate((a + b, -a - b, a - b, b - a))
    up, down, left, right = function(point + corners).reshape(4, LEVELS, *centre.shape)
    return (up + down - (left + right)).T / (4 * a[:, i] * b[:, j])
