"""Effects from how much of the variance a regression model explains."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.effects.effect import Effect, kept_effects
from liftproof.statistics.effects.vtypes import mean_of_all, variance_of
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape


@of_one_index
def coefficient_of_determination(
    r2: ArrayLike,
    predictors: ArrayLike,
    n: ArrayLike,
    *,
    vtype: Literal["LS", "LS2", "AV", "AV2"] = "LS",
) -> Effect:
    """Return y = R², v = 4R²(1 - R²)²/n of models with m ``predictors``.

    ``vtype``: ``LS2`` is 4R²(1 - R²)²(n - m - 1)²/((n² - 1)(n + 3)); ``AV`` and ``AV2`` take the
    mean R² of all trials, weighted by n. NaN where v is 0. Arguments broadcast; n above m + 1.
    Raises InputError.

    Source: Kendall & Stuart 1979, The Advanced Theory of Statistics 2, equations 27.87 and 27.88.
    metafor (version 5): ``escalc(measure="R2", r2i=, mi=, ni=, vtype=)``.

    >>> effect = coefficient_of_determination(0.3, 3, 100)
    >>> float(effect.y), round(float(effect.v), 6)
    (0.3, 0.00588)
    """
    y, m, people = _models(r2, predictors, n)
    mean = mean_of_all(y, people)
    full = (people - m - 1) ** 2 / ((people**2 - 1) * (people + 3))
    known = {
        "LS": lambda: _spread(y) / people,
        "LS2": lambda: _spread(y) * full,
        "AV": lambda: _spread(mean) / people,
        "AV2": lambda: _spread(mean) * full,
    }
    v = variance_of("R2", vtype, known)
    return kept_effects(y, v, np.ones(y.shape, dtype=np.bool_)).with_missing()


@of_one_index
def fishers_z_of_multiple_correlation(r2: ArrayLike, predictors: ArrayLike, n: ArrayLike) -> Effect:
    """Return Fisher's z of the multiple correlation: y = artanh √R², v = 1/n.

    Arguments as in :func:`coefficient_of_determination`. Raises InputError.

    Source: Olkin & Finn 1995, Psychol Bull 118, 155-164. metafor (version 5): ``escalc(
    measure="ZR2", r2i=, mi=, ni=)``.

    >>> effect = fishers_z_of_multiple_correlation(0.3, 3, 100)
    >>> round(float(effect.y), 6), float(effect.v)
    (0.615122, 0.01)
    """
    y, _, people = _models(r2, predictors, n)
    return Effect(y=np.arctanh(np.sqrt(y)), v=1 / people)


FROM_MODELS: dict[str, Callable[..., Effect]] = {
    "R2": coefficient_of_determination,
    "ZR2": fishers_z_of_multiple_correlation,
}


def _spread(r2: Array) -> Array:
    """Return 4R²(1 - R²)²."""
    return 4 * r2 * (1 - r2) ** 2


def _models(r2: ArrayLike, predictors: ArrayLike, n: ArrayLike) -> tuple[Array, Array, Array]:
    """Return checked R², numbers of predictors and of people, or raise InputError."""
    y, m, people = in_one_shape(
        "R², predictors and n", floats("R²", r2), floats("Predictors", predictors), floats("n", n)
    )
    require((y >= 0) & (y < 1), y, "R² must be 0 or more and below 1")
    require(m >= 1, m, "There must be 1 predictor or more")
    require(people > m + 1, people, "n must be above the predictors by more than 1")
    return y, m, people
