"""Cluster-robust variance: right in large samples even where the working covariance is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, level_of_confidence
from liftproof.statistics.dependent.robust_by_weights import robust_by_weights
from liftproof.statistics.dependent.whitening import Whitened, whitened
from liftproof.statistics.distributions import quotient
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.on_request import on_request
from liftproof.statistics.result import Result

SINGULAR = 1e-10
"""An eigenvalue below this, relative to the largest, is 0: of what the columns explain fully."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClusterRobust(Result):
    """Coefficients with cluster-robust tests and limits, on the analysis scale. Arrays are (p,).

    ``kind``, ``level``: how it was computed. ``k`` effects in ``m`` clusters. ``coefficients``:
    the intercept first, with ``se``, ``covariance`` (p, p), ``statistic``, ``df`` of its t
    distribution, ``p_value``, ``ci_low`` and ``ci_high``. Of identical effects ``se`` is 0: the
    statistic is infinite, or with its p value NaN for a coefficient of 0.
    ``rests_on_one_cluster``: whether a single cluster decides part of the coefficient, so that its
    residuals there are 0 whatever the data, and no robust variance holds that part's; computed
    when it is first read.
    """

    on_request = on_request(alone=("rests_on_one_cluster",))

    kind: str
    level: float
    k: int
    m: int
    coefficients: Array
    se: Array
    covariance: Array
    statistic: Array
    df: Array
    p_value: Array
    ci_low: Array
    ci_high: Array
    rests_on_one_cluster: NDArray[np.bool_]


