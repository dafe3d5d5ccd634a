"""The maximum of a mixed model's likelihood.

For given standard deviations of its random effects the log-likelihood is concave in the fixed
effects (the integrand is log-concave in all: Prékopa 1973, Acta Sci Math 34, 335-343), so that
Newton's method finds its one maximum. Standard deviations are first tried on a grid from 0, one
after the other, and the best points of the grid are then improved together with the fixed effects.
A correlation of two random effects is tried last, from several starts. Slopes in closed form lead
near each maximum (``approach``), slopes by differences to its end.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array
from liftproof.statistics.sparse.approach import NEAR, approach, is_exact
from liftproof.statistics.sparse.expected import expected_slopes
from liftproof.statistics.sparse.mixed_model import MixedModel
from liftproof.statistics.sparse.newton import (
    Normal,
    Points,
    difference_slopes,
    first_share,
    newton_step,
    normal_equations,
)

TOLERANCE = 1e-16
"""Of the square of the last step, in standard errors: it is then below 1e-8 of one."""
NOISE = 8e-13
"""Error of a derivative by differences, for a parameter in standard errors, relative to the
log-likelihood: rounding of the likelihood over the differences' step of 0.005."""
WORSE = 1e-12
"""A fall of the log-likelihood by less, relative to itself, is rounding."""
MAX_STEPS = 100
"""Newton's method takes 5 to 15."""
SMALLEST_DEVIATION, LARGEST_DEVIATION, RATIO = 0.01, 20.0, 1.5
"""The grid of standard deviations: 0, then from the smallest to the largest, by this ratio."""
LARGE, SAFE = 2.0, 0.1
"""At larger deviations the quadrature is rough: slopes in closed form may then end at a likelihood
that is too low, in its logarithm by some 0.03 a trial of next to no events, the worst seen."""
CORRELATIONS, SIZES, SMALLEST_START = (-0.8, 0.0, 0.8), (1.0, 3.0), 0.1
"""Correlations of two random effects that are started from, with standard deviations of the second
relative to that without a correlation, and the least of both deviations that is started from."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Maximum:
    """The highest maximum of a likelihood: a single point, and the normal equations there.

    ``fixed``: how many of the shared parameters are fixed effects.
    """

    point: Points
    normal: Normal
    fixed: int

    @property
    def log_likelihood(self) -> float:
        """The log-likelihood."""
        return float(self.normal.value[0])

    def covariance_of_first(self, p: int) -> Array:
        """Return the covariance (p, p) of the first shared parameters, by observed information.

        Standard deviations of 0 are on their boundary and held there. By symmetry about 0 they
        are not correlated with the other parameters.
        """
        is_fixed = np.arange(self.point.shared.shape[1]) < self.fixed
        free = np.flatnonzero(is_fixed | (self.point.shared[0] != 0))
        information = self.normal.information[0][np.ix_(free, free)]
        return np.asarray(np.linalg.inv(information)[:p, :p])


def maximise(model: MixedModel, start: Points) -> Maximum:
    """Return the highest maximum found from ``start``, a single point with deviations of 0.

    Raises ConvergenceError where the likelihood rises to the end of the grid, and where a search
    does not end. The last step of Newton's method is below 1e-8 standard errors, or below ``NOISE``
    times the log-likelihood where that is more.
    """
    fixed = start.shared.shape[1] - len(model.codes)
    best = climb(model, start, fixed)
    last = start.shared.shape[1] - int(model.is_correlated)
    for place in range(fixed, last):
        best = _along_grid(model, best, place, fixed)
    if model.is_correlated:
        best = _correlated(model, best, fixed)
    slopes = expected_slopes if is_exact(model, best) else difference_slopes
    normal = normal_equations(model, best, best.shared.shape[1], slopes)
    return Maximum(point=best, normal=normal, fixed=fixed)


def climb(model: MixedModel, start: Points, free: int) -> Points:
    """Return, for each point, the maximum over own effects and the first ``free`` shared ones."""
    points, is_near = approach(model, start, free, TOLERANCE if is_exact(model, start) else NEAR)
    if is_near.all() and is_exact(model, points):
        return points
    active = np.arange(len(start.shared))
    value = _log_likelihood(model, points)
    for _ in range(MAX_STEPS):
        part = points.take(active)
        normal = normal_equations(model, part, free)
        step, squared = newton_step(normal, part)
        moved, after = _accepted(model, part, step, value[active])
        points = points.put(active, moved)
        value[active] = after
        active = active[squared > np.maximum(TOLERANCE, (NOISE * after) ** 2)]
        if not active.size:
            return points
    raise ConvergenceError(
        f"The search for the maximum of the likelihood did not end within {MAX_STEPS} steps. "
        "The counts may not bound the estimate; try a method with fewer parameters, such as "
        "Mantel-Haenszel."
    )


def _along_grid(model: MixedModel, start: Points, place: int, fixed: int) -> Points:
    """Return the best maximum, having tried a grid of the standard deviation at ``place``."""
    steps = int(np.ceil(np.log(LARGEST_DEVIATION / SMALLEST_DEVIATION) / np.log(RATIO)))
    grid = np.concatenate(([0.0], SMALLEST_DEVIATION * RATIO ** np.arange(steps + 1)))
    shared = np.repeat(start.shared, len(grid), axis=0)
    shared[:, place] = grid
    points = Points(own=np.repeat(start.own, len(grid), axis=0), shared=shared)
    points, value = _profile(model, points, place, fixed)
    if value[-1] > value[:-1].max():
        raise ConvergenceError(
            "The likelihood rises with the standard deviation of the random effects without end: "
            "the trials are too few or too extreme for this model. Use Mantel-Haenszel or Peto."
        )
    padded = np.concatenate(([-np.inf], value, [-np.inf]))
    peaks = np.flatnonzero((padded[1:-1] >= padded[:-2]) & (padded[1:-1] >= padded[2:]))
    best, value = _best_of(model, points.take(peaks), place)
    return _settled(model, best, value, place)


def _profile(model: MixedModel, grid: Points, place: int, fixed: int) -> tuple[Points, Array]:
    """Return the best fixed effects at each point of a grid, and their log-likelihoods.

    To tell peaks they need not be at their very best, but where the quadrature is rough.
    """
    points, is_near = approach(model, grid, fixed)
    value = _log_likelihood(model, points)
    is_high = value > value.max() - SAFE * grid.own.shape[1]
    rest = np.flatnonzero(~is_near | (is_high & (grid.shared[:, place] > LARGE)))
    if rest.size:
        points = points.put(rest, climb(model, points.take(rest), fixed))
        value = _log_likelihood(model, points)
    return points, value


def _log_likelihood(model: MixedModel, points: Points) -> Array:
    """Return the log-likelihood at each point."""
    return np.asarray(model.log_likelihood(points.by_trial(model)).sum(axis=-1))


def _correlated(model: MixedModel, start: Points, fixed: int) -> Points:
    """Return the best maximum with the last deviation, which may have either sign.

    ``start``: the maximum without it. There are others where the correlation is 1 or -1, so that
    several correlations and sizes of the second random effect are started from.
    """
    place = start.shared.shape[1] - 1
    first, second = np.maximum(start.shared[0, fixed:place], SMALLEST_START)
    reached: list[tuple[Points, Array]] = []
    for rho, size in product(CORRELATIONS, SIZES):
        shared = start.shared.copy()
        shared[0, fixed:] = first, size * second * np.sqrt(1 - rho**2), size * second * rho
        with suppress(ConvergenceError):  # unless none ends, the others tell
            reached.append(_best_of(model, replace(start, shared=shared), place))
    if not reached:
        raise ConvergenceError(
            "No correlation of intercepts and effects is likeliest: the trials are too few to tell "
            'it. Leave "correlated" out.'
        )
    best, value = max(reached, key=lambda each: float(each[1][0]))
    return _settled(model, _turned(best, fixed), value, place - 1)


def _turned(best: Points, fixed: int) -> Points:
    """Return the same with a first deviation that is not negative: both signs mean one model."""
    shared = best.shared.copy()
    shared[:, [fixed, -1]] *= -1.0 if shared[0, fixed] < 0 else 1.0
    return replace(best, shared=shared)


def _best_of(model: MixedModel, peaks: Points, place: int) -> tuple[Points, Array]:
    """Return the highest maximum reached from any of the peaks of a grid, and its value (1,)."""
    points = climb(model, peaks, place + 1)
    value = _log_likelihood(model, points)
    best = np.array([int(value.argmax())])
    return points.take(best), value[best]


def _settled(model: MixedModel, best: Points, value: Array, place: int) -> Points:
    """Return the point with its standard deviation positive, for its sign means nothing.

    It is 0 where that costs the likelihood no more than rounding.
    """
    at_zero, positive = best.shared.copy(), best.shared.copy()
    at_zero[:, place], positive[:, place] = 0.0, np.abs(best.shared[:, place])
    without = replace(best, shared=at_zero)
    after = _log_likelihood(model, without)
    is_zero = after[0] >= value[0] - WORSE * (1 + abs(value[0]))
    return without if is_zero else replace(best, shared=positive)


def _accepted(model: MixedModel, at: Points, step: Points, value: Array) -> tuple[Points, Array]:
    """Return the points after steps that do not lower the likelihood, shortened where needed."""
    share = first_share(step)
    for _ in range(MAX_STEPS):
        moved = at.moved(step, share)
        after = _log_likelihood(model, moved)
        worse = ~(after >= value - WORSE * (1 + np.abs(value)))
        if not worse.any():
            return moved, after
        share = np.where(worse, share / 2, share)
    return at, value
