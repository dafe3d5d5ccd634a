"""From a review to the rows of effects.csv, estimates.csv and subgroups.csv."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from math import isfinite
from typing import Any

import numpy as np

from liftproof.analysis.arms import arm_total
from liftproof.analysis.counts import pool_counts
from liftproof.analysis.effects import TrialEffect, numbers_behind, trial_effects
from liftproof.analysis.records import EffectRow, EstimateRow, SubgroupRow
from liftproof.measures import MEASURES
from liftproof.methods import INVERSE_VARIANCE
from liftproof.reviews.choice import chosen, value_of
from liftproof.reviews.records import MARKED_KINDS, Outcome
from liftproof.reviews.results import is_complete
from liftproof.reviews.review import Review
from liftproof.reviews.settings import Analysis
from liftproof.reviews.sources import marks
from liftproof.statistics.distributions import limits
from liftproof.statistics.pooling import Pooled, pool

LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledAnalysis:
    """One analysis, pooled: its row, its trials' rows, and one row a subgroup."""

    estimate: EstimateRow
    effects: tuple[EffectRow, ...]
    subgroups: tuple[SubgroupRow, ...]


def pool_analysis(review: Review, analysis: Analysis) -> PooledAnalysis:
    """Pool one analysis of a review, its subgroups too where it has a ``subgroup`` column."""
    effects = _effects(review, analysis)
    pooled_effects = [effect for effect in effects if not effect.left_out]
    pooled = _pool(pooled_effects, analysis)
    return PooledAnalysis(
        estimate=_estimate_row(review, analysis, pooled_effects, pooled),
        effects=_effect_rows(review, analysis, effects, pooled),
        subgroups=_subgroup_rows(review, analysis, pooled_effects),
    )


def entering(review: Review, analysis: Analysis) -> tuple[TrialEffect, ...]:
    """Return the effects that an analysis pools, without the trials that it leaves out."""
    return tuple(effect for effect in _effects(review, analysis) if not effect.left_out)


def _effects(review: Review, analysis: Analysis) -> tuple[TrialEffect, ...]:
    rows = chosen(analysis, review.studies, review.outcomes)
    return trial_effects([row for row in rows if is_complete(row[1])], analysis)


def pool_review(review: Review) -> tuple[PooledAnalysis, ...]:
    """Pool every analysis of a review, in the order of ``review.yaml``."""
    return tuple(pool_analysis(review, analysis) for analysis in review.settings.analyses)


def _pool(effects: Sequence[TrialEffect], analysis: Analysis) -> Pooled | None:
    """Pool the effects, or return None where no trial is left to pool."""
    if not effects:
        return None
    if analysis.model != INVERSE_VARIANCE:
        return pool_counts(effects, analysis, LEVEL)
    y = np.array([effect.y for effect in effects])
    v = np.array([effect.v for effect in effects])
    return pool(y, v, tau2=analysis.tau2, interval=analysis.interval, level=LEVEL)


def _effect_rows(
    review: Review, analysis: Analysis, effects: Sequence[TrialEffect], pooled: Pooled | None
) -> tuple[EffectRow, ...]:
    weights = iter(_number(weight) for weight in (pooled.weights if pooled else ()))
    return tuple(
        _effect_row(review, analysis, effect, None if effect.left_out else next(weights))
        for effect in effects
    )


def _effect_row(
    review: Review, analysis: Analysis, effect: TrialEffect, weight: float | None
) -> EffectRow:
    natural = _natural(analysis.measure)
    low, high = limits(np.array(effect.y), np.sqrt(effect.v), LEVEL, np.inf)
    outcome = effect.outcome
    marked = _marked(review, [effect])
    return EffectRow(
        review=review.name,
        analysis=analysis.id,
        study=effect.study.study,
        label=effect.study.label,
        outcome=outcome.outcome,
        variant=outcome.variant,
        arm=outcome.arm,
        source=effect.source,
        measure=effect.measure,
        y=_number(effect.y),
        v=_number(effect.v),
        estimate=natural(effect.y),
        ci_low=natural(float(low)),
        ci_high=natural(float(high)),
        weight_percent=weight,
        unverified=marked["unverified"],
        reconstructed=marked["reconstructed"],
        design_effect=effect.design_effect,
        events_intervention=outcome.events_intervention,
        n_intervention=outcome.n_intervention,
        events_control=outcome.events_control,
        n_control=outcome.n_control,
        subgroup=_group(analysis, effect),
        left_out=effect.left_out,
    )


