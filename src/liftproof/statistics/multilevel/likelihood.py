"""The likelihood of a multilevel model and its derivatives, block by block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.multilevel.model import Bundle, MultilevelModel


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GlsSolution:
    """What one set of covariances gives, in the units of the model.

    ``deviance``: log|M| + y'Py, for REML + log|X'M⁻¹X|, of orthonormal X. ``b`` (p,): generalised
    least squares coefficients; ``covariance`` (p, p): theirs. ``inverses``: M⁻¹, a bundle each.
    """

    deviance: float
    b: Array
    covariance: Array
    inverses: tuple[NDArray[np.floating], ...]


def covariance_of(bundle: Bundle, covariances: list[Array]) -> Array:
    """Return M of a bundle's blocks, (m, n, n), from the covariance G of each term."""
    m = bundle.v.copy()
    flat = m.reshape(-1)
    for part, g in zip(bundle.parts, covariances, strict=True):
        flat[part.cells] += g.reshape(-1)[part.pairs]
    return m


def solved(model: MultilevelModel, covariances: list[Array]) -> GlsSolution | None:
    """Return the solution at some covariances; None where a matrix is singular in rounding."""
    p = model.x.shape[1]
    products, log_size, inverses = np.zeros((p + 1, p + 1)), 0.0, []
    try:
        for bundle in model.bundles:
            m = covariance_of(bundle, covariances)
            root = np.linalg.cholesky(m)
            log_size += 2 * float(np.log(root.diagonal(axis1=-2, axis2=-1)).sum())
            inverse = np.linalg.inv(m)
            weighted = inverse @ bundle.columns
            flat = (-1, p + 1)
            products += bundle.columns.reshape(flat).T @ weighted.reshape(flat)
            inverses.append(inverse)
        triangle = np.linalg.cholesky(products[:p, :p])
        covariance = np.linalg.inv(products[:p, :p])
    except np.linalg.LinAlgError:
        return None
    b = covariance @ products[:p, p]
    deviance = log_size + float(products[p, p] - products[:p, p] @ b)
    if model.is_restricted:
        deviance += 2 * float(np.log(triangle.diagonal()).sum())
    return GlsSolution(deviance=deviance, b=b, covariance=covariance, inverses=tuple(inverses))


def slopes(model: MultilevelModel, at: GlsSolution) -> list[Array]:
    """Return the derivatives of the deviance by each term's G, (size, size) each.

    By M they are W - Wrr'W, less WX(X'WX)⁻¹X'W for REML, with W = M⁻¹ and residuals r. Source:
    Harville 1977, J Am Stat Assoc 72, 320-338.
    """
    p = model.x.shape[1]
    sums = [np.zeros(term.levels.size**2) for term in model.terms]
    combination = np.append(-at.b, 1.0)
    root = np.linalg.cholesky(at.covariance)
    for bundle, inverse in zip(model.bundles, at.inverses, strict=True):
        weighted = inverse @ bundle.columns
        pulled = [(weighted @ combination)[:, :, None]]
        if model.is_restricted:
            pulled.append(weighted[:, :, :p] @ root)
        both = np.concatenate(pulled, axis=2)
        by_m = (inverse - both @ both.swapaxes(1, 2)).reshape(-1)
        for i, part in enumerate(bundle.parts):
            sums[i] += np.bincount(part.pairs, by_m[part.cells], minlength=sums[i].size)
    return [
        total.reshape(term.levels.size, -1) for total, term in zip(sums, model.terms, strict=True)
    ]
