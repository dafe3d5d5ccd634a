"""What ``risk_of_bias.csv`` says of the trials of an analysis, in any tool's words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from liftproof.reviews.model.review_tables import RiskOfBias

OVERALL = "overall"
LOW, SOME, HIGH, OTHER = "low", "some", "high", "other"
_MEANINGS = {
    LOW: ("low", "low risk", "low risk of bias", "yes", "good"),
    SOME: ("some concerns", "some", "moderate", "unclear", "unclear risk", "fair"),
    HIGH: ("high", "high risk", "high risk of bias", "serious", "critical", "no", "poor"),
}


def meaning(judgement: str) -> str:
    """Return low, some, high, or other for a score or words of no known tool.

    >>> meaning("Some concerns"), meaning("8 of 10")
    ('some', 'other')
    """
    word = judgement.strip().lower()
    return next((code for code, words in _MEANINGS.items() if word in words), OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialsJudged:
    """How many ``trials`` there are, and how many were ``judged``, ``high`` or ``low`` overall."""

    trials: int
    judged: int
    high: int
    low: int


def judged(rows: Iterable[RiskOfBias], studies: Iterable[str]) -> TrialsJudged:
    """Count judgements on trials: by the row overall, else by the worst domain."""
    of_trial: dict[str, list[RiskOfBias]] = {study: [] for study in studies}
    for row in rows:
        if row.study in of_trial:
            of_trial[row.study].append(row)
    verdicts = [verdict(found) for found in of_trial.values() if found]
    return TrialsJudged(
        trials=len(of_trial),
        judged=len(verdicts),
        high=verdicts.count(HIGH),
        low=verdicts.count(LOW),
    )


def verdict(rows: Sequence[RiskOfBias]) -> str:
    """Return what judgements of a trial mean: those overall, else of its domains, the worst."""
    found = {meaning(row.judgement) for row in overall_of(rows)}
    return next(code for code in (HIGH, SOME, OTHER, LOW) if code in found)


def overall_of(rows: Sequence[RiskOfBias]) -> Sequence[RiskOfBias]:
    """Return the judgements of a trial overall; of its domains where there are none."""
    return [row for row in rows if row.domain.lower() == OVERALL] or rows
