"""The page of an audit: every printed number beside the computed one, and what the rules find."""

from dataclasses import dataclass

from liftproof.analysis.audit.whole_audit import Audit
from liftproof.pages.printed.audit_words import (
    finding_rows,
    number_rows,
    short_number,
    told_once,
)
from liftproof.pages.printed.audited_pool_words import pool_sentences
from liftproof.pages.table import PageTable, headings, in_words
from liftproof.rows.audit_rows import AuditedNumberRow
from liftproof.vocabulary.print_verdicts import VERDICTS
from liftproof.words.text import capital, minus


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """``title``: name of the file. ``pools``: how they were made, a sentence each."""

    title: str
    findings: PageTable
    causes: PageTable
    pools: tuple[str, ...]
    numbers: PageTable


def audit_page(audit: Audit) -> AuditPage:
    """Return the page of an audit; it names the file, not where that lies."""
    return AuditPage(
        title=audit.table.path.name,
        findings=_findings(audit),
        causes=_causes(audit),
        pools=tuple(map(capital, pool_sentences(audit))),
        numbers=_numbers(audit),
    )


def _findings(audit: Audit) -> PageTable:
    return PageTable(
        key="findings",
        caption="What the rules find: where to look, not that the paper is wrong",
        headings=headings("Row", "# Line", "Column", "¶ Finding", "Rule"),
        rows=tuple(
            (one.label, str(one.line), one.cell, one.words, one.rule) for one in finding_rows(audit)
        ),
    )


def _causes(audit: Audit) -> PageTable:
    rows = [row for row in number_rows(audit) if not VERDICTS[row.verdict].reproduces]
    return PageTable(
        key="causes",
        caption="Numbers that do not follow, and what could have made them",
        headings=headings("Row", "# Line", "Number", "# Printed", "# Computed", "¶ Cause"),
        rows=tuple(
            (*_compared(row), row.words)
            for row in told_once(rows, finding_rows(audit))
            if row.verdict != "blocked"
        ),
    )


def _numbers(audit: Audit) -> PageTable:
    rows = number_rows(audit)
    return PageTable(
        key="numbers",
        caption="Every printed number beside the one computed from the other numbers of the table",
        headings=headings("Row", "# Line", "Number", "# Printed", "# Computed", "Verdict"),
        rows=tuple((*_compared(row), VERDICTS[row.verdict].name) for row in rows),
        verdicts=tuple(row.verdict for row in rows),
    )


def _compared(row: AuditedNumberRow) -> tuple[str, ...]:
    """Return which number of which row it is, as printed and as computed."""
    return (
        row.label,
        str(row.line),
        in_words(row.quantity),
        minus(row.printed),
        short_number(row.computed),
    )
