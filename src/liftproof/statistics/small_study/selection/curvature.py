"""Steps and covariances from the exact second derivatives of a log-likelihood."""

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array

SINGULAR = 1e-12
"""Smallest curvature relative to the largest: below, it is rounding, and there is no inverse."""

FLAT, TINY = 1e-10, 1e-300
"""A step is taken as if no curvature were less than so much of the largest, and none were 0."""


def inverse_information(hessian: Array, unknown: NDArray[np.bool_]) -> Array:
    """Return the covariance (n, n) of what is unknown; NaN for the rest, and where there is none.

    ``hessian`` (n, n) of the log-likelihood; ``unknown`` (n,).

    >>> inverse_information(np.array([[-4.0, 0.0], [0.0, -1.0]]), np.array([True, False])).tolist()
    [[0.25, nan], [nan, nan]]
    """
    covariance = np.full(hessian.shape, np.nan)
    information = -hessian[np.ix_(unknown, unknown)]
    scale = np.sqrt(np.abs(np.diagonal(information)))
    if not (scale > 0).all():  # the likelihood is flat in some parameter
        return covariance
    curvature, directions = np.linalg.eigh(information / np.outer(scale, scale))
    if curvature.min() > SINGULAR * curvature.max():
        part = (directions / curvature) @ directions.T
        covariance[np.ix_(unknown, unknown)] = part / np.outer(scale, scale)
    return covariance


def uphill(hessian: Array, gradient: Array) -> Array:
    """Return the step to the top of a paraboloid whose curvatures are all taken as downwards.

    Parameters are first scaled by their own curvature, so that units play no part.

    >>> uphill(np.array([[2.0]]), np.array([4.0])).tolist()
    [2.0]
    """
    scale = 1 / np.sqrt(np.maximum(np.abs(np.diagonal(hessian)), TINY))
    curvature, directions = np.linalg.eigh(hessian * np.outer(scale, scale))
    size = np.maximum(np.abs(curvature), FLAT * np.abs(curvature).max())
    return np.asarray(scale * (directions @ ((directions.T @ (scale * gradient)) / size)))
