"""The quadrature against brute force (``dense_posterior.py``), for every prior there is."""

import numpy as np
import pytest
from scipy import stats

from liftproof.statistics.bayes import priors, reference_priors
from liftproof.statistics.bayes.evidence import evidence
from liftproof.statistics.bayes.posterior import posterior
from liftproof.statistics.bayes.probabilities import density_of, joint_density, probability_that
from liftproof.statistics.bayes.random_effects import random_effects, shrunken_effects
from support.dense_posterior import Dense

pytestmark = pytest.mark.slow

SAME_ROW = 1e-12
"""One value and many take the same steps; sums may be added in another order."""
EXACT = 1e-9
"""Both integrate to about 1e-12; the brute force loses a digit or two at the ends of its pieces."""
SHORTEST = 1e-7
"""Ends of a shortest interval: its length is at a minimum, so their error is the square root of the
length's."""

Y = np.array([-0.9, -0.3, 0.1, -0.6, 0.4])
V = np.array([0.04, 0.01, 0.09, 0.2, 0.05])
HARMONIC = len(V) / (1 / V).sum()
TYPICAL = 4 * (1 / V).sum() / ((1 / V).sum() ** 2 - (1 / V**2).sum())
PRIORS = {
    "half-normal": (priors.half_normal(0.5), stats.halfnorm(scale=0.5).pdf),
    "normal": (priors.truncated_normal(0.3, 0.2), stats.truncnorm(-1.5, np.inf, 0.3, 0.2).pdf),
    "half-t": (priors.half_t(0.4, 3), lambda t: 2 * stats.t(3, scale=0.4).pdf(t)),
    "half-Cauchy": (priors.half_cauchy(0.5), stats.halfcauchy(scale=0.5).pdf),
    "half-logistic": (priors.half_logistic(0.3), stats.halflogistic(scale=0.3).pdf),
    "exponential": (priors.exponential(0.4), stats.expon(scale=0.4).pdf),
    "Lomax": (priors.lomax(0.4, 2), stats.lomax(2, scale=0.4).pdf),
    "log-normal": (priors.log_normal(-1.3, 0.9), stats.lognorm(0.9, scale=np.exp(-1.3)).pdf),
    "uniform": (reference_priors.uniform(), np.ones_like),
    "sqrt": (reference_priors.uniform_root(), lambda t: t**-0.5),
    "Jeffreys": (
        reference_priors.jeffreys(),
        lambda t: np.sqrt(((t[:, None] / (V + t[:, None] ** 2)) ** 2).sum(axis=1)),
    ),
    "BergerDeely": (
        reference_priors.berger_deely(),
        lambda t: np.prod((t[:, None] / (V + t[:, None] ** 2)) ** (1 / len(V)), axis=1),
    ),
    "conventional": (
        reference_priors.conventional(),
        lambda t: np.prod((t[:, None] / (V + t[:, None] ** 2) ** 1.5) ** (1 / len(V)), axis=1),
    ),
    "DuMouchel": (
        reference_priors.dumouchel(),
        lambda t: np.sqrt(HARMONIC) / (np.sqrt(HARMONIC) + t) ** 2,
    ),
    "shrinkage": (
        reference_priors.uniform_shrinkage(),
        lambda t: 2 * HARMONIC * t / (HARMONIC + t**2) ** 2,
    ),
    "I2": (reference_priors.uniform_i2(), lambda t: 2 * TYPICAL * t / (TYPICAL + t**2) ** 2),
}
MU_PRIORS = {
    "flat": (priors.FLAT, {}),
    "normal": (priors.normal_mu(0.5, 0.7), {"mean": 0.5, "sd": 0.7}),
}

each_prior = pytest.mark.parametrize("name", PRIORS)
each_mu_prior = pytest.mark.parametrize("mu", MU_PRIORS)


