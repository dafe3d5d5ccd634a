"""Effects from counts of participants with an event, in two arms.

Zero cells: where any of the four cells (events and non-events, each arm) is 0, 1/2 is added to all
four cells of that trial and of no other: metafor's ``add=1/2, to="only0"``, its default, for the
risk difference as well. A trial in which nobody, or everybody, has an event in both arms says
nothing about a ratio, and reviews leave it out: its ratio is NaN, as with metafor's ``drop00=TRUE``
(:func:`double_zero` and :func:`all_events` tell which trials those are). The ratio that ``escalc``
computes from the halves alone, its default, is had with ``zero_cells=OF_SINGLE_TRIALS``; 30 of 30
against 30 of 30 is then a risk ratio of 1 with a variance of 0.001, which outweighs all other
trials. ``zero_cells`` takes any other rule; trials that it leaves out are NaN. The formulas that
end in s take a table as a rule left it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats
from liftproof.statistics.effects.checked_arms import table_of_parts
from liftproof.statistics.effects.effect import Effect, Effects, kept_effects, usable_cells
from liftproof.statistics.effects.two_arm_tables import (
    EVENTS,
    FOR_EFFECTS,
    OF_SINGLE_TRIALS,
    VARIANCE,
    Table,
    ZeroCells,
)
from liftproof.statistics.effects.vtypes import Variance, mean_of_all, variance_of
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape

ZERO_CELL_ADDITION = OF_SINGLE_TRIALS.add
"""Added to every cell of a trial that has an empty one."""


@of_one_index
def risk_ratio(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = FOR_EFFECTS,
    vtype: Literal["LS", "AV"] = "LS",
) -> Effect:
    """Return log risk ratios: y = ln(a/n₁) - ln(c/n₂), v = 1/a - 1/n₁ + 1/c - 1/n₂.

    Counts of one shape, or single numbers; zero cells as this module says. ``vtype`` ``AV``: v from
    the mean risk of each arm over all trials, weighted by participants. Raises InputError.

    Source: Katz et al. 1978, Biometrics 34, 469-474. metafor:
    ``escalc(measure="RR", ai=a, n1i=n1, ci=c, n2i=n2, add=1/2, to="only0",
    drop00=TRUE)``.

    >>> rr = risk_ratio(4, 123, 11, 139)  # BCG vaccine, Aronson 1948
    >>> round(float(rr.y), 4), round(float(rr.v), 4)
    (-0.8893, 0.3256)
    """
    table = table_of_parts(events_intervention, n_intervention, events_control, n_control)
    if zero_cells.cells == EVENTS:
        if vtype != "LS":
            raise InputError("Where halves are added to events there is one variance, vtype LS.")
        return _by_metabin(table, zero_cells)
    treated = table.treated(zero_cells)
    return _with_variance("RR", _ratios_of_risks(treated), treated, vtype, {"AV": _relative})


@of_one_index
def odds_ratio(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = FOR_EFFECTS,
    vtype: Literal["LS", "AV"] = "LS",
) -> Effect:
    """Return log odds ratios: y = ln(ad/bc), v = 1/a + 1/b + 1/c + 1/d.

    Counts of one shape, or single numbers; zero cells as this module says. ``vtype`` ``AV``: v from
    the mean risk of each arm over all trials, weighted by participants. Raises InputError.

    Source: Woolf 1955, Ann Hum Genet 19, 251-253. metafor:
    ``escalc(measure="OR", ai=a, n1i=n1, ci=c, n2i=n2, add=1/2, to="only0",
    drop00=TRUE)``.

    >>> odds = odds_ratio(4, 123, 11, 139)
    >>> round(float(odds.y), 4), round(float(odds.v), 4)
    (-0.9387, 0.3571)
    """
    table = table_of_parts(events_intervention, n_intervention, events_control, n_control)
    treated = table.treated(zero_cells)
    return _with_variance("OR", _ratios_of_odds(treated), treated, vtype, {"AV": _of_odds})


@of_one_index
def risk_difference(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    zero_cells: ZeroCells = OF_SINGLE_TRIALS,
    vtype: Literal["LS", "UB", "AV"] = "LS",
) -> Effect:
    """Return risk differences: y = a/n₁ - c/n₂, v = ab/n₁³ + cd/n₂³.

    Counts of one shape, or single numbers; zero cells as this module says. The half added to
    unequal arms moves the difference: 0 of 40 against 0 of 120 is 0.0081, not 0, as in metafor.
    ``vtype``: ``UB``, n - 1 for one n of each arm in v; ``AV``, v from the mean risk of each arm
    over all trials, weighted by participants. Raises InputError.

    Source: Cochrane Handbook 6.5, section 6.4.1. metafor:
    ``escalc(measure="RD", ai=a, n1i=n1, ci=c, n2i=n2, add=1/2, to="only0")``.

    >>> difference = risk_difference(4, 123, 11, 139)
    >>> round(float(difference.y), 4), round(float(difference.v), 5)
    (-0.0466, 0.00078)
    """
    table = table_of_parts(events_intervention, n_intervention, events_control, n_control)
    treated = table.treated(zero_cells)
    y, v, usable = _differences_of_risks(treated)
    if zero_cells.cells == VARIANCE:
        y = table.a / table.n1 - table.c / table.n2
    others = {"UB": _unbiased, "AV": _of_mean_risks}
    return _with_variance("RD", (y, v, usable), treated, vtype, others)


def _by_metabin(table: Table, rule: ZeroCells) -> Effect:
    """Return log risk ratios of (a + h)/(n + h), h what the rule adds to events and participants.

    y = ln((a + h)/(n₁ + h)) - ln((c + h)/(n₂ + h)) with the variance 1/(a + h) - 1/(n₁ + h) +
    1/(c + h) - 1/(n₂ + h).
    Where everybody in both arms has an event this variance would be 0: h stays out of its first and
    third terms, h/(n₁(n₁ + h)) + h/(n₂(n₂ + h)).

    Source: meta 8.4, ``metabin(sm="RR", RR.Cochrane=FALSE)``, its default; Hartung & Knapp 2001,
    Stat Med 20, 3875-3889, equation 18.
    """
    effect = log_risk_ratios(treated := table.treated(rule)).with_missing()
    h1, h2 = treated.a - table.a, treated.c - table.c
    everybody = treated.kept & (table.b + table.d == 0) & (h1 > 0)
    n1, n2 = (np.where(everybody, n, 1.0) for n in (table.n1, table.n2))
    v = h1 / (n1 * (n1 + h1)) + h2 / (n2 * (n2 + h2))
    return Effect(y=np.where(everybody, 0.0, effect.y), v=np.where(everybody, v, effect.v))


Parts = tuple[Array, Array, NDArray[np.bool_]]
"""Effects, their usual variances, and which trials have the cells that they need."""
OfArm = Callable[[Array, Array], Array]
"""From a risk and the participants of an arm to its part of a variance."""


def _with_variance(
    measure: str,
    found: Parts,
    table: Table,
    vtype: str,
    others: Mapping[str, Callable[[Table], Array]],
) -> Effect:
    """Return effects with the variance of a ``vtype``; ``others``: those besides LS."""
    y, v, usable = found
    known: dict[str, Variance] = {"LS": lambda: v}
    known |= {name: lambda formula=formula: formula(table) for name, formula in others.items()}  # type: ignore[misc]
    with np.errstate(divide="ignore", invalid="ignore"):
        asked = variance_of(measure, vtype, known)
    return kept_effects(y, asked, usable & np.isfinite(asked)).with_missing()


def _of_mean_arms(table: Table, part: OfArm) -> Array:
    """Return the sum over arms of their part of a variance at the mean risk of all trials."""
    arms = ((table.a, table.n1), (table.c, table.n2))
    filled = [(events, np.where(table.kept, n, 1.0)) for events, n in arms]
    means = [mean_of_all(events / n, np.where(table.kept, n, 0.0)) for events, n in filled]
    (_, n1), (_, n2) = filled
    return part(means[0], n1) + part(means[1], n2)


def _relative(table: Table) -> Array:
    return _of_mean_arms(table, lambda p, n: (1 - p) / (p * n))


def _of_odds(table: Table) -> Array:
    return _of_mean_arms(table, lambda p, n: 1 / (p * (1 - p) * n))


def _of_mean_risks(table: Table) -> Array:
    return _of_mean_arms(table, lambda p, n: p * (1 - p) / n)


def _unbiased(table: Table) -> Array:
    """Return p₁(1 - p₁)/(n₁ - 1) + p₂(1 - p₂)/(n₂ - 1), NaN for an arm of one."""
    parts = (
        (table.a * table.b, table.n1),
        (table.c * table.d, table.n2),
    )
    return sum(cells / np.where(n > 1, n**2 * (n - 1), np.nan) for cells, n in parts)  # type: ignore[return-value]


FROM_COUNTS: dict[str, Callable[..., Effect]] = {
    "RR": risk_ratio,
    "OR": odds_ratio,
    "RD": risk_difference,
}


def log_risk_ratios(table: Table) -> Effects:
    """Return ln((a/n₁)/(c/n₂)) and b/(a n₁) + d/(c n₂), which is 1/a - 1/n₁ + 1/c - 1/n₂."""
    return kept_effects(*_ratios_of_risks(table))


def log_odds_ratios(table: Table) -> Effects:
    """Return ln(a/b) - ln(c/d) and 1/a + 1/b + 1/c + 1/d."""
    return kept_effects(*_ratios_of_odds(table))


def risk_differences(table: Table) -> Effects:
    """Return a/n₁ - c/n₂ and ab/n₁³ + cd/n₂³."""
    return kept_effects(*_differences_of_risks(table))


def _ratios_of_risks(table: Table) -> Parts:
    usable, (a, c, n1, n2) = usable_cells(table.kept, table.a, table.c, table.n1, table.n2)
    return np.log(a / n1) - np.log(c / n2), table.b / (a * n1) + table.d / (c * n2), usable


def _ratios_of_odds(table: Table) -> Parts:
    usable, (a, b, c, d) = usable_cells(table.kept, table.a, table.b, table.c, table.d)
    return np.log(a / b) - np.log(c / d), 1 / a + 1 / b + 1 / c + 1 / d, usable


def _differences_of_risks(table: Table) -> Parts:
    usable, (n1, n2) = usable_cells(table.kept, table.n1, table.n2)
    v = table.a * table.b / n1**3 + table.c * table.d / n2**3
    return table.a / n1 - table.c / n2, v, usable


def double_zero(events_intervention: ArrayLike, events_control: ArrayLike) -> NDArray[np.bool_]:
    """Return which trials have no event in either arm, from counts or rates.

    >>> double_zero([0, 1, 0], [0, 0, 2]).tolist()
    [True, False, False]
    """
    events = floats("Events", events_intervention), floats("Events", events_control)
    intervention, control = in_one_shape("Events of both arms", *events)
    return np.asarray((intervention == 0) & (control == 0))


def all_events(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> NDArray[np.bool_]:
    """Return which trials have an event in every participant of both arms.

    >>> all_events([5, 5], [5, 5], [7, 6], [7, 7]).tolist()
    [True, False]
    """
    return double_zero(
        floats("n", n_intervention) - floats("Events", events_intervention),
        floats("n", n_control) - floats("Events", events_control),
    )
