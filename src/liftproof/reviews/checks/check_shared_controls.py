"""Control arms that look like those of another outcome: two results mixed in one row.

Two signs are looked for. An alternative extraction has the control arm of another outcome of its
trial, where its own primary row has a different one. And two arms of one outcome are compared with
equally many controls, as arms that share a control group are, but with other events among them.
"""

from collections.abc import Iterable, Iterator

from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import PRIMARY, Outcome

Row = SheetRow[Outcome]
Control = tuple[float, float]


def check_shared_controls(outcomes: Iterable[Row]) -> Iterator[Problem]:
    """Warn of rows whose control arm is probably that of another outcome."""
    by_study: dict[str, list[Row]] = {}
    for row in outcomes:
        if _control(row.record):
            by_study.setdefault(row.record.study, []).append(row)
    for rows in by_study.values():
        for position, row in enumerate(rows):
            yield from _borrowed(row, rows)
            yield from _disagreeing(row, rows[:position])


def _control(outcome: Outcome) -> Control | None:
    """Return events and participants of the control arm, None where a count is not known."""
    if outcome.events_control is None or outcome.n_control is None:
        return None
    return outcome.events_control, outcome.n_control


def _borrowed(row: Row, rows: list[Row]) -> Iterator[Problem]:
    """Warn of a variant with another outcome's control arm, unlike that of its primary row."""
    own, control = row.record, _control(row.record)
    if own.variant == PRIMARY or control in [
        _control(other.record) for other in rows if _is_primary_of(other.record, own)
    ]:
        return
    others = [
        other
        for other in rows
        if other.record.outcome != own.outcome and _control(other.record) == control
    ]
    has_primary = any(_is_primary_of(other.record, own) for other in rows)
    if others and has_primary:
        other = others[0]
        wrong = f"the control arm of {other.record.outcome} on line {other.line}"
        yield row.problem("events_control", wrong, _REMEDY, found=_shown(own), rule="control_mixed")


def _is_primary_of(other: Outcome, own: Outcome) -> bool:
    return other.variant == PRIMARY and (other.outcome, other.arm) == (own.outcome, own.arm)


def _disagreeing(row: Row, earlier: list[Row]) -> Iterator[Problem]:
    """Warn of an arm with as many controls as another arm of its outcome, but other events.

    Shares of a divided control arm may have equally many people and other events.
    """
    own = row.record
    for other in earlier:
        is_sister = (other.record.outcome, other.record.variant) == (own.outcome, own.variant)
        if (
            is_sister
            and own.control_split is None
            and other.record.arm != own.arm
            and other.record.n_control == own.n_control
            and other.record.events_control != own.events_control
        ):
            wrong = f"other events among as many controls as arm {other.record.arm}, line "
            wrong += f"{other.line}: {_shown(other.record)}"
            yield row.problem(
                "events_control", wrong, _REMEDY, found=_shown(own), rule="control_mixed"
            )
            return


_REMEDY = "if two outcomes are mixed, give each a row of its own"


def _shown(outcome: Outcome) -> str:
    return f"{outcome.events_control}/{outcome.n_control}"
