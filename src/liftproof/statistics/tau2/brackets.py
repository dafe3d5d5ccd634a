"""Intervals of τ² that hold one maximum of a likelihood each, and all of them together.

The range of τ² is cut into intervals, of which the outermost has no end. Two concave functions
(see ``concave``) prove most of them free of a maximum and the others to hold one at most. What is
neither is divided further.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.batches import Trials
from liftproof.statistics.checks import Array
from liftproof.statistics.division import Numbers, larger, smaller, square_root
from liftproof.statistics.tau2.concave import (
    FAR,
    Concave,
    Flags,
    has_no_maximum,
    has_one_maximum_at_most,
)
from liftproof.statistics.tau2.likelihood import LEAST, Likelihood
from liftproof.statistics.tau2.quadratic_parts import unweighted

NARROW = 1e-5
"""Relative width below which an undecided interval is no longer divided: the log-likelihood
inside exceeds that at its ends by less than 1.5 k times its square."""

FARTHER, LEAST_EXCESS = 1.25, 0.1
"""How much farther to go than to where the outermost interval is expected to be decided."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Brackets:
    """Intervals ``low`` to ``high`` that hold one maximum each, and where to ``start`` its search.

    ``sets``: the data sets they belong to. All have shape (m,).
    """

    sets: NDArray[np.intp]
    low: Array
    high: Array
    start: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Points:
    """One τ² in each of the data sets ``sets``, and the concave functions there."""

    sets: NDArray[np.intp]
    tau2: Array
    at: Concave

    def take(self, places: NDArray[np.intp]) -> "_Points":
        """Return the points at these positions, which rise."""
        if places.size == self.sets.size:  # all of them
            return self
        return _Points(
            sets=self.sets.take(places), tau2=self.tau2.take(places), at=self.at.take(places)
        )

    def followed_by(self, other: "_Points") -> "_Points":
        """Return the points of both."""
        return _Points(
            sets=np.concatenate((self.sets, other.sets)),
            tau2=np.concatenate((self.tau2, other.tau2)),
            at=self.at.followed_by(other.at),
        )


def brackets(trials: Trials, likelihood: Likelihood, at_zero: Concave, expected: Array) -> Brackets:
    """Return every interval in which the likelihood rises, then falls.

    ``at_zero``: the concave functions at τ² = 0; ``expected``, shape (n,): a τ² at which the first
    interval is to end, where it is positive.
    """
    squares = unweighted(trials).q
    bound = upper_bound(trials, likelihood, squares)
    end = bound + NARROW * (trials.v[0] + bound)  # equal variances have their root at the bound
    least_slope = (1 - at_zero.rounding) / np.sqrt(np.maximum(squares, LEAST))
    sets = np.flatnonzero(bound > 0)
    outermost = _Points(sets=sets, tau2=np.zeros(sets.size), at=at_zero.take(sets))
    found: list[Brackets] = []
    while outermost.sets.size:
        beyond, slope = end[outermost.sets], least_slope[outermost.sets]
        decided = (outermost.at.g_slope < slope) | (outermost.tau2 >= beyond)  # f' >= 1/√S
        found += _without_end(outermost, beyond, decided)
        rest = (~decided).nonzero()[0]
        if not rest.size:
            break
        inner = outermost.take(rest)
        cut = _farther(inner, trials.v[0][inner.sets], slope[rest], expected)
        cut = np.minimum(cut, beyond[rest])
        outermost = _points(trials, likelihood, inner.sets, cut)
        found += _between(trials, likelihood, inner, outermost)
    return _joined(found)


def upper_bound(trials: Trials, likelihood: Likelihood, squares: Numbers) -> Array:
    """Return a τ² above which the score is negative, 0 or more; shape (n,).

    tr A >= m/(vmax + τ²) and y'P²y <= S/(vmin + τ²)², ``squares`` S the unweighted sum of squared
    residuals: the score is negative once (vmin + τ²)² m > S (vmax + τ²).
    """
    spread = squares / larger(likelihood.observations(trials), 1.0)
    largest = trials.sampling_variances.max(axis=0)
    root = (spread + square_root(spread * (spread + 4 * (largest - trials.v[0])))) / 2
    bound: Array = larger(root - trials.v[0], 0.0)
    return bound


