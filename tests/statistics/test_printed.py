"""What printed digits allow: against all whole numbers, and against many pools."""

from itertools import product

import numpy as np
import pytest

from liftproof.statistics.pooling import pool
from liftproof.statistics.printed.granularity import (
    is_possible_mean,
    is_possible_percentage,
    is_possible_sd,
)
from liftproof.statistics.printed.pool_bounds import (
    TrialBox,
    common_effect_bounds,
    dersimonian_laird_bounds,
    weighted_mean_bounds,
)
from liftproof.statistics.printed.standard_errors import looks_like_se

CLOSED_FORM = 1e-10


def test_means_and_deviations_of_all_samples_are_possible_and_no_others():
    """Every sample of five whole numbers from 0 to 4, means and deviations to two decimals."""
    samples = np.array(list(product(range(5), repeat=5)), dtype=float)
    means, sds = samples.mean(axis=1), samples.std(axis=1, ddof=1)
    seen = {(round(m, 2), round(s, 2)) for m, s in zip(means.tolist(), sds.tolist(), strict=True)}
    assert all(is_possible_mean(mean, 0.01, 5) for mean, _ in seen)
    assert all(is_possible_sd(mean, 0.01, sd, 0.01, 5) for mean, sd in seen)
    grid = np.arange(401) / 100
    possible = grid[is_possible_mean(grid, 0.01, 5)]
    assert sorted({mean for mean, _ in seen}) == possible.tolist()


def test_percentages_of_all_counts_are_possible_and_no_others():
    """Of 7 people to one decimal: 0, 14.3, 28.6, 42.9, 57.1, 71.4, 85.7 and 100."""
    grid = np.arange(1201) / 10
    possible = grid[is_possible_percentage(grid, 0.1, 7)]
    assert possible.tolist() == [0.0, 14.3, 28.6, 42.9, 57.1, 71.4, 85.7, 100.0]


@pytest.mark.parametrize(
    ("sd", "looks"), [(10 / 3, True), (3.34, False), (1.01, True), (0.99, False)]
)
def test_a_deviation_looks_like_an_error_three_times_below_and_near_once_multiplied(sd, looks):
    """The others are 10; √n is 5, and 5 × 1 is half of 10."""
    found = looks_like_se(np.array([10.0, 10.0, 10.0, sd]), np.full(4, 25))
    assert found.tolist() == [False, False, False, looks]


def test_three_deviations_are_too_few_to_tell():
    assert not looks_like_se(np.array([10.0, 10.0, 2.0]), np.full(3, 25)).any()


@pytest.fixture(scope="module")
def box():
    """Five made-up trials with wide roundings."""
    rng = np.random.default_rng(7)
    y, se = rng.normal(-0.3, 0.3, 5), rng.uniform(0.1, 0.3, 5)
    return TrialBox(
        y_low=y - 0.05, y_high=y + 0.05, v_low=(se - 0.02) ** 2, v_high=(se + 0.02) ** 2
    )


def pools_in(box, tau2):
    """Pool sets drawn in the box, its corners among them."""
    rng = np.random.default_rng(8)
    share = rng.uniform(size=(2, 2000, 5))
    share[:, ::2] = share[:, ::2].round()
    y = box.y_low + share[0] * (box.y_high - box.y_low)
    v = box.v_low + share[1] * (box.v_high - box.v_low)
    return pool(y, v, tau2=tau2, interval="wald")


@pytest.mark.parametrize(
    ("tau2", "bounds"), [("FE", common_effect_bounds), ("DL", dersimonian_laird_bounds)]
)
def test_no_pool_of_rows_in_the_box_lies_outside_its_bounds(box, tau2, bounds):
    pools, found = pools_in(box, tau2), bounds(box, 1.959963984540054)
    for name in ("estimate", "ci_low", "ci_high", "tau2"):
        low, high = getattr(found, name)
        values = getattr(pools, name)
        assert low - 1e-9 <= values.min()
        assert values.max() <= high + 1e-9


def test_the_bounds_of_a_common_effect_are_met_at_a_corner(box):
    """All 2⁵ choices of weights, with every effect at its upper end, and at its lower."""
    w_low, w_high = 1 / box.v_high, 1 / box.v_low
    weights = np.array([np.where(pick, w_high, w_low) for pick in product((0, 1), repeat=5)])
    share = weights / weights.sum(axis=1, keepdims=True)
    low, high = weighted_mean_bounds(box.y_low, box.y_high, w_low, w_high)
    assert float(low) == pytest.approx((share @ box.y_low).min(), abs=CLOSED_FORM)
    assert float(high) == pytest.approx((share @ box.y_high).max(), abs=CLOSED_FORM)


@pytest.mark.parametrize("tau2", ["FE", "DL"])
def test_a_box_without_width_has_the_pool_itself(tau2):
    y, v = np.array([-0.5, 0.1, 0.3]), np.array([0.04, 0.01, 0.09])
    box = TrialBox(y_low=y, y_high=y, v_low=v, v_high=v)
    bounds = {"FE": common_effect_bounds, "DL": dersimonian_laird_bounds}[tau2]
    found = bounds(box, 1.959963984540054)
    pooled = pool(y, v, tau2=tau2, interval="wald")
    for name in ("estimate", "ci_low", "ci_high"):
        assert getattr(found, name) == pytest.approx([getattr(pooled, name)] * 2, abs=CLOSED_FORM)
