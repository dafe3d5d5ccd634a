"""Conditional power, next trials, fragility: against metafor, integration, and all ways tried."""

import json
import sys
from itertools import product

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.accumulation import conditional_power, next_trials
from liftproof.statistics.accumulation.next_trials import LEAST, MOST_TRIALS
from liftproof.statistics.fragility import Fragility, PoolChoices, fewest_moves, fragility
from liftproof.statistics.fragility import search as searching
from liftproof.statistics.fragility.moves import any_further, each_once, number_of_states, start
from liftproof.statistics.pooling import pool
from support.metafor_cases import REFERENCE

CASES = json.loads((REFERENCE / "stopping.json").read_text(encoding="utf-8"))
INTEGRATED = 1e-11
"""R's integrate() is asked for 1e-13 and adds up tails."""
SEARCHED = 1e-6
"""Two root searches, of which metafor's τ² by REML ends at 1e-14 of τ²."""
COUNTS = ("events_intervention", "n_intervention", "events_control", "n_control")


def of_kind(kind):
    return [case for case in CASES if case["kind"] == kind]


@pytest.mark.parametrize("case", of_kind("conditional_power"), ids=lambda case: str(case["z"]))
def test_conditional_power_is_the_integral_over_what_is_still_to_come(case):
    found = conditional_power(case["z"], case["fraction"], case["drift"], case["critical"])
    assert float(found.above) == pytest.approx(case["above"], rel=INTEGRATED)
    assert float(found.below) == pytest.approx(case["below"], rel=INTEGRATED)


def test_conditional_power_is_as_pass_prints_it():
    # NCSS, PASS, "Conditional power for two proportions": 0.6 against 0.7, 114 a group, one-sided
    # 0.025; halfway a z of 2.5 has a conditional power of "just over 0.8"
    drift = 0.1 / np.sqrt((0.6 * 0.4 + 0.7 * 0.3) / 114)
    power = float(conditional_power(2.5, 0.5, drift, 1.959964).above)
    assert 0.8 < power < 0.81


def test_what_is_assumed_of_the_rest_decides():
    trend, design, none = (1.5 / np.sqrt(0.5), 3.241515, 0.0)
    found = conditional_power(1.5, 0.5, [trend, design, none], 1.959964)
    np.testing.assert_allclose(found.above, [0.590, 0.846, 0.102], atol=5e-4)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((1.5, 0.0, 1.0, 1.96), "fraction must lie between 0 and 1"),
        ((1.5, 1.0, 1.0, 1.96), "fraction must lie between 0 and 1"),
        ((1.5, 0.5, 1.0, 0.0), "critical must be positive"),
        ((np.nan, 0.5, 1.0, 1.96), "z must be finite"),
        (([1.0, 2.0], [0.1, 0.2, 0.3], 1.0, 1.96), "must have one shape"),
    ],
)
def test_what_has_no_conditional_power_is_refused(arguments, says):
    with pytest.raises(InputError, match=says):
        conditional_power(*arguments)


@pytest.mark.parametrize(
    "case",
    of_kind("next_trials"),
    ids=lambda case: f"{case['effect']:g}-{case['tau2']}-{case['interval']}",
)
def test_next_trials_agree_with_metafor(case):
    found = next_trials(
        case["y"], case["v"], case["effect"], tau2=case["tau2"], interval=case["interval"]
    )
    assert (found.excludes, found.like) == (case["excludes"], case["like"])
    wanted = [np.nan if number == -1 else number for number in (case["trials"], case["size"])]
    assert found.trials == pytest.approx(wanted[0], nan_ok=True)
    assert found.size == pytest.approx(wanted[1], rel=SEARCHED, nan_ok=True)
    assert found.variance == pytest.approx(found.like / found.size, nan_ok=True)


def excludes(y, v, options):
    found = pool(y, v, **options)
    return bool((found.ci_low > 0) | (found.ci_high < 0))


def test_a_little_smaller_does_not_change_the_conclusion_and_one_trial_fewer_neither():
    y, v, options = [-0.5, -0.3, -0.4], [0.04, 0.02, 0.03], {"tau2": "DL", "interval": "wald"}
    found = next_trials(y, v, 0.0, **options)
    assert not excludes([*y, 0.0], [*v, found.variance * (1 - 1e-6)], options)
    assert excludes([*y, 0.0], [*v, found.variance * (1 + 1e-6)], options)
    fewest = int(found.trials)
    assert not excludes([*y, *[0.0] * fewest], [*v, *[found.like] * fewest], options)
    assert excludes([*y, *[0.0] * (fewest - 1)], [*v, *[found.like] * (fewest - 1)], options)


def test_many_trials_are_found_by_halving():
    y, v, options = [-0.3, -0.2], [0.005, 0.01], {"tau2": "FE", "interval": "wald"}
    found = next_trials(y, v, 0.0, 0.015, **options)
    z = abs(sum(a / b for a, b in zip(y, v, strict=True)))
    needed = ((z / 1.959963984540054) ** 2 - sum(1 / each for each in v)) * 0.015
    assert found.size == pytest.approx(needed, rel=1e-8)
    assert found.trials == np.ceil(needed)
    assert 8 < found.trials < MOST_TRIALS


