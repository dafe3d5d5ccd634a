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
    surfaces,
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
    """Return (μ, τ², δ) at the highest maximum, and the surface there, both of all trials.

    ``fixed``: values of the parameters that are not free. Raises ConvergenceError.
    """
    ends, heights = _climbs(model, _starts(model, fixed))
    if not len(ends):
        raise ConvergenceError(
            "The likelihood of this selection model rises without end or is flat: the trials are"
            " too few or too alike for it. Take a model with fewer parameters, or fixed weights."
        )
    return _settled(model.of_all_trials(), ends[heights.argmax()])


def _starts(model: Model, fixed: Array) -> Array:
    """Return the highest points of a grid over all free parameters that exceed their neighbours."""
    axes = _axes(model, fixed)
    deltas = np.stack(np.meshgrid(*axes[2:], indexing="ij"), axis=-1).reshape(-1, len(axes) - 2)
    grid = on_grid(model, axes[0], axes[1], deltas).reshape([len(axis) for axis in axes])
    places = np.argwhere(is_local_maximum(grid) & np.isfinite(grid))
    order = np.argsort(-grid[tuple(places.T)], kind="stable")[:STARTS]
    return np.stack([axis[place] for axis, place in zip(axes, places[order].T, strict=True)], -1)


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


def _climbs(model: Model, starts: Array) -> tuple[Array, Array]:
    """Return the maxima that Newton's steps reach, (n, 2 + d), and their heights (n,).

    All ``starts`` (g, 2 + d) climb side by side. A parameter on its bound stays there while
    gradient or step point outwards. A start from which no maximum is reached has no end.
    """
    lowest, highest = bounds(model)
    points = np.clip(starts, lowest, highest)
    here = _surfaces(model, points)
    ends, heights = [np.empty((0, points.shape[1]))], [np.empty(0)]
    for _ in range(MAX_STEPS):
        # Where all selected mass lies beyond double precision a start is given up.
        is_finite = np.isfinite(here.value) & np.isfinite(here.hessian).all(axis=(1, 2))
        finite = np.flatnonzero(is_finite)
        points, here = points[finite], here[finite]
        if not len(points):
            break
        step = _newton_steps(here, points, model.is_free, lowest, highest)
        promise = (here.gradient * step).sum(axis=1)
        rising = np.flatnonzero(promise >= TOLERANCE)
        risen, following, there = _rises(
            model, points[rising], step[rising], here.value[rising], lowest, highest
        )
        arrived = promise < ROUNDING
        arrived[rising[risen]] = False
        ends.append(points[arrived])
        heights.append(here.value[arrived])
        points, here = following, there
    return np.concatenate(ends), np.concatenate(heights)


def _surfaces(model: Model, points: Array) -> Surface:
    """Return the surfaces, not finite where all selected mass lies beyond double precision."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return surfaces(model, points)


def _settled(model: Model, point: Array) -> tuple[Array, Surface]:
    """Return the end of Newton's steps from the end of a climb.

    Climbs to one maximum end up to 1e-6 standard errors apart, and which is the highest is decided
    by the last digit of the log-likelihood. The gradient still tells such points apart: steps go on
    as long as each at least halves what the next one promises.
    """
    lowest, highest = bounds(model)
    here = surface(model, point)
    step = _newton_step(model, here, point)
    for _ in range(MAX_STEPS):
        following = np.clip(point + step, lowest, highest)
        there = surface(model, following)
        onwards = _newton_step(model, there, following)
        if not there.gradient @ onwards < here.gradient @ step / 2:
            break
        point, here, step = following, there, onwards
    return point, here


def bounds(model: Model) -> tuple[Array, Array]:
    """Return the smallest and largest value of each parameter (μ, τ², δ)."""
    lowest = np.concatenate(([-np.inf, 0.0], model.selection.lowest))
    highest = np.concatenate(([np.inf, np.inf], np.full(len(lowest) - 2, MOST)))
    return lowest, highest


def _newton_step(model: Model, here: Surface, point: Array) -> Array:
    """Return Newton's step from one point."""
    lowest, highest = bounds(model)
    alone = Surface(
        value=here.value[None], gradient=here.gradient[None], hessian=here.hessian[None]
    )
    return np.asarray(_newton_steps(alone, point[None], model.is_free, lowest, highest)[0])


def _newton_steps(
    here: Surface, points: Array, is_free: NDArray[np.bool_], lowest: Array, highest: Array
) -> Array:
    """Return Newton's steps (g, 2 + d) of the parameters that may move; all point upwards."""
    at_low, at_high = points <= lowest, points >= highest
    moves = is_free & ~(at_low & (here.gradient <= 0)) & ~(at_high & (here.gradient >= 0))
    step = np.zeros_like(points)
    asked = np.arange(len(points))
    while asked.size:
        step[asked] = _ascents(here.hessian[asked], here.gradient[asked], moves[asked])
        outwards = moves & ((at_low & (step < 0)) | (at_high & (step > 0)))
        moves &= ~outwards
        asked = np.flatnonzero(outwards.any(axis=1))
    return step


def _ascents(hessian: Array, gradient: Array, moves: NDArray[np.bool_]) -> Array:
    """Return the steps to the tops of paraboloids whose curvatures are all taken as downwards.

    Parameters are first scaled by their own curvature, so that units play no part. One that does
    not move is bent by 1, apart from all others.
    """
    both = moves[:, :, None] & moves[:, None]
    bent = np.where(both, hessian, np.eye(moves.shape[1]))
    scale = 1 / np.sqrt(np.maximum(np.abs(np.diagonal(bent, axis1=1, axis2=2)), 1e-300))
    curvature, directions = np.linalg.eigh(bent * scale[:, :, None] * scale[:, None])
    size = np.abs(curvature)
    size = np.maximum(size, 1e-10 * size.max(axis=1, keepdims=True))
    along = (directions * (scale * gradient * moves)[:, :, None]).sum(axis=1) / size
    return np.where(moves, scale * (directions * along[:, None]).sum(axis=2), 0.0)


def _rises(
    model: Model, points: Array, step: Array, value: Array, lowest: Array, highest: Array
) -> tuple[NDArray[np.intp], Array, Surface]:
    """Return which points have a next one that is higher, with these and the surfaces there.

    A step ends at the first bound it meets, and is halved until the likelihood rises.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        room = np.where(step > 0, (highest - points) / step, (lowest - points) / step)
    room = np.where(step == 0, np.inf, room)
    first = room.min(axis=1, initial=np.inf, keepdims=True)
    length = np.minimum(1.0, first)
    following = np.clip(points + length * step, lowest, highest)
    met = (room == first) & (length == first)
    following[met] = np.where(step > 0, highest, lowest)[met]
    there = _surfaces(model, following)
    for _ in range(MAX_HALVINGS):
        left = np.flatnonzero(~(there.value > value))
        if not left.size:
            break
        length[left] /= 2
        following[left] = np.clip(points[left] + length[left] * step[left], lowest, highest)
        there.put(left, _surfaces(model, following[left]))
    risen = np.flatnonzero(there.value > value)
    return risen, following[risen], there[risen]
