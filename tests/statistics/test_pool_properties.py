"""What must hold for any data: searched by hypothesis, the same examples on every run."""

import numpy as np
import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from liftproof.statistics.data_sets import OF_FORMULAS
from liftproof.statistics.heterogeneity import cochran_q
from liftproof.statistics.intervals import INTERVALS
from liftproof.statistics.pooling import pool
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.weighted_fit import mean_with_tau2
from liftproof.statistics.weighting import weighted_mean

pytestmark = pytest.mark.slow

SAME = 1e-9
"""The same number by another path. Each step rounds at 1e-16; a flat likelihood, which hypothesis
looks for, multiplies that in τ²."""

EXACT = ("estimate", "se", "ci_low", "ci_high", "pi_low", "pi_high")
SQUARED = ("variance", "tau2", "tau2_ci_low", "tau2_ci_high")
UNITLESS = ("p_value", "i2", "h2", "q", "q_p")

effect = st.floats(-3, 3).map(lambda value: round(value, 3))
variance = st.floats(-4, 1).map(lambda exponent: 10**exponent)
trials = st.lists(st.tuples(effect, variance), min_size=2, max_size=12).map(
    lambda pairs: tuple(np.array(pairs).T)
)
PAIRS = (
    *((tau2, "hksj_adhoc") for tau2 in TAU2),
    *(("REML", interval) for interval in INTERVALS),
)
"""Of method and interval."""
searched = settings(derandomize=True, max_examples=25)


def spread_out(y):
    """Discard data whose effects are all equal: their standard error may be exactly 0."""
    assume(np.ptp(y) > 0)


def close(ours, expected, v):
    """Compare numbers in the square of the unit of y; differences below the variances' rounding
    do not count."""
    assert float(ours) == pytest.approx(
        float(expected), rel=SAME, abs=SAME * float(np.mean(v)), nan_ok=True
    )


@searched
@given(data=trials, exponent=st.floats(-6, 6))
def test_the_unit_of_the_effect_does_not_matter(data, exponent):
    y, v = data
    spread_out(y)
    c = 10**exponent
    for tau2, interval in PAIRS:
        note(f"{tau2} {interval}")
        before = pool(y, v, tau2=tau2, interval=interval)
        after = pool(y * c, v * c**2, tau2=tau2, interval=interval)
        for name in SQUARED:
            close(getattr(after, name) / c**2, getattr(before, name), v)
        for name in EXACT:
            close(getattr(after, name) / c, getattr(before, name), np.sqrt(v))
        for name in UNITLESS:
            assert float(getattr(after, name)) == pytest.approx(
                float(getattr(before, name)), rel=1e-7, abs=SAME
            )


@searched
@given(data=trials, shift=st.floats(-100, 100))
def test_shifting_the_effects_shifts_the_estimate(data, shift):
    y, v = data
    for tau2 in TAU2:
        note(tau2)
        before, after = pool(y, v, tau2=tau2), pool(y + shift, v, tau2=tau2)
        close(after.tau2, before.tau2, v + 1e-4)  # y + shift is itself rounded at 1e-14
        assert float(after.estimate) == pytest.approx(float(before.estimate) + shift, abs=1e-8)


@searched
@given(data=trials, seed=st.integers(0, 1000))
def test_the_order_of_trials_does_not_matter(data, seed):
    y, v = data
    order = np.random.default_rng(seed).permutation(len(y))
    for tau2 in TAU2:
        note(tau2)
        before, after = pool(y, v, tau2=tau2), pool(y[order], v[order], tau2=tau2)
        close(after.tau2, before.tau2, v)
        close(after.estimate, before.estimate, np.sqrt(v))
        np.testing.assert_allclose(after.weights, before.weights[order], rtol=1e-6)


@searched
@given(data=trials)
def test_negating_the_effects_mirrors_the_limits(data):
    y, v = data
    for tau2 in TAU2:
        note(tau2)
        before, after = pool(y, v, tau2=tau2), pool(-y, v, tau2=tau2)
        assert float(after.tau2) == float(before.tau2)
        assert float(after.ci_low) == pytest.approx(-float(before.ci_high), rel=1e-14, abs=1e-14)


@searched
@given(value=st.floats(-1e6, 1e6), v=st.lists(variance, min_size=2, max_size=12))
def test_identical_effects_have_no_spread(value, v):
    for tau2 in TAU2:
        note(tau2)
        pooled = pool(np.full(len(v), value), v, tau2=tau2, interval="wald")
        assert float(pooled.tau2) == 0
        assert float(pooled.q) == 0
        assert float(pooled.i2) == 0
        assert float(pooled.estimate) == value


