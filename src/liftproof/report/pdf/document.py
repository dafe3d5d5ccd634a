"""The PDF of a review as blocks, in the order a reader asks."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from liftproof.data_date import data_date
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.sections import SECTIONS
from liftproof.pages.table import LinkedCell
from liftproof.report.own_citation import document_title
from liftproof.report.pdf.about_blocks import (
    citing_blocks,
    reading_blocks,
    reference_blocks,
    review_citation,
    software_blocks,
)
from liftproof.report.pdf.blocks import Block, Contents, Heading
from liftproof.report.pdf.evidence_blocks import (
    certainty_blocks,
    diagnostics_blocks,
    influence_blocks,
    methods_blocks,
    missing_blocks,
    sources_blocks,
    stopping_blocks,
)
from liftproof.report.pdf.results_blocks import (
    answer_blocks,
    contrasts_blocks,
    dose_blocks,
    engines_blocks,
    estimates_blocks,
    forest_blocks,
    multiverse_blocks,
    printed_blocks,
    prints_blocks,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSection:
    """A section of the PDF; without blocks it goes."""

    heading: str
    blocks: Callable[[ReviewInputs], Iterable[Block]]
    needs_trials: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfDocument:
    """A review as it is set; ``day``: the date of its data, None where they have none."""

    title: str
    citation: LinkedCell
    day: datetime.date | None
    blocks: tuple[Block, ...]


_HEADINGS = {section.anchor: section.heading for section in SECTIONS}

PDF_SECTIONS = (
    PdfSection(heading=_HEADINGS["outcomes"], blocks=answer_blocks),
    PdfSection(heading=_HEADINGS["prints"], blocks=prints_blocks, needs_trials=False),
    PdfSection(heading=_HEADINGS["plots"], blocks=forest_blocks),
    PdfSection(heading=_HEADINGS["reproduction-title"], blocks=printed_blocks),
    PdfSection(heading="Do the groups differ?", blocks=contrasts_blocks),
    PdfSection(heading=_HEADINGS["estimates-title"], blocks=estimates_blocks),
    PdfSection(heading=_HEADINGS["multiverse-title"], blocks=multiverse_blocks),
    PdfSection(heading=_HEADINGS["doses-title"], blocks=dose_blocks),
    PdfSection(heading=_HEADINGS["diagnostics-title"], blocks=diagnostics_blocks),
    PdfSection(heading="Influence of single trials", blocks=influence_blocks),
    PdfSection(heading=_HEADINGS["stopping"], blocks=stopping_blocks),
    PdfSection(heading=_HEADINGS["certainty-title"], blocks=certainty_blocks),
    PdfSection(heading=_HEADINGS["missing"], blocks=missing_blocks),
    PdfSection(heading=_HEADINGS["data"], blocks=sources_blocks),
    PdfSection(heading=_HEADINGS["second"], blocks=engines_blocks),
    PdfSection(heading=_HEADINGS["methods"], blocks=methods_blocks),
    PdfSection(heading="How to read this report", blocks=reading_blocks, needs_trials=False),
    PdfSection(heading="How to cite", blocks=citing_blocks, needs_trials=False),
    PdfSection(heading="Software", blocks=software_blocks, needs_trials=False),
    PdfSection(heading="References", blocks=reference_blocks, needs_trials=False),
)


def review_document(inputs: ReviewInputs) -> PdfDocument:
    """Return the PDF of a review, every number in the words of its page."""
    dated = data_date(inputs.review)
    return PdfDocument(
        title=document_title(inputs.review),
        citation=review_citation(inputs.review),
        day=dated.day if dated else None,
        blocks=tuple(_blocks(inputs)),
    )


def _blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield the sections that have anything to show; the contents stand after the first.

    Of prints alone the first is most of all, so that the contents stand before it.
    """
    alone = inputs.review.shows_prints_alone
    sections = (one for one in PDF_SECTIONS if not (alone and one.needs_trials))
    shown = [(one.heading, tuple(one.blocks(inputs))) for one in sections]
    for number, (heading, blocks) in enumerate(each for each in shown if each[1]):
        if number == (0 if alone else 1):
            yield Contents()
        yield Heading(text=heading)
        yield from blocks
