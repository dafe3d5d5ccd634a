"""The likelihood of a multilevel model and its derivatives, block by block, at several points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.multilevel.model import Bundle, MultilevelModel, TermCells


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GlsSolution:
    """What s sets of covariances give, in the units of the model.

    ``deviance`` (s,): log|M| + y'Py, for REML + log|X'M⁻¹X|, of orthonormal X. ``b`` (s, p):
    generalised least squares coefficients; ``covariance`` (s, p, p): theirs. ``inverses``: M⁻¹ of
    the blocks of each bundle, (s, m, n, n).
    """

    deviance: Array
    b: Array
    covariance: Array
    inverses: tuple[NDArray[np.floating], ...]


def covariance_of(bundle: Bundle, covariances: Sequence[Array]) -> Array:
    """Return M of a bundle's blocks, (s, m, n, n), from G of each term, (s, size, size)."""
    points = len(covariances[0]) if covariances else 1
    m = np.repeat(bundle.v[None], points, axis=0)
    flat = m.reshape(points, -1)
    for part, g in zip(bundle.parts, covariances, strict=True):
        flat[:, part.cells] += _at_cells(part, g)
    return m


def solved(model: MultilevelModel, covariances: Sequence[Array]) -> GlsSolution:
    """Return the solution at some covariances; LinAlgError where one is singular in rounding."""
    p = model.x.shape[1]
    parts, sizes, inverses = [], [], []
    for bundle in model.bundles:
        m = covariance_of(bundle, covariances)
        root = np.linalg.cholesky(m)
        sizes.append(2 * np.log(root.diagonal(axis1=-2, axis2=-1)).sum(axis=(-1, -2)))
        inverse = np.linalg.inv(m)
        parts.append(_summed(bundle.columns, inverse @ bundle.columns))
        inverses.append(inverse)
    found: Array = np.sum(parts, axis=0)
    triangle = np.linalg.cholesky(found[:, :p, :p])
    covariance: Array = np.asarray(np.linalg.inv(found[:, :p, :p]), dtype=np.float64)
    b = (covariance @ found[:, :p, p:])[..., 0]
    deviance: Array = np.sum(sizes, axis=0) + found[:, p, p] - (found[:, :p, p] * b).sum(axis=-1)
    if model.is_restricted:
        deviance = deviance + 2 * np.log(triangle.diagonal(axis1=-2, axis2=-1)).sum(axis=-1)
    return GlsSolution(deviance=deviance, b=b, covariance=covariance, inverses=tuple(inverses))


def slopes(model: MultilevelModel, at: GlsSolution) -> list[Array]:
    """Return the derivatives of the deviance by each term's G, (s, size, size) each.

    By M they are W - Wrr'W, less WX(X'WX)⁻¹X'W for REML, with W = M⁻¹ and residuals r. Source:
    Harville 1977, J Am Stat Assoc 72, 320-338.
    """
    points, p = at.b.shape
    shapes = [(points, term.levels.size, term.levels.size) for term in model.terms]
    sums = [np.zeros(shape) for shape in shapes]
    root = np.linalg.cholesky(at.covariance)[:, None]
    for bundle, inverse in zip(model.bundles, at.inverses, strict=True):
        weighted = inverse @ bundle.columns
        pulled = _residuals(weighted, at.b)
        if model.is_restricted:
            pulled = np.concatenate((pulled, weighted[..., :p] @ root), axis=-1)
        by_m = (inverse - pulled @ pulled.swapaxes(-1, -2)).reshape(points, -1)
        for i, part in enumerate(bundle.parts):
            sums[i] += _at_pairs(part, by_m, sums[i].shape)
    return sums


def average_information(
    model: MultilevelModel, at: GlsSolution, parameters: Sequence[Array]
) -> Array:
    """Return F'PF, the mean of observed and expected curvature of the deviance by M, (s, q, q).

    F holds M'Py for the derivative M' of M by each of the parameters, which come a term each.

    Source: Gilmour, Thompson & Cullis 1995, Biometrics 51, 1440-1450.
    """
    p, parts = at.b.shape[1], []
    for bundle, inverse in zip(model.bundles, at.inverses, strict=True):
        py = _residuals(inverse @ bundle.columns, at.b)
        moved = [
            _of_cells(part, slope, inverse.shape) @ py
            for term, part, own in zip(model.terms, bundle.parts, parameters, strict=True)
            for slope in term.structure.slopes(own, term.levels)
        ]
        x = np.repeat(bundle.columns[None, ..., :p], len(py), axis=0)
        both = np.concatenate((x, *moved), axis=-1)
        parts.append(_summed(both, inverse @ both))
    whole: Array = np.sum(parts, axis=0)
    along = whole[:, :p, p:]
    return np.asarray(whole[:, p:, p:] - along.swapaxes(-1, -2) @ at.covariance @ along)


def _residuals(weighted: Array, b: Array) -> Array:
    """Return the last of the weighted columns less the others times b, (s, m, n, 1)."""
    return np.asarray(weighted[..., -1:] - weighted[..., :-1] @ b[:, None, :, None])


def _summed(a: Array, b: NDArray[np.floating]) -> Array:
    """Return a'b summed over blocks: of (m, n, i) or (s, m, n, i), and (s, m, n, j)."""
    rows = (*a.shape[:-3], -1, a.shape[-1])
    return np.asarray(a.reshape(rows).swapaxes(-1, -2) @ b.reshape(len(b), -1, b.shape[-1]))


def _at_cells(part: TermCells, g: Array) -> Array:
    """Return the entry of G that belongs to each cell, (s, cells), or (s, 1) if all are one."""
    flat = g.reshape(len(g), -1)
    return flat if flat.shape[1] == 1 else flat[:, part.pairs]


def _at_pairs(part: TermCells, by_m: Array, shape: tuple[int, ...]) -> Array:
    """Return the sum of a number a cell over the cells of each entry of G, (s, size, size)."""
    points, own = shape[0], by_m[:, part.cells]
    if shape[1] == 1:
        return np.asarray(own.sum(axis=1).reshape(shape))
    places = part.pairs + np.arange(points)[:, None] * shape[1] ** 2
    sums = np.bincount(places.ravel(), own.ravel(), minlength=int(np.prod(shape)))
    return np.asarray(sums.reshape(shape), dtype=np.float64)


def _of_cells(part: TermCells, g: Array, shape: tuple[int, ...]) -> Array:
    """Return what one term adds to M, (s, m, n, n)."""
    m = np.zeros((shape[0], int(np.prod(shape[1:]))))
    m[:, part.cells] = _at_cells(part, g)
    return m.reshape(shape)
