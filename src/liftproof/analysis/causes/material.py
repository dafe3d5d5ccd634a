"""From an analysis of a review to its trials."""

from collections.abc import Sequence

import numpy as np

from liftproof.analysis.causes.trials import COLUMNS, Raw, Trials
from liftproof.analysis.effects import DEFAULT_LEVEL, HIGHER, TrialEffect, trial_effects
from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.effect_sources import GROUPS, is_complete
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.measures import MEASURES


def trials_of_analysis(review: Review, analysis: Analysis) -> Trials:
    """Return the trials that an analysis chooses, those that it leaves out included."""
    rows = chosen(analysis, review.studies, review.outcomes)
    return trials_from(trial_effects([row for row in rows if is_complete(row[1])], analysis))


def trials_from(effects: Sequence[TrialEffect]) -> Trials:
    """Return effects with the numbers that they were computed from."""
    places: dict[str, list[int]] = {}
    for place, effect in enumerate(effects):
        places.setdefault(effect.source, []).append(place)
    return Trials(
        y=np.array([effect.y for effect in effects]),
        v=np.array([effect.v for effect in effects]),
        study=tuple(effect.study.study for effect in effects),
        raw={
            source: Raw(
                trials=np.array(members),
                numbers=np.array([_numbers(effects[place]) for place in members]).T,
            )
            for source, members in places.items()
            if source in COLUMNS
        },
        sign=np.array([-1.0 if effect.outcome.better == HIGHER else 1.0 for effect in effects]),
        inflation=np.array([effect.design_effect for effect in effects]),
        is_log=np.array([MEASURES[effect.measure].is_log for effect in effects], dtype=np.bool_),
        names={effect.study.study: effect.study.label for effect in effects},
    )


def _numbers(effect: TrialEffect) -> list[float]:
    """Return the numbers of a trial's source, after a reported estimate the level of its limits."""
    found = [float(getattr(effect.outcome, name)) for name in GROUPS[effect.source]]
    if effect.source == "reported":
        found.append(effect.outcome.ci_level or DEFAULT_LEVEL)
    return found
