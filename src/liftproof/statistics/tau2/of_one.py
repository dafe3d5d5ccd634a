"""Every maximum of the likelihood of one data set: the search of ``brackets``, in numbers.

An operation on an array of one number takes some thirty times that on a number, and there are more
of them than sums over trials. The range is cut at the same places, and the same functions prove the
same of the intervals: the maxima are those of the search in arrays, to their rounding.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt

from liftproof.errors import ConvergenceError
from liftproof.statistics.batches import Trials
from liftproof.statistics.projection import without_spread
from liftproof.statistics.tau2.brackets import NARROW, decided_at, upper_bound
from liftproof.statistics.tau2.concave import Concave, has_no_maximum, has_one_maximum_at_most
from liftproof.statistics.tau2.likelihood import LEAST, ROUNDING, Likelihood, concave_functions
from liftproof.statistics.tau2.quadratic_parts import positive_ratio
from liftproof.statistics.tau2.search_ends import MAX_STEPS, TOLERANCE, no_end
from liftproof.statistics.tau2.terms_of_one import unweighted_squares


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Bracket:
    """An interval that holds one maximum, and where to start its search."""

    low: float
    high: float
    start: float


@dataclass(frozen=True, slots=True, eq=False)
class _Point:
    """A τ² and the concave functions there."""

    tau2: float
    at: Concave


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """The concave functions of one data set at any τ²; ``smallest``: its smallest variance."""

    at: Callable[[float], Concave]
    smallest: float

    def point(self, tau2: float) -> _Point:
        """Return the functions at τ²."""
        return _Point(tau2, self.at(tau2))

    def middle(self, low: float, high: float) -> float:
        """Return the τ² that halves an interval of log(v + τ²), v the smallest variance."""
        return sqrt((self.smallest + low) * (self.smallest + high)) - self.smallest


def maxima_of_one(trials: Trials, likelihood: Likelihood) -> list[float]:
    """Return every τ² >= 0 at which the likelihood has a maximum; ``trials``: in vectors.

    Raises ConvergenceError.
    """
    fit = without_spread(trials)
    terms = likelihood.terms(fit).as_numbers()
    at_zero = concave_functions(terms, len(trials.y))
    curve = _Curve(lambda tau2: likelihood.concave_of_one(trials, tau2), float(trials.v[0]))
    rises = bool(at_zero.is_rising)
    moment = positive_ratio(fit.q - likelihood.observations(trials), terms.trace)
    squares = unweighted_squares(trials)
    bound = float(upper_bound(trials, likelihood, squares))
    least_slope = (1 - at_zero.rounding) / sqrt(max(squares, LEAST))
    expected = float(moment) if rises else 0.0
    brackets = _brackets(curve, at_zero, bound, least_slope, expected) if bound > 0 else ()
    found = [] if rises else [0.0]
    for bracket in brackets:
        root = _root(curve, bracket)
        if root is None:
            raise ConvergenceError(no_end(trials, likelihood, MAX_STEPS))
        found.append(root)
    return found


def _brackets(
    curve: _Curve, at_zero: Concave, bound: float, least_slope: float, expected: float
) -> Iterator[_Bracket]:
    """Yield every interval in which the likelihood rises, then falls; see ``brackets.brackets``."""
    end = bound + NARROW * (curve.smallest + bound)
    low = _Point(0.0, at_zero)
    while low.at.g_slope >= least_slope and low.tau2 < end:
        cut = expected
        if cut <= low.tau2:
            cut = float(decided_at(low.at, low.tau2, curve.smallest, least_slope))
        high = curve.point(min(cut, end))
        yield from _between(curve, low, high)
        low = high
    if not low.at.is_falling:
        start = min(max(low.tau2, low.tau2 + float(low.at.newton())), end)
        yield _Bracket(low=low.tau2, high=end, start=start)


def _between(curve: _Curve, low: _Point, high: _Point) -> Iterator[_Bracket]:
    """Yield the intervals between two points, or parts of them, that hold a maximum."""
    intervals = [(low, high)]
    while intervals:
        undecided = []
        for a, b in intervals:
            if not _is_settled(curve, a, b):
                undecided.append((a, b))
            elif not a.at.is_falling and not b.at.is_rising:
                yield _with_ends(a, b)
        cuts = [curve.point(curve.middle(a.tau2, b.tau2)) for a, b in undecided]
        intervals = [
            *((a, cut) for (a, _), cut in zip(undecided, cuts, strict=True)),
            *((cut, b) for (_, b), cut in zip(undecided, cuts, strict=True)),
        ]


def _is_settled(curve: _Curve, low: _Point, high: _Point) -> bool:
    """Return whether an interval holds one maximum at most, or is too narrow to divide."""
    width = high.tau2 - low.tau2
    return bool(
        has_one_maximum_at_most(low.at, high.at)
        or width <= NARROW * (curve.smallest + low.tau2)
        or has_no_maximum(low.at, high.at, width)
    )


def _with_ends(low: _Point, high: _Point) -> _Bracket:
    """Return an interval that holds a maximum; its search starts with the shorter step."""
    up, down = float(low.at.newton()), float(high.at.newton())
    start = low.tau2 + up if abs(up) <= abs(down) else high.tau2 + down
    if not low.tau2 <= start <= high.tau2:
        start = (low.tau2 + high.tau2) / 2
    return _Bracket(low=low.tau2, high=high.tau2, start=start)


def _root(curve: _Curve, bracket: _Bracket) -> float | None:
    """Return the τ² at which the score is 0, by Newton's steps kept in the bracket, or None.

    A step that leaves the bracket, or is more than half the one before, is replaced by bisection of
    log(v + τ²), v the smallest variance.
    """
    low, high, tau2, last = bracket.low, bracket.high, bracket.start, bracket.high - bracket.low
    for _ in range(MAX_STEPS):
        at, total = curve.at(tau2), curve.smallest + tau2
        low, high = (tau2, high) if at.f < at.g else (low, tau2)
        step = float(at.newton())
        if low <= tau2 + step <= high and abs(step) <= last / 2:
            error = min(abs(step), float(at.error_after(step, total)))
        else:
            step = min(max(curve.middle(low, high), low), high) - tau2
            error = abs(step)
        if error <= TOLERANCE * total or abs(at.f - at.g) <= ROUNDING * at.g:
            return tau2 + step
        tau2, last = tau2 + step, abs(step)
    return None
