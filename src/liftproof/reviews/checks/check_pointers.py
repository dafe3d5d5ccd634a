"""Whether a row that names ``review/target`` in ``see`` points to something that was printed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.printed_pool import PrintedPool
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Published
from liftproof.suggest import did_you_mean

Pointing = SheetRow[Published] | SheetRow[PrintedPool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Siblings:
    """The reviews beside one. ``names``: all; ``published``: rows of those pointed to, by name.

    A review whose table could not be read is among the names alone.
    """

    names: tuple[str, ...]
    published: Mapping[str, tuple[Published, ...]]


def check_pointer(
    row: Pointing, own_name: str, siblings: Siblings, filled_there: Iterable[str]
) -> Iterator[Problem]:
    """Yield cells of ``filled_there`` that are filled in here, and why nothing is pointed to."""
    for column in filled_there:
        if row.cell(column):
            wrong = f"filled in, though {row.record.see} holds the print"
            remedy = "empty it here and say it there, or empty see"
            yield row.problem(column, wrong, remedy)
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
        yield row.problem("see", wrong, remedy, rule="no_siblings")
    elif name not in siblings.names:
        yield row.problem("see", "no such review", did_you_mean(name, siblings.names))
    elif name in siblings.published and not pointed_to(row, siblings):
        known = list(dict.fromkeys(other.target for other in siblings.published[name]))
        wrong = f"published.csv of {name} has no such target"
        yield row.problem("see", wrong, did_you_mean(target, known))


def pointed_to(row: Pointing, siblings: Siblings) -> dict[str, Published]:
    """Return by quantity what is printed of the target that a row points to; empty for nothing."""
    name, _, target = row.record.see.partition("/")
    others = siblings.published.get(name, ())
    return {other.quantity: other for other in others if other.target == target}
