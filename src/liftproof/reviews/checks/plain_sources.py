"""Numbers and sources that name each other cell by cell, joined by columns.

Most sources of most reviews are such: the source names trial, outcome and variant of the one row
that has its number, and has it as it stands there. What is left is looked at row by row.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from liftproof.columns import columns
from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.sheet_rows import SheetRows
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
    trials = [(row.study, PRIMARY, "") for row in tables.trials]
    results = [(row.study, row.variant, row.outcome) for row in tables.results]
    sources = tables.provenance
    named = [(row.study, row.variant, row.outcome) for row in sources.records]
    fields = [row.field for row in sources.records]
    further = tables.outcomes.typed.keys()
    borne_out = {
        *_numbers(tables.studies, trials, _OF_TRIALS - further),
        *_numbers(tables.outcomes, results, _OF_RESULTS),
    }
    numbers = zip(named, fields, sources.column("value"), strict=True)
    general = [not row.arm for row in sources.records]
    sourced = {
        each
        for each, is_any in zip(zip(named, fields, strict=True), general, strict=True)
        if is_any
    }
    return Suspects(
        sources=tuple(
            place
            for place, number in enumerate(numbers)
            if not general[place] or number not in borne_out or place in sources.bad
        ),
        studies=_unsourced(tables.studies, trials, STUDY_NUMBERS, sourced),
        outcomes=_unsourced(tables.outcomes, results, OUTCOME_NUMBERS, sourced),
    )


def _numbers(
    rows: SheetRows[Any], places: list[Place], names: Collection[str]
) -> Iterator[tuple[Place, str, str]]:
    """Yield every filled cell of rows that could be read and are alone at their place."""
    count = Counter(places)
    alone = [
        (place, at) for place, at in enumerate(places) if count[at] == 1 and place not in rows.bad
    ]
    for name in rows.typed.keys() & names:
        cells = rows.typed[name]
        yield from ((at, name, cells[place]) for place, at in alone if cells[place])


def _unsourced(
    rows: SheetRows[Any],
    places: list[Place],
    names: Collection[str],
    sourced: Collection[tuple[Place, str]],
) -> tuple[int, ...]:
    """Return the rows with a number, or a cell of a further column, that no source names."""
    declared = {item.name for item in columns(type(rows.records[0]))} if rows.records else set()
    found: set[int] = set()
    for name, cells in rows.typed.items():
        if name in names or name not in declared:
            asked = zip(places, cells, strict=True)
            found.update(
                place
                for place, (at, cell) in enumerate(asked)
                if cell and (at, name) not in sourced
            )
    return tuple(sorted(found))
