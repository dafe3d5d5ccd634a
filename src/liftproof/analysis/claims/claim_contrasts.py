"""One analysis of a review held against others: is its effect the larger?"""

from collections.abc import Iterator
from dataclasses import replace
from math import isfinite, log

from liftproof.analysis.claims.claim_prints import PrintedEffect
from liftproof.analysis.claims.pooled_claim import PooledClaim, Reviews, pooled_claim
from liftproof.reviews.model.claim import Claim
from liftproof.rows.claim_rows import COMPUTED, PRINTED, ClaimContrastRow
from liftproof.statistics.distributions import critical_value
from liftproof.statistics.regression.contrasts import independent_contrast
from liftproof.statistics.statements.confidence import confidence_distribution_of
from liftproof.vocabulary.measures import MEASURES

Estimate = tuple[float, float]
"""An estimate and its standard error, analysis scale."""


def contrasts(claim: Claim, of: PooledClaim | None, reviews: Reviews) -> Iterator[ClaimContrastRow]:
    """Yield the contrasts of a claim's analysis with each that it is held against.

    From the trials, and, where both estimates were printed, from these. A contrast with an analysis
    of which nothing can be pooled has no numbers.
    """
    for source in claim.against:
        other = pooled_claim(source, reviews)
        row = ClaimContrastRow(
            claim=claim.id,
            review=claim.review,
            analysis=claim.analysis,
            against=source[1],
            basis=COMPUTED,
        )
        if of is None or other is None:
            yield row
            continue
        row = replace(
            row,
            against_title=other.estimate.title,
            measure=of.specification.measure,
            unverified=_either(of.estimate.unverified, other.estimate.unverified),
            reconstructed=_either(of.estimate.reconstructed, other.estimate.reconstructed),
        )
        yield _with_numbers(row, of, _computed(of), _computed(other))
        if of.printed and other.printed:
            of_print = replace(row, basis=PRINTED, unverified="no", reconstructed="no")
            first = _printed(of, of.printed)
            second = _printed(other, other.printed)
            yield _with_numbers(of_print, of, first, second)


def _with_numbers(
    row: ClaimContrastRow, of: PooledClaim, first: Estimate, second: Estimate
) -> ClaimContrastRow:
    numbers = (*first, *second)
    if not all(map(isfinite, numbers)) or min(first[1], second[1]) <= 0:
        return row
    found = independent_contrast(*first, *second, level=of.specification.level)
    natural = MEASURES[of.specification.measure].natural
    return replace(
        row,
        estimate=natural(float(found.estimate)),
        ci_low=natural(float(found.ci_low)),
        ci_high=natural(float(found.ci_high)),
        z=float(found.statistic),
        p=float(found.p_value),
    )


def _computed(of: PooledClaim) -> Estimate:
    """Return the estimate and the standard error that its interval is drawn from."""
    found = confidence_distribution_of(of.pooled)
    return float(found.estimate), float(found.se)


def _printed(of: PooledClaim, printed: PrintedEffect) -> Estimate:
    """Return a printed estimate, its standard error from the width of the printed limits."""
    estimate, low, high = (
        log(number) if of.is_log else number
        for number in (printed.estimate, printed.low, printed.high)
    )
    return estimate, (high - low) / (2 * float(critical_value(of.specification.level)))


def _either(one: str, other: str) -> str:
    return "yes" if "yes" in (one, other) else "no"
