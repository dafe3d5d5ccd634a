"""The verb ``audit``: a paper's forest plot, typed as one table, held against itself."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from liftproof.analysis.audit.whole_audit import Audit, audit
from liftproof.cli.terminal import is_unicode
from liftproof.errors import WriteError
from liftproof.extras import require_extra
from liftproof.files import write_text
from liftproof.pages.printed.audit_words import (
    cause_lines,
    finding_line,
    finding_rows,
    number_rows,
    short_number,
    told_once,
)
from liftproof.pages.printed.audited_pool_words import pool_sentences
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
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PAGE",
    help="Write a page as well, such as plot.html, which loads nothing from elsewhere.",
)
def command(file: Path, as_json: bool, page: Path | None) -> None:
    """Hold the rows and pools of a paper's forest plot against each other.

    FILE is a CSV table of the plot as printed: docs/audit.md says which columns it has. Exit code 1
    for a table that cannot be read; what the paper got wrong is the answer, and no fault.
    """
    with ProgressLine("missed numbers") as line:
        found = audit(read_audited(file), line.told)
    if page is not None:
        _write_page(page, found)
    if as_json:
        click.echo(as_json_text(found, is_plain=not is_unicode(sys.stdout)))
    else:
        click.echo("\n".join(as_lines(found)))


def _write_page(page: Path, found: Audit) -> None:
    """Write the page of an audit; WriteError where its folder cannot be written to."""
    require_extra("report", "the page of an audit", ("jinja2",))
    from liftproof.report.build import build_audit_page  # noqa: PLC0415 - Jinja2 where it is asked

    try:
        write_text(page, build_audit_page(found))
    except OSError as error:
        raise WriteError(page, error.strerror or str(error)) from error
    click.echo(f"{page} is ready", err=True)


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
    findings = finding_rows(found)
    yield from cause_lines(told_once(missed, findings))
    yield from map(finding_line, findings)
    yield from pool_sentences(found)


def _cells(row: AuditedNumberRow) -> tuple[str, ...]:
    numbers = (row.quantity, minus(row.printed), short_number(row.computed))
    return (str(row.line), row.label, *numbers, VERDICTS[row.verdict].name)


def _table(cells: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(line[place]) for line in cells) for place in range(len(HEADS))]
    for line in cells:
        yield "  ".join(map(str.ljust, line, widths)).rstrip()
