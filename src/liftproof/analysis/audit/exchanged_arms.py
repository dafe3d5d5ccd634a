"""Rows whose printed effect follows with their arms exchanged, and the pool with them put back."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from liftproof.analysis.audit.audited_pool import (
    AuditedPool,
    audited_pool,
    gives_effect,
    held_against,
    published_of,
    trial_analysis,
)
from liftproof.analysis.audit.audited_review import measure_of, review_of
from liftproof.analysis.audit.audited_trial import key_of_line
from liftproof.analysis.audit.interval_rules import LIMITS, finding
from liftproof.reviews.audited_table import AuditedRow, AuditedTable
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome
from liftproof.rows.audit_rows import AuditFindingRow
from liftproof.vocabulary.print_verdicts import VERDICTS

OF_ARMS = ("events", "n", "mean", "sd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """The rows of a table whose arms are exchanged, by their lines, and the review without that."""

    lines: frozenset[int]
    review: Review


def exchanged_arms(table: AuditedTable) -> Exchanged:
    """Return the rows that give their printed effect only with their arms exchanged.

    Asked of rows with the numbers of both arms and a printed estimate with both limits; all three
    must round to what the exchanged arms give, and not to what the row gives as it is.
    """
    review = review_of(table)
    lines = frozenset(row.line for row in table.trials if _is_exchanged(row, table, review))
    return Exchanged(lines=lines, review=_put_back(review, lines))


def _is_exchanged(row: AuditedRow, table: AuditedTable, review: Review) -> bool:
    analysis = trial_analysis(row, measure_of(row, table))
    if analysis is None or not all(row.cell(name) for name in LIMITS):
        return False
    back = _put_back(review, {row.line})
    return gives_effect(row, analysis, back) and not gives_effect(row, analysis, review)


def _put_back(review: Review, lines: Collection[int]) -> Review:
    studies = {key_of_line(line) for line in lines}
    outcomes = tuple(_back(one) if one.study in studies else one for one in review.outcomes)
    return replace(review, outcomes=outcomes)


def _back(outcome: Outcome) -> Outcome:
    """Return a result with its arms exchanged."""
    arms = ("intervention", "control")
    return replace(
        outcome,
        **{
            f"{name}_{arm}": getattr(outcome, f"{name}_{other}")
            for name in OF_ARMS
            for arm, other in (arms, arms[::-1])
        },
    )


def exchange_findings(
    table: AuditedTable, pools: Collection[AuditedPool], exchanged: Exchanged
) -> Iterator[AuditFindingRow]:
    """Yield rows whose arms are exchanged, and what their pools are once they are put back."""
    for row in table.trials:
        if row.line in exchanged.lines:
            yield finding("arms_exchanged", row, "row", {})
    for pool in pools:
        labels = [row.record.label for row in pool.trials if row.line in exchanged.lines]
        if labels:
            yield from _of_pool(table, pool, exchanged.review, " and ".join(labels))


def _of_pool(
    table: AuditedTable, pool: AuditedPool, review: Review, labels: str
) -> Iterator[AuditFindingRow]:
    """Yield what a pool's printed numbers do once its rows are put back, if it can be pooled."""
    back = audited_pool(table, pool.row, review)
    if back.pooled is None:
        return
    as_it_is, then = _reproduced(pool, review), _reproduced(back, review)
    gained = [name for name in then if name not in as_it_is]
    numbers = {
        "back": labels,
        "reproduced": str(len(then)),
        "prints": str(len(list(published_of(pool.row)))),
        "before": str(len(as_it_is)),
        "follows": "; ".join(gained) if len(then) > len(as_it_is) else "",
    }
    yield finding("pool_exchanged", pool.row, "row", numbers)


def _reproduced(pool: AuditedPool, review: Review) -> list[str]:
    """Return the printed quantities that a pool gives."""
    if pool.pooled is None:
        return []
    rows = held_against(pool.row, pool.pooled.estimate, review)
    return [one.quantity for one in rows if VERDICTS[one.verdict].reproduces]
