"""The posterior of the normal-normal hierarchical model, by quadrature over τ; nothing is sampled.

y ~ N(θ, v), θ ~ N(μ, τ²), with independent priors of μ (normal or flat) and τ. Given τ all is
normal and closed, so the marginal posteriors of μ, of each trial's θ and of a further trial's θ are
mixtures of normals over the nodes of τ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.bayes.distributions import Heterogeneity, Mixture
from liftproof.statistics.bayes.given_tau import (
    CentredTrials,
    GivenTau,
    centred,
    effect_of_a_trial,
    given_tau,
)
from liftproof.statistics.bayes.nodes import WIDEST, Nodes, nodes, running_integral
from liftproof.statistics.bayes.priors import FAR, FLAT, MuPrior, TauPrior
from liftproof.statistics.checks import Array, effects_and_variances
from liftproof.statistics.labelled import of_one_index

MOST_TRIALS = 2**12
"""In all data sets of one posterior: each meets some 300 nodes in a few arrays, 100 MB in all."""
BLOCK = 2**9
"""Trials that summaries work on at once; each also meets up to 48 candidates for a limit."""
NO_TAU2 = 1e-10
"""τ² relative to the smallest sampling variance that changes no result."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posterior:
    """The joint posterior of μ and τ of n data sets of k trials, given the two priors.

    ``tau_prior``, ``mu_prior``: what all of it is conditional on, beside the data and v. ``shape``:
    of the data sets, (...); below they are counted through, n in all. ``trials``: the data.
    ``nodes``: of the integral over τ. ``tau``, ``weight``, shape (m, n), and ``at_tau``, μ given τ:
    the components of the mixtures, from the nodes.
    ``tail``: the posterior density of τ falls as τ^-tail (infinite: faster than any power), which
    decides what moments exist.
    """

    tau_prior: TauPrior
    mu_prior: MuPrior
    shape: tuple[int, ...]
    trials: CentredTrials
    nodes: Nodes
    tau: Array
    weight: Array
    at_tau: GivenTau
    tail: float

    def effect(self) -> Mixture:
        """Return the posterior of μ."""
        return self._mixture(self.at_tau.variance)

    def prediction(self) -> Mixture:
        """Return the posterior of the θ of a further trial: μ's with variance τ² added."""
        return self._mixture(self.at_tau.variance + self.tau**2)

    def trial_effects(self) -> Mixture:
        """Return the posterior of each trial's θ, as n·k data sets: the trials of each in turn."""
        k, n = self.trials.y.shape
        moments = effect_of_a_trial(self.trials, self.tau, self.at_tau)
        mean, variance = (np.moveaxis(each, 0, 2).reshape(len(self.tau), n * k) for each in moments)
        return Mixture(
            mean=mean,
            sd=np.sqrt(variance),
            weight=np.repeat(self.weight, k, axis=1),
            origin=np.repeat(self.trials.origin, k),
        )

    def heterogeneity(self) -> Heterogeneity:
        """Return the posterior of τ."""
        return Heterogeneity(
            nodes=self.nodes,
            log_integrand=log_integrand(self.trials, self.tau_prior, self.mu_prior),
            below=running_integral(self.nodes),
        )

    def shaped(self, row: Array) -> Array:
        """Return numbers of the n data sets in the shape of these, (...)."""
        return np.reshape(row, self.shape)[()]

    def _mixture(self, variance: Array) -> Mixture:
        return Mixture(
            mean=self.at_tau.mean,
            sd=np.sqrt(variance),
            weight=self.weight,
            origin=self.trials.origin,
        )


@of_one_index
def posterior(
    y: ArrayLike, v: ArrayLike, *, tau_prior: TauPrior, mu_prior: MuPrior = FLAT
) -> Posterior:
    """Return the joint posterior of μ and τ.

    ``y`` and ``v``: effects and sampling variances on the analysis scale, shape (..., k). All nodes
    are kept: of many data sets, 4096 trials at most. ``random_effects``, ``evidence`` and
    ``statement`` take any number, in blocks. Raises InputError, also where the posterior would be
    improper, and ConvergenceError.

    Source: Röver 2020, J Stat Softw 93, number 6. bayesmeta: ``bayesmeta(y, sqrt(v), tau.prior=,
    mu.prior=)``, which approximates the mixture by fewer components (``delta=0.01``). Error bound:
    see ``nodes``.

    >>> from liftproof.statistics.bayes.priors import half_normal
    >>> found = posterior([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau_prior=half_normal(0.5))
    >>> round(float(found.effect().cdf(np.zeros((1, 1)))[0, 0]), 6)
    0.914832
    """
    y, v = effects_and_variances(y, v)
    *shape, k = y.shape
    if y.size > max(k, MOST_TRIALS):
        raise InputError(
            f"A posterior keeps all its nodes: it takes {MOST_TRIALS} trials in all data sets, but "
            f"there are {y.size}. random_effects, evidence and statement take any number."
        )
    trials = centred(y.reshape(-1, k), v.reshape(-1, k))
    return posterior_of(trials, tau_prior, mu_prior, tuple(shape))


