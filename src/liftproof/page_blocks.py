"""The generated parts of the project's pages: verdicts counted, dictionaries of columns."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from liftproof.analysis.audit.whole_audit import audit
from liftproof.columns import Column, columns
from liftproof.errors import UsageError
from liftproof.pages.printed.audit_words import finding_line, finding_rows
from liftproof.pages.printed.verdict_words import verdict_text
from liftproof.result_tables import RESULT_TABLES
from liftproof.reviews.audited_table import read_audited
from liftproof.reviews.model.audited_line import AuditedLine
from liftproof.reviews.model.review_tables import REQUIRED_TABLES, TABLES
from liftproof.rows.drawn_rows import DrawnRow
from liftproof.rows.result_rows import ReproductionRow, counted_here
from liftproof.rows.simulation_rows import SimulationRow
from liftproof.run_tables import RUN_TABLES
from liftproof.vocabulary.print_verdicts import VERDICTS
from liftproof.vocabulary.warning_rules import WARNING_RULES
from liftproof.words.numbers import percent

RESULTS: Mapping[str, type] = {
    **{table.file: row_class for row_class, table in RESULT_TABLES.items()},
    **{file: row_class for row_class, file in RUN_TABLES.items()},
    "blog/<review>/data.csv": DrawnRow,
}
"""The files that the workflow writes for each review, by name."""

_KINDS = {
    "key": "key",
    "text": "text",
    "count": "whole number",
    "share": "whole number, or a fraction of a divided arm",
    "number": "number",
    "date": "date",
    "p": "p value",
}


def verdict_counts(reproductions: Mapping[str, Sequence[ReproductionRow]]) -> str:
    """Return a Markdown table of how many printed numbers of each review got each verdict.

    ``reproductions``: by title of a review, its rows. Sentences beneath say what share of all the
    verdicts have, the blocked ones first. A print that another review holds is counted there.
    """
    own = {title: counted_here(rows) for title, rows in reproductions.items()}
    counts = {title: Counter(row.verdict for row in rows) for title, rows in own.items()}
    total = sum(counts.values(), Counter[str]())
    table = _table(
        ("review", "printed numbers", *(verdict_text(code) for code in VERDICTS)),
        [_counted(title, count) for title, count in (*counts.items(), ("**all**", total))],
    )
    copies = sum(map(len, reproductions.values())) - total.total()
    return f"{table}\n\n{' '.join(_shares(total, copies))}"


def _shares(total: Counter[str], copies: int) -> Iterator[str]:
    """Yield what the counts of verdicts say; ``copies``: prints that another review holds."""
    share = percent(100 * total["blocked"] / max(1, total.total()))
    yield (
        f"Of {total.total()} printed numbers {total['blocked']} ({share}) are blocked: "
        "the data at hand cannot give them."
    )
    if total["fitted"]:
        yield f"{total['fitted']} are fitted: inputs were chosen so that they follow."
    holding = sum(total[code] for code, verdict in VERDICTS.items() if verdict.reproduces)
    others = total.total() - total["blocked"] - total["fitted"]
    yield f"Of the other {others}, {holding} are reproduced or close."
    if copies:
        yield f"{copies} more are held by another review of these, and counted there alone."


def _counted(title: str, count: Counter[str]) -> tuple[str, ...]:
    return (title, str(count.total()), *(str(count[code]) for code in VERDICTS))


def column_dictionary() -> str:
    """Return a Markdown table of the columns of each CSV file of a review."""
    return "\n\n".join(
        f"`{name}`{'' if name in REQUIRED_TABLES else ' (optional)'}\n\n"
        + _table(
            ("column", "meaning", "holds", "required"),
            [(*_described(item), "yes" if item.required else "") for item in columns(table)],
        )
        for name, table in TABLES.items()
    )


def warning_rules() -> str:
    """Return a Markdown table of the rules behind warnings."""
    return _table(
        ("rule", "finds", "source"),
        [(f"`{rule.code}`", rule.name, rule.source) for rule in WARNING_RULES.values()],
    )


def audit_dictionary() -> str:
    """Return a Markdown table of the columns that a table for an audit may have."""
    return _table(
        ("column", "meaning", "holds", "required"),
        [(*_described(item), "yes" if item.required else "") for item in columns(AuditedLine)],
    )


def audit_example(table: Path) -> str:
    """Return what the rules find in a table, as the lines of a block of text."""
    found = finding_rows(audit(read_audited(table)))
    lines = "\n".join(map(finding_line, found))
    return f"```text\n{lines}\n```"


def simulation_dictionary() -> str:
    """Return a Markdown table of the columns of a coverage study."""
    return _table(
        ("column", "meaning", "holds"), [_described(item) for item in columns(SimulationRow)]
    )


def result_dictionary() -> str:
    """Return a Markdown table of the columns of each CSV file under ``results/<review>/``."""
    return "\n\n".join(
        f"`{name}`\n\n"
        + _table(("column", "meaning", "holds"), [_described(item) for item in columns(table)])
        for name, table in RESULTS.items()
    )


def replace_block(text: str, name: str, content: str) -> str:
    """Return ``text`` with ``content`` between ``<!-- name:start -->`` and ``<!-- name:end -->``.

    Raises UsageError unless each marker stands in ``text`` once, in that order.
    """
    start, end = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    before, found_start, rest = text.partition(start)
    _, found_end, after = rest.partition(end)
    if not (found_start and found_end and text.count(start) == text.count(end) == 1):
        raise UsageError(f"the text needs {start} and then {end}, each once")
    return f"{before}{start}\n{content}\n{end}{after}"


def _described(item: Column) -> tuple[str, str, str]:
    return f"`{item.name}`", item.meaning, _holds(item)


def _holds(item: Column) -> str:
    if item.allowed:
        return ", ".join(f"`{value}`" for value in item.allowed)
    return _KINDS[item.kind]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([_escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", " ")
