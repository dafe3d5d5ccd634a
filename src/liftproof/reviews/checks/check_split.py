"""Control arms that were divided among comparisons: their shares, and what they add up to."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.choice import variant_of
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome

SHARES = ("events_control", "n_control")
COLUMN = "control_split"
WHAT = {"events_control": "events", "n_control": "people"}


def check_split(rows: Iterable[SheetRow[Outcome]]) -> Iterator[Problem]:
    """Yield fractions of arms that were not divided, and shares that make no whole arm."""
    groups: dict[tuple[str, str, str], list[SheetRow[Outcome]]] = {}
    for row in rows:
        if not row.bad.isdisjoint((*SHARES, COLUMN)):
            continue
        if row.record.control_split is None:
            yield from _fractions(row)
        else:
            outcome = row.record
            key = (outcome.study, outcome.outcome, variant_of(outcome))
            groups.setdefault(key, []).append(row)
    for inside in groups.values():
        yield from _together(inside)


def _fractions(row: SheetRow[Outcome]) -> Iterator[Problem]:
    for column in SHARES:
        value = getattr(row.record, column)
        if value is not None and value != int(value):
            wrong = "a fractional count of an arm that was not divided"
            remedy = (
                f"write a whole number, or say in {COLUMN} among how many comparisons the control "
                "arm was divided; a percentage goes into percent_control (--percents), a rate into "
                "rate_control (--incidence)"
            )
            yield row.problem(column, wrong, remedy)


def _together(rows: Sequence[SheetRow[Outcome]]) -> Iterator[Problem]:
    """Yield what is wrong with the comparisons of one control arm."""
    first, among = rows[0], rows[0].record.control_split or 0
    unlike = [row for row in rows if row.record.control_split != among]
    for row in unlike:
        wrong = f"another number than on line {first.line}, of the same control arm"
        yield row.problem(COLUMN, wrong, "write the same number in each of its comparisons")
    if unlike or among < len(rows):
        if not unlike:
            wrong = f"{len(rows)} comparisons have shares of this control arm"
            yield rows[-1].problem(COLUMN, wrong, "write among how many it was divided")
        return
    for column in SHARES:
        total = _whole(rows, column, among)
        if total is not None:
            wrong = f"shares of a control arm of {total:f} {WHAT[column]}"
            remedy = f"correct the shares or {COLUMN}: they add up to a whole number"
            yield first.problem(column, wrong, remedy)


def _whole(rows: Sequence[SheetRow[Outcome]], column: str, among: int) -> Decimal | None:
    """Return what the shares add up to where that is no whole number, by more than rounding.

    Shares such as 22/3 are typed rounded: each may be off by half a unit of its last digit.
    """
    shares = [Decimal(row.cell(column)) for row in rows if row.cell(column)]
    rounded = [share for share in shares if share != share.to_integral_value()]
    if len(shares) < len(rows) or not rounded:
        return None
    total = sum(shares, Decimal()) * among / len(rows)
    units = [Decimal((0, (1,), int(share.as_tuple().exponent))) for share in rounded]
    allowed = among * max(units) / 2
    return total if abs(total - total.to_integral_value()) > allowed else None
