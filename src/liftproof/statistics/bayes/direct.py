"""bayesmeta's own approximation, to compare with its printed numbers: the DIRECT grid.

bayesmeta replaces the mixture over all τ by a few components, such that no component is further
than a divergence ``delta`` from those it stands for. With its defaults limits move by some 0.1 % of
the width of an interval. The posterior of τ itself is not affected.

Source: Röver & Friede 2017, J Comput Graph Stat 26, 217-222.
"""

from dataclasses import replace

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.bayes.distributions import Heterogeneity
from liftproof.statistics.bayes.given_tau import effect_of_a_trial, given_tau
from liftproof.statistics.bayes.posterior import Posterior
from liftproof.statistics.checks import Array
from liftproof.statistics.roots import root

FEWEST_BINS = 2
TOLERANCE = np.full((1, 1), 1e-14)


def as_bayesmeta(of: Posterior, delta: float = 0.01, epsilon: float = 1e-4) -> Posterior:
    """Return the posterior of one data set with bayesmeta's few components in place of the nodes.

    ``delta``: the largest symmetric Kullback-Leibler divergence within a bin of τ. ``epsilon``: the
    share of the posterior of τ beyond the last bin. bayesmeta: arguments ``delta``, ``epsilon``.
    Raises InputError.

    >>> from liftproof.statistics.bayes.posterior import posterior
    >>> from liftproof.statistics.bayes.priors import half_normal
    >>> found = posterior([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau_prior=half_normal(0.5))
    >>> as_bayesmeta(found).tau.size
    30
    """
    if of.trials.y.shape[1] != 1:
        raise InputError("bayesmeta's approximation is for one data set at a time.")
    tau_posterior = of.heterogeneity()
    points, edges = _bins(of, tau_posterior, delta, epsilon)
    mass = np.clip(np.diff(tau_posterior.cdf(edges), axis=0, prepend=0), 0, None)
    return replace(
        of,
        tau=points,
        weight=mass / mass.sum(),
        at_tau=given_tau(of.trials, points, of.mu_prior),
    )


def _bins(
    of: Posterior, tau_posterior: Heterogeneity, delta: float, epsilon: float
) -> tuple[Array, Array]:
    """Return the τ that stands for each bin and the bin's upper edge, each of shape (m, 1)."""
    largest = tau_posterior.quantile(np.full((1, 1), 1 - epsilon))[0, 0]
    points = [np.zeros((1, 1))]
    edges = [_at_divergence(of, points[0], delta)]
    while edges[-1][0, 0] <= largest or len(points) < FEWEST_BINS:
        points.append(_at_divergence(of, edges[-1], delta))
        edges.append(_at_divergence(of, points[-1], delta))
    return np.concatenate(points), np.concatenate(edges)


def _at_divergence(of: Posterior, tau: Array, delta: float) -> Array:
    """Return the larger τ whose components diverge by ``delta`` from those at ``tau``."""
    here = _components(of, tau)

    def excess(other: Array) -> Array:
        return _divergence(here, _components(of, other)) - delta

    high = np.maximum(2 * tau, np.sqrt(of.trials.v.min()))
    while excess(high)[0, 0] <= 0:
        high = 2 * high
    return root(excess, tau, high, TOLERANCE * high)


def _divergence(one: tuple[Array, Array], other: tuple[Array, Array]) -> Array:
    """Return the largest divergence of any of these components, shape (1, 1)."""
    (mean, variance), (mean_2, variance_2) = one, other
    of_means = (mean - mean_2) ** 2 * (1 / variance + 1 / variance_2) / 2
    of_variances = (variance - variance_2) ** 2 / (2 * variance * variance_2)
    return np.asarray((of_means + of_variances).max()).reshape(1, 1)


def _components(of: Posterior, tau: Array) -> tuple[Array, Array]:
    """Return mean and variance of μ, the prediction and each trial's effect given τ."""
    at = given_tau(of.trials, tau, of.mu_prior)
    mean, variance = effect_of_a_trial(of.trials, tau, at)
    return (
        np.concatenate((at.mean[None], at.mean[None], mean)),
        np.concatenate((at.variance[None], at.variance[None] + tau**2, variance)),
    )