@of_one_index
@dropping_missing("y", "covariance", "cluster", "x", "weights")
def cluster_robust(
    y: ArrayLike,
    covariance: ArrayLike,
    cluster: ArrayLike,
    x: ArrayLike | None = None,
    *,
    intercept: bool = True,
    kind: str = "CR2",
    weights: ArrayLike | None = None,
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> ClusterRobust:
    """Return generalised least squares coefficients with cluster-robust variance.

    ``y`` (k,); ``covariance``: the working covariance of y, (k,) or (k, k), 0 between clusters:
    v + τ² of a pooled estimate or a meta-regression, ``marginal_covariance`` of a three-level
    model; its inverse holds the weights. ``cluster``: one label an effect. ``x``: moderators (k,)
    or (k, q). ``kind``: a name in KINDS. ``weights``: of the effects, (k,) or (k, k), where
    they are not that inverse: coefficients are by these, and CR2 takes the covariance for its
    working model. There must be more clusters than coefficients.

    Variance = Σ BX'WAee'A'WXB over clusters, with W the weights, B = (X'WX)⁻¹, e the residuals
    and A the kind's adjustment. Raises InputError.
    ``missing``: see ``statistics.missing``.

    Source: Hedges, Tipton & Johnson 2010, Res Synth Methods 1, 39-65; CR2 with Satterthwaite's
    degrees of freedom: Tipton 2015, Psychol Methods 20, 375-393; Pustejovsky & Tipton 2018, J Bus
    Econ Stat 36, 672-683. metafor: ``robust(fit, cluster, adjust=TRUE)`` for CR1,
    ``adjust=FALSE`` for CR0, ``clubSandwich=TRUE`` for CR2. clubSandwich: ``vcovCR(rma.mv(W=),
    cluster, type="CR2")`` for ``weights``.

    >>> y, v = [0.1, 0.3, 0.9, 0.7, 0.2], [0.12, 0.12, 0.15, 0.12, 0.2]
    >>> fit = cluster_robust(y, v, ["a", "a", "b", "b", "c"])
    >>> [round(float(z[0]), 4) for z in (fit.coefficients, fit.se, fit.df)]
    [0.4409, 0.2403, 1.5734]
    """
    adjust = choose(KINDS, kind, "kind of robust variance")
    if weights is not None:
        columns = y, covariance, cluster, x, weights
        by = robust_by_weights(*columns, intercept=intercept, kind=kind)
        known = _numbers(kind, level, by.k, by.m, by.coefficients, by.covariance, by.df)
        return ClusterRobust(rests_on_one_cluster=by.alone, **known)
    data = whitened(y, covariance, cluster, x, intercept=intercept)
    require_clusters(data)
    m, k = data.clusters.sizes.size, len(data.basis)
    influence, df = adjust(data)
    scores = np.add.reduceat(influence * data.residuals[:, None], data.clusters.starts)
    known = _numbers(kind, level, k, m, data.coefficients, scores.T @ scores, df)
    return ClusterRobust.with_source(_Source(data), **known)


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """What is left to tell once it is read, of data of its own."""

    data: Whitened

    def alone(self) -> dict[str, NDArray[np.bool_]]:
        """Return which coefficients rest on one cluster."""
        return {"rests_on_one_cluster": _rests_on_one_cluster(self.data)}


def _numbers(
    kind: str,
    level: float,
    k: int,
    m: int,
    coefficients: Array,
    covariance: Array,
    df: Array,
) -> dict[str, Any]:
    """Return the tests and limits of coefficients with a robust covariance, by name."""
    se = np.sqrt(covariance.diagonal())
    statistic = quotient(coefficients, se)
    half_width = -stdtrit(df, (1 - level_of_confidence(level)) / 2) * se
    return {
        "kind": kind,
        "level": level,
        "k": k,
        "m": m,
        "coefficients": coefficients,
        "se": se,
        "covariance": covariance,
        "statistic": statistic,
        "df": df,
        "p_value": np.asarray(2 * stdtr(df, -np.abs(statistic))),
        "ci_low": coefficients - half_width,
        "ci_high": coefficients + half_width,
    }


def require_clusters(data: Whitened) -> None:
    """Raise InputError where there are no more clusters than coefficients."""
    m, p = data.clusters.sizes.size, data.basis.shape[1]
    if m <= p:
        raise InputError(
            f"{m} clusters are too few for a robust variance of {p} coefficients: there must be "
            "more of them. Leave out moderators, or report the variance of the model itself."
        )


def cr0(data: Whitened) -> tuple[Array, Array]:
    """Return WXB in whitened coordinates (k, p), and m - p degrees of freedom: A = I.

    Source: Liang & Zeger 1986, Biometrika 73, 13-22. metafor: ``robust(adjust=FALSE)``.

    >>> y, v = [0.1, 0.3, 0.9, 0.7, 0.2], [0.12, 0.12, 0.15, 0.12, 0.2]
    >>> fit = cluster_robust(y, v, ["a", "a", "b", "b", "c"], kind="CR0")
    >>> round(float(fit.se[0]), 4), round(float(fit.df[0]), 4)
    (0.1826, 2.0)
    """
    p = data.basis.shape[1]
    influence: Array = np.linalg.solve(data.triangle, data.basis.T).T.astype(np.float64)
    return influence, np.full(p, float(data.clusters.sizes.size - p))


def cr1(data: Whitened) -> tuple[Array, Array]:
    """Return the same times √(m/(m - p)): A² = m/(m - p). metafor: ``robust(adjust=TRUE)``.

    clubSandwich calls this CR1p; its CR1 has m/(m - 1).

    Source: as for CR0; Cameron & Miller 2015, J Hum Resour 50, 317-372.

    >>> y, v = [0.1, 0.3, 0.9, 0.7, 0.2], [0.12, 0.12, 0.15, 0.12, 0.2]
    >>> fit = cluster_robust(y, v, ["a", "a", "b", "b", "c"], kind="CR1")
    >>> round(float(fit.se[0]), 4), round(float(fit.df[0]), 4)
    (0.2236, 2.0)
    """
    influence, df = cr0(data)
    return influence * np.sqrt(data.clusters.sizes.size / df[0]), df


def cr2(data: Whitened) -> tuple[Array, Array]:
    """Return the adjustment that makes the variance unbiased under the working covariance Φ.

    A = D'(D(Φ - XBX')D')^(+1/2)D, D'D = Φ, for each cluster; with Satterthwaite's degrees of
    freedom, (tr P)²/tr P² where P is the covariance of the clusters' scores. Raises InputError
    where one cluster decides a coefficient altogether.

    Source: Pustejovsky & Tipton 2018. metafor: ``robust(clubSandwich=TRUE)``.

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
        influence[rows] = across @ _inverse_root(across @ hidden @ across) @ plain[rows]
    return influence, _satterthwaite(data, influence)


def _satterthwaite(data: Whitened, influence: Array) -> Array:
    """Return (tr P)²/tr P² of each coefficient; P = diag(a) - HH', never formed."""
    starts = data.clusters.starts
    a = np.add.reduceat(influence**2, starts)
    h = np.add.reduceat(influence[:, None, :] * data.basis[:, :, None], starts)
    h2 = (h**2).sum(axis=1)
    trace = (a - h2).sum(axis=0)
    if (trace <= SINGULAR * (cr0(data)[0] ** 2).sum(axis=0)).any():
        raise InputError(
            "One cluster alone decides a coefficient: CR2 has no variance for it. Leave out the "
            "moderator that marks it, or that cluster."
        )
    gram = np.einsum("mpc,mqc->cpq", h, h)
    squares = (a**2 - 2 * a * h2).sum(axis=0) + (gram**2).sum(axis=(1, 2))
    return np.asarray(trace**2 / squares)


def _rests_on_one_cluster(data: Whitened) -> NDArray[np.bool_]:
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


def _inverse_root(matrices: Array) -> Array:
    """Return the symmetric pseudo-inverse square roots of matrices, (..., n, n)."""
    values, vectors = np.linalg.eigh(matrices)
    kept = values > SINGULAR * values[..., -1:]
    roots = np.where(kept, 1 / np.sqrt(np.where(kept, values, 1.0)), 0.0)
    return np.asarray((vectors * roots[..., None, :]) @ np.swapaxes(vectors, -1, -2))


Adjustment = Callable[[Whitened], tuple[Array, Array]]
KINDS: Mapping[str, Adjustment] = {"CR0": cr0, "CR1": cr1, "CR2": cr2}
