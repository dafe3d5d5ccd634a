"""The global maximum of a selection model's likelihood: a grid, then Newton's steps."""

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.likelihood import (
    Model,
    Surface,
    on_grid,
    surface,
)
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

MAX_STEPS = 300
"""Newton's steps from one start; a dozen are usual."""

MAX_HALVINGS = 50

TOLERANCE = 1e-12
"""A climb ends where Newton's step would raise the log-likelihood by less than this: parameters are
then within 1e-6 standard errors."""

ROUNDING = 1e-9
"""A step that promises less than this and still does not rise has met rounding."""


def highest_maximum(model: Model, fixed: Array) -> tuple[Array, Surface]:
    """Return (μ, τ², δ) at the highest maximum, and the surface there.

    ``fixed``: values of the parameters that are not free. Raises ConvergenceError.
    """
    starts = _starts(model, fixed)
    reached = [found for start in starts if (found := _climb(model, start)) is not None]
    if not reached:
        raise ConvergenceError(
            "The likelihood of this selection model rises without end or is flat: the trials are"
            " too few or too alike for it. Take a model with fewer parameters, or fixed weights."
        )
    return _settled(model, *max(reached, key=lambda found: found[1].value))


def _starts(model: Model, fixed: Array) -> list[Array]:
    """Return the highest points of a grid over all free parameters that exceed their neighbours."""
    axes = _axes(model, fixed)
    deltas = np.stack(np.meshgrid(*axes[2:], indexing="ij"), axis=-1).reshape(-1, len(axes) - 2)
    grid = on_grid(model, axes[0], axes[1], deltas).reshape([len(axis) for axis in axes])
    places = np.argwhere(is_local_maximum(grid) & np.isfinite(grid))
    order = np.argsort([-grid[tuple(place)] for place in places], kind="stable")[:STARTS]
    return [np.array([axis[i] for axis, i in zip(axes, places[n], strict=True)]) for n in order]


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
        padded = np.pad(
            grid,
            [(1, 1) if n == axis else (0, 0) for n in range(grid.ndim)],
            constant_values=-np.inf,
        )
        before = np.take(padded, range(grid.shape[axis]), axis=axis)
        after = np.take(padded, range(2, grid.shape[axis] + 2), axis=axis)
        result &= (grid >= before) & (grid >= after)
    return result


def _climb(model: Model, start: Array) -> tuple[Array, Surface] | None:
    """Return the maximum that Newton's steps reach from ``start``; None where they do not.

    A parameter on its bound stays there while gradient or step point outwards. A step ends at the
    first bound it meets, and is halved until the likelihood rises.
    """
    lowest, highest = bounds(model)
    parameters = np.clip(start, lowest, highest)
    here = _surface(model, parameters)
    for _ in range(MAX_STEPS):
        # Where all selected mass lies beyond double precision the start is given up.
        if not (np.isfinite(here.value) and np.isfinite(here.hessian).all()):
            return None
        step = _newton_step(here, parameters, model.is_free, lowest, highest)
        promise = float(here.gradient @ step)
        if promise < TOLERANCE:
            return parameters, here
        following = _rise(model, parameters, step, here.value, lowest, highest)
        if following is None:
            return (parameters, here) if promise < ROUNDING else None
        parameters, here = following
    return None


def _surface(model: Model, parameters: Array) -> Surface:
    """Return the surface, not finite where all selected mass lies beyond double precision."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return surface(model, parameters)


def _settled(model: Model, parameters: Array, here: Surface) -> tuple[Array, Surface]:
    """Return the end of Newton's steps from the end of a climb.

    Climbs to one maximum end up to 1e-6 standard errors apart, and which is the highest is decided
    by the last digit of the log-likelihood. The gradient still tells such points apart: steps go on
    as long as each at least halves what the next one promises.
    """
    lowest, highest = bounds(model)
    step = _newton_step(here, parameters, model.is_free, lowest, highest)
    for _ in range(MAX_STEPS):
        following = np.clip(parameters + step, lowest, highest)
        there = surface(model, following)
        onwards = _newton_step(there, following, model.is_free, lowest, highest)
        if not there.gradient @ onwards < here.gradient @ step / 2:
            break
        parameters, here, step = following, there, onwards
    return parameters, here


def bounds(model: Model) -> tuple[Array, Array]:
    """Return the smallest and largest value of each parameter (μ, τ², δ)."""
    lowest = np.concatenate(([-np.inf, 0.0], model.selection.lowest))
    highest = np.concatenate(([np.inf, np.inf], np.full(len(lowest) - 2, MOST)))
    return lowest, highest


def _newton_step(
    here: Surface,
    parameters: Array,
    is_free: NDArray[np.bool_],
    lowest: Array,
    highest: Array,
) -> Array:
    """Return Newton's step of the parameters that may move; it always points upwards."""
    at_low, at_high = parameters <= lowest, parameters >= highest
    moves = is_free & ~(at_low & (here.gradient <= 0)) & ~(at_high & (here.gradient >= 0))
    step = np.zeros_like(parameters)
    while moves.any():
        step[:] = 0.0
        step[moves] = _ascent(here.hessian[np.ix_(moves, moves)], here.gradient[moves])
        outwards = moves & ((at_low & (step < 0)) | (at_high & (step > 0)))
        if not outwards.any():
            return step
        moves &= ~outwards
    return np.zeros_like(parameters)


def _ascent(hessian: Array, gradient: Array) -> Array:
    """Return the step to the top of a paraboloid whose curvatures are all taken as downwards.

    Parameters are first scaled by their own curvature, so that units play no part.
    """
    scale = 1 / np.sqrt(np.maximum(np.abs(np.diagonal(hessian)), 1e-300))
    curvature, directions = np.linalg.eigh(hessian * np.outer(scale, scale))
    size = np.maximum(np.abs(curvature), 1e-10 * np.abs(curvature).max())
    return np.asarray(scale * (directions @ ((directions.T @ (scale * gradient)) / size)))


def _rise(
    model: Model, parameters: Array, step: Array, value: float, lowest: Array, highest: Array
) -> tuple[Array, Surface] | None:
    """Return the next point, at which the likelihood is higher; None where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        room = np.where(step > 0, (highest - parameters) / step, (lowest - parameters) / step)
    room = np.where(step == 0, np.inf, room)
    length = min(1.0, float(room.min()))
    for _ in range(MAX_HALVINGS):
        following = np.clip(parameters + length * step, lowest, highest)
        if length == room.min():
            met = room == length
            following[met] = np.where(step > 0, highest, lowest)[met]
        there = _surface(model, following)
        if there.value > value:
            return following, there
        length /= 2
    return None
