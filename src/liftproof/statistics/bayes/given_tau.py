"""The normal-normal model at a given τ, where all is closed: y ~ N(μ, v + τ²), μ ~ its prior.

With w = 1/(v + τ²) and the prior of μ as one more observation of weight w₀ = 1/sd² (0 if flat),
μ given τ is normal with mean (Σwy + w₀m)/(Σw + w₀) and variance 1/(Σw + w₀).

Source: Röver 2020, J Stat Softw 93, number 6, section 2.3. Arrays: trials on the first axis, values
of τ on the second, data sets on the last; effects are relative to ``CentredTrials.origin``.
"""

from dataclasses import dataclass

import numpy as np

from liftproof.statistics.bayes.priors import MuPrior
from liftproof.statistics.checks import Array

LOG_2PI = float(np.log(2 * np.pi))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CentredTrials:
    """Data sets side by side, trials on the first axis in their own order.

    ``y``: effects minus ``origin``, shape (k, n). ``v``: variances, shape (k, n). ``origin``: the
    most precise effect of each data set, shape (n,), so that nothing cancels about it.
    """

    y: Array
    v: Array
    origin: Array


def centred(y: Array, v: Array) -> CentredTrials:
    """Return data sets of shape (n, k) as :class:`CentredTrials`.

    >>> trials = centred(np.array([[3.0, 5.0]]), np.array([[2.0, 1.0]]))
    >>> trials.y.tolist(), trials.origin.tolist()
    ([[-2.0], [0.0]], [5.0])
    """
    origin = np.take_along_axis(y, v.argmin(axis=1)[:, None], axis=1)[:, 0]
    return CentredTrials(y=(y - origin[:, None]).T.copy(), v=v.T.copy(), origin=origin)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GivenTau:
    """What the data say where τ is known, each of shape (m, n) for m values of τ.

    ``log_likelihood``: of τ, with μ integrated out over its prior (a flat one counts as density 1).
    ``mean`` (relative to the origin) and ``variance`` of μ.
    """

    log_likelihood: Array
    mean: Array
    variance: Array


def given_tau(trials: CentredTrials, tau: Array, mu_prior: MuPrior) -> GivenTau:
    """Return the likelihood of τ and the posterior of μ at each τ of shape (m, n).

    bayesmeta: ``likelihood(tau=, log=TRUE)`` and ``cond.moment(tau=)``.

    >>> trials = centred(np.array([[0.0, 1.0]]), np.array([[0.5, 0.5]]))
    >>> at = given_tau(trials, np.zeros((1, 1)), MuPrior(mean=0, sd=np.inf))
    >>> float(at.mean[0, 0]), float(at.variance[0, 0])
    (0.5, 0.25)
    """
    y, v = trials.y[:, None, :], trials.v[:, None, :]
    w = 1 / (v + tau**2)
    prior_weight = mu_prior.sd**-2
    offset = mu_prior.mean - trials.origin if mu_prior.is_proper else 0.0
    total = w.sum(axis=0) + prior_weight
    mean = ((w * y).sum(axis=0) + prior_weight * offset) / total
    q = (w * (y - mean) ** 2).sum(axis=0) + prior_weight * (offset - mean) ** 2
    log_determinant = np.log(w).sum(axis=0) - np.log(total)
    free = len(w)
    if mu_prior.is_proper:
        log_determinant += np.log(prior_weight)
    else:
        free -= 1
    return GivenTau(
        log_likelihood=(log_determinant - q - free * LOG_2PI) / 2,
        mean=mean,
        variance=1 / total,
    )


def log_likelihood_of_mu(trials: CentredTrials, tau: Array, mu: float) -> Array:
    """Return log p(y | μ, τ), shape (m, n). bayesmeta: ``likelihood(mu=, tau=, log=TRUE)``.

    >>> trials = centred(np.zeros((1, 1)), np.ones((1, 1)))
    >>> round(float(log_likelihood_of_mu(trials, np.zeros((1, 1)), 0.0)[0, 0]), 6)
    -0.918939
    """
    variance = trials.v[:, None, :] + tau**2
    squares = (trials.y - (mu - trials.origin))[:, None, :] ** 2
    value: Array = -(np.log(variance) + squares / variance + LOG_2PI).sum(axis=0) / 2
    return value


def effect_of_a_trial(trials: CentredTrials, tau: Array, at: GivenTau) -> tuple[Array, Array]:
    """Return mean and variance of each θ given τ, shape (k, m, n).

    θ given μ and τ has mean Bμ + (1 - B)y and variance (1 - B)v, B = v/(v + τ²).

    >>> trials = centred(np.array([[0.0, 1.0]]), np.array([[0.5, 0.5]]))
    >>> tau = np.full((1, 1), 0.5**0.5)
    >>> mean, variance = effect_of_a_trial(trials, tau, given_tau(trials, tau, MuPrior(
    ...     mean=0, sd=np.inf)))
    >>> mean[:, 0, 0].round(6).tolist(), variance[:, 0, 0].round(6).tolist()
    ([0.25, 0.75], [0.375, 0.375])
    """
    y, v = trials.y[:, None, :], trials.v[:, None, :]
    shrinkage = v / (v + tau**2)
    mean = shrinkage * at.mean + (1 - shrinkage) * y
    return mean, shrinkage * tau**2 + shrinkage**2 * at.variance
