"""Rules on the numbers of a trial's two arms: counts, percentages, means, standard deviations."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from liftproof.analysis.audit.audited_pool import AuditedPool
from liftproof.analysis.audit.audited_trial import key_of_line
from liftproof.analysis.audit.interval_rules import finding
from liftproof.analysis.causes.question import read_print
from liftproof.analysis.estimates import pool_analysis
from liftproof.errors import LiftproofError
from liftproof.reviews.audited_table import AuditedRow
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome
from liftproof.rows.audit_rows import AuditFindingRow
from liftproof.statistics.printed.granularity import (
    is_possible_mean,
    is_possible_percentage,
    is_possible_sd,
)
from liftproof.statistics.printed.standard_errors import looks_like_se

ARMS = ("intervention", "control")
PERCENT = 100


def arm_findings(row: AuditedRow) -> Iterator[AuditFindingRow]:
    """Yield numbers of an arm that contradict each other, or that no data give."""
    for arm in ARMS:
        yield from _events(row, arm)
        yield from _percentage(row, arm)
        yield from _mean(row, arm)


def _events(row: AuditedRow, arm: str) -> Iterator[AuditFindingRow]:
    events, n = (getattr(row.record, f"{what}_{arm}") for what in ("events", "n"))
    if events is not None and n is not None and events > n:
        yield finding("events_above_n", row, f"events_{arm}", {"events": str(events), "n": str(n)})


def _percentage(row: AuditedRow, arm: str) -> Iterator[AuditFindingRow]:
    """Yield a percentage that is not that of the events, or that no count of the arm gives."""
    column = f"percent_{arm}"
    percentage, n = getattr(row.record, column), getattr(row.record, f"n_{arm}")
    events = getattr(row.record, f"events_{arm}")
    if percentage is None or not n:
        return
    unit = read_print(row.cell(column)).unit
    numbers = {"percentage": row.cell(column), "n": str(n)}
    if not is_possible_percentage(percentage, unit, n):
        yield finding("percentage_impossible", row, column, numbers)
    elif events is not None and abs(PERCENT * events / n - percentage) > unit / 2 * (1 + 1e-9):
        told = {"events": str(events), "exact": f"{PERCENT * events / n:.4g}"}
        yield finding("percentage_not_of_events", row, column, {**numbers, **told})


def _mean(row: AuditedRow, arm: str) -> Iterator[AuditFindingRow]:
    """Yield a mean, or a standard deviation, that whole numbers of the arm cannot have."""
    record = row.record
    mean, sd, n = (getattr(record, f"{what}_{arm}") for what in ("mean", "sd", "n"))
    if record.whole_numbers != "yes" or mean is None or not n:
        return
    unit = read_print(row.cell(f"mean_{arm}")).unit
    numbers = {"mean": row.cell(f"mean_{arm}"), "n": str(n)}
    if not is_possible_mean(mean, unit, n):
        yield finding("mean_impossible", row, f"mean_{arm}", numbers)
    elif sd is not None:
        sd_unit = read_print(row.cell(f"sd_{arm}")).unit
        if not is_possible_sd(mean, unit, sd, sd_unit, n):
            sd_numbers = {**numbers, "sd": row.cell(f"sd_{arm}")}
            yield finding("sd_impossible", row, f"sd_{arm}", sd_numbers)


def se_findings(pool: AuditedPool, review: Review) -> Iterator[AuditFindingRow]:
    """Yield standard deviations that are standard errors by the measure of the other trials'.

    The trials of the pool are of one outcome in one unit, which standardised differences need not
    be. A trial is told once, by its first arm, with the pool if it is so.
    """
    if pool.row.record.measure == "SMD":
        return
    rows = pool.trials
    cells = [
        (row, arm, sd, n)
        for row in rows
        for arm in ARMS
        for sd, n in [(getattr(row.record, f"sd_{arm}"), getattr(row.record, f"n_{arm}"))]
        if sd and n
    ]
    told: set[int] = set()
    looks = looks_like_se(
        np.array([sd for _, _, sd, _ in cells]), np.array([n for _, _, _, n in cells])
    )
    for (row, arm, sd, n), is_se in zip(cells, looks, strict=True):
        if is_se and row.line not in told:
            told.add(row.line)
            others = [one for other, _, one, _ in cells if other is not row]
            numbers = {
                "sd": row.cell(f"sd_{arm}"),
                "n": str(n),
                "usual": f"{np.median(others):.3g}",
                "as_sd": f"{sd * n**0.5:.3g}",
                **_pool_if(pool, row, review),
            }
            yield finding("sd_like_se", row, f"sd_{arm}", numbers)


def _pool_if(pool: AuditedPool, row: AuditedRow, review: Review) -> dict[str, str]:
    """Return the pooled estimate as it is, and if a trial's deviations are standard errors."""
    if pool.pooled is None:
        return {}
    study = key_of_line(row.line)
    outcomes = tuple(_of_errors(one) if one.study == study else one for one in review.outcomes)
    try:
        changed = pool_analysis(replace(review, outcomes=outcomes), pool.analysis)
    except LiftproofError:
        return {}
    ends = [one.estimate.estimate for one in (pool.pooled, changed)]
    if None in ends:
        return {}
    return dict(zip(("pooled", "pooled_if"), (f"{end:.3g}" for end in ends), strict=True))


def _of_errors(outcome: Outcome) -> Outcome:
    """Return a result whose standard deviations are √n times those printed."""
    changed = {
        f"sd_{arm}": sd * n**0.5
        for arm in ARMS
        for sd, n in [(getattr(outcome, f"sd_{arm}"), getattr(outcome, f"n_{arm}"))]
        if sd is not None and n is not None
    }
    return replace(outcome, **changed)
