"""Judgements that the numbers contradict: each a named rule on one domain.

A contradiction is a question to whoever judged, not a judgement: a rule knows one number.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from liftproof.analysis.certainty import signs
from liftproof.analysis.certainty.graded_analysis import GradedAnalysis
from liftproof.analysis.certainty.signs import LARGE, VERY_LARGE, Sign
from liftproof.reviews.model.grade import (
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
    holds: Callable[[GradedAnalysis], Sign | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A rule that a judgement met."""

    rule: Rule
    judgement: str
    found: Sign


def contradictions(of: GradedAnalysis) -> Iterator[Contradiction]:
    """Yield the judgements of an analysis that its numbers contradict, in the order of RULES."""
    for rule in RULES:
        grade = of.grades.get(rule.on)
        if grade is None or grade.judgement not in rule.judged:
            continue
        found = rule.holds(of)
        if found:
            yield Contradiction(rule=rule, judgement=grade.judgement, found=found)


def _on(
    domain: str, judged: Iterable[str], **signs_by_name: Callable[[GradedAnalysis], Sign | None]
) -> Iterator[Rule]:
    """Yield a rule for each sign that speaks against these judgements on a domain."""
    for name, holds in signs_by_name.items():
        yield Rule(name=name, on=domain, judged=tuple(judged), holds=holds)


def _moving(domain: str) -> Iterator[str]:
    """Yield the judgements on a domain that rate the evidence down or up."""
    return (word for word in DOMAINS[domain] if STEPS[word])


RULES = (
    *_on(
        "risk_of_bias",
        [NOT_SERIOUS],
        trials_at_high_risk=signs.some_at_high_risk,
        trials_not_judged=signs.most_not_judged,
    ),
    *_on("risk_of_bias", _moving("risk_of_bias"), trials_at_low_risk=signs.all_at_low_risk),
    *_on(
        "inconsistency",
        [NOT_SERIOUS],
        high_i2=signs.high_i2,
        significant_q=signs.significant_q,
        prediction_reaches_no_effect=signs.prediction_reaches_no_effect,
    ),
    *_on("inconsistency", _moving("inconsistency"), consistent=signs.is_consistent),
    *_on("indirectness", [NOT_SERIOUS], no_trial_of_population=signs.none_of_population),
    *_on(
        "indirectness",
        _moving("indirectness"),
        every_trial_of_population=signs.all_of_population,
    ),
    *_on(
        "imprecision",
        [NOT_SERIOUS],
        includes_no_effect=signs.includes_no_effect,
        too_few_people=signs.too_few_people,
        hartung_knapp_reaches_no_effect=signs.hartung_knapp_reaches_no_effect,
    ),
    *_on("imprecision", _moving("imprecision"), precise=signs.is_precise),
    *_on(
        "publication_bias",
        [UNDETECTED],
        too_few_trials=signs.too_few_trials,
        asymmetric=signs.is_asymmetric,
    ),
    *_on("publication_bias", _moving("publication_bias"), symmetric=signs.is_symmetric),
    *_on("large_effect", ["large"], not_large=signs.not_beyond(LARGE)),
    *_on("large_effect", ["very_large"], not_large=signs.not_beyond(VERY_LARGE)),
    *(rule for domain in UP for rule in _on(domain, _moving(domain), up_and_down=signs.also_down)),
    *_on(PRINTED, CERTAINTIES, printed_otherwise=signs.printed_otherwise),
)
"""Every rule, in the order of GRADE's domains."""
