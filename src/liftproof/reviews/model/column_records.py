"""Records of a long table by the column: one is put together where it is asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from itertools import repeat
from operator import attrgetter, eq
from typing import Any, Generic, TypeVar

from liftproof.reviews.model.records import records_of

T = TypeVar("T")

AT_ONCE = 4_096
"""Records that are put together at a time where all are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ColumnRecords(Sequence[T], Generic[T]):
    """``size`` records of a frozen dataclass ``table``, from values by field.

    A field without values has its default. A record of fourteen fields takes 150 bytes and a column
    8 for each row: a review may have half a million sources, most of which nobody looks at alone.
    Each look gives a new record, equal to the one before.
    """

    table: type[T]
    columns: Mapping[str, Sequence[Any]]
    size: int

    def __len__(self) -> int:
        """Return how many records there are."""
        return self.size

    def __getitem__(self, place: Any) -> Any:
        """Return the record at a place, or those of a slice."""
        at = range(self.size)[place]
        if isinstance(at, range):
            return tuple(map(self.__getitem__, at))
        return self._between(at, at + 1)[0]

    def __iter__(self) -> Iterator[T]:
        """Yield every record."""
        for start in range(0, self.size, AT_ONCE):
            yield from self._between(start, min(start + AT_ONCE, self.size))

    def __eq__(self, other: object) -> bool:
        """Say whether other records are equal, in the same order."""
        if not isinstance(other, ColumnRecords | tuple):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        """Return a number that equal records share."""
        return hash(tuple(self))

    def column(self, name: str) -> Iterable[Any]:
        """Return the values of a field, one a record."""
        if name in self.columns:
            return self.columns[name]
        return repeat(_default(self.table, name), self.size)

    def _between(self, start: int, stop: int) -> tuple[T, ...]:
        columns = {name: values[start:stop] for name, values in self.columns.items()}
        return records_of(self.table, columns, stop - start)


def column_of(records: Sequence[Any], name: str) -> Iterable[Any]:
    """Return the values of a field of records, however they are kept.

    >>> from liftproof.reviews.model.trial_total import TrialTotal
    >>> kept = ColumnRecords(table=TrialTotal, columns={"id": ("a", "b"), "title": "AB"}, size=2)
    >>> list(column_of(kept, "title")), list(column_of(tuple(kept), "title"))
    (['A', 'B'], ['A', 'B'])
    """
    if isinstance(records, ColumnRecords):
        return records.column(name)
    return map(attrgetter(name), records)


def _default(table: type, name: str) -> Any:
    (item,) = (each for each in fields(table) if each.name == name)
    return item.default if item.default_factory is MISSING else item.default_factory()
