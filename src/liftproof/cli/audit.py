"""The verb ``audit``: a paper's forest plot, typed as one table, held against itself."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from liftproof.analysis.audit.whole_audit import Audit, audit
from liftproof.cli.terminal import is_unicode
from liftproof.pages.printed.audit_words import (
    finding_line,
    finding_rows,
    floor_sentence,
    method_sentence,
    number_rows,
    weights_sentence,
)
from liftproof.progress import ProgressLine
from liftproof.reviews.audited_table import read_audited
from liftproof.rows.audit_rows import AuditedNumberRow
from liftproof.stored_digits import stored_row
from liftproof.vocabulary.print_verdicts import VERDICTS
from liftproof.words.text import minus

HEADS = ("line", "row", "number", "printed", "computed", "verdict")


@click.command("audit")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with 12 digits.")
def command(file: Path, as_json: bool) -> None:
    """Hold the rows and pools of a paper's forest plot against each other.

    FILE is a CSV table of the plot as printed: docs/audit.md says which columns it has. Exit code 1
    for a table that cannot be read; what the paper got wrong is the answer, and no fault.
    """
    with ProgressLine("missed numbers") as line:
        found = audit(read_audited(file), line.told)
    if as_json:
        click.echo(as_json_text(found, is_plain=not is_unicode(sys.stdout)))
    else:
        click.echo("\n".join(as_lines(found)))


def as_json_text(found: Audit, *, is_plain: bool = False) -> str:
    """Return the audit as one JSON object; ``is_plain``: characters beyond ASCII are escaped."""
    parts = {
        "file": str(found.table.path),
        "numbers": [stored_row(row) for row in number_rows(found)],
        "findings": [stored_row(row) for row in finding_rows(found)],
        "weights": [stored_row(row) for row in found.weights],
        "floors": [stored_row(row) for row in found.floors],
    }
    return json.dumps(parts, indent=2, ensure_ascii=is_plain)


def as_lines(found: Audit) -> Iterator[str]:
    """Yield the audit for the terminal: pools, numbers that are not reproduced, findings."""
    rows = number_rows(found)
    missed = [row for row in rows if row.verdict not in ("reproduced", "blocked")]
    shown = [row for row in rows if row.kind == "pool" or row in missed]
    yield from _table([HEADS, *map(_cells, shown)])
    hidden = len(rows) - len(shown)
    if hidden:
        yield f"and {hidden} more numbers of trials, reproduced or alone in print"
    yield ""
    for row in missed:
        if row.words:
            yield f"line {row.line}, {row.label}, {row.quantity}: {row.words}"
    for one in finding_rows(found):
        yield finding_line(one)
    for pool in found.numbers.pools:
        yield f"line {pool.row.line}, {pool.row.record.label}: {method_sentence(pool)}"
    for weights in found.weights:
        yield f"line {weights.line}, {weights.label}: {weights_sentence(weights)}"
    for floor in found.floors:
        yield f"line {floor.line}, {floor.label}: {floor_sentence(floor)}"


def _cells(row: AuditedNumberRow) -> tuple[str, ...]:
    texts = (row.quantity, minus(row.printed), _short(row.computed), VERDICTS[row.verdict].name)
    return (str(row.line), row.label, *texts)


def _short(value: float | None) -> str:
    """Return a computed number with four digits, a count with all of them."""
    if value is None:
        return ""
    return minus(f"{value:.0f}" if value.is_integer() else f"{value:.4g}")


def _table(cells: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(line[place]) for line in cells) for place in range(len(HEADS))]
    for line in cells:
        yield "  ".join(map(str.ljust, line, widths)).rstrip()
