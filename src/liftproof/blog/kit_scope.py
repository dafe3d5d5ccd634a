"""Whom and what the trials of a kit are about: without it a figure seems to speak of all."""

from collections import Counter

from liftproof.blog.kit_facts import KitFacts
from liftproof.words.text import counted, outcome_names

MOST_KINDS = 4
"""Sports and events that are named; of more, how many."""


def groups_in(facts: KitFacts) -> str:
    """Return the sports or groups of people, empty where no trial is known."""
    kinds = Counter(study.sport or study.population or "others" for study in facts.studies)
    return listed(kinds) if kinds else ""


def counted_in(facts: KitFacts) -> str:
    """Return the events by their names in the review; empty of means, whose names tell little."""
    if facts.view.measure.is_of_means:
        return ""
    by_trial = dict.fromkeys((effect.study, effect.outcome) for effect in facts.effects)
    named = facts.review.settings.named
    events = Counter(outcome_names(named(outcome)) for _, outcome in by_trial)
    return listed(events) if events else ""


def scope(facts: KitFacts) -> str:
    """Return in a sentence who was studied and what was counted in them."""
    groups, events = groups_in(facts), counted_in(facts)
    if not groups:
        return ""
    return f"Studied in {groups}; counted: {events}." if events else f"Studied in {groups}."


def listed(kinds: Counter[str]) -> str:
    """Return what was counted, the most frequent first, with the number of trials.

    >>> listed(Counter({"football": 3, "army recruits": 1}))
    'football (3 trials) and army recruits (1)'
    """
    named = kinds.most_common(MOST_KINDS)
    texts = [f"{kind} ({number})" for kind, number in named]
    texts[0] = f"{named[0][0]} ({counted(named[0][1], 'trial')})"
    rest = len(kinds) - len(named)
    if rest:
        texts.append(f"{rest} more")
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
