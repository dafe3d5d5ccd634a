"""PET-PEESE: the effect that a funnel, drawn on to infinite precision, points at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import (
    Array,
    effects_and_variances,
    level_of_confidence,
    one_number,
    require,
)
from liftproof.statistics.distributions import limits
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.cannot_tell import at_least, of_correction, of_nothing
from liftproof.statistics.small_study.line import FEWEST, Line, weighted_line

ALPHA = 0.1
"""Two-sided level at which PET's intercept counts as an effect: 5 % one-sided."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PetPeese(Result):
    """PET, PEESE and the choice between them. Arrays have shape (...), on the analysis scale.

    ``k``: number of trials. ``alpha``: level of the choice, two-sided. ``level``: of the limits.
    ``pet``, ``peese``: the two lines, whose intercepts are the corrected effects. ``chose_peese``:
    PET's intercept has p < alpha. ``estimate``, ``se``, ``ci_low``, ``ci_high``, ``p_value``: the
    intercept of the line chosen, t with k - 2. ``cannot_tell``: a sentence.
    """

    k: int
    alpha: float
    level: float
    pet: Line
    peese: Line
    chose_peese: NDArray[np.bool_]
    estimate: Array
    se: Array
    ci_low: Array
    ci_high: Array
    p_value: Array
    cannot_tell: str


@of_one_index
@dropping_missing("y", "v")
@in_blocks()
def pet_peese(
    y: ArrayLike,
    v: ArrayLike,
    *,
    alpha: float = ALPHA,
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> PetPeese:
    """Return PET, PEESE and, of the two, PEESE where PET finds an effect.

    PET: effects against standard errors; PEESE: against variances; both with weights 1/v and
    multiplicative dispersion. ``y`` and ``v`` (..., k), k of 3 or more. Raises InputError.
    ``missing``: see ``statistics.missing``.

    Source: Stanley & Doucouliagos 2014, Res Synth Methods 5, 60-78. R:
    ``summary(lm(yi ~ sqrt(vi), weights=1/vi))`` and ``summary(lm(yi ~ vi, weights=1/vi))``.

    >>> found = pet_peese([-0.9, -0.5, -0.4, -0.1], [0.3, 0.2, 0.05, 0.02])
    >>> bool(found.chose_peese), round(float(found.estimate), 4), round(float(found.p_value), 4)
    (False, 0.1151, 0.4411)
    """
    y, v = effects_and_variances(y, v)
    k = y.shape[-1]
    at_least(k, FEWEST, "PET-PEESE")
    one_number("alpha", alpha)
    require(0 < alpha < 1, np.asarray(alpha), "alpha must lie between 0 and 1")
    level_of_confidence(level)
    pet, peese = weighted_line(y, np.sqrt(v), 1 / v), weighted_line(y, v, 1 / v)
    chose_peese = np.asarray(pet.intercept_p < alpha)
    estimate = np.where(chose_peese, peese.intercept, pet.intercept)[()]
    se = np.where(chose_peese, peese.intercept_se, pet.intercept_se)[()]
    ci_low, ci_high = limits(estimate, se, level, pet.df)
    p_value = np.where(chose_peese, peese.intercept_p, pet.intercept_p)[()]
    return PetPeese(
        k=k,
        alpha=alpha,
        level=level,
        pet=pet,
        peese=peese,
        chose_peese=chose_peese[()],
        estimate=estimate,
        se=se,
        ci_low=ci_low,
        ci_high=ci_high,
        p_value=p_value,
        cannot_tell=of_correction(k) + of_nothing(p_value, pet.p_value, peese.p_value),
    )
