"""What a column of a table is: one declaration for reading, checking, writing and the dictionary.

A table is a frozen dataclass whose fields are declared with :func:`column`. The reader converts
cells by the field's type, the checks use ``required`` and ``allowed``, the README's dictionary
prints ``meaning``.
"""

from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; ``kind``: key, text, count, share, number, date or p (a number, "<" before it).

    A share is a count that may be a fraction, of an arm that was divided among comparisons.
    ``is_percent``: whether its numbers are percentages, 14 and not 0.14.
    """

    name: str
    kind: str
    meaning: str
    required: bool
    allowed: tuple[str, ...]
    is_percent: bool = False


def column(
    meaning: str,
    *,
    kind: str = "text",
    required: bool = False,
    allowed: tuple[str, ...] = (),
    is_percent: bool = False,
) -> Any:
    """Declare a field as a column; text is empty, a number is None, where the cell is empty."""
    empty = "" if kind in ("text", "key", "date", "p") else None
    metadata = {
        "meaning": meaning,
        "kind": kind,
        "required": required,
        "allowed": allowed,
        "is_percent": is_percent,
    }
    return field(default=MISSING if required else empty, metadata=metadata)


def columns(table: type) -> tuple[Column, ...]:
    """Return the columns of a table class in their order."""
    return _declared(table)


@cache
def _declared(table: Any) -> tuple[Column, ...]:
    return tuple(Column(name=item.name, **item.metadata) for item in fields(table) if item.metadata)
