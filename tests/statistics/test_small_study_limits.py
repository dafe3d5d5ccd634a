"""Small-study effects at their limits: few trials, equal trials, extreme and bad numbers."""

import itertools

import numpy as np
import pytest

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.small_study.count_tests import (
    deeks,
    harbord,
    macaskill,
    peters,
    pustejovsky,
)
from liftproof.statistics.small_study.egger import egger, funnel_regression, thompson
from liftproof.statistics.small_study.excess_significance import excess_significance
from liftproof.statistics.small_study.fail_safe import general, orwin, rosenberg, rosenthal
from liftproof.statistics.small_study.funnel import funnel
from liftproof.statistics.small_study.henmi_copas import henmi_copas
from liftproof.statistics.small_study.kendall import rank_correlation
from liftproof.statistics.small_study.limit_meta import limit_meta_analysis
from liftproof.statistics.small_study.pet_peese import pet_peese
from liftproof.statistics.small_study.rank_tests import begg_mazumdar, schwarzer
from liftproof.statistics.small_study.trim_and_fill import trim_and_fill

Y, V = [0.9, 0.6, 0.4, 0.15], [0.3, 0.2, 0.05, 0.02]
NEED_THREE = [egger, thompson, begg_mazumdar, pet_peese, limit_meta_analysis, trim_and_fill]
NEED_FEWER = [
    henmi_copas,
    excess_significance,
    rosenthal,
    orwin,
    rosenberg,
    general,
    funnel,
]
EVERY = [*NEED_THREE, *NEED_FEWER, funnel_regression]

every = pytest.mark.parametrize("method", EVERY)


@every
@pytest.mark.parametrize(
    ("y", "v", "says"),
    [
        ([], [], "no trial to pool"),
        ([1, np.nan, 2], [1, 2, 3], "y must be finite, but nan was found at index 1"),
        ([1, 2, 3], [1, np.inf, 2], "v must be finite, but inf was found at index 1"),
        ([1, 2, 3], [0, 1, 2], "v must be positive, but 0 was found"),
        ([1, 2, 3], [1, -1, 2], "v must be positive, but -1 was found"),
        ([1, 2, 3], [1, 2], "one shape"),
    ],
)
def test_bad_numbers_are_refused_in_a_sentence(method, y, v, says):
    with pytest.raises(InputError, match=says):
        method(y, v)


@pytest.mark.parametrize("method", [*NEED_THREE, funnel_regression])
@pytest.mark.parametrize("k", [1, 2])
def test_fewer_than_three_trials_are_refused(method, k):
    with pytest.raises(InputError, match=f"at least 3 trials, but there are {k}"):
        method(Y[:k], V[:k])


def test_one_trial_has_no_henmi_copas_interval():
    with pytest.raises(InputError, match="at least 2 trials, but there are 1"):
        henmi_copas([0.1], [0.2])


@pytest.mark.parametrize("method", [egger, thompson, pet_peese])
def test_equal_trials_have_no_slope(method):
    with pytest.raises(InputError, match="a predictor that differs between trials"):
        method(Y, [0.1] * 4)


def test_equal_trials_have_no_limit():
    with pytest.raises(InputError, match="different precision"):
        limit_meta_analysis(Y, [0.1] * 4)


@every
def test_every_result_says_what_it_cannot_tell(method):
    found = method(Y, V)
    assert found.k == 4
    assert found.cannot_tell.startswith("With 4 trials")


@every
@pytest.mark.parametrize("size", [1e-12, 1e12])
def test_variances_minute_and_enormous(method, size):
    found = method(np.array(Y) * np.sqrt(size), np.array(V) * size)
    assert found.k == 4


@every
def test_variances_from_minute_to_enormous_in_one_data_set(method):
    try:
        found = method([0.1, 0.3, -0.2, 0.4], [1e-12, 0.05, 0.3, 1e12])
    except ConvergenceError:  # τ² beside a slope is beyond double precision here, and says so
        assert method in {thompson, trim_and_fill}
    else:
        assert found.k == 4


@every
def test_one_enormous_outlier(method):
    found = method([0.1, 0.3, 0.2, 1e6], V)
    assert found.k == 4


