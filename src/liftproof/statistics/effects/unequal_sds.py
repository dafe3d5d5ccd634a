"""Standardised differences of means without one standard deviation for both arms, and log odds.

d is the difference over a standard deviation s, J Hedges' exact factor.
"""

from __future__ import annotations

from collections.abc import Callable
from math import pi, sqrt
from typing import Literal

from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array
from liftproof.statistics.effects.dispersion import hedges_factor, pooled_sd, separate_sd
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.means import arms_of
from liftproof.statistics.effects.vtypes import mean_of_all, variance_of
from liftproof.statistics.labelled import of_one_index


@of_one_index
def difference_by_mean_variance(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    *,
    vtype: Literal["LS", "LS2", "LS3"] = "LS",
    correct: bool = True,
) -> Effect:
    """Return y = J(N - 2)(m₁ - m₂)/s with s² = (s₁² + s₂²)/2, and Bonett's variance.

    v = y²/(8s⁴) Σ sᵢ⁴/(nᵢ - 1) + Σ sᵢ²/(s²(nᵢ - 1)); ``vtype`` ``LS2``: nᵢ for nᵢ - 1; ``LS3``: nᵢ
    in the second sum alone. ``correct=False``: J = 1. Arguments broadcast. Raises InputError.

    Source: Bonett 2008, Psychol Methods 13, 99-109, equation 8. metafor: ``escalc(measure="SMDH",
    m1i=m1, sd1i=s1, n1i=n1, m2i=m2, sd2i=s2, n2i=n2, vtype=, correct=)``.

    >>> smdh = difference_by_mean_variance(55, 47, 155, 75, 64, 156)
    >>> round(float(smdh.y), 6), round(float(smdh.v), 6)
    (-0.355342, 0.013155)
    """
    m1, s1, n1, m2, s2, n2 = arms_of(
        *(mean_intervention, sd_intervention, n_intervention),
        *(mean_control, sd_control, n_control),
    )
    s = separate_sd(s1, n1, s2, n2)
    y = hedges_factor(n1 + n2 - 2, correct=correct) * (m1 - m2) / s

    def fourth(k1: Array, k2: Array) -> Array:
        return y**2 / (8 * s**4) * (s1**4 / k1 + s2**4 / k2)

    def second(k1: Array, k2: Array) -> Array:
        return (s1**2 / k1 + s2**2 / k2) / s**2

    variances = {
        "LS": lambda: fourth(n1 - 1, n2 - 1) + second(n1 - 1, n2 - 1),
        "LS2": lambda: fourth(n1, n2) + second(n1, n2),
        "LS3": lambda: fourth(n1 - 1, n2 - 1) + second(n1, n2),
    }
    return Effect(y=y, v=variance_of("SMDH", vtype, variances))


@of_one_index
def difference_by_control_sd(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    *,
    vtype: Literal["LS", "LS2", "UB", "AV"] = "LS",
    correct: bool = True,
) -> Effect:
    """Return Glass's Δ, corrected: y = J(n₂ - 1)(m₁ - m₂)/s₂, v = 1/n₁ + 1/n₂ + y²/(2n₂).

    The standard deviation of the first arm is not used. ``vtype``: ``LS2``, J²(1/n₁ + 1/n₂ +
    d²/(2n₂)); ``UB``, the unbiased one; ``AV``, the mean y of all trials, weighted by n₁ + n₂.
    ``correct=False``: J = 1. Arguments broadcast. Raises InputError.

    Source: Glass 1976, Educ Res 5(10), 3-8; Hedges 1981, J Educ Stat 6, 107-128. metafor: ``escalc(
    measure="SMD1", m1i=m1, n1i=n1, m2i=m2, sd2i=s2, n2i=n2, vtype=, correct=)``.

    >>> delta = difference_by_control_sd(55, 47, 155, 75, 64, 156)
    >>> round(float(delta.y), 6), round(float(delta.v), 6)
    (-0.310985, 0.013172)
    """
    m1, _, n1, m2, s2, n2 = arms_of(
        *(mean_intervention, sd_intervention, n_intervention),
        *(mean_control, sd_control, n_control),
    )
    m, d = n2 - 1, (m1 - m2) / s2
    j = hedges_factor(m, correct=correct)
    y, a = j * d, 1 / n1 + 1 / n2
    variances = {
        "LS": lambda: a + y**2 / (2 * n2),
        "LS2": lambda: j**2 * (a + d**2 / (2 * n2)),
        "UB": lambda: a + (1 - (m - 2) / (m * j**2)) * y**2,
        "AV": lambda: a + mean_of_all(y, n1 + n2) ** 2 / (2 * n2),
    }
    return Effect(y=y, v=variance_of("SMD1", vtype, variances))


