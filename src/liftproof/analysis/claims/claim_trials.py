"""How many of the trials that an analysis pools are of a group, and what they were of."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from liftproof.analysis.effects import TrialEffect
from liftproof.reviews.model.choice import same, value_of
from liftproof.reviews.model.review_tables import Outcome
from liftproof.reviews.model.trial_group import TrialGroup

NOT_STATED = "not stated"


def belonging(effects: Sequence[TrialEffect], group: TrialGroup) -> tuple[str, ...]:
    """Return the keys of trials that are of a group, by any column it names, with all results."""
    is_of: dict[str, bool] = {}
    for effect in effects:
        study = effect.study.study
        is_of[study] = is_of.get(study, True) and _belongs(effect, group)
    return tuple(study for study, belongs in is_of.items() if belongs)


def sports(effects: Sequence[TrialEffect]) -> str:
    """Return what the trials were of, the most frequent first: "soccer (5), …".

    A trial without a sport is counted by its population.
    """
    return _counts(
        {e.study.study: e.study.sport or e.study.population or NOT_STATED for e in effects}
    )


Namer = Callable[[str], str]
"""From a code of the tables to what readers read in its place."""


def kinds(effects: Sequence[TrialEffect], named: Namer) -> str:
    """Return what was trained, the most frequent first: "strength (4), hip and core (1)"."""
    return _counts({e.study.study: named(e.study.category) or NOT_STATED for e in effects})


def outcomes(effects: Sequence[TrialEffect], named: Namer) -> str:
    """Return what the trials counted, the most frequent first: "hamstring injury (3), …"."""
    return _counts({e.study.study: named(e.outcome.outcome) for e in effects})


def arms(effects: Sequence[TrialEffect], named: Namer) -> str:
    """Return the arms of trials of several, the most frequent first: "ankle foot (1)"."""
    return _counts({e.study.study: named(e.outcome.arm) for e in effects if e.outcome.arm})


def with_counts(effects: Sequence[TrialEffect], studies: Sequence[str]) -> str:
    """Return trials with their events, where known: "Zouita 2016 (4 of 26 v 13 of 26)"."""
    return ", ".join(
        f"{effect.study.label}{f' ({counts})' if counts else ''}"
        for effect in effects
        if effect.study.study in studies
        for counts in [counts_text(effect.outcome)]
    )


def counts_text(outcome: Outcome) -> str:
    """Return "4 of 26 v 13 of 26", of one arm "0 of 461"; empty where neither is known."""
    arms_known = (
        (outcome.events_intervention, outcome.n_intervention),
        (outcome.events_control, outcome.n_control),
    )
    return " v ".join(f"{events} of {n}" for events, n in arms_known if None not in (events, n))


def _counts(by_study: Mapping[str, str]) -> str:
    counts = Counter(by_study.values())
    return ", ".join(f"{kind} ({number})" for kind, number in counts.most_common())


def _belongs(effect: TrialEffect, group: TrialGroup) -> bool:
    return any(
        same(value, value_of(column, effect.study, effect.outcome))
        for column, values in group.select.items()
        for value in values
    )
