"""Counts and rates of two arms, and what is done where a cell is empty.

metafor's three switches: ``add`` is the number added to the cells, ``to`` says in which trials
(``only0``: those with an empty cell; ``if0all``: all, once one has an empty cell; ``all``;
``none``), and ``drop00`` leaves out trials that nobody, or everybody, in both arms had an event
in. A fourth, ``cells``, says to which cells of such a trial. The rules act twice: on the effects of
single trials, from which Q is computed, and on the pooled estimate.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats, require

Flags = NDArray[np.bool_]

TO: Mapping[str, Callable[[Flags], Flags]] = {
    "only0": lambda empty: empty,
    "if0all": lambda empty: np.broadcast_to(empty.any(axis=-1, keepdims=True), empty.shape),
    "all": np.ones_like,
    "none": np.zeros_like,
}
"""From whether a trial has an empty cell, shape (..., k), to whether its cells are added to."""
PARTS = 4
"""Cells of two arms' counts; rates have half as many."""


def _of_events(cells: Array) -> Flags:
    """Return whether a cell counts events, which come before those without; of rates all do."""
    which = np.ones_like(cells, dtype=np.bool_)
    which[1 : len(cells) : 2] = len(cells) < PARTS
    return which


EVENTS = "events"
VARIANCE = "variance"
CELLS: Mapping[str, Callable[[Array], Flags]] = {
    "all": lambda cells: np.ones_like(cells, dtype=np.bool_),
    EVENTS: _of_events,
    "empty": lambda cells: cells == 0,
    VARIANCE: lambda cells: np.ones_like(cells, dtype=np.bool_),
}
"""From counts of events and of people without, shape (4, ..., k), to which of them are added to.

``events``: those, and with them the participants, (a + 1/2)/(n + 1/2), as meta's ``metabin`` does
for risk ratios. ``empty``: an empty cell alone. ``variance``: all four, but the variance of a risk
difference alone is computed from the sums, as ``metabin`` does.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroCells:
    """What is added to cells, to those of which trials, and whether empty trials are left out.

    ``cells``: a name in CELLS, to which of the cells of such a trial.
    """

    add: float
    to: str
    drop00: bool
    cells: str = "all"

    def __post_init__(self) -> None:
        """Raise InputError for an addition that is no number of 0 or more."""
        add = floats("add", self.add)
        require(add >= 0, add, "add, a number for empty cells, must be 0 or more")


FOR_EFFECTS = ZeroCells(add=0.5, to="only0", drop00=True)
"""metafor's default for the effects of single trials."""
OF_SINGLE_TRIALS = ZeroCells(add=0.5, to="only0", drop00=False)
"""The same, of trials in which nobody or everybody had an event too: what ``escalc`` computes."""
AS_COUNTED = ZeroCells(add=0.0, to="none", drop00=False)
"""Nothing added: metafor's default of measures that exist without events."""
FOR_POOLING = AS_COUNTED
"""metafor's default for the pooled estimate: the counts as they are."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """Counts of trials, shape (..., k): ``a`` events and ``b`` none with, ``c`` and ``d`` without.

    ``kept``: which trials are not left out.
    """

    a: Array
    b: Array
    c: Array
    d: Array
    kept: Flags

    @property
    def n1(self) -> Array:
        """Participants in the intervention arm."""
        return self.a + self.b

    @property
    def n2(self) -> Array:
        """Participants in the control arm."""
        return self.c + self.d

    @property
    def n(self) -> Array:
        """Participants in both arms."""
        return self.a + self.b + self.c + self.d

    @property
    def events(self) -> Array:
        """Events in both arms."""
        return self.a + self.c

    def treated(self, rule: ZeroCells) -> "Table":
        """Return the table after ``rule``; cells of trials left out become 0."""
        cells = np.stack((self.a, self.b, self.c, self.d))
        nobody, everybody = self.events == 0, self.b + self.d == 0
        kept = self.kept & ~_left_out(rule, nobody | everybody)
        cells = added(cells, kept, rule)
        return Table(a=cells[0], b=cells[1], c=cells[2], d=cells[3], kept=kept)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rates:
    """Events ``x1``, ``x2`` over person-time ``t1``, ``t2``, shape (..., k); ``kept`` as above."""

    x1: Array
    t1: Array
    x2: Array
    t2: Array
    kept: Flags

    @property
    def t(self) -> Array:
        """Person-time of both arms."""
        return self.t1 + self.t2

    @property
    def events(self) -> Array:
        """Events in both arms."""
        return self.x1 + self.x2

    def treated(self, rule: ZeroCells) -> "Rates":
        """Return the rates after ``rule``, which adds to events; those left out become 0."""
        kept = self.kept & ~_left_out(rule, self.events == 0)
        x1, x2 = added(np.stack((self.x1, self.x2)), kept, rule)
        return Rates(x1=x1, t1=self.t1, x2=x2, t2=self.t2, kept=kept)


def has_empty_cell(source: str, numbers: Array) -> Flags:
    """Return which trials have no event in an arm or, of counts, events in all of one.

    ``source``: counts or rates, of arms or of one group; ``numbers``: its columns, events and size
    of either arm or of the group, (4, k) or (2, k).

    >>> arms = np.array([[0, 5, 5], [9, 9, 5], [3, 4, 4], [9, 9, 9]])
    >>> has_empty_cell("counts", arms).tolist(), has_empty_cell("rates", arms).tolist()
    ([True, False, True], [True, False, False])
    """
    events, sizes = numbers[0::2], numbers[1::2]
    whole = events == sizes if source.endswith("counts") else np.zeros_like(events, dtype=np.bool_)
    return np.asarray(((events == 0) | whole).any(axis=0))


def _left_out(rule: ZeroCells, uninformative: Flags) -> Flags:
    """Return which trials the rule leaves out, or raise InputError for what is no rule."""
    if not isinstance(rule, ZeroCells):
        raise InputError(
            f"A rule for empty cells must be a two_arm_tables.ZeroCells(add=, to=, drop00=), "
            f"not {rule!r}."
        )
    return uninformative & rule.drop00


def added(cells: Array, kept: Flags, rule: ZeroCells) -> Array:
    """Return cells, shape (cells, ..., k), with the rule's addition; 0 for trials left out."""
    empty = (cells == 0).any(axis=0) & kept
    where = choose(TO, rule.to, "way to add to cells")(empty)
    which = choose(CELLS, rule.cells, "choice of cells to add to")(cells)
    result: Array = np.where(kept, cells + np.where(where & which, rule.add, 0.0), 0.0)
    return result
