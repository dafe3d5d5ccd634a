"""The section on what other reviews printed: a figure and a table, nothing computed."""

from dataclasses import dataclass

from liftproof.pages.inputs import DrawnFigure, ReviewInputs
from liftproof.pages.prints.prints_figure import PRINTS
from liftproof.pages.prints.prints_view import NOT_COMPUTED, about, shown
from liftproof.pages.sources.provenance_words import KINDS
from liftproof.pages.table import Cell, CellPart, LinkedCell, PageTable, headings
from liftproof.pages.table import shown as cell
from liftproof.rows.print_rows import PrintRow
from liftproof.words.names import review_called
from liftproof.words.text import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintsSection:
    """``figures``: one, or none where no print is a ratio with limits."""

    sentence: str
    figures: tuple[DrawnFigure, ...]
    table: PageTable


def prints_section(inputs: ReviewInputs) -> PrintsSection | None:
    """Return the prints of a review, None where it shows none."""
    rows = inputs.rows(PrintRow)
    if not rows:
        return None
    return PrintsSection(
        sentence=prints_sentence(rows),
        figures=inputs.figures_of(PRINTS.name),
        table=_table(inputs.review.name, rows),
    )


def prints_sentence(rows: tuple[PrintRow, ...]) -> str:
    """Return how many prints there are, of how many reviews, and that none was computed."""
    reviews = counted(len({(row.label, row.year) for row in rows}), "review")
    held = sum(bool(row.see) for row in rows)
    elsewhere = f" {held} of them have their verdicts in other reviews here." if held else ""
    return f"{counted(len(rows), 'printed result')} of {reviews}. {NOT_COMPUTED}{elsewhere}"


def _table(review: str, rows: tuple[PrintRow, ...]) -> PageTable:
    return PageTable(
        key=f"review-{review}-prints",
        caption="What was printed, by topic",
        headings=headings(
            *("Review", "Topic", "¶ Of whom and what", "# Printed", "¶ Where", "Known how"),
            "¶ Remark",
        ),
        rows=tuple(
            (
                row.label,
                row.topic,
                about(row),
                shown(row),
                _where(row),
                cell(KINDS.get(row.kind, "")),
                cell(row.note),
            )
            for row in rows
        ),
    )


def _where(row: PrintRow) -> Cell:
    doi = f"doi {row.doi}" if row.doi else ""
    source = "; ".join(part for part in (row.source, doi) if part)
    if not row.see:
        return source
    name = row.see.partition("/")[0]
    verdict = CellPart(
        text=f"verdict in the report “{review_called(name)}”", url=verdicts_address(name)
    )
    return LinkedCell(parts=(CellPart(text=f"{source}; "), verdict))


def verdicts_address(review: str) -> str:
    """Return where the verdicts of another review stand, from the page of a review.

    >>> verdicts_address("nordic")
    '../nordic/report.html#review-nordic-reproduction-title'
    """
    return f"../{review}/report.html#review-{review}-reproduction-title"
