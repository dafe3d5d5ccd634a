"""Likelihoods of the models for sparse data against SciPy's distributions and dense integration."""

import numpy as np
import pytest
from scipy import integrate, optimize, stats
from scipy.special import expit

from liftproof.statistics.effects.checked_arms import table_of
from liftproof.statistics.sparse.beta_binomial import beta_binomial
from liftproof.statistics.sparse.glmm import log_odds, odds_ratio, rate_ratio
from liftproof.statistics.sparse.glmm_models import binomial_arms, fixed_study_effects
from liftproof.statistics.sparse.glmm_setup import CountTerms
from liftproof.statistics.sparse.hypergeometric import hypergeometric
from support.sparse_cases import counts

pytestmark = pytest.mark.slow

BCG, NIELWEISE, LI = counts("bcg"), counts("nielweise2007"), counts("li2007")
ROUNDING = 1e-10
INTEGRATED = 1e-8
"""Dense integration and a simplex search, on sums of some 15 log-likelihoods."""


def integral(density):
    """Return ln ∫ density(z) φ(z) dz on a fine grid; the ends are beyond all doubt."""
    z = np.linspace(-12, 12, 4001)
    return np.log(integrate.simpson(np.exp(density(z) - z**2 / 2), z) / np.sqrt(2 * np.pi))


