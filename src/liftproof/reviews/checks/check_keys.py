"""Keys: each only once, and each trial that a table names is in ``studies.csv``."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import ne
from typing import Any

from liftproof.reviews.files.sheet_rows import NOTHING_BAD, SheetRow, SheetRows
from liftproof.reviews.limits import MOST_REMEDIES
from liftproof.reviews.model.by_identity import kept_by_identity
from liftproof.reviews.model.choice import group_of, variant_of
from liftproof.reviews.model.column_records import column_of
from liftproof.reviews.model.grade import Grade
from liftproof.reviews.model.mark import Mark
from liftproof.reviews.model.printed_pool import PrintedPool
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import (
    PRIMARY,
    Outcome,
    Provenance,
    Published,
    RiskOfBias,
    Study,
)
from liftproof.reviews.model.row_keys import ROW_KEYS
from liftproof.suggest import did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The rows of every table of a review."""

    studies: SheetRows[Study]
    outcomes: SheetRows[Outcome]
    provenance: SheetRows[Provenance]
    published: SheetRows[Published]
    risk_of_bias: SheetRows[RiskOfBias]
    grades: SheetRows[Grade]
    prints: SheetRows[PrintedPool]
    marks: SheetRows[Mark]

    @property
    def trials(self) -> tuple[Study, ...]:
        """What the rows of studies.csv say."""
        return tuple(self.studies.records)

    @property
    def results(self) -> tuple[Outcome, ...]:
        """What the rows of outcomes.csv say."""
        return tuple(self.outcomes.records)

    @property
    def has_every_trial(self) -> bool:
        """Whether the key of every trial could be read; if not, none can be called unknown."""
        return _has_every_trial(self.trials)

    @property
    def has_every_result(self) -> bool:
        """Whether every outcome row belongs to a trial; if not, none can be called missing."""
        is_read = all(bad.isdisjoint(UNIQUE["outcomes"]) for bad in self.outcomes.bad.values())
        return is_read and self.has_every_trial and _has_trials(self.trials, self.results)


@kept_by_identity
def _has_every_trial(studies: tuple[Study, ...]) -> bool:
    return all(row.study for row in studies)


@kept_by_identity
def _has_trials(studies: tuple[Study, ...], outcomes: tuple[Outcome, ...]) -> bool:
    known = {row.study for row in studies}
    return all(row.study in known for row in outcomes)


UNIQUE = {
    "studies": ROW_KEYS[Study],
    "outcomes": ROW_KEYS[Outcome],
    "provenance": (*ROW_KEYS[Provenance], "source", "location", "extractor"),
    "published": ROW_KEYS[Published],
    "risk_of_bias": ROW_KEYS[RiskOfBias],
    "grades": ROW_KEYS[Grade],
    "prints": ROW_KEYS[PrintedPool],
    "marks": ROW_KEYS[Mark],
}
"""Columns that together name a row of a table."""


def check_unique(rows: SheetRows[Any], key: tuple[str, ...]) -> Iterator[Problem]:
    """Yield rows whose key another row above has already."""
    first: dict[tuple[str, ...], int] = {}
    for place, values in enumerate(() if _are_distinct(rows, key) else _cells_of(rows, key)):
        if not values[0] or not rows.bad.get(place, NOTHING_BAD).isdisjoint(key):
            continue
        line = rows.lines[place]
        above = first.setdefault(values, line)
        if above != line:
            wrong = f"the same {', '.join(key)} as on line {above}"
            found = ", ".join(value for value in values if value)
            yield rows[place].problem(key[0], wrong, "delete or rename one of them", found=found)


def _are_distinct(rows: SheetRows[Any], key: tuple[str, ...]) -> bool:
    """Say whether no two rows can have the same key: hashes take a tenth of the keys' memory."""
    hashes = sorted(array("q", map(hash, _cells_of(rows, key))))
    return all(map(ne, hashes, islice(hashes, 1, None)))


def _cells_of(rows: SheetRows[Any], key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return zip(*(column_of(rows.records, name) for name in key), strict=True)


def check_known(
    rows: SheetRows[Outcome] | SheetRows[Provenance] | SheetRows[RiskOfBias],
    studies: Iterable[Study],
) -> Iterator[Problem]:
    """Yield the trials that ``studies.csv`` does not have, each at its first row of a table."""
    known = dict.fromkeys(row.study for row in studies if row.study)
    unknown: dict[str, list[int]] = {}
    for place, (study,) in enumerate(_cells_of(rows, ("study",))):
        if study and study not in known:
            unknown.setdefault(study, []).append(place)
    for number, (trial, (first, *others)) in enumerate(unknown.items()):
        also = f" (and on {len(others)} more rows)" if others else ""
        remedy = "a new trial is added to studies.csv first"
        if number < MOST_REMEDIES:
            remedy = f"{did_you_mean(trial, known)} ({remedy})"
        yield rows[first].problem("study", f"studies.csv has no such trial{also}", remedy)


def check_many(rows: SheetRows[Outcome] | SheetRows[Provenance], most: int) -> Iterator[Problem]:
    """Yield the trials that have more rows of a table than are compared, each where it is so."""
    counts: dict[str, int] = {}
    for place, (study,) in enumerate(_cells_of(rows, ("study",))):
        counts[study] = number = counts.get(study, 0) + 1
        if study and number == most + 1:
            wrong, remedy = f"more than {most} rows of one trial", "leave rows out"
            yield rows[place].problem("study", wrong, remedy)


def check_studies_used(
    studies: Iterable[SheetRow[Study]], outcomes: Iterable[SheetRow[Outcome]]
) -> Iterator[Problem]:
    """Warn of trials without an outcome: they await data."""
    used = {row.record.study for row in outcomes}
    for row in studies:
        study = row.record.study
        if study and study not in used:
            wrong, remedy = "the trial awaits data", "add its result to outcomes.csv"
            yield row.problem("study", f"{wrong}: it has no outcome", remedy, rule="no_result")


def check_years(studies: Iterable[SheetRow[Study]]) -> Iterator[Problem]:
    """Yield trials of a year that was still to come when they were added, but for the next one."""
    for row in studies:
        year, added = row.record.year, row.record.added
        is_read = bool(added) and not row.bad.intersection(("year", "added"))
        if is_read and year > int(added[:4]) + 1:
            wrong = f"the year was still to come when the trial was added, {added}"
            yield row.problem("year", wrong, "write the year of publication, or correct added")


def check_primary(outcomes: Iterable[SheetRow[Outcome]]) -> Iterator[Problem]:
    """Warn of results without a primary extraction: analyses pass over them."""
    rows = [row for row in outcomes if not row.bad.intersection(UNIQUE["outcomes"])]
    have = {group_of(row.record) for row in rows if variant_of(row.record) == PRIMARY}
    for row in rows:
        if group_of(row.record) not in have:
            have.add(group_of(row.record))
            wrong = "no variant of this result is primary: only analyses that name it use it"
            remedy = "call one variant primary, unless that is meant"
            yield row.problem("variant", wrong, remedy, rule="no_primary")