@every
def test_identical_effects(method):
    found = method([0.5] * 4, V)
    assert found.k == 4


def test_identical_effects_have_no_rank_correlation():
    found = begg_mazumdar([0.5] * 4, V)
    assert np.isnan(found.tau)
    assert found.has_ties


def test_identical_effects_need_no_filling():
    found = trim_and_fill([0.5] * 5, [0.1, 0.2, 0.3, 0.4, 0.5], estimator="R0", side="left")
    assert float(found.pooled.estimate) == pytest.approx(0.5)


def test_exact_p_of_kendall_against_all_orders():
    x = np.arange(6.0)
    orders = np.array(list(itertools.permutations(range(6))), dtype=float)
    found = rank_correlation(np.broadcast_to(x, orders.shape), orders)
    for score in (1.0, 5.0, 11.0, 15.0):
        p = found.p_value[np.abs(found.score) == score][0]
        assert p == pytest.approx(np.mean(np.abs(found.score) >= score), rel=1e-12)


def test_p_of_kendall_with_ties():
    """R: cor.test(c(1,2,2,3,4), c(2,1,3,3,5), method="kendall"), by Kendall's formula by hand."""
    found = rank_correlation(np.array([1.0, 2, 2, 3, 4]), np.array([2.0, 1, 3, 3, 5]))
    assert float(found.score) == 6.0
    assert float(found.tau) == pytest.approx(6 / 9)
    variance = (5 * 4 * 15 - 2 * 18) / 18 + 2 * 2 / (2 * 5 * 4)
    assert float(found.score_se) == pytest.approx(np.sqrt(variance), rel=1e-12)


def test_sides_are_mirror_images():
    left = trim_and_fill(Y, V, side="left", tau2="DL")
    right = trim_and_fill(-np.array(Y), V, side="right", tau2="DL")
    assert left.k0 == right.k0
    assert float(left.pooled.estimate) == pytest.approx(-float(right.pooled.estimate), rel=1e-12)
    other = trim_and_fill(Y, V, side="right", tau2="DL")
    assert other.side == "right"


def test_fail_safe_n_is_the_smallest_that_is_enough():
    enough = rosenberg(Y, V)
    added = int(enough.n)
    mean_variance = 4 / np.sum(1 / np.array(V))
    for n, is_significant in ((added - 1, True), (added, False)):
        y, v = np.append(Y, np.zeros(n)), np.append(V, np.full(n, mean_variance))
        z = np.sum(y / v) / np.sqrt(np.sum(1 / v))
        assert (abs(z) > 1.959963984540054) == is_significant
    assert float(general(Y, V, tau2="FE").n) == added


def test_fail_safe_n_without_an_effect_is_0():
    for method in (rosenthal, rosenberg, general, orwin):
        assert float(method([0.1, -0.1, 0.0], [0.1, 0.1, 0.2]).n) == 0


def test_fail_safe_n_towards_nothing_is_infinite():
    assert float(orwin(Y, V, target=0.0).n) == np.inf
    assert float(general(Y, V, target=0.0).n) == np.inf


def test_general_fail_safe_n_with_a_target_is_orwins_for_a_fixed_effect():
    assert float(general(Y, V, tau2="FE", target=0.05).n) == float(orwin(Y, V, target=0.05).n)


def test_power_with_differing_effects_is_the_mean_power():
    found = excess_significance(Y, V, estimate=0.3, tau2=0.1)
    draws = 0.3 + np.sqrt(0.1) * np.polynomial.hermite_e.hermegauss(80)[0]
    weights = np.polynomial.hermite_e.hermegauss(80)[1] / np.sqrt(2 * np.pi)
    each = np.array([excess_significance(Y, V, estimate=theta).power for theta in draws])
    np.testing.assert_allclose(found.power, weights @ each, rtol=1e-9)


def test_nothing_significant_is_no_excess():
    found = excess_significance([0.01, 0.02], [1.0, 1.0])
    assert float(found.p_exact) == pytest.approx(1.0)
    assert float(found.p_binomial) == 1.0


