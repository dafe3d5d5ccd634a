"""Correlations among the levels of an inner factor, as functions of angles.

Correlations are sines of angles, so that a maximum at the edge of what is possible is an ordinary
stationary point.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array

HALF = 0.5
"""Correlation at which a search begins, as metafor's does."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Levels:
    """What a structure is told of its inner factor.

    ``size``: how many levels. ``distance``: between them, (size, size), in the unit of their
    times or in steps. ``known``: a correlation matrix that is given, (size, size).
    """

    size: int
    distance: Array
    known: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """How the correlations depend on angles (..., n): any number of points at once.

    ``count`` gives n. ``matrix`` gives C, (..., size, size); ``slopes`` yields its derivatives
    by each angle. Of one point (n,): ``numbers`` the correlations that are estimated; ``start``
    the angles at which the correlations that make a search begin are met; ``folded`` the angles
    within a quarter turn that give the same C.
    """

    count: Callable[[Levels], int]
    matrix: Callable[[Array, Levels], Array]
    slopes: Callable[[Array, Levels], Iterator[Array]]
    numbers: Callable[[Array, Levels], Array]
    start: Callable[[Levels, float], Array]
    folded: Callable[[Array, Levels], Array]


def _none(*_: object) -> Array:
    return np.empty(0)


def _within_a_quarter(t: Array, levels: Levels) -> Array:
    del levels
    return np.arcsin(np.sin(t))


IDENTITY = Correlation(
    count=lambda _: 0,
    matrix=lambda _, levels: np.eye(levels.size),
    slopes=lambda *_: iter(()),
    numbers=_none,
    start=_none,
    folded=_none,
)
KNOWN = Correlation(
    count=lambda _: 0,
    matrix=lambda _, levels: levels.known,
    slopes=lambda *_: iter(()),
    numbers=_none,
    start=_none,
    folded=_none,
)


def _least(levels: Levels) -> float:
    """Return the smallest correlation that all levels can have with each other."""
    return -1 / (levels.size - 1)


def _common(t: Array, levels: Levels) -> Array:
    """Return the correlation that all levels share, between the smallest possible and 1."""
    low = _least(levels)
    return np.asarray(low + (1 - low) * (1 + np.sin(t)) / 2)


def _common_matrix(t: Array, levels: Levels) -> Array:
    if levels.size == 1:
        return np.eye(1)
    return np.where(np.eye(levels.size), 1.0, _common(t, levels)[..., None])


def _common_slopes(t: Array, levels: Levels) -> Iterator[Array]:
    if levels.size > 1:
        yield (1 - _least(levels)) / 2 * np.cos(t)[..., None] * (1 - np.eye(levels.size))


def _common_start(levels: Levels, rho: float) -> Array:
    if levels.size == 1:
        return np.empty(0)
    low = _least(levels)
    share = 2 * (max(rho, low / 2) - low) / (1 - low) - 1
    return np.array([np.arcsin(share)])


EXCHANGEABLE = Correlation(
    count=lambda levels: int(levels.size > 1),
    matrix=_common_matrix,
    slopes=_common_slopes,
    numbers=lambda t, levels: _common(t, levels) if t.size else t,
    start=_common_start,
    folded=_within_a_quarter,
)


def _steps(t: Array, levels: Levels) -> Array:
    return np.asarray(np.power(np.sin(t)[..., None], levels.distance))


def _steps_slopes(t: Array, levels: Levels) -> Iterator[Array]:
    fewer, angle = np.maximum(levels.distance - 1, 0), t[..., None]
    yield levels.distance * np.power(np.sin(angle), fewer) * np.cos(angle)


STEPS = Correlation(
    count=lambda _: 1,
    matrix=_steps,
    slopes=_steps_slopes,
    numbers=lambda t, _: np.sin(t),
    start=lambda _, rho: np.array([np.arcsin(rho)]),
    folded=_within_a_quarter,
)
"""φ to the power of the steps between levels, -1 < φ < 1."""


def _reach(levels: Levels) -> float:
    """Return a typical distance: the correlation at it is what is searched for."""
    return float(np.median(levels.distance[levels.distance > 0]))


def _positive(t: Array) -> Array:
    return np.asarray((1 + np.sin(t)) / 2)


