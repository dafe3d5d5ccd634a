"""Whether a print that another review holds points to the same print there."""

from collections.abc import Iterable, Iterator, Mapping

from liftproof.reviews.checks.check_pointers import Siblings, check_pointer, pointed_to
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Published

_OF_THE_OTHER = ("analysis", "blocked", "explained", "fitted")
"""Columns that the row which is pointed to fills in for both."""


def check_see(
    rows: Iterable[SheetRow[Published]], own_name: str, siblings: Siblings
) -> Iterator[Problem]:
    """Yield pointers to what is not there, prints that differ, chains, and cells filled twice."""
    for row in rows:
        if row.record.see and "see" not in row.bad:
            yield from check_pointer(row, own_name, siblings, _OF_THE_OTHER)
            found = pointed_to(row, siblings)
            if found:
                yield from _number(row, found)


def _number(row: SheetRow[Published], target: Mapping[str, Published]) -> Iterator[Problem]:
    found = target.get(row.record.quantity)
    if found is None:
        wrong = f"{row.record.see} has no such number"
        remedy = f"it has: {', '.join(target)}"
        yield row.problem("quantity", wrong, remedy)
    elif found.see:
        wrong = f"{row.record.see} points further, to {found.see}"
        yield row.problem("see", wrong, f"write {found.see}, if that holds the number itself")
    elif found.printed != row.record.printed:
        wrong = f"another print than that of {row.record.see}, {found.printed}"
        remedy = "correct one of the two; where both stand in print, leave see empty"
        yield row.problem("printed", wrong, remedy)
