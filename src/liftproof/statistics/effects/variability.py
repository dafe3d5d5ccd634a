"""Effects on variability: ratios of two arms' standard deviations and coefficients of variation.

With two participants in an arm the correction for bias, 1/(2(n - 1)), is 1/2, and can turn the sign
of an effect: such arms are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, require
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.means import arms_of
from liftproof.statistics.effects.vtypes import variance_of
from liftproof.statistics.labelled import of_one_index

LEAST = 3
"""Participants of an arm."""


@of_one_index
def variability_ratio(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    *,
    vtype: Literal["LS", "LS2"] = "LS",
    correct: bool = True,
) -> Effect:
    """Return log ratios of standard deviations: y = ln(s₁/s₂) + h₁ - h₂, v = h₁ + h₂.

    h = 1/(2(n - 1)); the means are not used. ``vtype`` ``LS2``: n/(2(n - 1)²) for h in v.
    ``correct=False``: y = ln(s₁/s₂). Arms of three or more; arguments broadcast. Raises InputError.

    Source: Nakagawa et al. 2015, Methods Ecol Evol 6, 143-152; LS2: Senior, Viechtbauer & Nakagawa
    2020, Res Synth Methods 11, 553-567. metafor: ``escalc(measure="VR", sd1i=s1, n1i=n1, sd2i=s2,
    n2i=n2, vtype=, correct=)``.

    >>> vr = variability_ratio(55, 47, 155, 75, 64, 156)
    >>> round(float(vr.y), 6), round(float(vr.v), 6)
    (-0.308715, 0.006473)
    """
    _, s1, n1, _, s2, n2 = _arms(
        *(mean_intervention, sd_intervention, n_intervention),
        *(mean_control, sd_control, n_control),
    )
    y = np.log(s1 / s2) + (_bias(n1, n2) if correct else 0.0)
    return Effect(y=y, v=variance_of("VR", vtype, _of_sds(n1, n2)))


@of_one_index
def cv_ratio(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    *,
    vtype: Literal["LS", "LS2"] = "LS",
    correct: bool = True,
) -> Effect:
    """Return log ratios of coefficients of variation: y = ln(s₁/m₁) - ln(s₂/m₂) + b, v = Σ(h + c²).

    h = 1/(2(n - 1)), c = s/(m√n), b = h₁ - h₂ + (c₂² - c₁²)/2; ``correct=False``: b = 0. ``vtype``
    ``LS2``: v = Σ(n/(2(n - 1)²) + c² + c⁴/2). Means must be positive, arms of three or more.
    Arguments broadcast. Raises InputError.

    Source: Nakagawa et al. 2015, Methods Ecol Evol 6, 143-152; b and LS2: Senior, Viechtbauer &
    Nakagawa 2020, Res Synth Methods 11, 553-567. metafor: ``escalc(measure="CVR", m1i=m1, sd1i=s1,
    n1i=n1, m2i=m2, sd2i=s2, n2i=n2, vtype=, correct=)``.

    >>> cvr = cv_ratio(55, 47, 155, 75, 64, 156)
    >>> round(float(cvr.y), 6), round(float(cvr.v), 6)
    (0.001419, 0.015852)
    """
    m1, s1, n1, m2, s2, n2 = _arms(
        *(mean_intervention, sd_intervention, n_intervention),
        *(mean_control, sd_control, n_control),
    )
    for m in (m1, m2):
        require(m > 0, m, "A mean must be positive for a coefficient of variation")
    c1, c2 = s1**2 / (n1 * m1**2), s2**2 / (n2 * m2**2)
    bias = _bias(n1, n2) + (c2 - c1) / 2 if correct else 0.0
    of_sds = _of_sds(n1, n2)
    return Effect(
        y=np.log(s1 / m1) - np.log(s2 / m2) + bias,
        v=variance_of(
            "CVR",
            vtype,
            {
                "LS": lambda: of_sds["LS"]() + c1 + c2,
                "LS2": lambda: of_sds["LS2"]() + c1 + c2 + (c1**2 + c2**2) / 2,
            },
        ),
    )


FROM_MEANS_VARIABILITY: dict[str, Callable[..., Effect]] = {
    "VR": variability_ratio,
    "CVR": cv_ratio,
}


def _bias(n1: Array, n2: Array) -> Array:
    return 1 / (2 * (n1 - 1)) - 1 / (2 * (n2 - 1))


def _of_sds(n1: Array, n2: Array) -> dict[str, Callable[[], Array]]:
    """Return the variances of ln(s₁/s₂) by ``vtype``."""
    return {
        "LS": lambda: 1 / (2 * (n1 - 1)) + 1 / (2 * (n2 - 1)),
        "LS2": lambda: (n1 / (n1 - 1) ** 2 + n2 / (n2 - 1) ** 2) / 2,
    }


def _arms(*numbers: ArrayLike) -> tuple[Array, ...]:
    """Return the checked numbers of both arms, or raise InputError."""
    arms = arms_of(*numbers)
    for n in (arms[2], arms[5]):
        require(
            n >= LEAST,
            n,
            "n must be 3 or more in each arm: with 2 the correction of a ratio of standard "
            "deviations, 1/2, can turn its sign",
        )
    return arms
