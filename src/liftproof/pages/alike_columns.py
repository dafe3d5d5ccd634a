"""Columns that say the same in every row of a table: its caption says that once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from liftproof.pages.table import NOTHING, LinkedCell, PageTable, TableHeading

FEWEST_ALIKE = 3
"""Rows from which on a column that says the same in each of them is said once."""
VERDICT = "Verdict"
_EMPTY = ("", NOTHING)


def without_alike(table: PageTable, keep: Sequence[str] = ()) -> PageTable:
    """Return a table without the columns that are the same in every row; its caption says them.

    The first column stays, and links. Of columns headed by a text of ``keep`` only those that are
    empty throughout go; such columns go from a table of any length.
    """
    alike = {
        number: str(cells[0])
        for number, cells in enumerate(zip(*table.rows, strict=True))
        if number
        and (_is_empty(cells) or (table.headings[number].text not in keep and _is_alike(cells)))
    }
    if not alike:
        return table
    kept = [number for number in range(len(table.headings)) if number not in alike]
    return replace(
        table,
        caption=" ".join([_ended(table.caption), *_said(table.headings, alike)]),
        headings=tuple(table.headings[number] for number in kept),
        rows=tuple(tuple(row[number] for number in kept) for row in table.rows),
    )


def for_page(table: PageTable) -> PageTable:
    """Return a table as a page shows it: numbers and verdicts keep their columns, for the eye runs
    down them; words that are alike in every row are said once.
    """
    keep = [each.text for each in table.headings if each.kind == "number" or each.text == VERDICT]
    return without_alike(table, keep)


def _is_empty(cells: Sequence[object]) -> bool:
    return all(cell in _EMPTY for cell in cells)


def _is_alike(cells: Sequence[object]) -> bool:
    is_linked = isinstance(cells[0], LinkedCell) and any(part.url for part in cells[0].parts)
    return len(cells) >= FEWEST_ALIKE and len(set(cells)) == 1 and not is_linked


def _ended(caption: str) -> str:
    return caption if caption.endswith(".") else f"{caption}."


def _said(headings: Sequence[TableHeading], alike: Mapping[int, str]) -> Iterator[str]:
    """Yield a sentence on the columns that are the same in all rows, one on the empty ones."""
    same = [f"{headings[n].text}: {text}" for n, text in alike.items() if text not in _EMPTY]
    empty = [headings[n].text for n, text in alike.items() if text in _EMPTY]
    if same:
        yield f"The same in all rows: {'; '.join(same)}."
    if empty:
        yield f"Empty in all rows: {'; '.join(empty)}."
