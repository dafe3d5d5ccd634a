"""Numbers and sources that name each other cell by cell, joined by columns.

Most sources of most reviews are such: the source names trial, outcome and variant of the one row
that has its number, and has it as it stands there. What is left is looked at row by row.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from liftproof.columns import columns
from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.sheet_rows import SheetRows
from liftproof.reviews.model.column_records import column_of
from liftproof.reviews.model.provenance import OUTCOME_NUMBERS, SHARED, STUDY_NUMBERS
from liftproof.reviews.model.review_tables import PRIMARY, Outcome, Study

Place = tuple[str, str, str]
"""Trial, variant and outcome; of a number of studies.csv the trial, primary and nothing."""
_OUTCOME = frozenset(item.name for item in columns(Outcome))
_OF_RESULTS = frozenset(item.name for item in columns(Outcome) if item.kind != "key") - SHARED
_OF_TRIALS = frozenset(item.name for item in columns(Study)) - _OUTCOME


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspects:
    """Places of the rows that are to be looked at, in each table, in its order."""

    sources: tuple[int, ...]
    studies: tuple[int, ...]
    outcomes: tuple[int, ...]


def suspects_of(tables: Tables) -> Suspects:
    """Return which sources may have no such number, and which rows a number without a source."""
    further = tables.outcomes.typed.keys()
    trials = _Numbers(
        tables.studies,
        [(row.study, PRIMARY, "") for row in tables.trials],
        _OF_TRIALS - further,
    )
    results = _Numbers(
        tables.outcomes,
        [(row.study, row.variant, row.outcome) for row in tables.results],
        _OF_RESULTS,
    )
    sources = tables.provenance
    suspected = []
    names = ("study", "variant", "outcome", "arm", "field")
    each = zip(*(column_of(sources.records, name) for name in names), strict=True)
    for place, ((*result, arm, field), value) in enumerate(
        zip(each, sources.column("value"), strict=True)
    ):
        is_borne_out = not arm and place not in sources.bad
        if not arm:
            at = tuple(result)
            of_trial = trials.bears_out(at, field, value)
            is_borne_out &= results.bears_out(at, field, value) or of_trial
        if not is_borne_out:
            suspected.append(place)
    return Suspects(
        sources=tuple(suspected),
        studies=trials.unsourced(STUDY_NUMBERS),
        outcomes=results.unsourced(OUTCOME_NUMBERS),
    )


class _Numbers:
    """The numbers of a table, each at the place that sources name, and which of them have any.

    ``names``: columns in which a source can be borne out. Rows that share a place are known by the
    first of them.
    """

    def __init__(self, rows: SheetRows[Any], places: list[Place], names: Collection[str]) -> None:
        self._rows = rows
        self._first: dict[Place, int] = {}
        self._row_of = [self._first.setdefault(at, place) for place, at in enumerate(places)]
        shared = {at for at, count in Counter(self._row_of).items() if count > 1}
        self._doubtful = shared.union(rows.bad)
        self._cells = {name: rows.typed[name] for name in rows.typed.keys() & names}
        self._sourced: dict[str, bytearray] = {}

    def bears_out(self, at: Place, field: str, value: str) -> bool:
        """Take note of a source; say whether the one row that it names has its number."""
        row = self._first.get(at)
        if row is None:
            return False
        if field not in self._sourced:
            self._sourced[field] = bytearray(len(self._row_of))
        self._sourced[field][row] = True
        cells = self._cells.get(field)
        is_there = cells is not None and value != "" and cells[row] == value
        return is_there and row not in self._doubtful

    def unsourced(self, names: Collection[str]) -> tuple[int, ...]:
        """Return the rows with a number, or a cell of a further column, that no source names."""
        rows = self._rows
        declared = {item.name for item in columns(type(rows.records[0]))} if rows.records else set()
        found: set[int] = set()
        for name, cells in rows.typed.items():
            if name in names or name not in declared:
                sourced = self._sourced.get(name) or bytes(len(rows))
                each = enumerate(zip(cells, self._row_of, strict=True))
                found.update(place for place, (cell, row) in each if cell and not sourced[row])
        return tuple(sorted(found))
