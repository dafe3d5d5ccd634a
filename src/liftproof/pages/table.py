"""A table as the page shows it: every cell a text already."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from liftproof.words import numbers
from liftproof.words.text import outcome_names

NOTHING = "—"
LONGEST_TWICE = 60
"""Signs of a cell that is told again in full below the same one: two lines of a column."""
_BRACKET = re.compile(r"\([^()]{1,22}\)")
"""Short enough to stand in a line of a column, on a phone beside an estimate."""
_KINDS = {"# ": "number", "¶ ": "prose"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPart:
    """A piece of a cell's text; ``url`` is where it leads, empty for plain text."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedCell:
    """A cell whose text holds links, piece by piece."""

    parts: tuple[CellPart, ...]

    def __str__(self) -> str:
        """Return the text alone."""
        return "".join(part.text for part in self.parts)


Cell = str | LinkedCell


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHeading:
    """A column. ``kind`` is number (set to the right), prose (given room), or empty."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTable:
    """``key`` is unique in the page; the first cell of each row names the row.

    ``verdicts`` holds a verdict code for each row, or nothing: the code styles the row's cell
    under the heading "Verdict".
    """

    key: str
    caption: str
    headings: tuple[TableHeading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    verdicts: tuple[str, ...] = ()


def headings(*texts: str) -> tuple[TableHeading, ...]:
    """Return columns; a text that begins with "#" is one of numbers, with "¶" one of prose.

    >>> headings("Trial", "# Weight")[1]
    TableHeading(text='Weight', kind='number')
    """
    return tuple(
        TableHeading(text=text.removeprefix("# ").removeprefix("¶ "), kind=_KINDS.get(text[:2], ""))
        for text in texts
    )


def limits_whole(cell: Cell) -> Cell:
    """Return a cell of numbers whose lines break before a bracket and not within.

    >>> limits_whole("0.34 (0.24 to 0.48)")
    '0.34 (0.24\xa0to\xa00.48)'
    >>> limits_whole("1.9 (0.00000019 to 19777319.58)")
    '1.9 (0.00000019 to 19777319.58)'
    """
    if not isinstance(cell, str):
        return cell
    return _BRACKET.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), cell)


def is_long(cell: Cell) -> bool:
    """Say whether a cell that says the same as the one above it is worth its room."""
    return len(str(cell)) > LONGEST_TWICE


def prose_apart(table: PageTable) -> tuple[PageTable, tuple[str, ...]]:
    """Return a table without its last column, and what that says of each row as a sentence.

    What is said of several rows in the same words is said once.

    >>> rows = (("A", "1", "as it was"), ("B", "2", NOTHING))
    >>> told = PageTable(key="k", caption="c", headings=headings("T", "# N", "¶ Why"), rows=rows)
    >>> prose_apart(told)[1]
    ('A: as it was',)
    """
    narrow = replace(
        table, headings=table.headings[:-1], rows=tuple(row[:-1] for row in table.rows)
    )
    told = (f"{row[0]}: {row[-1]}" for row in table.rows if row[-1] not in ("", NOTHING))
    return narrow, tuple(dict.fromkeys(told))


def shown(value: object) -> str:
    """Return a count or text as it stands, a dash where there is none."""
    return NOTHING if value in (None, "") else str(value)


def shown_p(value: float | None) -> str:
    """Return a p value, a dash where there is none."""
    return NOTHING if value is None else numbers.p_alone(value)


def in_words(code: str) -> str:
    """Return a code such as ``new_injuries`` as words."""
    return outcome_names(code)


def joined(parts: Sequence[str]) -> str:
    """Return the parts that hold something, with commas; a dash if none does."""
    return ", ".join(part for part in parts if part) or NOTHING
