"""A workbook as a draft: cells as text, and an address for each that is none."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from liftproof.columns import Column, columns
from liftproof.exchange.draft import Draft, DraftRow, DraftTable, one_problem, refuse
from liftproof.exchange.settings_sheet import SettingsRow, settings_text
from liftproof.exchange.workbook_cells import column_place
from liftproof.exchange.workbook_package import BAD_DATE, Workbook
from liftproof.exchange.workbook_rows import CellRow, OtherCell
from liftproof.exchange.workbook_writing import REVIEW_SHEET
from liftproof.reviews.files.typed_numbers import plain
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.records import records_of
from liftproof.reviews.model.review_tables import TABLES
from liftproof.suggest import did_you_mean, nearest

SHEETS: Mapping[str, str] = {name.removesuffix(".csv"): name for name in TABLES}
"""Name of a sheet to the file of the review that it becomes."""
REQUIRED = ("studies", "outcomes")
PRINTS = "prints"
"""The sheet of a review that has no trials."""
DIGITS_COUNT = ("printed", "p_value")
"""Columns whose digits decide a verdict: a number there has lost its zeros."""
AS_TEXT = "format the column as text and type it again as it stands in the source"


def read_workbook(file: Path) -> Draft:
    """Read every sheet that stands for a table.

    Raises DataError with the address of every date, error value, truth value, merged cell and
    formula without a value, and where a sheet is missing.
    """
    with Workbook(file) as book:
        found = {title.strip().lower(): title for title in book.titles}
        _require_sheets(file, found)
        reader = _Cells(book)
        tables = {
            name: reader.table(title, SHEETS.get(name, ""))
            for name, title in found.items()
            if name in SHEETS or name == REVIEW_SHEET
        }
    rows = tables.pop(REVIEW_SHEET, None)
    refuse(reader.problems)
    strangers = [name for name in found if name not in SHEETS and name != REVIEW_SHEET]
    return Draft(
        settings=settings_text(_settings(rows)) if rows else "",
        settings_shown=_shown(file, REVIEW_SHEET),
        tables={SHEETS[name]: table for name, table in tables.items() if table.rows},
        notices=(
            *(f"{_shown(file, name)}: no sheet of a review" for name in strangers),
            *reader.notices(),
        ),
    )


def _settings(table: DraftTable) -> Iterator[SettingsRow]:
    for row in table.rows:
        yield SettingsRow(key=row.cells.get("key", ""), value=row.cells.get("value", ""))


def _require_sheets(file: Path, found: Mapping[str, str]) -> None:
    """Raise DataError where no sheet is that of trials, or one is misspelt."""
    for name in REQUIRED if PRINTS not in found else ():
        if name not in found:
            like = nearest(name, [each for each in found if each not in SHEETS])
            remedy = f"rename {like} to {name}" if like else "liftproof template writes one"
            raise one_problem(file, f"there is no sheet {name}", ", ".join(found), remedy)


def _shown(file: Path, sheet: str) -> Path:
    return file / sheet


class _Cells:
    """Reads cells to text; what is wrong, and what was taken over changed, adds up."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.file = book.file
        self.problems: list[Problem] = []
        self._numbers: dict[tuple[Path, str], list[str]] = {}
        self._formulas: list[str] = []

    def table(self, title: str, name: str) -> DraftTable:
        """Return a sheet as the table of a file, or the rows of key and value."""
        shown = _shown(self.file, title)
        declared = {item.name: item for item in columns(TABLES[name])} if name else {}
        sheet = self.book.cells(title)
        for area in sheet.merged:
            line = int(area.partition(":")[0].lstrip(ascii_uppercase))
            self._problem(shown, line, area, "merged cells", "", "split them and fill each")
        header, records = self._header(sheet.rows)
        heads = {letters: head for letters, head in header.items() if head}
        empty = dict.fromkeys(heads.values(), "")
        lines, filled = list[int](), list[dict[str, str]]()
        for record in records:
            texts: dict[Any, Any] = dict(
                zip(map(heads.get, record.cells), record.cells.values(), strict=True)
            )
            if None in texts or OtherCell in map(type, texts.values()):
                texts = self._texts(shown, record, declared, heads)
            if any(map(str.strip, texts.values())):
                lines.append(record.line)
                filled.append(empty | texts)
        rows = records_of(DraftRow, {"line": lines, "cells": filled}, len(lines))
        self._check_header(shown, tuple(header.values()), rows, name)
        return DraftTable(shown=shown, columns=tuple(heads.values()), rows=rows)

    def _texts(
        self,
        shown: Path,
        record: CellRow,
        declared: Mapping[str, Column],
        heads: Mapping[str, str],
    ) -> dict[str, str]:
        """Return the cells of a row by their heads, which is empty for a column without a name."""
        texts = {}
        for letters, cell in record.cells.items():
            head = heads.get(letters, "")
            text = cell if isinstance(cell, str) else self._text(shown, cell, declared, head)
            if head or text.strip():
                texts[head] = text
        return texts

    def _header(self, rows: Sequence[CellRow]) -> tuple[dict[str, str], Sequence[CellRow]]:
        """Return the names of columns by their letters, and the rows below the first line."""
        has_header = bool(rows) and rows[0].line == 1
        typed = rows[0].cells if has_header else {}
        places = sorted(typed, key=column_place)
        values = {letters: self._header_cell(typed[letters]) for letters in places}
        return values, rows[1:] if has_header else rows

    def _header_cell(self, cell: str | OtherCell) -> str:
        value = cell if isinstance(cell, str) else cell.formula or self.book.value(cell)
        return "" if value is None else str(value).strip()

    def notices(self) -> Iterator[str]:
        """Yield what was taken over though a workbook may have changed it."""
        for (shown, head), addresses in self._numbers.items():
            more = f" and {len(addresses) - 1} more" if len(addresses) > 1 else ""
            yield (
                f"{shown}: {head}: numbers in a column of text, {addresses[0]}{more}: zeros at "
                "their ends are lost, if there were any"
            )
        for address in self._formulas:
            yield f"{self.file}: the formula in {address} was taken over as its value"

    def _check_header(
        self, shown: Path, header: tuple[str, ...], rows: Sequence[DraftRow], name: str
    ) -> None:
        twice = [head for place, head in enumerate(header) if head and head in header[:place]]
        for head in dict.fromkeys(twice):
            self._problem(shown, 1, head, "two columns have the same name", head, "keep one")
        if any(row.cells.get("", "").strip() for row in rows):
            wrong, remedy = "a column without a name holds values", "name the column or empty it"
            self._problem(shown, 1, "file", wrong, "", remedy)
        if not name and {"key", "value"} - set(header):
            remedy = did_you_mean("key", [head for head in header if head]) if any(header) else ""
            wrong = "the sheet needs the columns key and value"
            self._problem(shown, 1, "file", wrong, ", ".join(header), remedy or "add them")

    def _text(self, shown: Path, cell: OtherCell, declared: Mapping[str, Column], head: str) -> str:
        """Return a cell that is no plain text as text, empty where it is bad."""
        if cell.formula and not self._has_value(shown, cell):
            return ""
        value = self.book.value(cell)
        if cell.kind == "e" or value == BAD_DATE:
            self._bad(shown, cell, "an error value of the spreadsheet", "write what belongs there")
            return ""
        if isinstance(value, date | time | timedelta):
            return self._date(shown, cell, value, declared.get(head))
        if isinstance(value, bool):
            self._bad(shown, cell, "a truth value of the spreadsheet", AS_TEXT)
            return ""
        if isinstance(value, int | float):
            return self._number(shown, cell, value, declared.get(head), head)
        return str(value)

    def _has_value(self, shown: Path, cell: OtherCell) -> bool:
        """Say whether a spreadsheet computed a formula, and take note of it."""
        if cell.typed is None:
            wrong = "a formula without a computed value"
            remedy = "open and save the file in a spreadsheet program, or type the value"
            self._bad(shown, cell, wrong, remedy)
            return False
        self._formulas.append(f"{shown.name}!{cell.address}")
        return True

    def _date(self, shown: Path, cell: OtherCell, value: Any, column: Column | None) -> str:
        is_day = isinstance(value, datetime) and value.time() == datetime.min.time()
        if column and column.kind == "date" and is_day:
            return str(value.date().isoformat())
        self._bad(shown, cell, "a date, which spreadsheets make of numbers and keys", AS_TEXT)
        return ""

    def _number(
        self, shown: Path, cell: OtherCell, value: float, column: Column | None, head: str
    ) -> str:
        text = plain(Decimal(repr(value)))
        kind = column.kind if column else "text"
        if head in DIGITS_COUNT:
            wrong = "a number in a column whose digits count: zeros at its end may be lost"
            self._bad(shown, cell, wrong, AS_TEXT)
        elif kind in ("key", "date"):
            self._bad(shown, cell, f"a number in a column of kind {kind}", AS_TEXT)
        elif kind == "text":
            self._numbers.setdefault((shown, head), []).append(cell.address)
        return text

    def _bad(self, shown: Path, cell: OtherCell, wrong: str, remedy: str) -> None:
        found = cell.formula or str(self.book.value(cell))
        self._problem(shown, cell.row, cell.address, wrong, found, remedy)

    def _problem(
        self, shown: Path, line: int, column: str, wrong: str, found: str, remedy: str
    ) -> None:
        self.problems.append(
            Problem(path=shown, line=line, column=column, wrong=wrong, found=found, remedy=remedy)
        )
