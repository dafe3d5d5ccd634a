"""The highest point of a multilevel likelihood: from several starts, polished, and checked."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.multilevel.climb import climbed, climbs
from liftproof.statistics.multilevel.model import MultilevelModel
from liftproof.statistics.multilevel.surface import (
    SearchEnd,
    covariances,
    curvatures,
    deviance,
    deviances,
    deviances_and_slopes,
    deviations,
    split,
)

STARTS = 8
"""Climbs: from so many of the best among the starting points."""
MUCH, LITTLE, LITTLE_BESIDE, LEAST = 0.67, 0.14, 0.045, 0.01
"""Standard deviations among the starting points, in the model's unit."""
MOST_IN_TURN = 12
"""Of more variances than this none is tried as the largest by itself."""
RHOS = (0.5, -0.3)
"""Correlations among the starting points."""
LOWEST = 0.1
"""The smallest standard deviation tried in place of 0, by the smallest error of an effect."""
RISE = 1.0
"""From one of them to the next, in logarithms."""
NOTHING = 1e-4
"""A standard deviation below this, in the model's unit, is tried as 0."""
SAME = 1e-9
"""In deviance: a loss below this is rounding."""
SLOPE = 1e-7
"""Largest slope of the deviance, by parameters of the order 1, at an end."""
BENT_DOWN = 1e-5
"""Relative to the largest curvature: an end may be so much lower beside it, by rounding."""
LEVEL = 1e-8
"""A curvature that is smaller is rounding."""
ASIDE, SAME_COVARIANCE = 0.1, 1e-5
"""A step along a direction that is level, and by how much covariances then differ at most."""
FLAT = 1e-7
"""Relative to the largest curvature: below this nothing tells the parameters apart."""
MOST_STEPS = 40


def highest(model: MultilevelModel) -> SearchEnd:
    """Return where the likelihood is largest, of all ends of climbs from several starts.

    At the end every slope is 0 and no direction leads down the deviance, or ConvergenceError.
    """
    if not model.terms:
        return SearchEnd(parameters=np.empty(0), deviance=deviance(model, np.empty(0)))
    starts = np.array(list(_starts(model)))
    best = np.argsort(deviances(model, starts), kind="stable")[:STARTS]
    ends = climbs(model, starts[best])
    return _settled(model, min(ends, key=lambda end: end.deviance))


def climbed_out(model: MultilevelModel, start: Array, free: NDArray[np.bool_]) -> SearchEnd:
    """Return where a climb ends that leaves no standard deviation at 0 which is better above it."""
    end = climbed(model, start, free)
    for _ in range(start.size):
        risen = _risen(model, end, free & (np.abs(end.parameters) < NOTHING))
        if risen is None:
            break
        end = climbed(model, risen, free)
    return end


def _starts(model: MultilevelModel) -> Iterator[Array]:
    """Yield starting points: all variances alike, or each in turn far larger than the others.

    Beside a trial that outweighs all others the likelihood may have its maximum where all are 0.
    """
    is_sd = deviations(model)
    n = int(is_sd.sum())
    sizes = [np.full(n, (0.5 / len(model.terms)) ** 0.5), np.full(n, LITTLE), np.full(n, LEAST)]
    if 1 < n <= MOST_IN_TURN:
        sizes += list(np.where(np.eye(n), MUCH, LITTLE_BESIDE))
    for size in sizes:
        for rho in RHOS if n < is_sd.size else RHOS[:1]:
            angles = [term.structure.correlation.start(term.levels, rho) for term in model.terms]
            start = np.zeros(is_sd.size)
            start[is_sd], start[~is_sd] = size, np.concatenate(angles)
            yield start


def _settled(model: MultilevelModel, end: SearchEnd) -> SearchEnd:
    """Return an end with its zeros exact and the rest polished, checked to be a maximum."""
    for _ in range(STARTS + end.parameters.size):
        fixed, end = _with_zeros(model, end)
        risen = _risen(model, end, fixed)
        if risen is not None:
            end = climbed(model, risen)
            continue
        end, values, vectors = _polished(model, end, ~fixed)
        if not values.size or values[0] >= -max(BENT_DOWN * values[-1], LEVEL):
            if not fixed.any():
                _require_told_apart(model, end, values, vectors.T)
            return SearchEnd(parameters=_folded(model, end.parameters), deviance=end.deviance)
        beside = end.parameters.copy()
        beside[~fixed] += 0.1 * vectors[:, 0]
        end = climbed(model, beside)
    raise ConvergenceError(
        "The search for the variance components ended where the likelihood is no maximum: take a "
        "simpler structure, or fewer random effects."
    )