def _points(trials: Trials, likelihood: Likelihood, sets: NDArray[np.intp], tau2: Array) -> _Points:
    """Return these τ² with the concave functions there."""
    return _Points(sets=sets, tau2=tau2, at=likelihood.concave(trials.take(sets), tau2))


def _without_end(outermost: _Points, bound: Array, decided: Flags) -> list[Brackets]:
    """Return the outermost intervals, where decided, that hold a maximum."""
    holds = (decided & ~outermost.at.is_falling).nonzero()[0]
    if not holds.size:
        return []
    low, high = outermost.take(holds), bound[holds]
    start = np.minimum(np.maximum(low.tau2, low.tau2 + low.at.newton()), high)
    return [Brackets(sets=low.sets, low=low.tau2, high=high, start=start)]


def _farther(outermost: _Points, smallest: Array, least_slope: Array, expected: Array) -> Array:
    """Return where to cut the outermost interval: as ``expected``, or where it may be decided.

    It is decided where the slope of g is below 1/√S, the slope of f far out. Were all variances
    equal to v = g/(2 slope of g) - τ², the square of the slope of g would fall as 1/(v + τ²).
    """
    at, tau2, guess = outermost.at, outermost.tau2, expected[outermost.sets]
    if (guess > tau2).all():
        return guess
    return np.where(guess > tau2, guess, decided_at(at, tau2, smallest, least_slope))


def decided_at(at: Concave, tau2: Numbers, smallest: Numbers, least_slope: Numbers) -> Array:
    """Return where the outermost interval, which begins at ``tau2``, may be decided."""
    steeper = smaller(at.g_slope / least_slope, FAR)
    excess = larger(steeper * steeper - 1, LEAST_EXCESS)
    total = larger(at.g / (2 * at.g_slope), smallest + tau2)
    cut: Array = tau2 + FARTHER * excess * total
    return cut


def _between(trials: Trials, likelihood: Likelihood, low: _Points, high: _Points) -> list[Brackets]:
    """Return the intervals between two points, or parts of them, that hold a maximum."""
    found = []
    while low.sets.size:
        smallest, width = trials.v[0][low.sets], high.tau2 - low.tau2
        settled = has_one_maximum_at_most(low.at, high.at)
        settled |= width <= NARROW * (smallest + low.tau2)
        if not settled.all():
            settled |= has_no_maximum(low.at, high.at, width)
        holds = (settled & ~low.at.is_falling & ~high.at.is_rising).nonzero()[0]
        if holds.size:
            found.append(_with_ends(low.take(holds), high.take(holds)))
        rest = (~settled).nonzero()[0]
        if not rest.size:
            break
        low, high, smallest = low.take(rest), high.take(rest), smallest[rest]
        middle = np.sqrt((smallest + low.tau2) * (smallest + high.tau2)) - smallest
        cut = _points(trials, likelihood, low.sets, middle)
        low, high = low.followed_by(cut), cut.followed_by(high)
    return found


def _with_ends(low: _Points, high: _Points) -> Brackets:
    """Return intervals that hold a maximum; its search starts with the shorter step from an end."""
    up, down = low.at.newton(), high.at.newton()
    start = np.where(np.abs(up) <= np.abs(down), low.tau2 + up, high.tau2 + down)
    is_inside = (start >= low.tau2) & (start <= high.tau2)
    middle = (low.tau2 + high.tau2) / 2
    return Brackets(
        sets=low.sets, low=low.tau2, high=high.tau2, start=np.where(is_inside, start, middle)
    )


def _joined(found: list[Brackets]) -> Brackets:
    """Return all brackets as one; a list of none has an empty one before it."""
    if len(found) == 1:
        return found[0]
    none = Brackets(
        sets=np.empty(0, dtype=np.intp), low=np.empty(0), high=np.empty(0), start=np.empty(0)
    )
    every = [none, *found]
    return Brackets(
        sets=np.concatenate([each.sets for each in every]),
        low=np.concatenate([each.low for each in every]),
        high=np.concatenate([each.high for each in every]),
        start=np.concatenate([each.start for each in every]),
    )
