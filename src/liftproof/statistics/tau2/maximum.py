"""The τ² at which a likelihood is largest: the global maximum, by exclusion of intervals.

Each term of the score and of its slope falls as τ² rises. Its values at the ends of an interval
therefore bound it inside, and so bound the score and its slope: most intervals are proven free of
a maximum, in the others the score is proven to fall, so that they hold one at most. What is
neither is divided further.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import ConvergenceError
from liftproof.statistics.batches import Trials
from liftproof.statistics.checks import Array
from liftproof.statistics.tau2.likelihood import ROUNDING, Likelihood, Terms
from liftproof.statistics.tau2.moments import unweighted

FIRST_INTERVALS, FURTHER_INTERVALS = 8, 4
"""Into how many parts the whole range, and then an undecided part, is divided."""

NARROW = 1e-5
"""Relative width below which an undecided interval is no longer divided: the log-likelihood
inside exceeds that at its ends by less than 1.5 k times its square."""

TOLERANCE = 1e-14
"""Relative to τ² plus the smallest variance."""

MAX_STEPS = 200
"""Each step halves the bracket or the step before it: 60 exhaust double precision."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Intervals:
    """Intervals of τ² + the smallest variance: ``low`` to ``high`` in the data set ``sets``."""

    sets: NDArray[np.intp]
    low: Array
    high: Array


def highest_maximum(trials: Trials, likelihood: Likelihood) -> Array:
    """Return the τ² >= 0 at which the likelihood is largest, among all its maxima; shape (n,).

    The zero of the score is found to 1e-14 of τ² plus the smallest variance, or to where the score
    is below 1e-15 of its first term, which is its rounding. A second maximum can only be missed if
    it rises above its surroundings by less than 2e-10 k in log-likelihood. Raises
    ConvergenceError where the bound is not reached.
    """
    sets, tau2 = local_maxima(trials, likelihood)
    order = np.lexsort((-tau2, likelihood.log(trials.take(sets), tau2)))
    best = np.full_like(trials.origin, np.nan)
    best[sets[order]] = tau2[order]  # of several, the last and so the likeliest stays
    if np.isnan(best).any():
        raise ConvergenceError(f"No maximum of the {likelihood.name} likelihood was found.")
    return best


def local_maxima(trials: Trials, likelihood: Likelihood) -> tuple[NDArray[np.intp], Array]:
    """Return every maximum for τ² >= 0: of which data set, and where."""
    zero = np.zeros_like(trials.origin)
    inside = _maxima(trials, likelihood)
    at_zero = np.flatnonzero(~likelihood.terms(trials, zero).is_rising)
    roots = _root_of_score(trials.take(inside.sets), inside, likelihood)
    return np.concatenate((at_zero, inside.sets)), np.concatenate((zero[at_zero], roots))


def upper_bound(trials: Trials, likelihood: Likelihood) -> Array:
    """Return a τ² above which the score is negative, 0 or more; shape (n,).

    tr A >= m/(vmax + τ²) and y'P²y <= S/(vmin + τ²)², S the unweighted sum of squared residuals:
    the score is negative once (vmin + τ²)² m > S (vmax + τ²).
    """
    spread = unweighted(trials).q / np.maximum(1, likelihood.observations(trials))
    largest = np.where(np.isfinite(trials.v), trials.v, 0.0).max(axis=0)
    root = (spread + np.sqrt(spread * (spread + 4 * (largest - trials.v[0])))) / 2
    return np.asarray(np.maximum(0.0, root - trials.v[0]))


def _maxima(trials: Trials, likelihood: Likelihood) -> Intervals:
    """Return the intervals that hold a maximum inside: the score is positive, then not."""
    smallest, bound = trials.v[0], upper_bound(trials, likelihood)
    highest = (smallest + bound) * (1 + NARROW)  # equal variances have their root at the bound
    sets = np.flatnonzero(bound > 0)
    undecided = Intervals(sets=sets, low=smallest[sets], high=highest[sets])
    found, parts = [], FIRST_INTERVALS
    while undecided.sets.size:
        edges = _divide(undecided, parts)
        spread = trials.take(undecided.sets).spread()
        at_edges = likelihood.terms(spread, edges - smallest[undecided.sets])
        holds, open_still = _judge(edges, at_edges[:-1], at_edges[1:])
        found.append(_select(holds, undecided.sets, edges))
        undecided = _select(open_still, undecided.sets, edges)
        parts = FURTHER_INTERVALS
    return _joined([*found, undecided])


def _divide(whole: Intervals, parts: int) -> Array:
    """Return the edges of ``parts`` parts of equal ratio, shape (parts + 1, n)."""
    exponents = np.arange(parts + 1)[:, None] / parts
    edges: Array = whole.low * (whole.high / whole.low) ** exponents
    edges[-1] = whole.high  # neighbours share their edge to the last bit
    return edges


def _judge(edges: Array, low: Terms, high: Terms) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which intervals hold a maximum, and which are to be divided further."""
    rises = high.quadratic - low.trace > low.rounding
    falls = high.trace - low.quadratic > low.rounding
    concave = low.trace_of_square < 2 * high.cubic
    convex = high.trace_of_square > 2 * low.cubic
    narrow = edges[1:] <= edges[:-1] * (1 + NARROW)
    settled = concave | convex | narrow
    holds = settled & ~low.is_falling & ~high.is_rising
    return holds, ~(rises | falls | settled)


def _select(chosen: NDArray[np.bool_], sets: NDArray[np.intp], edges: Array) -> Intervals:
    """Return the chosen intervals between consecutive edges."""
    part, column = np.nonzero(chosen)
    return Intervals(sets=sets[column], low=edges[part, column], high=edges[part + 1, column])


def _joined(intervals: list[Intervals]) -> Intervals:
    """Return all intervals as one."""
    return Intervals(
        sets=np.concatenate([each.sets for each in intervals]),
        low=np.concatenate([each.low for each in intervals]),
        high=np.concatenate([each.high for each in intervals]),
    )


def _root_of_score(trials: Trials, bracket: Intervals, likelihood: Likelihood) -> Array:
    """Return the τ² at which the score is 0, one a bracket, by Newton's steps kept inside it.

    A step that leaves the bracket, or is more than half the one before, is replaced by bisection.
    """
    smallest = trials.v[0]
    low, high = bracket.low - smallest, bracket.high - smallest
    tau2: Array = (low + high) / 2
    last = high - low
    active = np.arange(tau2.size)
    for _ in range(MAX_STEPS):
        part, t = trials.take(active), tau2[active]
        at = likelihood.terms(part, t)
        low[active] = np.where(at.score > 0, t, low[active])
        high[active] = np.where(at.score > 0, high[active], t)
        step = _step(at, t, low[active], high[active], last[active])
        tau2[active], last[active] = t + step, np.abs(step)
        reached = last[active] <= TOLERANCE * (part.v[0] + t)
        active = active[~(reached | (np.abs(at.score) <= ROUNDING * at.trace))]
        if not active.size:
            return tau2
    raise ConvergenceError(
        f"The search for τ² by {likelihood.name} did not end within {MAX_STEPS} steps."
    )


def _step(at: Terms, tau2: Array, low: Array, high: Array, last: Array) -> Array:
    """Return Newton's step where it is safe, else the step to the middle of the bracket."""
    newton = np.divide(at.score, -at.slope, out=np.full_like(tau2, np.inf), where=at.slope < 0)
    inside = (tau2 + newton >= low) & (tau2 + newton <= high)
    safe = inside & (np.abs(newton) <= last / 2)
    step: Array = np.where(safe, newton, (low + high) / 2 - tau2)
    return step
