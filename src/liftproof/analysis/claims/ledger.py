"""Put every claim to the reviews that it names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from liftproof.analysis.certainty.graded_analysis import certainty_by_grade
from liftproof.analysis.certainty.grading import Certainty
from liftproof.analysis.claims.claim_prints import PrintedEffect, printed_effect
from liftproof.analysis.claims.claim_trials import belonging, gives, kinds, outcomes, sports
from liftproof.analysis.claims.readings import PooledClaim, few_trials, readings
from liftproof.analysis.claims.verdicts import VERDICT_OF, why_of_dose, why_of_effect
from liftproof.analysis.estimates import pool_analysis
from liftproof.errors import StatisticsError
from liftproof.reviews.model.claim import Claim, Claims
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.trial_group import TrialGroup
from liftproof.rows.claim_rows import NO_DATA, REASON, ClaimRow, ReadingRow
from liftproof.rows.dose_rows import DoseRow
from liftproof.rows.result_rows import EstimateRow

Reviews = Mapping[str, Review]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A further analysis that is told with a claim; ``printed`` where that is known."""

    estimate: EstimateRow
    printed: PrintedEffect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The claims with their verdicts, without words, and every reading of those on an effect.

    ``beside``: key of a claim to the further analyses that are told with it.
    """

    claims: tuple[ClaimRow, ...]
    readings: tuple[ReadingRow, ...]
    beside: Mapping[str, tuple[Beside, ...]]


def ledger(claims: Claims, reviews: Reviews, doses: Sequence[DoseRow]) -> Ledger:
    """Return the verdict on every claim that names one of ``reviews``, or no review at all.

    ``doses``: the rows of their ``dose_response.csv``.
    """
    asked = [claim for claim in claims.claims if not claim.review or claim.review in reviews]
    rows: list[ClaimRow] = []
    read: list[ReadingRow] = []
    for claim in asked:
        evidence = _evidence(claim, reviews)
        found = tuple(readings(claim, evidence)) if evidence else ()
        rows.append(_row(claims, claim, reviews, evidence, found, doses))
        read += found
    beside = {claim.id: _beside(claim, reviews) for claim in asked}
    return Ledger(claims=tuple(rows), readings=tuple(read), beside=beside)


def _evidence(claim: Claim, reviews: Reviews) -> PooledClaim | None:
    """Return the analysis that a claim names, pooled; None where nothing is pooled."""
    if not claim.review:
        return None
    review = reviews[claim.review]
    analysis = next(each for each in review.settings.analyses if each.id == claim.analysis)
    whole = pool_analysis(review, analysis)
    if whole.pooled is None:
        return None
    is_judged = any(row.analysis == analysis.id for row in review.grades)
    return PooledClaim(
        specification=whole.specification,
        estimate=whole.estimate,
        effects=whole.trials,
        pooled=whole.pooled,
        printed=printed_effect(review, analysis, whole.trials),
        certainty=certainty_by_grade(review, analysis, whole.trials) if is_judged else None,
    )


def _row(
    claims: Claims,
    claim: Claim,
    reviews: Reviews,
    of: PooledClaim | None,
    found: Sequence[ReadingRow],
    doses: Sequence[DoseRow],
) -> ClaimRow:
    row = _stated(claims, claim)
    row = _with_trials(row, claims, claim, of) if of else row
    failing = [each.reading for each in found if each.asked == "yes" and each.holds != "yes"]
    row = replace(row, fails=", ".join(failing))
    why = _why(claims, claim, row, reviews, of, doses)
    return replace(row, why=why, verdict=VERDICT_OF[why])


def _why(
    claims: Claims,
    claim: Claim,
    row: ClaimRow,
    reviews: Reviews,
    of: PooledClaim | None,
    doses: Sequence[DoseRow],
) -> str:
    if claim.reason:
        return REASON
    if claim.dose:
        return why_of_dose(row, dose_of(row, doses), claims.least_share)
    if claim.requires and not (of and gives(reviews[claim.review], of.effects, claim.requires)):
        return NO_DATA
    return why_of_effect(claim, row, claims.least_share)


def dose_of(row: ClaimRow, doses: Sequence[DoseRow]) -> DoseRow | None:
    """Return the model of all trials that answers a claim on dose."""
    return next(
        (
            each
            for each in doses
            if (each.review, each.dose, each.left_out) == (row.review, row.dose, "")
        ),
        None,
    )


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
        covers=claim.covers,
        readers=claims.readers.words if claims.readers else "",
        condition=claim.point.kind if claim.point else "",
        condition_value=claim.point.value if claim.point else None,
        threshold=claim.point.threshold if claim.point else None,
        certainty=", ".join(claim.certainty),
        requires=", ".join(f"{name}: {value}" for name, value in claim.requires.items()),
        dose=claim.dose,
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
        kinds=kinds(of.effects),
        outcomes=outcomes(of.effects),
        title=estimate.title,
        measure=estimate.measure,
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
    return belonging(of.effects, group) if group else None


def _few_trials(of: PooledClaim) -> tuple[float | None, float | None]:
    try:
        found = few_trials(of)
    except StatisticsError:
        return None, None
    return found.low, found.value


def _beside(claim: Claim, reviews: Reviews) -> tuple[Beside, ...]:
    """Return the further analyses of a claim."""
    return tuple(
        Beside(
            estimate=whole.estimate,
            printed=printed_effect(reviews[review], analysis, whole.trials),
        )
        for review, name in claim.beside
        if review in reviews
        for analysis in reviews[review].settings.analyses
        if analysis.id == name
        for whole in [pool_analysis(reviews[review], analysis)]
    )
