"""Effects from counts of two arms besides ratios and differences of risks.

Peto's step, arcsines, the phi coefficient, Yule's Q and Y. Zero cells as in :mod:`~.counts`: 1/2 is
added to all four cells of a trial with an empty one, and one without events, or with events in
everybody, is NaN; where a measure exists with empty cells nothing is added.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array
from liftproof.statistics.effects.checked_arms import table_of_parts
from liftproof.statistics.effects.counts import log_odds_ratios
from liftproof.statistics.effects.effect import Effect, kept_effects, usable_cells
from liftproof.statistics.effects.fishers_z import fishers_z_of
from liftproof.statistics.effects.two_arm_tables import AS_COUNTED, FOR_EFFECTS, Table, ZeroCells
from liftproof.statistics.effects.vtypes import variance_of
from liftproof.statistics.labelled import of_one_index


@of_one_index
def peto_step(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = AS_COUNTED,
) -> Effect:
    """Return Peto's log odds ratios: y = (a - E)/V, v = 1/V, V = E n₂(N - x)/(N(N - 1)).

    x is the events of both arms, E = x n₁/N. Nothing is added to an empty cell as a rule, so that
    pooling these by inverse variance is Peto's method; ``escalc`` adds 1/2. NaN where x is 0 or N.
    Counts of one shape. Raises InputError.

    Source: Yusuf et al. 1985, Prog Cardiovasc Dis 27, 335-371. metafor: ``escalc(measure="PETO",
    ai=a, n1i=n1, ci=c, n2i=n2, add=0)``.

    >>> peto = peto_step(4, 123, 11, 139)
    >>> round(float(peto.y), 6), round(float(peto.v), 6)
    (-0.860383, 0.282836)
    """
    table = _table(zero_cells, events_intervention, n_intervention, events_control, n_control)
    usable, (n1, n2, events, rest) = usable_cells(
        table.kept, table.n1, table.n2, table.events, table.b + table.d
    )
    total = n1 + n2
    usable &= total > 1
    expected = events * n1 / total
    v = expected * rest * n2 / (total * np.where(usable, total - 1, 1.0))
    return kept_effects((table.a - expected) / v, 1 / v, usable).with_missing()


@of_one_index
def arcsine_difference(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = AS_COUNTED,
) -> Effect:
    """Return arcsine differences: y = asin √(a/n₁) - asin √(c/n₂), v = 1/(4n₁) + 1/(4n₂).

    Nothing is added to an empty cell as a rule. Counts of one shape. Raises InputError.

    Source: Rücker, Schwarzer, Carpenter & Olkin 2009, Stat Med 28, 721-738. metafor: ``escalc(
    measure="AS", ai=a, n1i=n1, ci=c, n2i=n2)``.

    >>> difference = arcsine_difference(4, 123, 11, 139)
    >>> round(float(difference.y), 6), round(float(difference.v), 6)
    (-0.103836, 0.003831)
    """
    table = _table(zero_cells, events_intervention, n_intervention, events_control, n_control)
    usable, (n1, n2) = usable_cells(table.kept, table.n1, table.n2)
    y = np.arcsin(np.sqrt(table.a / n1)) - np.arcsin(np.sqrt(table.c / n2))
    return kept_effects(y, 1 / (4 * n1) + 1 / (4 * n2), usable).with_missing()


@of_one_index
def phi_coefficient(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = AS_COUNTED,
    vtype: Literal["LS", "ST", "CS"] = "LS",
) -> Effect:
    """Return phi coefficients: y = (ad - bc)/√(n₁ n₂ x (N - x)), x the events of both arms.

    ``vtype``: ``LS`` and ``CS``, Yule's for people sampled together, 1/N (1 - φ² + φ(1 + φ²/2) s -
    3/4 φ² t), where s and t say how uneven the margins are; ``ST``, for arms of given size, as
    trials have. Nothing is added to an empty cell as a rule; NaN where x is 0 or N, or φ is 1
    or -1, whose variance is 0. Counts of one shape. Raises InputError.

    Source: Yule 1912, J R Stat Soc 75, 579-652; ST by the delta method. metafor: ``escalc(
    measure="PHI", ai=a, n1i=n1, ci=c, n2i=n2, vtype=)``.

    >>> phi = phi_coefficient(4, 123, 11, 139)
    >>> round(float(phi.y), 6), round(float(phi.v), 6)
    (-0.100139, 0.003182)
    """
    table = _table(zero_cells, events_intervention, n_intervention, events_control, n_control)
    usable, (n1, n2, x, rest) = usable_cells(
        table.kept, table.n1, table.n2, table.events, table.b + table.d
    )
    y = (table.a * table.d - table.b * table.c) / np.sqrt(n1 * n2 * x * rest)
    usable &= np.abs(y) < 1
    joint = _yule(y, n1, n2, x, rest)
    known = {"LS": joint, "CS": joint, "ST": _of_given_arms(table, n1, n2, x, rest)}
    return kept_effects(y, variance_of("PHI", vtype, known), usable).with_missing()


@of_one_index
def fishers_z_of_phi(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = AS_COUNTED,
    vtype: Literal["LS", "ST", "CS"] = "LS",
) -> Effect:
    """Return Fisher's z of :func:`phi_coefficient`: artanh y, v/(1 - y²)², by the delta method.

    metafor (version 5): ``escalc(measure="ZPHI", ..., vtype=)``. Raises InputError.

    >>> z = fishers_z_of_phi(4, 123, 11, 139)
    >>> round(float(z.y), 6), round(float(z.v), 6)
    (-0.100476, 0.003247)
    """
    arms = events_intervention, n_intervention, events_control, n_control
    return fishers_z_of(phi_coefficient(*arms, zero_cells=zero_cells, vtype=vtype))


@of_one_index
def yules_q(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = FOR_EFFECTS,
) -> Effect:
    """Return Yule's Q: y = (o - 1)/(o + 1), v = (1 - y²)²/4 (1/a + 1/b + 1/c + 1/d).

    o is the odds ratio. Counts of one shape; zero cells as this module says. Raises InputError.

    Source: Yule 1900, Phil Trans R Soc A 194, 257-319. metafor: ``escalc(measure="YUQ", ai=a,
    n1i=n1, ci=c, n2i=n2, add=1/2, to="only0", drop00=TRUE)``.

    >>> q = yules_q(4, 123, 11, 139)
    >>> round(float(q.y), 6), round(float(q.v), 6)
    (-0.437672, 0.058353)
    """
    table = _table(zero_cells, events_intervention, n_intervention, events_control, n_control)
    return _squeezed(table, 2)


@of_one_index
def yules_y(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = FOR_EFFECTS,
) -> Effect:
    """Return Yule's Y: y = (√o - 1)/(√o + 1), v = (1 - y²)²/16 (1/a + 1/b + 1/c + 1/d).

    o is the odds ratio. Counts of one shape; zero cells as this module says. Raises InputError.

    Source: Yule 1912, J R Stat Soc 75, 579-652. metafor: ``escalc(measure="YUY", ai=a, n1i=n1,
    ci=c, n2i=n2, add=1/2, to="only0", drop00=TRUE)``.

    >>> colligation = yules_y(4, 123, 11, 139)
    >>> round(float(colligation.y), 6), round(float(colligation.v), 6)
    (-0.230458, 0.020012)
    """
    table = _table(zero_cells, events_intervention, n_intervention, events_control, n_control)
    return _squeezed(table, 4)


FROM_COUNTS_ASSOCIATION: dict[str, Callable[..., Effect]] = {
    "PETO": peto_step,
    "AS": arcsine_difference,
    "PHI": phi_coefficient,
    "ZPHI": fishers_z_of_phi,
    "YUQ": yules_q,
    "YUY": yules_y,
}


def _table(rule: ZeroCells, *arms: ArrayLike) -> Table:
    return table_of_parts(*arms).treated(rule)


def _squeezed(table: Table, parts: int) -> Effect:
    """Return tanh(ln o/parts), 2 for Yule's Q and 4 for his Y: (o - 1)/(o + 1) of a root."""
    odds = log_odds_ratios(table)
    y = np.tanh(odds.y / parts)
    return kept_effects(y, ((1 - y**2) / parts) ** 2 * odds.v, odds.kept).with_missing()


