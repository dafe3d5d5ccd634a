"""What is left to the page of a review: rows of long tables, and how the PDF says so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from liftproof.pages.alike_columns import without_alike
from liftproof.pages.table import Cell, PageTable, is_long, prose_apart
from liftproof.report.pdf.blocks import QUIET, Block, Bullets, Heading, NumberedTable, Paragraph
from liftproof.words.text import counted

MOST_ROWS = 40
"""Of a table; what goes beyond two pages is not read on paper."""
LONGEST_AGAIN = 24
"""Signs of a name that was told in the row above."""
AS_ABOVE = "as above"


def left_to_page(what: str) -> Paragraph:
    """Say what stands in the page and not here."""
    return Paragraph(text=f"{what}: in the page of this review, report.html.", style=QUIET)


def shortened(table: PageTable, most: int = MOST_ROWS) -> Iterator[Block]:
    """Yield a table, its first rows alone where it is long, and nothing where it has none.

    A column that is the same in all rows is said in the caption instead.
    """
    if not table.rows:
        return
    short = replace(table, rows=table.rows[:most], verdicts=table.verdicts[:most])
    yield NumberedTable(table=_named_once(without_alike(short)))
    more = len(table.rows) - most
    if more > 0:
        yield left_to_page(f"{counted(more, 'more row')} of this table")


def _named_once(table: PageTable) -> PageTable:
    """Return a table whose rows do not tell again at length what the row above tells.

    One of the same name has the start of it; of a long cell there is said that it is the same.
    """
    above = [(), *table.rows[:-1]]
    rows = tuple(_after(before, row) for before, row in zip(above, table.rows, strict=True))
    return replace(table, rows=rows)


def _after(above: Sequence[Cell], row: Sequence[Cell]) -> tuple[Cell, ...]:
    if not above:
        return tuple(row)
    name = _start(str(row[0])) if row[0] == above[0] else row[0]
    pairs = zip(above[1:], row[1:], strict=True)
    return (name, *(AS_ABOVE if now == before and is_long(now) else now for before, now in pairs))


def _start(name: str) -> str:
    """Return what fits a line of a first column.

    >>> _start("randomised trials only"), _start("running economy, combined methods, all results")
    ('randomised trials only', 'running economy, …')
    """
    if len(name) <= LONGEST_AGAIN:
        return name
    return f"{name[:LONGEST_AGAIN].rpartition(' ')[0]} …"


def prose_below(table: PageTable, most: int = MOST_ROWS) -> Iterator[Block]:
    """Yield a wide table without its last column of prose, and that as a list beneath."""
    if not table.rows:
        return
    narrow, _ = prose_apart(table)
    yield from shortened(narrow, most)
    _, items = prose_apart(replace(table, rows=table.rows[:most]))
    if items:
        yield Heading(text=table.headings[-1].text, level=2)
        yield Bullets(items=items)


def without_prose(table: PageTable, most: int = MOST_ROWS) -> Iterator[Block]:
    """Yield a table without its columns of prose, which are left to the page."""
    kept = [number for number, heading in enumerate(table.headings) if heading.kind != "prose"]
    left = [heading.text for heading in table.headings if heading.kind == "prose"]
    narrow = replace(
        table,
        headings=tuple(table.headings[number] for number in kept),
        rows=tuple(tuple(row[number] for number in kept) for row in table.rows),
    )
    yield from shortened(narrow, most)
    if table.rows:
        yield left_to_page(f"The columns {', '.join(left)}" if len(left) > 1 else left[0])
