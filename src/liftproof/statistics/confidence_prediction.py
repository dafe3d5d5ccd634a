"""The prediction interval of Nagashima, Noma and Furukawa, by quadrature in place of draws.

τ² has the confidence distribution H(τ²) = P(Q > the observed Q), Q Cochran's, which holds the p
value of Q at 0 and rises from there. With the mean μ(τ²) by the weights 1/(v + τ²), its variance
V(τ²) of Hartung and Knapp, z normal and t Student's with k - 1, the effect of a further trial is
μ(τ²) + z√τ² - t√V(τ²). Given τ² and the χ² within t it is normal, hence a mixture of normals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtri, ndtr

from liftproof.errors import InputError
from liftproof.statistics.bayes.distributions import Mixture
from liftproof.statistics.checks import (
    LARGEST,
    SMALLEST,
    Array,
    effects_and_variances,
    level_of_confidence,
)
from liftproof.statistics.heterogeneity import q_p_value
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.remembering import remembered
from liftproof.statistics.result import Result
from liftproof.statistics.tau2.given_weights import confidence_quantile
from liftproof.statistics.tau2.moments import dersimonian_laird
from liftproof.statistics.weighting import weighted_mean

NODES, REACH = 73, 6.0
"""Of the trapezoidal rule in normal scores. Twice as many nodes move no limit by more than 1e-7 of
the interval (of two trials at the level 0.99, 4e-7); beyond the reach lies a share of 2e-9."""
HIGHEST = 1 - 1e-12
"""Of the confidence in a τ² that is searched: probabilities of Q are exact to 1e-13."""
LEAST_Q = 1e-200
"""Effects with a smaller Q are equal: their variances would be too small to divide by."""
_NUMBERS = ("estimate", "tau2", "q_p", "ci_low", "ci_high", "pi_low", "pi_high")
_OF_PREDICTION = (5, 6)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConfidencePrediction(Result):
    """A prediction interval by the confidence distribution of τ². Arrays have shape (...).

    On the analysis scale: ``estimate`` and ``tau2`` by DerSimonian and Laird; ``ci_low`` and
    ``ci_high``, limits of the mean by the same distribution; ``pi_low`` and ``pi_high``, those of
    the effect of a further trial. ``q_p``: the p value of Q, the confidence that τ² is 0.
    """

    level: float
    estimate: Array
    tau2: Array
    q_p: Array
    ci_low: Array
    ci_high: Array
    pi_low: Array
    pi_high: Array


@of_one_index
def nnf_prediction(y: ArrayLike, v: ArrayLike, level: float = 0.95) -> ConfidencePrediction:
    """Return the prediction interval of Nagashima, Noma and Furukawa.

    ``y``, ``v``: effects and sampling variances (..., k), k > 1; on two trials it is wide. It is
    the limit of infinitely many draws of what they call a parametric bootstrap: no random number
    is drawn, and the same trials give the same limits. Where all effects are equal, so are all
    limits. Error bound: 1e-6 of the interval, up to the level 0.99. Raises InputError and
    ConvergenceError.

    Source: Nagashima, Noma & Furukawa 2019, Stat Methods Med Res 28, 1689-1702. R: pimeta
    ``pima(y, v=v, method="boot")``, meta ``method.predict="NNF"``, which draw 25,000 times, and
    search τ² to 6e-5 whatever its scale, up to 1000 or Q.

    >>> found = nnf_prediction([-0.9, -1.6, -0.2, -0.5], [0.3, 0.2, 0.05, 0.1])
    >>> round(float(found.pi_low), 4), round(float(found.pi_high), 4)
    (-2.8813, 1.3501)
    """
    y, v = effects_and_variances(y, v)
    level = level_of_confidence(level)
    *shape, k = y.shape
    if k == 1:
        raise InputError("One trial does not show how trials differ: give two or more.")
    found = np.array([_of_one(*one, level) for one in _one_by_one(y, v)])
    numbers = (column.reshape(shape)[()] for column in found.T)
    return ConfidencePrediction(level=level, **dict(zip(_NUMBERS, numbers, strict=True)))


def confidence_limits_of_prediction(
    y: Array, v: Array, level: float, include: NDArray[np.bool_] | None = None
) -> tuple[Array, Array]:
    """Return the prediction limits of data sets, or of the trials that take part, shape (...).

    ``y``, ``v``: checked, shape (..., k); ``include`` (..., k): two trials or more of each data
    set, None for all. NaN for a single trial.
    """
    if include is None:
        include = np.ones(y.shape, dtype=bool)
    y, v, include = np.broadcast_arrays(y, v, include)
    shape, k = y.shape[:-1], y.shape[-1]
    if k == 1:
        return np.full(shape, np.nan)[()], np.full(shape, np.nan)[()]
    trials = zip(_one_by_one(y, v), include.reshape(-1, k), strict=True)
    found = np.array([_of_one(y[kept], v[kept], level) for (y, v), kept in trials])
    low, high = (found[:, place].reshape(shape)[()] for place in _OF_PREDICTION)
    return low, high


def _one_by_one(y: Array, v: Array) -> Iterator[tuple[Array, Array]]:
    """Return the data sets (k,) of arrays (..., k)."""
    k = y.shape[-1]
    return zip(y.reshape(-1, k), v.reshape(-1, k), strict=True)


@remembered
def _of_one(y: Array, v: Array, level: float) -> Array:
    """Return the numbers of one data set, in the order of _NUMBERS."""
    tau2 = dersimonian_laird(y, v)
    estimate, q = weighted_mean(y, v, tau2)[0], weighted_mean(y, v, 0.0)[2]
    q_p = q_p_value(q, y.size - 1)
    limits = np.full(4, estimate)
    if q > LEAST_Q:
        limits = _limits(y, v, float(estimate), float(q_p), level)
    return np.array([estimate, tau2, q_p, *limits], dtype=float)


def distribution_of_prediction(y: Array, v: Array) -> Mixture:
    """Return the distribution of the effect of a further trial, of one data set (k,).

    Raises InputError where all effects are equal: it is then a point.
    """
    q = float(weighted_mean(y, v, 0.0)[2])
    if y.size == 1 or q <= LEAST_Q:
        raise InputError("Equal effects, or one alone, leave no spread to predict from.")
    origin = float(weighted_mean(y, v, dersimonian_laird(y, v))[0])
    return _mixtures(y, v, origin, float(q_p_value(q, y.size - 1)))[1]


def _limits(y: Array, v: Array, origin: float, q_p: float, level: float) -> Array:
    """Return the limits of the mean and those of a further effect, of one data set."""
    tails = np.array([[1 - level], [1 + level]]) / 2
    return np.ravel([mixture.quantile(tails) for mixture in _mixtures(y, v, origin, q_p)])


def _mixtures(y: Array, v: Array, origin: float, q_p: float) -> tuple[Mixture, Mixture]:
    """Return the distributions of the mean and of a further effect, relative to ``origin``."""
    tau2, share = _confidence_in_tau2(y, v, q_p)
    trials = np.broadcast_to(y, (len(tau2), y.size)), np.broadcast_to(v, (len(tau2), v.size))
    mean, variance, q = weighted_mean(*trials, tau2)
    of_score, above = _normal_scores()
    chi2 = chdtri(y.size - 1, above)
    of_mean = (variance * q)[:, None] / chi2

    def mixture(of_effect: Array) -> Mixture:
        return Mixture(
            mean=np.repeat(mean - origin, len(chi2))[:, None],
            sd=np.sqrt(of_effect).reshape(-1, 1),
            weight=np.outer(share, of_score).reshape(-1, 1),
            origin=np.array([origin]),
        )

    return mixture(of_mean), mixture(of_mean + tau2[:, None])


def _confidence_in_tau2(y: Array, v: Array, q_p: float) -> tuple[Array, Array]:
    """Return nodes of τ² in its confidence distribution, 0 the first, and the share of each."""
    of_score, above = _normal_scores()
    confidence = np.minimum(1 - (1 - q_p) * above, HIGHEST)
    several = (len(above), y.size)
    trials = np.broadcast_to(y, several), np.broadcast_to(v, several)
    weights = np.clip(1 / v, SMALLEST, LARGEST)  # 1/1e50 is rounded below 1e-50
    positive = confidence_quantile(*trials, confidence, weights=weights)
    return np.append(0.0, positive), np.append(q_p, (1 - q_p) * of_score)


def _normal_scores() -> tuple[Array, Array]:
    """Return weights of equally spaced normal scores, and the probability above each."""
    score = np.linspace(-REACH, REACH, NODES)
    weight = np.exp(-(score**2) / 2)
    return weight / weight.sum(), np.asarray(ndtr(-score))
