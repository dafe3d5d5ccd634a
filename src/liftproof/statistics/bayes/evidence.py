"""Marginal likelihood and Bayes factors, which exist under proper priors only."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.bayes.given_tau import given_tau, log_likelihood_of_mu
from liftproof.statistics.bayes.nodes import nodes
from liftproof.statistics.bayes.posterior import (
    BLOCK,
    Posterior,
    posterior,
    reach,
    require_priors,
    tail_of_posterior,
)
from liftproof.statistics.bayes.priors import MuPrior, TauPrior
from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, floats
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result

SMALLEST = 1e-300
"""A τ whose square leaves every sampling variance as it is."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence(Result):
    """How well the model with both priors predicts the data. Arrays have shape (...).

    Conditional on ``tau_prior`` and ``mu_prior``; Bayes factors depend on their widths far more
    than posteriors do (Lindley's paradox). ``null``: the value of μ tested.
    ``log_marginal_likelihood``: log p(y).
    ``bayes_factor_tau_0``: p(y | τ = 0)/p(y). ``bayes_factor_mu_0``: p(y | μ = null)/p(y). Below 1
    they speak against τ = 0, against μ = null.
    """

    tau_prior: str
    mu_prior: str
    null: float
    log_marginal_likelihood: Array
    bayes_factor_tau_0: Array
    bayes_factor_mu_0: Array


@of_one_index
@in_blocks(size=BLOCK)
def evidence(
    y: ArrayLike, v: ArrayLike, *, tau_prior: TauPrior, mu_prior: MuPrior, null: float = 0.0
) -> Evidence:
    """Return the marginal likelihood and the Bayes factors of τ = 0 and of μ = ``null``.

    ``y`` and ``v`` as for ``posterior``. Raises InputError where a prior is improper: the factor
    would be as arbitrary as the prior's constant. Error bound: 1e-10.

    Source: Kass & Raftery 1995, J Am Stat Assoc 90, 773-795. bayesmeta:
    ``bayesmeta(...)$marginal.likelihood`` and ``$bayesfactor["actual", ]``.

    >>> from liftproof.statistics.bayes.priors import half_normal, normal_mu
    >>> found = evidence([-0.51, -0.22], [0.04, 0.01], tau_prior=half_normal(0.5),
    ...     mu_prior=normal_mu(0, 1))
    >>> round(float(found.bayes_factor_tau_0), 6), round(float(found.bayes_factor_mu_0), 6)
    (1.318983, 1.127269)
    """
    require_priors(tau_prior, mu_prior)
    for prior in (tau_prior, mu_prior):
        if not prior.is_proper:
            raise InputError(
                f"A Bayes factor needs proper priors, but that of "
                f"{'τ' if prior is tau_prior else 'μ'} is {prior.label}. Choose one that is a "
                "distribution, such as a half-normal for τ or a normal for μ."
            )
    null = float(floats("null", null))
    of = posterior(y, v, tau_prior=tau_prior, mu_prior=mu_prior)
    constant = _log_constant(of)
    tau_0 = np.full((1, of.trials.y.shape[1]), SMALLEST)
    at_tau_0 = of.shaped(given_tau(of.trials, tau_0, mu_prior).log_likelihood[0])
    at_mu = of.shaped(_log_likelihood_of_mu(of, null) - constant)
    log_evidence = of.shaped(of.nodes.log_integral - constant)
    return Evidence(
        tau_prior=tau_prior.label,
        mu_prior=mu_prior.label,
        null=null,
        log_marginal_likelihood=log_evidence,
        bayes_factor_tau_0=np.exp(at_tau_0 - log_evidence),
        bayes_factor_mu_0=np.exp(at_mu - log_evidence),
    )


def _log_constant(of: Posterior) -> Array:
    """Return the logarithm of the integral of the prior of τ, by the same quadrature; (n,)."""
    if of.tau_prior.is_normalised:
        return np.zeros(of.trials.y.shape[1])

    def integrand(x: Array) -> Array:
        return x + of.tau_prior.log_density(np.exp(x), of.trials.v[:, None, :])

    low, high = reach(of.trials, of.tau_prior, of.mu_prior, of.tau_prior.tail)
    return nodes(integrand, low, high).log_integral


def _log_likelihood_of_mu(of: Posterior, mu: float) -> Array:
    """Return log ∫ p(τ) p(y | μ, τ) dτ, shape (n,)."""

    def integrand(x: Array) -> Array:
        prior = of.tau_prior.log_density(np.exp(x), of.trials.v[:, None, :])
        return x + prior + log_likelihood_of_mu(of.trials, np.exp(x), mu)

    distant = replace(of.trials, y=of.trials.y - (mu - of.trials.origin))
    tail = tail_of_posterior(of.tau_prior, of.mu_prior, len(of.trials.v))
    low, high = reach(distant, of.tau_prior, of.mu_prior, tail)
    return nodes(integrand, low, high, allowance=len(of.trials.v)).log_integral
