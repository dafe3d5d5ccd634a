"""Tables of how the numbers of a review are known."""

from collections.abc import Sequence

from liftproof.pages.sources.provenance_words import KINDS, field_name
from liftproof.pages.sources.result_names import ResultNames
from liftproof.pages.sources.source_links import SourceLinks
from liftproof.pages.table import PageTable, headings, in_words, joined
from liftproof.reviews.model.double_readings import DoubleReading
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.sourced_numbers import ProvenanceSummary
from liftproof.words.marks import MARKS
from liftproof.words.text import capital, minus

SIGNS = dict(MARKS)


def kinds_table(review: Review, summary: ProvenanceSummary) -> PageTable:
    """Return how many numbers of a review are known in which way."""
    return PageTable(
        key=f"review-{review.name}-kinds",
        caption="How the numbers of the trials are known, the firmest first",
        headings=headings("Known how", "# Numbers"),
        rows=tuple(
            (f"{capital(meaning)}{SIGNS.get(kind, '')}", str(summary.counts[kind]))
            for kind, meaning in KINDS.items()
        ),
    )


def marked_table(review: Review, summary: ProvenanceSummary) -> PageTable:
    """Return every unverified and reconstructed number; those of one origin share a row.

    Extractions that hold the same numbers from the same origin share one, too.
    """
    labels = {study.study: study.label for study in review.studies}
    links = SourceLinks(review)
    result_names = ResultNames(review)
    numbers: dict[tuple[str, ...], list[str]] = {}
    for row in summary.marked:
        result = result_names.name(row)
        origin = (labels[row.study], result, row.kind, row.source, row.note)
        numbers.setdefault(origin, []).append(f"{field_name(row.field)} {minus(str(row.value))}")
    extractions: dict[tuple[str, ...], list[str]] = {}
    for (label, extraction, *rest), found in numbers.items():
        extractions.setdefault((label, *rest, "; ".join(found)), []).append(extraction)
    return PageTable(
        key=f"review-{review.name}-marked",
        caption="Numbers not verified in any source, and numbers reconstructed",
        headings=headings("Trial", "¶ Extraction", "Kind", "¶ Source", "¶ Remark", "¶ Numbers"),
        rows=tuple(
            (label, "; ".join(named), kind, links.cell(source), note, found)
            for (label, kind, source, note, found), named in extractions.items()
        ),
    )


def checked_table(review: Review) -> PageTable:
    """Return the warnings that are marked as checked, with what was found."""
    return PageTable(
        key=f"review-{review.name}-checked",
        caption="Warnings that were looked into, and what was found",
        headings=headings("Place", "Rule", "¶ Warning", "¶ What was found"),
        rows=tuple(
            (
                f"{one.problem.path.name}, line {one.problem.line}",
                one.problem.rule,
                f"{one.problem.wrong} ({one.problem.found})",
                one.reason,
            )
            for one in review.checked
        ),
    )


def disagreements_table(review: Review, readings: Sequence[DoubleReading]) -> PageTable:
    """Return the numbers that several people read differently: what each read, whose is used."""
    labels = {study.study: study.label for study in review.studies}
    result_names = ResultNames(review)
    return PageTable(
        key=f"review-{review.name}-disagreements",
        caption="Numbers that were read differently, and whose reading is used",
        headings=headings("Trial", "Result", "Number", "¶ Readings", "Used"),
        rows=tuple(
            (
                labels[reading.readings[0].study],
                result_names.name(reading.readings[0]),
                in_words(reading.readings[0].field),
                "; ".join(f"{row.extractor}: {minus(row.value)}" for row in reading.readings),
                joined([row.extractor for row in reading.used]),
            )
            for reading in readings
            if not reading.agrees
        ),
    )
