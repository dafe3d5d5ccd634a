"""Trials that readers could not tell apart, or that are one trial entered twice."""

from collections.abc import Iterator

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome
from liftproof.vocabulary.sources import RAW


def check_twins(tables: Tables) -> Iterator[Problem]:
    """Warn of two trials with one label, and of two with the same raw numbers."""
    yield from _labels(tables)
    yield from _numbers(tables)


def _labels(tables: Tables) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for row in tables.studies:
        label, study = row.record.label, row.record.study
        if label and study and first.setdefault(label, study) != study:
            wrong, remedy = f"the label is that of {first[label]} as well", "tell them apart: a, b"
            yield row.problem("label", wrong, remedy, is_warning=True)


def _numbers(tables: Tables) -> Iterator[Problem]:
    first: dict[tuple[float, ...], tuple[str, int]] = {}
    for row in tables.outcomes:
        study, numbers = row.record.study, _raw(row.record)
        if not (study and numbers):
            continue
        other, line = first.setdefault(numbers, (study, row.line))
        if other != study:
            wrong = f"the same numbers as of {other} on line {line}"
            remedy = f"if {study} and {other} are one trial, delete one of them"
            yield row.problem("study", wrong, remedy, is_warning=True)


def _raw(outcome: Outcome) -> tuple[float, ...]:
    """Return the numbers of the first complete raw group, empty if there is none."""
    for group in RAW:
        values = [getattr(outcome, column) for column in GROUPS[group]]
        if None not in values:
            return tuple(values)
    return ()
