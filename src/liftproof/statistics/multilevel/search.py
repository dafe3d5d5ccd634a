"""The highest point of a multilevel likelihood: from several starts, polished, and checked."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.multilevel.model import MultilevelModel
from liftproof.statistics.multilevel.surface import (
    SearchEnd,
    deviance,
    deviance_and_slope,
    deviations,
    split,
)

STARTS = 3
"""Climbs: from so many of the best among the starting points."""
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
STEP = 1e-5
"""For differences of slopes: in parameters that are of the order 1."""
SLOPE = 1e-7
"""Largest slope of the deviance, by parameters of the order 1, at an end."""
BENT_DOWN = 1e-5
"""Relative to the largest curvature: an end may be so much lower beside it, by rounding."""
FLAT = 1e-7
"""Relative to the largest curvature: below this nothing tells the parameters apart."""
CLIMB = {"ftol": 1e-9, "gtol": 1e-4, "maxiter": 300}
"""Of a climb: relative deviance and slope at its end; the best end is polished thereafter."""
MOST_STEPS = 40


def highest(model: MultilevelModel) -> SearchEnd:
    """Return where the likelihood is largest, of all ends of climbs from several starts.

    At the end every slope is 0 and no direction leads down the deviance, or ConvergenceError.
    """
    if not model.terms:
        return SearchEnd(parameters=np.empty(0), deviance=deviance(model, np.empty(0)))
    tried = sorted(((deviance(model, one), i, one) for i, one in enumerate(_starts(model))))
    ends = [climbed(model, one) for _, _, one in tried[:STARTS]]
    best = min(ends, key=lambda end: end.deviance)
    return _settled(model, best)


def climbed(
    model: MultilevelModel, start: Array, free: NDArray[np.bool_] | None = None
) -> SearchEnd:
    """Return where a climb from ``start`` ends; parameters that are not ``free`` stay."""
    is_free = np.ones(start.size, dtype=bool) if free is None else free

    def cost(moved: Array) -> tuple[float, Array]:
        whole = start.copy()
        whole[is_free] = moved
        value, slope = deviance_and_slope(model, whole)
        return value, slope[is_free]

    end = start.copy()
    if is_free.any():
        ranges = [(0, None) if is_sd else (None, None) for is_sd in deviations(model)[is_free]]
        found = minimize(  # type: ignore[no-untyped-call]
            cost, start[is_free], jac=True, method="L-BFGS-B", bounds=ranges, options=CLIMB
        )
        end[is_free] = found.x
    return SearchEnd(parameters=end, deviance=deviance(model, end))


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
    """Yield starting points: all terms alike, each in turn the larger or the smaller."""
    n = len(model.terms)
    shares = [np.full(n, 0.5 / n), np.full(n, 0.02)]
    if n > 1:
        shares += [np.where(np.arange(n) == i, 0.45, 0.02) for i in range(n)]
    for share in shares:
        for rho in RHOS:
            yield np.concatenate(
                [
                    np.concatenate(
                        [
                            np.full(term.structure.variances(term.levels), np.sqrt(part)),
                            term.structure.correlation.start(term.levels, rho),
                        ]
                    )
                    for term, part in zip(model.terms, share, strict=True)
                ]
            )


def _settled(model: MultilevelModel, end: SearchEnd) -> SearchEnd:
    """Return an end with its zeros exact and the rest polished, checked to be a maximum."""
    for _ in range(STARTS + end.parameters.size):
        fixed, end = _with_zeros(model, end)
        risen = _risen(model, end, fixed)
        if risen is not None:
            end = climbed(model, risen)
            continue
        end, values, vectors = _polished(model, end, ~fixed)
        if not values.size or values[0] >= -BENT_DOWN * values[-1]:
            _require_told_apart(model, values, fixed)
            return SearchEnd(parameters=_folded(model, end.parameters), deviance=end.deviance)
        beside = end.parameters.copy()
        beside[~fixed] += 0.1 * vectors[:, 0]
        end = climbed(model, beside)
    raise ConvergenceError(
        "The search for the variance components ended where the likelihood is no maximum: take a "
        "simpler structure, or fewer random effects."
    )


def _require_told_apart(model: MultilevelModel, values: Array, fixed: NDArray[np.bool_]) -> None:
    """Refuse an end beside which the likelihood is level, if no variance there is 0."""
    if not fixed.any() and values[0] < FLAT * values[-1]:
        names = "; ".join(term.name for term in model.terms)
        raise InputError(
            f"The data do not tell the variance components of {names} apart: leave a term out, or "
            "take a simpler structure."
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
        reached = [deviance(model, one) for one in raised]
        if min(reached) < enough:
            return np.asarray(raised[int(np.argmin(reached))])
    return None


def _polished(
    model: MultilevelModel, end: SearchEnd, free: NDArray[np.bool_]
) -> tuple[SearchEnd, Array, Array]:
    """Return the end by Newton's steps, and the curvatures there with their directions."""
    x = end.parameters.copy()
    value, slope = deviance_and_slope(model, x)
    curvature = _curvature(model, x, free)
    values, vectors = np.linalg.eigh(curvature)
    for _ in range(MOST_STEPS):
        if not free.any() or np.abs(slope[free]).max() <= SLOPE / 100:
            break
        along = vectors.T @ slope[free]
        bent = np.maximum(np.abs(values), FLAT * np.abs(values).max())
        moved = x.copy()
        moved[free] -= vectors @ (along / bent)
        new, new_slope = deviance_and_slope(model, moved)
        if new > value + SAME or np.abs(new_slope[free]).max() >= np.abs(slope[free]).max():
            break
        x, value, slope = moved, new, new_slope
    if free.any() and np.abs(slope[free]).max() > 100 * SLOPE * max(1.0, np.abs(values).max()):
        raise ConvergenceError(
            "The search for the variance components did not end: the likelihood is almost flat. "
            "Take a simpler structure, or fewer random effects."
        )
    return SearchEnd(parameters=x, deviance=value), values, vectors


def _curvature(model: MultilevelModel, x: Array, free: NDArray[np.bool_]) -> Array:
    """Return second derivatives of the deviance by the free parameters, from its slopes."""
    columns = []
    for i in np.flatnonzero(free):
        ahead, behind = x.copy(), x.copy()
        ahead[i] += STEP
        behind[i] -= STEP
        difference = deviance_and_slope(model, ahead)[1] - deviance_and_slope(model, behind)[1]
        columns.append(difference[free] / (2 * STEP))
    rows = np.array(columns).reshape(int(free.sum()), int(free.sum()))
    return np.asarray((rows + rows.T) / 2)
