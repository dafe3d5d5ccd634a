"""Verdicts on printed numbers and on published sentences, before and after."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from liftproof.analysis.changes.analysis_state import REFUSALS
from liftproof.analysis.claims.ledger import ledger
from liftproof.analysis.dose.dose_answers import dose_models
from liftproof.analysis.dose.dose_prints import slopes_of
from liftproof.analysis.later_trials import later_than
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews.model.claim import Claims
from liftproof.reviews.model.review import Review
from liftproof.rows.claim_rows import ClaimRow
from liftproof.rows.dose_rows import DoseRow
from liftproof.rows.result_rows import EstimateRow, ReproductionRow, counted_here

Judged = TypeVar("Judged", ReproductionRow, ClaimRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedChange:
    """A printed number whose verdict is another; None where it is not in one of the states.

    ``row``: the later one that is there. ``later``: that the pool of now holds trials which the
    print cannot hold, in words; empty where it holds none.
    """

    row: ReproductionRow
    before: ReproductionRow | None
    after: ReproductionRow | None
    later: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChange:
    """A sentence whose verdict is another; None where it has none in one of the states.

    ``row``: the later one that is there.
    """

    row: ClaimRow
    before: ClaimRow | None
    after: ClaimRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsState:
    """The claims in one state of a project, and the reviews to which they are put."""

    claims: Claims
    reviews: Mapping[str, Review]


def printed_rows(review: Review, estimates: Sequence[EstimateRow]) -> tuple[ReproductionRow, ...]:
    """Return the printed numbers that a review holds itself, with their verdicts."""
    slopes = slopes_of(_models(review, {row.id for row in review.settings.dose if row.target}))
    return counted_here(reproduce(review, estimates, slopes))


def printed_changes(
    before: Iterable[ReproductionRow], after: Iterable[ReproductionRow], review: Review
) -> tuple[PrintedChange, ...]:
    """Return the printed numbers whose verdicts differ, those gone last, in a review as it is."""
    old = {(row.target, row.quantity): row for row in before}
    new = {(row.target, row.quantity): row for row in after}
    return tuple(
        PrintedChange(row=row, before=one, after=other, later=later_than(review, row))
        for row, one, other in _pairs(old, new)
    )


def claim_changes(before: ClaimsState, after: ClaimsState) -> tuple[ClaimChange, ...]:
    """Return the sentences whose verdicts differ, those gone last."""
    old = {row.claim: row for row in _judged(before)}
    new = {row.claim: row for row in _judged(after)}
    return tuple(
        ClaimChange(row=row, before=one, after=other) for row, one, other in _pairs(old, new)
    )


def _pairs(
    old: Mapping[Any, Judged], new: Mapping[Any, Judged]
) -> Iterator[tuple[Judged, Judged | None, Judged | None]]:
    """Yield what has another verdict: the later row that is there, the older and the newer."""
    for key, row in {**new, **old, **new}.items():
        before, after = old.get(key), new.get(key)
        if not (before and after and before.verdict == after.verdict):
            yield row, before, after


def _judged(state: ClaimsState) -> Iterator[ClaimRow]:
    """Yield the sentences with their verdicts, without those that this state's trials cannot test.

    Each is judged by itself, so that one that cannot be does not hide the others.
    """
    for claim in state.claims.claims:
        review = state.reviews.get(claim.review)
        alone = replace(state.claims, claims=(claim,))
        try:
            doses = _models(review, [claim.dose]) if review and claim.dose else ()
            yield from ledger(alone, state.reviews, doses).claims
        except REFUSALS:
            continue


def _models(review: Review, questions: Iterable[str]) -> tuple[DoseRow, ...]:
    """Answer some of the dose questions of a review."""
    wanted = set(questions)
    asked = tuple(row for row in review.settings.dose if row.id in wanted)
    return dose_models(replace(review, settings=replace(review.settings, dose=asked)))
