"""Sums over the arms of trials; a control arm that several comparisons share counts once."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from liftproof.analysis.records import EffectRow
from liftproof.reviews.records import Outcome

Row = TypeVar("Row", Outcome, EffectRow)


def arm_total(rows: Iterable[Row], column: str) -> int | None:
    """Return the sum of ``events_*`` or ``n_*`` over trials, None where a trial does not give it.

    Comparisons of one trial's arms with the same control numbers share that control arm.
    """
    values = [getattr(row, column) for row in _counted(list(rows), column)]
    return None if not values or None in values else sum(values)


def _counted(rows: Sequence[Row], column: str) -> Sequence[Row]:
    """Return the rows whose arm counts in the sum."""
    if not column.endswith("_control"):
        return rows
    first = {
        (row.study, row.outcome, row.events_control, row.n_control) if row.arm else place: row
        for place, row in enumerate(rows)
    }
    return list(first.values())
