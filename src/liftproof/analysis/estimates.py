"""From a review to the rows of effects.csv, estimates.csv and subgroups.csv."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from math import isfinite
from typing import Any

import numpy as np

from liftproof.analysis.arm_totals import arm_total, people
from liftproof.analysis.effects import TrialEffect, numbers_behind, trial_effects
from liftproof.analysis.engine import pool_under
from liftproof.analysis.pool_result import PoolResult
from liftproof.analysis.result_rows import EffectRow, EstimateRow, SubgroupRow
from liftproof.analysis.specification import Specification, specification_of
from liftproof.reviews.model.choice import chosen, value_of
from liftproof.reviews.model.effect_sources import GROUPS, is_complete
from liftproof.reviews.model.provenance import marks
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import MARKED_KINDS
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import limits
from liftproof.vocabulary.measures import MEASURES, source_of_counts
from liftproof.vocabulary.models import COUNT_MODELS
from liftproof.vocabulary.suitability import fewest_trials, require_counts

LEVEL = 0.95
ARMS = ("intervention", "control")


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
    specification = specification_of(analysis)
    pooled = pool_effects(pooled_effects, specification)
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


def pool_effects(effects: Sequence[TrialEffect], specification: Specification) -> PoolResult | None:
    """Pool the effects, or return None where no trial is left to pool."""
    if not effects:
        return None
    return pool_under(
        [effect.y for effect in effects],
        [effect.v for effect in effects],
        specification,
        study=[effect.study.study for effect in effects],
        arms=_arms(effects, specification) if specification.model in COUNT_MODELS else (),
    )


def cautious_limits(
    effects: Sequence[TrialEffect], specification: Specification
) -> tuple[float, float]:
    """Return REML limits by Hartung-Knapp, never narrower than Wald's, on the natural scale.

    The trials are two or more, pooled by inverse variance.
    """
    asked = replace(specification, tau2="REML", interval="hksj_adhoc")
    pooled = pool_under([one.y for one in effects], [one.v for one in effects], asked)
    natural = MEASURES[specification.measure].natural
    return natural(float(pooled.ci_low)), natural(float(pooled.ci_high))


def _arms(effects: Sequence[TrialEffect], specification: Specification) -> list[Array]:
    """Return the numbers of the arms; raise UsageError where a trial has an estimate alone."""
    source = source_of_counts(specification.measure)
    without = [effect.study.label for effect in effects if effect.source != source]
    require_counts(specification.model, specification.measure, without)
    return [
        np.array([getattr(effect.outcome, name) for effect in effects], dtype=float)
        for name in GROUPS[source]
    ]


def _effect_rows(
    review: Review, analysis: Analysis, effects: Sequence[TrialEffect], pooled: PoolResult | None
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
        detail=outcome.detail,
        better=outcome.better,
    )


def _estimate_row(
    review: Review, analysis: Analysis, effects: Sequence[TrialEffect], pooled: PoolResult | None
) -> EstimateRow:
    outcomes = [effect.outcome for effect in effects]
    marked = _marked(review, effects)
    from_counts = analysis.model in COUNT_MODELS
    row = EstimateRow(
        review=review.name,
        analysis=analysis.id,
        title=analysis.title,
        measure=analysis.measure,
        k=len(effects),
        participants=_sum([people(outcomes, arm) for arm in ARMS]),
        events=_sum([arm_total(outcomes, f"events_{arm}") for arm in ARMS]),
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
        *("p_value", "tau2", "tau2_ci_low", "tau2_ci_high", "i2", "h2", "q", "q_p"),
        *("tau2_between", "tau2_within"),
    )
    natural = _natural(measure)
    return {
        **{name: natural(float(getattr(pooled, name))) for name in on_natural},
        **{name: _number(float(getattr(pooled, name))) for name in as_they_are},
        "q_df": int(pooled.q_df),
        **_prediction(pooled, natural),
    }


def _prediction(pooled: PoolResult, natural: Callable[[float], float | None]) -> dict[str, Any]:
    """Return the prediction limits with their convention.

    No limit stands alone, and none rests on a single trial, of which metafor too would give some.
    """
    limits = [natural(float(limit)) for limit in (pooled.pi_low, pooled.pi_high)]
    if None in limits or pooled.k < fewest_trials(pooled.prediction):
        limits = [None, None]
    return {"pi_low": limits[0], "pi_high": limits[1], "prediction": pooled.prediction}


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
            **asdict(
                _estimate_row(
                    review, analysis, inside, pool_effects(inside, specification_of(analysis))
                )
            ),
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


def _sum(arms: Sequence[int | None]) -> int | None:
    """Return the total of both arms, None where one is not known."""
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
