"""What a pool says of data sets, or of subsets of their trials, once τ² and the mean are known."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics import heterogeneity
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.distributions import limits, quotient, two_sided_p
from liftproof.statistics.intervals import Degrees, Weighted, factor_and_df, require_tau2
from liftproof.statistics.prediction import PREDICTIONS, prediction_limits
from liftproof.statistics.tau2 import FIXED
from liftproof.statistics.weighted_fit import WeightedFit


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolingMethods:
    """How to pool: names in TAU2, INTERVALS and PREDICTIONS, and the level of all limits."""

    tau2: str
    interval: str
    prediction: str
    level: float

    def require(self) -> None:
        """Raise InputError where the kinds of interval and prediction do not fit the rest."""
        choose(PREDICTIONS, self.prediction, "prediction interval")
        require_tau2(self.tau2, self.interval, prediction=self.prediction)


def numbers_of_fit(
    y: Array,
    v: Array,
    fit: WeightedFit,
    asked: PoolingMethods,
    include: NDArray[np.bool_] | None = None,
) -> dict[str, Any]:
    """Return what a pool says of each data set by its names, all of shape (...).

    ``y``, ``v`` (..., k): checked; ``include`` (..., k): which trials take part, two or more of
    each data set, for which the fit was made; None for all.
    """
    mean = Weighted(
        y=y,
        v=v,
        tau2=fit.tau2,
        variance=fit.variance,
        q=fit.q,
        level=asked.level,
        include=include,
    )
    factor, df = factor_and_df(asked.interval, mean)
    variance = fit.variance * factor
    se = np.sqrt(variance)
    ci_low, ci_high = limits(fit.estimate, se, asked.level, df)
    statistic = quotient(fit.estimate, se)
    pi_low, pi_high = _prediction(asked, mean, fit.estimate, factor, df)
    return {
        "estimate": fit.estimate,
        "se": se,
        "variance": variance,
        "statistic": statistic,
        "df": df,
        "p_value": two_sided_p(statistic, df),
        "ci_low": ci_low,
        "ci_high": ci_high,
        "pi_low": pi_low,
        "pi_high": pi_high,
        "tau2": fit.tau2,
        "tau2_se": fit.tau2_se,
        "tau2_ci_low": fit.tau2_ci_low,
        "tau2_ci_high": fit.tau2_ci_high,
        "at_boundary": (fit.tau2 == 0) & (asked.tau2 != FIXED),
        "q": fit.cochran_q,
        "q_p": heterogeneity.q_p_value(fit.cochran_q, mean.k - 1),
        "has_no_width": se == 0,
        "tau2_set_is_empty": np.asarray(fit.tau2_ci_high == 0)[()],
        **_spread(fit, mean.k - 1, is_fixed=asked.tau2 == FIXED),
    }


def _prediction(
    asked: PoolingMethods, mean: Weighted, estimate: Array, factor: Array, df: Degrees
) -> tuple[Array, Array]:
    """Return prediction limits; NaN where one common effect leaves no spread to estimate."""
    if asked.tau2 == FIXED:
        nan = np.nan * estimate
        return nan, nan
    predicts = choose(PREDICTIONS, asked.prediction, "prediction interval")
    return prediction_limits(predicts, mean, estimate, factor, df)


def _spread(fit: WeightedFit, df: Degrees, *, is_fixed: bool) -> dict[str, Array]:
    """Return I² and H² with their limits, by name: from τ², for FE from Q."""
    found = heterogeneity.measures_from_tau2(
        fit.tau2, fit.tau2_ci_low, fit.tau2_ci_high, fit.typical
    )
    if is_fixed:
        found["i2"] = heterogeneity.i2_from_q(fit.cochran_q, df)
        found["h2"] = heterogeneity.h2_from_q(fit.cochran_q, df)
    return found
