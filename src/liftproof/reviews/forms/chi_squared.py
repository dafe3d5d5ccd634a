"""The events of both arms from χ², the events of both together and the participants."""

from collections.abc import Iterator
from fractions import Fraction
from math import sqrt

from liftproof.reviews.forms.derived import (
    ARMS,
    CountRange,
    Derived,
    Row,
    named,
    printed_range,
    whole_numbers,
)
from liftproof.reviews.model.problems import Problem

SLACK = 1e-9
"""Relative room for square roots of doubles; whole numbers are far further apart."""
YATES = {"no": (0,), "yes": (1,), "": (0, 1)}
"""By chi2_correction, the halves that the statistic may have taken off."""


def events_of_chi2(row: Row) -> Iterator[Derived]:
    """Yield the events of both arms where χ² and the margins leave one table."""
    record = row.record
    margins = ("events_total", "n_intervention", "n_control")
    read = ("chi2_value", *margins, "events_intervention", "events_control", "higher_arm")
    is_given = record.events_intervention is not None or record.events_control is not None
    if not row.cell("chi2_value") or is_given or row.bad.intersection(read):
        return
    lacking = next((name for name in (*margins, "higher_arm") if not row.cell(name)), "")
    if lacking:
        wrong = f"χ² without {lacking} gives no events"
        problem = row.problem("chi2_value", wrong, f"fill in {lacking}, or the events of each arm")
        yield Derived(column="events_intervention", problem=None if record.awaits else problem)
        return
    first, second, cases = (
        int(float(row.cell(name))) for name in ("n_intervention", "n_control", "events_total")
    )
    if not 0 < cases < first + second or first < 1 or second < 1:
        wrong = "fewer participants than events, or no one without an event"
        yield Derived(
            column="events_intervention", problem=row.problem("events_total", wrong, "correct it")
        )
        return
    found = {
        correction: _fitting(row, first, second, cases, correction)
        for correction in YATES[record.chi2_correction]
    }
    counts = {count for fits in found.values() for count in fits[:2]}
    if len(counts) != 1 or any(len(fits) > 1 for fits in found.values()):
        yield Derived(column="events_intervention", problem=_undecided(row, found))
        return
    events = counts.pop()
    origins = ("chi2_value", "events_total", "n_intervention", "n_control")
    wrong = (
        f"{events} of {first} and {cases - events} of {second} with an event are taken: no other "
        f"table with these margins and no lower share in the {record.higher_arm} arm has χ² "
        f"{row.cell('chi2_value')}"
    )
    remedy = "fill in the events of each arm where a source has them"
    told = row.problem("chi2_value", wrong, remedy, rule="from_chi2")
    yield Derived(column="events_intervention", origins=origins, value=events, problem=told)
    yield Derived(column="events_control", origins=origins, value=cases - events)


def _fitting(row: Row, first: int, second: int, cases: int, correction: int) -> range:
    """Return the events of the intervention arm whose χ² prints like this.

    Of a by b, χ² = N(|ad - bc| - cN/2)²/(n₁n₂m(N - m)), and ad - bc = aN - n₁m. With Yates'
    correction χ² is 0 where |ad - bc| is N/2 or less.
    """
    total = first + second
    scale = first * second * cases * (total - cases) / total
    sign = 1 if row.record.higher_arm == ARMS[0] else -1
    least_value, most_value = printed_range(row.cell("chi2_value"))
    half = correction * total / 2
    low = sqrt(float(least_value) * scale) + half if least_value > 0 else 0.0
    high = sqrt(float(most_value) * scale) + half
    ends = sorted((first * cases + sign * size) / total for size in (low, high))
    room = SLACK * total
    fits: CountRange = whole_numbers(Fraction(ends[0] - room), Fraction(ends[1] + room))
    least, most = max(0, cases - second), min(first, cases)
    return range(max(fits.first, least), min(fits.last, most) + 1)


def _undecided(row: Row, found: dict[int, range]) -> Problem:
    """Return why no count follows: none fits, or several do."""
    words = {0: "without Yates' correction", 1: "with it"}
    told = ", ".join(
        f"{words[correction]} "
        + (named(CountRange(first=fits[0], last=fits[-1])) if fits else "no whole number")
        for correction, fits in found.items()
    )
    wrong = f"χ² does not say the events of the intervention arm: {told}"
    remedy = "fill in the events of each arm, or say chi2_correction yes or no"
    return row.problem("chi2_value", wrong, remedy)
