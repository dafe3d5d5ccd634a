"""Events from a rate and person-time, or person-time from a rate and events."""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from liftproof.reviews.forms.derived import (
    ARMS,
    HALF,
    Derived,
    Range,
    Row,
    can_derive,
    named,
    printed_range,
    whole_numbers,
)
from liftproof.reviews.forms.rate_limits import has_limits
from liftproof.reviews.model.problems import Problem

PER = "rate_per"


def numbers_of_rates(row: Row) -> Iterator[Derived]:
    """Yield the events or the person-time of each arm that gives a rate."""
    for arm in ARMS:
        columns = (f"rate_{arm}", f"events_{arm}", f"person_time_{arm}")
        if can_derive(row, columns[0], (PER, columns[2]), (*columns, PER)):
            yield _of_arm(row, *columns)


def _of_arm(row: Row, rate: str, events: str, time: str) -> Derived:
    counted, lasted = getattr(row.record, events), getattr(row.record, time)
    if counted is None and lasted is None and has_limits(row, rate.removeprefix("rate_")):
        return Derived(column=events)
    if row.record.rate_per is None:
        wrong, remedy = "a rate without what it is given per", "write 1000 for one per 1000 hours"
        return Derived(column=events, problem=row.problem(PER, wrong, remedy))
    if counted is None and lasted is None:
        wrong = f"a rate without {events} or {time}"
        remedy = (
            "fill in one of them, or the limits of both rates, or the estimate and its limits, or "
            f"say in awaits {time}"
        )
        problem = row.problem(rate, wrong, remedy)
        return Derived(column=events, problem=None if row.record.awaits else problem)
    if counted is not None and lasted is not None:
        return Derived(column=events, problem=_contradiction(row, rate, events, time))
    return _events(row, rate, events, time) if counted is None else _time(row, rate, events, time)


def _expected(row: Row, rate: str, time: str) -> Range:
    """Return the fewest and most events that the digits of a rate and of its time allow."""
    rates, times = printed_range(row.cell(rate)), printed_range(row.cell(time))
    per = Fraction(row.cell(PER))
    return max(rates[0], Fraction(0)) * times[0] / per, rates[1] * times[1] / per


def _events(row: Row, rate: str, events: str, time: str) -> Derived:
    """Return the whole number of events that a rate stands for, the nearest of several."""
    low, high = _expected(row, rate, time)
    product = Fraction(row.cell(rate)) * Fraction(row.cell(time)) / Fraction(row.cell(PER))
    fitting = whole_numbers(low, high)
    per = f"{row.cell(rate)} per {row.cell(PER)} in {row.cell(time)}"
    if not fitting.size:
        wrong = f"no whole number of events gives {per}: it would be {float(product):.2f}"
        remedy = f"correct it, or {time}{_unit_hint(row, time)}"
        return Derived(column=events, problem=row.problem(rate, wrong, remedy))
    nearest = min(max(floor(product + HALF), fitting.first), fitting.last)
    problem = None
    if fitting.size > 1:
        wrong = f"{nearest} events are taken for {per}, but {named(fitting)} print alike"
        remedy = f"write the events in {events} where the paper has them"
        problem = row.problem(rate, wrong, remedy, rule="several_counts")
    return Derived(column=events, origins=(rate, PER, time), value=nearest, problem=problem)


def _unit_hint(row: Row, time: str) -> str:
    """Return what person-time below the unit of its rate may be."""
    typed, per = row.cell(time), row.cell(PER)
    if Fraction(typed) >= Fraction(per):
        return ""
    return f": is {typed} people, or thousands of hours? It is in the unit of the {per}"


def _time(row: Row, rate: str, events: str, time: str) -> Derived:
    """Return the person-time in which the events make the rate."""
    counted = Fraction(getattr(row.record, events))
    if not counted or not Fraction(row.cell(rate)):
        wrong = f"no person-time follows from {float(counted):.12g} events at this rate"
        return Derived(column=time, problem=row.problem(rate, wrong, f"fill in {time}"))
    per = Fraction(row.cell(PER))
    rates = printed_range(row.cell(rate))
    value = counted * per / Fraction(row.cell(rate))
    least, most = (counted * per / end if end > 0 else None for end in reversed(rates))
    allowed = f"{_amount(least)} to {_amount(most)}"
    wrong = f"person-time of {_amount(value)} follows from the rate, whose digits allow {allowed}"
    remedy = f"write it in {time} where the paper has it"
    problem = row.problem(rate, wrong, remedy, rule="time_from_rate")
    return Derived(column=time, origins=(rate, PER, events), value=float(value), problem=problem)


def _amount(time: Fraction | None) -> str:
    return "any more" if time is None else f"{float(time):.6g}"


def _contradiction(row: Row, rate: str, events: str, time: str) -> Problem | None:
    """Return that events, person-time and rate do not fit one another."""
    low, high = _expected(row, rate, time)
    counted = Fraction(getattr(row.record, events))
    if low <= counted <= high:
        return None
    own = float(counted * Fraction(row.cell(PER)) / Fraction(row.cell(time)))
    wrong = f"{float(counted):.12g} events in {row.cell(time)} are {own:.4g} per {row.cell(PER)}"
    return row.problem(rate, wrong, f"correct it, {events} or {time}")
