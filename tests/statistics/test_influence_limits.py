"""Diagnostics of few, equal, extreme and impossible trials; what must hold for any data."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from liftproof.errors import InputError
from liftproof.statistics.heterogeneity import cochran_q
from liftproof.statistics.influence import baujat, blup, influence, leave_one_out
from liftproof.statistics.pooling import pool
from liftproof.statistics.tau2 import TAU2

SAME = 1e-8
"""The same number by another path: differences of estimates lose some digits."""
NUMBERS = ("rstandard", "rstudent", "dffits", "cook_distance", "cov_ratio", "hat", "dfbetas")

searched = settings(derandomize=True, max_examples=40)
effect = st.floats(-3, 3).map(lambda value: round(value, 3))
variance = st.floats(-3, 1).map(lambda exponent: 10**exponent)
trials = st.lists(st.tuples(effect, variance), min_size=3, max_size=10).map(
    lambda pairs: tuple(np.array(pairs).T)
)


@pytest.mark.parametrize("level", [0.6, 0.95])
def test_the_level_decides_which_variance_a_hybrid_interval_takes(level):
    y, v = [0.0, 0.1, 0.5, 0.4], [0.1, 0.1, 0.1, 0.1]
    pooled = pool(y, v, interval="hksj_hybrid", level=level)
    others = pool(y[1:], v[1:], interval="hksj_hybrid", level=level)
    found = influence(y, v, interval="hksj_hybrid", level=level)
    assert found.cov_ratio[0] == pytest.approx(others.variance / pooled.variance, rel=SAME)
    shrunken = blup(y, v, interval="hksj_hybrid", level=level)
    assert shrunken.se == pytest.approx(np.full(4, pooled.se), rel=SAME)  # τ² is 0


def test_of_two_trials_each_deletion_leaves_the_other():
    y, v = np.array([-0.5, 0.3]), np.array([0.04, 0.05])
    without = leave_one_out(y, v)
    assert without.estimate.tolist() == [0.3, -0.5]
    assert without.variance.tolist() == [0.05, 0.04]
    assert without.weights.tolist() == [[100.0], [100.0]]
    found = influence(y, v, tau2="DL")
    # τ² of the other trial alone is 0: the distance of both over the root of both variances
    np.testing.assert_allclose(found.rstudent, [-0.8 / 0.3, 0.8 / 0.3], rtol=1e-14)
    assert found.tau2_deleted.tolist() == found.q_deleted.tolist() == [0.0, 0.0]
    assert np.isfinite([getattr(found, name) for name in NUMBERS]).all()


@pytest.mark.parametrize("function", [leave_one_out, influence, baujat])
def test_one_trial_cannot_be_left_out(function):
    with pytest.raises(InputError, match="at least two trials, but k = 1"):
        function([0.3], [0.05])


@pytest.mark.parametrize("function", [leave_one_out, influence, baujat, blup])
@pytest.mark.parametrize(
    ("y", "v", "says"),
    [
        ([], [], r"no trial to pool \(k = 0\)"),
        ([1, np.nan], [1, 1], "y must be finite, but nan was found at index 1"),
        ([1, 2], [1, np.inf], "v must be finite"),
        ([1, 2], [0, 1], "v must be positive"),
        ([1, 2, 3], [1, 2], "one shape"),
    ],
)
def test_bad_numbers_are_refused_in_a_sentence(function, y, v, says):
    with pytest.raises(InputError, match=says):
        function(y, v)


@pytest.mark.parametrize("function", [influence, blup])
def test_an_interval_derived_for_reml_is_refused_for_other_methods(function):
    with pytest.raises(InputError, match="kr is derived for τ² by REML, not DL"):
        function([0.1, 0.2, 0.5], [1, 1, 1], tau2="DL", interval="kr")


def test_unknown_names_are_refused():
    with pytest.raises(InputError, match="did you mean REML"):
        influence([0.1, 0.2], [1, 1], tau2="RMEL")
    with pytest.raises(InputError, match="did you mean wald"):
        influence([0.1, 0.2], [1, 1], interval="wold")


def test_identical_effects_have_no_residuals():
    found = influence([1.0, 1.0, 1.0], [0.1, 0.2, 0.3])
    for name in ("rstandard", "rstudent", "dffits", "cook_distance", "dfbetas"):
        assert getattr(found, name).tolist() == [0.0, 0.0, 0.0]
    assert not found.is_influential.any()


def test_hartung_knapp_without_spread_has_no_scale():
    found = influence([1.0, 1.0, 1.0], [0.1, 0.2, 0.3], interval="hksj")
    assert np.isnan(found.dffits).all()
    assert np.isnan(found.cov_ratio).all()
    assert not found.is_influential.any()
    found = influence([1.0, 1.0, 3.0], [0.1, 0.2, 0.3], interval="hksj")
    assert found.rstudent[2] == found.dffits[2] == np.inf
    assert found.is_influential[2]


def test_an_enormous_outlier_is_flagged():
    found = influence([0.1, 0.2, 0.15, 0.12, 1e6], [0.1, 0.1, 0.2, 0.1, 0.1], tau2="DL")
    assert found.is_influential.tolist() == [False, False, False, False, True]
    assert float(found.rstudent[4]) > 1e6
    assert float(found.tau2_deleted[4]) == 0


def test_a_trial_that_outweighs_all_others_keeps_its_residual():
    y, v = np.array([0.0, 1.0, 1.2]), np.array([1e-12, 1.0, 1.0])
    found = influence(y, v, tau2="FE")
    assert float(found.rstandard[0]) == pytest.approx(-1.1 / np.sqrt(0.5), rel=1e-11)
    assert found.rstudent[0] == found.rstandard[0]
    assert found.is_influential.tolist() == [True, False, False]


@pytest.mark.parametrize("size", [1e-12, 1e12])
def test_sizes_of_variances(size):
    y, v = np.array([0.1, 0.9, 0.4, -0.3]), np.array([0.01, 0.02, 0.05, 0.01])
    before, after = influence(y, v), influence(y * size**0.5, v * size)
    for name in NUMBERS:
        np.testing.assert_allclose(getattr(after, name), getattr(before, name), rtol=SAME)


@pytest.mark.slow
@searched
@given(data=trials, exponent=st.floats(-6, 6), tau2=st.sampled_from(list(TAU2)))
def test_diagnostics_have_no_unit(data, exponent, tau2):
    y, v = data
    assume(np.ptp(y) > 0.01)
    c = 10**exponent
    before, after = influence(y, v, tau2=tau2), influence(y * c, v * c**2, tau2=tau2)
    for name in NUMBERS:
        np.testing.assert_allclose(
            getattr(after, name), getattr(before, name), rtol=1e-6, atol=1e-7
        )


@pytest.mark.slow
@searched
@given(data=trials)
def test_hat_values_add_up_to_one_coefficient(data):
    y, v = data
    assert float(influence(y, v).hat.sum()) == pytest.approx(1, rel=1e-12)


@searched
@given(data=trials)
def test_fixed_effect_deletion_takes_the_squared_residual_from_q(data):
    y, v = data
    found = influence(y, v, tau2="FE")
    taken = cochran_q(y, v) - found.q_deleted
    np.testing.assert_allclose(taken, found.rstandard**2, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.rstudent, found.rstandard, rtol=1e-12)
    np.testing.assert_allclose(found.cov_ratio, 1 / (1 - found.hat), rtol=1e-9)


@searched
@given(data=trials)
def test_baujats_contributions_add_up_to_q(data):
    y, v = data
    total = float(baujat(y, v).heterogeneity.sum())
    assert total == pytest.approx(float(cochran_q(y, v)), rel=1e-10, abs=1e-12)


@pytest.mark.slow
@searched
@given(data=trials, tau2=st.sampled_from(["DL", "REML"]))
def test_shrunken_estimates_lie_between_trial_and_mean(data, tau2):
    y, v = data
    shrunken, mean = blup(y, v, tau2=tau2), pool(y, v, tau2=tau2).estimate
    low, high = np.minimum(y, mean), np.maximum(y, mean)
    assert (shrunken.estimate >= low - 1e-12).all()
    assert (shrunken.estimate <= high + 1e-12).all()
    assert (shrunken.se <= np.sqrt(v + 1e-12) * (1 + 1e-12)).all()


def test_a_batch_equals_its_data_sets_one_by_one():
    generator = np.random.default_rng(7)
    v = generator.uniform(0.01, 0.5, (2, 300, 5))
    y = generator.normal(0, np.sqrt(v + 0.1))
    batch, alone = influence(y, v), influence(y[1, 299], v[1, 299])
    assert batch.rstudent.shape == (2, 300, 5)
    for name in NUMBERS:
        np.testing.assert_allclose(getattr(batch, name)[1, 299], getattr(alone, name), rtol=1e-9)
    assert leave_one_out(y, v).weights.shape == (2, 300, 5, 4)
