"""Whether the printed results of ``prints.csv`` are numbers in order, or point to some that are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from liftproof.columns import Column
from liftproof.reviews.checks.check_see import Siblings
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.files.spreadsheet import Complaint
from liftproof.reviews.files.typed_numbers import number
from liftproof.reviews.model.printed_pool import PrintedPool
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Published
from liftproof.suggest import did_you_mean
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
            yield from _filled_twice(row)
            yield from _pointer(row, own_name, siblings)
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


def _filled_twice(row: SheetRow[PrintedPool]) -> Iterator[Problem]:
    for column in _OF_THE_OTHER:
        if row.cell(column):
            wrong = f"filled in, though {row.record.see} holds the print"
            yield row.problem(column, wrong, "empty it here, or empty see")


def _pointer(row: SheetRow[PrintedPool], own_name: str, siblings: Siblings) -> Iterator[Problem]:
    names, beside = siblings.names, siblings.published
    name, _, target = row.record.see.partition("/")
    if not (name and target) or "/" in target:
        remedy = "write the name of the other review, a slash, and its target"
        yield row.problem("see", "not of the form review/target", remedy)
    elif name == own_name or (names and name not in names):
        wrong = "its own review" if name == own_name else "no such review"
        yield row.problem("see", wrong, did_you_mean(name, names))
    elif not names:
        wrong = "the review stands alone here, so the other was not looked at"
        yield row.problem("see", wrong, "put the folders of both side by side", is_warning=True)
    elif name in beside:
        yield from _target(row, name, target, beside[name])


def _target(
    row: SheetRow[PrintedPool], name: str, target: str, held: Sequence[Published]
) -> Iterator[Problem]:
    known = list(dict.fromkeys(other.target for other in held))
    if target not in known:
        wrong = f"published.csv of {name} has no such target"
        yield row.problem("see", wrong, did_you_mean(target, known))
    elif _ESTIMATE not in {other.quantity for other in held if other.target == target}:
        wrong = f"no estimate was printed of {row.record.see}"
        yield row.problem("see", wrong, "name a target with an estimate, or delete the row")
