"""Subsets of trials: against pooling them one by one, at the limits, sampled."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftproof.errors import InputError
from liftproof.statistics.influence import gosh
from liftproof.statistics.pooling import pool
from liftproof.statistics.tau2 import TAU2

pytestmark = pytest.mark.slow

SAME = 1e-10
"""The same number by another path; REML of a flat likelihood multiplies rounding."""

exponents = st.floats(-12, 12)
trials = st.lists(st.tuples(st.floats(-3, 3), exponents), min_size=2, max_size=6)


def simulated(k, seed=3):
    generator = np.random.default_rng(seed)
    v = generator.uniform(0.01, 0.5, k)
    return generator.normal(-0.4, np.sqrt(v + 0.1)), v


@pytest.mark.parametrize("tau2", TAU2)
def test_each_subset_is_pooled_as_alone(tau2):
    y, v = simulated(5)
    shown = gosh(y, v, tau2=tau2)
    assert shown.include.shape == (31, 5)
    for place, members in enumerate(shown.include):
        alone = pool(y[members], v[members], tau2=tau2, interval="wald")
        assert shown.size[place] == alone.k
        for name in ("estimate", "variance", "tau2", "q", "i2", "h2"):
            assert float(getattr(shown, name)[place]) == pytest.approx(
                float(getattr(alone, name)), rel=SAME, abs=1e-12
            )


@settings(derandomize=True, max_examples=40)
@given(data=trials, tau2=st.sampled_from(["FE", "DL"]))
def test_variances_of_any_ratio_cost_no_digits(data, tau2):
    y, exponent = np.array(data).T
    v = 10**exponent
    shown = gosh(y, v, tau2=tau2)
    for place, members in enumerate(shown.include):
        alone = pool(y[members], v[members], tau2=tau2, interval="wald")
        scale = float(v[members].min())
        for name, unit in (("variance", scale), ("tau2", scale), ("i2", 100.0), ("q", 1.0)):
            # Q is a square over the smallest variance: rounding y alone costs 1e-16 y²/v of it
            rounding = 1e-12 * unit * (1 + 1e-10 * float(np.max(y**2)) / scale)
            assert float(getattr(shown, name)[place]) == pytest.approx(
                float(getattr(alone, name)), rel=1e-8, abs=rounding
            )


@pytest.mark.parametrize("tau2", ["DL", "REML"])
def test_the_unit_does_not_matter(tau2):
    y, v = simulated(6)
    before, after = gosh(y, v, tau2=tau2), gosh(y * 1e6, v * 1e12, tau2=tau2)
    np.testing.assert_allclose(after.tau2 / 1e12, before.tau2, rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(after.estimate / 1e6, before.estimate, rtol=1e-9)


def test_more_subsets_than_asked_for_are_sampled():
    y, v = simulated(12)
    shown, again = (gosh(y, v, tau2="DL", subsets=500, seed=4) for _ in range(2))
    assert not shown.is_exhaustive
    assert shown.include.shape == (500, 12)
    assert (np.diff(shown.size) >= 0).all()
    assert shown.include.any(axis=1).all()
    assert shown.include.tolist() == again.include.tolist()
    other = gosh(y, v, tau2="DL", subsets=500, seed=5)
    assert shown.include.tolist() != other.include.tolist()
    # each trial is in half of the subsets; 500 coins stray from 250 by 5 sd = 56 at the very most
    assert (np.abs(shown.include.sum(axis=0) - 250) < 56).all()


def test_samples_hold_no_empty_subset():
    shown = gosh([0.0, 1.0], [1.0, 1.0], tau2="DL", subsets=2, seed=1)
    assert shown.size.min() >= 1


def test_many_trials_make_fewer_subsets():
    y, v = simulated(2000)
    shown = gosh(y, v, tau2="FE")
    assert shown.include.shape == (2**26 // 2000, 2000)
    assert np.isfinite(shown.estimate).all()


def test_identical_effects_have_no_spread():
    shown = gosh([1.0, 1.0, 1.0], [0.1, 0.2, 0.3], tau2="DL")
    assert shown.q.tolist() == shown.tau2.tolist() == [0.0] * 7
    assert shown.estimate.tolist() == [1.0] * 7


def test_single_trials_are_themselves():
    y, v = simulated(4)
    shown = gosh(y, v, tau2="REML")
    np.testing.assert_allclose(shown.estimate[:4], y, rtol=1e-15)
    np.testing.assert_allclose(shown.variance[:4], v, rtol=1e-15)
    assert shown.q[:4].tolist() == shown.i2[:4].tolist() == [0.0] * 4
    assert shown.h2[:4].tolist() == [1.0] * 4


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([0.1], [1.0]), "at least two trials, but k = 1"),
        (([[0.1, 0.2]], [[1.0, 1.0]]), r"one data set at a time, but y has shape \(1, 2\)"),
        (([0.1, np.nan], [1.0, 1.0]), "y must be finite"),
        (([0.1, 0.2], [1.0, 0.0]), "v must be positive"),
    ],
)
def test_bad_input_is_refused(arguments, says):
    with pytest.raises(InputError, match=says):
        gosh(*arguments)


def test_too_few_and_too_many_subsets_are_refused():
    for subsets in (0, 2**30):
        with pytest.raises(InputError, match="subsets must lie in 1 to 2236962 for k = 30"):
            gosh(*simulated(30), subsets=subsets)
    with pytest.raises(InputError, match="no τ² method RMEL; did you mean REML"):
        gosh(*simulated(3), tau2="RMEL")


def test_a_seed_that_is_none_is_refused():
    with pytest.raises(InputError, match="seed must be a whole number"):
        gosh(np.arange(5.0), np.ones(5), subsets=4, seed="1")
