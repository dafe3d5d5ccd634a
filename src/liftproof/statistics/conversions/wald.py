"""Sampling variances from limits, statistics or P values, and after a transformation."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.distributions import size_of_statistic
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape
from liftproof.vocabulary.levels import LEAST_LEVEL

Transform = Callable[[Array], Array]
STEP = 1e-4
"""First step of a derivative, relative to where it is taken, as in R's numDeriv; it is halved."""
STEPS = 4
"""Central differences that are extrapolated; relative errors are then some 1e-10."""


@of_one_index
def conv_wald(
    estimate: ArrayLike,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
    *,
    z: ArrayLike | None = None,
    p: ArrayLike | None = None,
    level: ArrayLike = 0.95,
    transform: Transform | None = None,
) -> Effect:
    """Return effects from estimates with Wald limits, with a statistic z, or with a P value.

    Both limits: v = ((high - low)/(2c))²; one of them: ((limit - estimate)/c)²; ``z`` or a
    two-sided ``p``: (y/z)². c belongs to ``level``, one number or one an estimate. ``transform``,
    such as np.log, is applied to estimates and limits. Arguments broadcast. Raises InputError
    unless one of the three is given, and where no variance follows.

    Source: Cochrane Handbook 6.5, section 6.3.2. metafor from 4.0: ``conv.wald(out=, ci.lb=,
    ci.ub=, zval=, pval=, level=, transf=)``; its limits go before z, z before P.

    >>> rate = conv_wald([0.8, 0.7], [0.5, 0.6], [1.28, 0.82], level=[0.95, 0.9], transform=np.log)
    >>> rate.y.round(6).tolist(), rate.v.round(6).tolist()
    ([-0.223144, -0.356675], [0.057505, 0.009016])
    >>> round(float(conv_wald(0.5, p=0.03, transform=np.log).v), 6)
    0.102022
    """
    has_limits = low is not None or high is not None
    if (has_limits, z is not None, p is not None).count(True) != 1:
        raise InputError("Give limits, z or p: one of them for all estimates.")
    if z is not None:
        y, size = in_one_shape("Estimates and z", _taken(estimate, transform), floats("z", z))
        require((y * size > 0), size, "z must have the sign of its estimate, and not be 0")
        return Effect(y=y, v=(y / size) ** 2)
    if p is not None:
        y, chance = in_one_shape("Estimates and p", _taken(estimate, transform), floats("p", p))
        require((chance > 0) & (chance < 1), chance, "p must be between 0 and 1")
        require(y != 0, y, "No variance follows from a P value of an estimate of no difference")
        return Effect(y=y, v=(y / size_of_statistic(chance)) ** 2)
    return _of_limits(estimate, low, high, level, transform)


def _of_limits(
    estimate: ArrayLike,
    low: ArrayLike | None,
    high: ArrayLike | None,
    level: ArrayLike,
    transform: Transform | None,
) -> Effect:
    given = {"low": low, "high": high}
    ends = [_taken(end, transform, name) for name, end in given.items() if end is not None]
    y, share, *limits = in_one_shape(
        "Estimates, limits and levels", _taken(estimate, transform), floats("level", level), *ends
    )
    require((share >= LEAST_LEVEL) & (share < 1), share, "level must lie from 0.5 to 1, as in 0.95")
    critical = ndtri((1 + share) / 2)
    if len(limits) == 1:
        width = np.abs(limits[0] - y)
        is_beyond = limits[0] < y if high is None else limits[0] > y
        require(is_beyond, limits[0], "A lower limit is below its estimate, an upper one above")
        return Effect(y=y, v=(width / critical) ** 2)
    bottom, top = limits
    require(bottom < top, bottom, "A lower limit must be below its upper limit")
    require((bottom <= y) & (y <= top), y, "Limits must bracket their estimate")
    return Effect(y=y, v=((top - bottom) / (2 * critical)) ** 2)


def _taken(values: ArrayLike, transform: Transform | None, name: str = "The estimate") -> Array:
    """Return numbers after their transformation, or raise InputError where it is not finite."""
    found = floats(name, values)
    if transform is None:
        return found.copy()
    with np.errstate(divide="ignore", invalid="ignore"):
        after = np.asarray(transform(found), dtype=np.float64)
    require(np.isfinite(after), found, f"{name} must have a finite transformed value")
    return after


@of_one_index
def conv_delta(
    y: ArrayLike,
    v: ArrayLike,
    transform: Transform,
    derivative: Transform | None = None,
    **options: Any,
) -> Effect:
    """Return transformed effects f(y) with the variances v f'(y)² of the delta method.

    ``transform``: f, of an array and the ``options``; ``derivative``: f', by central differences
    where it is not given. y and v broadcast. Raises InputError where f(y) or f'(y) is not finite.

    Source: van der Vaart 1998, Asymptotic Statistics, chapter 3. metafor from 4.0:
    ``conv.delta(yi, vi, transf=)``.

    >>> ratio = conv_delta([0.2, -0.5], [0.04, 0.09], np.exp)
    >>> ratio.y.round(6).tolist(), ratio.v.round(6).tolist()
    ([1.221403, 0.606531], [0.059673, 0.033109])
    """
    centre, variance = in_one_shape("y and v", floats("y", y), floats("v", v))
    require(variance > 0, variance, "v must be positive")

    def function(at: Array) -> Array:
        return np.asarray(transform(at, **options), dtype=np.float64)

    with np.errstate(divide="ignore", invalid="ignore"):
        after = function(centre)
        slope = derivative(centre, **options) if derivative else _slope(function, centre)
    require(np.isfinite(after) & np.isfinite(slope), centre, "y must have a transformed value")
    return Effect(y=after, v=variance * slope**2)


def _slope(function: Transform, at: Array) -> Array:
    """Return a derivative by Richardson's extrapolation of central differences."""
    steps = [np.where(at == 0, 1, np.abs(at)) * STEP / 2**place for place in range(STEPS)]
    found = [(function(at + step) - function(at - step)) / (2 * step) for step in steps]
    for order in range(1, STEPS):
        factor = 4**order
        found = [(factor * finer - coarser) / (factor - 1) for coarser, finer in pairwise(found)]
    return np.asarray(found[0])
