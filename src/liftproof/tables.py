"""The CSV files under ``results/``: rows to a table and back, in the digits that are certain.

Every job of the workflow reads or writes a few, most of them small: the standard library does so
before a data frame's library has started.
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from liftproof.columns import columns
from liftproof.files import aside
from liftproof.stored_digits import digits_of, stored

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")


def _share(value: Any) -> int | float:
    """Return a count as a whole number, or as the fraction that it is."""
    number = float(value)
    return int(number) if number.is_integer() else number


_NUMBERS: Mapping[str, Callable[[Any], int | float]] = {
    "count": int,
    "share": _share,
    "number": float,
}
"""By kind of column, what its cells hold; those of every other kind are text."""


_NUMBER = r"-?\d+(?:\.\d+)?"
_HARMLESS = re.compile(rf"[+-]?\d[\d.,]*(?:e[+-]?\d+)? ?%?(?: \({_NUMBER} to {_NUMBER}\))?", re.I)
"""Printed numbers: a spreadsheet that computes them finds what is written."""
_LINE_END = re.compile(r"\r\n?")
_FORMULA = re.compile(r"'*[=+\-@\t\n\uff0b\uff0d\uff1d\uff20]")
"""How a text begins that a spreadsheet would run, behind any number of apostrophes."""


def as_text(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs: with an apostrophe before a formula.

    Line ends are those of the file: a lone carriage return would stand unquoted, and end the row.

    >>> as_text("=1+1"), as_text("-0.27 (-0.52 to -0.02)"), read_text(as_text("'=1+1"))
    ("'=1+1", '-0.27 (-0.52 to -0.02)', "'=1+1")
    """
    text = _LINE_END.sub("\n", text)
    return f"'{text}" if _FORMULA.match(text) and not _HARMLESS.fullmatch(text) else text


def read_text(cell: str) -> str:
    """Return the text of a cell that :func:`as_text` wrote."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def write(rows: Iterable[Row], kind: type[Row], path: Path) -> None:
    """Write rows as CSV: floats in the digits of ``stored_digits.py``, missing as empty.

    Text that a spreadsheet would take for a formula gets an apostrophe, which :func:`read` drops.
    """
    typed = [(item.name, _NUMBERS.get(item.kind, _text)) for item in columns(kind)]
    with aside(path) as partial, partial.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([name for name, _ in typed])
        writer.writerows(_cells(row, typed) for row in rows)


def _text(value: Any) -> str:
    return as_text(str(value))


def _cells(row: Any, typed: Sequence[tuple[str, Callable[[Any], Any]]]) -> list[str]:
    digits = digits_of(row)
    return [_cell(getattr(row, name), to, digits) for name, to in typed]


def _cell(value: Any, to: Callable[[Any], Any], digits: int) -> str:
    if value is None or value != value:  # noqa: PLR0124  (NaN alone differs from itself)
        return ""
    return str(stored(float(value), digits) if to is float else to(value))


def read(kind: type[Row], path: Path) -> list[Row]:
    """Read rows written by :func:`write`; only an empty number is missing."""
    numbers = {item.name: _NUMBERS[item.kind] for item in columns(kind) if item.kind in _NUMBERS}
    with path.open(encoding="utf-8", newline="") as stream:
        names, *records = csv.reader(stream)
    by_column = [
        _values(cells, numbers.get(name))
        for name, cells in zip(names, zip(*records, strict=True), strict=False)
    ]
    return [
        kind(**dict(zip(names, values, strict=True))) for values in zip(*by_column, strict=True)
    ]


def _values(cells: Sequence[str], number: Callable[[Any], int | float] | None) -> list[Any]:
    """Return what the cells of a column hold; each text, of which most stand in many, once."""
    if number is None:
        texts = {cell: read_text(cell) for cell in set(cells)}
        return [texts[cell] for cell in cells]
    return [number(cell) if cell else None for cell in cells]
