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
    studies = [row.study for row in inputs.effects_of(analysis)]
    rows = (
        (linked(*parts_of(label), *_cited(study, numbers.get(study))), *cells)
        for (label, *cells), study in zip(table.rows, studies, strict=True)
    )
    return replace(table, rows=tuple(rows))


def _cited(study: str, number: int | None) -> tuple[str | CellPart, ...]:
    if number is None:
        return ()
    return " ", CellPart(text=f"[{number}]", url=f"{WITHIN}{reference_key(study)}")
