"""Tables of what the results are held against and rest on: printed numbers and sources."""

from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.printed.block_words import block_counts, blocked_here, group_name
from liftproof.pages.printed.verdict_words import (
    REPRISE,
    UNSEEN,
    computed_text,
    described,
    printed_results,
    printed_text,
    report_of,
    row_verdict,
    verdict_text,
)
from liftproof.pages.sources.provenance_words import KINDS
from liftproof.pages.sources.source_links import SourceLinks
from liftproof.pages.table import PageTable, headings, joined, shown
from liftproof.reviews.model.printed_number import decimals_in, with_zeros
from liftproof.rows.result_rows import ReproductionRow
from liftproof.vocabulary.print_verdicts import VERDICTS
from liftproof.vocabulary.quantities import QUANTITIES
from liftproof.words.text import minus


def summary_table(inputs: ReviewInputs) -> PageTable:
    """Return every printed result of a review beside the computed one, but not the blocked ones."""
    results = printed_results(_not_blocked(inputs))
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
                row_verdict(result.verdict, result.see),
            )
            for result in results
        ),
        verdicts=tuple(result.verdict for result in results),
    )


def reproduction_table(inputs: ReviewInputs) -> PageTable:
    """Return every printed number of a review with its verdict and explanation, if not blocked."""
    rows = _not_blocked(inputs)
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
                row_verdict(row.verdict, row.see),
                _explanation(row),
            )
            for row in rows
        ),
        verdicts=tuple(row.verdict for row in rows),
    )


def block_groups_table(inputs: ReviewInputs) -> PageTable:
    """Return how many printed numbers each group of reasons blocks, and what would unblock them."""
    return PageTable(
        key=f"review-{inputs.review.name}-block-groups",
        caption="Why printed numbers are blocked, the commonest reason first",
        headings=headings("Reason", "# Printed numbers", "¶ What would unblock them"),
        rows=tuple(
            (one.name, str(one.count), one.remedy)
            for one in block_counts(inputs.rows(ReproductionRow))
        ),
    )


def blocked_table(inputs: ReviewInputs) -> PageTable:
    """Return the blocked numbers one by one, with what each of them lacks."""
    return PageTable(
        key=f"review-{inputs.review.name}-blocked",
        caption=f"Blocked numbers ({UNSEEN})",
        headings=headings("Result", "Quantity", "# Printed", "Reason", "¶ What is missing"),
        rows=tuple(
            (
                described(row),
                QUANTITIES[row.quantity].name,
                printed_text(row),
                group_name(row),
                _explanation(row),
            )
            for row in blocked_here(inputs.rows(ReproductionRow))
        ),
    )


def _not_blocked(inputs: ReviewInputs) -> list[ReproductionRow]:
    """Return all rows but the blocked ones; a print that another review holds stands among them."""
    return [row for row in inputs.rows(ReproductionRow) if row.verdict != "blocked" or row.see]


def _explanation(row: ReproductionRow) -> str:
    """Return what was written down, or is missing; causes that were found have their own table."""
    written = [row.missing, row.explained]
    if row.see:
        written = [f"Held in {report_of(row.see)}."]
    elif row.verdict == "fitted":
        written = [row.fitted]
    elif row.explanation == "not_needed":
        written = []
    written += [_lost_zeros(row)]
    return joined(list(dict.fromkeys(written)))


def _lost_zeros(row: ReproductionRow) -> str:
    """Say that a number is held to more decimals than it shows; empty where it is not."""
    if not row.decimals or row.verdict == "blocked" or row.decimals <= decimals_in(row.printed):
        return ""
    return (
        f"Compared as {minus(with_zeros(row.printed, row.decimals))}, with as many decimals as the "
        "numbers printed beside it."
    )


def targets_table(inputs: ReviewInputs) -> PageTable:
    """Return where each printed result stands, and its REPRISE class."""
    links = SourceLinks(inputs.review)
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
                links.joined(row.location for row in rows),
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
