"""What every Mantel-Haenszel estimate reports."""

from dataclasses import dataclass

import numpy as np

from liftproof.statistics.checks import Array, require
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.result import Result, along
from liftproof.statistics.sparse.effects import Effects
from liftproof.statistics.sparse.homogeneity import Counts, chi2_p, h2_of, i2_of, q_about


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MantelHaenszel(Result):
    """Pooled estimates on the analysis scale (log for ratios). Arrays have shape (...).

    ``measure`` (metafor's code), ``level``, ``k`` (trials). ``estimate``, ``se``, ``variance``
    (= ``se``²), ``statistic`` = estimate/se, ``p_value`` of no effect (normal, two-sided),
    ``ci_low``, ``ci_high``. ``k_q`` trials whose effects enter Cochran's ``q`` about the estimate,
    with ``q_df`` = k_q - 1, or 0, and ``q_p``; ``i2`` (percent) and ``h2`` from Q.
    ``weights``: percent, shape (..., k).
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


def pooled_result(
    measure: str, estimate: Array, variance: Array, weights: Array, single: Effects, level: float
) -> MantelHaenszel:
    """Return the result with its test, its limits and Q about the estimate."""
    require(variance > 0, variance, f"The variance of the pooled {measure} must be positive")
    se = np.sqrt(variance)
    ci_low, ci_high = limits(estimate, se, level)
    q, k_q = q_about(estimate, single)
    df = np.maximum(k_q - 1, 0)
    return MantelHaenszel(
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


def require_trials(weights: Array) -> None:
    """Raise InputError where a data set has no trial left."""
    total = weights.sum(axis=-1)
    require(total > 0, total, "A data set must keep a trial, whose weights sum to more than 0")


def require_both_sides(r: Array, s: Array, name: str) -> None:
    """Raise InputError where the numerator or the denominator of a ratio is 0."""
    for part, arm in ((r, "intervention"), (s, "control")):
        total = part.sum(axis=-1)
        require(
            total > 0,
            total,
            f"The pooled {name} has no finite estimate unless some trial with participants at risk "
            f"in both arms counts for the {arm} arm: the sum of its terms must be positive",
        )