def require_priors(tau_prior: object, mu_prior: object) -> None:
    """Raise InputError where a prior is not one, but a name such as "half_normal"."""
    if not isinstance(tau_prior, TauPrior):
        raise InputError(f"tau_prior is a prior such as half_normal(0.5), not {tau_prior!r}.")
    if not isinstance(mu_prior, MuPrior):
        raise InputError(f"mu_prior is a prior such as normal_mu(0.0, 1.0), not {mu_prior!r}.")


def posterior_of(
    trials: CentredTrials, tau_prior: TauPrior, mu_prior: MuPrior, shape: tuple[int, ...]
) -> Posterior:
    """Return the posterior of data sets that are side by side."""
    require_priors(tau_prior, mu_prior)
    tail = tail_of_posterior(tau_prior, mu_prior, len(trials.v))
    low, high = reach(trials, tau_prior, mu_prior, tail)
    found = nodes(
        log_integrand(trials, tau_prior, mu_prior),
        low,
        high,
        allowance=len(trials.v),
        moments=moments_that_exist(tail),
    )
    tau, weight = components(found, trials)
    return Posterior(
        tau_prior=tau_prior,
        mu_prior=mu_prior,
        shape=shape,
        trials=trials,
        nodes=found,
        tau=tau,
        weight=weight,
        at_tau=given_tau(trials, tau, mu_prior),
        tail=tail,
    )


def components(found: Nodes, trials: CentredTrials) -> tuple[Array, Array]:
    """Return τ and weight of the components of mixtures, shape (m, n): fewer than the nodes.

    Every other node: integrals need half as many as the running integral, with an error of RIPPLE²
    (see ``nodes``). Those whose τ² is below NO_TAU2 of the smallest variance count as one: they
    differ by that much at most.
    """
    tau, weight = np.exp(found.log_tau[::2]), found.weight[::2]
    is_small = (tau**2 < NO_TAU2 * trials.v.min(axis=0)).all(axis=1)
    first = max(0, int(is_small.sum()) - 1)
    kept = weight[first:].copy()
    if first:
        kept[0] += weight[:first].sum(axis=0)
    return tau[first:], kept / kept.sum(axis=0)


def log_integrand(
    trials: CentredTrials, tau_prior: TauPrior, mu_prior: MuPrior
) -> Callable[[Array], Array]:
    """Return the function of x = log τ that is log(τ p(τ) L(τ)): shape (m, n) to (m, n)."""

    def of(x: Array) -> Array:
        tau = np.exp(x)
        prior = tau_prior.log_density(tau, trials.v[:, None, :])
        return x + prior + given_tau(trials, tau, mu_prior).log_likelihood

    return of


def tail_of_posterior(tau_prior: TauPrior, mu_prior: MuPrior, k: int) -> float:
    """Return the power t with which the posterior of τ falls as τ^-t; InputError if improper.

    The likelihood falls as τ^-(k - 1) under a flat prior of μ, else as τ^-k.

    >>> from liftproof.statistics.bayes.reference_priors import uniform
    >>> tail_of_posterior(uniform(), FLAT, 2)
    Traceback (most recent call last):
    liftproof.errors.InputError: The posterior is improper: 2 trials say too little of τ for the \
prior of τ, uniform (improper), with that of μ, flat. Take a proper prior of τ, such \
as a half-normal.
    """
    tail = tau_prior.tail + (k if mu_prior.is_proper else k - 1)
    if tail > 1:
        return tail
    trials = "1 trial says" if k == 1 else f"{k} trials say"
    raise InputError(
        f"The posterior is improper: {trials} too little of τ for the prior of τ, "
        f"{tau_prior.label}, with that of μ, {mu_prior.label}. Take a proper prior of τ, such as a "
        "half-normal."
    )


def moments_that_exist(tail: float) -> int:
    """Return how many of mean and variance are finite for a density that falls as τ^-tail.

    >>> moments_that_exist(2.0), moments_that_exist(2.5), moments_that_exist(4.0)
    (0, 1, 2)
    """
    return int(tail > 2) + int(tail > 3)  # noqa: PLR2004


def reach(
    trials: CentredTrials, tau_prior: TauPrior, mu_prior: MuPrior, tail: float
) -> tuple[Array, Array]:
    """Return the log τ between which all of the posterior and its moments lie, each (n,).

    Below the scales of data and prior the integrand rises as τ^(1 + power), above as τ^(1 - tail).
    """
    spread = np.abs(trials.y).max(axis=0)
    if mu_prior.is_proper:
        distance = np.abs(mu_prior.mean - trials.origin)
        spread = np.maximum(spread + distance, mu_prior.sd)
    smallest = np.minimum(np.sqrt(trials.v.min(axis=0)), tau_prior.low)
    largest = np.maximum(np.maximum(np.sqrt(trials.v.max(axis=0)), spread), tau_prior.high)
    above = FAR / (tail - 1 - moments_that_exist(tail))
    if above > WIDEST:
        raise InputError(
            f"The posterior of τ falls so slowly, as τ^-{tail:g}, that its moments cannot be "
            "computed. Take a prior with a lighter tail."
        )
    return np.log(smallest) - FAR / (1 + tau_prior.power), np.log(largest) + above
