"""The rows of effects.csv and estimates.csv, from effects and their pool."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import repeat
from math import isfinite
from typing import Any

import numpy as np

from liftproof.analysis.arm_totals import all_events, all_people
from liftproof.analysis.effects import TrialEffect, numbers_behind
from liftproof.analysis.pool_result import PoolResult
from liftproof.reviews.model.choice import value_of
from liftproof.reviews.model.effect_sources import printed_as
from liftproof.reviews.model.provenance import marks_of_each
from liftproof.reviews.model.records import records_of
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import MARKED_KINDS
from liftproof.reviews.model.settings import Analysis
from liftproof.reviews.model.total_clusters import is_unadjusted, known_design_effect
from liftproof.rows.result_rows import EffectRow, EstimateRow
from liftproof.statistics.distributions import limits
from liftproof.vocabulary.levels import USUAL_LEVEL
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import COUNT_MODELS
from liftproof.vocabulary.sources import REPORTED
from liftproof.vocabulary.suitability import fewest_trials


def effect_rows(
    review: Review,
    analysis: Analysis,
    effects: Sequence[TrialEffect],
    pooled: PoolResult | None,
) -> tuple[EffectRow, ...]:
    """Return a row for every effect, limits at its level; those left out have no weight."""
    weights = iter(_number(weight) for weight in (pooled.weights if pooled else ()))
    natural = _natural(analysis.measure)
    y, v = (np.array([getattr(one, name) for one in effects]) for name in ("y", "v"))
    lows, highs = limits(y, np.sqrt(v), analysis.level, np.inf)
    marked = marks_of_each(review, [(one.outcome, numbers_behind(one)) for one in effects])
    unadjusted = [_is_unadjusted(one) for one in effects]
    reported = [_reported_limits(analysis, one) for one in effects]
    outcomes = [one.outcome for one in effects]
    columns: dict[str, Iterable[Any]] = {
        "review": repeat(review.name),
        "analysis": repeat(analysis.id),
        "study": [one.study.study for one in effects],
        "label": [one.study.label for one in effects],
        **{name: [getattr(row, name) for row in outcomes] for name in _OF_OUTCOMES},
        **{name: [getattr(one, name) for one in effects] for name in _OF_EFFECTS},
        "y": [_number(one.y) for one in effects],
        "v": [_number(one.v) for one in effects],
        "estimate": [natural(one.y) for one in effects],
        "ci_low": map(natural, lows.tolist()),
        "ci_high": map(natural, highs.tolist()),
        "weight_percent": [None if one.left_out else next(weights) for one in effects],
        **{kind: ["yes" if kind in found else "no" for found in marked] for kind in MARKED_KINDS},
        "subgroup": [subgroup_of(analysis, one) for one in effects],
        "unadjusted": ["yes" if each else "no" for each in unadjusted],
        "design_effect_known": [
            known_design_effect(one.study, one.outcome) if each else None
            for one, each in zip(effects, unadjusted, strict=True)
        ],
        "printed_as": [" ".join(printed_as(one.outcome, one.source)) for one in effects],
        "reported_low": [low for low, _ in reported],
        "reported_high": [high for _, high in reported],
    }
    return records_of(EffectRow, columns, len(effects))


_OF_EFFECTS = ("source", "measure", "design_effect", "left_out")
_OF_OUTCOMES = (
    *("outcome", "variant", "arm", "detail", "better", "control_split"),
    *("events_intervention", "n_intervention", "events_control", "n_control"),
    *("events", "n", "person_time"),
)
"""Columns of effects.csv that an effect, and an outcome row, has as they are."""


def _is_unadjusted(effect: TrialEffect) -> bool:
    return effect.design_effect == 1 and is_unadjusted(effect.study, effect.outcome, effect.source)


def _reported_limits(
    analysis: Analysis, effect: TrialEffect
) -> tuple[float, float] | tuple[None, None]:
    """Return the limits that a trial reports, none where its effect does not enter as they are.

    That is where they have another level, its variance was inflated or its sign reversed.
    """
    outcome = effect.outcome
    low, high = outcome.ci_low, outcome.ci_high
    is_as_reported = (
        effect.source == REPORTED
        and not effect.left_out
        and effect.design_effect == 1
        and (outcome.ci_level or USUAL_LEVEL) == analysis.level
        and not analysis.reverses(outcome.better)
        and not printed_as(outcome, effect.source)
    )
    if low is None or high is None or not is_as_reported:
        return None, None
    return low, high


def estimate_row(
    review: Review, analysis: Analysis, effects: Sequence[TrialEffect], pooled: PoolResult | None
) -> EstimateRow:
    """Return the row of a pool, without numbers where nothing is pooled."""
    outcomes = [effect.outcome for effect in effects]
    marked = _marked(review, effects)
    from_counts = analysis.model in COUNT_MODELS
    is_of_one_group = MEASURES[analysis.measure].is_of_one_group
    row = EstimateRow(
        review=review.name,
        analysis=analysis.id,
        title=analysis.title,
        measure=analysis.measure,
        k=len(effects),
        participants=all_people(outcomes, is_of_one_group=is_of_one_group),
        events=all_events(outcomes, is_of_one_group=is_of_one_group),
        tau2_method=analysis.model if from_counts else analysis.tau2,
        interval="wald" if from_counts else analysis.interval,
        model=analysis.model,
        studies=len({effect.study.study for effect in effects}),
        unverified=marked["unverified"],
        reconstructed=marked["reconstructed"],
    )
    return replace(row, **_numbers(pooled, analysis.measure)) if pooled else row


def _numbers(pooled: PoolResult, measure: str) -> dict[str, Any]:
    """Return the pooled numbers by column, on the scale of each column."""
    on_natural = ("estimate", "ci_low", "ci_high")
    as_they_are = (
        *("p_value", "tau2", "i2", "h2", "q", "q_p"),
        *("tau2_between", "tau2_within"),
    )
    natural = _natural(measure)
    return {
        **{name: natural(float(getattr(pooled, name))) for name in on_natural},
        **{name: _number(float(getattr(pooled, name))) for name in as_they_are},
        **({} if MEASURES[measure].has_null else {"p_value": None}),
        "q_df": int(pooled.q_df),
        **_limits_of_tau2(pooled),
        **_prediction(pooled, natural),
    }


def _limits_of_tau2(pooled: PoolResult) -> dict[str, float | None]:
    """Return the limits of τ²; None for an empty set, whose two ends are 0 in a result."""
    low, high = _number(float(pooled.tau2_ci_low)), _number(float(pooled.tau2_ci_high))
    is_empty = high == 0
    return {
        "tau2_ci_low": None if is_empty else low,
        "tau2_ci_high": None if is_empty else high,
    }


def _prediction(pooled: PoolResult, natural: Callable[[float], float | None]) -> dict[str, Any]:
    """Return the prediction limits with their convention.

    No limit stands alone, and none rests on a single trial, of which metafor too would give some.
    """
    limits = [natural(float(limit)) for limit in (pooled.pi_low, pooled.pi_high)]
    if None in limits or pooled.k < fewest_trials(pooled.prediction):
        limits = [None, None]
    return {"pi_low": limits[0], "pi_high": limits[1], "prediction": pooled.prediction}


def subgroup_of(analysis: Analysis, effect: TrialEffect) -> str:
    """Return the subgroup of a trial, empty where the analysis has none."""
    return value_of(analysis.subgroup, effect.study, effect.outcome) if analysis.subgroup else ""


def _marked(review: Review, effects: Sequence[TrialEffect]) -> dict[str, str]:
    """Say for each kind of number that carries a mark whether any of the effects rests on it."""
    each = marks_of_each(review, [(one.outcome, numbers_behind(one)) for one in effects])
    found = set[str]().union(*each)
    return {kind: "yes" if kind in found else "no" for kind in MARKED_KINDS}


def _natural(measure: str) -> Callable[[float], float | None]:
    def convert(value: float) -> float | None:
        number = _number(value)
        return None if number is None else _number(MEASURES[measure].natural(number))

    return convert


def _number(value: float) -> float | None:
    """Return a plain float, or None where the number does not exist."""
    return float(value) if isfinite(value) else None
