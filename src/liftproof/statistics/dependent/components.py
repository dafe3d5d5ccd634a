"""The variance components of a three-level model: their estimates and profile limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtri

from liftproof.errors import ConvergenceError, InputError
from liftproof.statistics.checks import (
    LARGEST,
    Array,
    choose,
    floats,
    level_of_confidence,
    require,
)
from liftproof.statistics.dependent.design import design_matrix
from liftproof.statistics.dependent.groups import Groups, covariance_within, grouped
from liftproof.statistics.dependent.likelihood import ALONE, likelihood
from liftproof.statistics.dependent.newton import at_deviance
from liftproof.statistics.dependent.rotation import Domain, Rotated, by_shape, domain, rotated
from liftproof.statistics.dependent.search import (
    NARROW,
    NO_END,
    Rectangles,
    farthest,
    highest_points,
)
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.remembering import remembered_each
from liftproof.statistics.result import Result

DEFAULT_METHOD = "REML"
RESTRICTED: Mapping[str, bool] = {"REML": True, "ML": False}
"""Whether a method maximises the restricted likelihood."""

FARTHER = 100.0
"""Factor by which the range of a component grows until it holds the upper limit."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """Checked data: ``columns`` of the design (k, p) = an orthonormal basis times ``triangle``
    (p, p); ``start``: coefficients by ordinary least squares (p,); the ``model`` holds what they
    leave, in the order of ``studies``; ``domain``: where its components lie."""

    columns: Array
    triangle: Array
    start: Array
    studies: Groups
    model: Rotated
    domain: Domain


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ComponentLimits(Result):
    """Estimates and profile likelihood limits of both components, in the unit of y squared.

    ``method``, ``level``: how they were computed. ``sigma2_study`` with ``study_ci_low`` and
    ``study_ci_high``, ``sigma2_effect`` with ``effect_ci_low`` and ``effect_ci_high``. A lower
    limit of 0 means that no variance is not rejected.
    """

    method: str
    level: float
    sigma2_study: float
    study_ci_low: float
    study_ci_high: float
    sigma2_effect: float
    effect_ci_low: float
    effect_ci_high: float


def prepared(
    y: ArrayLike,
    v: ArrayLike,
    study: ArrayLike,
    x: ArrayLike | None,
    *,
    intercept: bool,
    method: str,
) -> Prepared:
    """Return checked data in the coordinates in which the likelihood is computed."""
    is_restricted = choose(RESTRICTED, method, "likelihood")
    effects = floats("y", y)
    if effects.ndim != 1 or effects.size == 0:
        raise InputError(f"y must hold the effects of one data set, not shape {effects.shape}.")
    require(np.abs(effects) <= LARGEST, effects, f"y must lie within ±{LARGEST:g}")
    studies = grouped(study, effects.size, "study")
    covariance = covariance_within(v, studies, "study")
    columns = design_matrix(x, effects.size, intercept=intercept)
    basis, triangle = np.linalg.qr(columns)
    along = basis.T @ effects
    model = rotated(
        effects - basis @ along,
        basis,
        covariance,
        studies,
        is_restricted=is_restricted,
        is_mean=intercept and x is None,
    )
    return Prepared(
        columns=columns,
        triangle=triangle,
        start=np.linalg.solve(triangle, along),
        studies=studies,
        model=model,
        domain=domain(model),
    )


def maximum(data: Prepared) -> Array:
    """Return both components at the highest point of the likelihood, (2,); ConvergenceError.

    Tests, levels and limits of one fit ask for it again.
    """
    [found] = maxima([data])
    if found is None:
        raise ConvergenceError(NO_END)
    return found


def maxima(data: Sequence[Prepared]) -> list[Array | None]:
    """Return the components of several data sets, (2,); None where a search did not end.

    Those whose studies have the same sizes are searched side by side; each set's numbers are
    those that it has alone.
    """
    return _maxima([(each.model, each.domain) for each in data])


@remembered_each
def _maxima(asked: Sequence[tuple[Rotated, Domain]]) -> list[Array | None]:
    found: list[Array | None] = [None] * len(asked)
    for places, model in by_shape([model for model, _ in asked]):
        top, offset = (
            np.stack([getattr(asked[place][1], name) for place in places], axis=1)
            for name in ("top", "offset")
        )
        pairs, has_ended = highest_points(model, top, offset)
        for column in np.flatnonzero(has_ended):
            found[places[column]] = pairs[:, column].copy()
    return found


@of_one_index
@dropping_missing("y", "v", "study", "x")
def component_limits(
    y: ArrayLike,
    v: ArrayLike,
    study: ArrayLike,
    x: ArrayLike | None = None,
    *,
    intercept: bool = True,
    method: str = DEFAULT_METHOD,
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> ComponentLimits:
    """Return profile likelihood limits of the components of a three-level model.

    Arguments as for ``three_level``. A limit is the smallest or the largest value of a component
    at which, with the other at its best, -2 log-likelihood exceeds its minimum by no more than
    χ²(1)'s quantile. It is found to 1e-10 of itself plus the smallest variance. Where the profile
    crosses that height several times the outermost crossing is taken; one beyond the limit could
    be missed within 0.1 % of it only. Raises InputError and ConvergenceError.
    ``missing``: see ``statistics.missing``.

    Source: Hardy & Thompson 1996, Stat Med 15, 619-629. metafor: ``confint(rma.mv(...))``, which
    takes the crossing that its root search meets and gives NA beyond ``vc.max``.

    >>> limits = component_limits([0.1, 0.3, 0.9, 0.7], [0.02] * 4, [1, 1, 2, 2])
    >>> round(limits.sigma2_study, 4), round(limits.study_ci_low, 4), round(limits.study_ci_high, 2)
    (0.17, 0.0, 22.61)
    """
    extra = float(chdtri(1, 1 - level_of_confidence(level)))
    data = prepared(y, v, study, x, intercept=intercept, method=method)
    best = maximum(data)
    height = float(likelihood(data.model, best[:, None]).deviance[0]) + extra
    study_low, effect_low = (_lower(data, best, axis, height) for axis in (0, 1))
    study_high, effect_high = (_upper(data, best, axis, height) for axis in (0, 1))
    return ComponentLimits(
        method=method,
        level=level,
        sigma2_study=float(best[0]),
        study_ci_low=study_low,
        study_ci_high=study_high,
        sigma2_effect=float(best[1]),
        effect_ci_low=effect_low,
        effect_ci_high=effect_high,
    )


def _lower(data: Prepared, best: Array, axis: int, height: float) -> float:
    """Return the smallest value of a component supported at this height."""
    if best[axis] == 0:
        return 0.0
    top = np.maximum(data.domain.top, best)
    top[axis] = best[axis]
    whole = Rectangles(low=np.zeros((2, 1)), high=top[:, None], own=ALONE)
    reach = farthest(data.model, whole, data.domain.offset, best, axis, height)
    if reach[axis] == 0:
        return 0.0
    return _settled(data, reach, axis, height)


def _upper(data: Prepared, best: Array, axis: int, height: float) -> float:
    """Return the largest value of a component supported at this height.

    Above the top of its domain the profile falls: the range grows until the limit is inside.
    """
    low, top = np.zeros(2), np.maximum(data.domain.top, best)
    reach, offset = best, data.domain.offset
    low[axis] = best[axis]
    top[axis] += best[axis] + offset[axis]
    while True:
        whole = Rectangles(low=low[:, None], high=top[:, None], own=ALONE)
        reach = farthest(data.model, whole, offset, reach, axis, height)
        if reach[axis] + NARROW * (reach[axis] + offset[axis]) < top[axis]:
            return _settled(data, reach, axis, height)
        low, top = low.copy(), top.copy()
        low[axis], top[axis] = reach[axis], FARTHER * top[axis]


def _settled(data: Prepared, reach: Array, axis: int, height: float) -> float:
    """Return the limit beside a pair that ``farthest`` found."""
    offset = data.domain.offset
    near = 2 * NARROW * float(reach[axis] + offset[axis])
    return float(at_deviance(data.model, reach, near, offset, axis, height)[axis])
