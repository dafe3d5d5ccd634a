"""Whom and what the trials of a kit are about: without it a figure seems to speak of all."""

from collections import Counter
from collections.abc import Sequence

from liftproof.blog.kit_facts import KitFacts
from liftproof.words.text import counted, listed, outcome_names

MOST_KINDS = 4
"""Sports and events that are named; of more, how many."""


def groups_in(facts: KitFacts) -> str:
    """Return the trials by sports or groups of people, the number first; empty of no trial."""
    kinds = Counter(study.sport or study.population or "others" for study in facts.studies)
    return _listed([f"{number} of {kind}" for kind, number in kinds.most_common()], MOST_KINDS)


def counted_in(facts: KitFacts) -> str:
    """Return the events by their names in the review; empty of means, whose names tell little."""
    return _listed(
        [f"{kind} in {counted(number, 'trial')}" for kind, number in _events(facts)], MOST_KINDS
    )


def _events(facts: KitFacts) -> list[tuple[str, int]]:
    """Return the events with how many trials counted them, the most frequent first."""
    if facts.view.measure.is_of_means:
        return []
    by_trial = dict.fromkeys((effect.study, effect.outcome) for effect in facts.effects)
    named = facts.review.settings.named
    return Counter(outcome_names(named(outcome)) for _, outcome in by_trial).most_common()


def scope(facts: KitFacts) -> str:
    """Return in a sentence who was studied and what was counted in them."""
    return _scope(groups_in(facts), counted_in(facts))


def scope_in_short(facts: KitFacts) -> str:
    """Return the same with the most frequent event, and how many others there are."""
    return _scope(groups_in(facts), _listed([kind for kind, _ in _events(facts)], 1))


def _scope(groups: str, events: str) -> str:
    if not groups:
        return ""
    return f"Trials: {groups}; counted: {events}." if events else f"Trials: {groups}."


def _listed(texts: Sequence[str], most: int) -> str:
    """Return ``most`` of the texts, and how many there are more.

    >>> _listed(["3 of football", "1 of army recruits"], 2), _listed(["a", "b", "c"], 1)
    ('3 of football and 1 of army recruits', 'a and 2 more')
    """
    rest = len(texts) - most
    told = [*texts[:most], *[f"{rest} more"] * (rest > 0)]
    return listed(told) if told else ""
