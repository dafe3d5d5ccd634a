"""The row of a claim: what the sentence says, and the numbers of the analysis that bears on it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from liftproof.analysis.certainty.grading import Certainty
from liftproof.analysis.claims.claim_prints import PrintedEffect
from liftproof.analysis.claims.claim_trials import (
    arms,
    belonging,
    kinds,
    outcomes,
    sports,
    with_counts,
)
from liftproof.analysis.claims.pooled_claim import PooledClaim
from liftproof.analysis.claims.readings import few_trials
from liftproof.analysis.claims.required_results import RequiredResult, both_arms
from liftproof.errors import StatisticsError
from liftproof.reviews.model.claim import Claim, Claims
from liftproof.reviews.model.trial_group import TrialGroup
from liftproof.rows.claim_rows import ClaimRow


def claim_row(
    claims: Claims, claim: Claim, of: PooledClaim | None, required: Sequence[RequiredResult]
) -> ClaimRow:
    """Return a row without verdict, failing certainties and words."""
    row = _stated(claims, claim)
    if claim.requires:
        row = replace(row, required_trials=both_arms(required))
    return _with_trials(row, claims, claim, of) if of else row


def _stated(claims: Claims, claim: Claim) -> ClaimRow:
    """Return the row with what the claim itself says."""
    words = {name: group.words for name, group in claims.groups.items()}
    return ClaimRow(
        claim=claim.id,
        review=claim.review,
        analysis=claim.analysis,
        claimed=claim.claimed,
        part=claim.part,
        where=claim.where,
        reason=claim.reason,
        population=words.get(claim.population, ""),
        exposure=words.get(claim.exposure, ""),
        outcome=words.get(claim.outcome, ""),
        covers=claim.covers,
        readers=claims.readers.words if claims.readers else "",
        condition=claim.point.kind if claim.point else "",
        condition_value=claim.point.value if claim.point else None,
        threshold=claim.point.threshold if claim.point else None,
        certainty=", ".join(claim.certainty),
        requires=", ".join(f"{name}: {value}" for name, value in claim.requires.items()),
        dose=claim.dose,
        against=", ".join("/".join(pair) for pair in claim.against),
        beside=", ".join("/".join(pair) for pair in claim.beside),
    )


def _with_trials(row: ClaimRow, claims: Claims, claim: Claim, of: PooledClaim) -> ClaimRow:
    """Add the numbers of the analysis and the kinds of its trials."""
    estimate = of.estimate
    few_low, few_high = _few_trials(of)
    return replace(
        row,
        population_trials=_count(of, claims.groups.get(claim.population)),
        exposure_trials=_count(of, claims.groups.get(claim.exposure)),
        readers_trials=_count(of, claims.readers),
        sports=sports(of.effects),
        kinds=kinds(of.effects, of.named),
        outcomes=outcomes(of.effects, of.named),
        arms=arms(of.effects, of.named),
        title=estimate.title,
        measure=estimate.measure,
        better=of.better,
        below=of.below,
        k=estimate.k,
        studies=estimate.studies,
        estimate=estimate.estimate,
        ci_low=estimate.ci_low,
        ci_high=estimate.ci_high,
        pi_low=estimate.pi_low,
        pi_high=estimate.pi_high,
        few_low=few_low,
        few_high=few_high,
        unverified=estimate.unverified,
        reconstructed=estimate.reconstructed,
        printed_grade=of.printed_certainty,
        **_outcomes(of, claims.groups.get(claim.outcome)),
        **_printed(of.printed),
        **_graded(of.certainty),
    )


def _graded(certainty: Certainty | None) -> dict[str, Any]:
    if certainty is None:
        return {}
    return {"grade": certainty.level, "grade_at_most": "yes" if certainty.at_most else "no"}


def _printed(printed: PrintedEffect | None) -> dict[str, Any]:
    if printed is None:
        return {}
    return {
        "printed": printed.text,
        "printed_low": printed.low,
        "printed_high": printed.high,
        "printed_by": printed.by,
    }


def _count(of: PooledClaim, group: TrialGroup | None) -> int | None:
    return len(belonging(of.effects, group)) if group else None


def _outcomes(of: PooledClaim, group: TrialGroup | None) -> dict[str, Any]:
    """Return how many trials counted the outcome implied, which, and what the others counted."""
    if group is None:
        return {}
    studies = belonging(of.effects, group)
    others = [effect for effect in of.effects if effect.study.study not in studies]
    return {
        "outcome_trials": len(studies),
        "outcome_counts": with_counts(of.effects, studies),
        "outcome_others": outcomes(others, of.named),
    }


def _few_trials(of: PooledClaim) -> tuple[float | None, float | None]:
    try:
        found = few_trials(of)
    except StatisticsError:
        return None, None
    return found.low, found.value
