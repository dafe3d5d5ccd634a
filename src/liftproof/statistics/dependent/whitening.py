"""Data in coordinates in which the working covariance of their clusters is the identity."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats
from liftproof.statistics.dependent.design import design_matrix, has_constant
from liftproof.statistics.dependent.groups import Groups, blocks_within, grouped


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Whitened:
    """Data with the working covariance divided out, cluster after cluster.

    ``basis``: orthonormal columns (k, p), of which the design is basis times ``triangle`` (p, p).
    ``residuals``: (k,). ``coefficients``: (p,), in the unit of y. ``roots``: L of the working
    covariance LL' of the clusters of each size, (clusters, size, size). ``clusters``: which rows
    belong together.
    """

    basis: Array
    triangle: Array
    residuals: Array
    coefficients: Array
    roots: tuple[Array, ...]
    clusters: Groups


def effects_of_clusters(y: ArrayLike) -> Array:
    """Return the effects of one data set, or raise InputError."""
    effects = floats("y", y)
    if effects.ndim != 1 or effects.size == 0:
        raise InputError(f"y must hold the effects of one data set, not shape {effects.shape}.")
    return effects


def whitened(
    y: ArrayLike, covariance: ArrayLike, cluster: ArrayLike, x: ArrayLike | None, *, intercept: bool
) -> Whitened:
    """Return checked data in coordinates in which the working covariance is the identity."""
    effects = effects_of_clusters(y)
    clusters = grouped(cluster, effects.size, "cluster")
    working = blocks_within(covariance, clusters, "cluster")
    columns = design_matrix(x, effects.size, intercept=intercept)
    intercept = has_constant(x, intercept)
    # Around one of them, identical effects leave residuals of exactly 0.
    origin = float(np.sort(effects)[effects.size // 2]) if intercept else 0.0
    effects = effects - origin
    start = np.linalg.lstsq(columns, effects, rcond=None)[0]
    rows = np.column_stack((columns, effects - columns @ start))
    white, roots = np.empty_like(rows), list[Array]()
    for (chosen, places), within in zip(clusters.blocks(), working, strict=True):
        roots.append(np.asarray(np.linalg.cholesky(within), dtype=np.float64))
        white[clusters.rows(chosen)] = np.linalg.solve(roots[-1], rows[places])
    basis, triangle = np.linalg.qr(white[:, :-1])
    along = basis.T @ white[:, -1]
    coefficients = start + np.linalg.solve(triangle, along)
    coefficients[0] += origin
    return Whitened(
        basis=basis,
        triangle=triangle,
        residuals=white[:, -1] - basis @ along,
        coefficients=np.asarray(coefficients, dtype=np.float64),
        roots=tuple(roots),
        clusters=clusters,
    )
