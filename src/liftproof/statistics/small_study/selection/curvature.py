"""Covariances from the exact second derivatives of a log-likelihood."""

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array

SINGULAR = 1e-12
"""Smallest curvature relative to the largest: below, it is rounding, and there is no inverse."""


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
