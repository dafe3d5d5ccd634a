"""Records of a sheet to rows of a table, by the column: each text of a column is looked at once."""

from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat, zip_longest
from typing import Any, Generic, TypeVar

from liftproof.columns import Column, columns
from liftproof.reviews.files.cells import Value, value_anew
from liftproof.reviews.files.csv_file import Sheet
from liftproof.reviews.files.headers import header_of
from liftproof.reviews.files.ragged_rows import ragged_rows
from liftproof.reviews.files.sheet_rows import NOTHING_BAD, Read, SheetRows
from liftproof.reviews.files.spreadsheet import Complaint
from liftproof.reviews.model.column_records import ColumnRecords
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.records import records_of
from liftproof.reviews.model.review_tables import PRIMARY, Outcome, Provenance, Study

T = TypeVar("T")
BY_COLUMN = (Provenance,)
"""Tables of very many rows, most of which nobody looks at alone."""
WITH_FURTHER = (Study, Outcome)
"""Tables whose further columns are moderators."""
_EMPTY: Mapping[str, Value | None] = {"count": None, "share": None, "number": None}


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
    """Read every record of ``sheet`` as a row of ``table``.

    Cells of a row of the wrong length are not read, except its first keys.
    """
    header = header_of(sheet, table)
    plan = _plan(sheet, table, header.names)
    ragged = ragged_rows(sheet)
    typed = _by_column(plan, ragged)
    corrected, bad, problems = _accidents(plan, typed, ragged)
    required = {item.name for item in columns(table) if item.required}
    said = {
        name: corrected[name] if name in corrected else map(says.__getitem__, typed[name])
        for name, (_, says) in (*plan.read.items(), *plan.further.items())
    }
    rows = SheetRows(
        path=sheet.path,
        lines=sheet.lines,
        records=_records(plan, typed, said, ragged),
        typed={name: _stripped(cells) for name, cells in typed.items()},
        bad=bad,
    )
    return Read(
        rows=rows,
        problems=(*sheet.problems, *header.problems, *problems),
        is_whole=required <= set(header.names),
    )


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


def _by_column(plan: _Plan[T], ragged: Mapping[int, Problem]) -> Mapping[str, tuple[str, ...]]:
    """Return the cells of each named column, of ragged rows those of keys alone."""
    typed = dict(zip(plan.names, plan.sheet.columns, strict=True))
    keys = {place: _keys_alone(plan, plan.sheet.ragged[place]) for place in ragged}
    for at, name in enumerate(plan.names if ragged else ()):
        cells = list(typed[name])
        for place, alone in keys.items():
            cells[place] = alone[at]
        typed[name] = tuple(cells)
    return {name: typed[name] for name in plan.names if name}


def _stripped(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return cells without blanks around them: the same ones where there are none."""
    stripped = tuple(map(str.strip, cells))
    return cells if stripped == cells else stripped


def _accidents(
    plan: _Plan[T], typed: Mapping[str, tuple[str, ...]], ragged: Mapping[int, Problem]
) -> tuple[dict[str, list[Any]], dict[int, frozenset[str]], list[Problem]]:
    """Return what could not be read, by row, and the problems row by row.

    First of all the columns that have complaints, by what their cells say; complaints are replaced
    by what an empty cell says. What the others say is not put down: many have very many cells.
    """
    said: dict[str, list[Any]] = {}
    for name, (_, says) in (*plan.read.items(), *plan.further.items()):
        deque(map(says.__getitem__, typed[name]), maxlen=0)
        if Complaint in map(type, says.values()):
            said[name] = list(map(says.__getitem__, typed[name]))
    doubtful = tuple(said)
    suspects = {
        place
        for name in doubtful
        for place, value in enumerate(said[name])
        if isinstance(value, Complaint)
    }
    bad: dict[int, frozenset[str]] = {}
    problems: list[Problem] = []
    for place in sorted(suspects.union(ragged)):
        is_ragged = place in ragged
        complaints = {name: said[name][place] for name in doubtful}
        found = list(_complaints(plan, place, complaints, is_ragged=is_ragged))
        problems += [*([ragged[place]] if is_ragged else []), *found]
        whole = frozenset(plan.names) if is_ragged else NOTHING_BAD
        bad[place] = whole | {problem.column for problem in found}
    for name in doubtful:
        said[name] = [_without(value, plan.empty.get(name, "")) for value in said[name]]
    return said, bad, problems


def _records(
    plan: _Plan[T],
    typed: Mapping[str, tuple[str, ...]],
    said: Mapping[str, Iterable[Any]],
    ragged: Mapping[int, Problem],
) -> Sequence[T]:
    """Return a record of the table for each row."""
    lines = plan.sheet.lines
    count = len(lines)
    fields: dict[str, Iterable[Any]] = {
        **{name: repeat(value, count) for name, value in plan.absent.items()},
        **{name: said[name] for name in plan.read},
        "line": lines,
    }
    if plan.further:
        cells = zip(*(said[name] for name in plan.further), strict=True)
        moderators = [dict(zip(plan.further, row, strict=True)) for row in cells]
        for place in ragged:
            width = len(plan.sheet.ragged[place])
            moderators[place] = {name: "" for name, at in plan.further.items() if at[0] < width}
        fields["moderators"] = moderators
    if plan.table in BY_COLUMN:
        kept = {name: _kept(values, typed.get(name)) for name, values in fields.items()}
        return ColumnRecords(table=plan.table, columns=kept, size=count)
    return records_of(plan.table, fields, count)


def _kept(values: Iterable[Any], typed: tuple[str, ...] | None) -> Sequence[Any]:
    """Return the values of a column: the cells themselves where they say no more."""
    if isinstance(values, array):
        return values
    found = tuple(values)
    return typed if typed == found else found


def _keys_alone(plan: _Plan[T], row: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cells of a row of the wrong length, one a name, those of keys alone."""
    cells = zip_longest(row[: len(plan.names)], plan.names, fillvalue="")
    return tuple(cell if name in plan.keys else "" for cell, name in cells)


def _complaints(
    plan: _Plan[T], row: int, said: Mapping[str, Any], *, is_ragged: bool
) -> Iterator[Problem]:
    """Yield what is wrong with cells; those of a row of the wrong length may be empty."""
    for name, complaint in said.items():
        if isinstance(complaint, Complaint) and not (is_ragged and complaint is _UNFILLED):
            place, _ = plan.read.get(name) or plan.further[name]
            yield Problem(
                path=plan.sheet.path,
                line=plan.sheet.lines[row],
                column=name,
                wrong=complaint.wrong,
                found=plan.sheet.cells(row)[place],
                remedy=complaint.remedy,
            )


def _without(said: Any, empty: Value | None) -> Any:
    return empty if isinstance(said, Complaint) else said
