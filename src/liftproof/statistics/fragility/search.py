"""The fewest events that change the conclusion: all moves to a depth, then the best of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.combinations import pool_combinations
from liftproof.statistics.fragility.moves import (
    States,
    any_further,
    each_once,
    number_of_states,
    start,
)
from liftproof.statistics.result import Result

ALL_STATES = 10_000
"""States of one cost that are all tried: a tenth of a second for ten trials."""
KEPT = 4
"""States that are followed, of those that come nearest, where all would be too many. The index as
proposed follows one, and may end higher than need be."""
MOST_MOVED = 60
"""Events moved at most: a conclusion that takes more is not fragile."""
MOST_ARMS = 400
"""Arms whose events are moved at most: of more, a state after the other would fill the memory."""
TIED = 9
"""Decimals at which limits that differ by rounding alone are tied."""

Effects = Callable[[NDArray[np.int_]], tuple[Array, Array]]
"""From events added in both arms, shape (2, m), to y and v of every trial, (k, m); NaN where the
trial is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolChoices:
    """How effects are pooled: names in TAU2 and INTERVALS, and the level of the limits."""

    tau2: str = "REML"
    interval: str = "hksj_adhoc"
    level: float = 0.95


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fragility(Result):
    """How few events change the conclusion of a pool.

    ``excludes``: whether its interval excludes no effect. ``fewest``: people whose outcome is
    turned, in the cheapest way found, that change this; NaN where none was found up to
    MOST_MOVED. ``at_least``: no smaller number serves, which was tried in all ways. ``is_exact``:
    whether the two are the same. ``moved_intervention``, ``moved_control``: events added in each
    trial, negative where taken away, shape (k,); of ways equally cheap that in the fewest trials,
    then the one that goes farthest. ``ci_low``, ``ci_high``: limits then, analysis scale.
    """

    excludes: bool
    fewest: float
    at_least: int
    is_exact: bool
    moved_intervention: NDArray[np.int_]
    moved_control: NDArray[np.int_]
    ci_low: float
    ci_high: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pools:
    """How states are pooled."""

    effects: Effects
    choices: PoolChoices

    def limits(self, states: States) -> tuple[Array, Array]:
        """Return the limits of the pool in each state, (n,)."""
        arms = states.reshape(len(states), -1, 2)
        distinct, picks = np.unique(arms.reshape(-1, 2), axis=0, return_inverse=True)
        found = pool_combinations(
            *self.effects(distinct.T),
            picks.reshape(arms.shape[:2]),
            tau2=self.choices.tau2,
            intervals=(self.choices.interval,),
            level=self.choices.level,
        )
        return found.ci_low[0], found.ci_high[0]


def fewest_moves(
    effects: Effects, least: Array, most: Array, choices: PoolChoices | None = None
) -> Fragility:
    """Return the fewest events that change whether the pool's interval excludes no effect (0).

    ``least``, ``most`` (2k,): events that can be taken away in each arm, as negative numbers, and
    added; both 0 for a trial that has no counts. ``choices``: how effects are pooled.

    All states of a cost are tried while they are at most ALL_STATES; from there on the KEPT ones
    whose limits come nearest to changing the conclusion are followed, whatever arm they move.
    Raises InputError for more than MOST_ARMS arms.

    Source: see :func:`fragility`.
    """
    if least.size > MOST_ARMS:
        raise InputError(
            f"Events are moved in {MOST_ARMS // 2} trials at most, not {least.size // 2}."
        )
    pools = _Pools(effects=effects, choices=choices or PoolChoices())
    states = start(least.size)
    excludes = bool(_beyond(*pools.limits(states))[0] > 0)
    is_whole, at_least = True, 1
    for cost in range(1, MOST_MOVED + 1):
        is_whole = is_whole and number_of_states(least.size, cost) <= ALL_STATES
        states = (each_once if is_whole else any_further)(states, least, most)
        if not len(states):
            break
        low, high = pools.limits(states)
        beyond = np.nan_to_num(_beyond(low, high), nan=np.inf if excludes else -np.inf)
        progress = -beyond if excludes else beyond
        changed = (beyond > 0) != excludes
        if changed.any():
            place = _chosen(states, progress, changed)
            return _found(excludes, cost, at_least, states[place], low[place], high[place])
        at_least += is_whole
        if not is_whole or number_of_states(least.size, cost + 1) > ALL_STATES:
            states = states[np.argsort(-np.round(progress, TIED), kind="stable")[:KEPT]]
    return _found(excludes, np.nan, at_least, start(least.size)[0], np.nan, np.nan)


def _beyond(low: Array, high: Array) -> Array:
    """Return how far the nearer limit lies beyond no effect; negative where it is included."""
    return np.maximum(low, -high)


def _chosen(states: States, progress: Array, changed: NDArray[np.bool_]) -> int:
    """Return the state in the fewest trials, of several the one that goes farthest."""
    trials = (states.reshape(len(states), -1, 2) != 0).any(axis=2).sum(axis=1)
    places = np.flatnonzero(changed)
    order = np.lexsort((-np.round(progress[places], TIED), trials[places]))
    return int(places[order[0]])


def _found(
    excludes: bool, fewest: float, at_least: int, state: NDArray[np.int_], low: float, high: float
) -> Fragility:
    intervention, control = state.reshape(-1, 2).T
    return Fragility(
        excludes=excludes,
        fewest=float(fewest),
        at_least=at_least,
        is_exact=bool(fewest == at_least),
        moved_intervention=intervention,
        moved_control=control,
        ci_low=float(low),
        ci_high=float(high),
    )
