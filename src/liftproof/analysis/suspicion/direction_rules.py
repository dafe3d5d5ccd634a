"""Numbers of one result that point in two directions, and effects against the words quoted."""

import re
from collections.abc import Iterator, Mapping
from math import exp, log

from liftproof.analysis.suspicion.places import Suspicion, at_result
from liftproof.reviews.model.choice import group_of
from liftproof.reviews.model.effect_sources import complete_groups
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.provenance import speaks_of
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.sources import OF_ESTIMATES

NOTABLE = log(1.1)
"""A ratio nearer to 1 has no direction to speak of."""
LOWER = re.compile(r"\b(reduc\w*|fewer|lower\w*|decreas\w*|less)\b", re.IGNORECASE)
HIGHER = re.compile(r"\b(increas\w*|higher|more|greater)\b", re.IGNORECASE)
UNSURE = re.compile(
    r"\b(no|not|without|neither|similar|nor)\b|\bin (the )?(control|comparison|usual)",
    re.IGNORECASE,
)
"""Words by which a quotation denies a direction, or gives that of the other arm."""


def direction_findings(review: Review) -> Iterator[Problem]:
    """Yield results whose numbers, or whose words, contradict each other."""
    yield from _apart(review)
    yield from _against_text(review)


def _apart(review: Review) -> Iterator[Problem]:
    """Yield estimates that the counts of the same result contradict, in whichever of its rows."""
    ratios = [row for row in review.outcomes if _is_ratio(row)]
    wanted = set(map(group_of, ratios))
    counted: dict[tuple[str, ...], list[Outcome]] = {}
    for row in review.outcomes if wanted else ():
        if group_of(row) in wanted and set(BELOW).intersection(complete_groups(row)):
            counted.setdefault(group_of(row), []).append(row)
    for row in ratios:
        others = counted.get(group_of(row), ())
        found = next((each for other in others for each in _contradiction(row, other)), None)
        if found:
            yield at_result(review, row, found)


def crude_ratio(row: Outcome, measure: str) -> float | None:
    """Return the logarithm of the ratio that the events of a row give for a measure, or None.

    Of risks for RR, HR and IRR, of odds for OR, of rates where it has times instead (HR and IRR:
    also).

    >>> row = Outcome(study="a", outcome="o", events_intervention=14, n_intervention=20,
    ...               events_control=18, n_control=20)
    >>> [round(exp(crude_ratio(row, measure)), 3) for measure in ("RR", "OR")]
    [0.778, 0.259]
    """
    source = _source(row, measure)
    if not source or not row.events_intervention or not row.events_control:
        return None
    events = row.events_intervention, row.events_control
    below = [getattr(row, f"{BELOW[source]}_{arm}") for arm in ("intervention", "control")]
    if measure == "OR":
        below = [n - with_event for n, with_event in zip(below, events, strict=True)]
    return log(events[0] / below[0]) - log(events[1] / below[1]) if min(below) > 0 else None


BELOW = {"rates": "person_time", "counts": "n"}
"""By source, what events are divided by."""
CRUDE: Mapping[str, tuple[str, ...]] = {
    "RR": ("counts", "rates"),
    "OR": ("counts",),
    "IRR": ("rates", "counts"),
    "HR": ("rates", "counts"),
}
"""By measure of events, the sources that give a crude ratio to hold it against, the nearest first.
"""
HIGHEST_RISK = 0.2
"""Beyond it a ratio of risks is no measure of the size of a ratio of hazards or rates: of a risk of
0.2 the cumulative hazard, -ln(1 - 0.2), is 12 % more, of 0.5 39 % more."""


def _source(row: Outcome, measure: str) -> str:
    groups = complete_groups(row)
    return next((source for source in CRUDE.get(measure, ()) if source in groups), "")


def _tells_size(row: Outcome, measure: str) -> bool:
    """Say whether the crude ratio of a row is about as large as the measure of the same people."""
    if measure not in ("HR", "IRR") or _source(row, measure) == "rates":
        return True
    arms = (row.events_intervention, row.n_intervention), (row.events_control, row.n_control)
    return all(events <= HIGHEST_RISK * n for events, n in arms if events and n)


def _is_ratio(row: Outcome) -> bool:
    is_reported = set(OF_ESTIMATES).intersection(complete_groups(row)) or row.estimate is not None
    return bool(is_reported and (row.estimate or 0) > 0 and MEASURES[row.measure or "GEN"].is_log)


def _contradiction(row: Outcome, other: Outcome) -> Iterator[Suspicion]:
    measure = row.measure or "GEN"
    y, crude = log(row.estimate or 1), crude_ratio(other, measure)
    if crude is None:
        return
    what = "odds" if measure == "OR" else "events"
    where = "" if other is row else f" of line {other.line}"
    numbers = f"{row.estimate:g}{_limits(row)}; {exp(crude):.3g}"
    if min(abs(y), abs(crude)) >= NOTABLE and y * crude < 0:
        yield Suspicion(
            rule="opposite_direction",
            column="estimate",
            wrong=f"the estimate and the ratio of the {what}{where} lie on opposite sides of 1",
            numbers=numbers,
            remedy="look which arm comes first in the paper: the ratio may be control over "
            "intervention",
        )
    elif _tells_size(other, measure) and _is_outside(row, crude):
        yield Suspicion(
            rule="crude_outside",
            column="estimate",
            wrong=f"the ratio of the {what}{where} lies outside the limits of the estimate",
            numbers=numbers,
            remedy="look whether both are of one outcome and of the same people; adjustment rarely "
            "goes so far",
        )


def _is_outside(row: Outcome, crude: float) -> bool:
    return bool(row.ci_low and row.ci_high and not log(row.ci_low) <= crude <= log(row.ci_high))


def _limits(row: Outcome) -> str:
    if row.ci_low is None or row.ci_high is None:
        return ""
    return f" ({row.ci_low:g} to {row.ci_high:g})"


def _against_text(review: Review) -> Iterator[Problem]:
    """Yield effects whose quoted words name the other direction."""
    quotes = [row for row in review.provenance if row.quote and row.field in EFFECTS]
    for source in quotes:
        side = direction_of_words(source.quote)
        fitting = (row for row in review.outcomes if side and speaks_of(source, row))
        row = next((row for row in fitting if side * _side(row) < 0), None)
        if row:
            said = "lower" if side < 0 else "higher"
            found = Suspicion(
                rule="against_text",
                column=source.field,
                wrong=f"the words quoted for it say {said}, the number says the opposite",
                numbers=f"{source.value}: {source.quote}",
                remedy="look which arm comes first in the paper, and at the sign",
            )
            yield at_result(review, row, found)


EFFECTS = ("estimate", "y")


def direction_of_words(quote: str) -> int:
    """Return -1 for words that say lower, 1 for higher, 0 where they say neither, or both.

    >>> [direction_of_words(text) for text in ("28% fewer injuries", "no fewer", "risk rose")]
    [-1, 0, 0]
    """
    if UNSURE.search(quote):
        return 0
    return bool(HIGHER.search(quote)) - bool(LOWER.search(quote))


def _side(row: Outcome) -> int:
    """Return on which side of no effect a row's own estimate lies."""
    if row.y is not None:
        return (row.y > 0) - (row.y < 0)
    none = MEASURES[row.measure or "GEN"].no_effect
    return 0 if row.estimate is None else (row.estimate > none) - (row.estimate < none)
