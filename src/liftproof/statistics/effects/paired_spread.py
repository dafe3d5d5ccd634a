"""Effects of one group before and after by both standard deviations: changes over their average,
and ratios of the standard deviations and of the coefficients of variation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, require
from liftproof.statistics.effects.dispersion import hedges_factor
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.pairs import Pairs, pairs_of
from liftproof.statistics.effects.vtypes import variance_of
from liftproof.statistics.labelled import of_one_index

_LEAST = 3
"""The factor J needs three participants."""


@of_one_index
def change_by_average_sd(
    mean_before: ArrayLike,
    sd_before: ArrayLike,
    mean_after: ArrayLike,
    sd_after: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
    *,
    correct: bool = True,
) -> Effect:
    """Return standardised mean changes: y = J(m)(m₂ - m₁)/s, v = 2(1 - r)/n + y²(1 + r²)/(4n).

    s = √((s₁² + s₂²)/2), m = 2(n - 1)/(1 + r²) degrees of freedom. ``correct=False``: J = 1.
    Arguments broadcast. Raises InputError.

    Source: Cousineau 2020, Quant Methods Psychol 16, 418-421. metafor: ``escalc(measure="SMCRP",
    m1i=m2, m2i=m1, sd1i=s2, sd2i=s1, ni=n, ri=r, correct=)``.

    >>> change = change_by_average_sd(30.6, 15.0, 38.5, 11.6, 20, 0.47)
    >>> round(float(change.y), 6), round(float(change.v), 6)
    (0.574859, 0.058043)
    """
    pairs = pairs_of(mean_before, sd_before, mean_after, sd_after, n, r, least=_LEAST)
    y = _over_average(pairs, correct=correct)
    return Effect(y=y, v=2 * (1 - pairs.r) / pairs.n + y**2 * (1 + pairs.r**2) / (4 * pairs.n))


@of_one_index
def change_by_average_sd_heteroscedastic(
    mean_before: ArrayLike,
    sd_before: ArrayLike,
    mean_after: ArrayLike,
    sd_after: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
    *,
    vtype: Literal["LS", "LS2"] = "LS",
    correct: bool = True,
) -> Effect:
    """Return the y of :func:`change_by_average_sd` for standard deviations that may differ.

    v = (d²/s² + y²(s₁⁴ + s₂⁴ + 2r²s₁²s₂²)/(8s⁴))/(n - 1), d the standard deviation of the change.
    ``vtype`` ``LS2``: n for n - 1. ``correct=False``: J = 1. Arguments broadcast. Raises
    InputError.

    Source: Bonett 2008, Psychol Methods 13, 99-109, equation 10. metafor: ``escalc(
    measure="SMCRPH", m1i=m2, m2i=m1, sd1i=s2, sd2i=s1, ni=n, ri=r, vtype=, correct=)``.

    >>> change = change_by_average_sd_heteroscedastic(30.6, 15.0, 38.5, 11.6, 20, 0.47)
    >>> round(float(change.y), 6), round(float(change.v), 6)
    (0.574859, 0.062903)
    """
    pairs = pairs_of(mean_before, sd_before, mean_after, sd_after, n, r, least=_LEAST)
    y = _over_average(pairs, correct=correct)
    one, other = pairs.sd_before**2, pairs.sd_after**2
    average = (one + other) / 2
    bend = (one**2 + other**2 + 2 * pairs.r**2 * one * other) / (8 * average**2)
    spread = pairs.sd_change**2 / average + y**2 * bend
    known = {"LS": lambda: spread / (pairs.n - 1), "LS2": lambda: spread / pairs.n}
    return Effect(y=y, v=variance_of("SMCRPH", vtype, known))


@of_one_index
def variability_ratio_of_change(
    mean_before: ArrayLike,
    sd_before: ArrayLike,
    mean_after: ArrayLike,
    sd_after: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
) -> Effect:
    """Return log ratios of standard deviations: y = ln(s₂/s₁), v = (1 - r²)/(n - 1).

    Means are not used. Arguments broadcast. Raises InputError.

    Source: Senior, Viechtbauer & Nakagawa 2020, Res Synth Methods 11, 553-567, equations 8 and 21.
    metafor: ``escalc(measure="VRC", sd1i=s2, sd2i=s1, ni=n, ri=r)``.

    >>> ratio = variability_ratio_of_change(30.6, 15.0, 38.5, 11.6, 20, 0.47)
    >>> round(float(ratio.y), 6), round(float(ratio.v), 6)
    (-0.257045, 0.041005)
    """
    pairs = pairs_of(mean_before, sd_before, mean_after, sd_after, n, r)
    y = np.log(pairs.sd_after / pairs.sd_before)
    return Effect(y=y, v=(1 - pairs.r**2) / (pairs.n - 1))


@of_one_index
def variation_ratio_of_change(
    mean_before: ArrayLike,
    sd_before: ArrayLike,
    mean_after: ArrayLike,
    sd_after: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
    *,
    correct: bool = True,
) -> Effect:
    """Return log ratios of coefficients of variation: y = ln(s₂/m₂) - ln(s₁/m₁).

    v = c₁² + c₂² - 2rc₁c₂ + (1 - r²)/(n - 1) with c = s/(m√n); ``correct`` adds (c₁² - c₂²)/2 to y.
    Means must be positive. Arguments broadcast. Raises InputError.

    Source: Senior, Viechtbauer & Nakagawa 2020, Res Synth Methods 11, 553-567, equations 9 and 23.
    metafor: ``escalc(measure="CVRC", m1i=m2, m2i=m1, sd1i=s2, sd2i=s1, ni=n, ri=r, correct=)``.

    >>> ratio = variation_ratio_of_change(30.6, 15.0, 38.5, 11.6, 20, 0.47)
    >>> round(float(ratio.y), 6), round(float(ratio.v), 6)
    (-0.482966, 0.050617)
    """
    pairs = pairs_of(mean_before, sd_before, mean_after, sd_after, n, r)
    for mean in (pairs.before, pairs.after):
        require(mean > 0, mean, "The means of a coefficient of variation must be positive")
    c1 = pairs.sd_before / (pairs.before * np.sqrt(pairs.n))
    c2 = pairs.sd_after / (pairs.after * np.sqrt(pairs.n))
    y = np.log(c2 / c1) + ((c1**2 - c2**2) / 2 if correct else 0.0)
    v = c1**2 + c2**2 - 2 * pairs.r * c1 * c2 + (1 - pairs.r**2) / (pairs.n - 1)
    return Effect(y=y, v=v)


FROM_PAIRS_SPREAD: dict[str, Callable[..., Effect]] = {
    "SMCRP": change_by_average_sd,
    "SMCRPH": change_by_average_sd_heteroscedastic,
    "VRC": variability_ratio_of_change,
    "CVRC": variation_ratio_of_change,
}


def _over_average(pairs: Pairs, *, correct: bool) -> Array:
    """Return changes over the average standard deviation, corrected for small samples."""
    average = np.sqrt((pairs.sd_before**2 + pairs.sd_after**2) / 2)
    factor = hedges_factor(2 * (pairs.n - 1) / (1 + pairs.r**2), correct=correct)
    return np.asarray(factor * (pairs.after - pairs.before) / average)
