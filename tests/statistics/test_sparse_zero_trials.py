"""Trials with events in one arm or in none: where they count and where they do not."""

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.effects.two_arm_tables import ZeroCells
from liftproof.statistics.sparse import GLMM, MANTEL_HAENSZEL
from liftproof.statistics.sparse.beta_binomial import beta_binomial
from liftproof.statistics.sparse.homogeneity import cochran_mantel_haenszel, equal_odds_ratios
from liftproof.statistics.sparse.peto import peto

pytestmark = pytest.mark.slow

TRIALS = ([4, 6, 3, 9], [123, 306, 231, 80], [11, 29, 11, 12], [139, 303, 220, 75])
DOUBLE_ZERO = ([0], [150], [0], [90])
ALL_EVENTS = ([50], [50], [60], [60])
SINGLE_ZERO = ([0], [150], [5], [140])
SAME = 1e-12
SEARCHED = 1e-8


def with_trial(trial):
    return tuple(np.array(old + new) for old, new in zip(TRIALS, trial, strict=True))


@pytest.mark.parametrize("measure", ["OR", "RR", "IRR"])
def test_double_zero_trials_tell_a_ratio_nothing(measure):
    pool = MANTEL_HAENSZEL[measure]
    without, with_it = pool(*TRIALS), pool(*with_trial(DOUBLE_ZERO))
    assert with_it.estimate == pytest.approx(without.estimate, rel=SAME)
    assert with_it.se == pytest.approx(without.se, rel=SAME)
    assert with_it.q == pytest.approx(without.q, rel=SAME)
    assert (with_it.k, int(with_it.k_q), with_it.weights[-1]) == (5, 4, 0)


@pytest.mark.parametrize("measure", ["RD", "IRD"])
def test_double_zero_trials_draw_a_difference_towards_0(measure):
    pool = MANTEL_HAENSZEL[measure]
    without, with_it = pool(*TRIALS), pool(*with_trial(DOUBLE_ZERO))
    assert abs(with_it.estimate) < abs(without.estimate)
    assert with_it.weights[-1] > 0
    assert (int(without.q_df), int(with_it.q_df)) == (3, 3)  # Q takes trials with an effect


@pytest.mark.parametrize("trial", [DOUBLE_ZERO, ALL_EVENTS])
def test_trials_without_a_variance_have_no_part_in_tests_and_peto(trial):
    data = with_trial(trial)
    for test in (cochran_mantel_haenszel, equal_odds_ratios):
        for (name, _, without), (_, _, with_it) in zip(
            test(*TRIALS).numbers(), test(*data).numbers(), strict=True
        ):
            assert with_it == pytest.approx(without, rel=SAME), name
    assert peto(*data).estimate == pytest.approx(peto(*TRIALS).estimate, rel=SAME)
    assert int(peto(*data).k_q) == 4


def test_single_zero_trials_count_without_any_addition():
    data = with_trial(SINGLE_ZERO)
    raw = MANTEL_HAENSZEL["OR"](*data)
    a, n1, c, n2 = (np.asarray(column, dtype=float) for column in data)
    n = n1 + n2
    expected = np.log((a * (n2 - c) / n).sum() / (c * (n1 - a) / n).sum())
    assert raw.estimate == pytest.approx(expected, rel=SAME)
    added = MANTEL_HAENSZEL["OR"](*data, pooling=ZeroCells(add=0.5, to="only0", drop00=True))
    assert added.estimate > raw.estimate  # 1/2 draws an odds ratio towards 1


@pytest.mark.parametrize(
    ("to", "is_raised"), [("only0", 1), ("if0all", 5), ("all", 5), ("none", 0)]
)
def test_where_to_add(to, is_raised):
    table = MANTEL_HAENSZEL["OR"](
        *with_trial(SINGLE_ZERO), pooling=ZeroCells(add=0.5, to=to, drop00=False)
    )
    a, n1, c, n2 = (np.asarray(column, dtype=float) for column in with_trial(SINGLE_ZERO))
    add = {0: np.zeros(5), 1: np.array([0, 0, 0, 0, 0.5]), 5: np.full(5, 0.5)}[is_raised]
    n = n1 + n2 + 4 * add
    expected = ((a + add) * (n2 - c + add) / n).sum() / ((c + add) * (n1 - a + add) / n).sum()
    assert table.estimate == pytest.approx(np.log(expected), rel=SAME)


