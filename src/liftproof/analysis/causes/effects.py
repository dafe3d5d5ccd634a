"""Effects of trials under the rules of a specification, usual or not."""

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.analysis.causes.dispersion import difference_under, misread_sd, ratio_under
from liftproof.analysis.causes.trials import Raw, Trials
from liftproof.analysis.specification import Specification
from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.effects.counts import (
    log_odds_ratios,
    log_risk_ratios,
    risk_differences,
)
from liftproof.statistics.effects.effect import Effects
from liftproof.statistics.effects.rates import log_rate_ratios
from liftproof.statistics.effects.reported import from_interval
from liftproof.statistics.effects.two_arm_tables import (
    Flags,
    Table,
    ZeroCells,
    rates_of,
    table_of,
)
from liftproof.vocabulary.measures import MEASURES

ZERO_CELLS: Mapping[str, ZeroCells] = {
    "": ZeroCells(add=0.5, to="only0", drop00=True),
    "half_to_all_if_any": ZeroCells(add=0.5, to="if0all", drop00=True),
    "half_to_all": ZeroCells(add=0.5, to="all", drop00=True),
    "left_out": ZeroCells(add=0.0, to="none", drop00=True),
    "empty_trials_kept": ZeroCells(add=0.5, to="only0", drop00=False),
}
"""What is done about trials with an empty cell, and about those without an event."""
ROUNDINGS: Mapping[str, tuple[str, int]] = {
    f"{what}_{decimals}": (what, decimals)
    for what in ("variance", "se", "entered", "natural")
    for decimals in (2, 3)
}
"""What of every trial is rounded, and to how many decimals, before trials are pooled."""
Pair = tuple[Array, Array]


def effects_under(trials: Trials, specification: Specification) -> tuple[Array, Array]:
    """Return y and v of every trial, shape (k,); NaN for a trial that the rules leave out.

    Raises InputError for numbers of which no effect can be made.
    """
    y, v = trials.y.copy(), trials.v.copy()
    for source, raw in trials.raw.items():
        made = SOURCES[source](raw, trials, specification)
        y[raw.trials] = trials.sign[raw.trials] * made[0]
        inflation = 1.0 if specification.clusters else trials.inflation[raw.trials]
        v[raw.trials] = inflation * made[1]
    y, v = _rounded(y, v, specification)
    return (-y if specification.direction else y), v


def _from_counts(raw: Raw, trials: Trials, specification: Specification) -> Pair:  # noqa: ARG001
    rule = _zero_rule(specification)
    found = OF_COUNTS[specification.measure](table_of(*raw.numbers).treated(rule))
    return _kept(found.y, found.kept), _kept(found.v, found.kept)


def _from_rates(raw: Raw, trials: Trials, specification: Specification) -> Pair:  # noqa: ARG001
    found = log_rate_ratios(rates_of(*raw.numbers).treated(_zero_rule(specification)))
    return _kept(found.y, found.kept), _kept(found.v, found.kept)


OF_COUNTS: Mapping[str, Callable[[Table], Effects]] = {
    "OR": log_odds_ratios,
    "RR": log_risk_ratios,
    "RD": risk_differences,
}


def _zero_rule(specification: Specification) -> ZeroCells:
    """Return the rule; a difference of risks keeps trials without events by definition."""
    rule = ZERO_CELLS[specification.zero_cells]
    if MEASURES[specification.measure].is_log or specification.zero_cells:
        return rule
    return ZeroCells(add=rule.add, to=rule.to, drop00=False)


def _kept(values: Array, kept: Flags) -> Array:
    return np.where(kept, values, np.nan)


def _from_means(raw: Raw, trials: Trials, specification: Specification) -> Pair:
    m1, s1, n1, m2, s2, n2 = raw.numbers
    arms = _arms(raw, trials, specification, (s1, n1, s2, n2))
    if specification.measure == "ROM":
        return ratio_under(np.stack((m1, arms[0], n1, m2, arms[2], n2)), specification)
    return difference_under("means", m1 - m2, arms, specification)


def _from_changes(raw: Raw, trials: Trials, specification: Specification) -> Pair:
    after_1, before_1, s1, n1, after_2, before_2, s2, n2 = raw.numbers
    change = (after_1 - before_1) - (after_2 - before_2)
    arms = _arms(raw, trials, specification, (s1, n1, s2, n2))
    return difference_under("changes", change, arms, specification)


def _arms(
    raw: Raw,
    trials: Trials,
    specification: Specification,
    arms: tuple[Array, Array, Array, Array],
) -> tuple[Array, Array, Array, Array]:
    """Return the arms' standard deviations as they are read, beside their sizes."""
    if not specification.misread:
        return arms
    s1, n1, s2, n2 = arms
    names = np.array([trials.study[place] for place in raw.trials])
    which = specification.misread_study
    where = names == which if which else np.full(len(names), fill_value=True)
    reading = specification.misread
    return misread_sd(s1, n1, where, reading), n1, misread_sd(s2, n2, where, reading), n2


def _from_reported(raw: Raw, trials: Trials, specification: Specification) -> Pair:
    """Return y and v from estimates and limits, ratios and differences apart."""
    y, v = np.empty((2, len(raw.trials)))
    estimate, low, high, own = raw.numbers
    level = np.full_like(own, float(specification.limits_read or 0) / 100)
    level = np.where(level > 0, level, own)
    is_log = trials.is_log[raw.trials]
    for logs in (True, False):
        at = is_log == logs
        found = from_interval(estimate[at], low[at], high[at], 0.95, is_log=logs)
        y[at], v[at] = found.y, found.v
    quantile = np.array([critical_value(float(one)) for one in level])
    return y, v * (critical_value(0.95) / quantile) ** 2


SOURCES: Mapping[str, Callable[[Raw, Trials, Specification], Pair]] = {
    "counts": _from_counts,
    "rates": _from_rates,
    "means": _from_means,
    "changes": _from_changes,
    "reported": _from_reported,
}


def _rounded(y: Array, v: Array, specification: Specification) -> Pair:
    """Return effects after the rounding of their numbers that the specification names."""
    if not specification.rounding:
        return y, v
    what, decimals = ROUNDINGS[specification.rounding]
    if what == "variance":
        return y, _round(v, decimals)
    if what == "se":
        return y, _round(np.sqrt(v), decimals) ** 2
    if what == "entered":
        return _round(y, decimals), _round(np.sqrt(v), decimals) ** 2
    half_width = critical_value(0.95) * np.sqrt(v)
    ratios = [_round(np.exp(x), decimals) for x in (y, y - half_width, y + half_width)]
    if any((ratio == 0).any() for ratio in ratios):
        raise InputError("A ratio that is rounded to 0 has no logarithm.")
    centre, low, high = (np.log(ratio) for ratio in ratios)
    return centre, ((high - low) / (2 * critical_value(0.95))) ** 2


def _round(values: Array, decimals: int) -> Array:
    rounded: Array = np.round(values, decimals)
    return rounded
