"""Effects from semi-partial correlations: what one predictor adds to a regression model."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import floats, require
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.fishers_z import fishers_z_of
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape

ROUNDING = 1e-12
"""Of R² less its part by one predictor: of a model with this predictor alone nothing is left, which
digits of t and R² turn to some 1e-16 either side of 0."""


@of_one_index
def semi_partial_correlation(
    t: ArrayLike, n: ArrayLike, predictors: ArrayLike, r2: ArrayLike
) -> Effect:
    """Return y = t√(1 - R²)/√(n - m - 1), v = (R⁴ - 2R² + R₀² + 1 - R₀⁴)/n with R₀² = R² - y².

    ``t``: the predictor's test; ``predictors``: m, itself among them; ``r2``: R² of the model, and
    R₀² without the predictor, which must not be below 0. Arguments broadcast; n above m + 1.
    Raises InputError.

    Source: Aloe & Becker 2012, J Educ Behav Stat 37, 278-297. metafor: ``escalc(measure="SPCOR",
    ti=t, ni=n, mi=predictors, r2i=r2)``.

    >>> effect = semi_partial_correlation(2.0, 100, 3, 0.3)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (0.170783, 0.006875)
    """
    statistic, people, m, whole = in_one_shape(
        "t, n, predictors and R²",
        floats("t", t),
        floats("n", n),
        floats("Predictors", predictors),
        floats("R²", r2),
    )
    require(m >= 1, m, "There must be 1 predictor or more")
    require(people > m + 1, people, "n must be above the predictors by more than 1")
    require((whole >= 0) & (whole < 1), whole, "R² must be 0 or more and below 1")
    y = statistic * np.sqrt((1 - whole) / (people - m - 1))
    without = whole - y**2
    require(without >= -ROUNDING, whole, "R² must not be below what t says that one predictor adds")
    without = np.maximum(without, 0.0)
    return Effect(y=y, v=(whole**2 - 2 * whole + without + 1 - without**2) / people)


@of_one_index
def fishers_z_of_semi_partial(
    t: ArrayLike, n: ArrayLike, predictors: ArrayLike, r2: ArrayLike
) -> Effect:
    """Return Fisher's z of :func:`semi_partial_correlation`: artanh y, v/(1 - y²)².

    By the delta method. Raises InputError.

    Source: Aloe & Becker 2012, J Educ Behav Stat 37, 278-297. metafor (version 5):
    ``escalc(measure="ZSPCOR", ti=t, ni=n, mi=predictors, r2i=r2)``.

    >>> effect = fishers_z_of_semi_partial(2.0, 100, 3, 0.3)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (0.172473, 0.007294)
    """
    return fishers_z_of(semi_partial_correlation(t, n, predictors, r2))


FROM_SEMI_PARTIAL: dict[str, Callable[..., Effect]] = {
    "SPCOR": semi_partial_correlation,
    "ZSPCOR": fishers_z_of_semi_partial,
}
