"""The cells of a sheet as they stand in the file of a workbook: text as text, all else unread.

Office Open XML, parts 18.3.1.4 (cells) and 18.4.8 (strings) of ECMA-376. A library that makes an
object of every cell takes most of the time of an import; here a cell of text is a string.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from liftproof.exchange.workbook_rows import (
    END_OF_ROW,
    START_OF_ROWS,
    TEXTS,
    CellRow,
    OtherCell,
    plain_rows,
)
from liftproof.exchange.xml_tree import strict_parser

CHUNK = 1 << 16
"""Bytes that are parsed at once."""
_NOT_PLAIN = re.compile(rb"<[!?](?!xml )|encoding=(?!.utf-8.)", re.IGNORECASE)
"""In what may look like rows and be none, such as a comment, or mean other characters."""
ESCAPED_ESCAPE = "x005F_"
"""Stands before what looks like an escaped character and is none; of shared strings alone."""


@dataclass(slots=True, kw_only=True)
class SheetCells:
    """``rows`` with any filled cell, in their order; ``merged``: areas such as C2:D2."""

    rows: list[CellRow] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


def sheet_cells(content: IO[bytes], shared: Sequence[str]) -> SheetCells:
    """Read a sheet; ``shared``: the strings of its workbook.

    A parser sees all of it, and asks nothing of chunks that are plain rows: it only says whether
    they are XML. Raises ExpatError, EntityError, ValueError or IndexError for a file that is none.
    """
    reader, parser = _SheetReader(shared), strict_parser()
    parser.buffer_text = may_be_plain = True
    for piece in _pieces(content):
        rows = plain_rows(piece.decode(errors="replace"), shared) if may_be_plain else None
        _tell(parser, reader if rows is None else None)
        parser.Parse(piece, False)
        reader.take(rows or ())
        if rows is None and may_be_plain:
            is_before_row = piece.endswith((START_OF_ROWS, END_OF_ROW))
            may_be_plain = is_before_row and not _NOT_PLAIN.search(piece)
    parser.Parse(b"", True)
    return reader.sheet


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    """Yield a file in pieces of about a chunk: what is before the rows, then up to ends of rows."""
    before, start, rest = content.read(CHUNK).partition(START_OF_ROWS)
    yield before + start
    chunk, rest = rest or content.read(CHUNK), b""
    while chunk:
        rows, end, rest = (rest + chunk).rpartition(END_OF_ROW)
        if not end:
            rows, rest = rest, b""
        yield rows + end
        chunk = content.read(CHUNK)
    yield rest


def shared_strings(content: IO[bytes]) -> list[str]:
    """Read the strings that cells of all sheets point to; how they are read aloud is left out."""
    reader = _StringReader()
    parser = strict_parser()
    parser.buffer_text = True
    _tell(parser, reader)
    while chunk := content.read(CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return reader.strings


def column_letters(place: int) -> str:
    """Return the letters of a column.

    >>> [column_letters(place) for place in (1, 26, 27, 703)]
    ['A', 'Z', 'AA', 'AAA']
    """
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_place(letters: str) -> int:
    """Return the place of a column.

    >>> [column_place(letters) for letters in ("A", "Z", "AA", "AAA")]
    [1, 26, 27, 703]
    """
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place


class _Names(dict[str, str]):
    """Names of elements without their prefixes, each looked at once."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = tag.rpartition(":")[2]
        return name


class _StringReader:
    def __init__(self) -> None:
        self.strings: list[str] = []
        self._names = _Names()
        self._parts: list[str] = []
        self._is_text = self._is_aloud = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        name = self._names[tag]
        self._is_text = name == "t" and not self._is_aloud
        if name == "rPh":
            self._is_aloud = True
        elif name == "si":
            self._parts = []

    def words(self, text: str) -> None:
        if self._is_text:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        name = self._names[tag]
        self._is_text = False
        if name == "rPh":
            self._is_aloud = False
        elif name == "si":
            self.strings.append("".join(self._parts).replace(ESCAPED_ESCAPE, ""))


class _SheetReader:
    """Takes the events of a sheet; there are eight a cell, so that they call nothing further."""

    def __init__(self, shared: Sequence[str]) -> None:
        self.sheet = SheetCells()
        self._shared = shared
        self._names = _Names()
        self._line = self._place = 0
        self._cells: dict[str, str | OtherCell] = {}
        self._cell: dict[str, str] = {}
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._gathered: list[str] | None = None
        self._is_aloud = False

    def take(self, rows: Sequence[CellRow]) -> None:
        """Take rows that were read without a parser, in their place."""
        self.sheet.rows += [row for row in rows if row.cells]
        self._line = rows[-1].line if rows else self._line

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._names[tag]
        if name == "c":
            self._cell, self._value, self._formula = attributes, [], None
        elif name in ("t", "v"):
            self._gathered = None if self._is_aloud else self._value
        elif name == "f":
            self._gathered = self._formula = []
        elif name == "row":
            self._line = int(attributes.get("r", self._line + 1))
            self._place, self._cells = 0, {}
        elif name == "rPh":
            self._is_aloud = True
        elif name == "mergeCell":
            self.sheet.merged.append(attributes["ref"])

    def words(self, text: str) -> None:
        if self._gathered is not None:
            self._gathered.append(text)

    def end(self, tag: str) -> None:
        name = self._names[tag]
        self._gathered = None
        if name == "c":
            self._close_cell()
        elif name == "row":
            if self._cells:
                self.sheet.rows.append(CellRow(line=self._line, cells=self._cells))
        elif name == "rPh":
            self._is_aloud = False

    def _close_cell(self) -> None:
        letters = self._cell.get("r", "").rstrip("0123456789")
        self._place = 0 if letters else (self._place or self._last()) + 1
        letters = letters or column_letters(self._place)
        kind = self._cell.get("t", "n")
        value = "".join(self._value) or None
        if kind == "s" and value:
            value = self._shared[int(value)]
        if self._formula is None and (value is None or kind in TEXTS):
            if value:
                self._cells[letters] = value
            return
        self._cells[letters] = OtherCell(
            row=self._line,
            address=f"{letters}{self._line}",
            kind=kind,
            typed=value,
            formula="" if self._formula is None else f"={''.join(self._formula)}",
            style=int(self._cell.get("s", 0)),
        )

    def _last(self) -> int:
        """Return the place of the last cell of the row that said where it is."""
        return max(map(column_place, self._cells), default=0)


def _tell(parser: Any, reader: _StringReader | _SheetReader | None) -> None:
    """Let a parser tell a reader what it finds, or nobody."""
    parser.StartElementHandler = reader and reader.start
    parser.EndElementHandler = reader and reader.end
    parser.CharacterDataHandler = reader and reader.words
