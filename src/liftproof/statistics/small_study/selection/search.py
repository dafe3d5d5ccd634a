"""The global maximum of a selection model's likelihood: a grid, then Newton's steps."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.climb import (
    NO_MAXIMUM,
    Hill,
    Summit,
    climbs,
    settled,
)
from liftproof.statistics.small_study.selection.grid import on_grid
from liftproof.statistics.small_study.selection.likelihood import Model, surfaces
from liftproof.statistics.small_study.selection.scale import ClimbScale
from liftproof.statistics.small_study.selection.weights import MOST

MEANS, VARIANCES = 25, 12
"""Grid points for μ, over three times the range of effects, and for τ², from 0 to its square."""

BEYOND = np.array([3.0, 6.0, 12.0, 24.0, 48.0])
"""Ranges beyond the effects at which μ is tried too, on either side: where hardly a trial is seen,
a far μ may be likeliest."""
FAR_VARIANCES = np.array([5.0, 25.0])
"""Squared ranges that are tried for τ², which grows with a far μ."""

STARTS = 16
"""Highest maxima of the grid that are climbed."""


def highest_maximum(model: Model, fixed: Array) -> Summit:
    """Return the highest maximum in (μ, τ², δ), of all trials.

    ``fixed``: values of the parameters that are not free. Raises ConvergenceError.
    """
    ends, heights = climbs(_hill(model), _starts(model, fixed))
    if not len(ends):
        raise ConvergenceError(NO_MAXIMUM)
    return settled(_hill(model.of_all_trials()), ends[heights.argmax()])


def _hill(model: Model) -> Hill:
    """Return the likelihood of a model, to be climbed."""
    lowest, highest = bounds(model)
    return Hill(
        surfaces=partial(surfaces, model),
        is_free=model.is_free,
        lowest=lowest,
        highest=highest,
        scale=scale_of(model, 1),
    )


def _starts(model: Model, fixed: Array) -> Array:
    """Return the highest points of a grid over all free parameters that exceed their neighbours.

    Points of μ and τ² that could not be the likeliest with any δ of the grid are left out.
    """
    axes = _axes(model, fixed)
    deltas = np.stack(np.meshgrid(*axes[2:], indexing="ij"), axis=-1).reshape(-1, len(axes) - 2)
    values, hopeful = on_grid(model, axes[0], axes[1], deltas)
    grid = values.reshape([len(axis) for axis in axes])
    is_start = is_local_maximum(grid) & np.isfinite(grid)
    is_start[~hopeful] = False
    places = np.argwhere(is_start)
    order = np.argsort(-grid[tuple(places.T)], kind="stable")[:STARTS]
    starts = [axis[place] for axis, place in zip(axes, places[order].T, strict=True)]
    return np.vstack((np.stack(starts, axis=-1), _without_spread(model, fixed)))


def _without_spread(model: Model, fixed: Array) -> Array:
    """Return the likeliest point without selection and τ².

    Beside a trial that outweighs all others it lies on a ridge between values of μ on the grid.
    """
    weights = 1 / model.v
    none = np.where(model.is_free[2:], model.selection.none, fixed[2:])
    return np.array([weights @ model.y / weights.sum(), 0.0, *none])


def _axes(model: Model, fixed: Array) -> list[Array]:
    """Return the grid values of each parameter; of one that is not free, its fixed value."""
    low, high = model.y.min(), model.y.max()
    spread = max(high - low, np.sqrt(model.v.min()))
    near = np.linspace(low - spread, high + spread, MEANS)
    means = np.concatenate((low - spread * BEYOND[::-1], near, high + spread * BEYOND))
    least = min(model.v.min(), spread**2) / 10
    common = np.geomspace(least, spread**2, VARIANCES - 1)
    variances = np.concatenate(([0.0], common, spread**2 * FAR_VARIANCES))
    axes = [means, variances, *(np.array(values) for values in model.selection.grid)]
    return [
        axis if free else np.array([value])
        for axis, free, value in zip(axes, model.is_free, fixed, strict=True)
    ]


def is_local_maximum(grid: Array) -> NDArray[np.bool_]:
    """Return which points are at least as high as both neighbours along every axis."""
    result = np.ones(grid.shape, dtype=np.bool_)
    for axis in range(grid.ndim):
        along, is_one = np.moveaxis(grid, axis, 0), np.moveaxis(result, axis, 0)
        is_one[1:] &= along[1:] >= along[:-1]
        is_one[:-1] &= along[:-1] >= along[1:]
    return result


def bounds(model: Model) -> tuple[Array, Array]:
    """Return the smallest and largest value of each parameter (μ, τ², δ)."""
    lowest = np.concatenate(([-np.inf, 0.0], model.selection.lowest))
    highest = np.concatenate(([np.inf, np.inf], np.full(len(lowest) - 2, MOST)))
    return lowest, highest


def scale_of(model: Model, means: int) -> ClimbScale:
    """Return the scale of climbs along so many coefficients of means, τ² and δ."""
    origin = np.array([np.exp(np.log(model.v).mean()), *model.selection.origin])
    count = int(np.isfinite(origin).sum())
    return ClimbScale(places=slice(means, means + count), origin=origin[:count])