@pytest.mark.parametrize("model", ["UM.FS", "CM.EL", "CM.AL", "UM.RS"])
def test_double_zero_trials_are_dropped_by_default(model):
    without = GLMM["OR"](*TRIALS, model=model)
    with_it = GLMM["OR"](*with_trial(DOUBLE_ZERO), model=model)
    assert with_it.k == without.k == 4
    assert with_it.estimate == without.estimate


def test_double_zero_trials_inform_the_intercepts_of_um_rs():
    kept = GLMM["OR"](*with_trial(DOUBLE_ZERO), model="UM.RS", drop00=False)
    dropped = GLMM["OR"](*with_trial(DOUBLE_ZERO), model="UM.RS")
    assert (kept.k, dropped.k) == (5, 4)
    assert kept.sigma2 > dropped.sigma2
    assert kept.estimate != pytest.approx(dropped.estimate, rel=1e-6)


def test_conditioning_leaves_double_zero_trials_no_information_even_if_kept():
    kept = GLMM["OR"](*with_trial(DOUBLE_ZERO), model="CM.EL", drop00=False)
    assert (kept.k, kept.estimate) == (4, GLMM["OR"](*TRIALS, model="CM.EL").estimate)


def test_double_zero_trials_inform_the_beta_binomial_model():
    without, with_it = beta_binomial(*TRIALS), beta_binomial(*with_trial(DOUBLE_ZERO))
    assert with_it.risk_intervention < without.risk_intervention
    assert with_it.correlation > without.correlation
    assert with_it.estimate != pytest.approx(without.estimate, rel=1e-3)


@pytest.mark.parametrize("model", ["UM.FS", "CM.EL", "CM.AL", "UM.RS"])
def test_single_zero_trials_move_every_model(model):
    moved = GLMM["OR"](*with_trial(SINGLE_ZERO), model=model)
    assert moved.k == 5
    assert moved.estimate < GLMM["OR"](*TRIALS, model=model).estimate
    assert np.isfinite([moved.q_wald, moved.q_lrt]).all()


@pytest.mark.parametrize("model", ["UM.FS", "CM.EL", "UM.RS"])
def test_single_zero_trials_move_every_model_of_rates(model):
    moved = GLMM["IRR"](*with_trial(SINGLE_ZERO), model=model)
    assert moved.k == 5
    assert moved.estimate < GLMM["IRR"](*TRIALS, model=model).estimate


def test_many_single_zero_trials_on_one_side_have_an_estimate_once_one_bounds_it():
    data = ([0, 0, 0, 1], [50, 60, 70, 80], [3, 2, 4, 2], [50, 60, 70, 80])
    fits = [GLMM["OR"](*data, model=model, method="EE") for model in ("UM.FS", "CM.EL", "CM.AL")]
    assert [fit.estimate for fit in fits] == pytest.approx([-2.4] * 3, abs=0.15)
    assert MANTEL_HAENSZEL["OR"](*data).estimate == pytest.approx(-2.4, abs=0.15)


@pytest.mark.parametrize("model", ["UM.FS", "UM.RS", "CM.EL", "CM.AL"])
def test_no_event_in_an_arm_of_any_trial_is_refused(model):
    with pytest.raises(InputError, match="no finite estimate"):
        GLMM["OR"]([0, 0], [50, 60], [3, 2], [50, 60], model=model)
    with pytest.raises(InputError, match="no finite estimate"):
        GLMM["OR"]([3, 2], [50, 60], [0, 0], [50, 60], model=model)


def test_all_zero_events_are_refused_with_a_reason():
    nothing = ([0, 0], [50, 60], [0, 0], [50, 60])
    for pool in (MANTEL_HAENSZEL["OR"], MANTEL_HAENSZEL["RR"], MANTEL_HAENSZEL["IRR"]):
        with pytest.raises(InputError, match="no finite estimate"):
            pool(*nothing)
    for pool in (MANTEL_HAENSZEL["RD"], MANTEL_HAENSZEL["IRD"]):
        with pytest.raises(InputError, match="variance of the pooled"):
            pool(*nothing)
    with pytest.raises(InputError, match="Peto's method needs a trial with some"):
        peto(*nothing)
    with pytest.raises(InputError, match="No trial informs the model"):
        GLMM["OR"](*nothing)
    with pytest.raises(InputError, match="nobody has an event in the intervention"):
        beta_binomial(*nothing)
