"""What the template reads of a document: every text a value, measured for the page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from liftproof.drawing.letters import drawable
from liftproof.pages.table import Cell, CellPart, PageTable
from liftproof.report.pdf.blocks import (
    Block,
    Bullets,
    Contents,
    Heading,
    NumberedFigure,
    NumberedTable,
    Paragraph,
    References,
    parts_of,
)
from liftproof.report.pdf.document import PdfDocument
from liftproof.report.pdf.figure_pages import OnPaper
from liftproof.report.pdf.table_columns import (
    GAP,
    PAGE_WIDTH,
    broken,
    column_widths,
    pieces,
    stays_whole,
)

TEXT_SIZE = 11.0
"""Points: the largest text of paragraphs."""
_PERCENT = re.compile(r"(?<=\d) %")
"""A line of a heading must not end between number and sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where a text is set: how wide a word can be there, and how large it is, in points."""

    width: float = PAGE_WIDTH
    size: float = TEXT_SIZE


PARAGRAPH = Room()


def figure_key(block: NumberedFigure) -> str:
    """Return how a figure is called among those of its document."""
    return f"{block.drawn.place.analysis}-{block.drawn.place.stem}"


def part_names(key: str, placed: OnPaper) -> list[str]:
    """Return the names of a figure's parts among the files that the compiler gets."""
    return [f"{key}-{number}.svg" for number in range(1, len(placed.parts) + 1)]


def template_data(document: PdfDocument, placed: Mapping[str, OnPaper]) -> dict[str, Any]:
    """Return a document as the template takes it; ``placed``: by
    :func:`figure_key`."""
    day = document.day
    return {
        "title": document.title,
        "shown_title": drawable(document.title),
        "citation": _parts(document.citation),
        "date": [day.year, day.month, day.day] if day else None,
        "blocks": [_block(block, placed) for block in document.blocks],
    }


def _block(block: Block, placed: Mapping[str, OnPaper]) -> dict[str, Any]:
    match block:
        case Heading():
            content: dict[str, Any] = {"level": block.level, "text": drawable(block.text)}
        case Paragraph():
            content = {"style": block.style, "parts": _parts(block.text)}
        case Contents():
            content = {"heading": block.heading}
        case Bullets():
            content = {"items": [_parts(item) for item in block.items]}
        case References():
            items = zip(block.keys, block.items, strict=True)
            content = {"items": [{"key": key, "parts": _parts(item)} for key, item in items]}
        case NumberedTable():
            content = _table(block.table)
        case NumberedFigure():
            content = _figure(block, placed[figure_key(block)])
    return {"kind": type(block).__name__, **content}


def _parts(cell: Cell, room: Room = PARAGRAPH) -> list[dict[str, Any]]:
    return [_part(part, room, whole=_is_short_link(part)) for part in parts_of(cell)]


def _is_short_link(part: CellPart) -> bool:
    """Say whether a piece is a link such as "PMID 1234", which no line should break."""
    return bool(part.url) and stays_whole(part.text)


def _part(part: CellPart, room: Room, *, whole: bool) -> dict[str, Any]:
    """Return a piece as the template takes it; ``whole``: it stays on one line."""
    lines = broken(drawable(part.text), room.width, room.size).split("\n")
    return {"lines": lines, "url": part.url, "whole": whole}


def _figure(block: NumberedFigure, placed: OnPaper) -> dict[str, Any]:
    return {
        "key": figure_key(block),
        "names": part_names(figure_key(block), placed),
        "alt": block.drawn.alt_text,
        "caption": drawable(placed.caption),
        "more": drawable(placed.more),
        "width": placed.width,
        "is_alone": placed.is_alone,
    }


def _table(table: PageTable) -> dict[str, Any]:
    columns = column_widths(table)
    rooms = [Room(width=each - GAP, size=columns.size) for each in columns.widths]
    return {
        "caption": drawable(table.caption),
        "size": columns.size,
        "widths": columns.widths,
        "headings": [_PERCENT.sub("\u202f%", drawable(one.text)) for one in table.headings],
        "numbers": [heading.kind == "number" for heading in table.headings],
        "rows": [list(_row(table, row, rooms)) for row in table.rows],
    }


def _row(
    table: PageTable, row: tuple[Cell, ...], rooms: list[Room]
) -> Iterator[list[dict[str, Any]]]:
    for heading, cell, room in zip(table.headings, row, rooms, strict=True):
        if heading.kind == "number" and isinstance(cell, str):
            yield _number(cell, room)
        else:
            yield _parts(cell, room)


def _number(cell: str, room: Room) -> list[dict[str, Any]]:
    """Return a number and its limits, each on one line where it is short enough."""
    first, *rest = ((piece, stays_whole(piece)) for piece in pieces(cell))
    spaced = (each for piece in rest for each in ((" ", False), piece))
    return [_part(CellPart(text=text), room, whole=whole) for text, whole in (first, *spaced)]
