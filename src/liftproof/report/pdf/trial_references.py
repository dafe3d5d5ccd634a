"""The numbers by which trials are cited: the places of their publications among the references."""

from dataclasses import replace

from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.table import CellPart, PageTable
from liftproof.report.pdf.blocks import linked, parts_of

WITHIN = "#"
"""How the address of a place within the document begins."""


def reference_key(study: str) -> str:
    """Return the end of a link to a trial among the references.

    >>> reference_key("askling2003")
    'trial-askling2003'
    """
    return f"trial-{study}"


def with_references(table: PageTable, inputs: ReviewInputs, analysis: str) -> PageTable:
    """Return the table of an analysis's effects, each trial with the number of its reference."""
    numbers = {study.study: place for place, study in enumerate(inputs.review.studies, start=1)}
    cited = [
        CellPart(text=f"[{numbers[row.study]}]", url=f"{WITHIN}{reference_key(row.study)}")
        for row in inputs.effects_of(analysis)
    ]
    rows = (
        (linked(*parts_of(label), " ", number), *cells)
        for (label, *cells), number in zip(table.rows, cited, strict=True)
    )
    return replace(table, rows=tuple(rows))
