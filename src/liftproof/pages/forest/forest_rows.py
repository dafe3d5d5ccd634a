"""The lines of a forest plot: trials, subgroups, the pooled estimate, the prediction interval."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan, nan

from liftproof.analysis.arm_totals import arm_total
from liftproof.pages.forest.forest_labels import (
    has_events,
    is_of_one_group,
    labelled_apart,
    participants_only,
)
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.axis import Axis
from liftproof.words.marks import RECONSTRUCTED, UNVERIFIED
from liftproof.words.names import has_common_effect, pooled_by
from liftproof.words.numbers import estimate_text
from liftproof.words.text import capital, minus

SMALLEST_POOL = 2
"""One trial is not a pool: no diamond is drawn."""
SMALLEST_AREA = 1 / 16
"""The least area drawn, as a share of the largest square: a quarter of its side. A smaller square
would not stand out from the line of its own interval."""
_NO_GROUP = "Group not reported"
MOST_NAMED = 300
"""Trials that a plot names: as many make a figure of six pages. Of more each is a line alone, and
the lines of a group stand in the order of their estimates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestRow:
    """One line of the plot.

    ``kind``: heading, trial, subgroup, pooled or prediction. ``estimate``, ``low`` and ``high``
    are on the natural scale, for the position; NaN where nothing is drawn. ``area`` is the share
    of the largest square that this trial's weight stands for; no square is drawn smaller than
    ``SMALLEST_AREA``. ``clipped_low`` and ``clipped_high`` say
    that the interval runs beyond the axis. ``arms``: what was counted in each arm, or in the one
    group there is. ``note`` is a second, smaller line. ``is_bare``: whether nothing stands beside
    the interval of a trial, as in a plot of very many.
    """

    kind: str
    label: str
    marks: str = ""
    arms: tuple[str, ...] = ("", "")
    estimate: float = nan
    low: float = nan
    high: float = nan
    text: str = ""
    weight: str = ""
    area: float = 0.0
    note: str = ""
    clipped_low: bool = False
    clipped_high: bool = False
    is_bare: bool = False

    @property
    def is_bold(self) -> bool:
        """Whether the row's texts stand out from those of the trials."""
        return self.kind in ("heading", "subgroup", "pooled")


NO_WEIGHT = "–"
UNWEIGHTED = 0.3
"""Area of the squares, against the largest there can be, where the model gives no weights."""


def forest_rows(
    estimate: EstimateRow,
    effects: Sequence[EffectRow],
    subgroups: Sequence[SubgroupRow],
    level: float,
) -> list[ForestRow]:
    """Return every line of the plot, in order, from the effects that were pooled."""
    rows = [*_body(labelled_apart(effects), subgroups), *_totals(estimate, effects, level)]
    return rows if has_events(effects) else [_with_participants(row, effects) for row in rows]


def _with_participants(row: ForestRow, effects: Sequence[EffectRow]) -> ForestRow:
    is_total = row.kind in ("subgroup", "pooled")
    return replace(row, arms=participants_only(row.arms, effects, is_total=is_total))


def clipped(row: ForestRow, axis: Axis) -> ForestRow:
    """Return the row with its flags for limits that lie beyond the axis."""
    return replace(
        row,
        clipped_low=row.low < axis.low,
        clipped_high=row.high > axis.high,
    )


def size(effects: Sequence[EffectRow]) -> str:
    """Return how many trials there are, "6 trials", and how many comparisons if those are more."""
    trials = _counted(len({effect.study for effect in effects}), "trial")
    pairs = _counted(len(effects), "comparison")
    return trials if trials.split()[0] == pairs.split()[0] else f"{pairs} from {trials}"


def heterogeneity_parts(row: EstimateRow) -> tuple[str, ...]:
    """Return τ² and I² as texts; a fixed effect has no τ²."""
    i2 = () if row.i2 is None else (f"I² = {numbers.percent(row.i2)}",)
    has_tau2 = not has_common_effect(row)
    return (f"τ² = {numbers.effect(row.tau2)}{_levels(row)}", *i2) if has_tau2 else i2


