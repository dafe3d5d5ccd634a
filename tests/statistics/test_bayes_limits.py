"""Bayesian random effects at the limits: few trials, extreme numbers, other units, bad input."""

import tracemalloc
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.bayes import priors, reference_priors
from liftproof.statistics.bayes.credible import INTERVALS
from liftproof.statistics.bayes.direct import as_bayesmeta
from liftproof.statistics.bayes.evidence import evidence
from liftproof.statistics.bayes.posterior import posterior
from liftproof.statistics.bayes.priors import half_cauchy, half_normal, normal_mu
from liftproof.statistics.bayes.probabilities import density_of, joint_density, probability_that
from liftproof.statistics.bayes.random_effects import random_effects, shrunken_effects
from liftproof.statistics.bayes.turner import COMPARISONS, OUTCOMES, turner

pytestmark = pytest.mark.slow

SAME = 1e-8
"""The same posterior by another grid of nodes, whose ends and number depend on the scales."""

LIMITS = ("mean", "median", "sd", "low", "high", "mode")
searched = settings(derandomize=True, max_examples=25)
effect = st.floats(-3, 3).map(lambda value: round(value, 3))
variance = st.floats(-4, 1).map(lambda exponent: 10**exponent)
trials = st.lists(st.tuples(effect, variance), min_size=2, max_size=8).map(
    lambda pairs: tuple(np.array(pairs).T)
)


def numbers(summary):
    return np.array([getattr(summary, name) for name in LIMITS])


@searched
@given(data=trials, exponent=st.floats(-6, 6), shift=st.floats(-5, 5))
def test_the_unit_does_not_matter_if_the_priors_change_with_it(data, exponent, shift):
    y, v = data
    c = 10**exponent
    before = random_effects(
        y, v, tau_prior=half_cauchy(0.5), mu_prior=normal_mu(0, 2), interval="central"
    )
    after = random_effects(
        (y + shift) * c,
        v * c**2,
        tau_prior=half_cauchy(0.5 * c),
        mu_prior=normal_mu(shift * c, 2 * c),
        interval="central",
    )
    scale = float(before.prediction.sd)
    location = np.array([1, 1, 0, 1, 1, 1]) * shift
    for name in ("mu", "prediction"):
        ours, expected = numbers(getattr(after, name)) / c, numbers(getattr(before, name))
        # a mode is a root of the slope: near it rounding is divided by the curvature
        np.testing.assert_allclose(ours, expected + location, rtol=SAME, atol=1e-6 * scale)
    ours, expected = numbers(after.tau)[:5] / c, numbers(before.tau)[:5]
    np.testing.assert_allclose(ours, expected, rtol=SAME)


@cache
def in_unit(c, prior, interval):
    """Return what a reference prior makes of four trials whose effects are multiplied by c."""
    y, v = np.array([-0.9, -0.3, 0.1, -0.6]), np.array([0.04, 0.01, 0.09, 0.2])
    tau_prior = reference_priors.REFERENCE_PRIORS[prior]()
    return random_effects(y * c, v * c**2, tau_prior=tau_prior, interval=interval)


@pytest.mark.parametrize("c", [1e-6, 1e-3, 1e3, 1e6])
@pytest.mark.parametrize("interval", INTERVALS)
def test_priors_scaled_by_the_data_need_no_unit(c, interval):
    for prior in reference_priors.REFERENCE_PRIORS:
        before, after = in_unit(1.0, prior, interval), in_unit(c, prior, interval)
        for name in ("mu", "tau", "prediction"):
            ours, expected = numbers(getattr(after, name)) / c, numbers(getattr(before, name))
            np.testing.assert_allclose(ours, expected, rtol=1e-6, atol=1e-9)


@searched
@given(data=trials, seed=st.integers(0, 1000))
def test_the_order_of_trials_does_not_matter(data, seed):
    y, v = data
    order = np.random.default_rng(seed).permutation(len(y))
    before = shrunken_effects(y, v, tau_prior=half_normal(0.5), interval="central").effects
    after = shrunken_effects(
        y[order], v[order], tau_prior=half_normal(0.5), interval="central"
    ).effects
    for name in ("mean", "sd", "low", "high"):
        np.testing.assert_allclose(
            getattr(after, name), getattr(before, name)[order], rtol=SAME, atol=SAME
        )


