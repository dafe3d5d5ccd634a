"""Tables of how the numbers of a review are known."""

from liftproof.pages.sources.provenance_words import KINDS
from liftproof.pages.table import PageTable, headings, in_words, joined, shown
from liftproof.reviews.model.provenance import ProvenanceSummary
from liftproof.reviews.model.review import Review
from liftproof.words.text import minus


def kinds_table(review: Review, summary: ProvenanceSummary) -> PageTable:
    """Return how many numbers of a review are known in which way."""
    return PageTable(
        key=f"review-{review.name}-kinds",
        caption="How the numbers of the trials are known, the firmest first",
        headings=headings("Kind", "Meaning", "# Numbers"),
        rows=tuple(
            (in_words(kind), meaning, str(summary.counts[kind])) for kind, meaning in KINDS.items()
        ),
    )


def marked_table(review: Review, summary: ProvenanceSummary) -> PageTable:
    """Return every unverified and reconstructed number; those of one origin share a row."""
    labels = {study.study: study.label for study in review.studies}
    numbers: dict[tuple[str, ...], list[str]] = {}
    for row in summary.marked:
        extraction = joined([in_words(name) for name in (row.outcome, row.variant, row.arm)])
        origin = (labels[row.study], extraction, row.kind, shown(row.source), row.note)
        numbers.setdefault(origin, []).append(f"{in_words(row.field)} {minus(str(row.value))}")
    return PageTable(
        key=f"review-{review.name}-marked",
        caption="Numbers not verified in any source, and numbers reconstructed",
        headings=headings("Trial", "Extraction", "Kind", "¶ Source", "¶ Remark", "¶ Numbers"),
        rows=tuple((*origin, "; ".join(found)) for origin, found in numbers.items()),
    )
