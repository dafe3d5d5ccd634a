"""What three-level models give at their components: coefficients, Q and log-likelihood."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.components import Prepared
from liftproof.statistics.dependent.likelihood import Values, likelihood, weighted_rows
from liftproof.statistics.dependent.rotation import Rotated, by_shape


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ThreeLevelEstimates:
    """Of one model: ``coefficients`` (p,), their ``covariance`` (p, p), ``q``, with both
    components 0, and the ``log_likelihood`` with its constant, for REML with metafor's log|X'X|/2.
    """

    coefficients: Array
    covariance: Array
    q: float
    log_likelihood: float


def estimates(data: Sequence[Prepared], pairs: Sequence[Array]) -> list[ThreeLevelEstimates]:
    """Return what models give at their components, each (2,).

    Models whose studies have the same sizes are computed side by side.
    """
    found: dict[int, ThreeLevelEstimates] = {}
    for places, model in by_shape([each.model for each in data]):
        sigma2 = np.stack([pairs[place] for place in places], axis=1)
        at_zero, at_pair = _likelihoods(model, sigma2)
        triangle = np.stack([data[place].triangle for place in places])
        moved, covariance = _beside_start(model, sigma2, triangle)
        for row, place in enumerate(places):
            found[place] = ThreeLevelEstimates(
                coefficients=data[place].start + moved[row],
                covariance=covariance[row],
                q=float(at_zero.q[row]),
                log_likelihood=_log_likelihood(model, float(at_pair.deviance[row])),
            )
    return [found[place] for place in range(len(data))]


def _likelihoods(model: Rotated, sigma2: Array) -> tuple[Values, Values]:
    """Return the likelihoods with both components 0, and at the pairs (2, s)."""
    own = np.arange(sigma2.shape[1])
    return likelihood(model, np.zeros_like(sigma2), own), likelihood(model, sigma2, own)


def _beside_start(model: Rotated, sigma2: Array, triangle: Array) -> tuple[Array, Array]:
    """Return how far coefficients are from those by least squares, (s, p), and their covariances.

    By an orthogonal decomposition of the rows.
    """
    rows = weighted_rows(model, sigma2[1], np.arange(sigma2.shape[1]))
    parts = rows.within * np.sqrt(rows.w), rows.means * np.sqrt(rows.of_studies(sigma2[0]))
    weighted = np.concatenate(parts, axis=-1)
    basis, own = np.linalg.qr(weighted[:-1].transpose(1, 2, 0))
    b = np.linalg.solve(own, basis.swapaxes(-1, -2) @ weighted[-1][..., None])
    back = np.linalg.inv(own @ triangle)
    moved = np.linalg.solve(triangle, b)[..., 0]
    return np.asarray(moved), np.asarray(back @ back.swapaxes(-1, -2))


def _log_likelihood(model: Rotated, deviance: float) -> float:
    k, p = (int(size) for size in model.x.shape[1:])
    free = k - p if model.is_restricted else k
    return -(deviance + free * math.log(2 * math.pi)) / 2
