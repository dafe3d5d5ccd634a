"""The predictive distribution: where the effect of a new setting lies, whole, not by its limits.

Its quantiles are the limits of the prediction interval of the same kind. Of a kind that is estimate
± a multiple of an error it is t (normal with infinite degrees of freedom) about the estimate; of
Nagashima, Noma and Furukawa's it is their mixture of normals, without any draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, stdtr, stdtrit

from liftproof.errors import InputError
from liftproof.statistics.bayes.distributions import Distribution, normal_density
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.confidence_prediction import distribution_of_prediction
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.intervals import Weighted
from liftproof.statistics.pooling import Pooled
from liftproof.statistics.prediction import OF_QUANTILES, PREDICTIONS
from liftproof.statistics.weighting import weighted_mean
from liftproof.vocabulary.models import THREE_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Student:
    """Student's t about ``centre``, ``scale`` times as wide; normal where ``df`` is infinite."""

    centre: float
    scale: float
    df: float

    def cdf(self, x: Array) -> Array:
        """Return the probability of a value of at most x."""
        return np.asarray(stdtr(self.df, (x - self.centre) / self.scale))

    def density(self, x: Array) -> Array:
        """Return the density at x."""
        z, df = (x - self.centre) / self.scale, self.df
        if np.isinf(df):
            return normal_density(z) / self.scale
        constant = gammaln((df + 1) / 2) - gammaln(df / 2) - np.log(df * np.pi) / 2
        return np.asarray(np.exp(constant - (df + 1) / 2 * np.log1p(z**2 / df)) / self.scale)

    def quantile(self, p: Array, fine: float = 0.0) -> Array:
        """Return the x below which a share p lies; it takes no search, which could be ``fine``."""
        del fine
        return np.asarray(self.centre + self.scale * stdtrit(self.df, p))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Predictive:
    """The distribution of the true effect of a new setting, on the analysis scale.

    ``prediction``: the kind of prediction interval whose limits are its quantiles. Arguments are
    arrays of one axis.
    """

    prediction: str
    distribution: Distribution

    def cdf(self, x: ArrayLike) -> Array:
        """Return the share of new settings whose effect is at most x."""
        return self.distribution.cdf(_column(x))[:, 0]

    def density(self, x: ArrayLike) -> Array:
        """Return the density at x, per unit of the analysis scale."""
        return self.distribution.density(_column(x))[:, 0]

    def quantile(self, p: ArrayLike) -> Array:
        """Return the effects below which shares p (above 0, below 1) of new settings lie."""
        return self.distribution.quantile(_column(p))[:, 0]


def predictive(pooled: Pooled, y: ArrayLike, v: ArrayLike) -> Predictive:
    """Return the predictive distribution of a pool, whose quantiles are its prediction limits.

    ``pooled``: of one data set; ``y`` and ``v`` (k,): what it was pooled from. Raises InputError
    where the pool has no prediction limits, or limits without width.

    Source: Higgins, Thompson & Spiegelhalter 2009, J R Stat Soc A 172, 137-159, section 3.2.
    R: ``dt((x - b) / s, df) / s``, where ``s`` is the half width of ``predict(rma(yi, vi),
    predtype="Riley")`` over ``qt(0.975, df)``.

    >>> from liftproof.statistics.pooling import pool
    >>> y, v = [-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1]
    >>> found = predictive(pool(y, v), y, v)
    >>> found.quantile([0.025, 0.975]).round(4).tolist()
    [-3.1877, 1.7693]
    >>> found.cdf([0.0]).round(4).tolist()
    [0.8283]
    """
    low, high = float(pooled.pi_low), float(pooled.pi_high)
    if not (isfinite(low) and isfinite(high)):
        raise InputError("It has no prediction interval, and so no predictive distribution.")
    if low == high:
        raise InputError("Its prediction interval has no width, and so no density.")
    effects, variances = np.asarray(y, dtype=np.float64), np.asarray(v, dtype=np.float64)
    if PREDICTIONS.get(pooled.prediction) in OF_QUANTILES:
        mixture = distribution_of_prediction(effects, variances)
        return Predictive(prediction=pooled.prediction, distribution=mixture)
    df = _degrees(pooled, effects, variances)
    scale = (high - low) / 2 / float(critical_value(pooled.level, df))
    about = Student(centre=(low + high) / 2, scale=scale, df=df)
    return Predictive(prediction=pooled.prediction, distribution=about)


def _degrees(pooled: Pooled, y: Array, v: Array) -> float:
    """Return the degrees of freedom of t on which the prediction limits rest."""
    if pooled.prediction == THREE_LEVEL:  # its limits have one distribution
        return float(pooled.df)
    tau2 = np.asarray(pooled.tau2)
    _, variance, q = weighted_mean(y, v, tau2)
    mean = Weighted(y=y, v=v, tau2=tau2, variance=variance, q=q, level=pooled.level)
    rule = choose(PREDICTIONS, pooled.prediction, "prediction interval")
    return float(rule(mean, np.asarray(1.0), pooled.df)[1])


def _column(values: ArrayLike) -> Array:
    return np.asarray(values, dtype=np.float64)[:, None]
