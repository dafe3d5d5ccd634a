"""An analysis with all its choices: the effects of each trial, and what a combination gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.engine import pool_combinations_under
from liftproof.analysis.multiverse.conditions import consequential
from liftproof.analysis.multiverse.extractions import Readings, readings
from liftproof.analysis.multiverse.space import Choice, Digits, Space
from liftproof.analysis.multiverse.ways import PooledCombinations, Way, joined, ways_to_pool
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.checks import Array
from liftproof.statistics.combinations import distinct

Picks = NDArray[np.uint16]
BLOCK = 2**22
"""Effects of combinations that are picked at once: 8 MB, and a few times as much to pool them."""
NAMES: Mapping[str, str] = {
    "measure": "measure of counts",
    "clustering": "clustering",
    "zero_cells": "empty cells",
    "smd": "formula of the SMD",
    "other_measures": "ratios of other kinds",
    "tau2": "τ² method",
    "model": "model",
    "interval": "interval",
}
"""Choices that are not of one trial, for readers."""


@dataclass(frozen=True, kw_only=True)
class Universe:
    """Every combination of choices of one analysis.

    The effects of column j of the data, one a result of a trial, are ``y[j]`` and ``v[j]`` under
    its alternatives, NaN where it does not enter. ``alternatives[t]``, shape (conditions, options,
    columns of trial t), tells which alternative holds. ``trial``: the trial of each column.
    """

    analysis: Analysis
    space: Space
    shared: tuple[str, ...]
    y: Array
    v: Array
    trial: NDArray[np.int_]
    alternatives: tuple[Picks, ...]
    ways: tuple[Way, ...]
    intervals: tuple[str, ...]

    def picks(self, digits: Digits) -> Picks:
        """Return which alternative each column has in each combination, shape (n, columns)."""
        condition = np.zeros(len(digits), dtype=np.intp)
        kinds = [choice.kind for choice in self.space.choices]
        for kind in self.shared:
            place = kinds.index(kind)
            condition = condition * self.space.radices[place] + digits[:, place]
        trials = iter(place for place, kind in enumerate(kinds) if kind == "trial")
        parts = []
        for table in self.alternatives:
            option = digits[:, next(trials)] if table.shape[1] > 1 else 0
            parts.append(table[condition, option])
        return np.concatenate(parts, axis=1)

    def pool(self, digits: Digits) -> PooledCombinations:
        """Return estimates and limits of combinations, analysis scale, NaN where none enters."""
        step = BLOCK // len(self.y)
        starts = range(0, max(1, len(digits)), step)
        return joined(*(self._pool(digits[start : start + step]) for start in starts))

    def _pool(self, digits: Digits) -> PooledCombinations:
        picks = self.picks(digits)
        method, interval = self._digit(digits, "method"), self._digit(digits, "interval")
        numbers = np.full((3, len(digits)), np.nan)
        for place, way in enumerate(self.ways):
            rows = np.flatnonzero(method == place)
            if not rows.size:
                continue
            found = pool_combinations_under(
                self.y, self.v, picks[rows], way.specification, self.intervals, self.trial
            )
            kind, own = interval[rows], np.arange(len(rows))
            numbers[:, rows] = found.estimate, found.ci_low[kind, own], found.ci_high[kind, own]
        return PooledCombinations(estimate=numbers[0], ci_low=numbers[1], ci_high=numbers[2])

    def inputs(self, digits: Digits) -> int:
        """Return how many different sets of trial effects the combinations rest on."""
        return len(distinct(self.picks(digits))[0]) if self._varies else 1

    @property
    def _varies(self) -> bool:
        return any(len(np.unique(table)) > 1 for table in self.alternatives)

    def _digit(self, digits: Digits, what: str) -> NDArray[np.uint8]:
        kinds = ("tau2", "model") if what == "method" else (what,)
        for place, choice in enumerate(self.space.choices):
            if choice.kind in kinds:
                return digits[:, place]
        return np.zeros(len(digits), dtype=np.uint8)


def universe(review: Review, analysis: Analysis, *, with_limits: bool) -> Universe:
    """Return the universe of an analysis; ``with_limits``: whether the interval is a choice.

    A choice without consequence for any trial is none, nor is an option that gives the same
    effects as an earlier one.
    """
    trials = readings(review, analysis)
    options, tables = consequential(analysis, trials)
    kept = [different(each, table) for each, table in zip(trials, tables, strict=True)]
    chosen = [table[:, places] for table, (_, places) in zip(tables, kept, strict=True)]
    ways, intervals = ways_to_pool(analysis, with_limits=with_limits)
    shared = tuple(name for name, each in options.items() if len(each) > 1)
    choices = [
        *(_trial_choice(each, labels) for each, (labels, _) in zip(trials, kept, strict=True)),
        *(Choice(name=NAMES[name], kind=name, options=options[name]) for name in shared),
        _method_choice(ways),
        Choice(name=NAMES["interval"], kind="interval", options=intervals),
    ]
    y, v, alternatives = _numbered(chosen)
    return Universe(
        analysis=analysis,
        space=Space(choices=tuple(each for each in choices if len(each.options) > 1)),
        shared=shared,
        y=y,
        v=v,
        trial=np.repeat(np.arange(len(chosen)), [table.shape[2] for table in chosen]),
        alternatives=alternatives,
        ways=ways,
        intervals=intervals,
    )


def _trial_choice(trial: Readings, labels: tuple[str, ...]) -> Choice:
    return Choice(name=trial.study.label, kind="trial", options=labels)


def _method_choice(ways: Sequence[Way]) -> Choice:
    kind = "model" if len({way.specification.model for way in ways}) > 1 else "tau2"
    return Choice(name=NAMES[kind], kind=kind, options=tuple(way.name for way in ways))


def different(trial: Readings, table: Array) -> tuple[tuple[str, ...], list[int]]:
    """Return the labels and places of the extractions that differ from every one before them."""
    first: dict[bytes, int] = {}
    for place in range(table.shape[1]):
        first.setdefault(np.ascontiguousarray(table[:, place]).tobytes(), place)
    places = list(first.values())
    return tuple(trial.extractions[place].label for place in places), places


def _numbered(tables: Sequence[Array]) -> tuple[Array, Array, tuple[Picks, ...]]:
    """Return y and v by column and alternative, equal effects once, and the alternatives."""
    columns, alternatives = [], []
    for table in tables:
        number = np.empty(table.shape[:3], dtype=np.uint16)
        for result in range(table.shape[2]):
            pairs = np.ascontiguousarray(table[:, :, result].reshape(-1, 2))
            values, inverse = _unique_rows(pairs)
            number[:, :, result] = inverse.reshape(table.shape[:2])
            columns.append(values)
        alternatives.append(number)
    most = max((len(each) for each in columns), default=1)
    y, v = (np.full((len(columns), most), np.nan) for _ in range(2))
    for place, values in enumerate(columns):
        y[place, : len(values)], v[place, : len(values)] = values.T
    return y, v, tuple(alternatives)


def _unique_rows(pairs: Array) -> tuple[Array, NDArray[np.int_]]:
    """Return the distinct rows, and which of them each row is; NaN equals NaN."""
    first: dict[bytes, int] = {}
    inverse = np.array([first.setdefault(row.tobytes(), len(first)) for row in pairs])
    values = np.array([np.frombuffer(key) for key in first])
    return values, inverse
