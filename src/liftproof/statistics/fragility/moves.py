"""Moves: numbers of events turned in each arm of each trial, and how one more is turned.

A state holds the net number of events added (taken away, where negative) in each of 2k arms, shape
(n, 2k): both arms of the first trial, then of the second. Its cost is the sum of their sizes.
"""

from math import comb

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array

States = NDArray[np.int_]


def start(arms: int) -> States:
    """Return the one state in which nothing is moved.

    >>> start(4).tolist()
    [[0, 0, 0, 0]]
    """
    return np.zeros((1, arms), dtype=np.int_)


def number_of_states(arms: int, cost: int) -> int:
    """Return how many states of a cost there are where no arm runs out of people.

    >>> number_of_states(4, 2)
    32
    """
    return sum(comb(arms, j) * 2**j * comb(cost - 1, j - 1) for j in range(1, cost + 1))


def each_once(states: States, least: Array, most: Array) -> States:
    """Return all states of one more cost, each once, from all those of a cost.

    ``least`` and ``most`` (2k,): how many events can be taken away at most, as negative numbers,
    and added. Only the last arm that is moved, or one after it, is moved on.

    >>> each_once(start(2), np.array([-1.0, 0.0]), np.array([5.0, 5.0])).tolist()
    [[-1, 0], [1, 0], [0, 1]]
    """
    places = np.arange(states.shape[1])
    last = np.where(states != 0, places, -1).max(axis=1)
    return _moved(states, least, most, places >= last[:, None])


def any_further(states: States, least: Array, most: Array) -> States:
    """Return the distinct states that cost one more than those given."""
    everywhere = np.ones(states.shape, dtype=np.bool_)
    return np.unique(_moved(states, least, most, everywhere), axis=0)


def _moved(states: States, least: Array, most: Array, may: NDArray[np.bool_]) -> States:
    """Return the states with one event more moved, away from 0, where it may be and can be."""
    found = []
    for place in range(states.shape[1]):
        for step in (-1, 1):
            moved = states[:, place] + step
            is_further = (np.abs(moved) > np.abs(states[:, place])) & may[:, place]
            is_possible = (least[place] <= moved) & (moved <= most[place])
            chosen = states[is_further & is_possible].copy()
            chosen[:, place] += step
            found.append(chosen)
    return np.concatenate(found)
