"""A pool whose prints follow from one trial fewer than its table has."""

from collections.abc import Iterator
from dataclasses import replace

from liftproof.analysis.audit.audited_pool import AuditedPool, analyses_of, published_of
from liftproof.analysis.audit.audited_trial import key_of_line
from liftproof.analysis.audit.interval_rules import LIMITS, finding
from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.reproduction import reproduce
from liftproof.errors import LiftproofError
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.audit_rows import AuditFindingRow
from liftproof.vocabulary.models import INVERSE_VARIANCE

FEWEST_TRIALS = 3
"""Of two trials, each would be left with its own result."""
MOST_TRIALS = 100
"""Beyond it, leaving out each of them by each method would take long."""


def other_trials_findings(pool: AuditedPool, review: Review) -> Iterator[AuditFindingRow]:
    """Yield the trials without any one of which, by some method, the printed effect follows.

    Asked where the trials of the table do not give the printed estimate and limits, of which there
    must be all three; all three must round to what the fewer trials give.
    """
    enough = FEWEST_TRIALS <= len(pool.trials) <= MOST_TRIALS
    asked = pool.pooled is not None and enough and all(pool.row.cell(name) for name in LIMITS)
    if not asked or _gives(pool, pool.analysis, review):
        return
    for analysis in analyses_of(pool.row):
        without = [
            row.record.label
            for row in pool.trials
            if _gives(pool, analysis, _without(review, key_of_line(row.line)))
        ]
        if without:
            own = analysis.tau2 if analysis.model == INVERSE_VARIANCE else analysis.model
            numbers = {"method": own, "without": " or ".join(without)}
            yield finding("pool_of_fewer", pool.row, "estimate", numbers)
            return


def _without(review: Review, study: str) -> Review:
    return replace(review, outcomes=tuple(one for one in review.outcomes if one.study != study))


def _gives(pool: AuditedPool, analysis: Analysis, review: Review) -> bool:
    """Say whether the trials of a review give the printed estimate and limits."""
    effect = tuple(one for one in published_of(pool.row) if one.quantity in LIMITS)
    try:
        estimate = pool_analysis(review, analysis).estimate
    except LiftproofError:
        return False
    rows = reproduce(replace(review, published=effect), [estimate])
    return all(row.verdict == "reproduced" for row in rows)