@searched
@given(data=trials)
def test_results_are_possible(data):
    y, v = data
    found = random_effects(y, v, tau_prior=half_normal(0.5))
    assert 0 <= found.tau.low <= found.tau.median <= found.tau.high
    assert found.mu.low < found.mu.median < found.mu.high
    assert found.prediction.sd > found.mu.sd
    assert found.prediction.high - found.prediction.low >= found.mu.high - found.mu.low
    assert np.min(y) - 1e-9 <= found.mu.mean <= np.max(y) + 1e-9
    central = random_effects(y, v, tau_prior=half_normal(0.5), interval="central")
    assert found.mu.high - found.mu.low <= (central.mu.high - central.mu.low) * (1 + SAME)


def test_data_sets_side_by_side_are_as_one_by_one():
    generator = np.random.default_rng(5)
    v = generator.uniform(0.01, 0.5, (2, 10, 7))
    y = generator.normal(0.3, np.sqrt(v + 0.1))
    together = random_effects(y, v, tau_prior=half_normal(0.5))
    effects = shrunken_effects(y, v, tau_prior=half_normal(0.5)).effects
    assert effects.low.shape == (2, 10, 7)
    for place in ((0, 0), (0, 9), (1, 5)):
        alone = random_effects(y[place], v[place], tau_prior=half_normal(0.5))
        for name in ("mu", "tau", "prediction"):
            ours = numbers(getattr(together, name))[:, *place]
            np.testing.assert_allclose(ours, numbers(getattr(alone, name)), rtol=1e-6, atol=1e-9)
        own = shrunken_effects(y[place], v[place], tau_prior=half_normal(0.5)).effects
        np.testing.assert_allclose(effects.mean[place], own.mean, rtol=SAME)


def test_memory_does_not_grow_with_the_number_of_data_sets():
    y, v = np.zeros((600, 13)), np.full((600, 13), 0.1)
    tracemalloc.start()
    random_effects(y, v, tau_prior=half_normal(0.5), interval="central")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100e6


def test_no_data_sets_are_no_results():
    found = random_effects(np.empty((2, 0, 3)), np.empty((2, 0, 3)), tau_prior=half_normal(0.5))
    assert found.mu.mean.shape == (2, 0)
    effects = shrunken_effects(np.empty((0, 3)), np.empty((0, 3)), tau_prior=half_normal(0.5))
    assert effects.effects.low.shape == (0, 3)


def test_one_trial_leaves_the_prior_of_tau_as_it_is():
    found = random_effects([0.3], [0.04], tau_prior=half_normal(0.5), interval="central")
    assert float(found.tau.median) == pytest.approx(0.5 * norm.ppf(0.75), rel=1e-10)
    assert float(found.tau.mean) == pytest.approx(0.5 * np.sqrt(2 / np.pi), rel=1e-10)
    assert float(found.tau.mode) == 0
    assert float(found.mu.median) == pytest.approx(0.3, rel=1e-10)
    assert float(found.mu.sd) == pytest.approx(np.sqrt(0.04 + 0.25), rel=1e-10)


def test_a_known_tau_is_the_normal_model():
    """A prior that all but fixes τ gives the closed form at that τ."""
    y, v = np.array([0.1, 0.5]), np.array([0.1, 0.3])
    found = random_effects(y, v, tau_prior=priors.log_normal(np.log(0.2), 1e-6), interval="central")
    w = 1 / (v + 0.04)
    mean, sd = (w * y).sum() / w.sum(), w.sum() ** -0.5
    assert float(found.mu.mean) == pytest.approx(mean, rel=1e-9)
    assert float(found.mu.high) == pytest.approx(mean + norm.ppf(0.975) * sd, rel=1e-9)
    assert float(found.prediction.sd) == pytest.approx(np.sqrt(sd**2 + 0.04), rel=1e-9)


@pytest.mark.parametrize(
    ("tau_prior", "k"),
    [
        (reference_priors.uniform(), 2),
        (reference_priors.uniform(), 1),
        (reference_priors.uniform_root(), 1),
        (reference_priors.jeffreys(), 1),
        (reference_priors.berger_deely(), 1),
    ],
)
def test_an_improper_posterior_is_refused(tau_prior, k):
    for call in (posterior, random_effects, shrunken_effects):
        with pytest.raises(InputError, match=r"improper.*Take a proper prior of τ"):
            call(np.zeros(k), np.ones(k), tau_prior=tau_prior)


