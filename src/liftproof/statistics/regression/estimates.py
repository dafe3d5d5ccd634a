"""Weighted least squares at a given τ²."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.products import einsum
from liftproof.statistics.projection import Fit, Projection, at_tau2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Estimates:
    """Coefficients (..., p), (X'WX)⁻¹ (..., p, p), the generalised Q and tr P, both (...)."""

    coefficients: Array
    covariance: Array
    q: Array
    trace: Array


def least_squares(y: ArrayLike, v: ArrayLike, x: Array, tau2: ArrayLike) -> Estimates:
    """Return the fit with weights 1/(v + τ²); ``x`` (..., k, p), ``tau2`` (...).

    metafor: ``rma(yi, vi, mods = x, intercept=FALSE, tau2=tau2)``.

    Source: Berkey, Hoaglin, Mosteller & Colditz 1995, Stat Med 14, 395-411.

    >>> fit = least_squares([0.0, 1.0, 5.0], [1.0, 1.0, 2.0], np.ones((3, 1)), 0.0)
    >>> fit.coefficients.round(6).tolist(), fit.covariance.tolist(), round(float(fit.q), 6)
    ([1.4], [[0.4]], 8.6)
    """
    y, v = np.asarray(y, dtype=np.float64), np.asarray(v, dtype=np.float64)
    constant, origin = constant_effect(y, v, x)
    return unpacked(_fit(y - origin, v, tau2, x=x), constant)


def unpacked(packed: Array, constant: Array) -> Estimates:
    """Return as :class:`Estimates` what :func:`packed` returned, (p + p² + 2, ...)."""
    p = constant.shape[-1]
    rows = packed if packed.ndim == 1 else np.moveaxis(packed, 0, -1)
    return Estimates(
        coefficients=rows[..., :p] + constant,
        covariance=rows[..., p:-2].reshape(*rows.shape[:-1], p, p),
        q=rows[..., -2][()],
        trace=rows[..., -1][()],
    )


def constant_effect(y: Array, v: Array, x: Array) -> tuple[Array, Array]:
    """Return coefficients (..., p) of a constant effect and that effect (..., 1): the most precise.

    Taken out beforehand, it leaves identical effects with slopes of exactly 0. Both are 0 where no
    column of x is constant.
    """
    is_same = (x == x[..., :1, :]) & (x != 0)
    same = np.flatnonzero(is_same.all(axis=tuple(range(x.ndim - 1))))
    if not same.size:
        return np.zeros(x.shape[-1]), np.zeros(1)
    most_precise = v.argmin(axis=-1)
    if y.ndim == 1:
        origin = y[most_precise, None]
    else:
        origin = np.take_along_axis(y, most_precise[..., None], axis=-1)
    per_effect = np.zeros_like(x[..., 0, :])
    per_effect[..., same[0]] = 1 / x[..., 0, same[0]]
    return per_effect * origin, origin


@batched
def _fit(trials: Trials, tau2: Array) -> Array:
    return packed(trials, at_tau2(trials, tau2))


def packed(trials: Trials, fit: Projection) -> Array:
    """Return coefficients, covariance row by row, Q and tr P, shape (p + p² + 2, n)."""
    assert isinstance(fit, Fit)
    assert trials.moderators is not None
    inverse = inverse_triangle(fit, trials.moderators.triangle)
    loadings = np.stack(fit.loadings)
    coefficients = einsum("abn,bn->an", inverse, loadings)
    intercepts = einsum("abn,bn->an", inverse, np.stack([_constant(fit, b) for b in fit.basis]))
    covariance = einsum("abn,cbn->acn", inverse, inverse)
    return np.concatenate(
        (
            coefficients + trials.origin * intercepts,
            covariance.reshape(len(coefficients) ** 2, len(trials.origin)),
            fit.q[None],
            fit.trace()[None],
        )
    )


def _constant(fit: Fit, column: Array) -> Array:
    """Return the product of a column of the basis with √w, the scaled constant effect."""
    return np.asarray(einsum("kn,kn->n", column, fit.root))


def inverse_triangle(fit: Fit, triangle: Array) -> Array:
    """Return the (p, p, n) matrix that turns loadings on the basis into coefficients of x."""
    whole = einsum("abn,bcn->acn", fit.triangle, triangle)
    return np.asarray(np.linalg.inv(whole.transpose(2, 0, 1)).transpose(1, 2, 0))
