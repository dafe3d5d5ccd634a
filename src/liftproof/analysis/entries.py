"""Which trials of a review enter which analyses, as they are pooled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from liftproof.analysis.effects import TrialEffect
from liftproof.analysis.estimates import PooledAnalysis, chosen_effects
from liftproof.reviews.model.membership import Membership, memberships
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialEntries:
    """One trial and every analysis of its review, in their order."""

    study: Study
    memberships: tuple[Membership, ...]

    @property
    def enters(self) -> tuple[str, ...]:
        """The analyses that pool a result of the trial."""
        return tuple(each.analysis for each in self.memberships if each.enters)

    @property
    def left_out(self) -> Mapping[str, tuple[Membership, ...]]:
        """The others by reason, in short."""
        found: dict[str, list[Membership]] = {}
        for each in self.memberships:
            if not each.enters:
                found.setdefault(each.in_short, []).append(each)
        return {reason: tuple(members) for reason, members in found.items()}


def trial_entries(
    review: Review, pools: Sequence[PooledAnalysis] | None = None
) -> tuple[TrialEntries, ...]:
    """Return the entries of each trial, in the order of studies.csv.

    ``pools``: all analyses pooled, if they are at hand.
    """
    if pools is None:
        effects = {each.id: chosen_effects(review, each) for each in review.settings.analyses}
    else:
        effects = {each.estimate.analysis: (*each.trials, *each.left_out) for each in pools}
    reasons = {
        (analysis, study): reason
        for analysis, of_analysis in effects.items()
        for study, reason in _not_pooled(of_analysis)
    }
    return tuple(
        TrialEntries(
            study=study,
            memberships=tuple(
                replace(each, reason=reasons[place]) if place in reasons else each
                for each in of_trial
                for place in ((each.analysis, study.study),)
            ),
        )
        for study, of_trial in zip(
            review.studies,
            memberships(review.settings.analyses, review.studies, review.outcomes),
            strict=True,
        )
    )


def _not_pooled(effects: Sequence[TrialEffect]) -> Iterator[tuple[str, str]]:
    """Yield the trials that are chosen and tell the measure nothing, with the reason."""
    pooled = {effect.study.study for effect in effects if not effect.left_out}
    for effect in effects:
        if effect.left_out and effect.study.study not in pooled:
            yield effect.study.study, effect.left_out
