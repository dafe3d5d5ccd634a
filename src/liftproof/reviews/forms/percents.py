"""Events from a percentage and the number of participants, where its digits leave one count."""

from collections.abc import Iterator
from fractions import Fraction

from liftproof.reviews.forms.derived import (
    ARMS,
    CountRange,
    Derived,
    Row,
    can_derive,
    named,
    printed_range,
    whole_numbers,
)
from liftproof.reviews.model.problems import Problem

HUNDRED = 100


def events_of_percents(row: Row) -> Iterator[Derived]:
    """Yield the events of each arm that gives a percentage."""
    for arm in ARMS:
        columns = (f"percent_{arm}", f"n_{arm}", f"events_{arm}")
        if can_derive(row, columns[0], (columns[1],), columns):
            yield _of_arm(row, *columns)


def _of_arm(row: Row, percent: str, n: str, events: str) -> Derived:
    people = getattr(row.record, n)
    if people is None:
        problem = row.problem(percent, f"a percentage without {n}", f"fill in {n}, or {events}")
        return Derived(column=events, problem=None if row.record.awaits else problem)
    least, most = printed_range(row.cell(percent))
    low, high = (end * Fraction(people) / HUNDRED for end in (least, most))
    fitting = whole_numbers(low, min(high, Fraction(people)))
    given = getattr(row.record, events)
    if given is not None:
        fits = low <= given <= high
        wrong = None if fits else _contradiction(row, percent, n, events)
        return Derived(column=events, problem=wrong)
    if fitting.size == 1:
        return Derived(column=events, origins=(percent, n), value=fitting.first)
    told = f"{_fitting(fitting)} of {people:g} participants is {row.cell(percent)} %"
    nearest = "" if fitting.size else f": {_neighbours(row.cell(percent), people)}"
    remedy = f"write the events in {events}, or correct {n}{_of_share(row.cell(percent), people)}"
    return Derived(column=events, problem=row.problem(percent, told + nearest, remedy))


def _contradiction(row: Row, percent: str, n: str, events: str) -> Problem:
    share = HUNDRED * Fraction(getattr(row.record, events)) / Fraction(getattr(row.record, n))
    wrong = f"{row.cell(events)} of {row.cell(n)} are {float(share):.4g} %"
    return row.problem(percent, wrong, "correct the wrong one")


def _of_share(percent: str, people: float) -> str:
    """Return what a share of 1 would be in percent, where that is a count; empty for none."""
    share = Fraction(percent)
    low, high = (end * Fraction(people) for end in printed_range(percent))
    if not 0 < share < 1 or not whole_numbers(low, high).size:
        return ""
    return f"; if it is a share of 1, write {float(share * HUNDRED):g}"


def _fitting(counts: CountRange) -> str:
    return f"any of {named(counts)}" if counts.size else "no whole number"


def _neighbours(percent: str, people: float) -> str:
    """Name the counts on either side of a percentage, each with its own."""
    below = int(Fraction(percent) * Fraction(people) / HUNDRED)
    counts = [count for count in (below, below + 1) if count <= people]
    return " and ".join(f"{count} is {HUNDRED * count / people:.4g} %" for count in counts)
