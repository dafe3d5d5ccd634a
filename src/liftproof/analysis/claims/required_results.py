"""Results that a sentence requires, such as adverse events: what pooled trials give of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from liftproof.analysis.claims.claim_trials import counts_text
from liftproof.analysis.effects import TrialEffect, trial_effects
from liftproof.reviews.model.choice import same, value_of, variant_of
from liftproof.reviews.model.effect_sources import source_in
from liftproof.reviews.model.provenance import marks
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import PRIMARY, Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.distributions import limits
from liftproof.vocabulary.measures import MEASURES


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredResult:
    """What one trial gives of a required kind of result. Estimates are on the natural scale.

    ``counts``: "3 of 759 v 25 of 743", of one arm "0 of 461"; empty where nothing was counted.
    ``estimate``, ``ci_low``, ``ci_high``: None where one arm alone is told. ``awaits``: what is not
    told.
    """

    study: str
    label: str
    outcome: str
    counts: str
    awaits: str
    note: str
    unverified: str
    reconstructed: str
    measure: str = ""
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None

    @property
    def is_of_both_arms(self) -> bool:
        """Whether the arms can be compared."""
        return self.estimate is not None

    @property
    def is_counted(self) -> bool:
        """Whether there is a number at all."""
        return bool(self.counts) or self.is_of_both_arms

    @property
    def is_harm(self) -> bool:
        """Whether the interval excludes no effect, on the side of more events."""
        return self.ci_low is not None and self.ci_low > MEASURES[self.measure].no_effect


def required_results(
    review: Review, analysis: Analysis, effects: Sequence[TrialEffect], requires: Mapping[str, str]
) -> tuple[RequiredResult, ...]:
    """Return the primary results with the required values of the trials that are pooled."""
    return tuple(
        _result(review, analysis, study, outcome)
        for study, outcome in _required(review, effects, requires)
    )


def both_arms(results: Sequence[RequiredResult]) -> int:
    """Return how many trials give a required result in both arms."""
    return len({each.study for each in results if each.is_of_both_arms})


def _required(
    review: Review, effects: Sequence[TrialEffect], requires: Mapping[str, str]
) -> Iterator[tuple[Study, Outcome]]:
    studies = {effect.study.study: effect.study for effect in effects}
    for outcome in review.outcomes:
        if outcome.study not in studies or variant_of(outcome) != PRIMARY:
            continue
        study = studies[outcome.study]
        if all(same(value, value_of(name, study, outcome)) for name, value in requires.items()):
            yield study, outcome


def _result(review: Review, analysis: Analysis, study: Study, outcome: Outcome) -> RequiredResult:
    marked = marks(review, outcome)
    return RequiredResult(
        study=study.study,
        label=study.label,
        outcome=outcome.outcome,
        counts=counts_text(outcome),
        awaits=outcome.awaits,
        note=outcome.note,
        unverified="yes" if "unverified" in marked else "no",
        reconstructed="yes" if "reconstructed" in marked else "no",
        **_effect(analysis, study, outcome),
    )


def _effect(analysis: Analysis, study: Study, outcome: Outcome) -> dict[str, Any]:
    """Return the effect of a trial with its limits; nothing where none can be computed."""
    if not source_in(outcome, analysis):
        return {}
    (effect,) = trial_effects(((study, outcome),), analysis)
    if not isfinite(effect.y):
        return {}
    low, high = limits(effect.y, effect.v**0.5, analysis.level)
    natural = MEASURES[effect.measure].natural
    values = [natural(float(each)) for each in (effect.y, low, high)]
    names = ("estimate", "ci_low", "ci_high")
    return {"measure": effect.measure, **dict(zip(names, values, strict=True))}
