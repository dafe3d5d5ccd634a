"""Where the generalised Q is exceeded with a given probability: by steps from a scaled χ².

The probability rises with τ². It is searched on the scale of log(1 + τ²/typical variance), on which
it changes as smoothly for small as for large τ².
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from liftproof.errors import ConvergenceError
from liftproof.statistics.batches import Trials
from liftproof.statistics.checks import Array
from liftproof.statistics.projection import Projection
from liftproof.statistics.quadratic_form import STEP, exceedance
from liftproof.statistics.roots import root
from liftproof.statistics.tau2.quadratic_parts import as_given

MOST_DOUBLINGS = 200
"""Far more than are needed: a limit at the level 1 - 1e-9, k = 2, lies 2^58 above the start."""
STEPS = (3 * STEP, 2 * STEP, *[STEP] * 5)
"""Of the rule that gives the probability: the first ones need few digits."""
NEAR = 3e-14
"""The product of the last two steps at the end: that of the secant leaves less by its bend."""
FAR = 1.0
"""A step as long as this is left to a bracket."""
CLEAR = 1e-5
"""A difference of probabilities that a rule with twice the step tells for sure."""
APPROXIMATE, BESIDE = 1e-6, 1e-4
"""Tolerance of the χ²'s root, and a step beside it for its slope, in the logarithm. By points that
are nearer two rules, of unlike error, do not tell a slope."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scale:
    """``fit`` and ``trials`` (n data sets), the ``typical`` variance of each, (n,), and moments.

    ``first`` (n,): the logarithm at which the mean of Q is Q or less. ``mean``: of Q at τ² = 0, and
    its slope, (2, n); ``variance``: the same of Q's variance, and its bend, (3, n).
    """

    trials: Trials
    fit: Projection
    typical: Array
    first: Array
    mean: Array
    variance: Array

    def take(self, sets: NDArray[np.intp]) -> "Scale":
        """Return the data sets at these positions."""
        return self if sets.size == self.typical.size else scale_of(self.trials.take(sets))

    def tau2(self, logarithm: Array) -> Array:
        """Return τ² from its logarithm, (n,)."""
        return np.asarray(self.typical * np.expm1(logarithm))

    def exceedance(self, logarithm: Array, step: float = STEP) -> Array:
        """Return the probability that Q is larger than it is, (n,)."""
        d = self.trials.sampling_variances + self.trials.included * self.tau2(logarithm)
        return exceedance(self.fit, d, self.fit.q, step)

    def approximately(self, logarithm: Array) -> Array:
        """Return the same for a scaled χ² with Q's mean and variance."""
        tau2 = self.tau2(logarithm)
        mean = self.mean[0] + tau2 * self.mean[1]
        variance = self.variance[0] + tau2 * (self.variance[1] + tau2 * self.variance[2])
        found: Array = chdtrc(2 * mean**2 / variance, 2 * mean * self.fit.q / variance)
        return found


def scale_of(trials: Trials) -> Scale:
    """Return the scale of data sets whose Q and degrees of freedom are positive."""
    fit, v = as_given(trials), trials.sampling_variances
    mean = np.stack((fit.trace(v), fit.trace()))
    both, one, none = (fit.trace_of_product(*d) for d in ((v, v), (v, 1.0), (1.0, 1.0)))
    typical = mean[0] / mean[1]
    return Scale(
        trials=trials,
        fit=fit,
        typical=typical,
        first=np.log1p(fit.q / mean[1] / typical),
        mean=mean,
        variance=np.stack((2 * both, 4 * one, 2 * none)),
    )


def near_root(scale: Scale, probability: Array) -> Array:
    """Return the logarithm at which Q is exceeded with a probability, (n,), by the secant.

    NaN where that is not above 0, or not reached in a few steps: a slope of 0 leads too far.
    """

    def excess(logarithm: Array) -> Array:
        return scale.approximately(logarithm) - probability

    zero = np.zeros_like(scale.typical)
    high = above(excess, scale.first)
    x = root(excess, zero, high, np.full_like(zero, APPROXIMATE))
    slope = (excess(x + BESIDE) - excess(x)) / BESIDE
    found, before, height = np.full_like(zero, np.nan), np.full_like(zero, np.nan), zero
    left, rule = np.flatnonzero(x > APPROXIMATE), 0.0
    for step in STEPS:
        if not left.size:
            break
        at, last = x[left], before[left]
        f = scale.take(left).exceedance(at, step) - probability[left]
        with np.errstate(divide="ignore", invalid="ignore"):
            secant = (f - height[left]) / (at - last)
            is_told = np.isfinite(secant) & (secant > 0)
            is_told &= (step == rule) | (np.abs(at - last) > BESIDE)
            slope[left] = np.where(is_told, secant, slope[left])
            moved, rule = at - f / slope[left], step
        is_near = is_told & (np.abs((moved - at) * (at - last)) <= NEAR) & (step == STEP)
        found[left[is_near]] = moved[is_near]
        x[left], before[left], height[left] = moved, at, f
        left = left[~is_near & (moved > 0) & (np.abs(moved - at) < FAR)]
    return found


def is_reached_at_0(scale: Scale, probability: Array) -> NDArray[np.bool_]:
    """Return whether Q is exceeded with a probability or a higher one at τ² = 0, (n,)."""
    zero = np.zeros_like(probability)
    apart = scale.exceedance(zero, 2 * STEP) - probability
    close = np.flatnonzero(np.abs(apart) < CLEAR)
    if close.size:
        apart[close] = scale.take(close).exceedance(zero[close]) - probability[close]
    return np.asarray(apart >= 0)


def above(excess: Callable[[Array], Array], high: Array) -> Array:
    """Return where ``excess`` is not negative, τ² doubled as often as that takes."""
    for _ in range(MOST_DOUBLINGS):
        is_below = excess(high) < 0
        if not is_below.any():
            return high
        high = np.where(is_below, high + np.log(2), high)
    raise ConvergenceError(f"No τ² was found for Q after doubling it {MOST_DOUBLINGS} times.")
