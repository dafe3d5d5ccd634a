"""What the review, or the one trial, printed of an analysis: its estimate with limits."""

from collections.abc import Sequence
from dataclasses import dataclass

from liftproof.analysis.effects import TrialEffect
from liftproof.reviews.model.printed_number import printed_number
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Published
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.claim_rows import PRINTED_BY_REVIEW, PRINTED_BY_TRIAL
from liftproof.vocabulary.quantities import ON_EFFECT

FROM_MEMORY = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedEffect:
    """An estimate with its limits in the digits of the print, the limits as numbers, natural scale.

    ``by``: who printed it.
    """

    text: str
    estimate: float
    low: float
    high: float
    by: str


def printed_effect(
    review: Review, analysis: Analysis, effects: Sequence[TrialEffect]
) -> PrintedEffect | None:
    """Return what the review printed, else what the only trial did; None where neither is known."""
    return _of_review(review, analysis) or (_of_trial(effects[0]) if len(effects) == 1 else None)


def _of_review(review: Review, analysis: Analysis) -> PrintedEffect | None:
    targets: dict[str, dict[str, str]] = {}
    for row in review.published:
        if row.analysis == analysis.id and _is_seen(row):
            targets.setdefault(row.target, {})[row.quantity] = row.printed
    for numbers in targets.values():
        if len(numbers) == len(ON_EFFECT):
            return _printed([numbers[name] for name in ON_EFFECT], PRINTED_BY_REVIEW)
    return None


def _is_seen(row: Published) -> bool:
    """Say whether a row is a number on the effect that somebody saw in print."""
    number = printed_number(row.printed)
    is_number = number is not None and not number.bound
    return is_number and row.quantity in ON_EFFECT and not row.blocked and row.kind != FROM_MEMORY


def _of_trial(effect: TrialEffect) -> PrintedEffect | None:
    """Return a reported estimate; the numbers of one print share their decimals."""
    numbers = [getattr(effect.outcome, name) for name in ON_EFFECT]
    if effect.source != "reported" or None in numbers:
        return None
    digits = max(len(repr(number).partition(".")[2]) for number in numbers)
    return _printed([f"{number:.{digits}f}" for number in numbers], PRINTED_BY_TRIAL)


def _printed(texts: Sequence[str], by: str) -> PrintedEffect:
    estimate, low, high = texts
    return PrintedEffect(
        text=f"{estimate} ({low} to {high})",
        estimate=float(estimate),
        low=float(low),
        high=float(high),
        by=by,
    )
