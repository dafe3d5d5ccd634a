"""Every attempt at a printed number: departures of method and presentation, slips of the pen."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isclose, prod

from liftproof.analysis.causes.candidates import Attempt
from liftproof.analysis.causes.departure import Departure, is_rare
from liftproof.analysis.causes.fits import Numbers
from liftproof.analysis.causes.pools import Pool
from liftproof.analysis.causes.presentations import (
    PRESENTATIONS,
    SLIP_WEIGHTS,
    SLIP_WORDS,
    Presentation,
    slips,
)
from liftproof.analysis.causes.question import PrintQuestion
from liftproof.reviews.model.printed_number import rounds_to

SLIP = "slip"
INPUTS = "inputs"
METHOD_AND_SLIP = "method_and_slip"
KINDS = ("method", "presentation", INPUTS, SLIP, METHOD_AND_SLIP)
"""The more plausible first."""
SLIPPED = (SLIP, METHOD_AND_SLIP)
OF_ONE_MORE = 0.1
"""By how much two departures at once are less plausible than either."""


def single_attempts(pool: Pool, base: Numbers, question: PrintQuestion) -> Iterator[Attempt]:
    """Yield what one departure gives."""
    for departures, numbers in pool.singles.items():
        yield from _as_is(departures, numbers, question)
    yield from _presented((), base, question)
    yield from _slipped((), (), base[question.quantity], base, question)


def double_attempts(pool: Pool, base: Numbers, question: PrintQuestion) -> Iterator[Attempt]:
    """Yield what two departures give; a departure that by itself changes nothing is no part.

    Slips of the pen are rare, and two rare things at once are not tried.
    """
    ours = base[question.quantity]
    effects = {
        departures: numbers[question.quantity]
        for departures, numbers in pool.singles.items()
        if question.quantity in numbers
    }
    for pair, numbers in pool.pairs.items():
        alone = [effects.get((one,), ours) for one in pair]
        if not _is_among(numbers.get(question.quantity, ours), [*alone, ours]):
            yield from _as_is(pair, numbers, question)
    for departures, numbers in pool.singles.items():
        value = effects.get(departures, ours)
        if not _is_among(value, [ours]):
            yield from _presented(departures, numbers, question)
            if not is_rare(departures):
                yield from _slipped(departures, (), value, numbers, question)
    for shown in PRESENTATIONS:
        for text in shown.give(base, question) if not is_rare((shown,)) else ():
            yield from _slipped((), (shown,), float(text), base, question)


def _is_among(value: float, others: Sequence[float]) -> bool:
    return any(isclose(value, other, rel_tol=1e-9, abs_tol=1e-12) for other in others)


def _as_is(
    departures: tuple[Departure, ...], numbers: Numbers, question: PrintQuestion
) -> Iterator[Attempt]:
    if question.quantity in numbers:
        agrees = _agreeing(numbers, (), question)
        yield _chosen(departures).attempt(numbers[question.quantity], agrees)


def _presented(
    departures: tuple[Departure, ...], numbers: Numbers, question: PrintQuestion
) -> Iterator[Attempt]:
    for shown in PRESENTATIONS:
        if departures and is_rare((*departures, shown)):
            continue
        if made := list(shown.give(numbers, question)):
            agrees = _agreeing(numbers, (shown,), question)
            chosen, share = _chosen(departures, (shown,)), 1 / len(made)
            yield from (chosen.attempt(float(text), agrees, share) for text in made)


def _slipped(
    departures: tuple[Departure, ...],
    shown: tuple[Presentation, ...],
    value: float,
    numbers: Numbers,
    question: PrintQuestion,
) -> Iterator[Attempt]:
    if question.number.bound:
        return
    agrees = _agreeing(numbers, shown, question)
    made = list(slips(value, question.decimals))
    texts = Counter(slip for slip, _ in made)
    chosen = {slip: _chosen(departures, shown, (slip,)) for slip in texts}
    for slip, text in made:
        weight = SLIP_WEIGHTS[slip] / texts[slip]
        yield chosen[slip].attempt(float(text), agrees, weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What attempts that take the same departures have in common: see :class:`Attempt`.

    ``less``: how much less plausible they are together, ``weight``: the product of their own.
    """

    ids: tuple[str, ...]
    words: tuple[str, ...]
    axes: tuple[str, ...]
    kind: str
    less: float
    weight: float

    def attempt(self, value: float, agrees: int, share: float = 1.0) -> Attempt:
        """Return an attempt; ``share``: of the plausibility, where one choice makes many texts."""
        return Attempt(
            ids=self.ids,
            words=self.words,
            axes=self.axes,
            kind=self.kind,
            value=value,
            agrees=agrees,
            plausibility=share * self.less * self.weight,
        )


def _chosen(
    departures: tuple[Departure, ...],
    shown: tuple[Presentation, ...] = (),
    slip: tuple[str, ...] = (),
) -> Chosen:
    either: Sequence[Departure | Presentation] = (*departures, *shown)
    ids = (*(one.id for one in either), *slip)
    axes = (*(one.axis for one in departures), *ids[len(departures) :])
    return Chosen(
        ids=ids,
        words=(*(one.words for one in either), *(SLIP_WORDS[name] for name in slip)),
        axes=axes,
        kind=_kind(axes, departures, shown, slip),
        less=OF_ONE_MORE ** (len(ids) - 1),
        weight=prod(one.plausibility for one in either),
    )


def _kind(
    axes: tuple[str, ...],
    departures: tuple[Departure, ...],
    shown: tuple[Presentation, ...],
    slip: tuple[str, ...],
) -> str:
    """Return the least plausible kind among the departures."""
    if slip:
        return METHOD_AND_SLIP if departures else SLIP
    if "rounding" in axes:
        return INPUTS
    return "presentation" if shown else "method"


def _agreeing(numbers: Numbers, shown: tuple[Presentation, ...], question: PrintQuestion) -> int:
    """Return how many of the other prints the same numbers give, presented so or as they are."""
    return sum(
        _agrees(numbers, shown, other) for other in question.beside if other.quantity in numbers
    )


def _agrees(numbers: Numbers, shown: tuple[Presentation, ...], other: PrintQuestion) -> bool:
    number = other.number
    return rounds_to(numbers[other.quantity], number) or any(
        rounds_to(float(made), number) for one in shown for made in one.give(numbers, other)
    )
