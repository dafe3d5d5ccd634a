"""Everything that ``liftproof audit`` finds in a table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from liftproof.analysis.audit.arm_rules import arm_findings, se_findings
from liftproof.analysis.audit.audited_pool import AuditedPool
from liftproof.analysis.audit.audited_review import (
    AuditedNumbers,
    audited_numbers,
    measure_of,
    review_of,
)
from liftproof.analysis.audit.audited_trial import why_no_effect
from liftproof.analysis.audit.exchanged_arms import exchange_findings, exchanged_arms
from liftproof.analysis.audit.interval_rules import finding, interval_findings
from liftproof.analysis.audit.other_trials import other_trials_findings
from liftproof.analysis.audit.printed_weights import (
    adds_up,
    weight_findings,
    weight_sum_findings,
    weights_rows,
)
from liftproof.analysis.audit.rounding_floor import floor_rows
from liftproof.analysis.audit.table_rules import total_findings, twin_findings
from liftproof.analysis.causes.question import read_print
from liftproof.analysis.causes.review_causes import CauseFinding, untold
from liftproof.analysis.reproduction import nearness
from liftproof.reviews.audited_table import AuditedTable
from liftproof.rows.audit_rows import AuditedNumberRow, AuditFindingRow, FloorRow, WeightsRow

AS_CLOSE_AS = "estimate"
"""The quantity by whose tolerance a weight is close."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What was found in a table; ``weights_of``: printed weights beside those of the pool."""

    table: AuditedTable
    numbers: AuditedNumbers
    causes: tuple[CauseFinding, ...]
    weights_of: tuple[AuditedNumberRow, ...]
    findings: tuple[AuditFindingRow, ...]
    weights: tuple[WeightsRow, ...]
    floors: tuple[FloorRow, ...]


def audit(table: AuditedTable, told: Callable[[int, int], None] = untold) -> Audit:
    """Return a verdict for every printed number of a forest plot, and what the rules find.

    ``told`` is called with the missed numbers searched for causes and those to search.
    """
    numbers = audited_numbers(table)
    return Audit(
        table=table,
        numbers=numbers,
        causes=numbers.causes(told),
        weights_of=tuple(row for pool in numbers.pools for row in _weight_numbers(pool)),
        findings=rule_findings(table, numbers.pools),
        weights=tuple(weights_rows(numbers.pools)),
        floors=floor_rows(numbers.pools),
    )


def rule_findings(
    table: AuditedTable, pools: tuple[AuditedPool, ...]
) -> tuple[AuditFindingRow, ...]:
    """Return what the rules find, in the order of the file."""
    found = [*_by_row(table), *_across(table, pools)]
    return tuple(sorted(found, key=lambda one: (one.line, one.rule)))


def _by_row(table: AuditedTable) -> Iterator[AuditFindingRow]:
    for row in table.trials:
        measure = measure_of(row, table)
        reason = why_no_effect(row, measure)
        if reason:
            yield finding("no_effect", row, "row", {"measure": measure, "reason": reason})
        yield from interval_findings(row, measure)
        yield from arm_findings(row)
    for row in table.pools:
        yield from interval_findings(row, row.record.measure)


def _across(table: AuditedTable, pools: tuple[AuditedPool, ...]) -> Iterator[AuditFindingRow]:
    yield from twin_findings(table.trials)
    yield from weight_sum_findings(pools)
    yield from weight_findings(pools)
    review, told = review_of(table), set[int]()
    exchanged = exchanged_arms(table)
    yield from exchange_findings(table, pools, exchanged)
    for pool in pools:
        if not exchanged.lines.intersection(row.line for row in pool.trials):
            yield from other_trials_findings(pool, review)
        yield from total_findings(pool, exchanged.lines)
        for one in se_findings(pool, review):
            if one.line not in told:
                told.add(one.line)
                yield one


def _weight_numbers(pool: AuditedPool) -> Iterator[AuditedNumberRow]:
    """Yield the printed weights of a pool's trials beside those of the pool as it was made."""
    if pool.pooled is None or not adds_up(pool):
        return
    computed = {one.study: one.weight_percent for one in pool.pooled.effects}
    for row in pool.trials:
        weight, printed = computed.get(f"line_{row.line}"), row.cell("weight")
        near = "" if weight is None else nearness(weight, read_print(printed), AS_CLOSE_AS)
        yield AuditedNumberRow(
            line=row.line,
            label=row.record.label,
            kind="trial",
            quantity="weight",
            printed=printed,
            computed=weight,
            verdict="blocked" if weight is None else near or "different",
        )
