"""Rows of a table: the values of each, its cells as typed, what could not be read of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from typing import Any, Generic, TypeVar

from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.records import records_of
from liftproof.reviews.model.row_keys import key_of_row

T = TypeVar("T")
NOTHING_BAD: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow(Generic[T]):
    """A row: its values in ``record``, its cells at ``place`` of the columns as ``typed``.

    ``bad`` names the columns whose cells could not be read: their values are empty, and
    whatever builds on them is not checked.
    """

    path: Path
    line: int
    place: int
    typed: Mapping[str, tuple[str, ...]]
    bad: frozenset[str]
    record: T

    @property
    def cells(self) -> Mapping[str, str]:
        """Every cell as typed, without blanks around it."""
        return {name: cells[self.place] for name, cells in self.typed.items()}

    def cell(self, column: str) -> str:
        """Return the cell of a column as typed, without blanks around it; empty if not there."""
        return self.typed[column][self.place] if column in self.typed else ""

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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SheetRows(Sequence[SheetRow[T]]):
    """The rows of a sheet by the column; one of them is put together where it is asked for.

    Each by its place in the sheet, from 0: ``lines``, ``records``, ``typed`` (the cells of a
    column, stripped, empty where a row does not have it). ``bad``: of rows that have some, the
    columns that could not be read; ``derived``: those whose record has values beside its cells.
    All rows are put together once, when they are asked for one after the other: a check of a long
    table asks for columns, and for the rows that it suspects.
    """

    path: Path = field(default_factory=Path)
    lines: Sequence[int] = ()
    records: Sequence[T] = ()
    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bad: Mapping[int, frozenset[str]] = field(default_factory=dict)
    derived: frozenset[int] = frozenset()
    _made: list[tuple[SheetRow[T], ...]] = field(default_factory=list, init=False, repr=False)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.records)

    def __getitem__(self, place: Any) -> Any:
        """Return the row at a place, or those of a slice."""
        if isinstance(place, slice):
            return tuple(self)[place]
        if self._made:
            return self._made[0][place]
        at = range(len(self))[place]
        return SheetRow(
            path=self.path,
            line=self.lines[at],
            place=at,
            typed=self.typed,
            bad=self.bad.get(at, NOTHING_BAD),
            record=self.records[at],
        )

    def __iter__(self) -> Iterator[SheetRow[T]]:
        """Yield every row."""
        if not self._made:
            self._made.append(self._rows())
        return iter(self._made[0])

    def _rows(self) -> tuple[SheetRow[T], ...]:
        columns: Mapping[str, Iterable[Any]] = {
            "path": repeat(self.path),
            "line": self.lines,
            "place": range(len(self)),
            "typed": repeat(self.typed),
            "bad": [self.bad.get(place, NOTHING_BAD) for place in range(len(self))],
            "record": self.records,
        }
        return records_of(SheetRow, columns, len(self))

    def places_filled(self, *names: str) -> tuple[int, ...]:
        """Return where a record may have a value in one of these columns."""
        columns = [self.typed[name] for name in names if name in self.typed]
        filled = {place for cells in columns for place, cell in enumerate(cells) if cell}
        return tuple(sorted(filled | self.derived))

    def filled(self, *names: str) -> tuple[SheetRow[T], ...]:
        """Return the rows of :meth:`places_filled`: most columns are empty in most reviews."""
        return tuple(self[place] for place in self.places_filled(*names))

    def column(self, name: str) -> Sequence[str]:
        """Return the cells of a column as typed; empty ones where the sheet does not have it."""
        return self.typed.get(name) or ("",) * len(self)

    def with_changed(self, changed: Mapping[int, SheetRow[T]]) -> "SheetRows[T]":
        """Return the rows with others at some places, of the same cells."""
        if not changed:
            return self
        records = list(self.records)
        for place, row in changed.items():
            records[place] = row.record
        bad = {**self.bad, **{place: row.bad for place, row in changed.items() if row.bad}}
        return replace(self, records=tuple(records), bad=bad, derived=frozenset(changed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[T]):
    """Rows of one file and their problems; ``is_whole`` is False if the file was not read."""

    rows: SheetRows[T] = field(default_factory=SheetRows)
    problems: tuple[Problem, ...] = ()
    is_whole: bool = True
