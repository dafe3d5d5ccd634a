"""A line through effects of which those beyond a cut are seen more often."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import choose, effects_and_variances, finite_number
from liftproof.statistics.distributions import quotient, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.moderators import design_and_intercept
from liftproof.statistics.names import by_metafors_names_or_given
from liftproof.statistics.small_study.selection.regression import (
    SelectionRegression,
    selection_regression,
)
from liftproof.statistics.small_study.selection.truncation import (
    MIDDLE,
    SIDES,
    require_both_sides,
    weights_known,
)


@of_one_index
@dropping_missing("y", "v", "x")
@by_metafors_names_or_given
def truncated_regression(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike,
    cut: float = 0.0,
    *,
    alternative: str = "greater",
    delta: float | None = None,
    tau2: str | float = "ML",
    level: float = 0.95,
    intercept: bool | int | None = 0,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> SelectionRegression:
    """Fit a meta-regression to effects of which those beyond a cut are seen more often.

    ``y``, ``v`` (k,), ``cut``, ``alternative`` and ``delta`` as in ``truncated_selection``; ``x``
    (k, p), ``intercept``, ``tau2``, ``level`` and the result as in ``selection_regression``, its
    ``delta`` (1, δ) and ``steps`` the cut. There must be an intercept. Raises InputError and
    ConvergenceError. ``missing``: see ``statistics.missing``.

    Source: as ``truncated_selection``. metafor (version 5): ``selmodel(rma(yi, vi, mods = ~ x,
    method="ML"), type="trunc", steps=cut)``.

    >>> y, v = [1.2, 1.0, 0.9, 0.3, 0.2, -0.15], [0.3, 0.2, 0.2, 0.05, 0.03, 0.02]
    >>> found = truncated_regression(y, v, [1, 2, 3, 4, 5, 7], delta=0.2, intercept=True)
    >>> found.coefficients.round(3).tolist(), found.counts.tolist()
    ([1.275, -0.215], [5, 1])
    """
    effects, variances = effects_and_variances(y, v)
    choose(dict.fromkeys(SIDES), alternative, "side of a cut")
    at = finite_number("cut", cut)
    columns, place = design_and_intercept(x, effects.shape[-1], intercept)
    if place is None:
        raise InputError("Selection by a cut needs an intercept: intercept=True adds one to x.")
    if delta is None:
        require_both_sides(effects, at, alternative)
    shifted = selection_regression(
        effects - at,
        variances,
        columns,
        alternative=alternative,
        steps=[MIDDLE],
        delta=weights_known(delta),
        tau2=tau2,
        level=level,
        intercept=place,
    )
    return _moved(shifted, at, place, at / float(columns[0, place]))


def _moved(shifted: SelectionRegression, cut: float, place: int, by: float) -> SelectionRegression:
    """Return the fit to effects less the cut as that to the effects."""
    names = ("coefficients", "ci_low", "ci_high", "unadjusted_coefficients")
    numbers: dict[str, Any] = {name: getattr(shifted, name).copy() for name in names}
    for values in numbers.values():
        values[place] += by
    statistic = quotient(numbers["coefficients"], shifted.se)
    return replace(
        shifted,
        kind="trunc",
        steps=np.array([cut]),
        statistic=statistic,
        p_values=two_sided_p(statistic),
        **numbers,
    )
