"""Tables of what the results are held against and rest on: printed numbers and sources."""

from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.printed.verdict_words import (
    REPRISE,
    UNSEEN,
    VERDICTS,
    computed_text,
    described,
    printed_results,
    printed_text,
    verdict_text,
)
from liftproof.pages.sources.provenance_words import KINDS
from liftproof.pages.table import PageTable, headings, joined, shown
from liftproof.rows.result_rows import ReproductionRow
from liftproof.vocabulary.quantities import QUANTITIES


def summary_table(inputs: ReviewInputs) -> PageTable:
    """Return every printed result of a review beside the computed one."""
    results = printed_results(inputs.rows(ReproductionRow))
    return PageTable(
        key=f"summary-{inputs.review.name}-verdicts",
        caption="Printed and computed results; one with limits gets the worst of its verdicts"
        f" ({UNSEEN})",
        headings=headings("Result", "Quantity", "# Printed", "# Computed", "Verdict"),
        rows=tuple(
            (
                result.name,
                result.quantity,
                result.printed,
                result.computed,
                verdict_text(result.verdict),
            )
            for result in results
        ),
        verdicts=tuple(result.verdict for result in results),
    )


def reproduction_table(inputs: ReviewInputs) -> PageTable:
    """Return every printed number of a review with its verdict and explanation."""
    return PageTable(
        key=f"review-{inputs.review.name}-reproduction",
        caption=f"Printed numbers; the computed ones are shown with one digit more ({UNSEEN})",
        headings=headings(
            *("Result", "Quantity", "# Printed", "# Computed", "Verdict"),
            "¶ Explanation, or what is missing",
        ),
        rows=tuple(
            (
                described(row),
                QUANTITIES[row.quantity].name,
                printed_text(row),
                computed_text(row),
                verdict_text(row.verdict),
                _explanation(row),
            )
            for row in inputs.rows(ReproductionRow)
        ),
        verdicts=tuple(row.verdict for row in inputs.rows(ReproductionRow)),
    )


def _explanation(row: ReproductionRow) -> str:
    """Return what was written down, or is missing; causes that were found have their own table."""
    written = {} if row.explanation == "not_needed" else dict.fromkeys((row.missing, row.explained))
    return joined(list(written))


def targets_table(inputs: ReviewInputs) -> PageTable:
    """Return where each printed result stands, and its REPRISE class."""
    targets: dict[str, list[ReproductionRow]] = {}
    for row in inputs.rows(ReproductionRow):
        targets.setdefault(row.target, []).append(row)
    return PageTable(
        key=f"review-{inputs.review.name}-targets",
        caption="Printed results: class and source",
        headings=headings("Result", "REPRISE class", "¶ Printed where", "Known how"),
        rows=tuple(
            (
                described(rows[0]),
                REPRISE[rows[0].reprise],
                "; ".join(dict.fromkeys(shown(row.location) for row in rows)),
                "; ".join(dict.fromkeys(shown(KINDS.get(row.kind, "")) for row in rows)),
            )
            for rows in targets.values()
        ),
    )


def verdicts_table() -> PageTable:
    """Return what the verdicts mean."""
    return PageTable(
        key="verdict-meanings",
        caption="Verdicts, best first",
        headings=headings("Verdict", "Meaning"),
        rows=tuple((verdict_text(code), verdict.meaning) for code, verdict in VERDICTS.items()),
    )
