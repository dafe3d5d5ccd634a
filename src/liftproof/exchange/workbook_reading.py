"""A workbook as a draft: cells as text, and an address for each that is none."""

import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from liftproof.columns import Column, columns
from liftproof.exchange.draft import Draft, DraftRow, DraftTable, one_problem, refuse
from liftproof.exchange.settings_sheet import SettingsRow, settings_text
from liftproof.exchange.workbook_writing import REVIEW_SHEET
from liftproof.reviews.files.typed_numbers import plain
from liftproof.reviews.model.problems import Problem
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
Values = Mapping[tuple[int, int], Any]


def read_workbook(file: Path) -> Draft:
    """Read every sheet that stands for a table.

    Raises DataError with the address of every date, error value, truth value, merged cell and
    formula without a value, and where a sheet is missing.
    """
    book = _opened(file, data_only=False)
    found = {sheet.title.strip().lower(): sheet for sheet in book.worksheets}
    _require_sheets(file, found)
    reader = _Cells(file)
    tables = {
        SHEETS[name]: reader.table(sheet, SHEETS[name])
        for name, sheet in found.items()
        if name in SHEETS
    }
    rows = reader.table(found[REVIEW_SHEET], "") if REVIEW_SHEET in found else None
    refuse(reader.problems)
    strangers = [name for name in found if name not in SHEETS and name != REVIEW_SHEET]
    return Draft(
        settings=settings_text(_settings(rows)) if rows else "",
        settings_shown=_shown(file, REVIEW_SHEET),
        tables={name: table for name, table in tables.items() if table.rows},
        notices=(
            *(f"{_shown(file, name)}: no sheet of a review" for name in strangers),
            *reader.notices(),
        ),
    )


def _settings(table: DraftTable) -> Iterator[SettingsRow]:
    for row in table.rows:
        yield SettingsRow(key=row.cells.get("key", ""), value=row.cells.get("value", ""))


def _opened(file: Path, *, data_only: bool) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 - only who exchanges workbooks needs it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        return load_workbook(file, data_only=data_only)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        remedy = "save it as .xlsx"
        raise one_problem(file, "no workbook that can be read", str(error), remedy) from error
    except OSError as error:
        remedy = "check its name and permissions"
        found = error.strerror or str(error)
        raise one_problem(file, "the file cannot be opened", found, remedy) from error


def _require_sheets(file: Path, found: Mapping[str, Any]) -> None:
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

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._numbers: dict[tuple[Path, str], list[str]] = {}
        self._formulas: list[str] = []
        self._values: Any = None

    def table(self, sheet: Any, name: str) -> DraftTable:
        """Return a sheet as the table of a file, or the rows of key and value."""
        shown = _shown(self.file, sheet.title)
        declared = {item.name: item for item in columns(TABLES[name])} if name else {}
        for area in sheet.merged_cells.ranges:
            wrong, remedy = "merged cells", "split them and fill each"
            self._problem(shown, area.min_row, area.coord, wrong, "", remedy)
        heads, *records = list(sheet.iter_rows()) or [()]
        header = tuple("" if head.value is None else str(head.value).strip() for head in heads)
        rows = []
        for record in records:
            pairs = list(zip(header, record, strict=False))
            cells = {
                head: self._text(shown, cell, declared.get(head), head) for head, cell in pairs
            }
            if any(cell.strip() for cell in cells.values()):
                rows.append(DraftRow(line=record[0].row, cells=cells))
        self._check_header(shown, header, rows, name)
        return DraftTable(shown=shown, columns=tuple(filter(None, header)), rows=tuple(rows))

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
        self, shown: Path, header: tuple[str, ...], rows: list[DraftRow], name: str
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

    def _text(self, shown: Path, cell: Any, column: Column | None, head: str) -> str:
        """Return a cell as text, empty where it is bad."""
        value, kind = cell.value, cell.data_type
        if kind == "f":
            value, kind = self._cached(shown, cell)
        if value is None:
            return ""
        if kind == "e":
            self._bad(shown, cell, "an error value of the spreadsheet", "write what belongs there")
            return ""
        if kind == "d":
            return self._date(shown, cell, value, column)
        if isinstance(value, bool):
            self._bad(shown, cell, "a truth value of the spreadsheet", AS_TEXT)
            return ""
        if isinstance(value, int | float):
            return self._number(shown, cell, value, column, head)
        return str(value)

    def _cached(self, shown: Path, cell: Any) -> tuple[Any, str]:
        """Return what the spreadsheet last computed for a formula."""
        if self._values is None:
            self._values = _opened(self.file, data_only=True)
        computed = self._values[cell.parent.title][cell.coordinate]
        if computed.value is None:
            wrong = "a formula without a computed value"
            remedy = "open and save the file in a spreadsheet program, or type the value"
            self._bad(shown, cell, wrong, remedy)
        else:
            self._formulas.append(f"{cell.parent.title}!{cell.coordinate}")
        return computed.value, computed.data_type

    def _date(self, shown: Path, cell: Any, value: Any, column: Column | None) -> str:
        is_day = isinstance(value, datetime) and value.time() == datetime.min.time()
        if column and column.kind == "date" and is_day:
            return str(value.date().isoformat())
        self._bad(shown, cell, "a date, which spreadsheets make of numbers and keys", AS_TEXT)
        return ""

    def _number(
        self, shown: Path, cell: Any, value: float, column: Column | None, head: str
    ) -> str:
        text = plain(Decimal(repr(value)))
        kind = column.kind if column else "text"
        if head in DIGITS_COUNT:
            wrong = "a number in a column whose digits count: zeros at its end may be lost"
            self._bad(shown, cell, wrong, AS_TEXT)
        elif kind in ("key", "date"):
            self._bad(shown, cell, f"a number in a column of kind {kind}", AS_TEXT)
        elif kind == "text":
            self._numbers.setdefault((shown, head), []).append(cell.coordinate)
        return text

    def _bad(self, shown: Path, cell: Any, wrong: str, remedy: str) -> None:
        found = str(cell.value)
        self._problem(shown, cell.row, cell.coordinate, wrong, found, remedy)

    def _problem(
        self, shown: Path, line: int, column: str, wrong: str, found: str, remedy: str
    ) -> None:
        self.problems.append(
            Problem(path=shown, line=line, column=column, wrong=wrong, found=found, remedy=remedy)
        )
