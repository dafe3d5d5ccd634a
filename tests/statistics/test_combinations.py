"""Combinations pooled together against each pooled by itself."""

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.combinations import distinct, odd_factors, pool_combinations
from liftproof.statistics.pooling import pool

pytestmark = pytest.mark.slow

ROUNDING = 1e-12
"""Relative: the same sums in another order of trials."""
INTERVALS = ("wald", "hksj", "hksj_adhoc", "t", "hksj_hybrid")
OPTIONS, TRIALS, SETS = 3, 5, 60


@pytest.fixture(scope="module")
def table():
    """Return effects and variances of five trials under three alternatives, two of them missing."""
    generator = np.random.default_rng(7)
    v = generator.uniform(0.02, 0.4, (TRIALS, OPTIONS))
    y = generator.normal(-0.5, np.sqrt(v + 0.1))
    y[1, 2] = y[4, 0] = np.nan
    return y, v, generator.integers(0, OPTIONS, (SETS, TRIALS))


@pytest.mark.parametrize("tau2", ["FE", "DL", "REML", "PM", "SJ"])
def test_each_combination_is_pooled_as_if_alone(table, tau2):
    y, v, picks = table
    found = pool_combinations(y, v, picks, tau2=tau2, intervals=INTERVALS)
    for row, pick in enumerate(picks):
        own = np.arange(TRIALS), pick
        inside = ~np.isnan(y[own])
        assert found.k[row] == inside.sum()
        for place, interval in enumerate(INTERVALS):
            alone = pool(y[own][inside], v[own][inside], tau2=tau2, interval=interval)
            ours = (found.estimate, found.tau2, found.ci_low[place], found.ci_high[place])
            theirs = (alone.estimate, alone.tau2, alone.ci_low, alone.ci_high)
            assert [each[row] for each in ours] == pytest.approx(theirs, rel=ROUNDING, abs=1e-14)


def test_a_combination_without_trials_has_no_estimate_and_one_trial_keeps_its_own():
    y, v = [[np.nan, 0.3], [np.nan, 0.5]], [[1.0, 0.04], [1.0, 0.09]]
    found = pool_combinations(y, v, [[0, 0], [1, 0]], tau2="REML", intervals=("hksj",))
    assert found.k.tolist() == [0, 1]
    assert np.isnan([found.estimate[0], found.ci_low[0, 0], found.tau2[0]]).all()
    half = 1.959963984540054 * 0.2
    assert found.ci_low[0, 1] == pytest.approx(0.3 - half, rel=ROUNDING)
    assert found.ci_high[0, 1] == pytest.approx(0.3 + half, rel=ROUNDING)


def test_distinct_combinations_of_more_options_than_a_number_holds():
    picks = np.random.default_rng(3).integers(0, 10, (50, 40))
    picks = np.vstack([picks, picks[::-1]])
    rows, places = distinct(picks)
    assert len(rows) == 50
    assert (picks[rows][places] == picks).all()


def test_unlike_combinations_with_one_mark_are_told_apart():
    first, second = odd_factors(2)
    picks = np.array([[second, 0], [0, first], [second, 0]], dtype=np.uint64)
    rows, places = distinct(picks)
    assert rows.tolist() == [0, 1]
    assert places.tolist() == [0, 1, 0]


def test_an_interval_derived_for_reml_is_refused_for_other_methods():
    with pytest.raises(InputError, match="kr is derived for τ² by REML, not DL"):
        pool_combinations([[0.1], [0.4]], [[0.1], [0.2]], [[0, 0]], tau2="DL", intervals=["kr"])


@pytest.mark.parametrize(
    ("y", "v", "picks", "words"),
    [
        ([1.0], [1.0], [[0]], "trials, alternatives"),
        ([[1.0]], [[0.0]], [[0]], "v must be positive"),
        ([[1.0]], [[1.0]], [[0, 0]], "whole number for each of 1"),
        ([[1.0]], [[1.0]], [[1]], "lie in 0 to 0"),
    ],
)
def test_input_that_fits_nothing_is_refused(y, v, picks, words):
    with pytest.raises(InputError, match=words):
        pool_combinations(y, v, picks)
