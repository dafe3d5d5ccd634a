"""Records of a sheet to rows of a table: each a dataclass, the cells as typed, its problems."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
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


class _Cells(dict[str, Value | Complaint | None]):
    """What each text in a column says, looked at once: many rows hold the same."""

    __slots__ = ("_column", "_empty")

    def __init__(self, column: Column, empty: Value | None) -> None:
        super().__init__()
        self._column, self._empty = column, empty

    def __missing__(self, typed: str) -> Value | Complaint | None:
        """Look at a text; an empty one is a complaint where the column is required."""
        value = value_anew(typed, self._column) if typed else None
        if value is None:
            value = _UNFILLED if self._column.required else self._empty
        self[typed] = value
        return value


_UNFILLED = Complaint(wrong="a required cell is empty", remedy="fill it in")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan(Generic[T]):
    """What the rows of a sheet share.

    ``names``: of its columns, ``keys`` those of them that are keys. ``read``: those that the table
    has, ``further`` those that are moderators, each with its place and what its cells say.
    ``empty``: what a column of the table holds where its cell is empty; ``absent``: the same of
    those that the sheet does not have, where the table says nothing of it, or something else.
    """

    sheet: Sheet
    table: type[T]
    names: tuple[str, ...]
    keys: frozenset[str]
    read: Mapping[str, tuple[int, _Cells]]
    further: Mapping[str, tuple[int, _Cells]]
    empty: Mapping[str, Value | None]
    absent: Mapping[str, Value | None]


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
    empty = {name: _EMPTY.get(item.kind, "") for name, item in known.items()}
    if table in (Outcome, Provenance):
        empty["variant"] = PRIMARY
    places = {name: place for place, name in enumerate(names) if name}
    further = [name for name in places if name not in known] if table in WITH_FURTHER else []
    return _Plan(
        sheet=sheet,
        table=table,
        names=names,
        keys=frozenset(name for name, item in known.items() if item.kind == "key"),
        read={
            name: (places[name], _Cells(item, empty[name]))
            for name, item in known.items()
            if name in places
        },
        further={name: (places[name], _Cells(_moderator(name), "")) for name in further},
        empty=empty,
        absent={
            name: value
            for name, value in empty.items()
            if name not in places and (known[name].required or name == "variant")
        },
    )


def _moderator(name: str) -> Column:
    return Column(name=name, kind="text", meaning="moderator", required=False, allowed=())


def _row(plan: _Plan[T], record: CsvRecord, problems: list[Problem]) -> SheetRow[T]:
    """Read one record. Cells of a row of the wrong length are not read, except its first keys."""
    ragged = _ragged(plan.sheet, record)
    cells, further = record.cells, plan.further
    if ragged:
        problems.append(ragged)
        cells = _keys_alone(plan, record)
        further = {name: at for name, at in further.items() if at[0] < len(record.cells)}
    read: dict[str, Any] = {name: said[cells[place]] for name, (place, said) in plan.read.items()}
    more: dict[str, Any] = {name: said[cells[place]] for name, (place, said) in further.items()}
    bad = frozenset(plan.names) if ragged else _NONE
    if Complaint in map(type, (*read.values(), *more.values())):
        found = list(_complaints(plan, record, {**read, **more}, is_ragged=ragged is not None))
        problems += found
        bad |= {each.column for each in found}
        read = {name: _without(value, plan.empty[name]) for name, value in read.items()}
        more = {name: _without(value, "") for name, value in more.items()}
    if plan.table in WITH_FURTHER:
        read["moderators"] = more
    fields: dict[str, Any] = {**plan.absent, **read, "line": record.line}
    typed = dict(zip(plan.names, map(str.strip, cells[: len(record.cells)]), strict=False))
    typed.pop("", None)
    return SheetRow(
        path=plan.sheet.path,
        line=record.line,
        cells=typed,
        bad=bad,
        record=plan.table(**fields),
    )


def _keys_alone(plan: _Plan[T], record: CsvRecord) -> tuple[str, ...]:
    """Return the cells of a row of the wrong length, one a name, those of keys alone."""
    cells = zip_longest(record.cells[: len(plan.names)], plan.names, fillvalue="")
    return tuple(cell if name in plan.keys else "" for cell, name in cells)


def _complaints(
    plan: _Plan[T], record: CsvRecord, said: Mapping[str, Any], *, is_ragged: bool
) -> Iterator[Problem]:
    """Yield what is wrong with cells; those of a row of the wrong length may be empty."""
    for name, complaint in said.items():
        if isinstance(complaint, Complaint) and not (is_ragged and complaint is _UNFILLED):
            place, _ = plan.read.get(name) or plan.further[name]
            yield Problem(
                path=plan.sheet.path,
                line=record.line,
                column=name,
                wrong=complaint.wrong,
                found=record.cells[place],
                remedy=complaint.remedy,
            )


def _without(said: Any, empty: Value | None) -> Any:
    return empty if isinstance(said, Complaint) else said


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