def _estimate_row(
    review: Review, analysis: Analysis, effects: Sequence[TrialEffect], pooled: Pooled | None
) -> EstimateRow:
    outcomes = [effect.outcome for effect in effects]
    marked = _marked(review, effects)
    is_inverse_variance = analysis.model == INVERSE_VARIANCE
    row = EstimateRow(
        review=review.name,
        analysis=analysis.id,
        title=analysis.title,
        measure=analysis.measure,
        k=len(effects),
        participants=_both_arms(outcomes, "n"),
        events=_both_arms(outcomes, "events"),
        tau2_method=analysis.tau2 if is_inverse_variance else analysis.model,
        interval=analysis.interval if is_inverse_variance else "wald",
        unverified=marked["unverified"],
        reconstructed=marked["reconstructed"],
    )
    return replace(row, **_numbers(pooled, analysis.measure)) if pooled else row


def _numbers(pooled: Pooled, measure: str) -> dict[str, Any]:
    """Return the pooled numbers by column, on the scale of each column."""
    on_natural = ("estimate", "ci_low", "ci_high", "pi_low", "pi_high")
    as_they_are = ("p_value", "tau2", "tau2_ci_low", "tau2_ci_high", "i2", "h2", "q", "q_p")
    natural = _natural(measure)
    return {
        **{name: natural(float(getattr(pooled, name))) for name in on_natural},
        **{name: _number(float(getattr(pooled, name))) for name in as_they_are},
        "q_df": int(pooled.q_df),
    }


def _subgroup_rows(
    review: Review, analysis: Analysis, effects: Sequence[TrialEffect]
) -> tuple[SubgroupRow, ...]:
    """Pool each subgroup on its own, in the order in which its first trial stands."""
    if not analysis.subgroup:
        return ()
    members: dict[str, list[TrialEffect]] = {}
    for effect in effects:
        members.setdefault(_group(analysis, effect), []).append(effect)
    return tuple(
        SubgroupRow(
            **asdict(_estimate_row(review, analysis, inside, _pool(inside, analysis))),
            subgroup=group,
        )
        for group, inside in members.items()
    )


def _group(analysis: Analysis, effect: TrialEffect) -> str:
    """Return the subgroup of a trial, empty where the analysis has none."""
    return value_of(analysis.subgroup, effect.study, effect.outcome) if analysis.subgroup else ""


def _marked(review: Review, effects: Sequence[TrialEffect]) -> dict[str, str]:
    """Say for each kind of number that carries a mark whether any of the effects rests on it."""
    found = {
        kind for effect in effects for kind in marks(review, effect.outcome, numbers_behind(effect))
    }
    return {kind: "yes" if kind in found else "no" for kind in MARKED_KINDS}


def _both_arms(outcomes: Sequence[Outcome], name: str) -> int | None:
    """Return events or participants of both arms together, None where a trial lacks them."""
    arms = [arm_total(outcomes, f"{name}_{arm}") for arm in ("intervention", "control")]
    known = [total for total in arms if total is not None]
    return sum(known) if len(known) == len(arms) else None


def _natural(measure: str) -> Callable[[float], float | None]:
    def convert(value: float) -> float | None:
        number = _number(value)
        return None if number is None else _number(MEASURES[measure].natural(number))

    return convert


def _number(value: float) -> float | None:
    """Return a plain float, or None where the number does not exist."""
    return float(value) if isfinite(value) else None
