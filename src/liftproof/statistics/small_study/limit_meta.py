"""Limit meta-analysis: the effect of a trial of infinite precision, trials still differing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, choose, effects_and_variances, level_of_confidence
from liftproof.statistics.distributions import limits, quotient, two_sided_p
from liftproof.statistics.heterogeneity import cochran_q
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.cannot_tell import at_least, of_correction
from liftproof.statistics.small_study.line import FEWEST, SAME, weighted_line
from liftproof.statistics.tau2 import TAU2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LimitMetaAnalysis(Result):
    """A limit meta-analysis. Arrays have shape (...), on the analysis scale.

    ``tau2_method``, ``level``: how it was computed; ``k``: number of trials. ``tau2``: without
    small-study effects. ``bias``: α, the shift of a small trial in standard errors; ``slope``: β.
    ``estimate`` = β + τα with ``se``, ``ci_low``, ``ci_high`` (normal), ``p_value``.
    ``q`` = ``q_small`` + ``q_residual``: heterogeneity that small-study effects explain, and not.
    ``g2``: share of the variance between limit trials that small-study effects do not explain, 0
    to 1; NaN where τ² is 0. ``cannot_tell``: a sentence.
    """

    tau2_method: str
    level: float
    k: int
    tau2: Array
    bias: Array
    slope: Array
    estimate: Array
    se: Array
    ci_low: Array
    ci_high: Array
    p_value: Array
    q: Array
    q_small: Array
    q_residual: Array
    g2: Array
    cannot_tell: str


@of_one_index
@by_metafors_names
@dropping_missing("y", "v")
@in_blocks()
def limit_meta_analysis(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau2: str = "REML",
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> LimitMetaAnalysis:
    """Return β + τα of the model y = β + √(v + τ²)(α + ε): its mean where v is 0.

    α and β are intercept and slope of y/√(v + τ²) on 1/√(v + τ²), with known variance 1. The limit
    effect of a trial is β + √(τ²/(v + τ²))(y - β); G² is 1 - R² of their own regression, with
    weights 1/v. ``y`` and ``v`` (..., k), k of 3 or more, not all variances equal. Raises
    InputError and ConvergenceError.

    ``missing``: see ``statistics.missing``.

    Source: Rücker et al. 2011, Biostatistics 12, 122-142. metasens:
    ``limitmeta(metagen(y, sqrt(v), method.tau="REML"), method.adjust="beta0")``.

    >>> found = limit_meta_analysis([-0.9, -0.5, -0.4, 0.4], [0.3, 0.2, 0.05, 0.02])
    >>> round(float(found.estimate), 4), round(float(found.se), 4), round(float(found.g2), 4)
    (0.2089, 0.4376, 0.5281)
    """
    y, v = effects_and_variances(y, v)
    k = y.shape[-1]
    at_least(k, FEWEST, "A limit meta-analysis")
    level_of_confidence(level)
    if (np.ptp(v, axis=-1) <= SAME * v.max(axis=-1)).any():
        raise InputError("A limit meta-analysis needs trials of different precision.")
    between = np.asarray(choose(TAU2, tau2, "τ² method")(y, v))
    bias, slope, estimate, se, g2 = _limit(y, v, between[..., None])
    ci_low, ci_high = limits(estimate[()], se[()], level)
    q = cochran_q(y, v)
    line = weighted_line(y, np.sqrt(v), 1 / v)
    return LimitMetaAnalysis(
        tau2_method=tau2,
        level=level,
        k=k,
        tau2=between[()],
        bias=bias[()],
        slope=slope[()],
        estimate=estimate[()],
        se=se[()],
        ci_low=ci_low,
        ci_high=ci_high,
        p_value=two_sided_p(estimate / se),
        q=q,
        q_small=q - line.dispersion * line.df,
        q_residual=line.dispersion * line.df,
        g2=g2[()],
        cannot_tell=of_correction(k),
    )


def _limit(y: Array, v: Array, tau2: Array) -> Array:
    """Return α, β, the estimate, its standard error and G²; (5, ...).

    In the line of y on √(v + τ²) - τ, computed as v/(√(v + τ²) + τ), the intercept is the estimate
    and α the slope.
    """
    s, tau = np.sqrt(v + tau2), np.sqrt(tau2)
    x, w = v / (s + tau), 1 / s**2
    line = weighted_line(y, x, w)
    total = w.sum(axis=-1)
    mean = (w * x).sum(axis=-1) / total
    se = np.sqrt(1 / total + mean**2 / (w * (x - mean[..., None]) ** 2).sum(axis=-1))
    beta = np.asarray(line.intercept - tau[..., 0] * line.slope)
    limit_effects = beta[..., None] + tau / s * (y - beta[..., None])
    return np.stack((line.slope, beta, line.intercept, se, _unexplained(limit_effects, v)))


def _unexplained(effects: Array, v: Array) -> Array:
    """Return 1 - R² of effects/√v on 1/√v; NaN where all effects are equal."""
    ordinate, abscissa = effects / np.sqrt(v), 1 / np.sqrt(v)
    line = weighted_line(ordinate, abscissa, np.ones_like(v))
    around_mean = ((ordinate - ordinate.mean(axis=-1, keepdims=True)) ** 2).sum(axis=-1)
    equal = np.ptp(effects, axis=-1) <= SAME * np.abs(effects).max(axis=-1)
    left = np.where(equal, np.nan, line.dispersion * line.df)
    return quotient(left, around_mean)