@pytest.mark.parametrize("eta", [-8.0, -3.0, -0.2, 0.0, 1.3, 12.0])
def test_noncentral_hypergeometric(eta):
    a, n1, c, n2 = (
        [4, 0, 6, 37, 900],
        [123, 50, 306, 60, 4000],
        [11, 3, 29, 2, 850],
        [139, 60, 303, 38, 5000],
    )
    family = hypergeometric(table_of(a, n1, c, n2))
    ours = family.log_density(np.full((5, 1), eta))[:, 0]
    slope, information = (values[:, 0] for values in family.slopes(np.full((5, 1), eta)))
    total, events = np.add(n1, n2), np.add(a, c)
    theirs = stats.nchypergeom_fisher(total, n1, events, np.exp(eta))
    possible = theirs.pmf(a) > 1e-250
    np.testing.assert_allclose(ours[possible], theirs.logpmf(a)[possible], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(np.subtract(a, slope), theirs.mean(), rtol=1e-7)
    np.testing.assert_allclose(information, theirs.var(), rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize("data", [BCG, NIELWEISE, LI], ids=["bcg", "nielweise2007", "li2007"])
def test_standard_error_of_the_exact_conditional_model_is_its_information(data):
    result = odds_ratio(*data, model="CM.EL", method="EE")
    used = data[0] + data[2] > 0
    a, n1, c, n2 = (column[used] for column in data)
    exact = stats.nchypergeom_fisher(n1 + n2, n1, a + c, np.exp(result.estimate))
    assert exact.mean().sum() == pytest.approx(a.sum(), rel=1e-7)
    assert result.variance == pytest.approx(1 / exact.var().sum(), rel=1e-5)


def test_exact_conditional_model_is_the_dense_maximum():
    a, n1, c, n2 = (column[NIELWEISE[0] + NIELWEISE[2] > 0] for column in NIELWEISE)

    def minus(parameters):
        theta, tau = parameters
        return -sum(
            integral(lambda z, i=i: logpmf(a[i], n1[i], c[i], n2[i], theta + tau * z))
            for i in range(len(a))
        )

    result = odds_ratio(*NIELWEISE, model="CM.EL", nodes=40)
    at = (result.estimate, np.sqrt(result.tau2))
    assert result.log_likelihood == pytest.approx(-minus(at), rel=INTEGRATED)
    for move in ((1e-3, 0), (-1e-3, 0), (0, 1e-3), (0, -1e-3), (1e-3, 1e-3)):
        assert minus(np.add(at, move)) > minus(at)


def logpmf(a, n1, c, n2, eta):
    """Return the log density of a 2x2 table given its margins, by its definition."""
    x = np.arange(max(0, a + c - n2), min(n1, a + c) + 1)
    log_w = stats.hypergeom(n1 + n2, n1, a + c).logpmf(x)
    terms = log_w[:, None] + np.outer(x, eta)
    largest = terms.max(axis=0)
    total = largest + np.log(np.exp(terms - largest).sum(axis=0))
    return terms[list(x).index(a)] - total


def test_proportions_are_the_dense_maximum():
    events, n = np.array([11, 24, 0, 2]), np.array([29, 33, 12, 40])

    def minus(parameters):
        theta, tau = parameters
        return -sum(
            integral(lambda z, i=i: stats.binom.logpmf(events[i], n[i], expit(theta + tau * z)))
            for i in range(4)
        )

    result = log_odds(events, n, nodes=60)
    best = optimize.minimize(
        minus, (-0.5, 1.0), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-13}
    )
    assert result.log_likelihood == pytest.approx(-best.fun, rel=INTEGRATED)
    assert result.estimate == pytest.approx(best.x[0], rel=1e-6)
    assert result.tau2 == pytest.approx(best.x[1] ** 2, rel=1e-6)


@pytest.mark.parametrize(
    ("data", "estimate", "tau2"),
    [
        (LI, -0.5799416412235154, 0.1744804834646088),
        (NIELWEISE, -1.2369202800075616, 0.3197936842672902),
    ],
    ids=["li2007", "nielweise2007"],
)
def test_our_likelihood_is_above_that_of_metafor_where_it_stopped_early(data, estimate, tau2):
    """lme4 warns max|grad| = 0.006 and 0.009 there; intercepts are at their best on both sides."""
    result = odds_ratio(*data)
    used = data[0] + data[2] > 0
    table = table_of(*(column[used] for column in data))
    family, rough = binomial_arms(table)
    setup = fixed_study_effects(
        family, rough, None, CountTerms(x=np.ones((len(rough), 1)), nodes=7)
    )

    def profile(theta, tau):
        own, width = rough, 8.0
        for _ in range(8):  # a grid about the best of the one before, 40 times finer
            grid = own + np.linspace(-width, width, 161)[:, None]
            points = np.stack(np.broadcast_arrays(grid, theta, tau), axis=-1)
            values = setup.model.log_likelihood(points)
            own = grid[values.argmax(axis=0), range(len(rough))]
            width /= 40
        return values.max(axis=0).sum()

    ours = profile(result.estimate, np.sqrt(result.tau2))
    assert ours == pytest.approx(result.log_likelihood, abs=1e-7)
    assert ours > profile(estimate, np.sqrt(tau2)) + 1e-7


@pytest.mark.parametrize("data", [BCG, NIELWEISE])
def test_seven_nodes_are_close_to_converged(data):
    for model in ("UM.FS", "CM.AL"):
        default, converged = (
            odds_ratio(*data, model=model),
            odds_ratio(*data, model=model, nodes=41),
        )
        assert default.estimate == pytest.approx(converged.estimate, rel=1e-5)
        assert default.tau2 == pytest.approx(converged.tau2, rel=5e-5)


def test_nodes_do_not_matter_to_the_exact_likelihood():
    exact = odds_ratio(*NIELWEISE, model="CM.EL")
    assert exact.tau2 == pytest.approx(
        odds_ratio(*NIELWEISE, model="CM.EL", nodes=41).tau2, rel=1e-8
    )


def test_random_study_effects_by_laplace_and_by_quadrature():
    laplace, converged = odds_ratio(*BCG, model="UM.RS"), odds_ratio(*BCG, model="UM.RS", nodes=5)
    assert laplace.nodes == 1
    assert laplace.tau2 == pytest.approx(0.319860, abs=1e-6)
    assert converged.tau2 == pytest.approx(0.321757, abs=1e-4)  # 15 nodes


def test_likelihood_of_random_study_effects_is_a_double_integral():
    a, n1, c, n2 = (np.array(x) for x in ([1, 0], [10, 12], [3, 2], [11, 9]))
    extra = ([4, 3, 0], [9, 12, 8], [3, 1, 5], [8, 10, 9])
    data = tuple(np.concatenate(pair) for pair in zip((a, n1, c, n2), extra, strict=True))
    result = odds_ratio(*data, model="UM.RS", nodes=15)
    # the intercept is what maximises the likelihood, given the rest
    z = np.linspace(-9, 9, 361)
    u, v = np.meshgrid(z, z, indexing="ij")
    weight = np.exp(-(u**2 + v**2) / 2) / (2 * np.pi)
    sigma, tau = np.sqrt(result.sigma2), np.sqrt(result.tau2)

    def log_likelihood(mu):
        total = 0.0
        for e1, m1, e2, m2 in zip(*data, strict=True):
            half = (result.estimate + tau * v) / 2
            first = stats.binom.pmf(e1, m1, expit(mu + sigma * u + half))
            second = stats.binom.pmf(e2, m2, expit(mu + sigma * u - half))
            total += np.log((first * second * weight).sum() * (z[1] - z[0]) ** 2)
        return -total

    best = optimize.minimize_scalar(log_likelihood, bounds=(-5, 3), options={"xatol": 1e-8})
    assert -best.fun == pytest.approx(result.log_likelihood, rel=INTEGRATED)


def dense_beta_binomial(data):
    """Return the maximum by SciPy's density and a simplex search from several starts."""
    a, n1, c, n2 = data

    def minus(parameters):
        first, second, rho = expit(parameters)
        scale = (1 - rho) / rho
        return -(
            stats.betabinom.logpmf(a, n1, first * scale, (1 - first) * scale).sum()
            + stats.betabinom.logpmf(c, n2, second * scale, (1 - second) * scale).sum()
        )

    options = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000, "maxfev": 4000}
    fits = [
        optimize.minimize(minus, (-3, -3, rho), method="Nelder-Mead", options=options)
        for rho in (-6, -3, -1)
    ]
    return min(fits, key=lambda found: found.fun)


