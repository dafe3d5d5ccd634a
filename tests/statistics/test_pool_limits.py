"""Limiting cases of pooling: no trial, one, two, extreme numbers, bad input."""

from itertools import product

import numpy as np
import pytest
from scipy.special import chdtri

from liftproof.errors import InputError
from liftproof.statistics.effects.two_arm_tables import ZeroCells
from liftproof.statistics.heterogeneity import (
    h2_from_tau2,
    i2_from_tau2,
    q_profile,
    typical_variance,
)
from liftproof.statistics.intervals import INTERVALS
from liftproof.statistics.pooling import pool
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.tau2.profile import fit_statistics
from liftproof.statistics.weighting import weighted_mean
from liftproof.vocabulary.intervals import INTERVALS as KINDS

Y, V = [0.1, 0.9, 0.4], [0.04, 0.05, 0.02]
FEW = [
    (scale * np.random.default_rng(seed).normal(0, np.sqrt(v)), v)
    for seed, scale in product(range(8), (0.1, 0.5, 1.0, 2.0))
    for v in [np.random.default_rng(seed).uniform(0.01, 1.0, 3 + seed % 4)]
]
"""Three to six trials, from those that agree too well to those that differ."""
NOT_ESTIMABLE = ("pi_low", "pi_high", "tau2_ci_low", "tau2_ci_high")


@pytest.mark.parametrize(
    ("tau2", "interval"),
    [(tau2, kind) for tau2, kind in product(TAU2, INTERVALS) if KINDS[kind].fits(tau2)],
)
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
        (1.0, 1.0, r"one effect a trial: give a list, of a single trial \[y\]"),
        ([1, 2], [[1], [1]], r"one shape, but y has \(2,\) and v has \(2, 1\)"),
        ([[1, 2]], [1], r"one shape, but y has \(1, 2\) and v has \(1,\)"),
        ([1, 2j], [1, 1], "y must hold numbers, not complex ones"),
        (np.array(["2020", "2021"], dtype="datetime64[Y]"), [1, 1], "numbers, not dates"),
        ([[1, 2], [1]], [1, 1], "y must hold numbers: "),
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


@pytest.mark.parametrize(
    "kind", [{"interval": "kr"}, {"prediction": "KR"}, {"prediction": "KR-PR"}]
)
@pytest.mark.parametrize("tau2", ["DL", "FE", "ML"])
def test_kenward_and_roger_take_reml(kind, tau2):
    with pytest.raises(InputError, match=f"is derived for τ² by REML, not {tau2}"):
        pool([0.1, 0.9, 0.4], [0.04, 0.05, 0.02], tau2=tau2, **kind)


@pytest.mark.parametrize("level", [None, "0.95", [0.9, 0.95], 95, np.nan])
def test_a_level_is_one_number_below_1(level):
    with pytest.raises(InputError, match=r"level must (be one number between 0 and 1|lie between)"):
        pool([0.1, 0.9, 0.4], [0.04, 0.05, 0.02], level=level)


def test_i2_from_q_needs_three_trials_for_limits():
    two = pool([0.1, 0.9], [0.04, 0.05])
    q = 0.8**2 / 0.09
    assert float(two.h2_q) == pytest.approx(q, rel=1e-14)
    assert float(two.i2_q) == pytest.approx(100 * (q - 1) / q, rel=1e-14)
    assert np.isnan([two.i2_q_ci_low, two.i2_q_ci_high, two.h2_q_ci_low, two.h2_q_ci_high]).all()
    alike = pool([0.3] * 4, [0.04] * 4)
    assert (float(alike.i2_q), float(alike.i2_q_ci_low), float(alike.h2_q)) == (0, 0, 1)
    batch = pool([[0.1, 0.9, 0.4], [0.1, 0.2, 0.3]], [[0.04, 0.05, 0.02]] * 2, tau2="SJ")
    assert batch.i2_q_ci_high.shape == (2,)
    assert (batch.i2_q_ci_low <= batch.i2_q).all()
    assert (batch.i2_q <= batch.i2_q_ci_high).all()


def test_one_variance_or_one_row_of_them_serves_all():
    y = [[0.1, 0.9, 0.4], [0.3, 0.2, -0.1]]
    same = pool(y, np.full((2, 3), 0.05)).estimate.tolist()
    assert pool(y, 0.05).estimate.tolist() == same
    assert pool(y, [0.05] * 3).estimate.tolist() == same
    rows = [[0.05, 0.01, 0.02], [0.2, 0.1, 0.05]]
    assert pool(y[0], rows).estimate.tolist() == pool([y[0], y[0]], rows).estimate.tolist()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: fit_statistics(Y, V, [0.1, 0.2]), r"one number a data set has shape \(2,\)"),
        (lambda: fit_statistics(Y, V, -0.1), "τ² must not be negative, but -0.1 was found"),
        (lambda: weighted_mean(Y, V, -0.01), "τ² must not be negative, but -0.01 was found"),
        (lambda: i2_from_tau2([0.1, -0.1], 1.0), "not be negative, but -0.1 was found at index 1"),
        (lambda: h2_from_tau2(-0.1, 1.0), "τ² must not be negative"),
        (
            lambda: TAU2["DL"](np.ones((3, 3)), V, x=np.ones((4, 3, 1))),
            r"do not fit together: there are y \(3,\), x \(4,\)",
        ),
        (lambda: ZeroCells(add=-1, to="all", drop00=False), "add, .* must be 0 or more"),
        (lambda: ZeroCells(add=np.nan, to="all", drop00=False), "add must be finite"),
    ],
)
def test_numbers_that_cannot_be_are_refused(call, says):
    with pytest.raises(InputError, match=says):
        call()


def no_wider_than_wald(interval, tau2):
    """Say whether the limits of any of the few trials are no wider than Wald's."""
    both = [[pool(y, v, tau2=tau2, interval=kind) for kind in (interval, "wald")] for y, v in FEW]
    return any(one.ci_high - one.ci_low <= wald.ci_high - wald.ci_low for one, wald in both)


@pytest.mark.slow
@pytest.mark.parametrize("interval", [kind for kind in INTERVALS if kind != "t"])
def test_the_record_says_whether_limits_of_few_trials_can_be_narrow(interval):
    """t stays apart: always wider than Wald's, it takes τ² as known."""
    tried = [tau2 for tau2 in ("REML", "SJ") if KINDS[interval].fits(tau2)]
    assert any(no_wider_than_wald(interval, tau2) for tau2 in tried) is (
        KINDS[interval].can_be_narrow
    )
