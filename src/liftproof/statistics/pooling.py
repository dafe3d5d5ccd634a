"""The pooled estimate of a meta-analysis, with all that is reported beside it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics import heterogeneity
from liftproof.statistics.checks import Array, choose, effects_and_variances
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.intervals import Weighted, factor_and_df
from liftproof.statistics.prediction import PREDICTIONS, prediction_limits
from liftproof.statistics.result import Result
from liftproof.statistics.tau2 import FIXED, TAU2
from liftproof.statistics.tau2.standard_errors import TAU2_SE
from liftproof.statistics.weighting import weighted_mean


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pooled(Result):
    """Pooled estimates, on the analysis scale (log for ratios). Arrays have shape (...).

    ``tau2_method``, ``interval``, ``level``: how it was computed. ``k``: number of trials.
    ``estimate``, ``variance`` (of the estimate, = ``se``²), ``ci_low``, ``ci_high``.
    ``statistic`` = estimate/se, ``df`` its degrees of freedom of t (infinite: normal) and
    ``p_value`` of no effect, two-sided. Hartung-Knapp limits of identical effects have no width:
    the statistic is then infinite, or NaN for an estimate of 0.
    ``pi_low``, ``pi_high``: prediction limits of the kind ``prediction``; NaN for FE and where k
    leaves no degree of freedom.
    ``tau2`` with Q-profile limits ``tau2_ci_low``, ``tau2_ci_high``; limits NaN for k = 1 and FE.
    ``i2`` (percent) and ``h2``: from τ² and the typical variance; for FE from Q.
    ``q``, ``q_df`` and ``q_p``: Cochran's Q, k - 1, and its p value.
    ``weights``: percent, shape (..., k).
    ``tau2_se``: standard error of τ², NaN for FE. ``at_boundary``: whether the estimate of τ² is 0,
    the least there is. ``i2_ci_low``, ``i2_ci_high``, ``h2_ci_low``, ``h2_ci_high``: limits of I²
    and H² that follow those of τ².
    """

    tau2_method: str
    interval: str
    level: float
    k: int
    estimate: Array
    se: Array
    variance: Array
    statistic: Array
    df: Array | float
    p_value: Array
    ci_low: Array
    ci_high: Array
    pi_low: Array
    pi_high: Array
    tau2: Array
    tau2_ci_low: Array
    tau2_ci_high: Array
    i2: Array
    h2: Array
    q: Array
    q_df: int
    q_p: Array
    weights: Array
    prediction: str
    tau2_se: Array
    at_boundary: Array
    i2_ci_low: Array
    i2_ci_high: Array
    h2_ci_low: Array
    h2_ci_high: Array


def pool(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau2: str = "REML",
    interval: str = "hksj_adhoc",
    prediction: str = "riley",
    level: float = 0.95,
) -> Pooled:
    """Pool effects by inverse variance weights 1/(v + τ²).

    ``y`` and ``v``: effects and sampling variances on the analysis scale, shape (..., k): any
    number of data sets at once. ``tau2``: a name in TAU2; ``interval``: a name in INTERVALS;
    ``prediction``: a name in PREDICTIONS; ``level``: of all limits. A single trial is returned as
    it is: its Wald interval, τ² 0, I² 0, H² 1, Q 0 with p 1, as metafor does. Raises InputError
    and ConvergenceError.

    Source: the methods' own pages. metafor: ``rma(yi, vi, method="REML", test="adhoc")``, then
    ``confint()`` and ``predict(predtype="Riley")``.

    >>> pooled = pool([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau2="DL", interval="hksj_adhoc")
    >>> [round(float(x), 4) for x in (pooled.estimate, pooled.ci_low, pooled.ci_high)]
    [-0.2483, -0.6986, 0.202]
    >>> [round(float(x), 4) for x in (pooled.pi_low, pooled.pi_high, pooled.i2, pooled.q)]
    [-2.2043, 1.7077, 30.917, 2.8951]
    """
    y, v = effects_and_variances(y, v)
    k = y.shape[-1]
    predicts = choose(PREDICTIONS, prediction, "prediction interval")
    between = choose(TAU2, tau2, "τ² method")(y, v)
    estimate, unscaled, q_at_tau2 = weighted_mean(y, v, between)
    mean = Weighted(y=y, v=v, tau2=between, variance=unscaled, q=q_at_tau2, level=level)
    factor, df = factor_and_df(interval, mean)
    variance = unscaled * factor
    se = np.sqrt(variance)
    ci_low, ci_high = limits(estimate, se, level, df)
    statistic = _ratio(estimate, se)
    q = heterogeneity.cochran_q(y, v)
    typical = heterogeneity.typical_variance(v)
    i2, h2 = heterogeneity.i2_and_h2(between, q, typical, k - 1, is_fixed=tau2 == FIXED)
    exists = np.nan if tau2 == FIXED else 1.0  # one common effect has no spread to estimate
    tau2_ci_low, tau2_ci_high = (exists * each for each in heterogeneity.q_profile(y, v, level))
    pi_low, pi_high = prediction_limits(predicts, mean, estimate, factor, df)
    return Pooled(
        tau2_method=tau2,
        interval=interval,
        level=level,
        k=k,
        estimate=estimate,
        se=se,
        variance=variance,
        statistic=statistic,
        df=df,
        p_value=two_sided_p(statistic, df),
        ci_low=ci_low,
        ci_high=ci_high,
        pi_low=exists * pi_low,
        pi_high=exists * pi_high,
        tau2=between,
        tau2_ci_low=tau2_ci_low,
        tau2_ci_high=tau2_ci_high,
        i2=i2,
        h2=h2,
        q=q,
        q_df=k - 1,
        q_p=heterogeneity.q_p_value(q, k - 1),
        weights=_percent_weights(v, between, unscaled),
        prediction=prediction,
        tau2_se=TAU2_SE[tau2](y, v, between),
        at_boundary=(between == 0) & (tau2 != FIXED),
        i2_ci_low=heterogeneity.i2_from_tau2(tau2_ci_low, typical),
        i2_ci_high=heterogeneity.i2_from_tau2(tau2_ci_high, typical),
        h2_ci_low=heterogeneity.h2_from_tau2(tau2_ci_low, typical),
        h2_ci_high=heterogeneity.h2_from_tau2(tau2_ci_high, typical),
    )


def _percent_weights(v: Array, tau2: Array, unscaled: Array) -> Array:
    """Return 100 w/Σw; ``unscaled`` is 1/Σw. Works in place: this is the largest result."""
    weights = np.asarray(tau2)[..., None] + v
    np.divide(100 * np.asarray(unscaled)[..., None], weights, out=weights)
    return weights


def _ratio(estimate: Array, se: Array) -> Array:
    """Return estimate/se: infinite, or NaN for an estimate of 0, where se is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return estimate / se