def test_a_trial_of_any_size_may_do():
    # one more degree of freedom is enough: t falls from 4.303 to 3.182
    y, v = [-0.4, -0.39, -0.41], [0.03, 0.03, 0.03]
    found = next_trials(y, v, -0.4, tau2="REML", interval="hksj_adhoc")
    assert (found.excludes, found.trials) == (False, 1)
    assert found.size == LEAST


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([0.1], [0.1], 0.0), "two trials or more"),
        (([[0.1, 0.2]], [[0.1, 0.2]], 0.0), "two trials or more"),
        (([0.1, 0.2], [0.1, 0.2], "none"), "effect must be one number"),
        (([0.1, 0.2], [0.1, 0.2], 0.0, 0.0), "like must be positive"),
    ],
)
def test_next_trials_of_no_pool_are_refused(arguments, says):
    with pytest.raises(InputError, match=says):
        next_trials(*arguments)


@pytest.mark.parametrize(
    "case", of_kind("fragility"), ids=lambda case: f"{case['set']}-{case['measure']}"
)
def test_fragility_is_the_least_that_metafor_finds_by_trying_every_way(case):
    counts = [case[name] for name in COUNTS]
    options = {name: case[name] for name in ("measure", "tau2", "interval")}
    found = fragility(*counts, **options)
    assert (found.excludes, found.fewest, found.is_exact) == (
        case["excludes"],
        case["fewest"],
        True,
    )
    moved = np.column_stack([found.moved_intervention, found.moved_control])
    assert np.abs(moved).sum() == case["fewest"]
    assert (moved != 0).any(axis=1).sum() == case["trials"]
    assert (found.ci_low > 0 or found.ci_high < 0) is not found.excludes


def test_arms_never_lose_or_gain_more_than_they_have():
    found = fragility([0, 1], [10, 10], [9, 9], [10, 10], tau2="FE", interval="wald", measure="RD")
    events = np.array([[0, 9], [1, 9]]) + np.column_stack(
        [found.moved_intervention, found.moved_control]
    )
    assert found.fewest > 1
    assert ((events >= 0) & (events <= 10)).all()


def test_following_the_nearest_one_may_end_higher(monkeypatch):
    counts = ([9, 0, 8, 3], [60, 30, 60, 40], [17, 3, 16, 9], [60, 30, 60, 40])
    options = {"tau2": "DL", "interval": "wald"}
    whole = fragility(*counts, **options)
    monkeypatch.setattr(searching, "ALL_STATES", 0)
    monkeypatch.setattr(searching, "KEPT", 1)
    followed = fragility(*counts, **options)
    assert whole.fewest <= followed.fewest
    assert followed.at_least == 1


def test_a_conclusion_that_nothing_turns_has_no_number(monkeypatch):
    monkeypatch.setattr(searching, "MOST_MOVED", 2)
    found = fragility([5, 6], [100, 100], [40, 45], [100, 100], tau2="FE", interval="wald")
    assert isinstance(found, Fragility)
    assert np.isnan(found.fewest)
    assert (found.at_least, found.is_exact) == (3, False)
    assert not found.moved_intervention.any()


def test_trials_without_counts_stay_as_they_are():
    def effects(added):
        y = np.vstack([-0.6 + 0.1 * added[0], np.full(added.shape[1], -0.5)])
        return y, np.full_like(y, 0.04)

    room = np.array([-5.0, 0.0, 0.0, 0.0]), np.array([9.0, 0.0, 0.0, 0.0])
    found = fewest_moves(effects, *room, PoolChoices(tau2="FE", interval="wald"))
    # the mean is -0.55 + 0.05 d, its limits 0.2772 to each side: d = 6 lets 0 in
    assert (found.fewest, found.moved_intervention.tolist()) == (6.0, [6, 0])
    assert found.is_exact


def test_every_state_of_a_cost_is_made_once():
    arms, wide = 4, np.full(4, 9.0)
    states = start(arms)
    for cost in (1, 2, 3):
        states = each_once(states, -wide, wide)
        every = [one for one in product(range(-3, 4), repeat=arms) if sum(map(abs, one)) == cost]
        assert sorted(map(tuple, states.tolist())) == sorted(every)
        assert len(states) == number_of_states(arms, cost)
    further = any_further(start(arms), -wide, wide)
    assert len(further) == number_of_states(arms, 1)


def test_too_many_trials_are_refused():
    many = np.ones(searching.MOST_ARMS // 2 + 1)
    with pytest.raises(InputError, match="in 200 trials at most, not 201"):
        fragility(many, 9 * many, 3 * many, 9 * many)


def test_a_large_pool_is_searched_in_fewer_steps_and_ends_at_the_same_size(monkeypatch):
    y, v, options = [-0.5, -0.3, -0.4], [0.04, 0.02, 0.03], {"tau2": "DL", "interval": "wald"}
    usual = next_trials(y, v, 0.0, **options).size
    module = sys.modules[next_trials.__module__]
    monkeypatch.setattr(module, "HELD", 1)
    assert next_trials(y, v, 0.0, **options).size == pytest.approx(usual, rel=1e-8)


def test_a_table_of_several_pools_is_refused():
    with pytest.raises(InputError, match="one pool of trials"):
        fragility([[1, 2]], [[10, 10]], [[3, 4]], [[10, 10]])
