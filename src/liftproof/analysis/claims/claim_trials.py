"""How many of the trials that an analysis pools are of a group, and what they were of."""

from collections import Counter
from collections.abc import Mapping, Sequence

from liftproof.analysis.effects import TrialEffect
from liftproof.reviews.model.choice import same, value_of
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.trial_group import TrialGroup


def belonging(effects: Sequence[TrialEffect], group: TrialGroup) -> int:
    """Return how many trials are of a group, by any column that it names, with all results."""
    is_of: dict[str, bool] = {}
    for effect in effects:
        study = effect.study.study
        is_of[study] = is_of.get(study, True) and _belongs(effect, group)
    return sum(is_of.values())


def sports(effects: Sequence[TrialEffect]) -> str:
    """Return what the trials were of, the most frequent first: "soccer (5), …".

    A trial without a sport is counted by its population.
    """
    return _counts(
        {e.study.study: e.study.sport or e.study.population or "not stated" for e in effects}
    )


def kinds(effects: Sequence[TrialEffect]) -> str:
    """Return what was trained, the most frequent first: "strength (4), hip and core (1)"."""
    return _counts({e.study.study: e.study.category.replace("_", " ") for e in effects})


def outcomes(effects: Sequence[TrialEffect]) -> str:
    """Return what the trials counted, the most frequent first: "hamstring injury (3), …"."""
    return _counts({e.study.study: e.outcome.outcome.replace("_", " ") for e in effects})


def _counts(by_study: Mapping[str, str]) -> str:
    counts = Counter(by_study.values())
    return ", ".join(f"{kind} ({number})" for kind, number in counts.most_common())


def gives(review: Review, effects: Sequence[TrialEffect], requires: Mapping[str, str]) -> bool:
    """Say whether a trial that is pooled has a result with the required values, of any variant."""
    studies = {effect.study.study: effect.study for effect in effects}
    return any(
        all(
            same(wanted, value_of(column, studies[outcome.study], outcome))
            for column, wanted in requires.items()
        )
        for outcome in review.outcomes
        if outcome.study in studies
    )


def _belongs(effect: TrialEffect, group: TrialGroup) -> bool:
    return any(
        same(value, value_of(column, effect.study, effect.outcome))
        for column, values in group.select.items()
        for value in values
    )
