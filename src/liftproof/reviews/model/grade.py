"""GRADE's domains and judgements, and ``grade.csv``: one row a judgement on one analysis.

Source: Schünemann, Brożek, Guyatt & Oxman (eds), GRADE Handbook, 2013, chapter 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.columns import column

NOT_ASSESSED = "not_assessed"
UNDETECTED = "undetected"
STRONGLY_SUSPECTED = "strongly_suspected"
NOT_SERIOUS, SERIOUS, VERY_SERIOUS, EXTREMELY_SERIOUS = CONCERNS = (
    "not_serious",
    "serious",
    "very_serious",
    "extremely_serious",
)
CERTAINTIES = ("very_low", "low", "moderate", "high")
"""Certainty of evidence, the lowest first."""

STEPS: Mapping[str, int] = {
    NOT_SERIOUS: 0,
    SERIOUS: -1,
    VERY_SERIOUS: -2,
    EXTREMELY_SERIOUS: -3,
    UNDETECTED: 0,
    STRONGLY_SUSPECTED: -1,
    NOT_ASSESSED: 0,
    "none": 0,
    "large": 1,
    "very_large": 2,
    "present": 1,
    "would_reduce_effect": 1,
    "would_suggest_spurious_effect": 1,
}
"""Levels of certainty by which a judgement rates the evidence down or up."""

DOWN: Mapping[str, tuple[str, ...]] = {
    "risk_of_bias": (*CONCERNS[:3], NOT_ASSESSED),
    "inconsistency": (*CONCERNS[:3], NOT_ASSESSED),
    "indirectness": (*CONCERNS[:3], NOT_ASSESSED),
    "imprecision": (*CONCERNS, NOT_ASSESSED),
    "publication_bias": (UNDETECTED, STRONGLY_SUSPECTED, NOT_ASSESSED),
}
UP: Mapping[str, tuple[str, ...]] = {
    "large_effect": ("none", "large", "very_large"),
    "dose_response": ("none", "present"),
    "plausible_confounding": ("none", "would_reduce_effect", "would_suggest_spurious_effect"),
}
PRINTED = "printed_certainty"
"""No domain of GRADE: what a review printed as its certainty, to stand beside the computed one."""
DOMAINS: Mapping[str, tuple[str, ...]] = {**DOWN, **UP, PRINTED: CERTAINTIES}
"""What may be judged, and the judgements that each allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A row of ``grade.csv``: one judgement, its reason, and who judged."""

    analysis: str = column("analysis that is judged", kind="key", required=True)
    domain: str = column(
        "what is judged; printed_certainty is what a review printed as its certainty",
        required=True,
        allowed=tuple(DOMAINS),
    )
    judgement: str = column(
        "the judgement in GRADE's words; not_assessed leaves an upper bound of certainty",
        required=True,
        allowed=tuple(dict.fromkeys(word for words in DOMAINS.values() for word in words)),
    )
    reason: str = column("why, in a sentence", required=True)
    judged_by: str = column("this project, or a publication with the place in it", required=True)
    line: int = 0