@pytest.mark.parametrize("data", [BCG, NIELWEISE, LI], ids=["bcg", "nielweise2007", "li2007"])
def test_beta_binomial_is_the_dense_maximum(data):
    best, result = dense_beta_binomial(data), beta_binomial(*data)
    assert result.log_likelihood == pytest.approx(-best.fun, rel=1e-10)
    assert result.estimate == pytest.approx(best.x[0] - best.x[1], rel=1e-5)
    assert result.correlation == pytest.approx(expit(best.x[2]), rel=1e-5)


def test_beta_binomial_without_overdispersion_is_one_table():
    data = ([2, 3, 4], [20, 30, 40], [5, 8, 10], [20, 31, 41])
    result = beta_binomial(*data)
    a, n1, c, n2 = (sum(column) for column in data)
    assert result.at_boundary
    assert result.correlation == 0
    assert result.estimate == pytest.approx(np.log(a * (n2 - c) / (c * (n1 - a))), rel=ROUNDING)
    assert result.variance == pytest.approx(
        1 / a + 1 / (n1 - a) + 1 / c + 1 / (n2 - c), rel=ROUNDING
    )


def test_beta_binomial_measures_are_of_one_fit():
    fits = {measure: beta_binomial(*NIELWEISE, measure=measure) for measure in ("OR", "RR", "RD")}
    p1, p2 = fits["OR"].risk_intervention, fits["OR"].risk_control
    assert len({fit.log_likelihood for fit in fits.values()}) == 1
    assert fits["RR"].estimate == pytest.approx(np.log(p1 / p2), rel=ROUNDING)
    assert fits["RD"].estimate == pytest.approx(p1 - p2, rel=ROUNDING)
    z = [fit.statistic for fit in fits.values()]
    assert z == pytest.approx([z[0]] * 3, rel=0.2)  # alike, as the risks are small


def test_rates_conditional_and_unconditional_agree_without_heterogeneity():
    data = counts("hart1999")
    fits = [rate_ratio(*data, model=model) for model in ("UM.FS", "CM.EL")]
    assert all(fit.at_boundary for fit in fits)
    assert fits[0].estimate == pytest.approx(fits[1].estimate, rel=1e-9)
    assert fits[0].se == pytest.approx(fits[1].se, rel=1e-7)
