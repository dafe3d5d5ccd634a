"""Records of a sheet to rows of a table: each a dataclass, the cells as typed, its problems."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from liftproof.columns import Column, columns
from liftproof.reviews.files.cells import Value, value_anew
from liftproof.reviews.files.csv_file import CsvRecord, Sheet
from liftproof.reviews.files.headers import header_of
from liftproof.reviews.files.spreadsheet import Complaint
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import PRIMARY, Outcome, Provenance, Study
from liftproof.reviews.model.row_keys import key_of_row

T = TypeVar("T")
WITH_FURTHER = (Study, Outcome)
"""Tables whose further columns are moderators."""
_NONE: frozenset[str] = frozenset()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan(Generic[T]):
    """What the rows of a sheet share.

    ``names``: of its columns. ``declared``, ``further``: its columns that the table has and has
    not, each with the values of the cells looked at: many rows hold the same. ``empty``: what each
    column of the table holds where its cell is empty.
    """

    sheet: Sheet
    table: type[T]
    names: tuple[str, ...]
    declared: tuple[tuple[Column, dict[str, Value | Complaint | None]], ...]
    further: tuple[tuple[Column, dict[str, Value | Complaint | None]], ...]
    empty: Mapping[str, Value | None]


def rows_of(sheet: Sheet, table: type[T]) -> Read[T]:
    """Read every record of ``sheet`` as a row of ``table``."""
    header = header_of(sheet, table)
    problems = [*sheet.problems, *header.problems]
    plan = _plan(sheet, table, header.names)
    rows = tuple(_row(plan, record, problems) for record in sheet.records)
    required = {item.name for item in columns(table) if item.required}
    return Read(rows=rows, problems=tuple(problems), is_whole=required <= set(header.names))


def _plan(sheet: Sheet, table: type[T], names: tuple[str, ...]) -> _Plan[T]:
    known = {item.name: item for item in columns(table)}
    further = [name for name in dict.fromkeys(names) if name and name not in known]
    return _Plan(
        sheet=sheet,
        table=table,
        names=names,
        declared=tuple((item, {}) for item in known.values() if item.name in names),
        further=tuple((_moderator(name), {}) for name in further) if table in WITH_FURTHER else (),
        empty={item.name: _EMPTY.get(item.kind, "") for item in known.values()},
    )


def _row(plan: _Plan[T], record: CsvRecord, problems: list[Problem]) -> SheetRow[T]:
    """Read one record. Cells of a row of the wrong length are not read, except its first keys."""
    cells = dict(zip(plan.names, record.cells, strict=False))
    ragged = _ragged(plan.sheet, record)
    if ragged:
        problems.append(ragged)
        keys = {item.name for item, _ in plan.declared if item.kind == "key"}
        cells = {name: cell if name in keys else "" for name, cell in cells.items()}
    values, found = _values(plan, record.line, cells, is_ragged=ragged is not None)
    problems += found
    bad = plan.names if ragged else [problem.column for problem in found]
    return SheetRow(
        path=plan.sheet.path,
        line=record.line,
        cells={name: cell.strip() for name, cell in cells.items() if name},
        bad=frozenset(bad) if bad else _NONE,
        record=plan.table(**values),
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
    plan: _Plan[T], line: int, cells: Mapping[str, str], *, is_ragged: bool
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the fields of a record, empty where a cell is bad, and the bad cells' problems."""
    values: dict[str, Any] = {**plan.empty, "line": line}
    problems = []
    for item, known in plan.declared:
        value = _value(cells.get(item.name, ""), item, known)
        if value is None and item.required and not is_ragged:
            value = Complaint(wrong="a required cell is empty", remedy="fill it in")
        if isinstance(value, Complaint):
            problems.append(_complaint(plan.sheet, line, item, cells[item.name], value))
        elif value is not None:
            values[item.name] = value
    if plan.table in (Outcome, Provenance):
        values["variant"] = values["variant"] or PRIMARY
    if plan.table in WITH_FURTHER:
        values["moderators"], more = _moderators(plan, line, cells)
        problems += more
    return values, problems


def _value(
    typed: str, item: Column, known: dict[str, Value | Complaint | None]
) -> Value | Complaint | None:
    """Return the value of a cell; each text of a column is looked at once."""
    if not typed:
        return None
    if typed not in known:
        known[typed] = value_anew(typed, item)
    return known[typed]


def _moderator(name: str) -> Column:
    return Column(name=name, kind="text", meaning="moderator", required=False, allowed=())


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
    plan: _Plan[T], line: int, cells: Mapping[str, str]
) -> tuple[dict[str, str], list[Problem]]:
    """Read the further columns of a table as text."""
    values: dict[str, str] = {}
    problems = []
    for item, known in plan.further:
        name = item.name
        if name not in cells:
            continue
        value = _value(cells[name], item, known)
        if isinstance(value, Complaint):
            problems.append(_complaint(plan.sheet, line, item, cells[name], value))
        values[name] = value if isinstance(value, str) else ""
    return values, problems
