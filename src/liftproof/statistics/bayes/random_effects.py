"""Bayesian random-effects meta-analysis: summaries of all that is reported, in blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.bayes.credible import INTERVALS, Interval, mode_of_mixture, mode_of_tau
from liftproof.statistics.bayes.distributions import Heterogeneity, Mixture
from liftproof.statistics.bayes.posterior import BLOCK, moments_that_exist, posterior
from liftproof.statistics.bayes.priors import FLAT, MuPrior, TauPrior
from liftproof.statistics.bayes.reference_priors import typical_variance
from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, choose, level_of_confidence
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.result import Result, along

COMPONENTS = 2**15
"""Components of mixtures worked on at once: each meets up to 48 values in some ten temporaries."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Summary(Result):
    """A marginal posterior in six numbers, each an array of one shape, on the analysis scale.

    ``mean`` and ``sd``: infinite or NaN where the prior's tail leaves none. ``median``. ``mode``:
    of the highest density. ``low``, ``high``: the credible interval.
    """

    mean: Array
    median: Array
    mode: Array
    sd: Array
    low: Array
    high: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BayesianPooled(Result):
    """The posterior of a random-effects meta-analysis, on the analysis scale. Arrays are (...).

    All of it is conditional on the normal-normal model with known sampling variances and on
    ``tau_prior`` and ``mu_prior``, in words. ``interval``: kind of credible interval, ``shortest``
    or ``central``. ``level``: its probability. ``k``: number of trials.
    ``mu``: the mean effect. ``tau``: the standard deviation of the true effects. ``prediction``:
    the true effect of a further trial. Each is a :class:`Summary`.
    ``i2_at_mean_tau``: percent, I² from the typical variance and the posterior mean of τ.
    """

    tau_prior: str
    mu_prior: str
    interval: str
    level: float
    k: int
    mu: Summary
    tau: Summary
    prediction: Summary
    i2_at_mean_tau: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShrunkenEffects(Result):
    """The posteriors of the true effects of the trials; arrays have shape (..., k).

    Conditional on the model and on ``tau_prior`` and ``mu_prior``. ``interval``, ``level``: of the
    credible intervals.
    """

    per_trial = along("effects")

    tau_prior: str
    mu_prior: str
    interval: str
    level: float
    effects: Summary


