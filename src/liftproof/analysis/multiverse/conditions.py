"""The choices that hold for all trials of an analysis, and a trial's effect under them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import nan
from typing import Any

from liftproof.analysis.effects import TrialEffect, trial_effects
from liftproof.analysis.multiverse.extractions import (
    RATIOS,
    RAW,
    Readings,
    takes,
    with_source,
)
from liftproof.reviews.model.defensible import OTHER_MEASURES
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.clustering import design_effect_from_icc
from liftproof.statistics.effects.counts import ZERO_CELL_ADDITION
from liftproof.vocabulary.zero_cells import DEFENSIBLE_ZERO_CELLS, USUAL_ZERO_CELLS

ICCS = (0.01, 0.02, 0.05)
"""Tried where the review states none."""
COUNT_MEASURES = ("RR", "OR")
ICC = "ICC "
Pair = tuple[float, float]
MISSING: Pair = (nan, nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What is assumed for all trials; ``icc`` is None unless it stands in for ``clustering``."""

    measure: str
    clustering: str
    zero_cells: str
    other_measures: str
    icc: float | None = None


def conditions(analysis: Analysis, trials: Sequence[Readings]) -> dict[str, tuple[str, ...]]:
    """Return the options of each choice that holds for all trials, the settled one first.

    Without an empty cell in any extraction there is nothing to choose about them.
    """
    asked = analysis.multiverse
    codes = asked.measure or COUNT_MEASURES
    can_change = analysis.measure in COUNT_MEASURES
    treatments = asked.clustering or ("ignore", "design_effect")
    icc = ICCS if asked.icc is None else asked.icc
    usual = DEFENSIBLE_ZERO_CELLS if any(map(_any_empty_cell, trials)) else ()
    return {
        "measure": _first(analysis.measure, codes if can_change else ()),
        "clustering": _first(analysis.clustering, (*treatments, *(f"{ICC}{x:g}" for x in icc))),
        "zero_cells": _first(USUAL_ZERO_CELLS, asked.zero_cells or usual),
        "other_measures": _first(OTHER_MEASURES[0], asked.other_measures),
    }


def every_condition(options: dict[str, tuple[str, ...]]) -> list[Conditions]:
    """Return all combinations of the options, the last choice running fastest."""
    return [_conditions(*each) for each in product(*options.values())]


def effect_under(
    analysis: Analysis, study: Study, row: Outcome, source: str, under: Conditions
) -> Pair:
    """Return y and v of one row under the conditions; NaN where it does not enter."""
    own = takes(analysis, row, source)
    if under.other_measures == "left_out" and own != analysis.measure and own in RATIOS:
        return MISSING
    is_free = source == "counts" and own == analysis.measure and own in COUNT_MEASURES
    measure = under.measure if is_free else own
    asked = replace(
        analysis,
        measure=measure if source in RAW else analysis.measure,
        clustering=under.clustering,
    )
    if source in RAW and under.zero_cells == "left_out" and _has_empty_cell(row, source):
        return MISSING
    read = _with_icc(study, with_source(row, source), source, under.icc)
    (effect,) = trial_effects([(study, read)], asked)
    if under.zero_cells == "all" and source in RAW and not effect.left_out:
        return _corrected(asked, study, row, read, source, effect)
    return (effect.y, effect.v)


def _conditions(measure: str, clustering: str, zero_cells: str, other_measures: str) -> Conditions:
    icc = float(clustering.removeprefix(ICC)) if clustering.startswith(ICC) else None
    return Conditions(
        measure=measure,
        clustering=clustering if icc is None else "as_extracted",
        zero_cells=zero_cells,
        other_measures=other_measures,
        icc=icc,
    )


def _first(settled: str, options: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((settled, *options)))


def _any_empty_cell(trial: Readings) -> bool:
    return any(
        source in RAW and _has_empty_cell(row, source)
        for each in trial.extractions
        for row, source in zip(each.rows, each.sources, strict=True)
    )


def _has_empty_cell(row: Outcome, source: str) -> bool:
    """Say whether a cell is empty to which 1/2 would be added."""
    events, n, other_events, other_n = (getattr(row, name) for name in GROUPS[source])
    whole = source == "counts" and (events == n or other_events == other_n)
    return 0 in (events, other_events) or whole


def _corrected(
    analysis: Analysis, study: Study, row: Outcome, read: Outcome, source: str, plain: TrialEffect
) -> Pair:
    """Return the effect with 1/2 added to every cell, whether one is empty or not."""
    if _has_empty_cell(row, source):
        return (plain.y, plain.v)
    more: dict[str, Any] = {
        name: getattr(read, name) + ZERO_CELL_ADDITION * (2 if name.startswith("n_") else 1)
        for name in GROUPS[source]
        if not name.startswith("person_time")
    }
    (effect,) = trial_effects([(study, replace(read, **more))], analysis)
    return (effect.y, effect.v * plain.design_effect / effect.design_effect)


def _with_icc(study: Study, row: Outcome, source: str, icc: float | None) -> Outcome:
    """Return a row inflated for an ICC, where it is a cluster trial's and allows for none yet."""
    is_adjusted = source == "reported" and row.cluster_adjusted == "yes"
    clusters = _clusters(study)
    people = [row.n_intervention, row.n_control]
    if icc is None or is_adjusted or row.design_effect is not None or not clusters:
        return row
    if study.design != "cluster" or None in people:
        return row
    size = max(1.0, sum(n for n in people if n) / clusters)
    return replace(row, design_effect=float(design_effect_from_icc(size, icc)))


def _clusters(study: Study) -> float:
    """Return how many clusters a trial has in all; 0 where that is not known."""
    arms = (study.clusters_intervention, study.clusters_control)
    if None not in arms:
        return float(sum(n for n in arms if n))
    total = study.moderators.get("clusters_total", "")
    return float(total) if total.replace(".", "", 1).isdigit() else 0.0
