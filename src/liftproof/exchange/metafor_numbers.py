"""The numbers of one row of a table in metafor's names, by the columns of ``outcomes.csv``."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from liftproof.columns import columns
from liftproof.exchange.draft import one_problem
from liftproof.exchange.metafor_names import EVENTS_OF_RATES, NAMES, STANDARD_ERROR, WITHOUT
from liftproof.exchange.revman_rows import squared
from liftproof.reviews.files.typed_numbers import plain
from liftproof.reviews.model.review_tables import Outcome

KEYS = ("study", "outcome", "variant", "arm")
_EXPONENT = re.compile(r"-?[0-9]+\.?[0-9]*[eE][+-]?[0-9]{1,3}")
_OUTCOME = {item.name for item in columns(Outcome)}


def result_of(file: Path, line: int, cells: Mapping[str, str]) -> dict[str, str]:
    """Return the numbers of a row by the columns of ``outcomes.csv``."""
    numbers = {name: _plain(cell) for name, cell in cells.items()}
    for rate, count in EVENTS_OF_RATES.items():
        if numbers.get(rate):
            _same(file, line, numbers, count, numbers[rate], rate)
    for without, (events, people) in WITHOUT.items():
        if numbers.get(without) and numbers.get(events):
            total = _sum(file, line, without, numbers[events], numbers[without])
            _same(file, line, numbers, people, total, without)
    error = numbers.get(STANDARD_ERROR, "")
    if error and not numbers.get("vi"):
        _number(file, line, STANDARD_ERROR, error)
        numbers["vi"] = squared(Decimal(error))
    result = {ours: numbers.get(theirs, "") for theirs, ours in NAMES.items()}
    own = {name: cells[name] for name in _OUTCOME & set(cells) if name not in KEYS}
    return {**result, **{name: cell for name, cell in own.items() if cell}}


def _plain(cell: str) -> str:
    """Write R's 1e+05 as 100000: the same number, as this project types it."""
    return plain(Decimal(cell)) if _EXPONENT.fullmatch(cell) else cell


def _same(
    file: Path, line: int, numbers: dict[str, str], name: str, value: str, other: str
) -> None:
    if numbers.get(name) and Decimal(numbers[name]) != Decimal(value):
        wrong = f"{name} does not go with {other}, which gives {value}"
        raise one_problem(file, wrong, numbers[name], "correct one of them", line=line, column=name)
    numbers[name] = value


def _sum(file: Path, line: int, name: str, events: str, without: str) -> str:
    _number(file, line, name, without)
    _number(file, line, "events", events)
    return plain(Decimal(events) + Decimal(without))


def _number(file: Path, line: int, name: str, cell: str) -> float:
    try:
        return float(Decimal(cell))
    except InvalidOperation as error:
        remedy = "write only digits, as in 0.41"
        raise one_problem(
            file, "not a plain decimal number", cell, remedy, line=line, column=name
        ) from error


def derived_in(cells: Mapping[str, str]) -> frozenset[str]:
    """Return the columns of ``outcomes.csv`` whose numbers follow from other cells of a row."""
    sums = {NAMES[people] for name, (_, people) in WITHOUT.items() if cells.get(name)}
    is_squared = cells.get(STANDARD_ERROR) and not cells.get("vi")
    return frozenset({*sums, "v"} if is_squared else sums)
