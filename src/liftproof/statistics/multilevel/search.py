"""The highest point of a multilevel likelihood: from several starts, polished, and checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.multilevel.likelihood import GlsSolution, slopes, solved
from liftproof.statistics.multilevel.model import MultilevelModel

STARTS = 3
"""Climbs: from so many of the best among the starting points."""
RHOS = (0.5, -0.3)
"""Correlations among the starting points."""
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
FAR = 1e30
"""Deviance where a covariance is singular in rounding."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SearchEnd:
    """``parameters`` of all terms, one after another; ``deviance`` there."""

    parameters: Array
    deviance: float


def split(model: MultilevelModel, parameters: Array) -> list[Array]:
    """Return the parameters of each term."""
    counts = [term.structure.count(term.levels) for term in model.terms]
    return np.split(parameters, np.cumsum(counts)[:-1]) if counts else []


def covariances(model: MultilevelModel, parameters: Array) -> list[Array]:
    """Return G of each term, in the model's unit squared."""
    return [
        term.structure.covariance(own, term.levels)
        for term, own in zip(model.terms, split(model, parameters), strict=True)
    ]


def deviance_and_slope(model: MultilevelModel, parameters: Array) -> tuple[float, Array]:
    """Return the deviance at some parameters and its derivatives by them."""
    at = solved(model, covariances(model, parameters))
    if at is None:
        return FAR, np.zeros_like(parameters)
    by_g = slopes(model, at)
    return at.deviance, np.concatenate(
        [
            term.structure.pull(own, term.levels, one)
            for term, own, one in zip(model.terms, split(model, parameters), by_g, strict=True)
        ]
    )


def deviance(model: MultilevelModel, parameters: Array) -> float:
    """Return the deviance alone."""
    at: GlsSolution | None = solved(model, covariances(model, parameters))
    return FAR if at is None else at.deviance


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


def deviations(model: MultilevelModel) -> NDArray[np.bool_]:
    """Return which parameters are standard deviations, not angles."""
    is_sd = [
        np.arange(term.structure.count(term.levels)) < term.structure.variances(term.levels)
        for term in model.terms
    ]
    return np.concatenate([np.empty(0, dtype=bool), *is_sd])


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
    for _ in range(STARTS):
        fixed, end = _with_zeros(model, end)
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
