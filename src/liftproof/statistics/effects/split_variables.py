"""Correlations with a variable that was split in two: from means of two arms, and from counts.

Point-biserial: with the two arms as they are. Biserial and the difference of probits: with the
normal variable that the split, or the event, is taken to stand for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import normal_density
from liftproof.statistics.effects.checked_arms import table_of_parts
from liftproof.statistics.effects.dispersion import pooled_sd
from liftproof.statistics.effects.effect import Effect, kept_effects, usable_cells
from liftproof.statistics.effects.fishers_z import fishers_z_of
from liftproof.statistics.effects.means import arms_of
from liftproof.statistics.effects.two_arm_tables import OF_SINGLE_TRIALS, ZeroCells
from liftproof.statistics.effects.vtypes import variance_of
from liftproof.statistics.labelled import of_one_index


@of_one_index
def point_biserial(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    *,
    vtype: Literal["LS", "ST", "CS"] = "LS",
) -> Effect:
    """Return point-biserial correlations: y = d/√(d² + h), h = (N - 2)(1/n₁ + 1/n₂).

    d is the difference over the pooled standard deviation, not corrected. ``vtype``: ``LS`` and
    ``ST``, for arms of given size, v = h²/(h + d²)³ (1/n₁ + 1/n₂ + d²/(2N)); ``CS``, for people
    sampled together, v = (1 - y²)²(1 - 3y²/2 + y² N²/(4n₁n₂))/N. Arguments broadcast. Raises
    InputError.

    Source: Tate 1954, Ann Math Stat 25, 603-607; Jacobs & Viechtbauer 2017, Res Synth Methods 8,
    161-180. metafor: ``escalc(measure="RPB", m1i=, sd1i=, n1i=, m2i=, sd2i=, n2i=, vtype=)``.

    >>> effect = point_biserial(5, 4.7, 13, 6.5, 3.8, 13)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (-0.179683, 0.038341)
    """
    d, y, n1, n2 = _with_split(
        *(mean_intervention, sd_intervention, n_intervention, mean_control, sd_control, n_control)
    )
    total, unit = n1 + n2, 1 / n1 + 1 / n2
    h = (total - 2) * unit

    def of_given_arms() -> Array:
        return h**2 / (h + d**2) ** 3 * (unit + d**2 / (2 * total))

    def of_one_sample() -> Array:
        return (1 - y**2) ** 2 * (1 - 1.5 * y**2 + (y * total) ** 2 / (4 * n1 * n2)) / total

    known = {"LS": of_given_arms, "ST": of_given_arms, "CS": of_one_sample}
    return Effect(y=y, v=variance_of("RPB", vtype, known))


@of_one_index
def biserial(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
) -> Effect:
    """Return biserial correlations: y = r √(pq)/φ(z), r point-biserial, p = n₁/N, z its quantile.

    v = (c⁴ + pq/φ² - c²(3/2 + (1 + pz/φ)(1 - qz/φ)))/(N - 1), q = 1 - p, c = y, or 1 where y lies
    beyond -1 and 1, as it does where the means lie further apart than a split normal variable
    allows. Arguments broadcast. Raises InputError.

    Source: Soper 1914, Biometrika 10, 384-390; Jacobs & Viechtbauer 2017, Res Synth Methods 8,
    161-180. metafor: ``escalc(measure="RBIS", m1i=, sd1i=, n1i=, m2i=, sd2i=, n2i=)``.

    >>> effect = biserial(5, 4.7, 13, 6.5, 3.8, 13)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (-0.225199, 0.057863)
    """
    _, r, n1, n2 = _with_split(
        *(mean_intervention, sd_intervention, n_intervention, mean_control, sd_control, n_control)
    )
    total = n1 + n2
    p, q = n1 / total, n2 / total
    z = ndtri(p)
    density = normal_density(z)
    y = r * np.sqrt(p * q) / density
    bend = 1.5 + (1 + p * z / density) * (1 - q * z / density)
    clipped = np.clip(y, -1.0, 1.0)
    return Effect(y=y, v=(clipped**4 + p * q / density**2 - bend * clipped**2) / (total - 1))


@of_one_index
def fishers_z_of_point_biserial(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
    *,
    vtype: Literal["LS", "ST", "CS"] = "LS",
) -> Effect:
    """Return Fisher's z of :func:`point_biserial`: artanh y, v/(1 - y²)², by the delta method.

    metafor (version 5): ``escalc(measure="ZPB", ..., vtype=)``. Raises InputError.

    >>> effect = fishers_z_of_point_biserial(5, 4.7, 13, 6.5, 3.8, 13)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (-0.181655, 0.040942)
    """
    arms = mean_intervention, sd_intervention, n_intervention, mean_control, sd_control, n_control
    return fishers_z_of(point_biserial(*arms, vtype=vtype))


@of_one_index
def fishers_z_of_biserial(
    mean_intervention: ArrayLike,
    sd_intervention: ArrayLike,
    n_intervention: ArrayLike,
    mean_control: ArrayLike,
    sd_control: ArrayLike,
    n_control: ArrayLike,
) -> Effect:
    """Return Fisher's z of :func:`biserial`: artanh y, v/(1 - y²)²; NaN where y lies beyond 1.

    metafor (version 5): ``escalc(measure="ZBIS", ...)``. Raises InputError.

    >>> effect = fishers_z_of_biserial(5, 4.7, 13, 6.5, 3.8, 13)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (-0.229126, 0.064211)
    """
    arms = mean_intervention, sd_intervention, n_intervention, mean_control, sd_control, n_control
    return fishers_z_of(biserial(*arms))


@of_one_index
def probit_difference(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = OF_SINGLE_TRIALS,
) -> Effect:
    """Return differences of probits: y = z₁ - z₂, v = p₁q₁/(n₁φ(z₁)²) + p₂q₂/(n₂φ(z₂)²).

    z is the normal quantile of the risk p: y is a standardised mean difference of the normal
    variable whose excess is the event. Counts of one shape; zero cells as in
    :mod:`~.association`. Raises InputError.

    Source: Sánchez-Meca, Marín-Martínez & Chacón-Moscoso 2003, Psychol Methods 8, 448-467.
    metafor: ``escalc(measure="PBIT", ai=, n1i=, ci=, n2i=)``.

    >>> effect = probit_difference(135, 150, 40, 50)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (0.43993, 0.060308)
    """
    table = table_of_parts(events_intervention, n_intervention, events_control, n_control).treated(
        zero_cells
    )
    usable, (a, b, c, d) = usable_cells(table.kept, table.a, table.b, table.c, table.d)
    (z1, v1), (z2, v2) = _probit(a, b), _probit(c, d)
    return kept_effects(z1 - z2, v1 + v2, usable).with_missing()


FROM_COUNTS_SPLIT: dict[str, Callable[..., Effect]] = {"PBIT": probit_difference}
FROM_MEANS_SPLIT: dict[str, Callable[..., Effect]] = {
    "RPB": point_biserial,
    "ZPB": fishers_z_of_point_biserial,
    "RBIS": biserial,
    "ZBIS": fishers_z_of_biserial,
}


def _with_split(*arms: ArrayLike) -> tuple[Array, Array, Array, Array]:
    """Return Cohen's d, the point-biserial correlation and the participants of both arms."""
    m1, s1, n1, m2, s2, n2 = arms_of(*arms)
    d = (m1 - m2) / pooled_sd(s1, n1, s2, n2)
    return d, d / np.sqrt(d**2 + (n1 + n2 - 2) * (1 / n1 + 1 / n2)), n1, n2


def _probit(events: Array, rest: Array) -> tuple[Array, Array]:
    """Return the normal quantile of a risk and its variance by the delta method."""
    n = events + rest
    z = ndtri(events / n)
    return z, events * rest / (n**3 * normal_density(z) ** 2)
