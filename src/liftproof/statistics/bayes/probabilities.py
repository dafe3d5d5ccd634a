"""Statements about a posterior: probabilities and densities at values of interest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.bayes.distributions import Heterogeneity, Mixture
from liftproof.statistics.bayes.given_tau import given_tau
from liftproof.statistics.bayes.posterior import BLOCK, Posterior, posterior
from liftproof.statistics.bayes.priors import FLAT, MuPrior, TauPrior
from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, choose, finite_number
from liftproof.statistics.result import Result

QUANTITIES: Mapping[str, Callable[[Posterior], Mixture | Heterogeneity]] = {
    "mu": Posterior.effect,
    "prediction": Posterior.prediction,
    "tau": Posterior.heterogeneity,
}
"""What statements can be made of."""


def probability_that(
    of: Posterior,
    *,
    below: float | None = None,
    above: float | None = None,
    quantity: str = "mu",
) -> Array:
    """Return the posterior probability that a quantity is ``below`` or ``above`` a value, (...).

    ``quantity``: ``mu``, the mean effect; ``prediction``, the true effect of a further trial; or
    ``tau``. Values are on the analysis scale: P(RR < 0.5) is ``below=np.log(0.5)``. With both
    limits: that it is between ``above`` and ``below``. Conditional on the priors in ``of``. Raises
    InputError. bayesmeta: ``pposterior(mu=)``, ``pposterior(theta=, predict=TRUE)``,
    ``pposterior(tau=)``.

    >>> from liftproof.statistics.bayes.posterior import posterior
    >>> from liftproof.statistics.bayes.priors import half_normal
    >>> found = posterior([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau_prior=half_normal(0.5))
    >>> round(float(probability_that(found, below=0.2, above=-0.2, quantity="tau")), 6)
    0.493664
    """
    distribution = choose(QUANTITIES, quantity, "quantity")(of)
    sets = of.trials.y.shape[1]
    if below is not None:
        result = distribution.cdf(_row("below", below, sets))
        if above is not None:
            result = result - distribution.cdf(_row("above", above, sets))
        return of.shaped(np.maximum(result, 0.0))
    if above is not None:
        return of.shaped(distribution.upper_tail(_row("above", above, sets)))
    raise InputError("A probability statement needs a value to be below or above.")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statement(Result):
    """The posterior ``probability``, shape (...), that ``quantity`` is above and below values.

    Conditional on the normal-normal model and on ``tau_prior`` and ``mu_prior``, in words.
    ``above``, ``below``: on the analysis scale, None for no limit on that side.
    """

    tau_prior: str
    mu_prior: str
    quantity: str
    above: float | None
    below: float | None
    probability: Array


@in_blocks(size=BLOCK)
def statement(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau_prior: TauPrior,
    mu_prior: MuPrior = FLAT,
    below: float | None = None,
    above: float | None = None,
    quantity: str = "mu",
) -> Statement:
    """Return :func:`probability_that` for any number of data sets (..., k), from their effects.

    Raises InputError, also where the posterior would be improper, and ConvergenceError.

    >>> from liftproof.statistics.bayes.priors import half_normal
    >>> y, v = [-0.51, -0.22, 0.05], [0.04, 0.001, 0.09]
    >>> round(float(statement(y, v, tau_prior=half_normal(0.5), below=0.0).probability), 6)
    0.914832
    """
    of = posterior(y, v, tau_prior=tau_prior, mu_prior=mu_prior)
    return Statement(
        tau_prior=tau_prior.label,
        mu_prior=mu_prior.label,
        quantity=quantity,
        above=above,
        below=below,
        probability=probability_that(of, below=below, above=above, quantity=quantity),
    )


def density_of(of: Posterior, at: float, quantity: str = "mu") -> Array:
    """Return the posterior density of a quantity at a value, shape (...).

    bayesmeta: ``dposterior(mu=)``, with ``predict=TRUE``, or ``dposterior(tau=)``.

    >>> from liftproof.statistics.bayes.posterior import posterior
    >>> from liftproof.statistics.bayes.priors import half_normal
    >>> found = posterior([0.0], [1.0], tau_prior=half_normal(0.5))
    >>> round(float(density_of(found, 0.0, "tau")), 6)  # one trial says nothing of τ
    1.595769
    """
    distribution = choose(QUANTITIES, quantity, "quantity")(of)
    return of.shaped(distribution.density(_row("at", at, of.trials.y.shape[1])))


def joint_density(of: Posterior, mu: float, tau: float) -> Array:
    """Return the joint posterior density p(μ, τ | y), shape (...): p(τ | y) p(μ | τ, y).

    bayesmeta: ``dposterior(mu=, tau=)``.

    >>> from liftproof.statistics.bayes.posterior import posterior
    >>> from liftproof.statistics.bayes.priors import half_normal
    >>> found = posterior([0.0], [1.0], tau_prior=half_normal(0.5))
    >>> round(float(joint_density(found, 0.0, 0.5)), 6)
    0.345365
    """
    row = _row("tau", tau, of.trials.y.shape[1])
    at = given_tau(of.trials, row, of.mu_prior)
    z = (_row("mu", mu, row.size) - of.trials.origin - at.mean) / np.sqrt(at.variance)
    conditional = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi * at.variance)
    return of.shaped(of.heterogeneity().density(row) * conditional)


def _row(name: str, value: float, sets: int) -> Array:
    return np.full((1, sets), finite_number(name, value))
