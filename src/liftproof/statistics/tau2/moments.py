"""τ² in closed form: a quadratic form of the effects is set equal to its expectation.

With P = A - AX(X'AX)⁻¹X'A for any weights A, E[y'Py] = τ² tr P + tr PV; the estimators differ in
their weights. All are 0 where the difference is negative.
"""

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.projection import Projection, at_tau2, with_weights
from liftproof.vocabulary.methods import NEEDS_WEIGHTS


@batched
def fixed_effect(trials: Trials) -> Array:
    """Return 0: one true effect common to all trials. metafor: ``rma(yi, vi, method="EE")``.

    >>> float(fixed_effect([0.0, 9.0], [1.0, 1.0]))
    0.0
    """
    return np.zeros_like(trials.origin)


@batched
def dersimonian_laird(trials: Trials) -> Array:
    """Return τ² = max(0, (Q - (k - p)) / tr P), weights 1/v; tr P = Σw - Σw²/Σw for a mean.

    ``y`` and ``v`` (..., k); returns (...). Raises InputError.

    Source: DerSimonian & Laird 1986, Control Clin Trials 7, 177-188, equation 8; with moderators
    Raudenbush 2009. metafor: ``rma(yi, vi, method="DL")$tau2``.

    >>> round(float(dersimonian_laird([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09])), 6)
    0.012743
    """
    fit = at_tau2(trials, 0.0)
    return positive_ratio(fit.q - trials.df, fit.trace())


@batched
def hedges(trials: Trials) -> Array:
    """Return τ² = max(0, (S - tr PV) / (k - p)), weights 1; S is the sum of squared residuals.

    For a mean: the variance of the effects minus the mean of their sampling variances.

    Source: Hedges 1983, Psychol Bull 93, 388-395; Hedges & Olkin 1985. metafor:
    ``rma(yi, vi, method="HE")$tau2``.

    >>> round(float(hedges([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09])), 6)
    0.034767
    """
    fit = unweighted(trials)
    return positive_ratio(fit.q - fit.trace(sampling_variances(trials)), trials.df)


@batched
def hunter_schmidt(trials: Trials) -> Array:
    """Return τ² = max(0, (Q - k) / Σw), weights 1/v.

    Source: Hunter & Schmidt 1990, Methods of Meta-Analysis; Viechtbauer 2005, J Educ Behav Stat
    30, 261-293, equation 3. metafor: ``rma(yi, vi, method="HS")$tau2``.

    >>> float(hunter_schmidt([0.0, 4.0], [1.0, 1.0]))
    3.0
    """
    fit = at_tau2(trials, 0.0)
    return positive_ratio(fit.q - trials.count, fit.w.sum(axis=0))


@batched
def hunter_schmidt_corrected(trials: Trials) -> Array:
    """Return τ² = max(0, (Q k/(k - p) - k) / Σw): Hunter-Schmidt with a small-sample correction.

    Source: Brannick, Potter, Benitez & Morris 2019, Res Synth Methods 10, 392-406. metafor:
    ``rma(yi, vi, method="HSk")$tau2``.

    >>> float(hunter_schmidt_corrected([0.0, 4.0], [1.0, 1.0]))
    7.0
    """
    fit = at_tau2(trials, 0.0)
    k = trials.count
    inflated = np.divide(fit.q * k, trials.df, out=np.zeros_like(fit.q), where=trials.df > 0)
    return positive_ratio(inflated - k, fit.w.sum(axis=0))


@batched
def sidik_jonkman(trials: Trials) -> Array:
    """Return τ² = τ₀² Q(τ₀²)/(k - p), τ₀² = Σ(y - ȳ)²/k; it is positive unless all effects agree.

    With moderators τ₀² is still the spread about the plain mean, as in metafor.

    Source: Sidik & Jonkman 2005, J R Stat Soc C 54, 367-384. metafor:
    ``rma(yi, vi, method="SJ")$tau2``.

    >>> float(sidik_jonkman([0.0, 4.0], [1.0, 1.0]))
    6.4
    """
    start = crude_variance(trials)
    return positive_ratio(start * at_tau2(trials, start).q, trials.df)


def unweighted(trials: Trials) -> Projection:
    """Return the fit with a weight of 1 for each trial."""
    return with_weights(trials, trials.included)


def as_given(trials: Trials) -> Projection:
    """Return the fit with the weights that the caller gives, or raise InputError without them."""
    if trials.weights is None:
        raise InputError(NEEDS_WEIGHTS)
    return with_weights(trials, trials.weights)


def sampling_variances(trials: Trials) -> Array:
    """Return v, and 0 for a trial that is left out."""
    return np.where(np.isfinite(trials.v), trials.v, 0.0)


def crude_variance(trials: Trials) -> Array:
    """Return Σ(y - ȳ)²/k, the start of Sidik and Jonkman."""
    included = trials.included
    mean = (included * trials.y).sum(axis=0) / trials.count
    return np.asarray((included * (trials.y - mean) ** 2).sum(axis=0) / trials.count)


def positive_ratio(a: Array, b: Array) -> Array:
    """Return a/b, 0 where a is not positive or there is no degree of freedom."""
    positive = (a > 0) & (b > 0)
    return np.asarray(np.divide(a, b, out=np.zeros_like(a), where=positive))
