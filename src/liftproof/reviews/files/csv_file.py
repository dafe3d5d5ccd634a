"""Text of a CSV file to columns of cells, with the line on which each row begins."""

import csv
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO, StringIO, TextIOWrapper
from itertools import islice
from pathlib import Path

from liftproof.reviews.limits import LONGEST_CELL, MOST_COLUMNS, MOST_REPEATS, MOST_ROWS
from liftproof.reviews.model.problems import Problem

_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}

AT_ONCE = 4_096
"""Rows that become columns together."""
MOST_FOUND = 5
"""Names of columns that stand for very many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvRecord:
    """The cells of one row as typed; ``line`` is the physical line on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A CSV file in memory, by the column. Blank rows are gone.

    ``lines``: on which each row begins. ``columns``: the cells below each cell of the header.
    ``ragged``: by their places, the cells of rows that have more or fewer than the header; in the
    columns those are empty. ``problems``: of rows that were not kept.
    """

    path: Path
    header: CsvRecord
    lines: Sequence[int]
    columns: tuple[tuple[str, ...], ...]
    ragged: Mapping[int, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()

    def cells(self, place: int) -> tuple[str, ...]:
        """Return the cells of a row."""
        if place in self.ragged:
            return self.ragged[place]
        return tuple(cells[place] for cells in self.columns)

    @property
    def records(self) -> tuple[CsvRecord, ...]:
        """Every row with its line."""
        return tuple(
            CsvRecord(line=line, cells=self.cells(place)) for place, line in enumerate(self.lines)
        )


class _Gathered:
    """Rows that become columns, many at a time: rows of a long file are not kept.

    A text that stands in many cells near to each other is kept once, from the first row on: so
    texts that are looked at together lie together in memory.
    """

    def __init__(self) -> None:
        self.lines = array("L")
        self._rows: list[tuple[str, ...]] = []
        self._once: dict[str, str] = {}
        self._columns: list[list[str]] = []
        self._ragged: dict[int, tuple[str, ...]] = {}

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Take a row; the first is the header."""
        self._columns = self._columns or [[] for _ in cells]
        self.lines.append(line)
        self._rows.append(tuple(map(self._once.setdefault, cells, cells)))
        if len(self._rows) >= AT_ONCE:
            self._close()

    def _close(self) -> None:
        width, above = len(self._columns), len(self.lines) - len(self._rows)
        for place, cells in enumerate(self._rows):
            if len(cells) != width:
                self._ragged[above + place - 1] = cells
                self._rows[place] = ("",) * width
        for column, texts in zip(self._columns, zip(*self._rows, strict=True), strict=False):
            column.extend(texts)
        self._rows, self._once = [], {}

    def sheet(self, shown: Path) -> Sheet:
        """Return what was taken, of which there is a row."""
        self._close()
        header = CsvRecord(line=self.lines[0], cells=tuple(each[0] for each in self._columns))
        columns = []
        while self._columns:  # a column goes where it is copied: never are all there twice
            columns.append(tuple(islice(self._columns.pop(0), 1, None)))
        return Sheet(
            path=shown,
            header=header,
            lines=self.lines[1:],
            columns=tuple(columns),
            ragged=self._ragged,
        )


def sheet_of_records(path: Path, header: CsvRecord, records: Iterable[CsvRecord]) -> Sheet:
    """Return a sheet of rows that are there already."""
    gathered = _Gathered()
    for each in (header, *records):
        gathered.add(each.line, each.cells)
    return gathered.sheet(path)


