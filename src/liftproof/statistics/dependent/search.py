"""The highest points of three-level likelihoods, and how far a component can go: by exclusion.

-2 log-likelihood is the sum of log|K'MK|, concave in both components, and of q, which is convex.
A tangent of q lies below q, so that within a rectangle the sum is at least its smallest value at
the corners with q replaced by the tangent at the centre. Rectangles that cannot hold what is
searched are dropped, others divided; the bound's error falls with the square of their size. Near a
maximum, where that would take small ones, ``summit`` proves that there is no other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liftproof.errors import ConvergenceError
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.groups import Places
from liftproof.statistics.dependent.likelihood import Values, likelihood
from liftproof.statistics.dependent.newton import Flags, at_maximum
from liftproof.statistics.dependent.rotation import Rotated, of_own
from liftproof.statistics.dependent.summit import summits

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
    """n rectangles of components from ``low`` to ``high``, both of shape (2, n).

    ``own`` (n,): which of several models each is of.
    """

    low: Array
    high: Array
    own: Places

    def __getitem__(self, chosen: Flags) -> Rectangles:
        return Rectangles(low=self.low[:, chosen], high=self.high[:, chosen], own=self.own[chosen])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Examined:
    """``bound``: below -2 log-likelihood anywhere in a rectangle, (n,). ``points``: pairs tried,
    (2, 5n), with their ``deviance`` and their ``own`` model, (5n,)."""

    bound: Array
    points: Array
    deviance: Array
    own: Places


@dataclass(slots=True, kw_only=True, eq=False)
class Best:
    """The best pairs of s models so far, (2, s), with their ``deviance``, (s,).

    ``is_climbed``: whether a pair is where a climb ended. ``has_ended``: whether the climb did,
    and the search.
    """

    pairs: Array
    deviance: Array
    is_climbed: Flags
    has_ended: Flags

    def look(self, examined: Examined) -> None:
        """Take the best of the pairs tried where it is better."""
        first = _lowest_of_each(examined)
        first = first[examined.deviance[first] < self.deviance[examined.own[first]]]
        sets = examined.own[first]
        self.pairs[:, sets] = examined.points[:, first]
        self.deviance[sets], self.is_climbed[sets] = examined.deviance[first], False

    def climb(self, model: Rotated, offset: Array, sets: Places) -> None:
        """Climb from the best pairs of some of the models."""
        part, start = model.chosen(sets), self.pairs[:, sets]
        self.pairs[:, sets], self.has_ended[sets] = at_maximum(part, start, offset[:, sets])
        own = np.arange(sets.size)
        self.deviance[sets] = likelihood(part, self.pairs[:, sets], own).deviance
        self.is_climbed[sets] = True


def highest_points(model: Rotated, top: Array, offset: Array) -> tuple[Array, Flags]:
    """Return the pair of components from 0 to ``top`` of each model that is likeliest, (2, s).

    No pair there has -2 log-likelihood smaller by more than ``GAP``. Maxima are climbed on the
    way; where one is proven to be the only one rectangles are dropped too. With the pairs, whether
    each search came to an end, (s,). ``top``, ``offset``: (2, s).
    """
    best, sets = _none_yet(top), np.arange(top.shape[1])
    rectangles = Rectangles(low=np.zeros_like(top), high=top, own=sets)
    rectangles = quartered(quartered(rectangles, offset), offset)
    for turn in range(MOST_STEPS):
        examined = examine(model, rectangles, offset)
        best.look(examined)
        if turn == CLIMB_AFTER:
            sets = np.unique(rectangles.own)
            best.climb(model, offset, sets)
            sets = sets[best.has_ended[sets]]
            peaks = summits(model.chosen(sets), best.pairs[:, sets])
        is_open = examined.bound < best.deviance[rectangles.own] - GAP
        rectangles = rectangles[is_open & best.has_ended[rectangles.own]]
        if turn >= CLIMB_AFTER:
            place = np.searchsorted(sets, rectangles.own)
            rectangles = rectangles[~peaks.covers(rectangles.low, rectangles.high, place)]
        rectangles = quartered(rectangles, offset)
        best.has_ended[_too_many(rectangles)] = False
        if not best.has_ended.all():
            rectangles = rectangles[best.has_ended[rectangles.own]]
        if not rectangles.own.size:
            break
    best.has_ended[rectangles.own] = False
    unsettled = np.flatnonzero(best.has_ended & ~best.is_climbed)
    if unsettled.size:
        best.climb(model, offset, unsettled)
    return best.pairs, best.has_ended


def _none_yet(top: Array) -> Best:
    flags = np.zeros(top.shape[1], dtype=bool)
    return Best(
        pairs=np.zeros_like(top),
        deviance=np.full(flags.size, np.inf),
        is_climbed=flags,
        has_ended=~flags,
    )


def _lowest_of_each(examined: Examined) -> Places:
    """Return the place of the first best pair of each model that has one."""
    if not examined.own.any():
        return np.array([examined.deviance.argmin()])
    order = np.lexsort((examined.deviance, examined.own))
    _, first = np.unique(examined.own[order], return_index=True)
    return np.asarray(order[first])


def _too_many(rectangles: Rectangles) -> Places:
    """Return the models of which there are more rectangles than are divided further."""
    if rectangles.own.size <= MOST_RECTANGLES:
        return rectangles.own[:0]
    return np.flatnonzero(np.bincount(rectangles.own) > MOST_RECTANGLES)


def farthest(
    model: Rotated, whole: Rectangles, offset: Array, start: Array, axis: int, highest: float
) -> Array:
    """Return a pair with -2 log-likelihood up to ``highest`` as far from ``start`` as there is.

    Far is meant along ``axis``, in the direction in which the rectangle lies. No pair farther by
    more than ``NARROW``, relative to the component plus its offset, has one so small.
    """
    sign = 1.0 if whole.high[axis, 0] > start[axis] else -1.0
    offsets = offset[:, None]
    reach, rectangles = start, whole
    for _ in range(MOST_STEPS):
        examined = examine(model, rectangles, offsets)
        along = np.where(examined.deviance <= highest, sign * examined.points[axis], -np.inf)
        first = int(along.argmax())
        if along[first] > sign * reach[axis]:
            reach = examined.points[:, first]
        ahead = np.where(sign > 0, rectangles.high[axis], -rectangles.low[axis])
        margin = NARROW * (reach[axis] + offset[axis])
        is_open = (examined.bound <= highest) & (ahead > sign * reach[axis] + margin)
        rectangles = quartered(rectangles[is_open], offsets)
        if not rectangles.own.size:
            return reach
        if _too_many(rectangles).size:
            break
    raise ConvergenceError(NO_END)


def examine(model: Rotated, rectangles: Rectangles, offset: Array) -> Examined:
    """Return the bound of each rectangle, and the pairs tried for it; ``offset``: (2, s)."""
    low, high = rectangles.low[:, None, :], rectangles.high[:, None, :]
    corners = np.where(CORNERS, high, low)
    centre = _middle(low, high, of_own(offset, rectangles.own)[:, None])
    points = np.concatenate((corners, centre), axis=1)
    own = np.concatenate([rectangles.own] * points.shape[1])
    at, places = _once_each(model, points.reshape(2, -1), own)
    determinant, q = (values[places].reshape(5, -1) for values in (at.determinant, at.q))
    slope = at.slope[:, places].reshape(2, 5, -1)[:, 4:]
    tangent = q[4] + (slope * (corners - centre)).sum(axis=0)
    at_tangent, at_least = (determinant[:4] + tangent).min(axis=0), determinant[0] + q[3]
    return Examined(
        bound=np.maximum(at_tangent, at_least),
        points=points.reshape(2, -1),
        deviance=at.deviance[places],
        own=own,
    )


def _once_each(model: Rotated, points: Array, own: Places) -> tuple[Values, Places]:
    """Return the likelihood at points (2, n), and which of it is whose.

    Rectangles side by side have corners in common, which are computed once. Pairs of like σ²effect
    come one after the other.
    """
    order = np.lexsort((points[0], points[1], own))
    ranked, whose = points[:, order], own[order]
    is_new = np.ones(order.size, dtype=bool)
    is_new[1:] = (ranked[:, 1:] != ranked[:, :-1]).any(axis=0) | (whose[1:] != whose[:-1])
    places = np.empty(order.size, dtype=np.intp)
    places[order] = np.cumsum(is_new) - 1
    return likelihood(model, ranked[:, is_new], whose[is_new]), places


def quartered(rectangles: Rectangles, offset: Array) -> Rectangles:
    """Return the parts of rectangles halved twice; ``offset``: (2, s)."""
    return _halved(_halved(rectangles, offset), offset)


def _halved(rectangles: Rectangles, offset: Array) -> Rectangles:
    """Return the halves of rectangles, divided across the side that changes M more."""
    low, high = rectangles.low, rectangles.high
    offset = of_own(offset, rectangles.own)
    middle = _middle(low, high, offset)
    grown = np.empty_like(low)
    grown[0], grown[1] = offset[0] * (1 + low[1] / offset[1]), offset[1]
    ratio = (high + grown) / (low + grown)
    across = np.empty(low.shape, dtype=np.bool_)
    across[0], across[1] = ratio[0] >= ratio[1], ratio[0] < ratio[1]
    return Rectangles(
        low=np.concatenate((low, np.where(across, middle, low)), axis=1),
        high=np.concatenate((np.where(across, middle, high), high), axis=1),
        own=np.concatenate((rectangles.own, rectangles.own)),
    )


def _middle(low: Array, high: Array, offset: Array) -> Array:
    """Return the geometric mean of both ends, each above its offset."""
    middle: Array = np.sqrt((low + offset) * (high + offset)) - offset
    return np.minimum(np.maximum(middle, low), high)


NO_END = (
    "The search for the variance components did not end: the likelihood is almost flat. Use a "
    "model with one component, or fewer moderators."
)
