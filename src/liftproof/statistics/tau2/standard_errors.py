"""Standard errors of τ². TAU2_SE names them by the estimator they belong to.

An estimate from a quadratic form, (y'Py - constant)/c, has the variance of y'Py over c²:
2 tr PVPV + 4 τ² tr PVP + 2 τ⁴ tr P², for normal effects, with τ² put in. A likelihood has its
expected information, and Paule and Mandel's equation the variance of Q, 2(k - p), over its slope.
All are as rough as k is small, and say nothing where τ² is 0.
"""

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.projection import Projection, at_tau2
from liftproof.statistics.tau2.moments import (
    as_given,
    crude_variance,
    sampling_variances,
    unweighted,
)
from liftproof.statistics.weighting import dot


@batched
def of_none(trials: Trials, tau2: Array) -> Array:  # noqa: ARG001 - all take the same
    """Return NaN: a τ² that is 0 by definition has no error. metafor: ``NA``.

    >>> float(of_none([0.0, 4.0], [1.0, 1.0], 0.0))
    nan
    """
    return np.full_like(trials.origin, np.nan)


@batched
def of_dersimonian_laird(trials: Trials, tau2: Array) -> Array:
    """Return √variance of Q over tr P, weights 1/v; ``tau2`` (...), the estimate.

    Source: Biggerstaff & Tweedie 1997, Stat Med 16, 753-768. metafor:
    ``rma(yi, vi, method="DL")$se.tau2``.

    >>> round(float(of_dersimonian_laird([0.0, 4.0], [1.0, 1.0], 7.0)), 6)
    11.313708
    """
    fit = at_tau2(trials, 0.0)
    return _of_form(trials, fit, tau2, fit.trace())


@batched
def of_hedges(trials: Trials, tau2: Array) -> Array:
    """Return √variance of the squared residuals over k - p. metafor: ``rma(method="HE")$se.tau2``.

    Source: variance of a quadratic form, Searle 1971, Linear Models, section 2.5.

    >>> round(float(of_hedges([0.0, 4.0], [1.0, 1.0], 7.0)), 6)
    11.313708
    """
    return _of_form(trials, unweighted(trials), tau2, trials.df + 0 * tau2)


@batched
def of_hunter_schmidt(trials: Trials, tau2: Array) -> Array:
    """Return √variance of Q over Σw, weights 1/v. metafor: ``rma(method="HS")$se.tau2``.

    Source: variance of a quadratic form, Searle 1971, Linear Models, section 2.5.

    >>> round(float(of_hunter_schmidt([0.0, 4.0], [1.0, 1.0], 3.0)), 6)
    2.828427
    """
    fit = at_tau2(trials, 0.0)
    return _of_form(trials, fit, tau2, fit.w.sum(axis=0))


@batched
def of_hunter_schmidt_corrected(trials: Trials, tau2: Array) -> Array:
    """Return the same times k/(k - p). metafor: ``rma(method="HSk")$se.tau2``.

    Source: variance of a quadratic form, Searle 1971, Linear Models, section 2.5.

    >>> round(float(of_hunter_schmidt_corrected([0.0, 4.0], [1.0, 1.0], 7.0)), 6)
    11.313708
    """
    fit = at_tau2(trials, 0.0)
    return _of_form(trials, fit, tau2, fit.w.sum(axis=0) * trials.df / trials.count)


@batched
def of_sidik_jonkman(trials: Trials, tau2: Array) -> Array:
    """Return τ₀²/(k - p) times √variance of Q(τ₀²). metafor: ``rma(method="SJ")$se.tau2``.

    Source: variance of a quadratic form, Searle 1971, Linear Models, section 2.5.

    >>> round(float(of_sidik_jonkman([0.0, 4.0], [1.0, 1.0], 6.4)), 6)
    8.372144
    """
    start = crude_variance(trials)
    return _of_form(trials, at_tau2(trials, start), tau2, _ratio(trials.df + 0 * start, start))


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
    return _of_form(trials, fit, tau2, fit.trace())


@batched
def of_maximum_likelihood(trials: Trials, tau2: Array) -> Array:
    """Return √(2/Σw²), weights 1/(v + τ²). metafor: ``rma(method="ML")$se.tau2``.

    Source: Hardy & Thompson 1996, Stat Med 15, 619-629.

    >>> float(of_maximum_likelihood([0.0, 4.0], [1.0, 1.0], 3.0))
    4.0
    """
    w = at_tau2(trials, tau2).w
    return np.asarray(np.sqrt(2 / dot(w, w)))


@batched
def of_restricted_maximum_likelihood(trials: Trials, tau2: Array) -> Array:
    """Return √(2/tr P²), weights 1/(v + τ²). metafor: ``rma(method="REML")$se.tau2``.

    Source: Viechtbauer 2005, J Educ Behav Stat 30, 261-293.

    >>> round(float(of_restricted_maximum_likelihood([0.0, 4.0], [1.0, 1.0], 7.0)), 6)
    11.313708
    """
    return np.sqrt(_ratio(2.0 + 0 * tau2, at_tau2(trials, tau2).trace_of_product()))


@batched
def of_paule_mandel(trials: Trials, tau2: Array) -> Array:
    """Return √(2 k²/(k - p))/Σw, weights 1/(v + τ²). metafor: ``rma(method="PM")$se.tau2``.

    Source: the delta method, Q being χ² with k - p; metafor's manual of ``rma.uni``.

    >>> round(float(of_paule_mandel([0.0, 4.0], [1.0, 1.0], 7.0)), 6)
    11.313708
    """
    total = at_tau2(trials, tau2).w.sum(axis=0)
    return _ratio(np.sqrt(2.0) * trials.count, np.sqrt(trials.df) * total)


def _of_form(trials: Trials, fit: Projection, tau2: Array, divisor: Array) -> Array:
    """Return √var(y'Py)/divisor."""
    v = sampling_variances(trials)
    both, one, none = (fit.trace_of_product(*d) for d in ((v, v), (v, 1.0), (1.0, 1.0)))
    return _ratio(np.sqrt(2 * both + 4 * tau2 * one + 2 * tau2**2 * none), divisor)


def _ratio(a: Array, b: Array) -> Array:
    """Return a/b, NaN where b is 0."""
    a, b = np.broadcast_arrays(np.asarray(a, dtype=np.float64), b)
    return np.asarray(np.divide(a, b, out=np.full(a.shape, np.nan), where=b > 0))


TAU2_SE: Mapping[str, Callable[..., Array]] = {
    "FE": of_none,
    "DL": of_dersimonian_laird,
    "HE": of_hedges,
    "HS": of_hunter_schmidt,
    "HSk": of_hunter_schmidt_corrected,
    "SJ": of_sidik_jonkman,
    "ML": of_maximum_likelihood,
    "REML": of_restricted_maximum_likelihood,
    "EB": of_paule_mandel,
    "PM": of_paule_mandel,
    "PMM": of_paule_mandel,
    "DLIT": of_paule_mandel,
    "SJIT": of_paule_mandel,
}
