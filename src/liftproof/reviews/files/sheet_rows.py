"""Records of a sheet to rows of a table: each a dataclass, the cells as typed, its problems."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from liftproof.columns import Column, columns
from liftproof.reviews.files.cells import Value, value_of
from liftproof.reviews.files.csv_file import CsvRecord, Sheet
from liftproof.reviews.files.headers import header_of
from liftproof.reviews.files.spreadsheet import Complaint
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import PRIMARY, Outcome, Provenance, Study
from liftproof.reviews.model.row_keys import key_of_row

T = TypeVar("T")
HEADERS = 64
"""Headers whose columns are kept: a sheet has one, and its rows share it."""
_EMPTY: Mapping[str, Value | None] = {"count": None, "share": None, "number": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow(Generic[T]):
    """A row: its values in ``record``, its cells as typed (stripped), empty if not there.

    ``bad`` names the columns whose cells could not be read: their values are empty, and
    whatever builds on them is not checked.
    """

    path: Path
    line: int
    cells: Mapping[str, str]
    bad: frozenset[str]
    record: T

    def cell(self, column: str) -> str:
        """Return the cell of a column as typed, without blanks around it."""
        return self.cells.get(column, "")

    def problem(
        self,
        column: str,
        wrong: str,
        remedy: str,
        *,
        found: str | None = None,
        rule: str = "",
        numbers: str = "",
    ) -> Problem:
        """Return a problem of this row; what was found is the cell unless said otherwise.

        ``rule``, ``numbers``: of a warning, see :class:`Problem`.
        """
        return Problem(
            path=self.path,
            line=self.line,
            column=column,
            wrong=wrong,
            found=self.cell(column) if found is None else found,
            remedy=remedy,
            rule=rule,
            key=key_of_row(self.record),
            numbers=numbers,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[T]):
    """Rows of one file and their problems; ``is_whole`` is False if the file was not read."""

    rows: tuple[SheetRow[T], ...] = ()
    problems: tuple[Problem, ...] = ()
    is_whole: bool = True


def rows_of(sheet: Sheet, table: type[T]) -> Read[T]:
    """Read every record of ``sheet`` as a row of ``table``."""
    header = header_of(sheet, table)
    problems = [*sheet.problems, *header.problems]
    rows = tuple(_row(sheet, record, header.names, table, problems) for record in sheet.records)
    required = {item.name for item in columns(table) if item.required}
    return Read(rows=rows, problems=tuple(problems), is_whole=required <= set(header.names))


def _row(
    sheet: Sheet, record: CsvRecord, names: tuple[str, ...], table: type[T], problems: list[Problem]
) -> SheetRow[T]:
    """Read one record. Cells of a row of the wrong length are not read, except its first keys."""
    cells = dict(zip(names, record.cells, strict=False))
    ragged = _ragged(sheet, record)
    if ragged:
        problems.append(ragged)
        keys = {item.name for item in columns(table) if item.kind == "key"}
        cells = {name: cell if name in keys else "" for name, cell in cells.items()}
    values, found = _values(sheet, record.line, cells, table, is_ragged=ragged is not None)
    problems += found
    return SheetRow(
        path=sheet.path,
        line=record.line,
        cells={name: cell.strip() for name, cell in cells.items() if name},
        bad=frozenset(names if ragged else [problem.column for problem in found]),
        record=table(**values),
    )


def _ragged(sheet: Sheet, record: CsvRecord) -> Problem | None:
    """Compare the number of cells with the header's: an unquoted comma shifts all that follow."""
    width = len(sheet.header.cells)
    if len(record.cells) == width:
        return None
    if len(record.cells) > width:
        wrong, remedy = "more cells than the header has columns", _surplus_remedy(record)
    else:
        wrong, remedy = "fewer cells than the header has columns", "add the missing commas"
    found = f"{len(record.cells)} cells for {width} columns"
    return Problem(
        path=sheet.path, line=record.line, column="row", wrong=wrong, found=found, remedy=remedy
    )


def _surplus_remedy(record: CsvRecord) -> str:
    comma = re.search(r"(?:^|,)0,([0-9]{2,})(?:,|$)", ",".join(record.cells))
    if comma:
        return f"write decimal points, not commas, as in 0.{comma[1]}"
    return "put double quotes around text that holds a comma"


def _values(
    sheet: Sheet, line: int, cells: Mapping[str, str], table: type, *, is_ragged: bool
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the fields of a record, empty where a cell is bad, and the bad cells' problems."""
    values: dict[str, Any] = {**_empty_row(table), "line": line}
    problems = []
    for item in _present(table, tuple(cells)):
        value = value_of(cells[item.name], item)
        if value is None and item.required and not is_ragged:
            value = Complaint(wrong="a required cell is empty", remedy="fill it in")
        if isinstance(value, Complaint):
            problems.append(_complaint(sheet, line, item, cells[item.name], value))
            value = None
        values[item.name] = _EMPTY.get(item.kind, "") if value is None else value
    if table in (Outcome, Provenance):
        values["variant"] = values["variant"] or PRIMARY
    if table in (Study, Outcome):
        values["moderators"], more = _moderators(sheet, line, cells, table)
        problems += more
    return values, problems


@cache
def _empty_row(table: type) -> Mapping[str, Value | None]:
    """Return what each column of a table holds where its cell is empty."""
    return {item.name: _EMPTY.get(item.kind, "") for item in columns(table)}


@lru_cache(maxsize=HEADERS)
def _present(table: type, names: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns of a table that a header names."""
    return tuple(item for item in columns(table) if item.name in names)


@lru_cache(maxsize=HEADERS)
def _further(table: type, names: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns that a header names beyond those of its table."""
    known = {item.name for item in columns(table)}
    return tuple(
        Column(name=name, kind="text", meaning="moderator", required=False, allowed=())
        for name in names
        if name and name not in known
    )


def _complaint(sheet: Sheet, line: int, item: Column, cell: str, complaint: Complaint) -> Problem:
    return Problem(
        path=sheet.path,
        line=line,
        column=item.name,
        wrong=complaint.wrong,
        found=cell,
        remedy=complaint.remedy,
    )


def _moderators(
    sheet: Sheet, line: int, cells: Mapping[str, str], table: type
) -> tuple[dict[str, str], list[Problem]]:
    """Read the further columns of a table as text."""
    values: dict[str, str] = {}
    problems = []
    for item in _further(table, tuple(cells)):
        name = item.name
        value = value_of(cells[name], item)
        if isinstance(value, Complaint):
            problems.append(_complaint(sheet, line, item, cells[name], value))
        values[name] = value if isinstance(value, str) else ""
    return values, problems
