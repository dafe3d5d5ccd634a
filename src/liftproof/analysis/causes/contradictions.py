"""Printed numbers that contradict other printed numbers: no data are needed to see it."""

from collections.abc import Iterator, Mapping, Sequence

from liftproof.analysis.causes.candidates import (
    MOST_OF_SLIPS,
    Attempt,
    Candidate,
    Causes,
    steps,
)
from liftproof.analysis.causes.implied import Span, implied
from liftproof.analysis.causes.presentations import SLIP_WORDS, slips
from liftproof.analysis.causes.question import PrintQuestion, decimals_of, read_print
from liftproof.reviews.model.printed_number import Printed
from liftproof.vocabulary.quantities import ON_EFFECT


def contradiction(
    question: PrintQuestion, *, is_log: bool, twins: Sequence[str] = ()
) -> Causes | None:
    """Return the slip that would bring a print in line with others, or None where there is none.

    The others are the estimate and limits of its own result, which must be symmetric, or ``twins``:
    further prints of the same number. A slip is named only where chance does not explain it.

    >>> effect = {"estimate": "-0.24", "ci_low": "-1.04"}
    >>> found = contradiction(
    ...     PrintQuestion(quantity="ci_high", printed="-0.55", others=effect), is_log=False
    ... )
    >>> found.cause, round(found.computed, 2), round(found.chance, 2)
    ('sign', 0.56, 0.02)
    """
    if question.number.bound:
        return None
    spans = [_of_twin(read_print(text)) for text in twins]
    own = implied(question.quantity, question.others, is_log=is_log, level=question.level)
    if question.quantity in ON_EFFECT and own is not None:
        spans.append(own)
    for span in spans:
        if not span.allows(question.number):
            found = _mended(question, span)
            if found is not None:
                return found
    return None


def _of_twin(number: Printed) -> Span:
    """Return the span of a second print of the same number."""
    half = number.unit / 2
    return Span(low=number.value - half, high=number.value + half, centre=number.value)


def _mended(question: PrintQuestion, span: Span) -> Causes | None:
    """Return the likeliest slip after which the print lies in the span, unless by chance."""
    number = question.number
    tried: list[Attempt] = []
    for slip, attempts in _by_slip(number).items():
        tried += attempts
        hits = [one for one in attempts if span.allows(_like(number, one.value))]
        chance = _expected(tried, span, number)
        if hits and chance < MOST_OF_SLIPS:
            return _causes(question, span, slip, hits, chance, len(tried))
    return None


def _by_slip(number: Printed) -> Mapping[str, list[Attempt]]:
    """Return by slip, the likelier first, what could have been meant."""
    found: dict[str, list[Attempt]] = {}
    for slip, text in slips(number.value, decimals_of(number)):
        meant = Attempt(ids=(slip,), words=(SLIP_WORDS[slip],), kind="slip", value=float(text))
        found.setdefault(slip, []).append(meant)
    return found


def _like(number: Printed, value: float) -> Printed:
    return Printed(value=value, unit=number.unit, bound="")


def _expected(tried: Sequence[Attempt], span: Span, number: Printed) -> float:
    """Return how many slips would lead into the span if the print had nothing to do with it.

    As ``candidates.expected_by_chance``, times how many numbers the span holds.
    """
    far = max(1, steps(number.value, span.centre, number.unit))
    inside = sum(steps(one.value, span.centre, number.unit) <= far for one in tried)
    return inside * (1 + (span.high - span.low) / number.unit) / (2 * far)


def _causes(
    question: PrintQuestion,
    span: Span,
    slip: str,
    hits: Sequence[Attempt],
    chance: float,
    tried: int,
) -> Causes:
    return Causes(
        quantity=question.quantity,
        printed=question.printed,
        computed=span.centre,
        verdict="named",
        departures=1,
        chance=chance,
        others=len(question.others),
        tried=tried,
        candidates=tuple(_candidates(slip, hits)),
    )


def _candidates(slip: str, hits: Sequence[Attempt]) -> Iterator[Candidate]:
    for hit in hits:
        yield Candidate(
            cause=slip,
            words=SLIP_WORDS[slip],
            kind="slip",
            departures=1,
            gives=hit.value,
            agrees=0,
        )
