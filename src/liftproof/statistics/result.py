"""What all results have in common: they print as a table and come apart into single numbers."""

from collections.abc import Iterator
from dataclasses import fields
from html import escape
from itertools import islice
from typing import Any

import numpy as np

DIGITS = 6
"""Significant digits shown; the numbers themselves keep all of theirs."""
MOST_ROWS = 60
"""More numbers than these are counted, not shown."""

Number = tuple[str, tuple[int, ...], Any]


class Result:
    """Base of the frozen dataclasses that statistics return."""

    __slots__ = ()

    def numbers(self) -> Iterator[Number]:
        """Yield every number or text as (field, index in the field's array, value), in order."""
        for item in fields(self):  # type: ignore[arg-type]
            yield from _numbers(item.name, getattr(self, item.name))

    def __str__(self) -> str:
        """Return a table: one line a number, with its name and its place in an array."""
        shown = self._shown()
        width = max((len(name) for name, _ in shown), default=0)
        hidden = _count(self) - len(shown)
        more = [f"... and {hidden} more numbers"] if hidden else []
        return "\n".join([type(self).__name__, *(f"{n:<{width}}  {v}" for n, v in shown), *more])

    def _repr_html_(self) -> str:
        """Return the same table for a notebook."""
        rows = "".join(
            f"<tr><th scope='row'>{escape(name)}</th><td>{escape(value)}</td></tr>"
            for name, value in self._shown()
        )
        return f"<table><caption>{escape(type(self).__name__)}</caption>{rows}</table>"

    def _shown(self) -> list[tuple[str, str]]:
        """Return the first numbers, named and written out; there may be millions."""
        first = islice(self.numbers(), MOST_ROWS)
        return [(_name(field, index), _text(value)) for field, index, value in first]


def _numbers(name: str, value: Any) -> Iterator[Number]:
    """Yield a field's value, or the values of its array, of its tuple or of a result within it."""
    if isinstance(value, Result):
        yield from ((f"{name}.{field}", index, number) for field, index, number in value.numbers())
    elif isinstance(value, np.ndarray):
        yield from ((name, index, number.item()) for index, number in np.ndenumerate(value))
    elif isinstance(value, tuple):
        for place, member in enumerate(value):
            yield from ((n, (place, *index), number) for n, index, number in _numbers(name, member))
    else:
        yield name, (), value


def _count(value: Any) -> int:
    """Return how many numbers or texts a value holds."""
    if isinstance(value, Result):
        names = [item.name for item in fields(value)]  # type: ignore[arg-type]
        return sum(_count(getattr(value, name)) for name in names)
    if isinstance(value, tuple):
        return sum(map(_count, value))
    return value.size if isinstance(value, np.ndarray) else 1


def _name(field: str, index: tuple[int, ...]) -> str:
    return f"{field}[{', '.join(map(str, index))}]" if index else field


def _text(value: Any) -> str:
    if isinstance(value, float | np.floating):
        return f"{value:.{DIGITS}g}"
    return str(value)
