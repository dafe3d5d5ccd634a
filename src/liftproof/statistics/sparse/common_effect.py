"""What every method reports that pools counts to one effect common to all trials."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.result import Result, along
from liftproof.statistics.sparse.homogeneity import Counts, chi2_p, h2_of, i2_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CommonEffect(Result):
    """Pooled estimates on the analysis scale (log for ratios). Arrays have shape (...).

    ``measure`` (metafor's code), ``level``, ``k`` (trials). ``estimate``, ``se``, ``variance``
    (= ``se``²), ``statistic`` = estimate/se, ``p_value`` of no effect (normal, two-sided),
    ``ci_low``, ``ci_high``. ``k_q`` trials enter ``q``, with ``q_df`` = k_q - 1, or 0, and
    ``q_p``; ``i2`` (percent) and ``h2`` from Q. ``weights``: percent, shape (..., k).
    """

    per_trial = along("weights")

    measure: str
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


Found = TypeVar("Found", bound=CommonEffect)


def with_tests(
    kind: type[Found],
    measure: str,
    estimate: Array,
    variance: Array,
    weights: Array,
    heterogeneity: tuple[Array, Counts],
    level: float,
) -> Found:
    """Return a result of this kind; ``heterogeneity``: Q and the number of trials that enter it."""
    se = np.sqrt(variance)
    ci_low, ci_high = limits(estimate, se, level)
    q, k_q = heterogeneity
    df = np.maximum(k_q - 1, 0)
    return kind(
        measure=measure,
        level=level,
        k=weights.shape[-1],
        estimate=estimate[()],
        se=se[()],
        variance=variance[()],
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
        weights=100 * weights / weights.sum(axis=-1, keepdims=True),
    )
