"""The maxima of a selection model's likelihood with moderators: a grid, then Newton's steps."""

import numpy as np

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.curvature import uphill
from liftproof.statistics.small_study.selection.line import (
    LinePoint,
    SelectedLine,
    line_bounds,
    line_point,
    line_values,
)
from liftproof.statistics.small_study.selection.search import (
    BEYOND,
    MAX_HALVINGS,
    MAX_STEPS,
    ROUNDING,
    STARTS,
    TOLERANCE,
    is_local_maximum,
)

SHIFTS, VARIANCES = 15, 8
"""Grid points for a shift of all means, over the range of the effects either way, and for τ²."""
NO_MAXIMUM = (
    "The likelihood of this selection model rises without end or is flat: the trials are too few "
    "or too alike for it. Take a model with fewer parameters, or fixed weights."
)


def line_maxima(line: SelectedLine, fixed: Array) -> list[LinePoint]:
    """Return the maxima that climbs from the highest points of a grid reach, the highest first.

    ``fixed`` (n,): values of the parameters that are not free. The grid shifts the means of the
    least squares line, and of no moderator at all, at each τ². Raises ConvergenceError.
    """
    reached = [found for start in _starts(line, fixed) if (found := climbed(line, start))]
    if not reached:
        raise ConvergenceError(NO_MAXIMUM)
    return sorted(reached, key=lambda found: -found.value)


def climbed(line: SelectedLine, start: Array) -> LinePoint | None:
    """Return the maximum that Newton's steps reach from ``start``; None where they do not.

    A step ends at the first bound it meets and is halved until the likelihood rises. At the end
    steps go on as long as each at least halves what the next one promises.
    """
    lowest, highest = line_bounds(line)
    here, last = line_point(line, np.clip(start, lowest, highest)), np.inf
    for _ in range(MAX_STEPS):
        if not here.is_finite:
            return None
        step = _step(line, here)
        promise = float(here.gradient @ step)
        if promise < TOLERANCE and not promise < last / 2:
            return here
        following = _rise(line, here, step, is_at_end=promise < TOLERANCE)
        if following is None:
            return here if promise < ROUNDING else None
        here, last = following, promise
    return None


def _step(line: SelectedLine, here: LinePoint) -> Array:
    """Return Newton's step of the parameters that may move; it always points upwards."""
    lowest, highest = line_bounds(line)
    at_low, at_high = here.at <= lowest, here.at >= highest
    moves = line.is_free & ~(at_low & (here.gradient <= 0)) & ~(at_high & (here.gradient >= 0))
    step = np.zeros_like(here.at)
    while moves.any():
        step[:] = 0.0
        step[moves] = uphill(here.hessian[np.ix_(moves, moves)], here.gradient[moves])
        outwards = moves & ((at_low & (step < 0)) | (at_high & (step > 0)))
        if not outwards.any():
            return step
        moves &= ~outwards
    return np.zeros_like(here.at)


def _rise(line: SelectedLine, here: LinePoint, step: Array, *, is_at_end: bool) -> LinePoint | None:
    """Return the next point, at which the likelihood is higher; at the end the step as it is."""
    lowest, highest = line_bounds(line)
    moves = step != 0
    ends = np.where(step > 0, highest, lowest)
    room = np.full_like(step, np.inf)
    room[moves] = (ends - here.at)[moves] / step[moves]
    length = min(1.0, float(room.min()))
    for _ in range(MAX_HALVINGS):
        following = np.clip(here.at + length * step, lowest, highest)
        there = line_point(line, np.where(moves & (room <= length), ends, following))
        if is_at_end or there.value > here.value:
            return there
        length /= 2
    return None


def _starts(line: SelectedLine, fixed: Array) -> list[Array]:
    """Return the highest points of the grid that exceed their neighbours."""
    model, q = line.model, line.x.shape[1]
    spread = max(float(np.ptp(model.y)), float(np.sqrt(model.v.min())))
    variances = _variances(line, float(fixed[q]), spread)
    axes = [
        np.array(values) if free else np.array([value])
        for values, free, value in zip(
            model.selection.grid, line.is_free[q + 1 :], fixed[q + 1 :], strict=True
        )
    ]
    deltas = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))
    far = spread * BEYOND
    shifts = np.concatenate((-far[::-1], np.linspace(-spread, spread, SHIFTS), far))
    whole = line.x.T @ np.ones(len(line.x)) / len(line.x)
    found = []
    for columns in sorted({1, q}):
        lines = [_least_squares(line, tau2, columns) for tau2 in variances]
        grid = np.array(
            [
                line_values(line, (one + shifts[:, None] * whole) @ line.x.T, tau2, deltas)
                for one, tau2 in zip(lines, variances, strict=True)
            ]
        )
        shaped = grid.reshape(len(variances), len(shifts), *(len(axis) for axis in axes))
        places = np.flatnonzero((is_local_maximum(shaped) & np.isfinite(shaped)).ravel())
        for place in places:
            t, m, g = np.unravel_index(place, grid.shape)
            start = (lines[t] + shifts[m] * whole, variances[[t]], deltas[g])
            found.append((-grid[t, m, g], np.concatenate(start)))
    found.sort(key=lambda each: each[0])
    return [start for _, start in found[:STARTS]]


def _variances(line: SelectedLine, fixed: float, spread: float) -> Array:
    """Return the values of τ² on the grid: 0, then up to the square of the range of effects."""
    if not line.is_free[line.x.shape[1]]:
        return np.array([fixed])
    least = min(line.model.v.min(), spread**2) / 10
    return np.concatenate(([0.0], np.geomspace(least, spread**2, VARIANCES - 1)))


def _least_squares(line: SelectedLine, tau2: float, columns: int) -> Array:
    """Return coefficients (q,) by weights 1/(v + τ²), of the first ``columns``, the others 0."""
    root = 1 / np.sqrt(line.model.v + tau2)
    found = np.zeros(line.x.shape[1])
    part = line.x[:, :columns]
    found[:columns] = np.linalg.lstsq(root[:, None] * part, root * line.model.y, rcond=None)[0]
    return found