def both(name, mu):
    (tau_prior, density), (mu_prior, moments) = PRIORS[name], MU_PRIORS[mu]
    return {"tau_prior": tau_prior, "mu_prior": mu_prior}, Dense(Y, V, density, **moments)


def test_every_reference_prior_is_compared():
    assert set(reference_priors.REFERENCE_PRIORS) <= set(PRIORS)


@each_prior
@each_mu_prior
def test_moments_and_probabilities(name, mu):
    ours, dense = both(name, mu)
    found = random_effects(Y, V, **ours, interval="central")
    assert float(found.tau.mean) == pytest.approx(dense.mean_of(dense.tau), rel=EXACT)
    assert float(found.mu.mean) == pytest.approx(dense.mean_of(dense.mean), rel=EXACT)
    second = dense.mean_of(dense.mean**2 + dense.variance) - dense.mean_of(dense.mean) ** 2
    if np.isfinite(found.mu.sd):
        assert float(found.mu.sd) == pytest.approx(np.sqrt(second), rel=EXACT)
    of = posterior(Y, V, **ours)
    for x in (-1.5, -0.3, 0.0, 0.8):
        below = dense.probability_below(x)
        assert float(probability_that(of, below=x)) == pytest.approx(below, rel=EXACT)
        above = float(probability_that(of, above=x))
        assert above == pytest.approx(1 - below, abs=EXACT)
        predicted = float(probability_that(of, below=x, quantity="prediction"))
        assert predicted == pytest.approx(dense.probability_below(x, dense.tau**2), rel=EXACT)


@each_prior
@each_mu_prior
def test_quantiles(name, mu):
    ours, dense = both(name, mu)
    found = random_effects(Y, V, **ours, interval="central", level=0.9)
    for summary, extra in ((found.mu, 0.0), (found.prediction, dense.tau**2)):
        for limit, p in ((summary.low, 0.05), (summary.median, 0.5), (summary.high, 0.95)):
            assert dense.probability_below(float(limit), extra) == pytest.approx(p, abs=EXACT)


@each_prior
@each_mu_prior
def test_effects_of_trials(name, mu):
    ours, dense = both(name, mu)
    effects = shrunken_effects(Y, V, **ours, interval="central").effects
    for i in range(len(Y)):
        mean, variance = dense.of_trial(i)
        expected = dense.mean_of(mean)
        sd = np.sqrt(dense.mean_of(variance + (mean - expected) ** 2))
        assert effects.mean[i] == pytest.approx(expected, rel=EXACT)
        assert effects.sd[i] == pytest.approx(sd, rel=EXACT)
        for limit, p in ((effects.low[i], 0.025), (effects.median[i], 0.5)):
            at = dense.mean_of(stats.norm.cdf((limit - mean) / np.sqrt(variance)))
            assert at == pytest.approx(p, abs=EXACT)


@each_prior
def test_running_integral_of_tau(name):
    tau_prior, density = PRIORS[name]
    dense, edge = Dense(Y, V, density), 0.3
    expected = dense.mean_of(0.5 - 0.5 * np.tanh(40 * (dense.tau / edge - 1)))
    t = np.linspace(edge * 0.4, edge * 1.6, 1001)  # a soft edge, so that no piece is cut
    cdf = posterior(Y, V, tau_prior=tau_prior).heterogeneity().cdf(t[:, None])[:, 0]
    slope = 20 / edge / np.cosh(40 * (t / edge - 1)) ** 2
    assert np.trapezoid(cdf * slope, t) == pytest.approx(expected, abs=EXACT)


@each_prior
def test_tau_quantiles_match_its_density(name):
    """The density is the derivative of the running integral: both are computed independently."""
    of = posterior(Y, V, tau_prior=PRIORS[name][0]).heterogeneity()
    x, share = np.polynomial.legendre.leggauss(60)
    low, high = of.quantile(np.array([[0.1], [0.9]]))[:, 0]
    tau = low + (high - low) * (1 + x) / 2
    between = (of.density(tau[:, None])[:, 0] * share).sum() * (high - low) / 2
    assert between == pytest.approx(0.8, abs=EXACT)


