"""Peto's one-step odds ratio."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, require
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.result import Result, along
from liftproof.statistics.sparse.homogeneity import Counts, chi2_p, h2_of, i2_of
from liftproof.statistics.sparse.zero_cells import FOR_POOLING, ZeroCells, table_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Peto(Result):
    """Pooled log odds ratios by Peto's method. Arrays have shape (...).

    ``level``, ``k`` (trials). ``estimate``, ``se``, ``variance`` (= ``se``²), ``statistic`` =
    estimate/se, ``p_value`` of no effect (normal, two-sided), ``ci_low``, ``ci_high``. ``k_q``
    trials with a variance enter ``q``, with ``q_df`` = k_q - 1, or 0, and ``q_p``; ``i2``
    (percent) and ``h2`` from Q. ``weights``: percent, shape (..., k).
    """

    per_trial = along("weights")

    level: float
    k: int
    estimate: Array
    se: Array
    variance: Array
    statistic: Array
    p_value: Array
    ci_low: Array
    ci_high: Array
    k_q: Counts
    q: Array
    q_df: Counts
    q_p: Array
    i2: Array
    h2: Array
    weights: Array


@in_blocks()
def peto(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    pooling: ZeroCells = FOR_POOLING,
    level: float = 0.95,
) -> Peto:
    """Return Σ(O - E)/ΣV, variance 1/ΣV; Q = Σ(O - E)²/V - (Σ(O - E))²/ΣV.

    O = a, E = n₁m/N, V = n₁n₂m(N - m)/(N²(N - 1)), m = a + c. Close to the odds ratio where it
    is near 1 and arms are of like size, else biased towards 1. Trials in which nobody, or
    everybody, had an event have V = 0 and no part. Counts (..., k). Raises InputError.

    Source: Yusuf et al. 1985, Prog Cardiovasc Dis 27, 335-371. metafor: ``rma.peto(ai, n1i=, ci,
    n2i=)``. meta: ``metabin(method="Peto")``.

    >>> pooled = peto([4, 6, 0], [123, 306, 50], [11, 29, 0], [139, 303, 50])
    >>> round(float(pooled.estimate), 6), round(float(pooled.se), 6), int(pooled.k_q)
    (-1.240086, 0.291159, 2)
    """
    raw = table_of(events_intervention, n_intervention, events_control, n_control)
    table = raw.treated(pooling)
    n = np.where(table.kept, table.n, 2.0)
    distance = table.a - table.n1 * table.events / n
    v = (table.n1 / n) * (table.n2 / n) * table.events * (table.b + table.d) / (n - 1)
    total = v.sum(axis=-1)
    require(total > 0, total, "Peto's method needs a trial with some, not only, events: ΣV > 0")
    estimate = distance.sum(axis=-1) / total
    single = np.divide(distance, v, out=np.zeros_like(v), where=v > 0)
    return _result(estimate, v, single - estimate[..., None], level)


def _result(estimate: Array, v: Array, residuals: Array, level: float) -> Peto:
    """Return the result with its test, its limits and Q."""
    total = v.sum(axis=-1)
    se = np.sqrt(1 / total)
    ci_low, ci_high = limits(estimate, se, level)
    q = np.asarray((v * residuals**2).sum(axis=-1))[()]
    k_q = np.asarray((v > 0).sum(axis=-1))[()]
    df = np.maximum(k_q - 1, 0)
    return Peto(
        level=level,
        k=v.shape[-1],
        estimate=estimate[()],
        se=se[()],
        variance=(1 / total)[()],
        statistic=(estimate / se)[()],
        p_value=two_sided_p(estimate / se),
        ci_low=ci_low[()],
        ci_high=ci_high[()],
        k_q=k_q,
        q=q,
        q_df=df,
        q_p=chi2_p(q, df),
        i2=i2_of(q, df),
        h2=h2_of(q, df),
        weights=100 * v / total[..., None],
    )
