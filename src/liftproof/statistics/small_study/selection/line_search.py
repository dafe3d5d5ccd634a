"""The maxima of a selection model's likelihood with moderators: a grid, then Newton's steps."""

import numpy as np

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.climb import (
    NO_MAXIMUM,
    Summit,
    climbs,
    settled,
)
from liftproof.statistics.small_study.selection.line import SelectedLine, hill_of, line_values
from liftproof.statistics.small_study.selection.search import (
    BEYOND,
    FAR_VARIANCES,
    STARTS,
    is_local_maximum,
)

SHIFTS, VARIANCES = 15, 8
"""Grid points for a shift of all means, over the range of the effects either way, and for τ²."""

NO_CONSTANT = 1e-9
"""Where moderators sum to less of a constant than this, it is rounding: no line can be shifted."""


def line_maxima(line: SelectedLine, fixed: Array) -> list[Summit]:
    """Return the maxima that climbs from the highest points of a grid reach, the highest first.

    ``fixed`` (n,): values of the parameters that are not free. The grid shifts the means of the
    least squares line, and of no moderator at all, at each τ². Raises ConvergenceError.
    """
    hill = hill_of(line)
    ends, _ = climbs(hill, _starts(line, fixed))
    if not len(ends):
        raise ConvergenceError(NO_MAXIMUM)
    return sorted((settled(hill, end) for end in ends), key=lambda found: -found.value)


def highest_from(line: SelectedLine, starts: Array) -> Summit | None:
    """Return the highest maximum that climbs from ``starts`` (g, n) reach; None without one."""
    hill = hill_of(line)
    ends, heights = climbs(hill, starts)
    return settled(hill, ends[heights.argmax()]) if len(ends) else None


def _starts(line: SelectedLine, fixed: Array) -> Array:
    """Return the highest points of the grid that exceed their neighbours, (g, n)."""
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
    if np.abs(whole).max() < NO_CONSTANT:
        shifts = np.zeros(1)
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
    return np.array([start for _, start in found[:STARTS]]).reshape(-1, len(fixed))


def _variances(line: SelectedLine, fixed: float, spread: float) -> Array:
    """Return the values of τ² on the grid: 0, up to the square of the range of effects, and far."""
    if not line.is_free[line.x.shape[1]]:
        return np.array([fixed])
    least = min(line.model.v.min(), spread**2) / 10
    common = np.geomspace(least, spread**2, VARIANCES - 1)
    return np.concatenate(([0.0], common, spread**2 * FAR_VARIANCES))


def _least_squares(line: SelectedLine, tau2: float, columns: int) -> Array:
    """Return coefficients (q,) by weights 1/(v + τ²), of the first ``columns``, the others 0."""
    root = 1 / np.sqrt(line.model.v + tau2)
    found = np.zeros(line.x.shape[1])
    part = line.x[:, :columns]
    found[:columns] = np.linalg.lstsq(root[:, None] * part, root * line.model.y, rcond=None)[0]
    return found
