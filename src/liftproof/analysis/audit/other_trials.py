"""A pool whose prints follow from one trial fewer than its table has."""

from collections.abc import Iterator
from dataclasses import replace

from liftproof.analysis.audit.audited_pool import (
    AuditedPool,
    analyses_of,
    gives_effect,
    method_name,
)
from liftproof.analysis.audit.audited_trial import key_of_line
from liftproof.analysis.audit.interval_rules import LIMITS, finding
from liftproof.reviews.model.review import Review
from liftproof.rows.audit_rows import AuditFindingRow

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
    if not asked or gives_effect(pool.row, pool.analysis, review):
        return
    for analysis in analyses_of(pool.row):
        without = [
            row.record.label
            for row in pool.trials
            if gives_effect(pool.row, analysis, _without(review, key_of_line(row.line)))
        ]
        if without:
            own = method_name(analysis.model, analysis.tau2)
            numbers = {"method": own, "without": " or ".join(without)}
            yield finding("pool_of_fewer", pool.row, "estimate", numbers)
            return


def _without(review: Review, study: str) -> Review:
    return replace(review, outcomes=tuple(one for one in review.outcomes if one.study != study))