def _times(t: Array, levels: Levels) -> Array:
    return np.asarray(np.power(_positive(t)[..., None], levels.distance / _reach(levels)))


def _times_slopes(t: Array, levels: Levels) -> Iterator[Array]:
    power, phi = levels.distance / _reach(levels), _positive(t)[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = np.where(power > 0, power * np.power(phi, power - 1), 0.0)
        slopes = slopes * np.cos(t)[..., None] / 2
    yield np.where(np.isfinite(slopes), slopes, 0.0)


TIMES = Correlation(
    count=lambda _: 1,
    matrix=_times,
    slopes=_times_slopes,
    numbers=lambda t, levels: _positive(t) ** (1 / _reach(levels)),
    start=lambda _, rho: np.array([np.arcsin(2 * max(rho, HALF / 2) - 1)]),
    folded=_within_a_quarter,
)
"""φ to the power of the time between levels, 0 <= φ < 1, per unit of time."""


def _angles(t: Array, size: int) -> Array:
    """Return the angles as rows below the diagonal, (..., size, size)."""
    rows = np.zeros((*t.shape[:-1], size, size))
    rows[..., *_below(size)] = t
    return rows


@cache
def _below(size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places below the diagonal, column after column."""
    above = np.triu_indices(size, 1)
    return above[1], above[0]


def _root(t: Array, size: int) -> Array:
    """Return the triangular root of a correlation matrix, whose rows are points on spheres."""
    angles = _angles(t, size)
    before = _products(np.cos(angles))[..., :-1]
    root = before * np.sin(angles)
    places = np.arange(size)
    root[..., places, places] = before[..., places, places]
    return np.tril(root)


def _products(rows: Array) -> Array:
    """Return products of the first 0, 1 ... of the last axis."""
    return np.asarray(
        np.cumprod(np.concatenate((np.ones_like(rows[..., :1]), rows), axis=-1), axis=-1),
        dtype=np.float64,
    )


def _free(t: Array, levels: Levels) -> Array:
    root = _root(t, levels.size)
    return np.asarray(root @ root.swapaxes(-1, -2))


def _free_slopes(t: Array, levels: Levels) -> Iterator[Array]:
    """Yield the slopes of LL' from those of one row of the root L each."""
    size, root = levels.size, _root(t, levels.size)
    angles = _angles(t, size)
    for row, column in zip(*_below(size), strict=True):
        sines, cosines = np.sin(angles[..., row, :row]), np.cos(angles[..., row, :row])
        at = cosines[..., column].copy()
        cosines[..., column] = -sines[..., column]
        products = _products(cosines)
        entries = products * np.concatenate((sines, np.ones_like(sines[..., :1])), axis=-1)
        entries[..., :column] = 0.0
        entries[..., column] = products[..., column] * at
        slope = np.zeros(root.shape)
        slope[..., row, :] = (root[..., : row + 1] @ entries[..., None])[..., 0]
        yield slope + slope.swapaxes(-1, -2)


def _free_start(levels: Levels, rho: float) -> Array:
    """Return the angles of equal correlations."""
    rho = max(rho, _least(levels) / 2) if levels.size > 1 else 0.0
    return angles_of_root(np.linalg.cholesky(np.where(np.eye(levels.size), 1.0, rho)))


def _free_folded(t: Array, levels: Levels) -> Array:
    root = _root(t, levels.size)
    return angles_of_root(root * np.where(root.diagonal() < 0, -1.0, 1.0))


def angles_of_root(root: Array) -> Array:
    """Return the angles within a quarter turn that give a root with no negative diagonal."""
    before = 1 - np.cumsum(root**2, axis=1) + root**2
    left = np.sqrt(np.maximum(before, np.finfo(float).tiny))
    return np.asarray(np.arcsin(np.clip(root / left, -1, 1))[_below(len(root))])


UNSTRUCTURED = Correlation(
    count=lambda levels: levels.size * (levels.size - 1) // 2,
    matrix=_free,
    slopes=_free_slopes,
    numbers=lambda t, levels: _free(t, levels)[_below(levels.size)],
    start=_free_start,
    folded=_free_folded,
)
"""Any correlation matrix. Source: Pinheiro & Bates 1996, Stat Comput 6, 289-296 (spherical)."""
