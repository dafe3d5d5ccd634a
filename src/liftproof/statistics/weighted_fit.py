"""A weighted mean and the spread about it: what every pool starts from, computed at one go.

The effects are checked and laid side by side once, and every estimator works on that.
"""

from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.batches import Trials, batched, quick_on_one
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.data_sets import BLOCK, OF_FORMULAS
from liftproof.statistics.heterogeneity import (
    cochran_q,
    limits_by_q,
    typical_of_mean,
    typical_variance,
)
from liftproof.statistics.projection import Mean, at_tau2, without_spread
from liftproof.statistics.tau2 import FIXED, GIVEN_WEIGHTS, GIVEN_WEIGHTS_SE, TAU2, TAU2_SE
from liftproof.statistics.tau2.given_weights import generalised_q_limits
from liftproof.statistics.tau2.moments import MOMENTS
from liftproof.statistics.weighting import mean_by_given_weights, weighted_mean
from liftproof.vocabulary.estimators import NEEDS_WEIGHTS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WeightedFit:
    """A weighted mean with τ². Arrays have shape (...), in the unit of y or its square.

    ``tau2`` with its standard error, which is NaN where τ² is 0 by definition.
    ``estimate`` and its ``variance``, for weights 1/(v + τ²) 1/Σw; ``q``: the generalised Q at τ²;
    ``cochran_q``: that at 0; ``typical``: the sampling variance that I² is relative to.
    """

    tau2: Array
    tau2_se: Array
    estimate: Array
    variance: Array
    q: Array
    cochran_q: Array
    typical: Array


def weighted_fit(
    y: Array,
    v: Array,
    *,
    method: str,
    include: NDArray[np.bool_] | None = None,
) -> WeightedFit:
    """Return the mean weighted by 1/(v + τ²), τ² by the estimator called ``method``, in TAU2.

    ``y``, ``v`` and ``include`` (..., k): effects and variances that were checked, and which trials
    take part. Raises InputError and ConvergenceError. metafor: ``rma()``, ``$tau2``, ``$se.tau2``.

    >>> fit = weighted_fit(np.array([0.0, 4.0]), np.ones(2), method="DL")
    >>> float(fit.estimate), float(fit.variance), float(fit.tau2), float(fit.cochran_q)
    (2.0, 4.0, 7.0, 8.0)
    """
    if method in GIVEN_WEIGHTS:
        raise InputError(NEEDS_WEIGHTS)
    choose(TAU2, method, "τ² method")
    return WeightedFit(**_named(_numbers.unchecked(y, v, include=include, method=method)))


def limits_of_tau2(
    y: Array,
    v: Array,
    *,
    method: str,
    level: float,
    include: NDArray[np.bool_] | None = None,
    weights: Array | None = None,
) -> tuple[Array, Array]:
    """Return confidence limits of τ² by the estimator called ``method``, (...) each.

    Q-profile's, for GENQ and GENQM those of the generalised Q with the same ``weights``; NaN where
    τ² is 0 by definition. Raises ConvergenceError. metafor: ``confint(rma())``.

    >>> low, high = limits_of_tau2(np.array([-0.5, 0.3]), np.array([0.04, 0.05]), method="DL",
    ...                            level=0.95)
    >>> round(float(low), 6), round(float(high), 4)
    (0.018696, 325.7976)
    """
    if method == FIXED:
        nan = np.full(y.shape[:-1] if include is None else include.shape[:-1], np.nan)[()]
        return nan, nan
    if method in GIVEN_WEIGHTS:
        assert weights is not None  # without them there is no estimate
        return generalised_q_limits(y, v, level, weights=weights)
    low, high = _limits.unchecked(y, v, include=include, level=level)
    return low, high


def mean_with_tau2(y: ArrayLike, v: ArrayLike, method: str) -> Array:
    """Return τ² by the estimator called ``method``, and the mean, its variance 1/Σw and Q at it.

    ``y`` and ``v`` (..., k); shape (4, ...). The same as an estimator of TAU2 and then
    ``weighted_mean``, but data sets are checked and laid side by side once. Raises InputError and
    ConvergenceError. metafor: ``rma(yi, vi, method="DL")``.

    >>> [float(number) for number in mean_with_tau2([0.0, 4.0], [1.0, 1.0], "DL")]
    [7.0, 2.0, 4.0, 1.0]
    """
    choose(TAU2, method, "τ² method")
    return _mean(y, v, method=method, block=OF_FORMULAS if method in MOMENTS else BLOCK)


@batched
@quick_on_one
def _mean(trials: Trials, *, method: str) -> Array:
    tau2 = TAU2[method].on_trials(trials)
    fit = cast(Mean, at_tau2(trials, tau2))
    return np.array((tau2, trials.origin + fit.mean, 1 / fit.total, fit.q))


def fit_by_given_weights(y: Array, v: Array, weights: Array, *, method: str) -> WeightedFit:
    """Return the mean by weights a that the caller gives, (..., k), with its variance.

    ``method``: a name in TAU2 or GIVEN_WEIGHTS.

    >>> y, v = np.array([-0.51, -0.22, 0.05]), np.array([0.04, 0.001, 0.09])
    >>> fit = fit_by_given_weights(y, v, np.ones(3), method="GENQ")
    >>> round(float(fit.tau2), 6), round(float(fit.tau2_se), 6)
    (0.034767, 0.082554)
    """
    if method in GIVEN_WEIGHTS:
        fit = _of_generalised_q(y, v, weights, method=method)
    else:
        fit = weighted_fit(y, v, method=method)
    estimate, variance = mean_by_given_weights(y, v, fit.tau2, weights=weights)
    return replace(fit, estimate=estimate, variance=variance)


def _of_generalised_q(y: Array, v: Array, weights: Array, *, method: str) -> WeightedFit:
    """Return τ² from the generalised Q with given weights, and the mean weighted by 1/(v + τ²)."""
    tau2 = GIVEN_WEIGHTS[method](y, v, weights=weights)
    estimate, variance, q = weighted_mean(y, v, tau2)
    return WeightedFit(
        tau2=tau2,
        tau2_se=GIVEN_WEIGHTS_SE[method](y, v, tau2, weights=weights),
        estimate=estimate,
        variance=variance,
        q=q,
        cochran_q=cochran_q(y, v),
        typical=typical_variance(v),
    )


@batched
@quick_on_one
def _numbers(trials: Trials, *, method: str) -> Array:
    """Return the fields of a :class:`WeightedFit` in their order, shape (7, n)."""
    tau2 = TAU2[method].on_trials(trials)
    at_zero = cast(Mean, without_spread(trials))  # as there are no moderators
    fit = cast(Mean, at_tau2(trials, tau2))
    return np.array(
        (
            tau2,
            TAU2_SE[method].on_trials(trials, tau2),
            trials.origin + fit.mean,
            1 / fit.total,
            fit.q,
            at_zero.q,
            typical_of_mean(trials, at_zero),
        )
    )


_limits = batched(quick_on_one(limits_by_q))


def _named(numbers: Array) -> dict[str, Array]:
    """Return the numbers of a fit by their names."""
    return dict(zip(WeightedFit.__dataclass_fields__, numbers, strict=True))