@pytest.mark.parametrize("name", [name for name, (prior, _) in PRIORS.items() if prior.is_proper])
def test_evidence(name):
    ours, dense = both(name, "normal")
    found = evidence(Y, V, **ours, null=0.2)
    constant = 1.0
    if not ours["tau_prior"].is_normalised:
        t = np.logspace(-16, 16, 400001)
        constant = np.trapezoid(PRIORS[name][1](t) * t, np.log(t))
    log_evidence = dense.log_evidence - np.log(constant)
    assert float(found.log_marginal_likelihood) == pytest.approx(log_evidence, abs=EXACT)
    at_tau_0 = stats.multivariate_normal.logpdf(
        Y, np.full(5, 0.5), np.diag(V) + 0.7**2, allow_singular=False
    )
    assert float(found.bayes_factor_tau_0) == pytest.approx(
        np.exp(at_tau_0 - log_evidence), rel=EXACT
    )
    # Savage & Dickey: the factor of a point is the ratio of posterior and prior density there
    ratio = density_of(posterior(Y, V, **ours), 0.2) / stats.norm(0.5, 0.7).pdf(0.2)
    assert float(found.bayes_factor_mu_0) == pytest.approx(float(ratio), rel=EXACT)


@each_prior
def test_shortest_intervals_are_shortest(name):
    ours, _ = both(name, "flat")
    short = random_effects(Y, V, **ours)
    of = posterior(Y, V, **ours)
    for summary, quantity in ((short.mu, "mu"), (short.prediction, "prediction")):
        low, high = float(summary.low), float(summary.high)
        held = probability_that(of, above=low, below=high, quantity=quantity)
        assert float(held) == pytest.approx(0.95, abs=EXACT)
        ends = [float(density_of(of, x, quantity)) for x in (low, high)]
        assert ends[0] == pytest.approx(ends[1], rel=SHORTEST)
        assert float(density_of(of, float(summary.mode), quantity)) > max(ends)
    low, high = float(short.tau.low), float(short.tau.high)
    held = probability_that(of, above=low, below=high, quantity="tau")
    assert float(held) == pytest.approx(0.95, abs=EXACT)
    central = random_effects(Y, V, **ours, interval="central").tau
    assert high - low < float(central.high - central.low)
    if low > 0:
        ends = [float(density_of(of, x, "tau")) for x in (low, high)]
        assert ends[0] == pytest.approx(ends[1], rel=SHORTEST)


@each_prior
def test_the_mode_of_tau_is_highest(name):
    of = posterior(Y, V, tau_prior=PRIORS[name][0])
    mode = float(random_effects(Y, V, tau_prior=PRIORS[name][0], interval="central").tau.mode)
    tau = np.concatenate((np.linspace(1e-9, 2, 2001), mode * np.array([0.999, 1.001]) + 1e-9))
    densities = of.heterogeneity().density(tau[:, None])
    assert densities[[0, 700, -1], 0] == pytest.approx(
        [float(density_of(of, t, "tau")) for t in tau[[0, 700, -1]]], rel=SAME_ROW
    )
    assert float(density_of(of, mode, "tau")) >= densities.max() * (1 - 1e-9)


def test_the_joint_density_integrates_to_the_marginals():
    of = posterior(Y, V, tau_prior=priors.half_normal(0.5))
    x, share = np.polynomial.legendre.leggauss(80)
    tau = 1.5 + 1.5 * x
    joint = [float(joint_density(of, 0.1, t)) for t in tau]
    below = probability_that(of, below=3.0, quantity="tau")
    assert float(below) == pytest.approx(1, abs=1e-6)
    marginal = 1.5 * (np.array(joint) * share).sum()
    assert marginal == pytest.approx(float(density_of(of, 0.1)), rel=1e-6)
