"""Verdicts that changed and cells that were edited, a line each."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from liftproof.analysis.changes.data_edits import CellEdit, DataEdits, RowEdit
from liftproof.analysis.changes.verdict_changes import ClaimChange, PrintedChange
from liftproof.pages.changes.change_numbers import ARROW
from liftproof.pages.claims.claim_numbers import condition_text
from liftproof.pages.printed.verdict_words import computed_text, described
from liftproof.rows.claim_rows import ClaimRow
from liftproof.rows.result_rows import ReproductionRow
from liftproof.vocabulary.print_verdicts import VERDICTS
from liftproof.vocabulary.quantities import QUANTITIES
from liftproof.words.text import counted

MOST_CELLS = 40
"""Cells told one by one: of more, the rest are counted."""
MOST_ROWS = 3
"""Rows named beside how many there are."""
LONGEST = 60
"""Characters of a cell that are shown."""
ABSENT = "none"
SAME = "the same sentence."
"""What stands for a sentence that was told above."""


def printed_line(change: PrintedChange) -> str:
    """Return the verdict on a printed number before and after, with what was computed."""
    row = change.row
    verdicts = ARROW.join(map(_verdict, (change.before, change.after)))
    where = f"{described(row)}, {QUANTITIES[row.quantity].name}"
    later = f"; {change.later}" if change.later else ""
    return f"printed number: {where}, printed {row.printed}: {verdicts}{later}"


def _verdict(row: ReproductionRow | None) -> str:
    if row is None:
        return ABSENT
    return f"{VERDICTS[row.verdict].name} (computed {computed_text(row)})"


def claim_lines(changes: Iterable[ClaimChange]) -> Iterator[str]:
    """Yield the verdict on each published sentence before and after, and what it is taken to say.

    A sentence of which several parts are judged is told once.
    """
    told: set[str] = set()
    for change in changes:
        row = change.row
        verdicts = ARROW.join(map(_claim_verdict, (change.before, change.after)))
        meant = "; ".join(filter(None, (row.part, condition_text(row))))
        claimed = SAME if row.claimed in told else row.claimed
        told.add(row.claimed)
        taken = f" Taken as: {meant}." if meant else ""
        yield f"claim {row.claim}: {verdicts}: {claimed}{taken}"


def _claim_verdict(row: ClaimRow | None) -> str:
    return row.verdict.replace("_", " ") if row else ABSENT


def edit_lines(edits: DataEdits, told: Collection[str]) -> Iterator[str]:
    """Yield what was edited: rows by file, then cells.

    ``told``: trials that were added or removed, of which the rows are only counted.
    """
    for file in dict.fromkeys(row.file for row in edits.rows):
        rows = [row for row in edits.rows if row.file == file]
        yield from _rows("added to", [row for row in rows if row.is_added], told)
        yield from _rows("removed from", [row for row in rows if not row.is_added], told)
    for cell in edits.cells[:MOST_CELLS]:
        yield _cell(cell)
    more = len(edits.cells) - MOST_CELLS
    if more > 0:
        yield f"and {counted(more, 'more cell')}"


def _rows(verb: str, rows: Sequence[RowEdit], told: Collection[str]) -> Iterator[str]:
    named = [_short(row.row) for row in rows if row.study not in told]
    names = f": {'; '.join(named[:MOST_ROWS])}" if named else ""
    more = "; …" if len(named) > MOST_ROWS else ""
    if rows:
        yield f"{counted(len(rows), 'row')} {verb} {rows[0].file}{names}{more}"


def _cell(edit: CellEdit) -> str:
    row = f"{edit.row}: " if edit.row else ""
    before, after = (_short(text) for text in (edit.before, edit.after))
    return f"{edit.file}: {row}{edit.column}: {before}{ARROW}{after}"


def _short(text: str) -> str:
    """Return a cell as it is typed, cut where it is long; "empty" where it is.

    >>> _short(""), _short("0.480")
    ('empty', '0.480')
    """
    return (text if len(text) <= LONGEST else f"{text[:LONGEST]}…") or "empty"
