"""Climbs on a multilevel likelihood, from several starts side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.multilevel.model import MultilevelModel
from liftproof.statistics.multilevel.surface import (
    SearchEnd,
    deviations,
    with_curvatures,
    with_exact_curvatures,
)

Flags = NDArray[np.bool_]

MOST_STEPS, BY_INFORMATION = 200, 10
"""So many steps are by average information, which costs little; those of climbs that are not over
by then, by the curvature itself."""
LEVEL, GAIN = 1e-4, 1e-9
"""A climb is over where no slope of the deviance is larger, or where a step lowers it by no more,
relative to it; the best end is polished thereafter."""
REACH, SHORT = 1.0, 1e-9
"""Of the first step at most, in parameters of the order 1; a climb that needs shorter ones ends."""
NOTHING = 1e-6
"""A standard deviation below this stays where a larger one is no better."""
TO_ZERO = 0.1
"""A standard deviation falls to no less than this share of it in one step."""
FLAT = 1e-7
"""Relative to the largest curvature: a smaller one is taken for it."""
TOGETHER = 0.05
"""A climb that comes so near to a better one ends there."""


def climbed(model: MultilevelModel, start: Array, free: Flags | None = None) -> SearchEnd:
    """Return where a climb from ``start`` (q,) ends; parameters that are not ``free`` stay."""
    return climbs(model, start[None], free)[0]


def climbs(model: MultilevelModel, starts: Array, free: Flags | None = None) -> list[SearchEnd]:
    """Return where climbs from ``starts`` (s, q) end.

    Newton's steps, with a curvature that is made positive; a step that does not
    lower the deviance is tried again, a quarter as long.

    Source: Gilmour, Thompson & Cullis 1995, Biometrics 51, 1440-1450.
    """
    x, is_sd = starts.copy(), deviations(model)
    fixed = np.zeros_like(is_sd) if free is None else ~free
    height, slope, bend = with_curvatures(model, x)
    reach, left = np.full(len(x), REACH), np.arange(len(x))
    for step in range(MOST_STEPS):
        held = (is_sd & (x[left] < NOTHING) & (slope[left] >= 0)) | fixed
        along = np.where(held, 0.0, slope[left])
        is_over = (np.abs(along) <= LEVEL).all(axis=-1) | (reach[left] < SHORT)
        left, held, along = left[~is_over], held[~is_over], along[~is_over]
        if not left.size:
            break
        tried = x[left] + _steps(along, bend[left], held, reach[left])
        tried = np.where(is_sd, np.maximum(tried, TO_ZERO * x[left]), tried)
        length = np.sqrt(((tried - x[left]) ** 2).sum(axis=-1))
        look = with_curvatures if step < BY_INFORMATION else with_exact_curvatures
        found = look(model, tried)
        gain = height[left] - found[0]
        is_better = gain > 0
        reach[left] = np.where(is_better, np.maximum(reach[left], 2 * length), length / 4)
        moved = left[is_better]
        x[moved], height[moved] = tried[is_better], found[0][is_better]
        slope[moved], bend[moved] = found[1][is_better], found[2][is_better]
        is_little = is_better & (gain <= GAIN * np.maximum(1.0, np.abs(height[left])))
        left = _apart(x, height, left[~is_little])
    return [
        SearchEnd(parameters=one, deviance=float(lowest))
        for one, lowest in zip(x, height, strict=True)
    ]


def _steps(slope: Array, bend: Array, held: Flags, reach: Array) -> Array:
    """Return Newton's steps (s, q), no longer than ``reach`` (s,); what is held stays."""
    either = held[:, :, None] | held[:, None, :]
    values, vectors = np.linalg.eigh(np.where(either, np.eye(held.shape[1]), bend))
    sizes = np.abs(values)
    bent = np.maximum(sizes, FLAT * sizes.max(axis=-1, keepdims=True))
    rotated = (vectors.swapaxes(-1, -2) @ slope[..., None])[..., 0]
    rotated = np.divide(rotated, bent, out=np.zeros_like(rotated), where=bent > 0)
    steps = np.where(held, 0.0, -(vectors @ rotated[..., None])[..., 0])
    length = np.sqrt((steps**2).sum(axis=-1))
    share = np.divide(reach, length, out=np.ones_like(length), where=length > reach)
    return np.asarray(steps * share[:, None])


def _apart(x: Array, height: Array, left: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the climbs that are on no other's way: of several in one place the highest point."""
    near = (np.abs(x[left][:, None] - x) < TOGETHER).all(axis=-1)
    order = np.lexsort((np.arange(len(x)), height)).argsort()
    return left[~(near & (order < order[left][:, None])).any(axis=1)]