def test_moments_that_do_not_exist_are_not_numbers():
    y, v = [0.1, -0.4, 0.9], [0.1, 0.2, 0.1]
    found = random_effects(y, v, tau_prior=reference_priors.uniform())  # τ^-2 for k = 3
    assert float(found.tau.mean) == np.inf
    assert np.isnan([float(found.tau.sd), float(found.mu.mean), float(found.mu.sd)]).all()
    assert np.isfinite([float(found.mu.median), float(found.tau.high)]).all()
    found = random_effects([*y, 0.3], [*v, 0.1], tau_prior=reference_priors.uniform())  # τ^-3
    assert np.isfinite([float(found.tau.mean), float(found.mu.mean)]).all()
    assert (float(found.tau.sd), float(found.mu.sd)) == (np.inf, np.inf)
    found = random_effects(y, v, tau_prior=reference_priors.uniform(), mu_prior=normal_mu(0, 4))
    assert np.isfinite([float(found.mu.mean), float(found.mu.sd)]).all()


@pytest.mark.parametrize("size", [1e-12, 1e-6, 1.0, 1e6, 1e12])
def test_sizes_of_variances(size):
    y = np.array([0.1, 0.9, 0.4]) * size**0.5
    found = random_effects(y, np.full(3, 0.01 * size), tau_prior=half_normal(0.5 * size**0.5))
    reference = random_effects([0.1, 0.9, 0.4], np.full(3, 0.01), tau_prior=half_normal(0.5))
    assert float(found.mu.high) == pytest.approx(float(reference.mu.high) * size**0.5, rel=1e-7)
    assert float(found.tau.high) == pytest.approx(float(reference.tau.high) * size**0.5, rel=1e-7)


def test_variances_from_minute_to_enormous_in_one_data_set():
    found = random_effects([0.1, 0.9, 0.4], [1e-12, 0.05, 1e12], tau_prior=half_normal(0.5))
    two = random_effects([0.1, 0.9], [1e-12, 0.05], tau_prior=half_normal(0.5))
    assert float(found.mu.median) == pytest.approx(float(two.mu.median), rel=1e-6)
    assert float(found.tau.high) == pytest.approx(float(two.tau.high), rel=1e-6)


def test_identical_effects_put_tau_at_zero():
    found = random_effects(np.full(5, 0.7), np.full(5, 0.01), tau_prior=half_normal(0.5))
    assert (float(found.tau.mode), float(found.tau.low)) == (0, 0)
    assert float(found.mu.mean) == pytest.approx(0.7, rel=1e-12)
    assert float(found.mu.mode) == pytest.approx(0.7, rel=1e-12)


@pytest.mark.parametrize("outlier", [1e3, 1e5])
def test_an_enormous_outlier_is_met_by_a_tail(outlier):
    found = random_effects([0.1, 0.2, outlier], np.full(3, 0.1), tau_prior=half_cauchy(0.5))
    assert float(found.tau.median) > outlier / 10
    assert float(found.mu.median) == pytest.approx(outlier / 3, rel=0.5)


def test_an_outlier_beyond_double_precision_is_refused():
    with pytest.raises(ConvergenceError, match="Check their units"):
        random_effects([0.1, 0.2, 1e12], np.full(3, 0.1), tau_prior=half_normal(0.5))


def test_many_trials_leave_no_doubt():
    generator = np.random.default_rng(1)
    v = generator.uniform(0.01, 0.1, 5000)
    y = generator.normal(1, np.sqrt(v + 0.04))
    found = random_effects(y, v, tau_prior=half_normal(0.5))
    assert float(found.tau.mean) == pytest.approx(0.2, abs=0.02)
    assert 0.002 < float(found.mu.sd) < 0.01


