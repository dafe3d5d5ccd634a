"""Whether a print that another review holds points to the same print there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Published
from liftproof.suggest import did_you_mean

_OF_THE_OTHER = ("analysis", "blocked", "explained", "fitted")
"""Columns that the row which is pointed to fills in for both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Siblings:
    """The reviews beside one. ``names``: all; ``published``: rows of those pointed to, by name.

    A review whose table could not be read is among the names alone.
    """

    names: tuple[str, ...]
    published: Mapping[str, tuple[Published, ...]]


def check_see(
    rows: Iterable[SheetRow[Published]], own_name: str, siblings: Siblings
) -> Iterator[Problem]:
    """Yield pointers to what is not there, prints that differ, chains, and cells filled twice."""
    for row in rows:
        if row.record.see and "see" not in row.bad:
            yield from _filled_twice(row)
            yield from _pointer(row, own_name, siblings)


def _filled_twice(row: SheetRow[Published]) -> Iterator[Problem]:
    for column in _OF_THE_OTHER:
        if row.cell(column):
            wrong = f"filled in, though {row.record.see} holds the print"
            remedy = "empty it here and say it there, or empty see"
            yield row.problem(column, wrong, remedy)


def _pointer(row: SheetRow[Published], own_name: str, siblings: Siblings) -> Iterator[Problem]:
    name, slash, target = row.record.see.partition("/")
    if not (name and slash and target) or "/" in target:
        remedy = "write the name of the other review, a slash, and its target"
        yield row.problem("see", "not of the form review/target", remedy)
    elif name == own_name:
        wrong = "points to its own review: a print stands once in a review"
        yield row.problem("see", wrong, "name another review, or delete the row")
    elif not siblings.names:
        wrong = "the review stands alone here, so the other was not looked at"
        remedy = "put the folders of both side by side"
        yield row.problem("see", wrong, remedy, is_warning=True)
    elif name not in siblings.names:
        yield row.problem("see", "no such review", did_you_mean(name, siblings.names))
    elif name in siblings.published:
        yield from _target(row, name, target, siblings.published[name])


def _target(
    row: SheetRow[Published], name: str, target: str, others: tuple[Published, ...]
) -> Iterator[Problem]:
    known = list(dict.fromkeys(other.target for other in others))
    if target not in known:
        wrong = f"published.csv of {name} has no such target"
        yield row.problem("see", wrong, did_you_mean(target, known))
        return
    same = {other.quantity: other for other in others if other.target == target}
    found = same.get(row.record.quantity)
    if found is None:
        wrong = f"{row.record.see} has no such number"
        remedy = f"it has: {', '.join(same)}"
        yield row.problem("quantity", wrong, remedy)
    elif found.see:
        wrong = f"{row.record.see} points further, to {found.see}"
        yield row.problem("see", wrong, f"write {found.see}, if that holds the number itself")
    elif found.printed != row.record.printed:
        wrong = f"another print than that of {row.record.see}, {found.printed}"
        remedy = "correct one of the two; where both stand in print, leave see empty"
        yield row.problem("printed", wrong, remedy)
