"""Put every claim to the reviews that it names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from liftproof.analysis.claims.claim_contrasts import contrasts
from liftproof.analysis.claims.claim_prints import PrintedEffect, printed_effect
from liftproof.analysis.claims.claim_row import claim_row
from liftproof.analysis.claims.pooled_claim import PooledClaim, Reviews, pooled_claim
from liftproof.analysis.claims.readings import readings
from liftproof.analysis.claims.required_results import RequiredResult, required_results
from liftproof.analysis.claims.size_change import SizeChange, size_change
from liftproof.analysis.claims.verdicts import (
    VERDICT_OF,
    why_of_contrasts,
    why_of_dose,
    why_of_effect,
    why_of_required,
)
from liftproof.analysis.estimates import pool_analysis
from liftproof.reviews.model.claim import Claim, Claims
from liftproof.rows.claim_rows import REASON, ClaimContrastRow, ClaimRow, ReadingRow
from liftproof.rows.dose_rows import DoseRow
from liftproof.rows.result_rows import EstimateRow
from liftproof.vocabulary.levels import USUAL_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A further analysis that is told with a claim; ``printed`` where that is known."""

    estimate: EstimateRow
    printed: PrintedEffect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A claim with its verdict, without words, and what it rests on.

    ``readings``: every way to be certain of a condition; ``contrasts``: with the analyses that the
    estimate is held against; ``required``: results that the sentence requires; ``beside``: further
    analyses that are told; ``size``: what would change whether the size said is shown, None where
    none is said. ``level``: of the limits of the analysis.
    """

    row: ClaimRow
    readings: tuple[ReadingRow, ...] = ()
    contrasts: tuple[ClaimContrastRow, ...] = ()
    required: tuple[RequiredResult, ...] = ()
    beside: tuple[Beside, ...] = ()
    size: SizeChange | None = None
    level: float = USUAL_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The claims with their verdicts, in the order of the file."""

    answers: tuple[Answer, ...]

    @property
    def claims(self) -> tuple[ClaimRow, ...]:
        """The rows, without words."""
        return tuple(answer.row for answer in self.answers)

    @property
    def readings(self) -> tuple[ReadingRow, ...]:
        """Every reading of those on an effect."""
        return tuple(row for answer in self.answers for row in answer.readings)

    @property
    def contrasts(self) -> tuple[ClaimContrastRow, ...]:
        """Every contrast of those that are held against other analyses."""
        return tuple(row for answer in self.answers for row in answer.contrasts)


def ledger(claims: Claims, reviews: Reviews, doses: Sequence[DoseRow]) -> Ledger:
    """Return the verdict on every claim that names one of ``reviews``, or no review at all.

    ``doses``: the rows of their ``dose_response.csv``.
    """
    asked = [claim for claim in claims.claims if not claim.review or claim.review in reviews]
    return Ledger(answers=tuple(_answer(claims, claim, reviews, doses) for claim in asked))


def _answer(claims: Claims, claim: Claim, reviews: Reviews, doses: Sequence[DoseRow]) -> Answer:
    of = pooled_claim(claim.source, reviews)
    required = _required(claim, reviews, of)
    found = Answer(
        row=claim_row(claims, claim, of, required),
        readings=tuple(readings(claim, of)) if of else (),
        contrasts=tuple(contrasts(claim, of, reviews)),
        required=required,
        beside=tuple(_beside(claim, reviews)),
        size=size_change(claim, of),
        level=of.specification.level if of else USUAL_LEVEL,
    )
    failing = [one.reading for one in found.readings if one.asked == "yes" and one.holds != "yes"]
    found = replace(found, row=replace(found.row, fails=", ".join(failing)))
    why = _why(claims, claim, found, doses)
    return replace(found, row=replace(found.row, why=why, verdict=VERDICT_OF[why]))


def _why(claims: Claims, claim: Claim, found: Answer, doses: Sequence[DoseRow]) -> str:
    """Return the rule that decides, by what the claim is decided by."""
    row, least_share = found.row, claims.least_share
    if claim.reason:
        return REASON
    if claim.dose:
        return why_of_dose(row, dose_of(row, doses), least_share)
    if claim.requires:
        return why_of_required(row, found.required, least_share)
    if claim.against:
        return why_of_contrasts(row, found.contrasts, least_share)
    return why_of_effect(claim, row, least_share)


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


def _required(claim: Claim, reviews: Reviews, of: PooledClaim | None) -> tuple[RequiredResult, ...]:
    if of is None or not claim.requires:
        return ()
    review = reviews[claim.review]
    analysis = next(each for each in review.settings.analyses if each.id == claim.analysis)
    return required_results(review, analysis, of.effects, claim.requires)


def _beside(claim: Claim, reviews: Reviews) -> Iterator[Beside]:
    """Yield the further analyses of a claim."""
    for review, name in claim.beside:
        if review not in reviews:
            continue
        analysis = next(each for each in reviews[review].settings.analyses if each.id == name)
        whole = pool_analysis(reviews[review], analysis)
        printed = printed_effect(reviews[review], analysis, whole.trials)
        yield Beside(estimate=whole.estimate, printed=printed)
