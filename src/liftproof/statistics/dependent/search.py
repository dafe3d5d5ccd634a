"""The highest point of a three-level likelihood, and how far a component can go: by exclusion.

-2 log-likelihood is the sum of log|K'MK|, concave in both components, and of q, which is convex.
A tangent of q lies below q, so that within a rectangle the sum is at least its smallest value at
the corners with q replaced by the tangent at the centre. Rectangles that cannot hold what is
searched are dropped, others divided; the bound's error falls with the square of their size. Near a
maximum, where that would take small ones, ``summit`` proves that there is no other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.likelihood import Values, likelihood
from liftproof.statistics.dependent.newton import at_maximum
from liftproof.statistics.dependent.rotation import Rotated
from liftproof.statistics.dependent.summit import summit

GAP = 1e-5
"""In -2 log-likelihood: no pair of components is better by more than this."""

NARROW = 1e-3
"""A limit is bracketed to this, relative to it, before Newton's steps end the search."""

CLIMB_AFTER = 4
"""Rounds of division before a maximum is climbed: earlier, the climb is longer."""
MOST_RECTANGLES = 20_000
MOST_STEPS = 200

CORNERS = np.array([[False, False, True, True], [False, True, False, True]])[:, :, None]
"""Which of both ends each corner has."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rectangles:
    """n rectangles of components from ``low`` to ``high``, both of shape (2, n)."""

    low: Array
    high: Array

    def __getitem__(self, chosen: NDArray[np.bool_]) -> "Rectangles":
        return Rectangles(low=self.low[:, chosen], high=self.high[:, chosen])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Examined:
    """``bound``: below -2 log-likelihood anywhere in a rectangle, (n,). ``points``: pairs tried,
    (2, 5n), with their ``deviance``, (5n,)."""

    bound: Array
    points: Array
    deviance: Array


def highest_point(model: Rotated, whole: Rectangles, offset: Array) -> Array:
    """Return the pair of components in a rectangle at which the likelihood is largest.

    No pair in the rectangle has -2 log-likelihood smaller by more than ``GAP``. A maximum is
    climbed on the way; where it is proven to be the only one rectangles are dropped too.
    """
    best, lowest, peak = whole.low[:, 0], np.inf, None
    rectangles = quartered(quartered(whole, offset), offset)
    for turn in range(MOST_STEPS):
        examined = examine(model, rectangles, offset)
        first = int(examined.deviance.argmin())
        if examined.deviance[first] < lowest:
            best, lowest = examined.points[:, first], float(examined.deviance[first])
        if turn == CLIMB_AFTER:
            peak = summit(model, at_maximum(model, best, offset))
            best = peak.sigma2
            lowest = float(likelihood(model, best[:, None]).deviance[0])
        is_open = examined.bound < lowest - GAP
        if peak is not None:
            is_open &= ~peak.covers(rectangles.low, rectangles.high)
        rectangles = quartered(rectangles[is_open], offset)
        if not _goes_on(rectangles):
            is_settled = peak is not None and best is peak.sigma2
            return best if is_settled else at_maximum(model, best, offset)
    raise ConvergenceError(_NO_END)


def farthest(
    model: Rotated, whole: Rectangles, offset: Array, start: Array, axis: int, highest: float
) -> Array:
    """Return a pair with -2 log-likelihood up to ``highest`` as far from ``start`` as there is.

    Far is meant along ``axis``, in the direction in which the rectangle lies. No pair farther by
    more than ``NARROW``, relative to the component plus its offset, has one so small.
    """
    sign = 1.0 if whole.high[axis, 0] > start[axis] else -1.0
    reach, rectangles = start, whole
    for _ in range(MOST_STEPS):
        examined = examine(model, rectangles, offset)
        along = np.where(examined.deviance <= highest, sign * examined.points[axis], -np.inf)
        first = int(along.argmax())
        if along[first] > sign * reach[axis]:
            reach = examined.points[:, first]
        ahead = np.where(sign > 0, rectangles.high[axis], -rectangles.low[axis])
        margin = NARROW * (reach[axis] + offset[axis])
        is_open = (examined.bound <= highest) & (ahead > sign * reach[axis] + margin)
        rectangles = quartered(rectangles[is_open], offset)
        if not _goes_on(rectangles):
            return reach
    raise ConvergenceError(_NO_END)


def examine(model: Rotated, rectangles: Rectangles, offset: Array) -> Examined:
    """Return the bound of each rectangle, and the pairs tried for it."""
    low, high = rectangles.low[:, None, :], rectangles.high[:, None, :]
    corners = np.where(CORNERS, high, low)
    centre = _middle(low, high, offset[:, None, None])
    points = np.concatenate((corners, centre), axis=1)
    at, places = _once_each(model, points.reshape(2, -1))
    determinant, q = (values[places].reshape(5, -1) for values in (at.determinant, at.q))
    slope = at.slope[:, places].reshape(2, 5, -1)[:, 4:]
    tangent = q[4] + (slope * (corners - centre)).sum(axis=0)
    at_tangent, at_least = (determinant[:4] + tangent).min(axis=0), determinant[0] + q[3]
    return Examined(
        bound=np.maximum(at_tangent, at_least),
        points=points.reshape(2, -1),
        deviance=at.deviance[places],
    )


def _once_each(model: Rotated, points: Array) -> tuple[Values, NDArray[np.intp]]:
    """Return the likelihood at points (2, n), and which of it is whose.

    Rectangles side by side have corners in common, which are computed once.
    """
    _, first, places = np.unique(points[0] + 1j * points[1], return_index=True, return_inverse=True)
    return likelihood(model, points[:, first]), places


def quartered(rectangles: Rectangles, offset: Array) -> Rectangles:
    """Return the parts of rectangles halved twice."""
    return _halved(_halved(rectangles, offset), offset)


def _halved(rectangles: Rectangles, offset: Array) -> Rectangles:
    """Return the halves of rectangles, divided across the side that changes M more."""
    low, high = rectangles.low, rectangles.high
    middle = _middle(low, high, offset[:, None])
    grown = offset[:, None] * np.stack((1 + low[1] / offset[1], np.ones_like(low[1])))
    ratio = (high + grown) / (low + grown)
    across = np.stack((ratio[0] >= ratio[1], ratio[0] < ratio[1]))
    return Rectangles(
        low=np.hstack((low, np.where(across, middle, low))),
        high=np.hstack((np.where(across, middle, high), high)),
    )


def _middle(low: Array, high: Array, offset: Array) -> Array:
    """Return the geometric mean of both ends, each above its offset."""
    middle: Array = np.sqrt((low + offset) * (high + offset)) - offset
    return np.clip(middle, low, high)


def _goes_on(rectangles: Rectangles) -> bool:
    """Return whether rectangles are left; ConvergenceError where they are too many."""
    if rectangles.low.shape[1] > MOST_RECTANGLES:
        raise ConvergenceError(_NO_END)
    return rectangles.low.size > 0


_NO_END = (
    "The search for the variance components did not end: the likelihood is almost flat. Use a "
    "model with one component, or fewer moderators."
)