def _levels(row: EstimateRow) -> str:
    """Return the two parts of a three-level τ² as a text."""
    if row.tau2_between is None or row.tau2_within is None:
        return ""
    between, within = (numbers.effect(part) for part in (row.tau2_between, row.tau2_within))
    return f" (between trials {between}, within trials {within})"


def tau2_limits(row: EstimateRow, level: float) -> tuple[str, ...]:
    """Return the limits of τ² as a text, where they exist."""
    low, high = row.tau2_ci_low, row.tau2_ci_high
    if low is None or high is None or has_common_effect(row):
        return ()
    limits = numbers.interval(low, high)
    return (f"{numbers.level(level)} CI of τ² {limits}",)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _body(effects: Sequence[EffectRow], subgroups: Sequence[SubgroupRow]) -> list[ForestRow]:
    """Return the lines of the trials, under headings where there are subgroups."""
    largest = max((effect.weight_percent or 0.0 for effect in effects), default=0.0)
    if not subgroups:
        return _trials(effects, largest, is_bare=is_of_very_many(effects))
    by_name = {row.subgroup: row for row in subgroups}
    rows: list[ForestRow] = []
    for name in dict.fromkeys(effect.subgroup for effect in effects):
        inside = [effect for effect in effects if effect.subgroup == name]
        rows.append(ForestRow(kind="heading", label=capital(name.replace("_", " ")) or _NO_GROUP))
        rows += _trials(inside, largest, is_bare=is_of_very_many(effects))
        if len(inside) >= SMALLEST_POOL:
            rows.append(_subtotal(by_name[name], inside))
    return rows


def is_of_very_many(effects: Sequence[EffectRow]) -> bool:
    """Say whether there are more trials than a plot names."""
    return len(effects) > MOST_NAMED


def _trials(effects: Sequence[EffectRow], largest: float, *, is_bare: bool) -> list[ForestRow]:
    rows = [_trial(effect, largest) for effect in effects]
    if not is_bare:
        return rows
    ordered = sorted(rows, key=lambda row: (isnan(row.estimate), row.estimate))
    return [
        replace(row, label="", arms=("",) * len(row.arms), text="", is_bare=True) for row in ordered
    ]


def drawn_limits(effect: EffectRow) -> tuple[float | None, float | None]:
    """Return the limits that stand beside a trial: as reported, else those of its variance."""
    if effect.reported_low is None or effect.reported_high is None:
        return effect.ci_low, effect.ci_high
    return effect.reported_low, effect.reported_high


def _trial(effect: EffectRow, largest: float) -> ForestRow:
    low, high = drawn_limits(effect)
    return ForestRow(
        kind="trial",
        label=effect.label,
        marks=marks_of([effect]),
        arms=_own_arms(effect),
        estimate=place_of(effect.estimate),
        low=place_of(low),
        high=place_of(high),
        text=text_of(effect.measure, effect.estimate, low, high),
        weight=_weight([effect]),
        area=(effect.weight_percent or 0.0) / largest if largest else UNWEIGHTED,
    )


def _subtotal(row: SubgroupRow, effects: Sequence[EffectRow]) -> ForestRow:
    """Return the diamond of a subgroup; its weight is its trials' share of the whole pool."""
    return ForestRow(
        kind="subgroup",
        label="Subtotal",
        marks=marks_of(effects),
        arms=_arms(effects),
        estimate=place_of(row.estimate),
        low=place_of(row.ci_low),
        high=place_of(row.ci_high),
        text=text_of(row.measure, row.estimate, row.ci_low, row.ci_high),
        weight=_weight(effects),
        note=", ".join(heterogeneity_parts(row)),
    )


