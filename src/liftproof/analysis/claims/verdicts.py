"""From a claim and the numbers that bear on it to the rule that decides, and its verdict."""

from collections.abc import Mapping, Sequence

from liftproof.analysis.claims.better_side import is_no_better, worse_limit
from liftproof.analysis.claims.required_results import RequiredResult
from liftproof.reviews.model.claim import Claim
from liftproof.rows.claim_rows import (
    CERTAINTY,
    CONTRARY,
    DOSE_DATA,
    ELSEWHERE,
    FEW_GIVE,
    GROUP,
    HARM,
    HOLDS,
    NO_DATA,
    NO_EFFECT,
    NO_POOL,
    NOT_SUPPORTED,
    NOT_TESTABLE,
    OTHER_TRAINING,
    REASON,
    SIZE,
    SUPPORTED,
    WEAKER,
    ClaimContrastRow,
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
    OTHER_TRAINING: NOT_TESTABLE,
    NO_EFFECT: NOT_SUPPORTED,
    CONTRARY: NOT_SUPPORTED,
    HARM: NOT_SUPPORTED,
    SIZE: WEAKER,
    CERTAINTY: WEAKER,
    FEW_GIVE: WEAKER,
    GROUP: ELSEWHERE,
    HOLDS: SUPPORTED,
}
"""The rules in the order in which they are asked; the first that applies decides."""


def why_of_effect(claim: Claim, row: ClaimRow, least_share: float) -> str:
    """Return the rule that decides a claim on an effect."""
    worse = worse_limit(row.ci_low, row.ci_high, row.better)
    if claim.point is None or row.estimate is None or worse is None:
        return NO_POOL
    no_effect = MEASURES[row.measure].no_effect
    if is_no_better(row.estimate, no_effect, row.better):
        return CONTRARY if is_enough(row.exposure_trials, row, least_share) else OTHER_TRAINING
    if is_no_better(worse, no_effect, row.better):
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


def why_of_required(row: ClaimRow, results: Sequence[RequiredResult], least_share: float) -> str:
    """Return the rule that decides a claim on results that the trials have to give, without harm.

    A trial that tells of one arm alone does not count as one that gives them.
    """
    if not any(each.is_counted for each in results):
        return NO_DATA
    if any(each.is_harm for each in results):
        return HARM
    if not is_enough(row.required_trials, row, least_share):
        return FEW_GIVE
    return HOLDS if is_of_groups(row, least_share) else GROUP


def why_of_contrasts(
    row: ClaimRow, contrasts: Sequence[ClaimContrastRow], least_share: float
) -> str:
    """Return the rule that decides a claim that an effect is better than others.

    An effect that is ahead of some for certain, of others by the estimate alone, lacks certainty;
    of what is computed and what was printed, the one that holds least decides.
    """
    if any(each.estimate is None or each.ci_high is None for each in contrasts):
        return NO_POOL
    if any(is_behind(each, row.better) for each in contrasts):
        return CONTRARY
    behind = {each.against for each in contrasts if not is_ahead(each, row.better)}
    if behind == {each.against for each in contrasts}:
        return NO_EFFECT
    if behind:
        return CERTAINTY
    return HOLDS if is_of_groups(row, least_share) else GROUP


def is_behind(contrast: ClaimContrastRow, better: str) -> bool:
    """Say whether the estimate is no better than that which it is held against."""
    none = MEASURES[contrast.measure].no_effect
    return contrast.estimate is not None and is_no_better(contrast.estimate, none, better)


def is_ahead(contrast: ClaimContrastRow, better: str) -> bool:
    """Say whether the estimate is better for certain: the interval excludes no difference."""
    worse = worse_limit(contrast.ci_low, contrast.ci_high, better)
    none = MEASURES[contrast.measure].no_effect
    return worse is not None and not is_no_better(worse, none, better)


def is_of_groups(row: ClaimRow, least_share: float) -> bool:
    """Say whether enough of the pooled trials are of what a sentence implies."""
    counts = (row.population_trials, row.exposure_trials, row.outcome_trials)
    return all(is_enough(count, row, least_share) for count in counts)


def is_enough(count: int | None, row: ClaimRow, least_share: float) -> bool:
    """Say whether so many of the pooled trials are enough; where nothing is implied, they are."""
    return count is None or not row.studies or count >= least_share * row.studies
