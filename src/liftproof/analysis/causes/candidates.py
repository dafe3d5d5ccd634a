"""What a search for a cause finds: departures that give the print, and how many were tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from liftproof.reviews.model.printed_number import Printed, rounds_to
from liftproof.statistics.result import Result

MOST_BY_CHANCE = 1.0
"""A single departure of method or presentation is not named where more hits are expected."""
MOST_OF_SLIPS = 0.25
"""The same of slips of the pen and of pairs, of which there are many for any print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One departure or pair that was tried.

    ``ids`` and ``words``: one a departure. ``axes``: the choices that they change. ``kind``:
    ``method``, ``presentation``, ``inputs`` (rounded before they were pooled), ``slip`` or
    ``method_and_slip``: the least plausible of its parts. ``value``: what it gives. ``agrees``: how
    many other numbers printed of the result it gives as well. ``plausibility``: its weight before
    any number is known, see ``vocabulary.plausibility``; what leads to many numbers shares it.
    """

    ids: tuple[str, ...]
    words: tuple[str, ...]
    kind: str
    value: float
    axes: tuple[str, ...] = ()
    agrees: int = 0
    plausibility: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate(Result):
    """A departure or a pair that gives the print: see :class:`Attempt`.

    ``rank``: from 1, the likeliest; those of one rank explain the prints equally well and are
    about as plausible.
    """

    cause: str
    words: str
    kind: str
    departures: int
    gives: float
    agrees: int
    rank: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Causes(Result):
    """What could have made one printed number.

    ``printed``: its text. ``computed``: what the specification gives. ``verdict``: ``rounds`` where
    that rounds to the print, ``named`` where a cause is, ``this_number_alone`` where departures
    give the print but fewer than half of the others, ``by_chance`` where they give it no oftener
    than chance would, ``none`` where none does. ``departures``: 1 or 2, how
    many the likeliest candidate takes; 0 where nothing had to be found. ``chance``: how many
    candidates would be expected if the print had nothing to do with any of them: as plausible as
    the one named, or of all tried where none is. ``others``: how many other numbers of the result
    are printed. ``tried``: departures and pairs that give a number.
    ``candidates``: the likeliest first.
    """

    quantity: str
    printed: str
    computed: float
    verdict: str
    departures: int
    chance: float
    others: int
    tried: int
    candidates: tuple[Candidate, ...]

    @property
    def cause(self) -> str:
        """The likeliest departure or pair; empty where none is named."""
        return self.candidates[0].cause if self.verdict == "named" else ""

    @property
    def equals(self) -> tuple[Candidate, ...]:
        """Further candidates that explain the prints as well as the likeliest."""
        return tuple(one for one in self.candidates[1:] if one.rank == 1)


def steps(value: float, computed: float, unit: float) -> int:
    """Return how many units of the last digit lie between two rounded numbers.

    >>> steps(0.083, 0.0837, 0.001), steps(55.54, 51.5454, 0.01)
    (1, 399)
    """
    return abs(floor(value / unit + 0.5) - floor(computed / unit + 0.5))


def expected_by_chance(
    attempts: Sequence[Attempt], computed: float, number: Printed, apart: int = 1
) -> float:
    """Return how many attempts would give the print if it had nothing to do with any of them.

    Of all numbers with as many digits that are as near to the computed one as the print, or nearer,
    each is as likely: the attempts that land among these 2s numbers, over 2s. For a print "<0.001"
    it is the share of attempts that keep the bound. ``apart``: of attempts that give other prints
    of the result as well, the most steps that one of these lies from its computed number; where it
    is more than s it stands in the divisor, as luck with all prints is no likelier than with one.

    >>> near = [Attempt(ids=("a",), words=("",), kind="slip", value=x) for x in (0.81, 0.83, 0.9)]
    >>> expected_by_chance(near, 0.82, Printed(value=0.84, unit=0.01, bound=""))
    0.5
    """
    if number.bound:
        keep = sum(rounds_to(attempt.value, number) for attempt in attempts)
        return keep / len(attempts) if attempts else 0.0
    span = max(1, steps(number.value, computed, number.unit))
    inside = sum(1 <= steps(one.value, computed, number.unit) <= span for one in attempts)
    return inside / (2 * max(span, apart))
