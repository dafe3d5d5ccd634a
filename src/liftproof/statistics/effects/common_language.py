"""How probable it is that someone of one group has the larger value: common language effect sizes.

P(X > Y) + P(X = Y)/2, which is also the area under a receiver operating characteristic curve and
Mann and Whitney's U/(n₁n₂).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.distributions import normal_density
from liftproof.statistics.effects.dispersion import pooled_sd
from liftproof.statistics.effects.effect import Effect, kept_effects
from liftproof.statistics.effects.means import arms_of
from liftproof.statistics.effects.pairs import pairs_of
from liftproof.statistics.effects.vtypes import variance_of
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape


@of_one_index
def area_under_curve(
    area: ArrayLike,
    n_intervention: ArrayLike,
    n_control: ArrayLike,
    *,
    vtype: Literal["LS", "LS2"] = "LS",
) -> Effect:
    """Return printed areas y = A with their variances, from the two groups' sizes alone.

    ``vtype``: ``LS``, A(1 - A)(N - 1 - 3(N - 2)/(2(2 - A)(1 + A)))/((n₁ - 1)(n₂ - 1)), N = n₁ + n₂;
    ``LS2``, (A(1 - A) + (n₁ - 1)(A/(2 - A) - A²) + (n₂ - 1)(2A²/(1 + A) - A²))/((n₁ - 1)(n₂ - 1)).
    Areas from 0 to 1, NaN where the variance is 0; two people a group or more. Arguments
    broadcast. Raises InputError.

    Source: Hanley & McNeil 1982, Radiology 143, 29-36; Newcombe 2006, Stat Med 25, 559-573, method
    4; the denominator by Cho, Zou, Liu & others 2019. metafor (version 5): ``escalc(
    measure="AUC", ai=, n1i=, n2i=, vtype=)``, the same as ``"CLES"``.

    >>> effect = area_under_curve(0.893171, 51, 58)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (0.893171, 0.001051)
    """
    named = {"area": area, "n_intervention": n_intervention, "n_control": n_control}
    columns = [floats(name, values) for name, values in named.items()]
    a, n1, n2 = in_one_shape("areas and sizes", *columns)
    require((a >= 0) & (a <= 1), a, "An area must lie in 0 to 1")
    for n in (n1, n2):
        require(n >= 2, n, "Each group must have two people or more")  # noqa: PLR2004 - n - 1 divides
    total, pairs = n1 + n2, (n1 - 1) * (n2 - 1)

    def by_newcombe() -> Array:
        return a * (1 - a) / pairs * (total - 1 - 1.5 * (total - 2) / ((2 - a) * (1 + a)))

    def by_hanley_mcneil() -> Array:
        first, second = a / (2 - a) - a**2, 2 * a**2 / (1 + a) - a**2
        return (a * (1 - a) + (n1 - 1) * first + (n2 - 1) * second) / pairs

    v = variance_of("AUC", vtype, {"LS": by_newcombe, "LS2": by_hanley_mcneil})
    return _known(a, v)


@of_one_index
def area_of_normal_groups(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    *,
    vtype: Literal["LS", "HO"] = "LS",
) -> Effect:
    """Return areas of two normal groups: y = Φ((m₁ - m₂)/√(s₁² + s₂²)).

    With z the number in Φ, p = s₁²/(s₁² + s₂²) and q = 1 - p, by the delta method: v = φ(z)²(p/(n₁
    - 1) + q/(n₂ - 1) + z²(p²/(n₁ - 1) + q²/(n₂ - 1))/2). ``vtype`` ``HO``: both standard deviations
    are one, d/√2 by the pooled one in Φ, φ²(1/n₁ + 1/n₂ + d²/(2N))/2. Arguments broadcast. Raises
    InputError.

    Source: McGraw & Wong 1992, Psychol Bull 111, 361-365; Goddard & Hinberg 1990, Stat Med 9,
    325-337, whose equation 3 has a plus for a product. metafor (version 5): ``escalc(
    measure="AUCN", m1i=, sd1i=, n1i=, m2i=, sd2i=, n2i=, vtype=)``, the same as ``"CLESN"``.

    >>> effect = area_of_normal_groups(24.1, 4.0, 30, 26.3, 4.4, 28)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (0.355702, 0.005153)
    """
    m1, s1, n1, m2, s2, n2 = arms_of(
        *(mean_intervention, sd_intervention, n_intervention, mean_control, sd_control, n_control)
    )
    d = (m1 - m2) / pooled_sd(s1, n1, s2, n2)
    z = d / np.sqrt(2) if vtype == "HO" else (m1 - m2) / np.hypot(s1, s2)
    p, q = s1**2 / (s1**2 + s2**2), s2**2 / (s1**2 + s2**2)

    def of_two_sds() -> Array:
        one, other = n1 - 1, n2 - 1
        return p / one + q / other + z**2 / 2 * (p**2 / one + q**2 / other)

    def of_one_sd() -> Array:
        return (1 / n1 + 1 / n2 + d**2 / (2 * (n1 + n2))) / 2

    spread = variance_of("AUCN", vtype, {"LS": of_two_sds, "HO": of_one_sd})
    return _known(ndtr(z), normal_density(z) ** 2 * spread)


@of_one_index
def area_of_normal_pairs(
    mean_before: ArrayLike,
    sd_before: ArrayLike,
    mean_after: ArrayLike,
    sd_after: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
) -> Effect:
    """Return areas of two normal measurements of one group: y = Φ((m₂ - m₁)/√(s₁² + s₂²)).

    It is of two people, one of either measurement, and not of the change of one. With z in Φ:
    v = φ(z)²(s²/(s₁² + s₂²) + z²(s₁⁴ + s₂⁴ + 2r²s₁²s₂²)/(2(s₁² + s₂²)²))/(n - 1), s that of the
    changes. Arguments broadcast. Raises InputError.

    Source: the delta method on Bonett 2008, Psychol Methods 13, 99-109, equation 10. metafor
    (version 5): ``escalc(measure="AUCCN", m1i=, m2i=, sd1i=, sd2i=, ni=, ri=)``, whose first
    measurement is that after; the same as ``"CLESCN"``.

    >>> effect = area_of_normal_pairs(30.6, 15.0, 38.5, 11.6, 20, 0.47)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (0.661522, 0.004227)
    """
    pairs = pairs_of(mean_before, sd_before, mean_after, sd_after, n, r)
    s1, s2 = pairs.sd_before**2, pairs.sd_after**2
    z = (pairs.after - pairs.before) / np.sqrt(s1 + s2)
    bend = z**2 / 2 * (s1**2 + s2**2 + 2 * pairs.r**2 * s1 * s2) / (s1 + s2) ** 2
    spread = (pairs.sd_change**2 / (s1 + s2) + bend) / (pairs.n - 1)
    return _known(ndtr(z), normal_density(z) ** 2 * spread)


FROM_AREAS: dict[str, Callable[..., Effect]] = dict.fromkeys(("CLES", "AUC"), area_under_curve)
FROM_MEANS_AREAS: dict[str, Callable[..., Effect]] = dict.fromkeys(
    ("CLESN", "AUCN"), area_of_normal_groups
)
FROM_PAIRS_AREAS: dict[str, Callable[..., Effect]] = dict.fromkeys(
    ("CLESCN", "AUCCN"), area_of_normal_pairs
)


def _known(y: Array, v: Array) -> Effect:
    """Return areas with NaN where the variance is 0, or too small for a number: y is 0 or 1."""
    return kept_effects(y, v, np.isfinite(v)).with_missing()
