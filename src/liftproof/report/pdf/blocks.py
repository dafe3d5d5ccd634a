"""What a PDF is put together from: headings, paragraphs, lists, tables, figures, references."""

from collections.abc import Iterable
from dataclasses import dataclass

from liftproof.pages.inputs import DrawnFigure
from liftproof.pages.table import Cell, CellPart, LinkedCell, PageTable

QUIET = "quiet"
LEAD = "lead"
"""Styles of a paragraph: a remark, the answer. Empty is that of all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading and its bookmark; ``level``: 1 for sections, 2 within one."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; ``style``: empty, :data:`QUIET` or :data:`LEAD`."""

    text: Cell
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list."""

    items: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedTable:
    """A table with its number and caption."""

    table: PageTable


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedFigure:
    """A drawn figure with its number, caption and alternative text."""

    drawn: DrawnFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The list of sections with their pages."""

    heading: str = "Contents"


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """What is cited, numbered in this order; ``keys``: the ends that links in the text lead to."""

    keys: tuple[str, ...]
    items: tuple[Cell, ...]


Block = Heading | Paragraph | Bullets | NumberedTable | NumberedFigure | Contents | References


def parts_of(cell: Cell) -> tuple[CellPart, ...]:
    """Return a cell piece by piece.

    >>> [part.text for part in parts_of("plain")]
    ['plain']
    """
    return (CellPart(text=cell),) if isinstance(cell, str) else cell.parts


def linked(*pieces: str | CellPart) -> LinkedCell:
    """Return a text of plain pieces and pieces that lead somewhere."""
    return LinkedCell(
        parts=tuple(CellPart(text=each) if isinstance(each, str) else each for each in pieces)
    )


def tables_with_rows(tables: Iterable[PageTable]) -> list[Block]:
    """Return those tables that have rows as blocks."""
    return [NumberedTable(table=table) for table in tables if table.rows]
