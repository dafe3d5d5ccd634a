"""Effects from means, standard deviations and numbers of participants, in two arms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, choose, floats, require
from liftproof.statistics.effects.dispersion import pooled_sd
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.smd import divisor, formula_of
from liftproof.statistics.effects.vtypes import mean_of_all, variance_of
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape
from liftproof.vocabulary.smd_formulas import USUAL_SMD

SMALLEST_ARM = 2
"""A standard deviation needs two participants."""


@of_one_index
def mean_difference(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    *,
    dispersion: Literal["separate", "pooled"] = "separate",
) -> Effect:
    """Return differences of means: y = m₁ - m₂, v = s₁²/n₁ + s₂²/n₂, variances not pooled.

    With ``dispersion`` pooled v = s²(1/n₁ + 1/n₂), s the pooled standard deviation. Arguments
    broadcast; y has the unit of the means. Raises InputError.

    Source: Cochrane Handbook 6.5, section 6.5.1. metafor:
    ``escalc(measure="MD", m1i=m1, sd1i=s1, n1i=n1, m2i=m2, sd2i=s2, n2i=n2, vtype="LS")``;
    pooled: ``vtype="HO"``.

    >>> md = mean_difference(55, 47, 155, 75, 64, 156)  # days in hospital, Edinburgh
    >>> round(float(md.y), 4), round(float(md.v), 4)
    (-20.0, 40.508)
    """
    m1, s1, n1, m2, s2, n2 = arms_of(
        *(mean_intervention, sd_intervention, n_intervention),
        *(mean_control, sd_control, n_control),
    )
    variance = choose(MD_VARIANCES, dispersion, "dispersion of a mean difference")
    return Effect(y=m1 - m2, v=variance(s1, n1, s2, n2))


def _of_separate(s1: Array, n1: Array, s2: Array, n2: Array) -> Array:
    return s1**2 / n1 + s2**2 / n2


def _of_pooled(s1: Array, n1: Array, s2: Array, n2: Array) -> Array:
    return pooled_sd(s1, n1, s2, n2) ** 2 * (1 / n1 + 1 / n2)


MD_VARIANCES: Mapping[str, Callable[[Array, Array, Array, Array], Array]] = {
    "separate": _of_separate,
    "pooled": _of_pooled,
}


@of_one_index
def standardised_mean_difference(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    *,
    formula: str = USUAL_SMD,
    dispersion: Literal["pooled", "separate"] = "pooled",
) -> Effect:
    """Return Hedges' g: y = J(m)(m₁ - m₂)/s, v = 1/n₁ + 1/n₂ + y²/(2(n₁ + n₂)).

    s is the pooled standard deviation, m = n₁ + n₂ - 2, and J is exact: Γ(m/2) / (√(m/2)
    Γ((m - 1)/2)). Other rules: ``formula``, a code of ``vocabulary.smd_formulas``; ``dispersion``,
    a name in STANDARDISERS. Arguments broadcast. Raises InputError.

    Source: Hedges 1981, J Educ Stat 6, 107-128; variance: Hedges 1982, Psychol Bull 92, 490-499.
    metafor: ``escalc(measure="SMD", m1i=m1, sd1i=s1, n1i=n1, m2i=m2, sd2i=s2, n2i=n2,
    vtype="LS", correct=TRUE)``.

    >>> smd = standardised_mean_difference(55, 47, 155, 75, 64, 156)
    >>> round(float(smd.y), 4), round(float(smd.v), 4)
    (-0.3552, 0.0131)
    """
    m1, s1, n1, m2, s2, n2 = arms_of(
        *(mean_intervention, sd_intervention, n_intervention),
        *(mean_control, sd_control, n_control),
    )
    effect = formula_of("means", formula)
    d = (m1 - m2) / divisor(formula, dispersion)(s1, n1, s2, n2)
    y, v = effect(d, 1 / n1 + 1 / n2, n1, n2)
    return Effect(y=y, v=v)


@of_one_index
def ratio_of_means(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    *,
    correct: bool = True,
    vtype: Literal["LS", "LS2", "HO", "AV", "AVHO"] = "LS",
) -> Effect:
    """Return log ratios of means: y = ln(m₁/m₂), v = s₁²/(n₁m₁²) + s₂²/(n₂m₂²).

    ``correct`` adds (s₁²/(n₁m₁²) - s₂²/(n₂m₂²))/2 to y, which removes bias of the second order;
    metafor does so by default since version 5.0, older versions and most papers do not. The two
    means of a trial must have one sign. With c = s/m, ``vtype``: ``LS2`` adds Σ c⁴/(2n²) to v;
    ``HO`` takes the pooled s; ``AV`` the mean c of each arm over all trials, weighted by n;
    ``AVHO`` that of both arms. Arguments broadcast. Raises InputError.

    Source: Hedges, Gurevitch & Curtis 1999, Ecology 80, 1150-1156; correction: Lajeunesse 2015,
    Ecology 96, 2056-2063. metafor: ``escalc(measure="ROM", m1i=m1, sd1i=s1, n1i=n1, m2i=m2,
    sd2i=s2, n2i=n2, vtype="LS", correct=TRUE)``.

    >>> rom = ratio_of_means(55, 47, 155, 75, 64, 156)
    >>> round(float(rom.y), 6), round(float(rom.v), 6)
    (-0.310133, 0.009379)
    >>> round(float(ratio_of_means(55, 47, 155, 75, 64, 156, correct=False).y), 6)
    -0.310155
    """
    m1, s1, n1, m2, s2, n2 = arms_of(
        *(mean_intervention, sd_intervention, n_intervention),
        *(mean_control, sd_control, n_control),
    )
    signs = np.sign(m1) * np.sign(m2)
    require(signs > 0, signs, "The two means of a ratio must have one sign and not be 0")
    v1, v2 = s1**2 / (n1 * m1**2), s2**2 / (n2 * m2**2)
    bias = (v2 - v1) / 2 if correct else 0.0
    variances = {
        "LS": lambda: v1 + v2,
        "LS2": lambda: v1 + v2 + (v1**2 + v2**2) / 2,
        "HO": lambda: pooled_sd(s1, n1, s2, n2) ** 2 * (1 / (n1 * m1**2) + 1 / (n2 * m2**2)),
        "AV": lambda: mean_of_all(s1 / m1, n1) ** 2 / n1 + mean_of_all(s2 / m2, n2) ** 2 / n2,
        "AVHO": lambda: _mean_of_both(s1 / m1, n1, s2 / m2, n2) ** 2 * (1 / n1 + 1 / n2),
    }
    return Effect(y=np.log(m1 / m2) - bias, v=variance_of("ROM", vtype, variances))


def _mean_of_both(first: Array, n1: Array, second: Array, n2: Array) -> Array:
    """Return the mean over both arms of all trials, weighted by participants."""
    of_trials = (n1 * first + n2 * second) / (n1 + n2)
    return mean_of_all(of_trials, n1 + n2)


FROM_MEANS: dict[str, Callable[..., Effect]] = {
    "SMD": standardised_mean_difference,
    "MD": mean_difference,
    "ROM": ratio_of_means,
}


def arms_of(*numbers: ArrayLike) -> tuple[Array, ...]:
    """Return the checked mean, standard deviation and n of both arms, in one shape."""
    return in_one_shape("The numbers of both arms", *arm_of(*numbers[:3]), *arm_of(*numbers[3:]))


def arm_of(mean: ArrayLike, sd: ArrayLike, n: ArrayLike) -> tuple[Array, Array, Array]:
    """Return the checked mean, standard deviation and number of participants of one arm."""
    m, s, size = floats("Means", mean), floats("Standard deviations", sd), floats("n", n)
    require(s > 0, s, "Standard deviations must be positive")
    require(size >= SMALLEST_ARM, size, "n must be 2 or more in each arm")
    return m, s, size
