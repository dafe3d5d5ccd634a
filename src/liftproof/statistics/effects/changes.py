"""Effects from means before and after, in two arms."""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import choose, floats, in_one_shape
from liftproof.statistics.effects.dispersion import (
    SMD_VARIANCES,
    STANDARDISERS,
    small_sample_factor,
)
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.means import arm_of


def standardised_difference_of_changes(
    mean_intervention: ArrayLike,
    mean_pre_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    mean_pre_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    *,
    dispersion: Literal["pooled", "separate", "control"] = "pooled",
    correct: bool = True,
    variance: Literal["LS", "LS2"] = "LS2",
) -> Effect:
    """Return y = J(m) d with d = (change₁ - change₂)/s, v = J²(1/n₁ + 1/n₂ + d²/(2(n₁ + n₂))).

    A change is the mean after minus the mean before; s is the pooled standard deviation *after*,
    m = n₁ + n₂ - 2, J as in :func:`hedges_correction`. The variance takes before and after as one
    measurement: it needs no correlation between them, and is that of means after alone, too large
    where the correlation is above 1/2. Other rules are those of
    :func:`~liftproof.statistics.effects.means.standardised_mean_difference`. Arguments broadcast.
    Raises InputError.

    Source: Llanos-Lagos et al. 2024, Sports Med 54, 895-932, whose pools it gives back; variance:
    Borenstein 2009, in Cooper, Hedges & Valentine, The Handbook of Research Synthesis. metafor has
    no such measure; ``escalc(measure="SMD", vtype="LS2", correct=TRUE)`` gives the same from
    changes in the place of means and standard deviations after.

    >>> g = standardised_difference_of_changes(50.1, 51.2, 3.5, 11, 51.0, 50.8, 3.1, 9)
    >>> round(float(g.y), 4), round(float(g.v), 4)
    (-0.3741, 0.1888)
    """
    post_1, s1, n1, before_1, post_2, s2, n2, before_2 = in_one_shape(
        "The numbers of both arms",
        *arm_of(mean_intervention, sd_intervention, n_intervention),
        floats("Means before", mean_pre_intervention),
        *arm_of(mean_control, sd_control, n_control),
        floats("Means before", mean_pre_control),
    )
    s = choose(STANDARDISERS, dispersion, "dispersion of a standardised difference")(s1, n1, s2, n2)
    d = ((post_1 - before_1) - (post_2 - before_2)) / s
    j = small_sample_factor(n1 + n2 - 2, correct=correct)
    v = choose(SMD_VARIANCES, variance, "variance of a standardised difference")
    return Effect(y=np.asarray(j * d)[()], v=np.asarray(v(j * d, d, j, n1, n2))[()])


FROM_CHANGES: dict[str, Callable[..., Effect]] = {"SMD": standardised_difference_of_changes}
