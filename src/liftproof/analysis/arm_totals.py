"""Sums over the arms of trials; a control arm that several comparisons share counts once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from liftproof.reviews.model.review_tables import Outcome
from liftproof.rows.result_rows import EffectRow

ARMS = ("intervention", "control")
Row = TypeVar("Row", Outcome, EffectRow)
Group = tuple[float | str | None, ...]


def arm_total(rows: Iterable[Row], column: str) -> int | None:
    """Return the sum of ``events_*`` or ``n_*`` over trials, None where a trial does not give it.

    Of one group, ``events`` or ``n``.

    Comparisons of one trial's arms with the same control numbers share that control arm. One that
    was divided among comparisons counts whole, also where only some of them are here.
    """
    rows, of_control = list(rows), column.endswith("_control")
    divided = [row for row in rows if of_control and row.control_split]
    others = [row for row in rows if not (of_control and row.control_split)]
    values = [getattr(row, column) for row in _counted(others, column)]
    values += _undivided(divided, column)
    return None if not values or None in values else int(sum(values))


def all_people(rows: Sequence[Outcome], *, is_of_one_group: bool) -> int | None:
    """Return the participants of all arms, or of all groups; None where one lacks them."""
    if not is_of_one_group:
        return of_both([people(rows, arm) for arm in ARMS])
    largest: dict[str, int] = {}
    for row in rows:
        if row.n is None:
            return None
        largest[row.study] = max(largest.get(row.study, 0), row.n)
    return sum(largest.values()) or None


def all_events(rows: Sequence[Outcome], *, is_of_one_group: bool) -> int | None:
    """Return the events in all arms, or in all groups; None where one does not give them."""
    if not is_of_one_group:
        return of_both([arm_total(rows, f"events_{arm}") for arm in ARMS])
    return arm_total(rows, "events")


def of_both(totals: Sequence[int | None]) -> int | None:
    """Return the total of both arms, None where one is not known."""
    known = [total for total in totals if total is not None]
    return sum(known) if len(known) == len(totals) else None


def people(rows: Iterable[Outcome], arm: str) -> int | None:
    """Return the participants of the intervention or the control arms, None where one lacks them.

    Several outcomes of a trial are of the same people: the outcome with the most of them counts.
    Arms of one trial with equal control numbers share that control arm; one that was divided among
    them counts whole.
    """
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for row in rows:
        groups.setdefault((row.study, row.outcome), []).append(row)
    largest: dict[str, int] = {}
    for (study, _), inside in groups.items():
        size = _people_of_one(inside, arm)
        if size is None:
            return None
        largest[study] = max(largest.get(study, 0), size)
    return sum(largest.values()) or None


def _people_of_one(rows: Sequence[Outcome], arm: str) -> int | None:
    """Return the participants of one kind of arm in one outcome of a trial."""
    of_control = arm == "control"
    divided = [row for row in rows if of_control and row.control_split]
    others = [row for row in rows if not (of_control and row.control_split)]
    sizes = {
        _control(row) if of_control else (row.arm,): getattr(row, f"n_{arm}") for row in others
    }
    values = [*sizes.values(), *_undivided(divided, f"n_{arm}")]
    return None if None in values else int(sum(values))


def _control(row: Outcome) -> Group:
    """Return the numbers by which a control arm is told from others of its trial."""
    return row.n_control, row.events_control, row.mean_control, row.sd_control


def _undivided(rows: Iterable[Row], column: str) -> Iterator[int | None]:
    """Yield of each divided control arm the whole number, None where a share is not known.

    Where not all comparisons are here, those that are stand for the others.
    """
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.study, row.outcome), []).append(row)
    for inside in groups.values():
        shares = [getattr(row, column) for row in inside]
        among = inside[0].control_split or len(inside)
        yield None if None in shares else round(sum(shares) * among / len(inside))


def _counted(rows: Sequence[Row], column: str) -> Sequence[Row]:
    """Return the rows whose arm counts in the sum."""
    if not column.endswith("_control"):
        return rows
    first = {
        (row.study, row.outcome, row.events_control, row.n_control) if row.arm else place: row
        for place, row in enumerate(rows)
    }
    return list(first.values())