def sheet_of(
    text: str, shown: Path, known: Collection[str], most: int = MOST_ROWS
) -> Sheet | Problem:
    """Split ``text`` into records; ``known`` column names tell a wrong separator.

    One problem stands for a file that cannot be split: its rows are not looked at. ``most``: how
    many rows it may have.
    """
    gathered = _split(text, shown, most)
    if isinstance(gathered, Problem):
        return gathered
    if not gathered.lines:
        remedy = f"write a header line, such as {','.join(list(known)[:3])},…"
        return _problem(shown, 1, wrong="the file is empty", found="", remedy=remedy)
    sheet = gathered.sheet(shown)
    header = sheet.header
    if len(header.cells) > MOST_COLUMNS:
        many = f"{len(header.cells)} columns, at most {MOST_COLUMNS} are taken"
        found = ",".join(header.cells[:MOST_FOUND])
        return _problem(shown, 1, wrong=many, found=found, remedy="leave out what is not used")
    return _separator(header, shown, known) or _without_repeats(sheet)


def _without_repeats(sheet: Sheet) -> Sheet:
    """Leave out rows that repeat one above where there are very many; one problem counts them.

    Rows are compared only where very many have the hash of another.
    """
    if len(sheet.lines) - len(set(map(hash, zip(*sheet.columns, strict=True)))) <= MOST_REPEATS:
        return sheet
    first: dict[tuple[str, ...], CsvRecord] = {}
    again = [each for each in sheet.records if first.setdefault(each.cells, each) is not each]
    if len(again) <= MOST_REPEATS:
        return sheet
    wrong = f"{len(again)} rows repeat a row above letter for letter, here that on line "
    wrong += str(first[again[0].cells].line)
    found = ",".join(again[0].cells)
    problem = _problem(sheet.path, again[0].line, wrong=wrong, found=found, remedy="delete them")
    kept = sheet_of_records(sheet.path, sheet.header, first.values())
    return replace(kept, problems=(problem,))


def _split(text: str, shown: Path, most: int) -> _Gathered | Problem:
    """Read strictly: a quotation mark that never closes would swallow the rest of the file."""
    lines = TextIOWrapper(BytesIO(text.encode()), encoding="utf-8", newline="")
    reader = csv.reader(lines, strict=True)
    gathered, line = _Gathered(), 1
    try:
        for cells in reader:
            if len(gathered.lines) > most:
                wrong, remedy = f"more than {most} rows", "divide the review, or leave rows out"
                return _problem(shown, line, wrong=wrong, found=",".join(cells), remedy=remedy)
            if any(map(str.strip, cells)):
                gathered.add(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        return _unsplit(text, line, str(error), shown)
    return gathered


def _unsplit(text: str, line: int, error: str, shown: Path) -> Problem:
    typed = next(islice(StringIO(text, newline=""), line - 1, None)).rstrip("\r\n")
    if "field limit" in error:
        wrong = f"a cell of more than {LONGEST_CELL} characters, and nothing below can be read"
        remedy = "shorten it; look for a quotation mark that is never closed"
        return _problem(shown, line, wrong=wrong, found=typed, remedy=remedy)
    if "expected after" in error:
        wrong = "text follows a closing quotation mark, and nothing below can be read"
    else:
        wrong = "a quotation mark is never closed, and nothing below can be read"
    remedy = 'double each quotation mark inside a quoted cell ("") and quote the whole cell'
    return _problem(shown, line, wrong=wrong, found=typed, remedy=remedy)


def _separator(header: CsvRecord, shown: Path, known: Collection[str]) -> Problem | None:
    """Notice a header that makes sense only with another separator than the comma."""
    first = ",".join(header.cells)
    remedy = "save it with commas (in Excel: CSV UTF-8, comma delimited)"
    for separator, name in _OTHER_SEPARATORS.items():
        found = sum(cell.strip(' "') in known for cell in first.split(separator))
        if found > sum(cell.strip() in known for cell in header.cells):
            wrong = f"cells are separated by {name}, not commas"
            return _problem(shown, header.line, wrong=wrong, found=first, remedy=remedy)
    if first.lower().startswith("sep="):
        wrong, remedy = "the first line is Excel's separator line, not a header", "delete the line"
        return _problem(shown, header.line, wrong=wrong, found=first, remedy=remedy)
    return None


def _problem(shown: Path, line: int, *, wrong: str, found: str, remedy: str) -> Problem:
    return Problem(path=shown, line=line, column="file", wrong=wrong, found=found, remedy=remedy)
