"""Trials that readers could not tell apart, or that are one trial entered twice."""

import re
from collections.abc import Collection, Iterator

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome
from liftproof.reviews.trial_identity import plain
from liftproof.vocabulary.sources import RAW

NAMES = {"label": "label_twice", "doi": "doi_twice", "pmid": "pmid_twice"}
"""By column that only one trial should have, the rule."""
FEWEST_DIGITS = {"given": 4, "reported": 3, "standard_error": 4}
"""Effects with fewer digits in all may be alike by chance, as 0.5 (0.3 to 0.8) may."""
_ENDING = re.compile(r"\bet al\b|[^\w\s]")
"""What one person writes into a label, and another leaves out."""
CONTROLS = (("events_control", "n_control"), ("mean_control", "sd_control", "n_control"))
"""Numbers that make a control arm."""


def check_twins(tables: Tables) -> Iterator[Problem]:
    """Warn of trials with one label or publication, one control arm, or the same numbers."""
    for column, rule in NAMES.items():
        yield from _named_alike(tables, column, rule)
    twins = list(_numbers(tables))
    yield from twins
    yield from _control_arms(tables, {each.line for each in twins})


def _named_alike(tables: Tables, column: str, rule: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for row in tables.studies:
        name, study = plain(row.cell(column)), row.record.study
        name = plain(_ENDING.sub(" ", name)) if column == "label" else name
        if name and study and first.setdefault(name, study) != study:
            wrong = f"the {column} is that of {first[name]} as well"
            remedy = "tell them apart: a, b" if column == "label" else REMEDY
            yield row.problem(column, wrong, remedy, rule=rule)


REMEDY = "if both are one trial, make them rows of one; if not, correct it or mark it as checked"


def _numbers(tables: Tables) -> Iterator[Problem]:
    first: dict[tuple[object, ...], tuple[str, int]] = {}
    for row in tables.outcomes:
        study, numbers = row.record.study, _raw(row.record) or _printed(row)
        if not (study and numbers):
            continue
        turned = _raw(row.record, exchanged=True)
        exchanged = first.get(turned) if turned != numbers else None
        other, line = first.setdefault(numbers, exchanged or (study, row.line))
        if other != study:
            how = ", with the arms exchanged" if (other, line) == exchanged else ""
            wrong = f"the same numbers as of {other} on line {line}{how}"
            remedy = f"if {study} and {other} are one trial, delete one of them"
            told = ", ".join(f"{number:g}" for number in numbers if isinstance(number, float | int))
            yield row.problem(
                "study", wrong, remedy, rule="trial_twice", numbers=f"{other}: {told}"
            )


def _raw(outcome: Outcome, *, exchanged: bool = False) -> tuple[object, ...]:
    """Return the numbers of the first complete raw group, empty if there is none.

    ``exchanged``: with the arms exchanged, and empty for one group.
    """
    for group in RAW:
        names = GROUPS[group]
        values = [getattr(outcome, column) for column in names]
        if None not in values:
            half = len(names) // 2
            is_of_arms = all(column.endswith("_control") for column in names[half:])
            if exchanged:
                return (*values[half:], *values[:half]) if is_of_arms else ()
            return tuple(values)
    return ()


def _printed(row: SheetRow[Outcome]) -> tuple[object, ...]:
    """Return an effect with its precision, if it has digits enough, and what it is of."""
    for group, fewest in FEWEST_DIGITS.items():
        names = GROUPS[group]
        digits = sum(sum(map(str.isdigit, row.cell(name).lstrip("-0."))) for name in names)
        values = [getattr(row.record, name) for name in names]
        if None not in values and digits >= fewest:
            return (group, row.record.measure, row.record.outcome, *values)
    return ()


def _control_arms(tables: Tables, twins: Collection[int]) -> Iterator[Problem]:
    """Warn of two trials of one name whose results have one control arm.

    ``twins``: lines of results that are another's as a whole.
    """
    names = {row.record.study: _first_word(row.cell("label")) for row in tables.studies}
    first: dict[tuple[object, ...], tuple[str, int]] = {}
    for row in tables.outcomes:
        study, numbers = row.record.study, _control(row.record)
        name = names.get(study, "")
        is_told = row.line in twins or row.record.control_split is not None
        if is_told or not (name and numbers):
            continue
        other, line = first.setdefault((name, row.record.outcome, *numbers), (study, row.line))
        if other != study:
            wrong = f"the control arm of {other} on line {line}: its people are counted twice"
            remedy = "make both arms of one trial, or divide the control arm (control_split)"
            told = ", ".join(f"{number:g}" for number in numbers)
            yield row.problem(
                "n_control", wrong, remedy, rule="control_shared", numbers=f"{other}: {told}"
            )


def _first_word(label: str) -> str:
    return plain(label).partition(" ")[0]


def _control(outcome: Outcome) -> tuple[float, ...]:
    for names in CONTROLS:
        values = [getattr(outcome, name) for name in names]
        if None not in values:
            return tuple(values)
    return ()
