"""Newton's climbs of a selection model's likelihood within bounds, many side by side."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.likelihood import Surface

MAX_STEPS = 300
"""Newton's steps from one start; a dozen are usual."""

MAX_HALVINGS = 50

TOLERANCE = 1e-12
"""A climb ends where Newton's step would raise the log-likelihood by less than this: parameters are
then within 1e-6 standard errors."""

ROUNDING = 1e-9
"""A step that promises less than this and still does not rise has met rounding."""

FLAT, TINY = 1e-10, 1e-300
"""A step is taken as if no curvature were less than so much of the largest, and none were 0."""

NO_MAXIMUM = (
    "The likelihood of this selection model rises without end or is flat: the trials are too few "
    "or too alike for it. Take a model with fewer parameters, or fixed weights."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hill:
    """A log-likelihood of n parameters, to be climbed.

    ``surfaces``: it at points (g, n), not finite where all selected mass lies beyond double
    precision. ``is_free`` (n,): which parameters move, within ``lowest`` and ``highest`` (n,).
    """

    surfaces: Callable[[Array], Surface]
    is_free: NDArray[np.bool_]
    lowest: Array
    highest: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Summit:
    """Parameters ``at`` (n,) of a maximum, the log-likelihood there and its ``hessian`` (n, n)."""

    at: Array
    value: float
    hessian: Array


QUIET = np.errstate(divide="ignore", invalid="ignore", over="ignore")
"""A climb may come to where all selected mass lies beyond double precision, or to a slope without a
curvature, whose step has no length: it is then given up."""


@QUIET
def climbs(hill: Hill, starts: Array) -> tuple[Array, Array]:
    """Return the maxima that Newton's steps reach, (m, n), and their heights (m,).

    All ``starts`` (g, n) climb side by side. A parameter on its bound stays there while gradient or
    step point outwards. A start from which no maximum is reached has no end.
    """
    points = np.clip(starts, hill.lowest, hill.highest)
    here = hill.surfaces(points)
    ends, heights = [np.empty((0, points.shape[1]))], [np.empty(0)]
    for _ in range(MAX_STEPS):
        is_finite = np.isfinite(here.value) & np.isfinite(here.hessian).all(axis=(1, 2))
        finite = np.flatnonzero(is_finite)
        points, here = points[finite], here[finite]
        if not len(points):
            break
        step = _newton_steps(hill, here, points)
        promise = (here.gradient * step).sum(axis=1)
        rising = np.flatnonzero(promise >= TOLERANCE)
        risen, following, there = _rises(hill, points[rising], step[rising], here.value[rising])
        arrived = promise < ROUNDING
        arrived[rising[risen]] = False
        ends.append(points[arrived])
        heights.append(here.value[arrived])
        points, here = following, there
    return np.concatenate(ends), np.concatenate(heights)


@QUIET
def settled(hill: Hill, point: Array) -> Summit:
    """Return the end of Newton's steps from the end of a climb.

    Climbs to one maximum end up to 1e-6 standard errors apart, and which is the highest is decided
    by the last digit of the log-likelihood. The gradient still tells such points apart: steps go on
    as long as each at least halves what the next one promises.
    """
    here = hill.surfaces(point[None])
    step = _newton_steps(hill, here, point[None])[0]
    for _ in range(MAX_STEPS):
        following = np.clip(point + step, hill.lowest, hill.highest)
        there = hill.surfaces(following[None])
        onwards = _newton_steps(hill, there, following[None])[0]
        if not there.gradient[0] @ onwards < here.gradient[0] @ step / 2:
            break
        point, here, step = following, there, onwards
    return Summit(at=point, value=float(here.value[0]), hessian=here.hessian[0])


def _newton_steps(hill: Hill, here: Surface, points: Array) -> Array:
    """Return Newton's steps (g, n) of the parameters that may move; all point upwards."""
    at_low, at_high = points <= hill.lowest, points >= hill.highest
    moves = hill.is_free & ~(at_low & (here.gradient <= 0)) & ~(at_high & (here.gradient >= 0))
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
    scale = 1 / np.sqrt(np.maximum(np.abs(np.diagonal(bent, axis1=1, axis2=2)), TINY))
    curvature, directions = np.linalg.eigh(bent * scale[:, :, None] * scale[:, None])
    size = np.abs(curvature)
    size = np.maximum(size, FLAT * size.max(axis=1, keepdims=True))
    along = (directions * (scale * gradient * moves)[:, :, None]).sum(axis=1) / size
    return np.where(moves, scale * (directions * along[:, None]).sum(axis=2), 0.0)


def _rises(
    hill: Hill, points: Array, step: Array, value: Array
) -> tuple[NDArray[np.intp], Array, Surface]:
    """Return which points have a next one that is higher, with these and the surfaces there.

    A step ends at the first bound it meets, and is halved until the likelihood rises.
    """
    lowest, highest = hill.lowest, hill.highest
    with np.errstate(divide="ignore", invalid="ignore"):
        room = np.where(step > 0, (highest - points) / step, (lowest - points) / step)
    room = np.where(step == 0, np.inf, room)
    first = room.min(axis=1, initial=np.inf, keepdims=True)
    length = np.minimum(1.0, first)
    following = np.clip(points + length * step, lowest, highest)
    met = (room == first) & (length == first)
    following[met] = np.where(step > 0, highest, lowest)[met]
    there = hill.surfaces(following)
    for _ in range(MAX_HALVINGS):
        left = np.flatnonzero(~(there.value > value))
        if not left.size:
            break
        length[left] /= 2
        following[left] = np.clip(points[left] + length[left] * step[left], lowest, highest)
        there.put(left, hill.surfaces(following[left]))
    risen = np.flatnonzero(there.value > value)
    return risen, following[risen], there[risen]
