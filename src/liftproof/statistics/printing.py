"""Tables of a result for a terminal and for a notebook."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIGITS = 6
"""Significant digits shown; the numbers themselves keep all of theirs."""
MOST_ROWS = 60
"""More rows than these are counted, not shown."""
MOST_LISTED = 12
"""Arrays of more numbers and two axes or more are named by their shape."""
WIDTH = 100
"""Characters a line, for columns side by side."""

Column = tuple[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Parts:
    """``lines``: names and values. ``columns``: arrays of one axis, by their length."""

    lines: list[tuple[str, str]]
    columns: dict[int, list[Column]]


def as_text(title: str, leaves: Iterable[tuple[str, tuple[int, ...], Any]]) -> str:
    """Return a title, a line a number, and tables of the arrays that have as many numbers.

    >>> print(as_text("Both", [("k", (), 2), ("y", (), np.ones(2)), ("v", (), np.array([0.1, 2]))]))
    Both
    k  2
    <BLANKLINE>
         y    v
    [0]  1  0.1
    [1]  1    2
    """
    parts = _parts(leaves)
    width = max((len(name) for name, _ in parts.lines), default=0)
    lines = [title, *(f"{name:<{width}}  {value}" for name, value in parts.lines)]
    for n, columns in parts.columns.items():
        for block in _blocks([_cells(column) for column in columns]):
            lines += ["", *_rows([_places(n), *block])]
        lines += _more(n)
    return "\n".join(lines)


def as_html(title: str, leaves: Iterable[tuple[str, tuple[int, ...], Any]]) -> str:
    """Return the same as HTML tables."""
    parts = _parts(leaves)
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in parts.lines
    )
    tables = "".join(_html_table(n, columns) for n, columns in parts.columns.items())
    return f"<table><caption>{escape(title)}</caption>{rows}</table>{tables}"


def _parts(leaves: Iterable[tuple[str, tuple[int, ...], Any]]) -> _Parts:
    """Return single values as lines, and arrays of one axis that have a companion as columns."""
    lines: list[tuple[str, str]] = []
    columns: dict[int, list[Column]] = {}
    for field, place, value in leaves:
        name = _name(field, place)
        if isinstance(value, np.ndarray) and value.ndim == 1 and len(value) > 1:
            columns.setdefault(len(value), []).append((name, value))
        else:
            lines += _listed(name, value)
    alone = [n for n, members in columns.items() if len(members) == 1]
    for n in alone:
        name, values = columns.pop(n)[0]
        lines += islice(_each(name, values), MOST_ROWS)
        lines += [(name, line) for line in _more(n)]
    return _Parts(lines=lines, columns=columns)


def _listed(name: str, value: Any) -> list[tuple[str, str]]:
    """Return the lines of a value that is no column."""
    if not isinstance(value, np.ndarray):
        return [(name, _text(value))]
    if value.ndim > 1 and value.size > MOST_LISTED:
        return [(name, f"{' × '.join(map(str, value.shape))} numbers")]
    return list(_each(name, value))


def _each(name: str, values: NDArray[Any]) -> Iterator[tuple[str, str]]:
    return ((_name(name, index), _text(number)) for index, number in np.ndenumerate(values))


def _name(field: str, index: tuple[int, ...]) -> str:
    return f"{field}[{', '.join(map(str, index))}]" if index else field


def _text(value: Any) -> str:
    if isinstance(value, float | np.floating):
        return f"{value:.{DIGITS}g}"
    return str(value)


def _places(n: int) -> list[str]:
    return ["", *(f"[{i}]" for i in range(min(n, MOST_ROWS)))]


def _cells(column: Column) -> list[str]:
    name, values = column
    return [name, *(_text(value) for value in values[:MOST_ROWS])]


def _blocks(columns: list[list[str]]) -> Iterator[list[list[str]]]:
    """Yield as many columns at once as fit on a line."""
    block: list[list[str]] = []
    used = first = len(_places(MOST_ROWS)[-1])
    for column in columns:
        width = 2 + max(map(len, column))
        if block and used + width > WIDTH:
            yield block
            block, used = [], first
        block.append(column)
        used += width
    yield block


def _rows(columns: list[list[str]]) -> Iterator[str]:
    """Yield lines of columns, flush right but for the first."""
    widths = [max(map(len, column)) for column in columns]
    for place, *cells in zip(*columns, strict=True):
        flush = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join([place.ljust(widths[0]), *flush])


def _more(n: int) -> list[str]:
    return [f"... and {n - MOST_ROWS} more rows"] if n > MOST_ROWS else []


def _html_table(n: int, columns: list[Column]) -> str:
    cells = [_places(n), *(_cells(column) for column in columns)]
    head, *body = zip(*cells, strict=True)
    heads = "".join(f"<th scope='col'>{escape(cell)}</th>" for cell in head)
    rows = "".join(
        f"<tr><th scope='row'>{escape(place)}</th>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in row)
        + "</tr>"
        for place, *row in body
    )
    more = "".join(f"<caption>{line}</caption>" for line in _more(n))
    return f"<table>{more}<tr>{heads}</tr>{rows}</table>"
