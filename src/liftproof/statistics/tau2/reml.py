"""τ² by restricted maximum likelihood: the global maximum, by exclusion of intervals.

With P = W - Ww'W/Σw, the restricted log-likelihood has the derivative (score)
(y'P²y - tr P)/2 and the second derivative (tr P² - 2 y'P³y)/2. Each of these four terms falls as
τ² rises. Its values at the ends of an interval therefore bound it inside, and so bound the score
and its slope: most intervals are proven free of a maximum, in the others the score is proven to
fall, so that they hold one at most. What is neither is divided further.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import ConvergenceError
from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.weighting import dot, sum_of_others, weights_and_residuals

FIRST_INTERVALS, FURTHER_INTERVALS = 8, 4
"""Into how many parts the whole range, and then an undecided part, is divided."""

NARROW = 1e-5
"""Relative width below which an undecided interval is no longer divided: the log-likelihood
inside exceeds that at its ends by less than 1.5 k times its square."""

TOLERANCE = 1e-14
"""Relative to τ² plus the smallest variance."""

ROUNDING = 1e-15
"""Relative to tr P: a score below this, and k times this at an end shared by two intervals, is
rounding; such an end counts for both."""

MAX_STEPS = 200
"""Each step halves the bracket or the step before it: 60 exhaust double precision."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The terms of the score and its slope, in the shape of the τ² they were computed for."""

    trace: Array
    quadratic: Array
    trace_of_square: Array
    cubic: Array
    rounding: Array

    @property
    def score(self) -> Array:
        """Derivative of the restricted log-likelihood."""
        return (self.quadratic - self.trace) / 2

    @property
    def slope(self) -> Array:
        """Derivative of the score."""
        return self.trace_of_square / 2 - self.cubic

    @property
    def is_rising(self) -> NDArray[np.bool_]:
        """Whether the likelihood rises, beyond what rounding explains."""
        return self.score > self.rounding

    @property
    def is_falling(self) -> NDArray[np.bool_]:
        """Whether the likelihood falls, beyond what rounding explains."""
        return self.score < -self.rounding

    def __getitem__(self, part: slice) -> "Terms":
        return Terms(**{item.name: getattr(self, item.name)[part] for item in fields(self)})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Intervals:
    """Intervals of τ² + the smallest variance: ``low`` to ``high`` in the data set ``sets``."""

    sets: NDArray[np.intp]
    low: Array
    high: Array


@batched
def restricted_maximum_likelihood(trials: Trials) -> Array:
    """Return the τ² >= 0 at which the restricted likelihood is largest, among all its maxima.

    ``y`` and ``v`` (..., k); returns (...). The zero of the score is found to 1e-14 of τ² plus
    the smallest variance, or to where the score is below 1e-15 tr P, which is its rounding. A
    second maximum can only be missed if it rises above its surroundings by less than 2e-10 k in
    log-likelihood. Raises InputError, and ConvergenceError where the bound is not reached.

    Source: Viechtbauer 2005, J Educ Behav Stat 30, 261-293; Harville 1977, J Am Stat Assoc 72,
    320-338. metafor: ``rma(yi, vi, method="REML", control=list(threshold=1e-15))$tau2``, which
    climbs from one starting value.

    >>> round(float(restricted_maximum_likelihood([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09])), 6)
    0.003273
    """
    zero = np.zeros_like(trials.origin)
    maxima = _maxima(trials)
    at_zero = np.flatnonzero(~terms(trials, zero).is_rising)
    sets = np.concatenate((at_zero, maxima.sets))
    tau2 = np.concatenate((zero[at_zero], _root_of_score(trials.take(maxima.sets), maxima)))
    order = np.lexsort((-tau2, log_likelihood(trials.take(sets), tau2)))
    best = np.full_like(zero, np.nan)
    best[sets[order]] = tau2[order]  # of several, the last and so the likeliest stays
    if np.isnan(best).any():
        raise ConvergenceError("No maximum of the restricted likelihood was found.")
    return best


def log_likelihood(trials: Trials, tau2: Array) -> Array:
    """Return the restricted log-likelihood without its constant, for τ² of shape (n,)."""
    w, residuals = weights_and_residuals(trials, tau2)
    q = dot(w * residuals, residuals)
    result: Array = (np.log(w).sum(axis=0) - np.log(w.sum(axis=0)) - q) / 2
    return result


def terms(trials: Trials, tau2: Array) -> Terms:
    """Return tr P, y'P²y, tr P² and y'P³y at τ²."""
    w, residuals = weights_and_residuals(trials, tau2)
    others = sum_of_others(w)
    total = w[0] + others[0]
    projected = w * residuals
    centred = projected - dot(w, projected) / total
    diagonal = w * others / total
    square = w**2 / total
    trace = diagonal.sum(axis=0)
    return Terms(
        trace=trace,
        quadratic=dot(projected, projected),
        trace_of_square=dot(diagonal, diagonal) + dot(square, sum_of_others(square)),
        cubic=dot(w * centred, centred),
        rounding=ROUNDING * len(w) * trace,
    )


def upper_bound(trials: Trials) -> Array:
    """Return a τ² above which the score is negative, 0 or more; shape (n,).

    tr P >= (k - 1)/(vmax + τ²) and y'P²y <= S/(vmin + τ²)², S = Σ(y - ȳ)²: the score is negative
    once (vmin + τ²)² (k - 1) > S (vmax + τ²).
    """
    spread = trials.y.var(axis=0) * (len(trials.y) / max(1, len(trials.y) - 1))
    gap = trials.v.max(axis=0) - trials.v[0]
    root = (spread + np.sqrt(spread * (spread + 4 * gap))) / 2
    bound: Array = np.maximum(0.0, root - trials.v[0])
    return bound


def _maxima(trials: Trials) -> Intervals:
    """Return the intervals that hold a maximum inside: the score is positive, then not."""
    smallest, bound = trials.v[0], upper_bound(trials)
    highest = (smallest + bound) * (1 + NARROW)  # equal variances have their root at the bound
    sets = np.flatnonzero(bound > 0)
    undecided = Intervals(sets=sets, low=smallest[sets], high=highest[sets])
    found, parts = [], FIRST_INTERVALS
    while undecided.sets.size:
        edges = _divide(undecided, parts)
        spread = trials.take(undecided.sets).spread()
        at_edges = terms(spread, edges - smallest[undecided.sets])
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


def _root_of_score(trials: Trials, bracket: Intervals) -> Array:
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
        at = terms(part, t)
        low[active] = np.where(at.score > 0, t, low[active])
        high[active] = np.where(at.score > 0, high[active], t)
        step = _step(at, t, low[active], high[active], last[active])
        tau2[active], last[active] = t + step, np.abs(step)
        reached = last[active] <= TOLERANCE * (part.v[0] + t)
        active = active[~(reached | (np.abs(at.score) <= ROUNDING * at.trace))]
        if not active.size:
            return tau2
    raise ConvergenceError(f"The search for τ² by REML did not end within {MAX_STEPS} steps.")


def _step(at: Terms, tau2: Array, low: Array, high: Array, last: Array) -> Array:
    """Return Newton's step where it is safe, else the step to the middle of the bracket."""
    newton = np.divide(at.score, -at.slope, out=np.full_like(tau2, np.inf), where=at.slope < 0)
    inside = (tau2 + newton >= low) & (tau2 + newton <= high)
    safe = inside & (np.abs(newton) <= last / 2)
    step: Array = np.where(safe, newton, (low + high) / 2 - tau2)
    return step
