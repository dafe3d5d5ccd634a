"""What the template reads of a document: every text a value, measured for the page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from liftproof.drawing.letters import drawable
from liftproof.drawing.pdf_copies import SVG_ROOT
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
from liftproof.report.pdf.table_columns import (
    GAP,
    PAGE_WIDTH,
    broken,
    column_widths,
    pieces,
    stays_whole,
    width,
)

PAGE_HEIGHT = 734.0
"""Points: A4 without its margins."""
TEXT_SIZE = 11.0
"""Points: the largest text of paragraphs."""
CAPTION_SIZE = 8.5
LINE = 13.0
"""Points: a line of a caption, leading within."""
_ABOVE = 100.0
"""Points: a heading and the paragraph beneath it, which stay with their figure."""
_SHORTEST = PAGE_HEIGHT / 3
"""Points: what a drawing may take however long its caption is."""
_SPARE_LINES = 4
"""Number and name of the figure, lines that break early, space around."""
_SIZE = re.compile(r' (width|height)="([\d.]+)pt"')
_PERCENT = re.compile(r"(?<=\d) %")
"""A line of a heading must not end between number and sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where a text is set: how wide a word can be there, and how large it is, in points."""

    width: float = PAGE_WIDTH
    size: float = TEXT_SIZE


PARAGRAPH = Room()


def figure_name(block: NumberedFigure) -> str:
    """Return the name of a figure among the files that the compiler gets."""
    return f"{block.drawn.place.analysis}-{block.drawn.place.stem}.svg"


def template_data(document: PdfDocument, svgs: Mapping[str, str]) -> dict[str, Any]:
    """Return a document as the template takes it; ``svgs``: drawings by :func:`figure_name`."""
    day = document.day
    return {
        "title": document.title,
        "shown_title": drawable(document.title),
        "citation": _parts(document.citation),
        "date": [day.year, day.month, day.day] if day else None,
        "blocks": [_block(block, svgs) for block in document.blocks],
    }


def _block(block: Block, svgs: Mapping[str, str]) -> dict[str, Any]:
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
            content = _figure(block, svgs[figure_name(block)])
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


def _figure(block: NumberedFigure, svg: str) -> dict[str, Any]:
    return {
        "name": figure_name(block),
        "alt": block.drawn.alt_text,
        "caption": drawable(block.drawn.caption),
        "width": figure_width(svg, block.drawn.caption),
    }


def figure_width(svg: str, caption: str) -> float:
    """Return the width in points at which a drawing fits the page, its section's heading and first
    paragraph above it, its caption beneath.

    None is enlarged.
    """
    root = SVG_ROOT.search(svg)
    size = {name: float(value) for name, value in _SIZE.findall(root[0] if root else "")}
    lines = ceil(width(caption, size=CAPTION_SIZE) / PAGE_WIDTH) + _SPARE_LINES
    tallest = max(PAGE_HEIGHT - _ABOVE - lines * LINE, _SHORTEST)
    return min(1.0, PAGE_WIDTH / size["width"], tallest / size["height"]) * size["width"]


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
