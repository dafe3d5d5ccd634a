"""Cluster-robust variance: right in large samples even where the working covariance is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

from liftproof.statistics.checks import Array, choose, level_of_confidence
from liftproof.statistics.dependent.robust_adjustments import KINDS, rests_on_one_cluster
from liftproof.statistics.dependent.robust_by_weights import robust_by_weights
from liftproof.statistics.dependent.robust_kinds import require_clusters
from liftproof.statistics.dependent.whitening import Whitened, whitened
from liftproof.statistics.distributions import quotient
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.on_request import on_request
from liftproof.statistics.result import Result


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
    or (k, q). ``kind``: a name in KINDS; of CR2, CR3 and CR4 the degrees of freedom are
    Satterthwaite's, of the others m - p. ``weights``: of the effects, (k,) or (k, k), where
    they are not that inverse: coefficients are by these, and CR2 and CR4 take the covariance for
    their working model. There must be more clusters than coefficients.

    Variance = Σ BX'WAee'A'WXB over clusters, with W the weights, B = (X'WX)⁻¹, e the residuals
    and A the kind's adjustment. Raises InputError.
    ``missing``: see ``statistics.missing``.

    Source: Hedges, Tipton & Johnson 2010, Res Synth Methods 1, 39-65; CR2 with Satterthwaite's
    degrees of freedom: Tipton 2015, Psychol Methods 20, 375-393; Pustejovsky & Tipton 2018, J Bus
    Econ Stat 36, 672-683. metafor: ``robust(fit, cluster, adjust=TRUE)`` for CR1,
    ``adjust=FALSE`` for CR0, ``clubSandwich=TRUE`` for CR2. clubSandwich: ``vcovCR(fit, cluster,
    type=)``, whose CR1 is CR1m here, and its CR1p CR1; after ``rma.mv(W=)`` for ``weights``.

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
    m, (k, p) = data.clusters.sizes.size, data.basis.shape
    require_clusters(m, p)
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
        return {"rests_on_one_cluster": rests_on_one_cluster(self.data)}


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
