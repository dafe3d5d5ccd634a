"""Newton's climbs of a selection model's likelihood within bounds, many side by side."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.small_study.selection.likelihood import Surface
from liftproof.statistics.small_study.selection.scale import ClimbScale

MAX_STEPS = 300
"""Newton's steps from one start; half a dozen are usual."""

MAX_HALVINGS = 50

NEAR = 1e-9
"""A climb ends where Newton's step would raise the log-likelihood by less than this: parameters are
then within 5e-5 standard errors. Where the likelihood rises without end, steps promise more."""

LAST = 1e-17
"""Of a step that promises less, 5e-9 standard errors long, Newton's method leaves rounding."""

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
    ``scale``: on which the climb is short.
    """

    surfaces: Callable[[Array], Surface]
    is_free: NDArray[np.bool_]
    lowest: Array
    highest: Array
    scale: ClimbScale

    @property
    def on_its_scale(self) -> "Hill":
        """Return the hill whose parameters are those of the scale."""

        def surfaces(points: Array) -> Surface:
            at = np.clip(self.scale.back(points), self.lowest, self.highest)
            return self.scale.surfaces(self.surfaces(at), at)

        lowest, highest = self.scale.forth(self.lowest), self.scale.forth(self.highest)
        return replace(self, surfaces=surfaces, lowest=lowest, highest=highest)


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
    """Return the ends of climbs by Newton's steps near maxima, (m, n), and the heights there (m,).

    All ``starts`` (g, n) climb side by side; what is not free is alike in all. A parameter on its
    bound stays there while gradient or step point outwards. A start from which no maximum is
    reached has no end.
    """
    scale, lowest, highest = hill.scale, hill.lowest, hill.highest
    hill = hill.on_its_scale
    points = np.clip(scale.forth(starts), hill.lowest, hill.highest)
    here = hill.surfaces(points)
    ends, heights = [np.empty((0, points.shape[1]))], [np.empty(0)]
    for _ in range(MAX_STEPS):
        finite = np.isfinite(here.value + here.hessian.sum(axis=(1, 2)))
        if not finite.all():
            points, here = points[finite], here[finite]
        if not len(points):
            break
        step = _newton_steps(hill, here, points)
        promise = (here.gradient * step).sum(axis=1)
        arrived = promise < NEAR
        if arrived.any():
            ends.append(points[arrived])
            heights.append((here.value + promise / 2)[arrived])
            if arrived.all():
                break
            points, here, step = points[~arrived], here[~arrived], step[~arrived]
        points, here = _rises(hill, points, scale.shortened(step), here.value)
    found = np.clip(scale.back(np.concatenate(ends)), lowest, highest)
    return np.where(hill.is_free, found, starts[:1]), np.concatenate(heights)


@QUIET
def settled(hill: Hill, point: Array) -> Summit:
    """Return the end of Newton's steps from the end of a climb.

    Climbs to one maximum end up to 1e-4 standard errors apart. The gradient tells such points
    apart to their rounding: steps go on until one is so short that the next would be rounding, or
    none at least halves what the next one promises.
    """
    here = hill.surfaces(point[None])
    step = _newton_steps(hill, here, point[None])[0]
    for _ in range(MAX_STEPS):
        promise = here.gradient[0] @ step
        following = np.clip(point + step, hill.lowest, hill.highest)
        there = hill.surfaces(following[None])
        if not np.isfinite(there.hessian).all():
            break
        if promise < LAST:
            return Summit(at=following, value=float(there.value[0]), hessian=there.hessian[0])
        onwards = _newton_steps(hill, there, following[None])[0]
        if not there.gradient[0] @ onwards < promise / 2:
            break
        point, here, step = following, there, onwards
    return Summit(at=point, value=float(here.value[0]), hessian=here.hessian[0])


def _newton_steps(hill: Hill, here: Surface, points: Array) -> Array:
    """Return Newton's steps (g, n) of the parameters that may move; all point upwards."""
    at_low, at_high = points <= hill.lowest, points >= hill.highest
    moves = hill.is_free & ~(at_low & (here.gradient <= 0)) & ~(at_high & (here.gradient >= 0))
    step = _ascents(here.hessian, here.gradient, moves)
    while (outwards := moves & ((at_low & (step < 0)) | (at_high & (step > 0)))).any():
        moves &= ~outwards
        again = np.flatnonzero(outwards.any(axis=1))
        step[again] = _ascents(here.hessian[again], here.gradient[again], moves[again])
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


def _rises(hill: Hill, points: Array, step: Array, value: Array) -> tuple[Array, Surface]:
    """Return the next points that are higher, and the surfaces there.

    A step ends at the first bound it meets, and is halved until the likelihood rises. What does not
    rise is left out.
    """
    lowest, highest = hill.lowest, hill.highest
    ahead = np.where(step > 0, highest, lowest)
    room = np.where(step == 0, np.inf, (ahead - points) / step)
    first = room.min(axis=1, initial=np.inf, keepdims=True)
    length = np.minimum(1.0, first)
    following = np.clip(points + length * step, lowest, highest)
    following = np.where((room == first) & (first <= 1), ahead, following)
    there = hill.surfaces(following)
    for _ in range(MAX_HALVINGS):
        left = np.flatnonzero(~(there.value > value))
        if not left.size:
            return following, there
        length[left] /= 2
        following[left] = np.clip(points[left] + length[left] * step[left], lowest, highest)
        there.put(left, hill.surfaces(following[left]))
    risen = np.flatnonzero(there.value > value)
    return following[risen], there[risen]
