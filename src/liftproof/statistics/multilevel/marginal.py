"""The covariance of the effects by a multilevel model, written out."""

from __future__ import annotations

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.multilevel.likelihood import covariance_of
from liftproof.statistics.multilevel.model import MultilevelModel
from liftproof.statistics.multilevel.surface import covariances

SINGULAR = 1e-12
"""Relative to the largest variance: a pivot this small is rounding."""


def marginal_of(model: MultilevelModel, at: Array) -> Array:
    """Return sampling and random effects' covariance together, (k, k), at given parameters."""
    m = np.zeros((model.y.size, model.y.size))
    g = covariances(model, at[None])
    for bundle in model.bundles:
        blocks = covariance_of(bundle, g)[0] * model.unit**2
        for places, one in zip(bundle.places, blocks, strict=True):
            inside = places[places >= 0]
            m[np.ix_(inside, inside)] = one[: inside.size, : inside.size]
    return m


def squared_by(residual: Array, covariance: Array) -> float:
    """Return r'V⁻¹r, or NaN where V is singular in rounding.

    >>> squared_by(np.array([1.0, 2.0]), np.diag([1.0, 4.0]))
    2.0
    """
    try:
        root = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        return np.nan
    if root.diagonal().min() ** 2 <= covariance.diagonal().max() * SINGULAR:
        return np.nan
    along = np.linalg.solve(root, residual)
    return float(along @ along)
