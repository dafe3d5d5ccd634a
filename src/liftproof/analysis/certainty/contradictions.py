"""Judgements that the numbers contradict: each a named rule on one domain.

A contradiction is a question to whoever judged, not a judgement: a rule knows one number.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from liftproof.analysis.certainty import signs
from liftproof.analysis.certainty.evidence import Evidence
from liftproof.analysis.certainty.signs import LARGE, VERY_LARGE, Found
from liftproof.reviews.grade import (
    CERTAINTIES,
    DOMAINS,
    NOT_SERIOUS,
    PRINTED,
    STEPS,
    UNDETECTED,
    UP,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule that looks at judgements ``on`` a domain, if they are among ``judged``."""

    name: str
    on: str
    judged: tuple[str, ...]
    holds: Callable[[Evidence], Found | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A rule that a judgement met."""

    rule: Rule
    judgement: str
    found: Found


def contradictions(of: Evidence) -> Iterator[Contradiction]:
    """Yield the judgements of an analysis that its numbers contradict, in the order of RULES."""
    for rule in RULES:
        grade = of.grades.get(rule.on)
        if grade is None or grade.judgement not in rule.judged:
            continue
        found = rule.holds(of)
        if found:
            yield Contradiction(rule=rule, judgement=grade.judgement, found=found)


def _moving(domain: str) -> tuple[str, ...]:
    """Return the judgements on a domain that rate the evidence down or up."""
    return tuple(word for word in DOMAINS[domain] if STEPS[word])


RULES = (
    Rule(
        name="trials_at_high_risk",
        on="risk_of_bias",
        judged=(NOT_SERIOUS,),
        holds=signs.some_at_high_risk,
    ),
    Rule(
        name="trials_not_judged",
        on="risk_of_bias",
        judged=(NOT_SERIOUS,),
        holds=signs.most_not_judged,
    ),
    Rule(
        name="trials_at_low_risk",
        on="risk_of_bias",
        judged=_moving("risk_of_bias"),
        holds=signs.all_at_low_risk,
    ),
    Rule(name="high_i2", on="inconsistency", judged=(NOT_SERIOUS,), holds=signs.high_i2),
    Rule(
        name="significant_q", on="inconsistency", judged=(NOT_SERIOUS,), holds=signs.significant_q
    ),
    Rule(
        name="prediction_reaches_no_effect",
        on="inconsistency",
        judged=(NOT_SERIOUS,),
        holds=signs.prediction_reaches_no_effect,
    ),
    Rule(
        name="consistent",
        on="inconsistency",
        judged=_moving("inconsistency"),
        holds=signs.is_consistent,
    ),
    Rule(
        name="no_trial_of_population",
        on="indirectness",
        judged=(NOT_SERIOUS,),
        holds=signs.none_of_population,
    ),
    Rule(
        name="every_trial_of_population",
        on="indirectness",
        judged=_moving("indirectness"),
        holds=signs.all_of_population,
    ),
    Rule(
        name="includes_no_effect",
        on="imprecision",
        judged=(NOT_SERIOUS,),
        holds=signs.includes_no_effect,
    ),
    Rule(
        name="too_few_people", on="imprecision", judged=(NOT_SERIOUS,), holds=signs.too_few_people
    ),
    Rule(
        name="hartung_knapp_wider",
        on="imprecision",
        judged=(NOT_SERIOUS,),
        holds=signs.hartung_knapp_wider,
    ),
    Rule(name="precise", on="imprecision", judged=_moving("imprecision"), holds=signs.is_precise),
    Rule(
        name="too_few_trials",
        on="publication_bias",
        judged=(UNDETECTED,),
        holds=signs.too_few_trials,
    ),
    Rule(name="asymmetric", on="publication_bias", judged=(UNDETECTED,), holds=signs.is_asymmetric),
    Rule(
        name="symmetric",
        on="publication_bias",
        judged=_moving("publication_bias"),
        holds=signs.is_symmetric,
    ),
    Rule(name="not_large", on="large_effect", judged=("large",), holds=signs.not_beyond(LARGE)),
    Rule(
        name="not_large",
        on="large_effect",
        judged=("very_large",),
        holds=signs.not_beyond(VERY_LARGE),
    ),
    *(
        Rule(name="up_and_down", on=domain, judged=_moving(domain), holds=signs.also_down)
        for domain in UP
    ),
    Rule(name="printed_otherwise", on=PRINTED, judged=CERTAINTIES, holds=signs.printed_otherwise),
)
"""Every rule, in the order of GRADE's domains."""