@of_one_index
def difference_by_control_sd_heteroscedastic(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    *,
    correct: bool = True,
) -> Effect:
    """Return Glass's Δ, corrected, with v = (s₁²/s₂²)/(n₁ - 1) + 1/(n₂ - 1) + y²/(2(n₂ - 1)).

    y as :func:`difference_by_control_sd`. Arguments broadcast. Raises InputError.

    Source: Bonett 2008, Psychol Methods 13, 99-109, equation 12. metafor: ``escalc(
    measure="SMD1H", m1i=m1, sd1i=s1, n1i=n1, m2i=m2, sd2i=s2, n2i=n2, correct=)``.

    >>> delta = difference_by_control_sd_heteroscedastic(55, 47, 155, 75, 64, 156)
    >>> round(float(delta.y), 6), round(float(delta.v), 6)
    (-0.310985, 0.010266)
    """
    m1, s1, n1, m2, s2, n2 = arms_of(
        *(mean_intervention, sd_intervention, n_intervention),
        *(mean_control, sd_control, n_control),
    )
    y = hedges_factor(n2 - 1, correct=correct) * (m1 - m2) / s2
    return Effect(y=y, v=(s1 / s2) ** 2 / (n1 - 1) + 1 / (n2 - 1) + y**2 / (2 * (n2 - 1)))


@of_one_index
def logistic_odds_ratio(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
) -> Effect:
    """Return the log odds ratios that differences stand for: y = π/√3 d, v = π²/3 v(d).

    d is Cohen's, v(d) = 1/n₁ + 1/n₂ + d²/(2N); for outcomes of logistic distributions. Arguments
    broadcast. Raises InputError.

    Source: Chinn 2000, Stat Med 19, 3127-3131. metafor: ``escalc(measure="D2ORL", m1i=m1, sd1i=s1,
    n1i=n1, m2i=m2, sd2i=s2, n2i=n2)``, and ``D2OR``.

    >>> odds = logistic_odds_ratio(55, 47, 155, 75, 64, 156)
    >>> round(float(odds.y), 6), round(float(odds.v), 6)
    (-0.645775, 0.042984)
    """
    return _scaled(
        pi / sqrt(3),
        *(mean_intervention, sd_intervention, n_intervention),
        *(mean_control, sd_control, n_control),
    )


@of_one_index
def normal_odds_ratio(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
) -> Effect:
    """Return the log odds ratios that differences stand for: y = 1.65 d, v = 1.65² v(d).

    As :func:`logistic_odds_ratio`, for outcomes of normal distributions. Arguments broadcast.
    Raises InputError.

    Source: Cox & Snell 1989, Analysis of Binary Data; Sánchez-Meca et al. 2003, Psychol Methods 8,
    448-467. metafor: ``escalc(measure="D2ORN", m1i=m1, sd1i=s1, n1i=n1, m2i=m2, sd2i=s2, n2i=n2)``.

    >>> odds = normal_odds_ratio(55, 47, 155, 75, 64, 156)
    >>> round(float(odds.y), 6), round(float(odds.v), 6)
    (-0.587457, 0.035571)
    """
    return _scaled(
        1.65,
        *(mean_intervention, sd_intervention, n_intervention),
        *(mean_control, sd_control, n_control),
    )


FROM_MEANS_UNEQUAL: dict[str, Callable[..., Effect]] = {
    "SMDH": difference_by_mean_variance,
    "SMD1": difference_by_control_sd,
    "SMD1H": difference_by_control_sd_heteroscedastic,
    "D2OR": logistic_odds_ratio,
    "D2ORL": logistic_odds_ratio,
    "D2ORN": normal_odds_ratio,
}


def _scaled(factor: float, *numbers: ArrayLike) -> Effect:
    """Return Cohen's d and its variance times a factor."""
    m1, s1, n1, m2, s2, n2 = arms_of(*numbers)
    d = (m1 - m2) / pooled_sd(s1, n1, s2, n2)
    return Effect(y=factor * d, v=factor**2 * (1 / n1 + 1 / n2 + d**2 / (2 * (n1 + n2))))
