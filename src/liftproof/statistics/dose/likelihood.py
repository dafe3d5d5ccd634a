"""The likelihood of the covariance Ψ of trials' coefficients, with its derivatives.

Ψ = LL' with L a lower triangle, so that no step leads out of what a covariance can be. All is in
the scaled coefficients of :class:`Observations`; s factors L are looked at side by side.
"""

from dataclasses import dataclass

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.dose.observations import Observations


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Point:
    """At s factors: ``deviance``, -2 log-likelihood to a constant, (s,).

    ``coefficients`` (s, p) and ``information`` ΣX'V⁻¹X (s, p, p). ``weights`` X'V⁻¹X (s, m, p, p)
    and ``scores`` X'V⁻¹(y - Xβ) (s, m, p) of each trial, V = I + KΨK'.
    """

    factor: Array
    deviance: Array
    coefficients: Array
    information: Array
    weights: Array
    scores: Array
    is_restricted: bool


def point(data: Observations, factor: Array, *, is_restricted: bool) -> Point:
    """Return the likelihood at factors (s, p, p), the coefficients being the best at each.

    Source: Gasparrini, Armstrong & Kenward 2012, Stat Med 31, 3821-3839; Harville 1977, J Am Stat
    Assoc 72, 320-338.
    """
    spread = data.rows @ factor[:, None]
    total = spread @ np.swapaxes(spread, -1, -2) + np.eye(data.size)
    inverse_rows = np.linalg.solve(total, np.broadcast_to(data.rows, total.shape))
    transposed = np.swapaxes(data.rows, -1, -2)
    weights = transposed @ inverse_rows
    information = weights.sum(axis=1)
    sums = np.einsum("smpq,mp->sq", inverse_rows, data.values)
    coefficients = np.linalg.solve(information, sums[..., None])[..., 0]
    residuals = data.values - np.einsum("mpq,sq->smp", data.rows, coefficients)
    pulled = np.linalg.solve(total, residuals[..., None])[..., 0]
    deviance = np.linalg.slogdet(total)[1].sum(axis=1) + (residuals * pulled).sum(axis=(1, 2))
    if is_restricted:
        deviance = deviance + np.linalg.slogdet(information)[1]
    return Point(
        factor=factor,
        deviance=deviance,
        coefficients=coefficients,
        information=information,
        weights=weights,
        scores=np.einsum("mpq,smp->smq", data.rows, pulled),
        is_restricted=is_restricted,
    )


def slope(at: Point) -> Array:
    """Return the derivative of the deviance by Ψ, (s, p, p): ΣW - Σss' - ΣWG⁻¹W for REML.

    At a maximum of the likelihood it is positive semidefinite and 0 times Ψ.
    """
    derivative = at.information - np.einsum("smp,smq->spq", at.scores, at.scores)
    if at.is_restricted:
        across = np.linalg.solve(at.information[:, None], at.weights)
        derivative = derivative - (at.weights @ across).sum(axis=1)
    return np.asarray(derivative)


def derivatives(at: Point) -> tuple[Array, Array]:
    """Return gradient (s, q) and second derivatives (s, q, q) by the q elements of L."""
    p = at.factor.shape[-1]
    rows, columns = np.tril_indices(p)
    unit = np.zeros((rows.size, p, p))
    unit[np.arange(rows.size), rows, columns] = 1.0
    moved = unit @ np.swapaxes(at.factor, -1, -2)[:, None]
    direction = moved + np.swapaxes(moved, -1, -2)
    by_psi = slope(at)
    gradient = 2 * (by_psi @ at.factor)[:, rows, columns]
    both = 2 * np.einsum("spq,aqr,bpr->sab", by_psi, unit, unit)
    return gradient, _curvature(at, direction) + both


def _curvature(at: Point, direction: Array) -> Array:
    """Return second derivatives of the deviance along directions of Ψ (s, q, p, p), (s, q, q)."""
    weighted = at.weights[:, :, None] @ direction[:, None]  # W E, (s, m, q, p, p)
    ends = np.einsum("sqij,smj->smqi", direction, at.scores)  # E s
    carried = np.einsum("smij,smqj->smqi", at.weights, ends)  # W E s
    moved = carried.sum(axis=1)
    curvature = 2 * np.einsum("smai,smbi->sab", ends, carried)
    curvature -= np.einsum("smaij,smbji->sab", weighted, weighted)
    back = np.swapaxes(np.linalg.solve(at.information, np.swapaxes(moved, 1, 2)), 1, 2)
    curvature -= 2 * np.einsum("sai,sbi->sab", moved, back)
    if at.is_restricted:
        curvature += _restricted(at, weighted)
    return np.asarray(curvature)


def _restricted(at: Point, weighted: Array) -> Array:
    """Return second derivatives of log|ΣW| along the same directions."""
    change = weighted @ at.weights[:, :, None]  # W E W, minus the change of W
    first = np.linalg.solve(at.information[:, None], change.sum(axis=1))
    inverse = np.linalg.inv(at.information)
    second = 2 * np.einsum("sij,smajk,smbki->sab", inverse, weighted, change)
    return np.asarray(second - np.einsum("saij,sbji->sab", first, first))
