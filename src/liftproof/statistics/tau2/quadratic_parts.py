"""Parts of τ² in closed form: quadratic forms y'Py, their expectations and their variances."""

from dataclasses import dataclass

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.batches import Batched, Trials
from liftproof.statistics.checks import Array
from liftproof.statistics.division import over
from liftproof.statistics.projection import Projection, with_weights
from liftproof.vocabulary.estimators import NEEDS_WEIGHTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Tau2Functions:
    """What is attached to the record of an estimator.

    ``estimate``: from y and v to τ². ``standard_error``: from y, v and τ² to its standard error.
    """

    estimate: Batched
    standard_error: Batched


def unweighted(trials: Trials) -> Projection:
    """Return the fit with a weight of 1 for each trial."""
    return with_weights(trials, trials.included)


def as_given(trials: Trials) -> Projection:
    """Return the fit with the weights that the caller gives, or raise InputError without them."""
    if trials.weights is None:
        raise InputError(NEEDS_WEIGHTS)
    return with_weights(trials, trials.weights)


def crude_variance(trials: Trials) -> Array:
    """Return Σ(y - ȳ)²/k, the start of Sidik and Jonkman."""
    included = trials.included
    mean = (included * trials.y).sum(axis=0) / trials.count
    return np.asarray((included * (trials.y - mean) ** 2).sum(axis=0) / trials.count)


def positive_ratio(a: Array, b: Array) -> Array:
    """Return a/b, 0 where a is not positive or there is no degree of freedom."""
    return over(a, b, (a > 0) & (b > 0), 0.0)


def root_of_variance(trials: Trials, fit: Projection, tau2: Array, divisor: Array) -> Array:
    """Return √var(y'Py)/divisor."""
    v = trials.sampling_variances
    both, one, none = (fit.trace_of_product(*d) for d in ((v, v), (v,), ()))
    return ratio(np.sqrt(2 * both + 4 * tau2 * one + 2 * tau2**2 * none), divisor)


def ratio(a: Array, b: Array) -> Array:
    """Return a/b, NaN where b is 0."""
    return over(a, b, b > 0, np.nan)
