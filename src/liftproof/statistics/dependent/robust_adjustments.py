"""What each kind of cluster-robust variance does to the residuals of a cluster, with its df."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.robust_kinds import (
    NO_JACKKNIFE,
    NO_VARIANCE,
    SINGULAR,
    factor_of,
    inverse_root,
    unbiased_root,
)
from liftproof.statistics.dependent.whitening import Whitened


def cr0(data: Whitened) -> tuple[Array, Array]:
    """Return WXB in whitened coordinates (k, p), and m - p degrees of freedom: A = I.

    Source: Liang & Zeger 1986, Biometrika 73, 13-22. metafor: ``robust(adjust=FALSE)``.

    >>> from liftproof.statistics.dependent.robust import cluster_robust
    >>> y, v = [0.1, 0.3, 0.9, 0.7, 0.2], [0.12, 0.12, 0.15, 0.12, 0.2]
    >>> fit = cluster_robust(y, v, ["a", "a", "b", "b", "c"], kind="CR0")
    >>> round(float(fit.se[0]), 4), round(float(fit.df[0]), 4)
    (0.1826, 2.0)
    """
    p = data.basis.shape[1]
    influence: Array = np.linalg.solve(data.triangle, data.basis.T).T.astype(np.float64)
    return influence, np.full(p, float(data.clusters.sizes.size - p))


def scaled(data: Whitened, *, kind: str) -> tuple[Array, Array]:
    """Return CR0 times the root of what ``factor_of`` says of a kind: CR1, CR1p, CR1m, CR1S.

    CR1 and CR1p have m/(m - p), metafor: ``robust(adjust=TRUE)``, clubSandwich: ``"CR1p"``; CR1m
    m/(m - 1), clubSandwich: ``"CR1"``; CR1S, as Stata, m(k - 1)/((m - 1)(k - p)).

    Source: as for CR0; Cameron & Miller 2015, J Hum Resour 50, 317-372.

    >>> from liftproof.statistics.dependent.robust import cluster_robust
    >>> y, v = [0.1, 0.3, 0.9, 0.7, 0.2], [0.12, 0.12, 0.15, 0.12, 0.2]
    >>> fit = cluster_robust(y, v, ["a", "a", "b", "b", "c"], kind="CR1")
    >>> round(float(fit.se[0]), 4), round(float(fit.df[0]), 4)
    (0.2236, 2.0)
    >>> given = y, v, ["a", "a", "b", "b", "c"], [1, 2, 2, 1, 1]
    >>> [cluster_robust(*given, kind=kind).se.round(4).tolist() for kind in ("CR1m", "CR1S")]
    [[0.1784, 0.0778], [0.206, 0.0899]]
    """
    influence, df = cr0(data)
    factor = factor_of(kind, data.clusters.sizes.size, *data.basis.shape)
    return influence * np.sqrt(factor), df


def cr3(data: Whitened) -> tuple[Array, Array]:
    """Return the jackknife's adjustment: A = (I - H)⁻¹ of each cluster, H = XBX'W.

    With Satterthwaite's degrees of freedom. Raises InputError where one cluster decides a
    coefficient altogether.

    Source: Bell & McCaffrey 2002, Surv Methodol 28, 169-181. clubSandwich: ``type="CR3"``.

    >>> from liftproof.statistics.dependent.robust import cluster_robust
    >>> y, v = [0.1, 0.3, 0.9, 0.7, 0.2], [0.12, 0.12, 0.15, 0.12, 0.2]
    >>> fit = cluster_robust(y, v, ["a", "a", "b", "b", "c"], kind="CR3")
    >>> round(float(fit.se[0]), 4), round(float(fit.df[0]), 4)
    (0.3159, 1.474)
    """
    plain, influence = cr0(data)[0], np.empty_like(data.basis)
    if rests_on_one_cluster(data).any():
        raise InputError(NO_JACKKNIFE)
    for chosen, _ in data.clusters.blocks():
        rows = data.clusters.rows(chosen)
        basis = data.basis[rows]
        hidden = np.eye(rows.shape[1]) - basis @ np.swapaxes(basis, 1, 2)
        influence[rows] = np.linalg.solve(hidden, plain[rows])
    return influence, _satterthwaite(data, influence, plain)


def cr4(data: Whitened) -> tuple[Array, Array]:
    """Return the adjustment of the scores that makes the variance unbiased as CR2's does.

    A cluster's score s = X'We becomes Es, E = F'(F(C)F')^(+1/2)F, with F'F = X'WX of the cluster
    and C the covariance of s under the working one. It depends on how the columns are coded. With
    Satterthwaite's degrees of freedom. Raises InputError as CR2.

    Source: Pustejovsky & Tipton 2018, J Bus Econ Stat 36, 672-683, section 2.2. clubSandwich:
    ``type="CR4"``.

    >>> from liftproof.statistics.dependent.robust import cluster_robust
    >>> y, v = [0.1, 0.3, 0.9, 0.7, 0.2], [0.12, 0.12, 0.15, 0.12, 0.2]
    >>> fit = cluster_robust(y, v, ["a", "a", "b", "b", "c"], kind="CR4")
    >>> round(float(fit.se[0]), 4), round(float(fit.df[0]), 4)
    (0.2399, 1.5732)
    """
    influence = np.empty_like(data.basis)
    back = np.linalg.inv(data.triangle.T @ data.triangle)
    for chosen, _ in data.clusters.blocks():
        rows = data.clusters.rows(chosen)
        columns = data.basis[rows] @ data.triangle
        own = np.swapaxes(columns, 1, 2) @ columns
        bend = unbiased_root(own, own - own @ back @ own)
        influence[rows] = columns @ np.swapaxes(bend, 1, 2) @ back
    return influence, _satterthwaite(data, influence, cr0(data)[0])


def cr2(data: Whitened) -> tuple[Array, Array]:
    """Return the adjustment that makes the variance unbiased under the working covariance Φ.

    A = D'(D(Φ - XBX')D')^(+1/2)D, D'D = Φ, for each cluster; with Satterthwaite's degrees of
    freedom, (tr P)²/tr P² where P is the covariance of the clusters' scores. Raises InputError
    where one cluster decides a coefficient altogether.

    Source: Pustejovsky & Tipton 2018. metafor: ``robust(clubSandwich=TRUE)``.

    >>> from liftproof.statistics.dependent.robust import cluster_robust
    >>> y, v = [0.1, 0.3, 0.9, 0.7, 0.2], [0.12, 0.12, 0.15, 0.12, 0.2]
    >>> fit = cluster_robust(y, v, ["a", "a", "b", "b", "c"], kind="CR2")
    >>> round(float(fit.se[0]), 4), round(float(fit.df[0]), 4)
    (0.2403, 1.5734)
    """
    plain, influence = cr0(data)[0], np.empty_like(data.basis)
    for root, (chosen, _) in zip(data.roots, data.clusters.blocks(), strict=True):
        rows = data.clusters.rows(chosen)
        basis, across = data.basis[rows], np.swapaxes(root, 1, 2) @ root
        hidden = np.eye(rows.shape[1]) - basis @ np.swapaxes(basis, 1, 2)
        largest = np.linalg.norm(across, 2, axis=(1, 2)) ** 2
        inverse = inverse_root(across @ hidden @ across, largest)
        influence[rows] = across @ inverse @ plain[rows]
    return influence, _satterthwaite(data, influence, plain)


def _satterthwaite(data: Whitened, influence: Array, plain: Array) -> Array:
    """Return (tr P)²/tr P² of each coefficient; P = diag(a) - HH', never formed.

    ``plain``: the influence of CR0, against which that of no variance is told.
    """
    starts = data.clusters.starts
    a = np.add.reduceat(influence**2, starts)
    h = np.add.reduceat(influence[:, None, :] * data.basis[:, :, None], starts)
    h2 = (h**2).sum(axis=1)
    trace = (a - h2).sum(axis=0)
    if (trace <= SINGULAR * (plain**2).sum(axis=0)).any():
        raise InputError(NO_VARIANCE)
    gram = np.einsum("mpc,mqc->cpq", h, h)
    squares = (a**2 - 2 * a * h2).sum(axis=0) + (gram**2).sum(axis=(1, 2))
    return np.asarray(trace**2 / squares)


def rests_on_one_cluster(data: Whitened) -> NDArray[np.bool_]:
    """Return which coefficients move with effects that the columns fit exactly, (p,)."""
    plain = cr0(data)[0]
    lost = np.zeros(plain.shape[1])
    for chosen, _ in data.clusters.blocks():
        rows = data.clusters.rows(chosen)
        basis = data.basis[rows]
        values, vectors = np.linalg.eigh(np.swapaxes(basis, 1, 2) @ basis)
        fitted = vectors * (values > 1 - SINGULAR)[:, None, :]
        along = np.swapaxes(basis @ fitted, 1, 2) @ plain[rows]
        lost += (along**2).sum(axis=(0, 1))
    return np.asarray(lost > SINGULAR * (plain**2).sum(axis=0))


Adjustment = Callable[[Whitened], tuple[Array, Array]]
KINDS: Mapping[str, Adjustment] = {
    "CR0": cr0,
    **{kind: partial(scaled, kind=kind) for kind in ("CR1", "CR1p", "CR1m", "CR1S")},
    "CR2": cr2,
    "CR3": cr3,
    "CR4": cr4,
}
"""By name; CR1p is clubSandwich's name of CR1."""
