"""From a claim and the numbers that bear on it to the rule that decides, and its verdict."""

from collections.abc import Mapping

from liftproof.reviews.model.claim import Claim
from liftproof.rows.claim_rows import (
    CERTAINTY,
    CONTRARY,
    DOSE_DATA,
    ELSEWHERE,
    GROUP,
    HOLDS,
    NO_DATA,
    NO_EFFECT,
    NO_POOL,
    NOT_SUPPORTED,
    NOT_TESTABLE,
    REASON,
    SIZE,
    SUPPORTED,
    WEAKER,
    ClaimRow,
)
from liftproof.rows.dose_rows import INCONCLUSIVE, TOO_FEW, DoseRow
from liftproof.rows.dose_rows import NOT_TESTABLE as NO_LINE
from liftproof.vocabulary.measures import MEASURES

VERDICT_OF: Mapping[str, str] = {
    REASON: NOT_TESTABLE,
    NO_DATA: NOT_TESTABLE,
    NO_POOL: NOT_TESTABLE,
    DOSE_DATA: NOT_TESTABLE,
    NO_EFFECT: NOT_SUPPORTED,
    CONTRARY: NOT_SUPPORTED,
    SIZE: WEAKER,
    CERTAINTY: WEAKER,
    GROUP: ELSEWHERE,
    HOLDS: SUPPORTED,
}
"""The rules in the order in which they are asked; the first that applies decides."""


def why_of_effect(claim: Claim, row: ClaimRow, least_share: float) -> str:
    """Return the rule that decides a claim on an effect; lower values are better."""
    if claim.point is None or row.estimate is None or row.ci_low is None or row.ci_high is None:
        return NO_POOL
    no_effect = MEASURES[row.measure].no_effect
    if row.estimate >= no_effect:
        return CONTRARY
    if row.ci_high >= no_effect:
        return NO_EFFECT
    if not claim.point.holds(row.estimate):
        return SIZE
    if row.fails:
        return CERTAINTY
    return HOLDS if is_of_groups(row, least_share) else GROUP


def why_of_dose(row: ClaimRow, model: DoseRow | None, least_share: float) -> str:
    """Return the rule that decides a claim on dose: that more of it goes with lower values."""
    if model is None or model.verdict == NO_LINE:
        return DOSE_DATA
    if model.verdict == INCONCLUSIVE:
        return NO_EFFECT
    if model.slope is not None and model.slope >= 0:
        return CONTRARY
    if model.verdict == TOO_FEW:
        return CERTAINTY
    return HOLDS if is_of_groups(row, least_share) else GROUP


def is_of_groups(row: ClaimRow, least_share: float) -> bool:
    """Say whether enough of the pooled trials are of the population and exposure implied."""
    return all(
        count is None or not row.studies or count >= least_share * row.studies
        for count in (row.population_trials, row.exposure_trials)
    )
