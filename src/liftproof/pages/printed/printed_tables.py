"""Tables of what the results are held against and rest on: printed numbers and sources."""

from liftproof.analysis.result_rows import ReproductionRow
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.printed.verdict_words import (
    REPRISE,
    UNSEEN,
    VERDICTS,
    computed_text,
    described,
    printed_text,
    results,
    verdict_text,
)
from liftproof.pages.sources.provenance_words import KINDS
from liftproof.pages.table import Table, headings, in_words, joined, shown
from liftproof.reviews.model.provenance import ProvenanceSummary
from liftproof.reviews.model.review import Review
from liftproof.vocabulary.quantities import QUANTITIES
from liftproof.words.text import minus


def summary_table(inputs: ReviewInputs) -> Table:
    """Return every printed result of a review beside the computed one."""
    found = results(inputs.reproduction)
    return Table(
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
            for result in found
        ),
        verdicts=tuple(result.verdict for result in found),
    )


def reproduction_table(inputs: ReviewInputs) -> Table:
    """Return every printed number of a review with its verdict and explanation."""
    return Table(
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
            for row in inputs.reproduction
        ),
        verdicts=tuple(row.verdict for row in inputs.reproduction),
    )


def _explanation(row: ReproductionRow) -> str:
    """Return what was written down, or is missing; causes that were found have their own table."""
    written = {} if row.explanation == "not_needed" else dict.fromkeys((row.missing, row.explained))
    return joined(list(written))


def targets_table(inputs: ReviewInputs) -> Table:
    """Return where each printed result stands, and its REPRISE class."""
    targets: dict[str, list[ReproductionRow]] = {}
    for row in inputs.reproduction:
        targets.setdefault(row.target, []).append(row)
    return Table(
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


def verdicts_table() -> Table:
    """Return what the verdicts mean."""
    return Table(
        key="verdict-meanings",
        caption="Verdicts, best first",
        headings=headings("Verdict", "Meaning"),
        rows=tuple((verdict_text(code), verdict.meaning) for code, verdict in VERDICTS.items()),
    )


def kinds_table(review: Review, summary: ProvenanceSummary) -> Table:
    """Return how many numbers of a review are known in which way."""
    return Table(
        key=f"review-{review.name}-kinds",
        caption="How the numbers of the trials are known, the firmest first",
        headings=headings("Kind", "Meaning", "# Numbers"),
        rows=tuple(
            (in_words(kind), meaning, str(summary.counts[kind])) for kind, meaning in KINDS.items()
        ),
    )


def marked_table(review: Review, summary: ProvenanceSummary) -> Table:
    """Return every unverified and reconstructed number; those of one origin share a row."""
    labels = {study.study: study.label for study in review.studies}
    numbers: dict[tuple[str, ...], list[str]] = {}
    for row in summary.marked:
        extraction = joined([in_words(name) for name in (row.outcome, row.variant, row.arm)])
        origin = (labels[row.study], extraction, row.kind, shown(row.source), row.note)
        numbers.setdefault(origin, []).append(f"{in_words(row.field)} {minus(str(row.value))}")
    return Table(
        key=f"review-{review.name}-marked",
        caption="Numbers not verified in any source, and numbers reconstructed",
        headings=headings("Trial", "Extraction", "Kind", "¶ Source", "¶ Remark", "¶ Numbers"),
        rows=tuple((*origin, "; ".join(found)) for origin, found in numbers.items()),
    )
