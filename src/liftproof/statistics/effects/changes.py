"""Effects from means before and after, in two arms."""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats, is_number, numbers, require
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.means import arm_of
from liftproof.statistics.effects.smd import divisor, formula_of
from liftproof.statistics.shapes import in_one_shape
from liftproof.vocabulary.smd_formulas import CHANGE_SDS, USUAL_CHANGE_SD, USUAL_SMD, ChangeSd


def standardised_difference_of_changes(
    mean_intervention: ArrayLike,
    mean_pre_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    mean_pre_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    sd_pre_intervention: ArrayLike = np.nan,
    sd_pre_control: ArrayLike = np.nan,
    *,
    formula: str = USUAL_SMD,
    dispersion: Literal["pooled", "separate"] = "pooled",
    change_sd: str = USUAL_CHANGE_SD,
    pre_post_correlation: float | None = None,
) -> Effect:
    """Return y = J(m) d with d = (change₁ - change₂)/s, v = J²(1/n₁ + 1/n₂ + d²/(2(n₁ + n₂))).

    A change is the mean after minus the mean before; s is the pooled standard deviation *after*,
    m = n₁ + n₂ - 2, J as in :func:`hedges_correction`. The variance takes before and after as one
    measurement: it needs no correlation between them, and is that of means after alone, too large
    where the correlation is above 1/2. Other rules: ``change_sd``, a code of CHANGE_SDS: s of the
    means ``before``, or of the ``change`` itself, √(s₁² + s₂² - 2 r s₁ s₂) with the correlation r.
    Where r is given for the other two, 1/n₁ + 1/n₂ is multiplied by 2(1 - r), which is 1 at 1/2.
    ``formula`` and ``dispersion`` are those of
    :func:`~liftproof.statistics.effects.means.standardised_mean_difference`. Arguments broadcast.
    Raises InputError.

    Source: Llanos-Lagos et al. 2024, Sports Med 54, 895-932, whose pools it gives back; variance:
    Borenstein 2009, in Cooper, Hedges & Valentine, The Handbook of Research Synthesis; 2(1 - r):
    Morris 2008, Organ Res Methods 11, 364-386, for large samples. metafor has no such measure;
    ``escalc(measure="SMD", vtype="LS2", correct=TRUE)`` gives the same from changes in the place of
    means and the standard deviations chosen in that of those after.

    >>> g = standardised_difference_of_changes(50.1, 51.2, 3.5, 11, 51.0, 50.8, 3.1, 9)
    >>> round(float(g.y), 4), round(float(g.v), 4)
    (-0.3741, 0.1888)
    """
    post_1, s1, n1, before_1, post_2, s2, n2, before_2, pre_1, pre_2 = in_one_shape(
        "The numbers of both arms",
        *arm_of(mean_intervention, sd_intervention, n_intervention),
        floats("Means before", mean_pre_intervention),
        *arm_of(mean_control, sd_control, n_control),
        floats("Means before", mean_pre_control),
        numbers("Standard deviations before", sd_pre_intervention),
        numbers("Standard deviations before", sd_pre_control),
    )
    effect = formula_of("changes", formula)
    over = choose(CHANGE_SDS, change_sd, "standard deviation of changes")
    r = _correlation(over, pre_post_correlation)
    s1, s2 = (_of_one_arm(over, *sds, r) for sds in ((s1, pre_1), (s2, pre_2)))
    d = ((post_1 - before_1) - (post_2 - before_2)) / divisor(formula, dispersion)(s1, n1, s2, n2)
    share = 1.0 if r is None or over.needs_correlation else 2 * (1 - r)
    y, v = effect(d, share * (1 / n1 + 1 / n2), n1, n2)
    return Effect(y=np.asarray(y)[()], v=np.asarray(v)[()])


def _correlation(over: ChangeSd, r: float | None) -> float | None:
    """Return the correlation between before and after, or raise InputError."""
    if r is None:
        if over.needs_correlation:
            raise InputError(
                f"{over.code} needs the correlation between before and after: give "
                "pre_post_correlation."
            )
        return None
    if not (is_number(r) and -1 < r < 1):
        raise InputError(f"A correlation lies between -1 and 1, but {r} was found.")
    return float(r)


def _of_one_arm(over: ChangeSd, after: Array, before: Array, r: float | None) -> Array:
    """Return the standard deviation of one arm that a difference of changes is divided by."""
    if not over.needs_before:
        return after
    sentence = f"Standard deviations before must be known and positive for {over.code}"
    require(before > 0, before, sentence)
    if r is None or not over.needs_correlation:
        return before
    return np.sqrt(after**2 + before**2 - 2 * r * after * before)


FROM_CHANGES: dict[str, Callable[..., Effect]] = {"SMD": standardised_difference_of_changes}