@of_one_index
@dropping_missing("y", "v")
@in_blocks(size=BLOCK)
def random_effects(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau_prior: TauPrior,
    mu_prior: MuPrior = FLAT,
    interval: str = "shortest",
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> BayesianPooled:
    """Return summaries of the posterior of μ, τ and the effect of a further trial.

    ``y`` and ``v``: effects and sampling variances on the analysis scale, shape (..., k): any
    number of data sets. ``interval``: a name in INTERVALS. Raises InputError, also where the
    posterior would be improper, and ConvergenceError. Error bound: quantiles and moments 1e-10 of
    the posterior's standard deviation, modes 1e-8, shortest intervals 1e-8 of their length.
    ``missing``: see ``statistics.missing``.

    Source: Röver 2020, J Stat Softw 93, number 6. bayesmeta: ``bayesmeta(y, sqrt(v), tau.prior=,
    mu.prior=, interval.type="shortest")$summary``; see ``direct`` for where it is less exact.

    >>> from liftproof.statistics.bayes.priors import half_normal
    >>> y, v = [-0.51, -0.22, 0.05], [0.04, 0.001, 0.09]
    >>> found = random_effects(y, v, tau_prior=half_normal(0.5))
    >>> [round(float(x), 4) for x in (found.mu.median, found.mu.low, found.mu.high)]
    [-0.2393, -0.6965, 0.2055]
    """
    choice, level = choose(INTERVALS, interval, "interval"), level_of_confidence(level)
    of = posterior(y, v, tau_prior=tau_prior, mu_prior=mu_prior)
    moments = moments_that_exist(of.tail)
    moments_of_mu = 2 if mu_prior.is_proper else moments
    tau = _summary(_of_tau(of.heterogeneity(), choice, level, moments), of.shape)
    typical = of.shaped(typical_variance(of.trials.v))
    return BayesianPooled(
        tau_prior=tau_prior.label,
        mu_prior=mu_prior.label,
        interval=interval,
        level=level,
        k=len(of.trials.v),
        mu=_summary(_of_mixture(of.effect(), choice, level, moments_of_mu), of.shape),
        tau=tau,
        prediction=_summary(_of_mixture(of.prediction(), choice, level, moments), of.shape),
        i2_at_mean_tau=100 / (1 + typical / tau.mean**2),
    )


@of_one_index
@dropping_missing("y", "v")
@in_blocks(size=BLOCK)
def shrunken_effects(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau_prior: TauPrior,
    mu_prior: MuPrior = FLAT,
    interval: str = "shortest",
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> ShrunkenEffects:
    """Return summaries of the posterior of each trial's true effect; arguments as above.
    ``missing``: see ``statistics.missing``.

    Source: Röver 2020, J Stat Softw 93, number 6, section 2.5. bayesmeta:
    ``bayesmeta(y, sqrt(v), ...)$theta``.

    >>> from liftproof.statistics.bayes.priors import half_normal
    >>> found = shrunken_effects([-0.51, 0.05], [0.04, 0.001], tau_prior=half_normal(0.5))
    >>> found.effects.median.round(4).tolist()
    [-0.4126, 0.0475]
    """
    choice, level = choose(INTERVALS, interval, "interval"), level_of_confidence(level)
    of = posterior(y, v, tau_prior=tau_prior, mu_prior=mu_prior)
    effects = of.trial_effects()
    size = max(1, COMPONENTS // len(effects.weight))
    parts = (slice(start, start + size) for start in range(0, max(1, effects.origin.size), size))
    rows = np.hstack([_of_mixture(effects.take(part), choice, level, 2) for part in parts])
    return ShrunkenEffects(
        tau_prior=tau_prior.label,
        mu_prior=mu_prior.label,
        interval=interval,
        level=level,
        effects=_summary(rows, (*of.shape, len(of.trials.v))),
    )


def summary_of(of: Mixture, interval: str, level: float) -> Summary:
    """Return the summary of n mixtures, each field of shape (n,); its moments are taken to exist.

    >>> mean, one = np.full((1, 1), 2.0), np.ones((1, 1))
    >>> of = Mixture(mean=mean, sd=one, weight=one, origin=np.zeros(1))
    >>> round(float(summary_of(of, "central", 0.95).high[0]), 6)
    3.959964
    """
    choice = choose(INTERVALS, interval, "interval")
    rows = _of_mixture(of, choice, level_of_confidence(level), 2)
    return _summary(rows, of.origin.shape)


def _summary(rows: Array, shape: tuple[int, ...]) -> Summary:
    """Return the six rows as a summary of arrays of this shape."""
    mean, median, mode, sd, low, high = (np.reshape(row, shape)[()] for row in rows)
    return Summary(mean=mean, median=median, mode=mode, sd=sd, low=low, high=high)


def _of_mixture(of: Mixture, choice: Interval, level: float, moments: int) -> Array:
    """Return mean, median, mode, sd and limits of n mixtures, shape (6, n)."""
    n = of.weight.shape[1]
    centre = (of.weight * of.mean).sum(axis=0)
    variance = (of.weight * ((of.mean - centre) ** 2 + of.sd**2)).sum(axis=0)
    mean, sd = _existing(centre + of.origin, np.sqrt(variance), moments, np.nan)
    low, high = choice(of, level, n, False)
    return np.stack((mean, _median(of, n), mode_of_mixture(of), sd, low, high))


def _of_tau(of: Heterogeneity, choice: Interval, level: float, moments: int) -> Array:
    """Return the same of τ."""
    tau, weight = np.exp(of.nodes.log_tau), of.nodes.weight
    n = weight.shape[1]
    centre = (weight * tau).sum(axis=0)
    spread = np.sqrt((weight * (tau - centre) ** 2).sum(axis=0))
    mean, sd = _existing(centre, spread, moments, np.inf)
    low, high = choice(of, level, n, True)
    return np.stack((mean, _median(of, n), mode_of_tau(of), sd, low, high))


def _median(of: Mixture | Heterogeneity, n: int) -> Array:
    row: Array = of.quantile(np.full((1, n), 0.5))[0]
    return row


def _existing(mean: Array, sd: Array, moments: int, no_mean: float) -> tuple[Array, Array]:
    """Return mean and sd, in place of those that do not exist ``no_mean`` and infinity or NaN."""
    if moments == 0:
        return np.full_like(mean, no_mean), np.full_like(sd, np.nan)
    return mean, sd if moments > 1 else np.full_like(sd, np.inf)
