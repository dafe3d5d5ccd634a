"""Inverse-variance weights: the weighted mean and the generalised Q."""

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array, not_negative
from liftproof.statistics.products import einsum


def dot(a: Array, b: Array) -> Array:
    """Return Σab over trials, the first axis."""
    products: Array = einsum("k...,k...->...", a, b)
    return products


def sum_of_others(values: Array) -> Array:
    """Return, for each trial, the sum over all other trials; row 0 must hold the largest value.

    That row is summed anew: subtracting it from the total would lose the others' digits.
    """
    rest = values[1:].sum(axis=0)
    others: Array = values[0] + rest - values
    others[0] = rest
    return others


@batched
def mean_by_given_weights(trials: Trials, tau2: Array) -> Array:
    """Return the mean by weights a that the caller gives, and its variance Σa²(v + τ²)/(Σa)².

    Called with ``y``, ``v`` and ``weights`` (..., k) and ``tau2`` (...); returns shape (2, ...).
    metafor: ``rma(yi, vi, tau2=tau2, weights=weights)``.

    >>> mean, variance = mean_by_given_weights([0.0, 1.0], [0.5, 0.5], 0.5, weights=[3.0, 1.0])
    >>> float(mean), float(variance)
    (0.25, 0.625)
    """
    if trials.weights is None:
        raise InputError("A mean by given weights needs weights=, one a trial.")
    share = trials.weights / trials.weights.sum(axis=0)
    variances = trials.included * tau2 + trials.sampling_variances
    return np.stack((trials.origin + dot(share, trials.y), dot(share**2, variances)))


@batched
def weighted_mean(trials: Trials, tau2: Array) -> Array:
    """Return the mean weighted by 1/(v + τ²), its variance 1/Σw, and the generalised Q.

    Q(τ²) = Σw(y - mean)²; with τ² = 0 it is Cochran's Q. Called with ``y`` and ``v`` (..., k)
    and ``tau2`` (...); returns shape (3, ...), in the unit of y, its square, and none.

    Source: DerSimonian & Laird 1986, Control Clin Trials 7, 177-188; DerSimonian & Kacker 2007,
    Contemp Clin Trials 28, 105-114. metafor: ``rma(yi, vi, tau2=tau2)``.

    >>> mean, variance, q = weighted_mean([0.0, 1.0], [0.5, 0.5], 0.5)
    >>> float(mean), float(variance), float(q)
    (0.5, 0.5, 0.5)
    """
    w = 1 / (trials.v + not_negative("τ²", tau2))
    total = w.sum(axis=0)
    mean = dot(w, trials.y) / total
    residuals = trials.y - mean
    return np.array((trials.origin + mean, 1 / total, dot(w * residuals, residuals)))
