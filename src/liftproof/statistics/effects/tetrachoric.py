"""Correlations of two normal variables of which each was split: from counts of four cells."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri, owens_t

from liftproof.statistics.checks import Array
from liftproof.statistics.effects.checked_arms import table_of_parts
from liftproof.statistics.effects.effect import Effect, kept_effects, usable_cells
from liftproof.statistics.effects.fishers_z import fishers_z_of
from liftproof.statistics.effects.two_arm_tables import AS_COUNTED, ZeroCells
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.roots import root

CLOSEST = 1 - 1e-15
"""Between minus this and this a correlation is searched for."""
TINY = 1e-300
"""In place of a cut of 0, by which Owen's formula divides."""


@of_one_index
def tetrachoric(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = AS_COUNTED,
) -> Effect:
    """Return tetrachoric correlations: y = ρ with Φ₂(h, k; ρ) = a/N, h and k the cuts of margins.

    h = Φ⁻¹((a + b)/N) and k = Φ⁻¹((a + c)/N). v is the delta method's, which is that of maximum
    likelihood, as three parameters fit the four cells exactly: the variance over the cells of
    g/φ₂(h, k; ρ) divided by N, with g = 1 - u - w, -u, -w, 0 in a, b, c, d, u = Φ((k - ρh)/s),
    w = Φ((h - ρk)/s) and s² = 1 - ρ². NaN where a cell is empty, as then no ρ within -1 and 1 fits;
    nothing is added as a rule. Counts of one shape. Raises InputError.

    Source: Pearson 1900, Phil Trans R Soc A 195, 1-47; Tallis 1962, Biometrics 18, 342-353; Φ₂ by
    Owen 1956, Ann Math Stat 27, 1075-1090. metafor: ``escalc(measure="RTET", ai=, n1i=, ci=,
    n2i=)``, a search to some four digits.

    >>> effect = tetrachoric(43, 47, 12, 30)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (0.79195, 0.009068)
    """
    table = table_of_parts(events_intervention, n_intervention, events_control, n_control)
    table = table.treated(zero_cells)
    usable, cells = usable_cells(table.kept, table.a, table.b, table.c, table.d)
    p = np.stack(cells) / sum(cells)
    h, k = _cut(p[0] + p[1]), _cut(p[0] + p[2])
    end = np.full(p[0].shape, CLOSEST)
    y = root(lambda rho: _both_below(h, k, rho) - p[0], -end, end, np.zeros_like(end))
    return kept_effects(y, _variance(p, h, k, y) / sum(cells), usable).with_missing()


@of_one_index
def fishers_z_of_tetrachoric(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = AS_COUNTED,
) -> Effect:
    """Return Fisher's z of :func:`tetrachoric`: artanh y, v/(1 - y²)², by the delta method.

    metafor (version 5): ``escalc(measure="ZTET", ai=, n1i=, ci=, n2i=)``. Raises InputError.

    >>> effect = fishers_z_of_tetrachoric(43, 47, 12, 30)
    >>> round(float(effect.y), 6), round(float(effect.v), 6)
    (1.07664, 0.065244)
    """
    arms = events_intervention, n_intervention, events_control, n_control
    return fishers_z_of(tetrachoric(*arms, zero_cells=zero_cells))


FROM_COUNTS_TETRACHORIC: dict[str, Callable[..., Effect]] = {
    "RTET": tetrachoric,
    "ZTET": fishers_z_of_tetrachoric,
}


def _cut(share: Array) -> Array:
    """Return the normal quantile of a margin's share, never 0."""
    cut = ndtri(share)
    return np.where(cut == 0, TINY, cut)


def _standing(one: Array, other: Array, rho: Array) -> Array:
    """Return (other - ρ one)/√(1 - ρ²): the second cut as seen at the first."""
    return np.asarray((other - rho * one) / np.sqrt((1 - rho) * (1 + rho)))


def _both_below(h: Array, k: Array, rho: Array) -> Array:
    """Return Φ₂(h, k; ρ): how likely both variables lie below their cuts."""
    parts = [owens_t(x, _standing(x, z, rho) / x) for x, z in ((h, k), (k, h))]
    apart = np.where(np.sign(h) == np.sign(k), 0.0, 0.5)
    return np.asarray((ndtr(h) + ndtr(k)) / 2 - sum(parts) - apart)


def _variance(p: Array, h: Array, k: Array, rho: Array) -> Array:
    """Return N times the variance of ρ, for the shares of the four cells (4, ..., k)."""
    u, w = ndtr(_standing(h, k, rho)), ndtr(_standing(k, h, rho))
    g = np.stack([1 - u - w, -u, -w, np.zeros_like(u)])
    mean = (p * g).sum(axis=0)
    rest = (1 - rho) * (1 + rho)
    density = np.exp(-(h**2 + k**2 - 2 * rho * h * k) / (2 * rest)) / (2 * np.pi * np.sqrt(rest))
    return np.asarray((p * (g - mean) ** 2).sum(axis=0) / density**2)
