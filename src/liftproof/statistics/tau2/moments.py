"""τ² in closed form: a quadratic form of the effects is set equal to its expectation.

With P = A - AX(X'AX)⁻¹X'A for any weights A, E[y'Py] = τ² tr P + tr PV; the estimators differ in
their weights. All are 0 where the difference is negative.

Beside each stands its standard error: (y'Py - constant)/c has the variance of y'Py over c², which
is 2 tr PVPV + 4 τ² tr PVP + 2 τ⁴ tr P² for normal effects, with τ² put in. It is as rough as k is
small, and says nothing where τ² is 0.
"""

from collections.abc import Mapping

import numpy as np

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.projection import at_tau2, without_spread
from liftproof.statistics.tau2.quadratic_parts import (
    Tau2Functions,
    crude_variance,
    positive_ratio,
    ratio,
    root_of_variance,
    unweighted,
)


@batched
def fixed_effect(trials: Trials) -> Array:
    """Return 0: one true effect common to all trials. metafor: ``rma(yi, vi, method="EE")``.

    >>> float(fixed_effect([0.0, 9.0], [1.0, 1.0]))
    0.0
    """
    return np.zeros_like(trials.origin)


@batched
def of_none(trials: Trials, tau2: Array) -> Array:  # noqa: ARG001 - all take the same
    """Return NaN: a τ² that is 0 by definition has no error. metafor: ``NA``.

    >>> float(of_none([0.0, 4.0], [1.0, 1.0], 0.0))
    nan
    """
    return np.full_like(trials.origin, np.nan)


@batched
def dersimonian_laird(trials: Trials) -> Array:
    """Return τ² = max(0, (Q - (k - p)) / tr P), weights 1/v; tr P = Σw - Σw²/Σw for a mean.

    ``y`` and ``v`` (..., k); returns (...). Raises InputError.

    Source: DerSimonian & Laird 1986, Control Clin Trials 7, 177-188, equation 8; with moderators
    Raudenbush 2009. metafor: ``rma(yi, vi, method="DL")$tau2``.

    >>> round(float(dersimonian_laird([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09])), 6)
    0.012743
    """
    fit = without_spread(trials)
    return positive_ratio(fit.q - trials.df, fit.trace())


@batched
def of_dersimonian_laird(trials: Trials, tau2: Array) -> Array:
    """Return √variance of Q over tr P, weights 1/v; ``tau2`` (...), the estimate.

    Source: Biggerstaff & Tweedie 1997, Stat Med 16, 753-768. metafor:
    ``rma(yi, vi, method="DL")$se.tau2``.

    >>> round(float(of_dersimonian_laird([0.0, 4.0], [1.0, 1.0], 7.0)), 6)
    11.313708
    """
    fit = without_spread(trials)
    return root_of_variance(trials, fit, tau2, fit.trace())


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
    return positive_ratio(fit.q - fit.trace(trials.sampling_variances), trials.df)


@batched
def of_hedges(trials: Trials, tau2: Array) -> Array:
    """Return √variance of the squared residuals over k - p. metafor: ``rma(method="HE")$se.tau2``.

    Source: variance of a quadratic form, Searle 1971, Linear Models, section 2.5.

    >>> round(float(of_hedges([0.0, 4.0], [1.0, 1.0], 7.0)), 6)
    11.313708
    """
    return root_of_variance(trials, unweighted(trials), tau2, trials.df + 0 * tau2)


@batched
def hunter_schmidt(trials: Trials) -> Array:
    """Return τ² = max(0, (Q - k) / Σw), weights 1/v.

    Source: Hunter & Schmidt 1990, Methods of Meta-Analysis; Viechtbauer 2005, J Educ Behav Stat
    30, 261-293, equation 3. metafor: ``rma(yi, vi, method="HS")$tau2``.

    >>> float(hunter_schmidt([0.0, 4.0], [1.0, 1.0]))
    3.0
    """
    fit = without_spread(trials)
    return positive_ratio(fit.q - trials.count, fit.w.sum(axis=0))


@batched
def of_hunter_schmidt(trials: Trials, tau2: Array) -> Array:
    """Return √variance of Q over Σw, weights 1/v. metafor: ``rma(method="HS")$se.tau2``.

    Source: variance of a quadratic form, Searle 1971, Linear Models, section 2.5.

    >>> round(float(of_hunter_schmidt([0.0, 4.0], [1.0, 1.0], 3.0)), 6)
    2.828427
    """
    fit = without_spread(trials)
    return root_of_variance(trials, fit, tau2, fit.w.sum(axis=0))


@batched
def hunter_schmidt_corrected(trials: Trials) -> Array:
    """Return τ² = max(0, (Q k/(k - p) - k) / Σw): Hunter-Schmidt with a small-sample correction.

    Source: Brannick, Potter, Benitez & Morris 2019, Res Synth Methods 10, 392-406. metafor:
    ``rma(yi, vi, method="HSk")$tau2``.

    >>> float(hunter_schmidt_corrected([0.0, 4.0], [1.0, 1.0]))
    7.0
    """
    fit = without_spread(trials)
    k = trials.count
    inflated = np.divide(fit.q * k, trials.df, out=np.zeros_like(fit.q), where=trials.df > 0)
    return positive_ratio(inflated - k, fit.w.sum(axis=0))


@batched
def of_hunter_schmidt_corrected(trials: Trials, tau2: Array) -> Array:
    """Return the same times k/(k - p). metafor: ``rma(method="HSk")$se.tau2``.

    Source: variance of a quadratic form, Searle 1971, Linear Models, section 2.5.

    >>> round(float(of_hunter_schmidt_corrected([0.0, 4.0], [1.0, 1.0], 7.0)), 6)
    11.313708
    """
    fit = without_spread(trials)
    return root_of_variance(trials, fit, tau2, fit.w.sum(axis=0) * trials.df / trials.count)


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


@batched
def of_sidik_jonkman(trials: Trials, tau2: Array) -> Array:
    """Return τ₀²/(k - p) times √variance of Q(τ₀²). metafor: ``rma(method="SJ")$se.tau2``.

    Source: variance of a quadratic form, Searle 1971, Linear Models, section 2.5.

    >>> round(float(of_sidik_jonkman([0.0, 4.0], [1.0, 1.0], 6.4)), 6)
    8.372144
    """
    start = crude_variance(trials)
    return root_of_variance(
        trials, at_tau2(trials, start), tau2, ratio(trials.df + 0 * start, start)
    )


MOMENTS: Mapping[str, Tau2Functions] = {
    "FE": Tau2Functions(estimate=fixed_effect, standard_error=of_none),
    "DL": Tau2Functions(estimate=dersimonian_laird, standard_error=of_dersimonian_laird),
    "HE": Tau2Functions(estimate=hedges, standard_error=of_hedges),
    "HS": Tau2Functions(estimate=hunter_schmidt, standard_error=of_hunter_schmidt),
    "HSk": Tau2Functions(
        estimate=hunter_schmidt_corrected, standard_error=of_hunter_schmidt_corrected
    ),
    "SJ": Tau2Functions(estimate=sidik_jonkman, standard_error=of_sidik_jonkman),
}
