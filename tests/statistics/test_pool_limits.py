"""Limiting cases of pooling: no trial, one, two, extreme numbers, bad input."""

import numpy as np
import pytest
from scipy.special import chdtri

from liftproof.errors import InputError
from liftproof.statistics.heterogeneity import q_profile, typical_variance
from liftproof.statistics.intervals import INTERVALS
from liftproof.statistics.pooling import pool
from liftproof.statistics.tau2 import TAU2

NOT_ESTIMABLE = ("pi_low", "pi_high", "tau2_ci_low", "tau2_ci_high")


@pytest.mark.parametrize("tau2", TAU2)
@pytest.mark.parametrize("interval", INTERVALS)
def test_one_trial_is_returned_as_it_is(tau2, interval):
    pooled = pool([0.3], [0.05], tau2=tau2, interval=interval)
    assert (pooled.k, pooled.df, pooled.q_df) == (1, np.inf, 0)
    assert (float(pooled.estimate), float(pooled.variance)) == (0.3, 0.05)
    assert float(pooled.ci_high) == pytest.approx(0.7382612702882907, rel=1e-14, abs=0)  # metafor
    assert (float(pooled.tau2), float(pooled.i2), float(pooled.h2)) == (0, 0, 1)
    assert (float(pooled.q), float(pooled.q_p)) == (0, 1)
    assert pooled.weights.tolist() == [100]
    assert all(np.isnan(getattr(pooled, name)) for name in NOT_ESTIMABLE)


def test_two_trials_have_limits_of_tau2_but_no_prediction():
    pooled = pool([-0.5, 0.3], [0.04, 0.05])
    assert float(pooled.tau2_ci_high) == pytest.approx(
        325.7976463102943, rel=1e-12, abs=0
    )  # metafor
    assert np.isnan(pooled.pi_low)
    assert np.isnan(pooled.pi_high)


def test_one_common_effect_has_no_spread_to_estimate():
    pooled = pool([0.1, 0.9, 0.4], [0.04, 0.05, 0.02], tau2="FE")
    assert all(np.isnan(getattr(pooled, name)) for name in NOT_ESTIMABLE)


def test_identical_effects_leave_hartung_knapp_no_width():
    pooled = pool([1.0, 1.0, 1.0], [0.1, 0.2, 0.3], interval="hksj")
    assert (float(pooled.ci_low), float(pooled.ci_high)) == (1, 1)
    assert (float(pooled.statistic), float(pooled.p_value)) == (np.inf, 0)


def test_identical_effects_of_zero_have_no_p_value_by_hartung_knapp():
    assert np.isnan(pool([0.0, 0.0], [0.1, 0.2], interval="hksj").p_value)


def test_no_data_sets_are_no_results():
    pooled = pool(np.empty((2, 0, 3)), np.empty((2, 0, 3)))
    assert pooled.estimate.shape == (2, 0)
    assert pooled.weights.shape == (2, 0, 3)


def of_equal_variances(tau2):
    """Return τ² of 0.1, 0.9 and 0.4 with variances of 0.01, by the formulas that are left then."""
    squares, v = np.var([0.1, 0.9, 0.4]) * 3, 0.01
    crude = squares / 3
    by_method = {
        "FE": 0.0,
        "HS": squares / 3 - v,
        "ML": squares / 3 - v,
        "SJ": crude * squares / (crude + v) / 2,
        "PMM": squares / chdtri(2, 0.5) - v,
    }
    return by_method.get(tau2, squares / 2 - v)


@pytest.mark.parametrize("tau2", TAU2)
@pytest.mark.parametrize("size", [1e-45, 1e-12, 1.0, 1e12, 1e45])
def test_sizes_of_variances(tau2, size):
    pooled = pool(np.array([0.1, 0.9, 0.4]) * size**0.5, np.full(3, 0.01 * size), tau2=tau2)
    assert float(pooled.tau2) == pytest.approx(of_equal_variances(tau2) * size, rel=1e-12, abs=0)
    assert float(pooled.estimate) == pytest.approx(1.4 / 3 * size**0.5, rel=1e-12, abs=0)


def test_variances_from_minute_to_enormous_in_one_data_set():
    pooled = pool([0.1, 0.9, 0.4], [1e-12, 0.05, 1e12], tau2="FE")
    assert float(pooled.estimate) == pytest.approx(0.1 + 0.8e-12 / 0.05, rel=1e-14, abs=0)
    assert float(pooled.q) == pytest.approx(0.64 / 0.05, rel=1e-9)


def test_an_enormous_outlier_is_pooled():
    pooled = pool([0.1, 0.2, 1e12], [0.1, 0.1, 0.1])
    assert float(pooled.tau2) == pytest.approx(1e24 / 3, rel=1e-9)


@pytest.mark.parametrize(
    ("y", "v", "says"),
    [
        ([], [], r"no trial to pool \(k = 0\)"),
        (1.0, 1.0, r"no trial to pool \(k = 0\)"),
        ([1, np.nan], [1, 1], "y must be finite, but nan was found at index 1"),
        ([1, 2], [1, np.inf], "v must be finite, but inf was found at index 1"),
        ([1, 2], [0, 1], "v must be positive, but 0 was found at index 0"),
        ([[1, 2], [3, 4]], [[1, 1], [1, -2]], "v must be positive, but -2 was found at index 1, 1"),
        ([1, 2], [1], r"one shape, but y has \(2,\) and v has \(1,\)"),
        ([1, 2], [1, 1e-90], "v must lie in 1e-50 to 1e"),
        ([1e80, 2], [1, 1], "y must lie within"),
        (["a", 2], [1, 1], "y must hold numbers"),
    ],
)
def test_bad_numbers_are_refused_in_a_sentence(y, v, says):
    with pytest.raises(InputError, match=says):
        pool(y, v)


@pytest.mark.parametrize("method", [*TAU2.values(), q_profile, typical_variance])
def test_every_method_checks_its_own_input(method):
    arguments = ([],) if method is typical_variance else ([], [])
    with pytest.raises(InputError, match="no trial to pool"):
        method(*arguments)


def test_the_largest_effects_over_the_smallest_variances_do_not_overflow():
    for tau2 in TAU2:
        pooled = pool([1e50, -1e50, 0.0], [1e-50, 1e50, 1e-50], tau2=tau2)
        assert np.isfinite([pooled.estimate, pooled.ci_low, pooled.ci_high, pooled.tau2]).all()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"tau2": "RMEL"}, "There is no τ² method RMEL; did you mean REML"),
        ({"interval": "hksj_adhok"}, "There is no interval hksj_adhok; did you mean hksj_adhoc"),
        ({"level": 95}, "must lie between 0 and 1, but 95 was found"),
        ({"level": np.nan}, "must lie between 0 and 1, but nan was found"),
    ],
)
def test_unknown_names_and_levels_are_refused(options, says):
    with pytest.raises(InputError, match=says):
        pool([0.1, 0.2], [1, 1], **options)
