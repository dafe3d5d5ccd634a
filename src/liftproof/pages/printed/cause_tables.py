"""The table of what made printed numbers differ from the computed ones."""

from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.printed.cause_words import FINDINGS
from liftproof.pages.printed.verdict_words import (
    UNSEEN,
    computed_text,
    described,
    printed_text,
)
from liftproof.pages.table import PageTable, headings
from liftproof.rows.cause_rows import CauseRow
from liftproof.rows.result_rows import ReproductionRow
from liftproof.vocabulary.quantities import QUANTITIES


def causes_table(inputs: ReviewInputs) -> PageTable:
    """Return what was found for every printed number that is missed or contradicted."""
    printed = {(row.target, row.quantity): row for row in inputs.rows(ReproductionRow)}
    return PageTable(
        key=f"review-{inputs.review.name}-causes",
        caption="Printed numbers that the computed ones do not round to, and what was found; a "
        "departure that gives the print need not be what happened. Pairs of departures are not "
        "tried for three-level models, nor departures of method for slopes "
        f" ({UNSEEN})",
        headings=headings(
            *("Result", "Quantity", "# Printed", "# Computed", "Finding", "¶ What was found"),
            "¶ Explanation of the review's own record",
        ),
        rows=tuple(
            _cells(row, printed[row.target, row.quantity])
            for row in inputs.rows(CauseRow)
            if (row.target, row.quantity) in printed
        ),
    )


def _cells(row: CauseRow, printed: ReproductionRow) -> tuple[str, ...]:
    return (
        described(printed),
        QUANTITIES[row.quantity].name,
        printed_text(printed),
        computed_text(printed),
        FINDINGS[row.finding],
        row.words,
        row.explained,
    )
