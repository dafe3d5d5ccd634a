"""Events of one group, of people or over person-time, and what is done where there are none.

metafor's ``add`` and ``to`` as for two arms (:mod:`~.two_arm_tables`); ``drop00`` says nothing of
one group.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.effects.checked_arms import MOST
from liftproof.statistics.effects.effect import Effect, kept_effects, usable_cells
from liftproof.statistics.effects.two_arm_tables import ZeroCells, added
from liftproof.statistics.shapes import in_one_shape


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class People:
    """People with an event, ``x``, and without, ``rest``, shape (..., k)."""

    x: Array
    rest: Array

    @property
    def n(self) -> Array:
        """All people."""
        return self.x + self.rest

    @property
    def p(self) -> Array:
        """The proportion with an event."""
        return self.x / self.n


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rate:
    """Events ``x`` over person-time ``t``, shape (..., k)."""

    x: Array
    t: Array


def people_of(events: ArrayLike, n: ArrayLike, rule: ZeroCells) -> People:
    """Return checked counts as a rule leaves them, or raise InputError; they may be fractions."""
    x, size = in_one_shape("Events and n", floats("Events", events), floats("n", n))
    require(size > 0, size, "n must be positive")
    require(size <= MOST, size, f"n must not exceed {MOST:g}")
    require(x >= 0, x, "Events must not be negative")
    require(x <= size, x, "Events must not exceed n")
    cells = np.stack((x, size - x))
    x, rest = added(cells, np.ones(x.shape, dtype=np.bool_), rule)
    return People(x=x, rest=rest)


def rate_of(events: ArrayLike, person_time: ArrayLike, rule: ZeroCells) -> Rate:
    """Return a checked rate as a rule leaves it, or raise InputError; events may be fractions."""
    x, t = in_one_shape(
        "Events and person-time", floats("Events", events), floats("Person-time", person_time)
    )
    require(x >= 0, x, "Events must not be negative")
    require(x <= MOST, x, f"Events must not exceed {MOST:g}")
    require(t > 0, t, "Person-time must be positive")
    (x,) = added(x[np.newaxis], np.ones(x.shape, dtype=np.bool_), rule)
    return Rate(x=x, t=t)


def where_counted(*cells: Array) -> tuple[NDArray[np.bool_], list[Array]]:
    """Return which trials have no empty cell, then the cells with 1 where a trial has one."""
    return usable_cells(np.ones(cells[0].shape, dtype=np.bool_), *cells)


def known(y: Array, v: Array, usable: NDArray[np.bool_]) -> Effect:
    """Return effects with NaN where a trial cannot be used, or its variance is 0."""
    return kept_effects(y, v, usable).with_missing()
