"""The coordinates of a contour-enhanced funnel plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import (
    Array,
    choose,
    effects_and_variances,
    floats,
    level_of_confidence,
    one_number,
    require,
    whole_number,
)
from liftproof.statistics.distributions import critical_value, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result, along
from liftproof.statistics.small_study.cannot_tell import of_asymmetry
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.weighting import weighted_mean

CONTOURS = (0.1, 0.05, 0.01)
STEPS = 2
"""Contours and limits of a funnel without τ² are straight lines: two points draw them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Funnel(Result):
    """A contour-enhanced funnel, on the analysis scale.

    ``k``: trials. ``null``: effect of no difference. ``y``, ``se``, ``p_value`` of no difference
    (two-sided) and ``p_class``, all (..., k): how many of the levels p lies below. ``contours``:
    the levels, falling, c of them. ``se_grid`` (..., s): standard errors from 0 to the largest.
    ``contour_low``, ``contour_high`` (..., c, s): effects between them are not significant at the
    level. ``centre`` (...): pooled effect; ``tau2`` (...); ``pseudo_low``, ``pseudo_high``
    (..., s): limits between which the share ``level`` of trials is expected. ``cannot_tell``: a
    sentence.
    """

    per_trial = along("y", "se", "p_value", "p_class")

    k: int
    null: float
    level: float
    y: Array
    se: Array
    p_value: Array
    p_class: NDArray[np.intp]
    contours: tuple[float, ...]
    se_grid: Array
    contour_low: Array
    contour_high: Array
    centre: Array
    tau2: Array
    pseudo_low: Array
    pseudo_high: Array
    cannot_tell: str


@of_one_index
@dropping_missing("y", "v")
@by_metafors_names
@in_blocks()
def funnel(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau2: str = "FE",
    null: float = 0.0,
    level: float = 0.95,
    contours: Sequence[float] = CONTOURS,
    steps: int = STEPS,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> Funnel:
    """Return trials, contours of significance and pseudo confidence limits of a funnel plot.

    The contour of level α lies at null ∓ z(1 - α/2) s over standard errors s, the limits at
    centre ∓ z √(s² + τ²). ``y`` and ``v`` (..., k). ``tau2``: a name in TAU2, for centre and
    limits; ``contours``: levels of significance; ``steps``: points on each line. Raises InputError.
    ``missing``: see ``statistics.missing``.

    Source: Peters et al. 2008, J Clin Epidemiol 61, 991-996; Sterne & Egger 2001, J Clin Epidemiol
    54, 1046-1055. metafor: ``funnel(rma(yi, vi), refline=0, level=c(90, 95, 99))`` and
    ``funnel(rma(yi, vi), addtau2=TRUE)``.

    >>> drawn = funnel([-0.9, -0.5, -0.1], [0.16, 0.04, 0.01])
    >>> drawn.p_class.tolist(), drawn.contour_high.round(3).tolist()
    ([2, 2, 0], [[0.0, 0.658], [0.0, 0.784], [0.0, 1.03]])
    """
    y, v = effects_and_variances(y, v)
    level_of_confidence(level)
    one_number("null", null)
    levels = _levels(contours)
    steps = whole_number("steps", steps)
    if steps < STEPS:
        raise InputError(f"A line needs at least {STEPS} points, but steps is {steps}.")
    between = np.asarray(choose(TAU2, tau2, "τ² method")(y, v))
    centre = weighted_mean(y, v, between)[0]
    se = np.sqrt(v)
    p_value = np.asarray(two_sided_p((y - null) / se))
    grid = se.max(axis=-1)[..., None] * np.linspace(0.0, 1.0, steps)
    z = np.array([critical_value(1 - alpha) for alpha in levels])
    away = z[:, None] * grid[..., None, :]
    half = critical_value(level) * np.sqrt(grid**2 + between[..., None])
    middle = np.asarray(centre)[..., None]
    return Funnel(
        k=y.shape[-1],
        null=null,
        level=level,
        y=y.copy(),
        se=se,
        p_value=p_value,
        p_class=(p_value[..., None] < np.array(levels)).sum(axis=-1),
        contours=levels,
        se_grid=grid,
        contour_low=null - away,
        contour_high=null + away,
        centre=centre,
        tau2=between[()],
        pseudo_low=middle - half,
        pseudo_high=middle + half,
        cannot_tell=of_asymmetry(y.shape[-1]),
    )


def _levels(contours: Sequence[float]) -> tuple[float, ...]:
    """Return levels of significance from large to small, or raise InputError."""
    levels = np.sort(np.atleast_1d(floats("contours", contours)))[::-1]
    require((levels > 0) & (levels < 1), levels, "A level of significance must lie in 0 to 1")
    return tuple(float(level) for level in levels)
