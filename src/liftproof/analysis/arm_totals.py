"""Sums over the arms of trials; a control arm that several comparisons share counts once."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from liftproof.reviews.model.review_tables import Outcome
from liftproof.rows.result_rows import EffectRow

Row = TypeVar("Row", Outcome, EffectRow)


def arm_total(rows: Iterable[Row], column: str) -> int | None:
    """Return the sum of ``events_*`` or ``n_*`` over trials, None where a trial does not give it.

    Comparisons of one trial's arms with the same control numbers share that control arm.
    """
    values = [getattr(row, column) for row in _counted(list(rows), column)]
    return None if not values or None in values else sum(values)


def people(rows: Iterable[Outcome], arm: str) -> int | None:
    """Return the participants of the intervention or the control arms, None where one lacks them.

    Several outcomes of a trial are of the same people: the outcome with the most of them counts.
    Arms of one trial with equal control numbers share that control arm.
    """
    groups: dict[tuple[str, str], dict[tuple[float | str | None, ...], int]] = {}
    for row in rows:
        n = getattr(row, f"n_{arm}")
        if n is None:
            return None
        group = (row.arm,) if arm == "intervention" else _control(row)
        groups.setdefault((row.study, row.outcome), {})[group] = n
    largest: dict[str, int] = {}
    for (study, _), sizes in groups.items():
        largest[study] = max(largest.get(study, 0), sum(sizes.values()))
    return sum(largest.values()) or None


def _control(row: Outcome) -> tuple[float | str | None, ...]:
    """Return the numbers by which a control arm is told from others of its trial."""
    return row.n_control, row.events_control, row.mean_control, row.sd_control


def _counted(rows: Sequence[Row], column: str) -> Sequence[Row]:
    """Return the rows whose arm counts in the sum."""
    if not column.endswith("_control"):
        return rows
    first = {
        (row.study, row.outcome, row.events_control, row.n_control) if row.arm else place: row
        for place, row in enumerate(rows)
    }
    return list(first.values())
