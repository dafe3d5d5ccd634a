"""What a pool says of data sets, or of subsets of their trials, once τ² and the mean are known."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics import heterogeneity
from liftproof.statistics.checks import Array, choose, level_of_confidence
from liftproof.statistics.distributions import limits, quotient, two_sided_p
from liftproof.statistics.intervals import Degrees, Weighted, factor_and_df, require_tau2
from liftproof.statistics.on_request import own
from liftproof.statistics.prediction import PREDICTIONS, prediction_limits
from liftproof.statistics.tau2 import FIXED
from liftproof.statistics.weighted_fit import WeightedFit, limits_of_tau2


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolingMethods:
    """How to pool: names in TAU2, INTERVALS and PREDICTIONS, and the level of all limits."""

    tau2: str
    interval: str
    prediction: str
    level: float

    def require(self) -> None:
        """Raise InputError for a bad level, and where interval or prediction do not fit the rest.

        What is computed when it is read was asked for soundly then.
        """
        choose(PREDICTIONS, self.prediction, "prediction interval")
        level_of_confidence(self.level)
        require_tau2(self.tau2, self.interval, prediction=self.prediction)


LIMITS_OF_TAU2 = (
    *("tau2_ci_low", "tau2_ci_high", "tau2_set_is_empty"),
    *("i2_ci_low", "i2_ci_high", "h2_ci_low", "h2_ci_high"),
)
PREDICTION = ("pi_low", "pi_high")
FROM_Q = ("i2_q", "i2_q_ci_low", "i2_q_ci_high", "h2_q", "h2_q_ci_low", "h2_q_ci_high")
"""What of a pool is computed when it is read: as :class:`PoolSource` groups it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoolSource:
    """What the numbers of a pool come from that are computed when they are read.

    ``mean``: with effects and variances of its own; ``factor`` and ``df`` of the interval.
    ``weights``: those that the caller gave, (..., k); None without.
    """

    mean: Weighted
    fit: WeightedFit
    asked: PoolingMethods
    factor: Array
    df: Degrees
    weights: Array | None = None

    def limits_of_tau2(self) -> dict[str, Array]:
        """Return limits of τ², and of I² and H² as they follow from them."""
        mean, fit = self.mean, self.fit
        low, high = limits_of_tau2(
            mean.y,
            mean.v,
            method=self.asked.tau2,
            level=self.asked.level,
            include=mean.include,
            weights=self.weights,
        )
        return {
            "tau2_ci_low": low,
            "tau2_ci_high": high,
            "tau2_set_is_empty": np.asarray(high == 0)[()],
            **heterogeneity.limits_from_tau2(low, high, fit.typical),
        }

    def prediction_limits(self) -> dict[str, Array]:
        """Return prediction limits; NaN where one common effect leaves no spread to estimate."""
        if self.asked.tau2 == FIXED:
            nan = np.nan * self.fit.estimate
            return dict.fromkeys(PREDICTION, nan)
        predicts = PREDICTIONS[self.asked.prediction]
        found = prediction_limits(predicts, self.mean, self.fit.estimate, self.factor, self.df)
        return dict(zip(PREDICTION, found, strict=True))

    def from_q(self) -> dict[str, Array]:
        """Return I² and H² from Q with their limits."""
        df = self.mean.y.shape[-1] - 1
        return heterogeneity.measures_from_q(self.fit.cochran_q, df, self.asked.level)

    def percent_weights(self) -> dict[str, Array]:
        """Return the weights in percent, (..., k); in place, as these are the largest numbers."""
        if self.weights is not None:
            relative = self.weights / self.weights.max(axis=-1, keepdims=True)
            return {"weights": np.asarray(100 * relative / relative.sum(axis=-1, keepdims=True))}
        weights = np.asarray(self.fit.tau2)[..., None] + self.mean.v
        np.divide(100 * np.asarray(self.fit.variance)[..., None], weights, out=weights)
        return {"weights": weights}


def numbers_of_fit(
    y: Array,
    v: Array,
    fit: WeightedFit,
    asked: PoolingMethods,
    *,
    include: NDArray[np.bool_] | None = None,
    weights: Array | None = None,
) -> tuple[dict[str, Any], PoolSource]:
    """Return what a pool says of each data set by its names, all of shape (...), and of the rest.

    ``y``, ``v`` (..., k): checked; ``include`` (..., k): which trials take part, two or more of
    each data set, for which the fit was made; None for all. ``weights``: those that were given.
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
    source = PoolSource(mean=mean, fit=fit, asked=asked, factor=factor, df=df, weights=weights)
    return _known(source), source


def _known(source: PoolSource) -> dict[str, Any]:
    """Return the numbers that are there at once; what is done to them does not reach the source."""
    mean, fit, asked, df = source.mean, source.fit, source.asked, source.df
    variance = fit.variance * source.factor
    se = np.sqrt(variance)
    ci_low, ci_high = limits(fit.estimate, se, asked.level, df)
    statistic = quotient(fit.estimate, se)
    i2, h2 = heterogeneity.i2_and_h2(
        fit.tau2, fit.cochran_q, fit.typical, mean.k - 1, is_fixed=asked.tau2 == FIXED
    )
    return {
        "estimate": own(fit.estimate),
        "se": se,
        "variance": variance,
        "statistic": statistic,
        "df": own(df),
        "p_value": two_sided_p(statistic, df),
        "ci_low": ci_low,
        "ci_high": ci_high,
        "tau2": own(fit.tau2),
        "tau2_se": fit.tau2_se,
        "at_boundary": (fit.tau2 == 0) & (asked.tau2 != FIXED),
        "q": own(fit.cochran_q),
        "q_p": heterogeneity.q_p_value(fit.cochran_q, mean.k - 1),
        "has_no_width": se == 0,
        "i2": i2,
        "h2": h2,
    }