def _totals(estimate: EstimateRow, effects: Sequence[EffectRow], level: float) -> list[ForestRow]:
    """Return the pooled diamond and the prediction interval, as far as they exist."""
    if estimate.k < SMALLEST_POOL:
        return []
    total = ForestRow(
        kind="pooled",
        label=f"{pooled_by(estimate)}, {size(effects)}",
        marks=marks_of(effects),
        arms=_arms(effects),
        estimate=place_of(estimate.estimate),
        low=place_of(estimate.ci_low),
        high=place_of(estimate.ci_high),
        text=text_of(estimate.measure, estimate.estimate, estimate.ci_low, estimate.ci_high),
        weight=numbers.percent(100.0, 1) if _has_weights(effects) else NO_WEIGHT,
    )
    if estimate.pi_low is None or estimate.pi_high is None:
        return [total]
    prediction = ForestRow(
        kind="prediction",
        label=f"{numbers.level(level)} prediction interval",
        marks=marks_of(effects),
        low=estimate.pi_low,
        high=estimate.pi_high,
        text=f"({limits_of(estimate.measure, estimate.pi_low, estimate.pi_high)})",
    )
    return [total, prediction]


def limits_of(measure: str, low: float | None, high: float | None) -> str:
    """Return limits as a figure tells them: of ratios that tell nothing, in words."""
    return minus(numbers.limits(low, high, is_ratio=MEASURES[measure].is_ratio))


def text_of(measure: str, *numbers_of_row: float | None) -> str:
    """Return an estimate with its limits, "0.34 (0.24 to 0.48)", as a figure tells it."""
    return estimate_text(*numbers_of_row, is_ratio=MEASURES[measure].is_ratio)


def _has_weights(effects: Sequence[EffectRow]) -> bool:
    return any(effect.weight_percent is not None for effect in effects)


def _weight(effects: Sequence[EffectRow]) -> str:
    """Return the share of the whole pool that trials have together, a dash for models without."""
    if not _has_weights(effects):
        return NO_WEIGHT
    return numbers.percent(sum(effect.weight_percent or 0.0 for effect in effects), 1)


def place_of(value: float | None) -> float:
    """Return where a number stands, NaN where there is none."""
    return nan if value is None else value


def _own_arms(effect: EffectRow) -> tuple[str, ...]:
    """Return "12/461" for each arm of a trial, of a divided control arm the share, as "2/7.5".

    One text for one group; over person-time where its rate is pooled.
    """
    if is_of_one_group(effect):
        return (_cell(effect.events, effect.person_time or effect.n),)
    return (
        _cell(effect.events_intervention, effect.n_intervention),
        _cell(effect.events_control, effect.n_control),
    )


def _arms(effects: Sequence[EffectRow]) -> tuple[str, ...]:
    """Return the same summed over the effects; a number that some lack is a dash."""
    if effects and all(map(is_of_one_group, effects)):
        return (_cell(arm_total(effects, "events"), _size(effects)),)
    first, second = (
        _cell(*(arm_total(effects, f"{name}_{arm}") for name in ("events", "n")))
        for arm in ("intervention", "control")
    )
    return first, second


def _size(effects: Sequence[EffectRow]) -> float | None:
    """Return the person-time of all groups, or their people; None where some lack it."""
    times = [effect.person_time for effect in effects]
    known = [time for time in times if time is not None]
    return sum(known) if known and len(known) == len(times) else arm_total(effects, "n")


def _cell(*numbers_of_arm: float | None) -> str:
    parts = ["–" if number is None else _plain(number) for number in numbers_of_arm]
    return "" if parts == ["–", "–"] else "/".join(parts)


def _plain(number: float) -> str:
    """Return a count or a time as people write it, 413 for 413.0."""
    return f"{number:.12g}" if isinstance(number, float) else str(number)


def marks_of(effects: Sequence[EffectRow]) -> str:
    """Return the marks of numbers that a reader must not take for sourced ones."""
    unverified = any(effect.unverified == "yes" for effect in effects)
    reconstructed = any(effect.reconstructed == "yes" for effect in effects)
    return UNVERIFIED * unverified + RECONSTRUCTED * reconstructed
