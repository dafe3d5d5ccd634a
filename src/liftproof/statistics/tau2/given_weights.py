"""τ² from the generalised Q with weights that the caller gives.

The weights stay as they are while τ² varies: Q = y'Py, P = A - AX(X'AX)⁻¹X'A, is one number, and
its distribution moves with τ². A = 1/v gives the moment estimator of DerSimonian and Laird, equal
weights that of Hedges.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array, level_of_confidence
from liftproof.statistics.roots import root
from liftproof.statistics.tau2.near_root import (
    Scale,
    above,
    is_reached_at_0,
    near_root,
    scale_of,
)
from liftproof.statistics.tau2.quadratic_parts import (
    Tau2Functions,
    as_given,
    positive_ratio,
    root_of_variance,
)

TOLERANCE = 1e-14
"""Of log(1 + τ²/typical variance). The probability it is searched by is as exact as that."""


@batched
def generalised_q_moment(trials: Trials) -> Array:
    """Return τ² = max(0, (Q - tr PV) / tr P), P for the given weights.

    ``y``, ``v`` and ``weights`` (..., k); returns (...). Only the ratios of the weights matter.
    Raises InputError.

    Source: DerSimonian & Kacker 2007, Contemp Clin Trials 28, 105-114, equation 6. metafor:
    ``rma(yi, vi, weights=weights, method="GENQ")$tau2``.

    >>> y, v = [-0.51, -0.22, 0.05], [0.04, 0.001, 0.09]
    >>> round(float(generalised_q_moment(y, v, weights=[1.0, 2.0, 1.0])), 6)
    0.02336
    """
    fit = as_given(trials)
    return positive_ratio(fit.q - fit.trace(trials.sampling_variances), fit.trace())


@batched
def generalised_q_median(trials: Trials) -> Array:
    """Return the τ² for which the observed Q is the median of its distribution; at least 0.

    ``y``, ``v`` and ``weights`` (..., k); returns (...). Error bound: 1e-13 of τ² + typical
    variance. Raises InputError and ConvergenceError.

    Source: Viechtbauer 2021, in Handbook of Meta-Analysis (Schmid, Stijnen & White), chapter 11;
    Jackson 2013, Res Synth Methods 4, 220-229, for the distribution of Q. metafor:
    ``rma(yi, vi, weights=weights, method="GENQM", control=list(tol=1e-15))$tau2``.

    >>> y, v = [-0.51, -0.22, 0.05], [0.04, 0.001, 0.09]
    >>> round(float(generalised_q_median(y, v, weights=[1.0, 2.0, 1.0])), 6)
    0.05188
    """
    return _at_probability(trials, np.full_like(trials.origin, 0.5))


@batched
def of_generalised_q(trials: Trials, tau2: Array) -> Array:
    """Return √variance of Q over tr P, with the given weights; for GENQ and GENQM.

    Called with ``weights`` (..., k) besides ``tau2`` (...), the estimate.

    Source: Jackson 2013, Res Synth Methods 4, 220-229. metafor:
    ``rma(weights=weights, method="GENQ")$se.tau2``.

    >>> round(float(of_generalised_q([0.0, 4.0], [1.0, 1.0], 7.0, weights=[1.0, 3.0])), 6)
    11.313708
    """
    fit = as_given(trials)
    return root_of_variance(trials, fit, tau2, fit.trace())


def generalised_q_limits(
    y: ArrayLike,
    v: ArrayLike,
    level: float = 0.95,
    *,
    weights: ArrayLike,
    x: ArrayLike | None = None,
) -> tuple[Array, Array]:
    """Return confidence limits of τ²: for which the observed Q is an outer quantile of its own.

    ``y``, ``v`` and ``weights`` (..., k), ``x`` (..., k, p) for moderators; two arrays (...). A
    limit is 0 where even τ² = 0 makes Q less extreme than its quantile; both are 0 where Q is
    smaller than chance explains. NaN for a single trial. Exact for normal effects, where those of
    :func:`~liftproof.statistics.heterogeneity.q_profile` reweight by 1/(v + τ²). Error bound as for
    ``generalised_q_median``; metafor's own search stops within 1.2e-4 of τ², whatever its scale.
    Raises InputError and ConvergenceError.

    Source: Jackson 2013, Res Synth Methods 4, 220-229. metafor:
    ``confint(rma(yi, vi, weights=weights, method="GENQ"))``.

    >>> low, high = generalised_q_limits([-0.5, 0.3], [0.04, 0.05], weights=[1.0, 3.0])
    >>> round(float(low), 6), round(float(high), 4)
    (0.018696, 325.7976)
    """
    tail = (1 - level_of_confidence(level)) / 2
    if np.shape(y)[-1:] == (1,):
        nan = np.nan * np.asarray(generalised_q_moment(y, v, weights=weights, x=x))
        return nan[()], nan[()]
    low, high = (confidence_quantile(y, v, p, weights=weights, x=x) for p in (tail, 1 - tail))
    return low, high


@batched
def confidence_quantile(trials: Trials, probability: Array) -> Array:
    """Return the τ² at which Q is exceeded with this probability, 0 where it is so at τ² = 0.

    ``y``, ``v`` and ``weights`` (..., k), ``probability`` (...): a quantile of the confidence
    distribution of τ². Error bound as for ``generalised_q_median``.

    Source: Jackson 2013, Res Synth Methods 4, 220-229.

    >>> y, v = [-0.5, 0.3], [0.04, 0.05]
    >>> round(float(confidence_quantile(y, v, 0.025, weights=[1.0, 3.0])), 6)
    0.018696
    """
    return _at_probability(trials, probability)


def _at_probability(trials: Trials, probability: Array) -> Array:
    """Return the τ² at which Q is exceeded with this probability, 0 where it is so at τ² = 0."""
    tau2 = np.zeros_like(trials.origin)
    searched = np.flatnonzero((as_given(trials).q > 0) & (trials.df > 0))
    if searched.size:
        scale = scale_of(trials.take(searched))
        tau2[searched] = scale.tau2(_logarithm(scale, probability[searched]))
    return tau2


def _logarithm(scale: Scale, probability: Array) -> Array:
    """Return log(1 + τ²/typical variance) at the root; 0 where there is none above it."""
    found = near_root(scale, probability)
    left = np.flatnonzero(np.isnan(found))
    if left.size:
        is_zero = is_reached_at_0(scale.take(left), probability[left])
        found[left[is_zero]] = 0.0
        left = left[~is_zero]
    if left.size:
        found[left] = bracketed(scale.take(left), probability[left])
    return found


def bracketed(scale: Scale, probability: Array) -> Array:
    """Return the root above 0 within a bracket."""

    def excess(logarithm: Array) -> Array:
        return scale.exceedance(logarithm) - probability

    zero = np.zeros_like(probability)
    return root(excess, zero, above(excess, scale.first), np.full_like(zero, TOLERANCE))


OF_GIVEN_WEIGHTS: Mapping[str, Tau2Functions] = {
    "GENQ": Tau2Functions(estimate=generalised_q_moment, standard_error=of_generalised_q),
    "GENQM": Tau2Functions(estimate=generalised_q_median, standard_error=of_generalised_q),
}
