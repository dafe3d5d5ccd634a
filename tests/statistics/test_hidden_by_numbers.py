"""What the numbers of a pool hide is said in the result."""

import numpy as np
import pytest

from liftproof.analysis.specification import Specification
from liftproof.errors import InputError, UsageError
from liftproof.statistics.accumulation import cumulative
from liftproof.statistics.influence import gosh
from liftproof.statistics.pooling import pool
from liftproof.statistics.regression import permutation_test
from liftproof.statistics.small_study.selection.fit import selection_model
from liftproof.statistics.tau2.profile import fit_statistics
from liftproof.vocabulary.untold import NO_TAU2, NO_WIDTH

V = [0.1, 0.2, 0.3]
NEARLY = [0.50, 0.51, 0.49]
APART = [0.2, 0.5, 1.4]


def test_an_interval_without_width_is_said_to_tell_nothing():
    pooled = pool([0.5] * 3, V, interval="hksj")
    assert (float(pooled.ci_low), float(pooled.ci_high), float(pooled.se)) == (0.5, 0.5, 0.0)
    assert NO_WIDTH in pooled.cannot_tell
    assert NO_WIDTH not in pool([0.5] * 3, V, interval="hksj_adhoc").cannot_tell
    assert NO_WIDTH not in pool(NEARLY, V, interval="hksj").cannot_tell


def test_an_empty_set_of_tau2_is_said_to_be_empty():
    # Q(0) is 0.0015, below the 2.5 % quantile of chi-squared with 2 df, -2 ln 0.975 = 0.0506
    pooled = pool(NEARLY, V)
    assert float(pooled.q) < -2 * np.log(0.975)
    assert (float(pooled.tau2_ci_low), float(pooled.tau2_ci_high)) == (0, 0)
    assert pooled.cannot_tell == NO_TAU2
    assert pool(APART, [0.05] * 3).cannot_tell == ""
    assert pool(NEARLY, V, tau2="FE").cannot_tell == ""
    assert pool([0.5], [0.1]).cannot_tell == ""


def test_of_many_data_sets_one_is_enough():
    both = pool([APART, NEARLY], [[0.05] * 3, V])
    assert both.tau2_set_is_empty.tolist() == [False, True]
    assert both.cannot_tell == NO_TAU2


def test_h2_lies_within_its_own_limits():
    pooled = pool([NEARLY, APART], [V, [0.05] * 3])
    assert (pooled.h2_q_ci_low <= pooled.h2_q).all()
    assert (pooled.h2_q <= pooled.h2_q_ci_high).all()
    assert float(pooled.h2_q[0]) == 1
    assert float(pooled.i2_q[0]) == 0
    assert float(pooled.h2_q[1]) == pytest.approx(float(pooled.q[1]) / 2, rel=1e-12)


@pytest.mark.parametrize(
    "positions", [[2, 0, 1], [1, 2, 0], [3, 1, 2], np.argsort([2003, 1999, 2001])]
)
def test_positions_are_not_taken_for_years(positions):
    with pytest.raises(InputError, match="may be positions or ranks"):
        cumulative(APART, V, positions)


@pytest.mark.parametrize(
    "order", [[0, 1, 2], [2, 1, 0], [1, 0, 2], [2001, 1999, 2000], [0, 0, 1], [5, 3, 4]]
)
def test_numbers_that_order_trials_in_one_way_alone_are_taken(order):
    expected = np.argsort(order, kind="stable").tolist()
    assert cumulative(APART, V, order).order.tolist() == expected


@pytest.mark.parametrize(
    ("sign", "asked", "other"), [(-1, "greater", "less"), (1, "less", "greater")]
)
def test_a_selection_model_without_favoured_trials_names_the_other_side(sign, asked, other):
    y = sign * np.array([1.2, 1.0, 0.9, 0.3, 0.2])
    v = [0.1, 0.2, 0.2, 0.05, 0.03]
    with pytest.raises(InputError, match=f'alternative="{other}"') as refused:
        selection_model(y, v, steps=[0.025], alternative=asked)
    assert "On the other side 3 trials lie as far" in str(refused.value)
    assert np.isfinite(selection_model(y, v, steps=[0.025], alternative=other).estimate)


@pytest.mark.parametrize("tau2", ["a lot", np.nan, np.inf, None, -0.1, [0.1, 0.2]])
def test_statistics_of_a_fit_need_a_tau2(tau2):
    with pytest.raises(InputError):
        fit_statistics(APART, V, tau2)


@pytest.mark.parametrize(
    ("level", "says"),
    [(0.05, "0.95"), (5, "0.95"), (95, "0.95"), (0.01, "0.99"), (90, "0.9"), (1, "0.95")],
)
def test_a_level_that_is_none_is_refused_with_the_one_meant(level, says):
    with pytest.raises(InputError, match=f"{level:g} was found: .*{says}"):
        pool(APART, V, level=level)
    with pytest.raises(UsageError, match=says):
        Specification(measure="GEN", level=level)


def test_a_huge_number_is_told_in_short():
    group = np.arange(300) % 2
    with pytest.raises(InputError, match=r"There are 9\.38e\+88 arrangements") as refused:
        permutation_test(np.arange(300.0), np.ones(300), np.c_[np.ones(300), group])
    assert len(str(refused.value)) < 200
    with pytest.raises(InputError, match=r"but is -1\.00e\+240\."):
        gosh(APART, V, subsets=-(10**240))
