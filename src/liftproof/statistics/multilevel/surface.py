"""The deviance of a multilevel model as a surface over the parameters of its terms.

Any number of points, (s, q), are looked at together, as many at once as memory is meant for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.multilevel.likelihood import average_information, slopes, solved
from liftproof.statistics.multilevel.model import MultilevelModel

FAR = 1e30
"""Deviance where a covariance is singular in rounding."""
AT_ONCE = 2**18
"""Cells of covariances of all points that are looked at together: 2 MB, a few times over."""
STEP = 1e-5
"""For differences of slopes: in parameters that are of the order 1."""
HEIGHT, SLOPE, CURVATURE = range(3)
"""Orders of what is to be seen at a point."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SearchEnd:
    """``parameters`` of all terms, one after another; ``deviance`` there."""

    parameters: Array
    deviance: float


def split(model: MultilevelModel, parameters: Array) -> list[Array]:
    """Return the parameters of each term, of one point or of several."""
    counts = [term.structure.count(term.levels) for term in model.terms]
    return np.split(parameters, np.cumsum(counts)[:-1], axis=-1) if counts else []


def covariances(model: MultilevelModel, parameters: Array) -> list[Array]:
    """Return G of each term, (..., size, size), in the model's unit squared."""
    return [
        term.structure.covariance(own, term.levels)
        for term, own in zip(model.terms, split(model, parameters), strict=True)
    ]


def deviance(model: MultilevelModel, parameters: Array) -> float:
    """Return the deviance at one point."""
    return float(deviances(model, parameters[None])[0])


def deviances(model: MultilevelModel, points: Array) -> Array:
    """Return the deviance at points (s, q), (s,)."""
    return _looked_at(model, points, HEIGHT)[0]


def deviances_and_slopes(model: MultilevelModel, points: Array) -> tuple[Array, Array]:
    """Return the deviance at points (s, q) and its derivatives there, (s, q)."""
    height, slope = _looked_at(model, points, SLOPE)
    return height, slope


def with_curvatures(model: MultilevelModel, points: Array) -> tuple[Array, Array, Array]:
    """Return deviance, slopes and nearly the curvature, (s, q, q), at points (s, q).

    The curvature is by average information in place of second derivatives by M.
    """
    height, slope, bend = _looked_at(model, points, CURVATURE)
    return height, slope, bend


def with_exact_curvatures(model: MultilevelModel, points: Array) -> tuple[Array, Array, Array]:
    """Return the same with the curvature itself, from differences of slopes."""
    height, slope = deviances_and_slopes(model, points)
    return height, slope, curvatures(model, points)


def curvatures(model: MultilevelModel, points: Array) -> Array:
    """Return second derivatives of the deviance at points (s, q), (s, q, q)."""
    s, q = points.shape
    steps = STEP * np.eye(q)[:, None]
    around = np.stack((points + steps, points - steps)).reshape(-1, q)
    ahead, behind = deviances_and_slopes(model, around)[1].reshape(2, q, s, q)
    rows = ((ahead - behind) / (2 * STEP)).swapaxes(0, 1)
    return np.asarray((rows + rows.swapaxes(-1, -2)) / 2)


def _looked_at(model: MultilevelModel, points: Array, order: int) -> tuple[Array, ...]:
    """Return what is to be seen at all points up to an order, some of them at a time."""
    several = max(1, AT_ONCE // sum(bundle.v.size for bundle in model.bundles))
    parts = [
        _or_far(model, points[start : start + several], order)
        for start in range(0, len(points), several)
    ]
    return tuple(np.concatenate(each) for each in zip(*parts, strict=True))


def _or_far(model: MultilevelModel, points: Array, order: int) -> tuple[Array, ...]:
    """Return the same; far up and level at points where a covariance is singular in rounding."""
    try:
        return _look(model, points, order)
    except np.linalg.LinAlgError:
        if len(points) > 1:
            return _looked_at_each(model, points, order)
        q = points.shape[1]
        return (np.array([FAR]), np.zeros((1, q)), np.zeros((1, q, q)))[: order + 1]


def _looked_at_each(model: MultilevelModel, points: Array, order: int) -> tuple[Array, ...]:
    alone = [_or_far(model, point[None], order) for point in points]
    return tuple(np.concatenate(each) for each in zip(*alone, strict=True))


def _look(model: MultilevelModel, points: Array, order: int) -> tuple[Array, ...]:
    own = split(model, points)
    terms = list(zip(model.terms, own, strict=True))
    at = solved(model, [one.structure.covariance(each, one.levels) for one, each in terms])
    if order == HEIGHT:
        return (at.deviance,)
    by_g = slopes(model, at)
    slope = [
        term.structure.pull(each, term.levels, one)
        for (term, each), one in zip(terms, by_g, strict=True)
    ]
    if order == SLOPE:
        return at.deviance, np.concatenate(slope, axis=-1)
    bend, begin = average_information(model, at, own), 0
    for (term, each), one in zip(terms, by_g, strict=True):
        places = slice(begin, begin + each.shape[-1])
        bend[:, places, places] += term.structure.bend(each, term.levels, one)
        begin = places.stop
    return at.deviance, np.concatenate(slope, axis=-1), bend


def deviations(model: MultilevelModel) -> NDArray[np.bool_]:
    """Return which parameters are standard deviations, not angles."""
    is_sd = [
        np.arange(term.structure.count(term.levels)) < term.structure.variances(term.levels)
        for term in model.terms
    ]
    return np.concatenate([np.empty(0, dtype=bool), *is_sd])
