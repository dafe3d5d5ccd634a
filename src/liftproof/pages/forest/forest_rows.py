"""The lines of a forest plot: trials, subgroups, the pooled estimate, the prediction interval."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan, nan

from liftproof.pages.forest.forest_cells import (
    NO_WEIGHT,
    arms_of_pool,
    arms_of_trial,
    has_weights,
    heterogeneity_parts,
    limits_of,
    marks_of,
    size,
    text_of,
    weight_of,
)
from liftproof.pages.forest.forest_extras import ExtraCell, ExtraColumn
from liftproof.pages.forest.forest_labels import (
    Named,
    has_events,
    labelled_apart,
    participants_only,
)
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow, drawn_limits
from liftproof.words import numbers
from liftproof.words.axis import Axis
from liftproof.words.names import pooled_by
from liftproof.words.text import capital, outcome_names

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
    the interval of a trial, as in a plot of very many. ``extras``: a cell for each further column.
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
    extras: tuple[ExtraCell, ...] = ()

    @property
    def is_bold(self) -> bool:
        """Whether the row's texts stand out from those of the trials."""
        return self.kind in ("heading", "subgroup", "pooled")


UNWEIGHTED = 0.3
"""Area of the squares, against the largest there can be, where the model gives no weights."""


def forest_rows(
    estimate: EstimateRow,
    effects: Sequence[EffectRow],
    subgroups: Sequence[SubgroupRow],
    level: float,
    extras: Sequence[ExtraColumn] = (),
    named: Named = outcome_names,
) -> list[ForestRow]:
    """Return every line of the plot, in order, from the effects that were pooled.

    ``extras``: further columns beside the trials. ``named``: what outcomes, arms and groups are
    called.
    """
    body = _body(labelled_apart(effects, named), subgroups, extras, named)
    rows = [*body, *_totals(estimate, effects, level)]
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


def _body(
    effects: Sequence[EffectRow],
    subgroups: Sequence[SubgroupRow],
    extras: Sequence[ExtraColumn],
    named: Named,
) -> list[ForestRow]:
    """Return the lines of the trials, under headings where there are subgroups."""
    largest = max((effect.weight_percent or 0.0 for effect in effects), default=0.0)
    if not subgroups:
        return _trials(effects, largest, extras, is_bare=is_of_very_many(effects))
    by_name = {row.subgroup: row for row in subgroups}
    rows: list[ForestRow] = []
    for name in dict.fromkeys(effect.subgroup for effect in effects):
        inside = [effect for effect in effects if effect.subgroup == name]
        rows.append(ForestRow(kind="heading", label=capital(named(name)) or _NO_GROUP))
        rows += _trials(inside, largest, extras, is_bare=is_of_very_many(effects))
        if len(inside) >= SMALLEST_POOL:
            rows.append(_subtotal(by_name[name], inside))
    return rows


def is_of_very_many(effects: Sequence[EffectRow]) -> bool:
    """Say whether there are more trials than a plot names."""
    return len(effects) > MOST_NAMED


def _trials(
    effects: Sequence[EffectRow], largest: float, extras: Sequence[ExtraColumn], *, is_bare: bool
) -> list[ForestRow]:
    rows = [_trial(effect, largest, () if is_bare else extras) for effect in effects]
    if not is_bare:
        return rows
    ordered = sorted(rows, key=lambda row: (isnan(row.estimate), row.estimate))
    return [
        replace(row, label="", arms=("",) * len(row.arms), text="", is_bare=True) for row in ordered
    ]


def _trial(effect: EffectRow, largest: float, extras: Sequence[ExtraColumn]) -> ForestRow:
    low, high = drawn_limits(effect)
    return ForestRow(
        kind="trial",
        label=effect.label,
        marks=marks_of([effect]),
        arms=arms_of_trial(effect),
        estimate=place_of(effect.estimate),
        low=place_of(low),
        high=place_of(high),
        text=text_of(effect.measure, effect.estimate, low, high),
        weight=weight_of([effect]),
        area=(effect.weight_percent or 0.0) / largest if largest else UNWEIGHTED,
        extras=tuple(column.of(effect) for column in extras),
    )


def _subtotal(row: SubgroupRow, effects: Sequence[EffectRow]) -> ForestRow:
    """Return the diamond of a subgroup; its weight is its trials' share of the whole pool."""
    return ForestRow(
        kind="subgroup",
        label="Subtotal",
        marks=marks_of(effects),
        arms=arms_of_pool(effects),
        estimate=place_of(row.estimate),
        low=place_of(row.ci_low),
        high=place_of(row.ci_high),
        text=text_of(row.measure, row.estimate, row.ci_low, row.ci_high),
        weight=weight_of(effects),
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
        arms=arms_of_pool(effects),
        estimate=place_of(estimate.estimate),
        low=place_of(estimate.ci_low),
        high=place_of(estimate.ci_high),
        text=text_of(estimate.measure, estimate.estimate, estimate.ci_low, estimate.ci_high),
        weight=numbers.percent(100.0, 1) if has_weights(effects) else NO_WEIGHT,
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


def place_of(value: float | None) -> float:
    """Return where a number stands, NaN where there is none."""
    return nan if value is None else value