def test_funnel_classes_and_limits():
    drawn = funnel(Y, V, tau2="DL", steps=5)
    inside = (drawn.p_value[:, None] < np.array(drawn.contours)).sum(axis=1)
    assert drawn.p_class.tolist() == inside.tolist()
    assert drawn.contour_low.shape == (3, 5)
    half = 1.959963984540054 * np.sqrt(max(V) + float(drawn.tau2))
    assert float(drawn.pseudo_high[-1] - drawn.centre) == pytest.approx(half, rel=1e-9)


COUNTS = ([4, 6, 3], [123, 306, 231], [11, 29, 11], [139, 303, 220])


@pytest.mark.parametrize("method", [harbord, schwarzer])
@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        (0, [-1, 6, 3], "Events must not be negative"),
        (0, [4, 6, 300], "Events must not exceed n"),
        (1, [123, 0, 231], "n must be positive"),
        (2, [np.nan, 29, 11], "Events must be finite"),
    ],
)
def test_bad_counts_are_refused(method, place, value, says):
    arms = list(COUNTS)
    arms[place] = value
    with pytest.raises(InputError, match=says):
        method(*arms)


@pytest.mark.parametrize("method", [harbord, schwarzer])
def test_trials_without_events_must_be_left_out(method):
    with pytest.raises(InputError, match="must be left out, but 0 was found at index 0"):
        method([0, 6, 3], COUNTS[1], [0, 29, 11], COUNTS[3])


def test_broken_counts_have_no_hypergeometric_distribution():
    with pytest.raises(InputError, match=r"Counts must be whole numbers, but 4\.5"):
        schwarzer([4.5, 6, 3], *COUNTS[1:])


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: funnel_regression(Y, V, predictor="seo"), "no predictor seo; did you mean sei"),
        (lambda: funnel_regression(Y, V, model="lmm"), "no model lmm; did you mean lm"),
        (lambda: funnel_regression(Y, V, predictor="ni"), "needs the trials' sample sizes n"),
        (lambda: funnel_regression(Y, V, [1, 2, 3], predictor="ni"), "one shape"),
        (lambda: funnel_regression(Y, V, [0, 1, 2, 3], predictor="ni"), "n must be positive"),
        (lambda: funnel_regression(Y, V, level=95), "between 0 and 1, but 95"),
        (lambda: trim_and_fill(Y, V, estimator="L1"), "no estimator L1; known are: L0, R0, Q0"),
        (lambda: trim_and_fill(Y, V, side="up"), "no side up"),
        (lambda: trim_and_fill([Y], [V]), "one data set"),
        (lambda: pet_peese(Y, V, alpha=2), "alpha must lie between 0 and 1"),
        (lambda: excess_significance(Y, V, alternative="both"), "no alternative both"),
        (lambda: excess_significance(Y, V, tau2=-1), "tau2 must not be negative"),
        (lambda: excess_significance(Y, V, estimate=[1, 2]), "one number a data set"),
        (lambda: rosenthal(Y, V, alpha=0.5), "must lie between 0 and 0.5"),
        (lambda: funnel(Y, V, contours=[2]), "level of significance must lie in 0 to 1"),
        (lambda: funnel(Y, V, steps=1), "at least 2 points"),
        (lambda: funnel(Y, V, null="none"), "null must be one number, not 'none'"),
        (lambda: pet_peese(Y, V, alpha="5%"), "alpha must be one number, not '5%'"),
        (
            lambda: deeks(Y, [1, 2, 3], [1, 2, 3, 4]),
            "participants of both arms must have one shape",
        ),
        (lambda: macaskill(Y, V, [9, 8, 7]), "effects and their predictors must have one shape"),
        (lambda: peters(Y[:2], *COUNTS), "effects and their predictors must have one shape"),
        (lambda: macaskill(Y, [0, 1, 1, 1], [9, 8, 7, 6]), "v must be positive"),
        (lambda: deeks(Y, [0, 1, 2, 3], [1, 2, 3, 4]), "n must be positive"),
        (lambda: pustejovsky(Y, V, [0, 1, 2, 3], [1, 2, 3, 4]), "n must be positive"),
        (lambda: peters(Y[:3], *COUNTS[:2], [11, 29, 990], COUNTS[3]), "must not exceed n"),
    ],
)
def test_what_makes_no_sense_is_refused(call, says):
    with pytest.raises(InputError, match=says):
        call()
