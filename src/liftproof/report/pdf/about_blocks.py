"""What ends a PDF: how to read and to cite it, the software, the references."""

from collections.abc import Iterator

from liftproof.pages.estimates.shared_sentences import shared_methods
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.printed.printed_tables import verdicts_table
from liftproof.pages.sources.trial_sources import TrialSource, trial_sources
from liftproof.pages.table import CellPart, LinkedCell
from liftproof.report.how_to_read import LIMITS
from liftproof.report.own_citation import own_citation, whose_report
from liftproof.report.pdf.blocks import (
    Block,
    Bullets,
    Heading,
    NumberedTable,
    Paragraph,
    References,
    linked,
)
from liftproof.report.pdf.trial_references import reference_key
from liftproof.reviews.model.identifiers import doi_link
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import ReproductionRow
from liftproof.software import versions
from liftproof.words.references import cited


def review_citation(review: Review) -> LinkedCell:
    """Return how the review itself is cited, with its DOI; no pieces where neither is known."""
    pieces: list[str | CellPart] = []
    if review.settings.citation:
        pieces.append(f"{review.settings.citation} ")
    if review.settings.doi:
        link = doi_link(review.settings.doi)
        pieces.append(CellPart(text=link.text, url=link.url))
    return linked(*pieces)


def reading_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield what the verdicts mean, where it has any, and what a report cannot tell."""
    if inputs.rows(ReproductionRow):
        yield NumberedTable(table=verdicts_table())
    yield Heading(text="What this report cannot tell", level=2)
    yield Bullets(items=LIMITS)


def citing_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield how to cite the review, its recomputation and its trials."""
    review = inputs.review
    if review_citation(review).parts:
        yield Paragraph(text=linked("The review: ", *review_citation(review).parts))
    yield Paragraph(text=f"{whose_report(review)} {own_citation(review)}")
    if review.studies:
        yield Paragraph(text="The trials: their publications, under References.")


def software_blocks(_: ReviewInputs) -> Iterator[Block]:
    """Yield the versions of the software."""
    yield Paragraph(text=", ".join(f"{name} {number}" for name, number in versions()) + ".")


def reference_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield the publications of the trials, numbered, and the papers behind the methods."""
    studies = [study.study for study in inputs.review.studies]
    if studies:
        yield References(
            keys=tuple(map(reference_key, studies)),
            items=tuple(_trial(source) for source in trial_sources(inputs)),
        )
    papers = cited(" ".join(shared.text for shared in shared_methods(inputs)))
    if papers:
        yield Heading(text="Papers behind the methods", level=2)
        links = [(paper.full, doi_link(paper.doi)) for paper in papers]
        yield Bullets(
            items=tuple(
                linked(f"{full} ", CellPart(text=link.text, url=link.url)) for full, link in links
            )
        )


def _trial(source: TrialSource) -> LinkedCell:
    links = (piece for link in source.links for piece in (" ", link))
    return linked(f"{source.label}: {source.publication}", *links)