@searched
@given(data=trials, shrink=st.floats(0, 1))
def test_dersimonian_laird_is_fixed_effect_where_q_is_at_most_k_minus_1(data, shrink):
    y, v = data
    q = float(cochran_q(y, v))
    y = y * shrink * min(1.0, np.sqrt((len(y) - 1) / q) if q else 1.0)
    assume(cochran_q(y, v) <= len(y) - 1)
    random, fixed = pool(y, v, tau2="DL"), pool(y, v, tau2="FE")
    assert float(random.tau2) == 0
    assert float(random.estimate) == float(fixed.estimate)
    assert float(random.variance) == float(fixed.variance)


@pytest.mark.parametrize("tau2", ["FE", "REML"])
@searched
@given(data=trials, added=effect)
def test_a_trial_of_enormous_variance_changes_nothing(tau2, data, added):
    y, v = data
    before = pool(y, v, tau2=tau2, interval="wald")
    after = pool(np.append(y, added), np.append(v, 1e14), tau2=tau2, interval="wald")
    close(after.tau2, before.tau2, v + 1e-3)
    # its weight is 1e-14 of one whose variance is 1, so no more than 1e-12 of the sum
    assert float(after.estimate) == pytest.approx(float(before.estimate), abs=1e-7)
    assert float(after.weights[-1]) < 1e-9


@searched
@given(data=trials, added=effect, tau2=st.floats(0, 3))
def test_at_a_given_tau2_a_trial_of_enormous_variance_changes_no_sum(data, added, tau2):
    y, v = data
    before = weighted_mean(y, v, tau2)
    after = weighted_mean(np.append(y, added), np.append(v, 1e16), tau2)
    np.testing.assert_allclose(after, before, rtol=1e-10, atol=1e-10)


@searched
@given(data=trials)
def test_results_are_possible(data):
    y, v = data
    spread_out(y)
    for tau2, interval in PAIRS:
        note(f"{tau2} {interval}")
        pooled = pool(y, v, tau2=tau2, interval=interval)
        rounding = 1e-12
        assert y.min() - rounding <= pooled.estimate <= y.max() + rounding
        assert pooled.ci_low <= pooled.estimate <= pooled.ci_high
        assert pooled.tau2 >= 0
        assert 0 <= pooled.i2 < 100
        assert 0 <= pooled.p_value <= 1
        assert float(pooled.weights.sum()) == pytest.approx(100, rel=1e-12, abs=0)


@searched
@given(data=trials)
def test_the_adhoc_interval_is_never_narrower_than_walds(data):
    y, v = data
    for tau2 in TAU2:
        note(tau2)
        wald = pool(y, v, tau2=tau2, interval="wald")
        adhoc = pool(y, v, tau2=tau2, interval="hksj_adhoc")
        assert adhoc.ci_high - adhoc.ci_low >= wald.ci_high - wald.ci_low


@pytest.mark.parametrize(("tau2", "interval"), PAIRS)
def test_a_batch_equals_its_data_sets_one_by_one(tau2, interval):
    generator = np.random.default_rng(7)
    v = generator.uniform(0.01, 0.5, (3, 700, 5))  # three blocks
    y = generator.normal(0, np.sqrt(v + 0.1))
    batch = pool(y, v, tau2=tau2, interval=interval)
    for position in ((0, 0), (1, 350), (2, 699)):
        alone = pool(y[position], v[position], tau2=tau2, interval=interval)
        for name in (*EXACT, *SQUARED, *UNITLESS, "weights"):
            np.testing.assert_allclose(
                getattr(batch, name)[position], getattr(alone, name), rtol=1e-11, atol=1e-13
            )
    assert batch.estimate.shape == (3, 700)
    assert batch.weights.shape == (3, 700, 5)


@pytest.mark.parametrize("method", ["DL", "REML"])
def test_the_mean_with_tau2_is_that_of_the_estimator_and_the_weighted_mean(method):
    """To the bit: more data sets than one block of either kind of method holds, and one alone."""
    random = np.random.default_rng(3)
    v = random.uniform(0.01, 0.5, (OF_FORMULAS // 2, 3))
    y = random.normal(0, np.sqrt(v + 0.1))
    for effects, variances in ((y, v), (y[0], v[0])):
        tau2 = TAU2[method](effects, variances)
        expected = np.stack((tau2, *weighted_mean(effects, variances, tau2)))
        np.testing.assert_array_equal(mean_with_tau2(effects, variances, method), expected)