def _yule(phi: Array, n1: Array, n2: Array, x: Array, rest: Array) -> Callable[[], Array]:
    """Return Yule's variance of phi, of people sampled together."""
    total = n1 + n2
    rows, columns = (n1 - n2) / np.sqrt(n1 * n2), (x - rest) / np.sqrt(x * rest)
    return lambda: (
        1 - phi**2 + phi * (1 + phi**2 / 2) * rows * columns
        - 0.75 * phi**2 * (rows**2 + columns**2)
    ) / total  # fmt: skip


def _of_given_arms(
    table: Table, n1: Array, n2: Array, x: Array, rest: Array
) -> Callable[[], Array]:
    """Return the variance of phi of arms of given size, by the delta method.

    φ = (p₁ - p₂)√(n₁ n₂ / (x(N - x))) is a function of the two risks, whose variances are
    p(1 - p)/n: with D = p₁ - p₂, its slope in p₁ is √(n₁ n₂/(x(N - x))) times
    1 - D n₁ (N - 2x)/(2x(N - x)).
    """
    p1, p2 = table.a / n1, table.c / n2
    root, tilt = np.sqrt(n1 * n2 / (x * rest)), (p1 - p2) * (rest - x) / (2 * x * rest)
    slopes = root * (1 - tilt * n1), -root * (1 + tilt * n2)
    return lambda: slopes[0] ** 2 * p1 * (1 - p1) / n1 + slopes[1] ** 2 * p2 * (1 - p2) / n2
