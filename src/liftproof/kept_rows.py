"""Rows of tables kept from run to run by all that they follow from: data and code."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from json import dumps, loads
from pickle import dumps as content_of
from typing import Any

from liftproof.kept_content import NOTHING_KEPT, KeptContent

Rows = Mapping[type, Sequence[Any]]
"""By class of rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRows:
    """Rows that were made before; ``code``: a digest of all code that makes them."""

    content: KeptContent = NOTHING_KEPT
    code: str = ""

    def made(self, make: Callable[[], Rows], classes: Sequence[type], basis: Any) -> Rows:
        """Return the rows of some classes that ``make`` returns, made before or now.

        ``basis``: all that they follow from besides code, as values that pickle tells apart. Rows
        hold plain texts, numbers and None, so that JSON gives each back to the bit; TypeError
        where one holds anything else.
        """
        names = " ".join(each.__qualname__ for each in classes)

        def text() -> bytes:
            made = make()
            return dumps([_values(made[each], each) for each in classes]).encode()

        held = loads(self.content.made(text, self.code, names, content_of(basis)))
        return {
            each: tuple(_row(each, values) for values in rows)
            for each, rows in zip(classes, held, strict=True)
        }


def _values(rows: Iterable[Any], row_class: type) -> list[list[Any]]:
    names = _names(row_class)
    return [[_plain(getattr(row, name)) for name in names] for row in rows]


def _plain(value: Any) -> Any:
    """Return a value that JSON gives back as it is."""
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"{value!r} in a row is no text and no number")


def _row(row_class: type, values: Sequence[Any]) -> Any:
    return row_class(**dict(zip(_names(row_class), values, strict=True)))


def _names(row_class: type) -> list[str]:
    return [field.name for field in fields(row_class)]


NO_ROWS_KEPT = KeptRows()