@pytest.mark.parametrize("call", [posterior, random_effects, shrunken_effects])
@pytest.mark.parametrize(
    ("y", "v", "says"),
    [
        ([], [], r"no trial to pool \(k = 0\)"),
        ([1, np.nan], [1, 1], "y must be finite, but nan was found at index 1"),
        ([1, 2], [1, np.inf], "v must be finite, but inf was found at index 1"),
        ([1, 2], [0, 1], "v must be positive, but 0 was found at index 0"),
        ([1, 2], [-1, 1], "v must be positive, but -1 was found at index 0"),
        ([1, 2], [1], "y and v must have one shape"),
    ],
)
def test_bad_data_are_refused_in_a_sentence(call, y, v, says):
    with pytest.raises(InputError, match=says):
        call(y, v, tau_prior=half_normal(0.5))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: half_normal(0), "The scale of a prior must be positive, but 0 was found"),
        (lambda: half_normal(np.nan), "The scale must be finite"),
        (lambda: priors.half_t(1, -2), "The df of a prior must be positive"),
        (lambda: normal_mu(0, 0), "The sd of a prior must be positive"),
        (lambda: half_normal([0.5, 1]), r"The scale must be one number, not \[0.5, 1\]"),
        (lambda: normal_mu(np.inf, 1), "The mean must be finite"),
        (lambda: turner("pain"), "both an outcome and a comparison"),
        (lambda: turner("pains", COMPARISONS[0]), "no type of outcome pains; did you mean pain"),
        (lambda: turner("pain", "pharmacological"), "There is no type of comparison"),
    ],
)
def test_bad_priors_are_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        call()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"interval": "shortst"}, "There is no interval shortst; did you mean shortest"),
        ({"level": 95}, "A confidence level must lie between 0 and 1"),
    ],
)
def test_bad_options_are_refused_in_a_sentence(options, says):
    for call in (random_effects, shrunken_effects):
        with pytest.raises(InputError, match=says):
            call([0.1, 0.2], [1, 1], tau_prior=half_normal(0.5), **options)


def test_bad_statements_are_refused_in_a_sentence():
    of = posterior([0.1, 0.2], [1, 1], tau_prior=half_normal(0.5))
    with pytest.raises(InputError, match="needs a value to be below or above"):
        probability_that(of)
    with pytest.raises(InputError, match="below must be finite"):
        probability_that(of, below=np.nan)
    with pytest.raises(InputError, match="There is no quantity taU; did you mean tau"):
        density_of(of, 0.1, "taU")
    with pytest.raises(InputError, match="mu must be finite"):
        joint_density(of, np.inf, 0.1)
    many = posterior(np.zeros((2, 3)), np.ones((2, 3)), tau_prior=half_normal(0.5))
    with pytest.raises(InputError, match="one data set at a time"):
        as_bayesmeta(many)


@pytest.mark.parametrize(
    ("tau_prior", "mu_prior", "says"),
    [
        (reference_priors.uniform(), normal_mu(0, 4), "that of τ is uniform"),
        (half_normal(0.5), priors.FLAT, "that of μ is flat"),
    ],
)
def test_bayes_factors_need_proper_priors(tau_prior, mu_prior, says):
    with pytest.raises(InputError, match=says):
        evidence([0.1, 0.2, 0.3], [1, 1, 1], tau_prior=tau_prior, mu_prior=mu_prior)


def test_a_tail_too_heavy_for_its_moments_is_refused():
    with pytest.raises(InputError, match="lighter tail"):
        posterior([0.1], [1.0], tau_prior=priors.half_t(1, 0.1))


def test_turners_priors_are_those_of_the_paper():
    # the abstract of the paper, and its table IV as bayesmeta 3.4 and rnmamod 0.5 print it
    assert turner().label == "log-normal(mean=-1.28, sd=0.87)"
    assert (len(OUTCOMES), len(COMPARISONS)) == (16, 5)
    expected = {
        (0, 0): (-3.95, 1.34),
        (15, 4): (-2.26, 1.45),
        (6, 2): (-2.93, 1.92),
        (12, 1): (-2.78, 1.60),
        (2, 3): (-2.68, 1.51),
    }
    for (outcome, comparison), (mean, sd) in expected.items():
        prior = turner(OUTCOMES[outcome], COMPARISONS[comparison])
        assert prior.label == f"log-normal(mean={mean / 2:g}, sd={sd / 2:g})"


def test_results_say_what_they_are_conditional_on():
    found = random_effects([0.1, 0.2], [1, 1], tau_prior=half_normal(0.5), mu_prior=normal_mu(0, 4))
    assert (found.tau_prior, found.mu_prior) == ("half-normal(scale=0.5)", "normal(mean=0, sd=4)")
    assert "half-normal(scale=0.5)" in str(found)
    assert "mu.mean" in str(found)
