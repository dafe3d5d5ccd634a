"""Cluster-robust variance of least squares by weights that are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.design import design_matrix
from liftproof.statistics.dependent.given_weights import checked_weights, weighted_coefficients
from liftproof.statistics.dependent.groups import Groups, Places, covariance_within, grouped
from liftproof.statistics.dependent.robust_kinds import (
    NO_JACKKNIFE,
    NO_VARIANCE,
    SINGULAR,
    factor_of,
    require_clusters,
    unbiased_root,
)
from liftproof.statistics.dependent.whitening import effects_of_clusters


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RobustByWeights:
    """``coefficients`` (p,), their ``covariance`` and ``df``; ``k`` effects in ``m`` clusters;
    ``alone`` (p,): whether a coefficient moves with effects that the columns fit exactly."""

    coefficients: Array
    covariance: Array
    df: Array
    k: int
    m: int
    alone: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fit:
    """``x`` (k, p), ``gram`` X'WX (p, p), ``working`` covariance Φ (k, k), ``rest`` I - H (k, k),
    ``onto`` (p, k), which takes effects to coefficients, ``residuals`` (k,), ``clusters``."""

    x: Array
    gram: Array
    working: Array
    rest: Array
    onto: Array
    residuals: Array
    clusters: Groups

    def members(self) -> Iterator[Places]:
        """Yield the places of each cluster's effects."""
        for number in range(self.clusters.sizes.size):
            yield np.flatnonzero(self.clusters.number == number)


def robust_by_weights(
    y: ArrayLike,
    covariance: ArrayLike,
    cluster: ArrayLike,
    x: ArrayLike | None,
    weights: ArrayLike,
    *,
    intercept: bool,
    kind: str,
) -> RobustByWeights:
    """Return coefficients by given weights W and their robust variance; InputError.

    With M = (X'WX)⁻¹ and H = XMX'W: variance Σ MX'WAee'A'WXM over clusters; of CR2 A is
    D'(D(I - H)Φ(I - H)'D')^(+1/2)D, D'D = Φ, each cluster's own part, of CR3 (I - H)⁻¹; CR4 takes
    EX'We for X'WAe, with E F E' = X'WΦWX for F the covariance of X'We. With Satterthwaite's degrees
    of freedom under the working covariance Φ.

    Source: Pustejovsky & Tipton 2018, J Bus Econ Stat 36, 672-683, equation 8.
    """
    effects = effects_of_clusters(y)
    k = effects.size
    clusters = grouped(cluster, k, "cluster")
    working = covariance_within(covariance, clusters, "cluster")
    columns = design_matrix(x, k, intercept=intercept)
    given = checked_weights(weights, k)
    if not (given[clusters.number[:, None] != clusters.number] == 0).all():
        raise InputError("weights must be 0 between clusters.")
    dense = np.diag(working) if working.ndim == 1 else working
    coefficients, _ = weighted_coefficients(columns, effects, dense, given)
    gram = columns.T @ given @ columns
    onto: Array = np.linalg.solve(gram, columns.T @ given).astype(np.float64)
    fit = _Fit(
        x=columns,
        gram=gram,
        working=dense,
        rest=np.eye(k) - columns @ onto,
        onto=onto,
        residuals=effects - columns @ coefficients,
        clusters=clusters,
    )
    m, p = clusters.sizes.size, columns.shape[1]
    require_clusters(m, p)
    alone = _alone(fit)
    if kind == "CR3" and alone.any():
        raise InputError(NO_JACKKNIFE)
    adjust = ADJUSTED.get(kind, _plain)
    paths = [adjust(fit, own) for own in fit.members()]
    scores = np.array(
        [path @ fit.residuals[own] for path, own in zip(paths, fit.members(), strict=True)]
    )
    df = _satterthwaite(fit, paths) if kind in ADJUSTED else np.full(p, float(m - p))
    return RobustByWeights(
        coefficients=coefficients,
        covariance=factor_of(kind, m, k, p) * scores.T @ scores,
        df=df,
        k=k,
        m=m,
        alone=alone,
    )


def _plain(fit: _Fit, own: Places) -> Array:
    """Return MX'W of one cluster, (p, n)."""
    return fit.onto[:, own]


def _adjusted(fit: _Fit, own: Places) -> Array:
    """Return MX'WA of one cluster, (p, n), of CR2."""
    root, values, vectors, kept = _seen(fit, own)
    inverse = (vectors[:, kept] / np.sqrt(values[kept])) @ vectors[:, kept].T
    return np.asarray(fit.onto[:, own] @ root.T @ inverse @ root)


def _jackknifed(fit: _Fit, own: Places) -> Array:
    """Return the same of CR3."""
    hidden = fit.rest[np.ix_(own, own)]
    return np.linalg.solve(hidden.T, fit.onto[:, own].T).T.astype(np.float64)


def _by_scores(fit: _Fit, own: Places) -> Array:
    """Return MEX'W of one cluster, (p, n), of CR4."""
    score = fit.gram @ fit.onto[:, own]
    whole = score @ fit.working[np.ix_(own, own)] @ score.T
    through = score @ fit.rest[own]
    bend = unbiased_root(whole, through @ fit.working @ through.T)
    return np.linalg.solve(fit.gram, bend @ score).astype(np.float64)


ADJUSTED = {"CR2": _adjusted, "CR3": _jackknifed, "CR4": _by_scores}
"""By kind, what takes the residuals of a cluster to its part of the coefficients' errors."""


def _seen(fit: _Fit, own: Places) -> tuple[Array, Array, Array, NDArray[np.bool_]]:
    """Return D of a cluster, eigenvalues and vectors of what it hides, and which are seen."""
    root = np.asarray(np.linalg.cholesky(fit.working[np.ix_(own, own)]).T, dtype=np.float64)
    hidden = root @ fit.rest[own] @ fit.working @ fit.rest[own].T @ root.T
    values, vectors = np.linalg.eigh(hidden)
    return root, values, vectors, values > SINGULAR * np.linalg.norm(root @ root.T) ** 2


def _alone(fit: _Fit) -> NDArray[np.bool_]:
    """Return which coefficients move with effects that the columns fit exactly, (p,)."""
    lost = np.zeros(len(fit.onto))
    for own in fit.members():
        root, _, vectors, kept = _seen(fit, own)
        if not kept.all():
            fitted = np.linalg.qr(root @ root.T @ vectors[:, ~kept])[0]
            lost += ((fit.onto[:, own] @ root.T @ fitted) ** 2).sum(axis=1)
    return np.asarray(lost > SINGULAR * (fit.onto @ fit.working @ fit.onto.T).diagonal())


def _satterthwaite(fit: _Fit, paths: list[Array]) -> Array:
    """Return (tr P)²/tr P² of each coefficient, P the covariance of the clusters' scores."""
    through = np.stack(
        [path @ fit.rest[own] for path, own in zip(paths, fit.members(), strict=True)], axis=1
    )  # (p, m, k)
    scores = through @ fit.working @ np.swapaxes(through, 1, 2)
    trace = np.trace(scores, axis1=1, axis2=2)
    squares = (scores**2).sum(axis=(1, 2))
    if (trace <= SINGULAR * (fit.onto @ fit.working @ fit.onto.T).diagonal()).any():
        raise InputError(NO_VARIANCE)
    return np.asarray(trace**2 / squares)
