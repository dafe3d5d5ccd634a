"""How far the effects of trials differ beyond chance: Q, I², H² and limits of τ².

I² and H² exist in two definitions that differ once τ² is not the moment estimate: from Q (Higgins
and Thompson), and from τ² and the typical sampling variance (metafor's). Each has its own name.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, chdtri

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array, level_of_confidence, not_negative
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.projection import Mean, about_the_mean
from liftproof.statistics.tau2.generalised_q import at_q
from liftproof.statistics.weighting import dot, weighted_mean

Degrees = float | Array
"""Of freedom: one number for all data sets, or of subsets of trials (...), none 0."""


def cochran_q(y: ArrayLike, v: ArrayLike) -> Array:
    """Return Q = Σ(y - mean)²/v about the fixed-effect mean; (..., k) to (...).

    Source: Cochran 1954, Biometrics 10, 101-129. metafor: ``rma(yi, vi)$QE``.

    >>> float(cochran_q([0.0, 2.0], [1.0, 1.0]))
    2.0
    """
    q: Array = weighted_mean(y, v, 0.0)[2]
    return q


def q_p_value(q: ArrayLike, df: Degrees) -> Array:
    """Return the p value of homogeneity: χ² with k - 1 degrees of freedom; 1 for a single trial.

    Source: Cochran 1954, Biometrics 10, 101-129. metafor: ``rma(yi, vi)$QEp``.

    >>> round(float(q_p_value(2.0, 1)), 6)
    0.157299
    >>> q_p_value([0.0, 2.0], np.array([0, 1])).round(6).tolist()
    [1.0, 0.157299]
    """
    q = np.asarray(q, dtype=np.float64)
    if isinstance(df, int | float):
        return np.asarray(chdtrc(df, q) if df > 0 else np.ones_like(q))[()]
    return np.asarray(np.where(np.asarray(df) > 0, chdtrc(df, q), 1.0))[()]


def typical_variance(v: ArrayLike) -> Array:
    """Return (k - 1) Σw / ((Σw)² - Σw²), w = 1/v: the sampling variance that I² is relative to.

    Source: Higgins & Thompson 2002, Stat Med 21, 1539-1558, equation 9. metafor: ``rma()$vt``. Of
    a single trial it is the trial's variance, the limit of equal ones (metafor: 0).

    >>> float(typical_variance([0.5, 0.5, 0.5]))
    0.5
    """
    return _typical_variance(np.zeros_like(v, dtype=np.float64), v)


@batched
def _typical_variance(trials: Trials) -> Array:
    """Return the typical variance; the effects play no part."""
    return typical_of_mean(trials, about_the_mean(trials, 1 / trials.v))


def typical_of_mean(trials: Trials, at_zero: Mean) -> Array:
    """Return the typical variance from P for the weights 1/v, shape (n,)."""
    df, trace = trials.count - 1, dot(at_zero.w, at_zero.others) / at_zero.total
    if not df.all():
        return np.where(df > 0, df / np.where(df > 0, trace, 1.0), trials.v[0])
    return np.asarray(df / trace)


def i2_from_tau2(tau2: ArrayLike, typical: ArrayLike) -> Array:
    """Return I² = 100 τ²/(τ² + typical variance), percent. metafor: ``rma()$I2``.

    Source: Higgins & Thompson 2002, Stat Med 21, 1539-1558.

    >>> float(i2_from_tau2(0.3, 0.1))
    75.0
    """
    tau2 = not_negative("τ²", tau2)
    return np.asarray(100 * tau2 / (tau2 + np.asarray(typical)))[()]


def h2_from_tau2(tau2: ArrayLike, typical: ArrayLike) -> Array:
    """Return H² = 1 + τ²/typical variance. metafor: ``rma()$H2``.

    Source: Higgins & Thompson 2002, Stat Med 21, 1539-1558.

    >>> float(h2_from_tau2(0.25, 0.125))
    3.0
    """
    return np.asarray(1 + not_negative("τ²", tau2) / np.asarray(typical))[()]


def i2_and_h2(
    tau2: Array, q: Array, typical: Array, df: Degrees, *, is_fixed: bool
) -> tuple[Array, Array]:
    """Return I² and H² as metafor reports them: from τ², but from Q where τ² is 0 by definition.

    For τ² that an estimator found: 0 or more.

    >>> i2, h2 = i2_and_h2(0.3, 8.0, 0.1, 2, is_fixed=False)
    >>> float(i2), round(float(h2), 12)
    (75.0, 4.0)
    """
    if is_fixed:
        return i2_from_q(q, df), h2_from_q(q, df)
    return _i2_and_h2(tau2, typical)


def _i2_and_h2(tau2: Array, typical: Array) -> tuple[Array, Array]:
    """Return I² (percent) and H² from τ², or limits of it, that are not negative, or NaN."""
    return 100 * tau2 / (tau2 + typical), 1 + tau2 / typical


def limits_from_tau2(ci_low: Array, ci_high: Array, typical: Array) -> dict[str, Array]:
    """Return limits of I² (percent) and H² that follow those of τ², by name; (...) each.

    For limits that are not negative, or NaN.

    >>> limits = limits_from_tau2(*np.array([0.1, 0.9, 0.1]))
    >>> {name: round(float(number), 3) for name, number in limits.items()}
    {'i2_ci_low': 50.0, 'i2_ci_high': 90.0, 'h2_ci_low': 2.0, 'h2_ci_high': 10.0}
    """
    (i2_low, h2_low), (i2_high, h2_high) = (
        _i2_and_h2(limit, typical) for limit in (ci_low, ci_high)
    )
    return {
        "i2_ci_low": i2_low,
        "i2_ci_high": i2_high,
        "h2_ci_low": h2_low,
        "h2_ci_high": h2_high,
    }


def i2_from_q(q: ArrayLike, df: Degrees) -> Array:
    """Return I² = max(0, 100 (Q - df)/Q), percent; 0 where Q is 0.

    Source: Higgins & Thompson 2002. metafor: ``rma(method="EE")$I2``.

    >>> float(i2_from_q(8.0, 2)), float(i2_from_q(0.0, 2))
    (75.0, 0.0)
    """
    q = np.asarray(q, dtype=np.float64)
    exceeds = q > df
    share = np.where(exceeds, (q - df) / np.where(exceeds, q, 1.0), 0.0)
    return np.asarray(100 * share)[()]


def h2_from_q(q: ArrayLike, df: Degrees) -> Array:
    """Return H² = Q/df, which is below 1 where Q is below df; 1 for a single trial.

    Source: Higgins & Thompson 2002. metafor: ``rma(method="EE")$H2``.

    >>> float(h2_from_q(8.0, 2))
    4.0
    """
    q = np.asarray(q, dtype=np.float64)
    return (q / df if np.asarray(df).all() else np.ones_like(q))[()]


def q_profile(
    y: ArrayLike, v: ArrayLike, level: float = 0.95, *, x: ArrayLike | None = None
) -> tuple[Array, Array]:
    """Return confidence limits of τ²: where the generalised Q meets the quantiles of χ²(k - p).

    ``y`` and ``v`` (..., k), ``x`` (..., k, p) for moderators; two arrays (...). A limit is 0 where
    Q(0) is below its quantile. Both are 0 where Q is smaller than chance explains: no τ² is in the
    set then, which metafor says beside its two zeros. NaN for a single trial. There is no upper end
    to the search. Error bound: see ``tau2_at_q``. Raises InputError and ConvergenceError.

    Source: Viechtbauer 2007, Stat Med 26, 37-52. metafor: ``confint(rma(yi, vi))``, whose search
    ends at ``tau2.max``.

    >>> low, high = q_profile([-0.5, 0.3], [0.04, 0.05])
    >>> round(float(low), 6), round(float(high), 4)
    (0.018696, 325.7976)
    """
    low, high = _limits(y, v, x=x, level=level_of_confidence(level))
    return low, high


def limits_by_q(trials: Trials, level: float) -> Array:
    """Return the τ² at which Q meets its quantiles, (2, n); NaN without degrees of freedom."""
    df, tail = trials.df, (1 - level) / 2
    if not df.any():
        return np.full((2, *trials.origin.shape), np.nan)
    low = at_q(trials, chdtri(df, tail))
    found = np.array((low, at_q(trials, chdtri(df, 1 - tail), low)))
    return found if df.all() else np.where(df > 0, found, np.nan)


_limits = batched(limits_by_q)


def h_limits(q: ArrayLike, df: int, level: float = 0.95) -> tuple[Array, Array]:
    """Return limits of H² from Q by the test-based standard error of ln H; at least 1 each.

    ``q`` (...): Cochran's Q with ``df`` = k - 1; two arrays (...); NaN for k < 3. Those of I² are
    :func:`i2_from_h2` of these. Not limits of the true τ²: they treat the weights as fixed.

    Source: Higgins & Thompson 2002, Stat Med 21, 1539-1558, table IV and appendix A2. meta:
    ``metagen()$lower.H``; metafor: ``confint(rma(method="DL"), type="HT")``.

    >>> low, high = h_limits(8.0, 2)
    >>> round(float(low), 6), round(float(high), 6)
    (1.207144, 13.254424)
    """
    q = np.asarray(q, dtype=np.float64)
    if df < 2:  # noqa: PLR2004 - the error of ln H has k - 2 as its divisor
        nan = np.full_like(q, np.nan)[()]
        return nan, nan
    large = q > df + 1
    log_h = np.log(np.maximum(q / df, 1.0)) / 2
    steps = np.sqrt(2 * q) - np.sqrt(2 * df - 1)
    of_small = np.sqrt((1 - 1 / (3 * (df - 1) ** 2)) / (2 * (df - 1)))
    error = np.where(large, log_h / np.where(large, steps, 1.0), of_small)
    width = critical_value(level) * error
    return np.exp(2 * np.maximum(0.0, log_h - width)), np.exp(2 * (log_h + width))


def measures_from_q(q: ArrayLike, df: int, level: float = 0.95) -> dict[str, Array]:
    """Return I² (percent) and H² from Q with their limits, by the names of a pooled result.

    H² is 1 where Q is below its degrees of freedom, as I² is then 0 and as the limits are 1 or
    more: :func:`h2_from_q` gives what stands below 1. ``q`` (...): a Q with ``df`` degrees of
    freedom. meta: ``metagen()$I2, $lower.I2, $upper.I2``.

    Source: Higgins & Thompson 2002, Stat Med 21, 1539-1558.

    >>> measures = measures_from_q(8.0, 2)
    >>> {name: round(float(number), 3) for name, number in measures.items() if "i2" in name}
    {'i2_q': 75.0, 'i2_q_ci_low': 17.16, 'i2_q_ci_high': 92.455}
    """
    low, high = h_limits(q, df, level)
    return {
        "i2_q": i2_from_q(q, df),
        "i2_q_ci_low": i2_from_h2(low),
        "i2_q_ci_high": i2_from_h2(high),
        "h2_q": np.maximum(1.0, h2_from_q(q, df)),
        "h2_q_ci_low": low,
        "h2_q_ci_high": high,
    }


def i2_from_h2(h2: ArrayLike) -> Array:
    """Return I² = max(0, 100 (H² - 1)/H²), percent.

    Source: Higgins & Thompson 2002, Stat Med 21, 1539-1558. meta: ``metagen()$I2``.

    >>> float(i2_from_h2(4.0))
    75.0
    """
    h2 = np.asarray(h2, dtype=np.float64)
    return np.asarray(100 * np.maximum(0.0, 1 - 1 / h2))[()]
