"""From chosen rows of a review to one effect a trial: what it is computed from, y and v."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from liftproof.errors import DataError, StatisticsError
from liftproof.reviews.model.effect_sources import GROUPS, source_of
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics import clustering
from liftproof.statistics.effects import FROM
from liftproof.statistics.effects.counts import all_events, double_zero
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.reported import from_interval
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import MODELS

DEFAULT_LEVEL = 0.95
HIGHER = "higher"
"""Of an outcome such as time to exhaustion, of which more is better."""
NO_EVENTS = "no events in either arm"
ONLY_EVENTS = "events in everyone in both arms"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialEffect:
    """One trial's effect in one analysis.

    ``y``, ``v``: analysis scale (log for ratios), ``v`` after inflation by ``design_effect``;
    both NaN where ``left_out`` says why the trial does not enter.
    ``source``: counts, rates, changes, means, reported or given. ``measure``: of this trial's own
    effect. Where higher values are better, the sign of y is that of its reverse.
    """

    study: Study
    outcome: Outcome
    source: str
    measure: str
    y: float
    v: float
    design_effect: float
    left_out: str = ""


def trial_effects(
    rows: Sequence[tuple[Study, Outcome]], analysis: Analysis
) -> tuple[TrialEffect, ...]:
    """Return the effect of each row, in the order given."""
    return tuple(_inflated(_effect(*row, analysis), analysis) for row in rows)


def _effect(study: Study, outcome: Outcome, analysis: Analysis) -> TrialEffect:
    """Return the effect of one row before any inflation for clustering."""
    source = source_of(outcome, analysis.measure)
    made = partial(TrialEffect, study=study, outcome=outcome, source=source, design_effect=1.0)
    left_out = _left_out(outcome, analysis) if source in ("counts", "rates") else ""
    if left_out:
        return made(measure=analysis.measure, y=np.nan, v=np.nan, left_out=left_out)
    measure = outcome.measure or analysis.measure if source == "reported" else analysis.measure
    try:
        effect = _computed(outcome, source, measure)
    except StatisticsError as error:
        row = f"{study.study}, outcome {outcome.outcome}, variant {outcome.variant}"
        raise DataError(f"{row}: {error}") from error
    sign = -1.0 if outcome.better == HIGHER else 1.0
    return made(measure=measure, y=sign * float(effect.y), v=float(effect.v))


def _computed(outcome: Outcome, source: str, measure: str) -> Effect:
    """Return y and v from the numbers of a row; the registries take them in this order."""
    numbers = [np.asarray(getattr(outcome, name), dtype=float) for name in GROUPS[source]]
    if source == "given":
        y, v = numbers
        return Effect(y=y, v=v)
    if source == "reported":
        estimate, low, high = numbers
        level = outcome.ci_level or DEFAULT_LEVEL
        return from_interval(estimate, low, high, level, is_log=MEASURES[measure].is_log)
    return FROM[source][measure](*numbers)


def _left_out(outcome: Outcome, analysis: Analysis) -> str:
    """Say why a trial tells a relative measure nothing; empty if it does (metafor: drop00)."""
    measure = analysis.measure
    if not MEASURES[measure].is_log or MODELS[analysis.model].takes_empty_trials:
        return ""
    counts = {name: getattr(outcome, name) for name in GROUPS["counts"]}
    if double_zero(counts["events_intervention"], counts["events_control"]):
        return NO_EVENTS
    return ONLY_EVENTS if "counts" in MEASURES[measure].sources and all_events(**counts) else ""


def _inflated(effect: TrialEffect, analysis: Analysis) -> TrialEffect:
    """Return the effect with its variance inflated as the analysis treats clusters."""
    factor = design_effect(effect.study, effect.outcome, effect.source, analysis.clustering)
    if factor == 1:
        return effect
    return replace(effect, v=float(clustering.inflate(effect.v, factor)), design_effect=factor)


def design_effect(study: Study, outcome: Outcome, source: str, treatment: str) -> float:
    """Return the factor by which the variance of a row is inflated.

    A design effect that belongs to the extraction is part of it, so ``as_extracted`` applies it.
    ``design_effect`` adds the trial's own, given or 1 + (m - 1) ICC, unless the row holds a
    reported estimate that allows for clusters already.
    """
    if treatment == "ignore":
        return 1.0
    if outcome.design_effect is not None:
        return outcome.design_effect
    is_adjusted = source == "reported" and outcome.cluster_adjusted == "yes"
    if treatment == "as_extracted" or is_adjusted:
        return 1.0
    return study.design_effect or _from_icc(study, outcome)


def _from_icc(study: Study, outcome: Outcome) -> float:
    participants = (outcome.n_intervention, outcome.n_control)
    clusters = (study.clusters_intervention, study.clusters_control)
    if study.icc is None or None in participants or None in clusters:
        return 1.0
    size = sum(n for n in participants if n) / sum(n for n in clusters if n)
    return float(clustering.design_effect_from_icc(size, study.icc))


def numbers_behind(effect: TrialEffect) -> tuple[str, ...]:
    """Return the columns that an effect rests on, and those that readers see beside it."""
    clustered = ("design_effect", "icc", "clusters_intervention", "clusters_control")
    inflation = () if effect.design_effect == 1 else clustered
    return (*GROUPS[effect.source], *GROUPS["counts"], *inflation)