def _require_told_apart(model: MultilevelModel, end: SearchEnd, values: Array, ways: Array) -> None:
    """Refuse an end beside which the likelihood is level while the covariances are not.

    ``values`` (f,), ``ways`` (f, q): curvatures, and the directions they are along. Where levels
    are correlated as far as they can be, some angles turn nothing.
    """
    for way in ways[values < FLAT * values[-1]]:
        sides = np.stack((end.parameters, end.parameters + ASIDE * way))
        if any(np.abs(g[1] - g[0]).max() > SAME_COVARIANCE for g in covariances(model, sides)):
            names = "; ".join(term.name for term in model.terms)
            raise InputError(
                f"The data do not tell the variance components of {names} apart: leave a term "
                "out, or take a simpler structure."
            )


def _folded(model: MultilevelModel, parameters: Array) -> Array:
    return np.concatenate(
        [
            term.structure.folded(own, term.levels)
            for term, own in zip(model.terms, split(model, parameters), strict=True)
        ]
    )


def _with_zeros(model: MultilevelModel, end: SearchEnd) -> tuple[NDArray[np.bool_], SearchEnd]:
    """Return which parameters stay, standard deviations of 0 and what they leave without meaning.

    A small standard deviation is 0 where that costs nothing.
    """
    parameters, fixed, place = end.parameters.copy(), np.zeros(end.parameters.size, dtype=bool), 0
    for term in model.terms:
        n, count = term.structure.variances(term.levels), term.structure.count(term.levels)
        for i in range(place, place + n):
            if abs(parameters[i]) < NOTHING:
                without = parameters.copy()
                without[i] = 0.0
                if deviance(model, without) <= end.deviance + SAME:
                    parameters, fixed[i] = without, True
        if (~fixed[place : place + n]).sum() <= int(term.structure.has_many):
            fixed[place + n : place + count] = True
        place += count
    return fixed, SearchEnd(parameters=parameters, deviance=deviance(model, parameters))


def _risen(model: MultilevelModel, end: SearchEnd, zeros: NDArray[np.bool_]) -> Array | None:
    """Return parameters better than the end's, one of its ``zeros`` raised, or None.

    The slope by a standard deviation is 0 at 0 whether or not the likelihood rises beside it: a
    climb that steps there stays. Tried are sizes from below the smallest error of an effect up to
    the model's unit, which a few effects with large errors may set far above what the others tell.
    """
    variances = model.v if model.v.ndim == 1 else model.v.diagonal()
    smallest = LOWEST * np.sqrt(variances.min()) / model.unit
    sizes = np.geomspace(smallest, 1.0, 2 + int(-np.log(smallest) / RISE))
    enough = end.deviance - SAME * max(1.0, abs(end.deviance))
    for i in np.flatnonzero(zeros & deviations(model)):
        raised = np.tile(end.parameters, (sizes.size, 1))
        raised[:, i] = sizes
        reached = deviances(model, raised)
        if reached.min() < enough:
            return np.asarray(raised[int(reached.argmin())])
    return None


def _polished(
    model: MultilevelModel, end: SearchEnd, free: NDArray[np.bool_]
) -> tuple[SearchEnd, Array, Array]:
    """Return the end by Newton's steps, and the curvatures there with their directions."""
    x = end.parameters.copy()
    value, slope = _one(model, x)
    curvature = curvatures(model, x[None])[0][np.ix_(free, free)]
    values, vectors = np.linalg.eigh(curvature)
    for _ in range(MOST_STEPS):
        if not free.any() or np.abs(slope[free]).max() <= SLOPE / 100:
            break
        along = vectors.T @ slope[free]
        bent = np.maximum(np.abs(values), FLAT * np.abs(values).max())
        moved = x.copy()
        moved[free] -= vectors @ (along / bent)
        new, new_slope = _one(model, moved)
        if new > value + SAME or np.abs(new_slope[free]).max() >= np.abs(slope[free]).max():
            break
        x, value, slope = moved, new, new_slope
    if free.any() and np.abs(slope[free]).max() > 100 * SLOPE * max(1.0, np.abs(values).max()):
        raise ConvergenceError(
            "The search for the variance components did not end: the likelihood is almost flat. "
            "Take a simpler structure, or fewer random effects."
        )
    return SearchEnd(parameters=x, deviance=value), values, vectors


def _one(model: MultilevelModel, x: Array) -> tuple[float, Array]:
    """Return deviance and slopes at one point."""
    height, slope = deviances_and_slopes(model, x[None])
    return float(height[0]), slope[0]
