"""From blocks to a PDF: what the template reads as JSON, and the compiler's call.

No text of a review is ever markup: the template gets every one as a value.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from math import ceil
from pathlib import Path
from typing import Any

import typst

from liftproof.drawing.typeface import FAMILIES
from liftproof.files import write_bytes
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
from liftproof.report.pdf.letters import HELPING_FONTS, OWN_FONTS, drawable
from liftproof.report.pdf.table_columns import PAGE_WIDTH, column_widths, pieces, stays_whole, width

UNDATED = ("ua-1",)
STANDARDS = ("ua-1", "a-2a")
"""PDF/UA-1 and PDF/A-2a, which the compiler takes together; PDF/A asks for a date."""
PAGE_HEIGHT = 734.0
"""Points: A4 without its margins."""
LINE = 13.0
"""Points: a line of a caption, leading within."""
CAPTION_SIZE = 8.5
_SPARE_LINES = 4
"""Number and name of the figure, lines that break early, space around."""
_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r' (width|height)="([\d.]+)pt"')
_FONTS = re.compile(r"font-family: [^;\"]*")
_PERCENT = re.compile(r"(?<=\d) %")
"""A line of a heading must not end between number and sign."""
_TEMPLATE = "report.typ"
_compile: Callable[..., bytes] = typst.compile
"""Its types leave out what it takes as well: a mapping of names to the files' bytes."""


def pdf_of(document: PdfDocument) -> bytes:
    """Return a document as a tagged PDF: the same bytes from the same document."""
    figures = [block for block in document.blocks if isinstance(block, NumberedFigure)]
    svgs = {figure_name(one): _svg(one) for one in figures}
    template = files("liftproof.report.pdf").joinpath(_TEMPLATE).read_bytes()
    sources = {"main.typ": template, "document.json": _json(document, svgs)}
    return _compile(
        {**sources, **{name: svg.encode() for name, svg in svgs.items()}},
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards=list(STANDARDS if document.day else UNDATED),
        timestamp=datetime.combine(document.day, time(), UTC) if document.day else None,
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(OWN_FONTS), str(HELPING_FONTS)],
    )


def figure_name(block: NumberedFigure) -> str:
    """Return the name of a figure among the files that the compiler gets."""
    return f"{block.drawn.place.analysis}-{block.drawn.place.stem}.svg"


def _svg(block: NumberedFigure) -> str:
    """Return a drawing with the fonts that are here, and no sign that they lack."""
    svg = drawable(block.drawn.svg.read_text(encoding="utf-8"))
    families = ", ".join(f"'{family}'" for family in FAMILIES)
    return _ROOT.sub(lambda root: _FONTS.sub(f"font-family: {families}", root[0]), svg, count=1)


def _json(document: PdfDocument, svgs: dict[str, str]) -> bytes:
    day = document.day
    content = {
        "title": document.title,
        "shown_title": drawable(document.title),
        "citation": _parts(document.citation),
        "date": [day.year, day.month, day.day] if day else None,
        "fonts": FAMILIES,
        "blocks": [_block(block, svgs) for block in document.blocks],
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _block(block: Block, svgs: dict[str, str]) -> dict[str, Any]:
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


def _parts(cell: Cell) -> list[dict[str, Any]]:
    return [_part(part, whole=_is_short_link(part)) for part in parts_of(cell)]


def _is_short_link(part: CellPart) -> bool:
    """Say whether a piece is a link such as "PMID 1234", which no line should break."""
    return bool(part.url) and stays_whole(part.text)


def _part(part: CellPart, *, whole: bool = False) -> dict[str, Any]:
    """Return a piece as the template takes it; ``whole``: it stays on one line."""
    return {"lines": drawable(part.text).split("\n"), "url": part.url, "whole": whole}


def _figure(block: NumberedFigure, svg: str) -> dict[str, Any]:
    return {
        "name": figure_name(block),
        "alt": block.drawn.alt_text,
        "caption": drawable(block.drawn.caption),
        "width": figure_width(svg, block.drawn.caption),
        "floats": block.floats,
    }


def figure_width(svg: str, caption: str) -> float:
    """Return the width in points at which a drawing fits the page, its caption beneath.

    None is enlarged.
    """
    root = _ROOT.search(svg)
    size = {name: float(value) for name, value in _SIZE.findall(root[0] if root else "")}
    lines = ceil(width(caption, size=CAPTION_SIZE) / PAGE_WIDTH) + _SPARE_LINES
    tallest = PAGE_HEIGHT - lines * LINE
    return min(1.0, PAGE_WIDTH / size["width"], tallest / size["height"]) * size["width"]


def _table(table: PageTable) -> dict[str, Any]:
    columns = column_widths(table)
    return {
        "caption": drawable(table.caption),
        "size": columns.size,
        "widths": columns.widths,
        "headings": [_PERCENT.sub("\u202f%", drawable(one.text)) for one in table.headings],
        "numbers": [heading.kind == "number" for heading in table.headings],
        "rows": [list(_row(table, row)) for row in table.rows],
    }


def _row(table: PageTable, row: tuple[Cell, ...]) -> Iterator[list[dict[str, Any]]]:
    for heading, cell in zip(table.headings, row, strict=True):
        if heading.kind == "number" and isinstance(cell, str):
            yield _number(cell)
        else:
            yield _parts(cell)


def _number(cell: str) -> list[dict[str, Any]]:
    """Return a number and its limits, each on one line where it is short enough."""
    first, *rest = ((piece, stays_whole(piece)) for piece in pieces(cell))
    spaced = (each for piece in rest for each in ((" ", False), piece))
    return [_part(CellPart(text=text), whole=whole) for text, whole in (first, *spaced)]


def write_pdf(document: PdfDocument, path: Path) -> None:
    """Write the PDF of a review, whole or not at all."""
    write_bytes(path, pdf_of(document))
