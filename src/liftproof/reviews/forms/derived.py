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
    value: float | str | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRange:
    """The whole numbers from ``first`` to ``last``, none where the last is below; any size."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """How many there are."""
        return max(0, self.last - self.first + 1)


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


def whole_numbers(low: Fraction, high: Fraction) -> CountRange:
    """Return the whole numbers of 0 or more from low to high.

    >>> whole_numbers(Fraction("48.6"), Fraction("51.2"))
    CountRange(first=49, last=51)
    """
    return CountRange(first=max(0, ceil(low)), last=floor(high))


def named(counts: CountRange) -> str:
    """Name counts in words.

    >>> named(CountRange(first=48, last=50)), named(CountRange(first=48, last=59))
    ('48, 49 or 50', '48 to 59')
    """
    if counts.size > MOST_NAMED:
        return f"{counts.first} to {counts.last}"
    first = ", ".join(map(str, range(counts.first, counts.last)))
    return f"{first} or {counts.last}" if first else str(counts.last)
