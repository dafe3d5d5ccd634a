"""Simulated coverage against what is known exactly, and how draws and sums behave."""

import numpy as np
import pytest

from liftproof.statistics.intervals import INTERVALS
from liftproof.statistics.pooling import pool
from liftproof.statistics.prediction import PREDICTIONS, Weighted
from liftproof.statistics.simulation.coverage import (
    LimitsMethod,
    distinct_estimators,
    methods_of,
    tally,
)
from liftproof.statistics.simulation.draws import DrawnReviews, normal_effects, two_arm_counts
from liftproof.vocabulary.predictions import PREDICTIONS as RECORDS
from support.exact_coverage import exact_coverage

ERRORS = 4
"""Monte Carlo standard errors allowed: chance exceeds them once in 16,000 comparisons."""
POINTS = 200
QUADRATURE = 1e-3
"""Of as many equally likely sample variances; the limits have a kink where τ² becomes 0."""
EVERY_METHOD = methods_of(distinct_estimators(), [*INTERVALS], [*PREDICTIONS])


def generator():
    return np.random.Generator(np.random.PCG64(20140218))


def share_and_error(sums, place):
    share = sums.covered[place] / sums.limited[place]
    return share, np.sqrt(share * (1 - share) / sums.limited[place])


@pytest.mark.parametrize("tau2", [0.0, 0.05, 0.8])
@pytest.mark.parametrize("k", [2, 4, 10])
def test_hartung_knapp_covers_at_its_level_where_variances_are_equal(k, tau2):
    drawn = normal_effects(generator(), 10_000, truth=0.3, tau2=tau2, v=np.full(k, 0.1))
    methods = [LimitsMethod(tau2=code, interval="hksj") for code in ("DL", "REML", "FE")]
    sums = tally(drawn, methods, level=0.9)
    for place in range(len(methods)):
        share, error = share_and_error(sums, place)
        assert share == pytest.approx(0.9, abs=ERRORS * error)


def test_fixed_effect_wald_covers_at_its_level_where_there_is_one_true_effect():
    v = np.array([0.01, 0.3, 0.08, 0.02, 1.0])
    drawn = normal_effects(generator(), 40_000, truth=-0.2, tau2=0.0, v=v)
    sums = tally(drawn, [LimitsMethod(tau2="FE", interval="wald")], level=0.95)
    share, error = share_and_error(sums, 0)
    assert share == pytest.approx(0.95, abs=ERRORS * error)
    assert sums.error[0] / 40_000 == pytest.approx(0, abs=ERRORS * np.sqrt(1 / (1 / v).sum() / 4e4))
    assert sums.width[0] / 40_000 == pytest.approx(2 * 1.959964 / np.sqrt((1 / v).sum()), rel=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize(("takes_long", "reviews"), [(False, 20_000), (True, 400)])
def test_every_method_covers_as_quadrature_says_where_variances_are_equal(takes_long, reviews):
    k, v, tau2 = 4, 0.04, 0.05
    codes = {code for code, record in RECORDS.items() if record.takes_long is takes_long}
    methods = [
        m
        for m in EVERY_METHOD
        if m.tau2 in ("FE", "REML") and (m.prediction in codes or not (m.prediction or takes_long))
    ]
    sums = tally(
        normal_effects(generator(), reviews, truth=0.0, tau2=tau2, v=np.full(k, v)),
        methods,
        level=0.95,
    )
    assert {m.prediction for m in methods} - {""} == codes
    for place, method in enumerate(methods):
        share, error = share_and_error(sums, place)
        exact = exact_coverage(method, k, v, tau2, 0.95, points=POINTS)
        assert share == pytest.approx(exact, abs=ERRORS * error + QUADRATURE), method


def test_counts_that_say_nothing_leave_their_trial_out_and_empty_reviews_unpooled():
    drawn = two_arm_counts(
        generator(), 4_000, measure="RR", truth=0.0, tau2=0.0, n=np.full(3, 20.0), risk=0.01
    )
    empty = np.isnan(drawn.y)
    nobody = 0.99 ** (2 * 20)
    error = np.sqrt(nobody * (1 - nobody) / empty.size)
    assert empty.mean() == pytest.approx(nobody, abs=ERRORS * error)
    sums = tally(drawn, [LimitsMethod(tau2="DL", interval="wald")], level=0.95)
    assert sums.pooled[0] == sums.limited[0] == 4_000 - empty.all(axis=1).sum()
    one = pool(drawn.y[~empty][:1], drawn.v[~empty][:1], interval="wald")
    alone = DrawnReviews(
        y=np.array([[drawn.y[~empty][0], np.nan]]),
        v=np.array([[drawn.v[~empty][0], np.nan]]),
        truth=0.0,
        further=np.zeros(1),
    )
    sums = tally(alone, [LimitsMethod(tau2="REML", interval="hksj")], level=0.95)
    assert sums.width[0] == pytest.approx(float(one.ci_high - one.ci_low), rel=1e-12)


def test_a_risk_ratio_cannot_lift_a_risk_above_1():
    n = np.array([50.0])
    drawn = two_arm_counts(
        generator(), 10, measure="RR", truth=np.log(3.0), tau2=0.0, n=n, risk=0.9
    )
    assert (drawn.y > 0).all()
    assert (np.exp(drawn.y) < 1.5).all()


@pytest.mark.parametrize("code", [*PREDICTIONS])
def test_a_prediction_rests_on_the_interval_where_its_record_says_so(code):
    y, v = np.array([-0.9, -1.6, -0.2, -0.5]), np.array([0.3, 0.2, 0.05, 0.1])
    mean = Weighted(
        y=y, v=v, tau2=np.array(0.2), variance=np.array(0.09), q=np.array(3.0), level=0.95
    )
    narrow, wide = (PREDICTIONS[code](mean, np.array(f), df) for f, df in ((1.0, 3.0), (2.0, 7.0)))
    assert (tuple(map(float, narrow)) != tuple(map(float, wide))) is RECORDS[code].rests_on_interval


def test_sums_of_parts_are_those_of_the_whole():
    whole = normal_effects(generator(), 300, truth=0.1, tau2=0.1, v=np.array([0.1, 0.2, 0.4]))
    parts = [
        DrawnReviews(y=whole.y[rows], v=whole.v[rows], truth=0.1, further=whole.further[rows])
        for rows in (slice(0, 100), slice(100, 300))
    ]
    methods = methods_of(["DL"], ["wald", "hksj"], ["HTS"])
    together, first, second = (tally(d, methods, level=0.95) for d in (whole, *parts))
    assert (together.covered == (first + second).covered).all()
    assert (first + second).tau2 == pytest.approx(together.tau2, rel=1e-12)
    assert (first + second).limited.tolist() == [300, 300, 300]


def test_identical_seeds_give_identical_reviews_and_others_do_not():
    draws = [
        two_arm_counts(
            np.random.Generator(np.random.PCG64(seed)),
            5,
            measure="OR",
            truth=0.0,
            tau2=0.1,
            n=np.array([30.0, 40.0]),
            risk=0.3,
        ).y.tolist()
        for seed in (1, 1, 2)
    ]
    assert draws[0] == draws[1] != draws[2]
