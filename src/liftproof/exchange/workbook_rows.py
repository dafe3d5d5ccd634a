"""Rows of a sheet as spreadsheets mostly write them, read by one pattern in place of a parser.

Three elements a cell are six events of a parser, each a call; a pattern takes the cell at once. A
row that is written in any other way, which XML allows, is none of these: a parser reads it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TEXTS = ("inlineStr", "s", "str")
"""Types of a cell that hold text: in the cell, among the shared strings, of a formula."""
START_OF_ROWS, END_OF_ROW = b"<sheetData>", b"</row>"
_ROW = re.compile(r'\s*<row(?: [^<>&]*?)? r="([1-9][0-9]*)"[^<>&]*>')
_CELL = re.compile(
    r'<c r="([A-Z]+)[1-9][0-9]*"(?: s="([0-9]+)")?'
    r'(?: t="inlineStr"><is><t>([^<&\r]*)</t></is></c>'
    r'|(?: t="([A-Za-z]+)")? ?(?:/>|>(?:<v>([^<&\r]*)</v>)?</c>))'
)
_PARTS = _CELL.groups + 1
"""What a split by the pattern gives for each cell: what is before it, and its parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCell:
    """A cell that is no plain text.

    ``kind``: ``n`` number, ``b`` truth value, ``e`` error, ``d`` date, or one of ``TEXTS``, of the
    value that a formula last had. ``typed``: the value, None where there is none. ``formula``: with
    its equals sign, empty where there is none. ``style``: place among the formats of the workbook.
    """

    row: int
    address: str
    kind: str
    typed: str | None
    formula: str
    style: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRow:
    """The filled cells of a row by the letters of their columns."""

    line: int
    cells: Mapping[str, str | OtherCell]


def plain_rows(text: str, shared: Sequence[str]) -> list[CellRow] | None:
    """Read rows, the last of them closed; None where any is written in another way.

    ``shared``: the strings of the workbook; raises IndexError or ValueError for one that it lacks.

    >>> plain_rows('<row r="2"><c r="B2" t="s"><v>1</v></c></row>', ("a", "b"))
    [CellRow(line=2, cells={'B': 'b'})]
    >>> plain_rows('<row r="2"><c r="B2"><f>1+1</f></c></row>', ())
    """
    rows: list[CellRow] = []
    *every, rest = text.split(END_OF_ROW.decode())
    if rest or not every:
        return None
    for written in every:
        head = _ROW.match(written)
        parts = _CELL.split(written[head.end() :]) if head else [written]
        if head is None or any(parts[::_PARTS]):
            return None
        rows.append(_row(int(head[1]), parts, shared))
    return rows


def _row(line: int, parts: Sequence[Any], shared: Sequence[str]) -> CellRow:
    """Return a row from its parts, as a split by the pattern gives them."""
    if not any(parts[5::_PARTS]):
        texts = zip(parts[1::_PARTS], parts[3::_PARTS], strict=True)
        return CellRow(line=line, cells={letter: text for letter, text in texts if text})
    each = zip(*(parts[at::_PARTS] for at in range(1, _PARTS)), strict=True)
    return CellRow(
        line=line,
        cells={
            letter: text or _cell(f"{letter}{line}", line, style, kind or "n", value, shared)
            for letter, style, text, kind, value in each
            if text or value
        },
    )


def _cell(
    address: str, line: int, style: str | None, kind: str, value: str, shared: Sequence[str]
) -> str | OtherCell:
    """Return a cell with a value: text, or what has to be looked at."""
    if kind in TEXTS:
        return shared[int(value)] if kind == "s" else value
    return OtherCell(
        row=line, address=address, kind=kind, typed=value, formula="", style=int(style or 0)
    )
