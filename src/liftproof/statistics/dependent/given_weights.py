"""Coefficients by weights that are given, not the inverse of the effects' covariance."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.dependent.groups import ASYMMETRY

SINGULAR = 1e13
"""A condition number of X'WX in its own units beyond this leaves rounding alone."""


def checked_weights(weights: ArrayLike, k: int) -> Array:
    """Return a weight matrix (k, k) of what is one number, one an effect or a matrix."""
    given = floats("weights", weights)
    require(np.isfinite(given), given, "weights must be finite")
    if given.ndim <= 1 and given.size in (1, k):
        require(given >= 0, given, "weights cannot be negative")
        matrix = np.diag(np.broadcast_to(given, (k,)))
    elif given.shape == (k, k):
        matrix = given.copy()
    else:
        raise InputError(f"weights must be one number, {k}, or {k} by {k}, not {given.shape}.")
    largest = float(np.abs(matrix).max())
    if largest == 0:
        raise InputError("All weights are 0.")
    if np.abs(matrix - matrix.T).max() > ASYMMETRY * largest:
        raise InputError("weights must be a symmetric matrix.")
    return np.asarray(matrix / largest)


def weighted_coefficients(x: Array, y: Array, m: Array, weights: Array) -> tuple[Array, Array]:
    """Return (X'WX)⁻¹X'Wy and its covariance for effects of covariance M.

    >>> x, y = np.ones((2, 1)), np.array([1.0, 3.0])
    >>> b, covariance = weighted_coefficients(x, y, np.diag([1.0, 2.0]), np.eye(2))
    >>> b.tolist(), covariance.tolist()
    ([2.0], [[0.75]])
    """
    information = x.T @ weights @ x
    size = np.sqrt(np.abs(information.diagonal()))
    if not (size > 0).all() or np.linalg.cond(information / np.outer(size, size)) > SINGULAR:
        raise InputError("These weights do not tell the coefficients apart.")
    onto = np.linalg.solve(information, x.T @ weights)
    return np.asarray(onto @ y), np.asarray(onto @ m @ onto.T)
