"""Standardised mean differences that odds ratios of two arms' counts stand for.

For outcomes that were cut in two from a distribution of one shape in both arms. Zero cells as in
:mod:`~.counts`.
"""

from __future__ import annotations

from collections.abc import Callable
from math import pi, sqrt

from numpy.typing import ArrayLike

from liftproof.statistics.effects.checked_arms import table_of_parts
from liftproof.statistics.effects.counts import log_odds_ratios
from liftproof.statistics.effects.effect import Effect, kept_effects
from liftproof.statistics.effects.two_arm_tables import FOR_EFFECTS, Table, ZeroCells
from liftproof.statistics.labelled import of_one_index

LOGISTIC = sqrt(3) / pi
"""1 over the standard deviation of a logistic distribution: from a log odds ratio to d."""
NORMAL = 1 / 1.65
"""The same for a normal distribution cut near its middle."""


@of_one_index
def logistic_difference(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = FOR_EFFECTS,
) -> Effect:
    """Return the differences d that odds ratios stand for: y = √3/π ln o, v = 3/π² v(ln o).

    For outcomes cut from logistic distributions. Counts of one shape; zero cells as in
    :mod:`~.counts`. Raises InputError.

    Source: Chinn 2000, Stat Med 19, 3127-3131. metafor: ``escalc(measure="OR2DL", ai=a, n1i=n1,
    ci=c, n2i=n2, add=1/2, to="only0", drop00=TRUE)``, and ``OR2D``.

    >>> d = logistic_difference(4, 123, 11, 139)
    >>> round(float(d.y), 6), round(float(d.v), 6)
    (-0.517529, 0.108553)
    """
    table = table_of_parts(events_intervention, n_intervention, events_control, n_control)
    return _scaled(table.treated(zero_cells), LOGISTIC)


@of_one_index
def normal_difference(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = FOR_EFFECTS,
) -> Effect:
    """Return the differences d that odds ratios stand for: y = ln o/1.65, v = v(ln o)/1.65².

    For outcomes cut from normal distributions. Counts of one shape; zero cells as in
    :mod:`~.counts`. Raises InputError.

    Source: Cox & Snell 1989, Analysis of Binary Data; Sánchez-Meca et al. 2003, Psychol Methods 8,
    448-467. metafor: ``escalc(measure="OR2DN", ai=a, n1i=n1, ci=c, n2i=n2, add=1/2, to="only0",
    drop00=TRUE)``.

    >>> d = normal_difference(4, 123, 11, 139)
    >>> round(float(d.y), 6), round(float(d.v), 6)
    (-0.568906, 0.131175)
    """
    table = table_of_parts(events_intervention, n_intervention, events_control, n_control)
    return _scaled(table.treated(zero_cells), NORMAL)


FROM_COUNTS_TO_DIFFERENCES: dict[str, Callable[..., Effect]] = {
    "OR2D": logistic_difference,
    "OR2DL": logistic_difference,
    "OR2DN": normal_difference,
}


def _scaled(table: Table, factor: float) -> Effect:
    """Return log odds ratios times a factor."""
    odds = log_odds_ratios(table)
    return kept_effects(factor * odds.y, factor**2 * odds.v, odds.kept).with_missing()
