"""Correlations among the levels of an inner factor, as functions of angles.

Correlations are sines of angles, so that a maximum at the edge of what is possible is an ordinary
stationary point.
"""

from collections.abc import Callable
from dataclasses import dataclass

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
    """How the correlations depend on angles; all functions take angles (n,) and Levels.

    ``count`` gives n. ``matrix`` gives C, (size, size); ``pull`` the derivatives (n,) of a number
    by the angles from its derivatives by C; ``numbers`` the correlations that are estimated;
    ``start`` the angles at which the correlations that make a search begin are met; ``folded`` the
    angles within a quarter turn that give the same C.
    """

    count: Callable[[Levels], int]
    matrix: Callable[[Array, Levels], Array]
    pull: Callable[[Array, Levels, Array], Array]
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
    pull=_none,
    numbers=_none,
    start=_none,
    folded=_none,
)
KNOWN = Correlation(
    count=lambda _: 0,
    matrix=lambda _, levels: levels.known,
    pull=_none,
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
    return np.where(np.eye(levels.size), 1.0, _common(t, levels) if t.size else 0.0)


def _common_pull(t: Array, levels: Levels, by_c: Array) -> Array:
    if not t.size:
        return t
    slope = (1 - _least(levels)) / 2 * np.cos(t)
    return np.asarray((by_c.sum() - by_c.trace()) * slope)


def _common_start(levels: Levels, rho: float) -> Array:
    if levels.size == 1:
        return np.empty(0)
    low = _least(levels)
    share = 2 * (max(rho, low / 2) - low) / (1 - low) - 1
    return np.array([np.arcsin(share)])


EXCHANGEABLE = Correlation(
    count=lambda levels: int(levels.size > 1),
    matrix=_common_matrix,
    pull=_common_pull,
    numbers=lambda t, levels: _common(t, levels) if t.size else t,
    start=_common_start,
    folded=_within_a_quarter,
)


def _steps(t: Array, levels: Levels) -> Array:
    return np.asarray(np.power(np.sin(t), levels.distance))


def _steps_pull(t: Array, levels: Levels, by_c: Array) -> Array:
    fewer = np.maximum(levels.distance - 1, 0)
    slopes = levels.distance * np.power(np.sin(t), fewer) * np.cos(t)
    return np.array([(by_c * slopes).sum()])


STEPS = Correlation(
    count=lambda _: 1,
    matrix=_steps,
    pull=_steps_pull,
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
    return np.asarray(np.power(_positive(t), levels.distance / _reach(levels)))


def _times_pull(t: Array, levels: Levels, by_c: Array) -> Array:
    power, phi = levels.distance / _reach(levels), _positive(t)
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = np.where(power > 0, power * np.power(phi, power - 1), 0.0) * np.cos(t) / 2
    return np.array([(by_c * np.where(np.isfinite(slopes), slopes, 0.0)).sum()])


TIMES = Correlation(
    count=lambda _: 1,
    matrix=_times,
    pull=_times_pull,
    numbers=lambda t, levels: _positive(t) ** (1 / _reach(levels)),
    start=lambda _, rho: np.array([np.arcsin(2 * max(rho, HALF / 2) - 1)]),
    folded=_within_a_quarter,
)
"""φ to the power of the time between levels, 0 <= φ < 1, per unit of time."""


def _angles(t: Array, size: int) -> Array:
    """Return the angles as rows below the diagonal, (size, size)."""
    rows = np.zeros((size, size))
    rows[_below(size)] = t
    return rows


def _below(size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places below the diagonal, column after column."""
    above = np.triu_indices(size, 1)
    return above[1], above[0]


def _root(t: Array, size: int) -> Array:
    """Return the triangular root of a correlation matrix, whose rows are points on spheres."""
    angles = _angles(t, size)
    after = np.cumprod(np.cos(angles), axis=1)
    before = np.hstack([np.ones((size, 1)), after[:, :-1]])
    root = before * np.sin(angles)
    places = np.arange(size)
    root[places, places] = before[places, places]
    return np.tril(root)


def _free(t: Array, levels: Levels) -> Array:
    root = _root(t, levels.size)
    return np.asarray(root @ root.T)


def _free_pull(t: Array, levels: Levels, by_c: Array) -> Array:
    size = levels.size
    angles, by_root = _angles(t, size), 2 * by_c @ _root(t, size)
    slopes = np.zeros((size, size))
    for row in range(1, size):
        sines, cosines = np.sin(angles[row, :row]), np.cos(angles[row, :row])
        for j in range(row):
            turned = cosines.copy()
            turned[j] = -sines[j]
            products = np.concatenate([[1.0], np.cumprod(turned)])
            entries = products * np.append(sines, 1.0)
            entries[:j] = 0.0
            entries[j] = products[j] * cosines[j]
            slopes[row, j] = by_root[row, : row + 1] @ entries
    return slopes[_below(size)]


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
    pull=_free_pull,
    numbers=lambda t, levels: _free(t, levels)[_below(levels.size)],
    start=_free_start,
    folded=_free_folded,
)
"""Any correlation matrix. Source: Pinheiro & Bates 1996, Stat Comput 6, 289-296 (spherical)."""
