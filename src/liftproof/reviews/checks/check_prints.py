"""Whether the printed results of ``prints.csv`` are numbers in order, or point to some that are."""

from collections.abc import Iterable, Iterator, Mapping

from liftproof.columns import Column
from liftproof.reviews.checks.check_pointers import Siblings, check_pointer, pointed_to
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.files.spreadsheet import Complaint
from liftproof.reviews.files.typed_numbers import number
from liftproof.reviews.model.printed_pool import PrintedPool
from liftproof.reviews.model.problems import Problem
from liftproof.vocabulary.measures import MEASURES

NUMBERS = ("ci_low", "estimate", "ci_high")
"""In rising order."""
_OF_THE_OTHER = (*NUMBERS, "studies", "participants", "source", "location", "kind")
"""Columns that the row which is pointed to fills in."""
_ESTIMATE = "estimate"


def check_prints(
    rows: Iterable[SheetRow[PrintedPool]], own_name: str, siblings: Siblings
) -> Iterator[Problem]:
    """Yield numbers that are none or out of order, and pointers to what is not there."""
    for row in rows:
        if row.record.see:
            yield from check_pointer(row, own_name, siblings, _OF_THE_OTHER)
            found = pointed_to(row, siblings)
            if found and _ESTIMATE not in found:
                wrong = f"no estimate was printed of {row.record.see}"
                yield row.problem("see", wrong, "name a target with an estimate, or delete the row")
        else:
            yield from _own(row)


def _own(row: SheetRow[PrintedPool]) -> Iterator[Problem]:
    """Yield numbers that are none, or out of order, and a print without its source."""
    values = {}
    for name in NUMBERS:
        text = getattr(row.record, name)
        value = number(text, _column(name)) if text else None
        if isinstance(value, Complaint):
            yield row.problem(name, value.wrong, value.remedy)
        elif value is not None:
            values[name] = float(value)
    for name in ("source", "kind", _ESTIMATE):
        if not row.cell(name) and name not in row.bad:
            remedy = "fill it in, or name in see the review that holds the print"
            yield row.problem(name, "a required cell is empty", remedy)
    yield from _limits(row, values)


def _limits(row: SheetRow[PrintedPool], values: Mapping[str, float]) -> Iterator[Problem]:
    if ("ci_low" in values) != ("ci_high" in values):
        lacking = "ci_low" if "ci_high" in values else "ci_high"
        yield row.problem(lacking, "one limit without the other", "fill it in, or empty both")
    ordered = [values[name] for name in NUMBERS if name in values]
    if ordered != sorted(ordered):
        wrong, remedy = "the estimate is not within its limits", "check the three in the source"
        yield row.problem(_ESTIMATE, wrong, remedy)
    if (
        "measure" not in row.bad
        and MEASURES[row.record.measure].is_log
        and min(ordered, default=1) <= 0
    ):
        name = next(name for name in NUMBERS if values.get(name, 1) <= 0)
        wrong, remedy = "a ratio is above 0", "check measure, or undo the logarithm"
        yield row.problem(name, wrong, remedy)


def _column(name: str) -> Column:
    return Column(name=name, kind="number", meaning="", required=True, allowed=())
