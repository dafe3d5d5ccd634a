"""A number that follows from others of its row, with what is wrong where none does."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Any

from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome

ARMS = ("intervention", "control")
HALF = Fraction(1, 2)
MOST_NAMED = 6
"""More counts than these are named by the first and the last."""

Row = SheetRow[Outcome]
Range = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """``value`` of ``column``, which follows from the columns in ``origins``; None where none does.

    ``problem``: what is wrong, or what a reader should know of the value.
    """

    column: str
    origins: tuple[str, ...] = ()
    value: float | None = None
    problem: Problem | None = None


def can_derive(row: Row, form: str, positive: tuple[str, ...], read: tuple[str, ...]) -> bool:
    """Say whether a row gives a form in numbers that can be: others are told elsewhere."""
    amounts = [getattr(row.record, name) for name in positive]
    is_possible = all(amount is None or amount > 0 for amount in amounts)
    return bool(row.cell(form)) and is_possible and not row.bad.intersection(read)


def with_derived(row: Row, found: Iterator[Derived]) -> tuple[Row, list[Problem]]:
    """Return a row with what follows from its numbers filled in, and the problems on the way."""
    problems = []
    for one in found:
        if one.problem:
            problems.append(one.problem)
            if not one.problem.is_warning:
                row = replace(row, bad=row.bad | {one.column})
        if one.value is not None:
            origins = {**row.record.derived_from, one.column: one.origins}
            changed: dict[str, Any] = {one.column: one.value, "derived_from": origins}
            row = replace(row, record=replace(row.record, **changed))
    return row, problems


def printed_range(text: str) -> Range:
    """Return the smallest and the largest number that a paper prints like this.

    >>> [float(value) for value in printed_range("4.10")]
    [4.095, 4.105]
    """
    decimals = len(text.partition(".")[2])
    half = HALF / 10**decimals
    return Fraction(text) - half, Fraction(text) + half


def whole_numbers(low: Fraction, high: Fraction) -> range:
    """Return the whole numbers of 0 or more from low to high.

    >>> list(whole_numbers(Fraction("48.6"), Fraction("51.2")))
    [49, 50, 51]
    """
    return range(max(0, ceil(low)), floor(high) + 1)


def named(counts: range) -> str:
    """Name counts in words.

    >>> named(range(48, 51)), named(range(48, 60))
    ('48, 49 or 50', '48 to 59')
    """
    if len(counts) > MOST_NAMED:
        return f"{counts[0]} to {counts[-1]}"
    first, last = list(map(str, counts[:-1])), str(counts[-1])
    return f"{', '.join(first)} or {last}" if first else last
