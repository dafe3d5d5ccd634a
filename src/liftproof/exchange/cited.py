"""The citations of a review's trials, for files of reference managers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from liftproof.exchange.citation import Citation, citation_of
from liftproof.exchange.draft import STUDIES, rows_in
from liftproof.exchange.review_reading import read_draft
from liftproof.files import write_text
from liftproof.reviews.files.typed_numbers import plain

Cited = Mapping[str, Citation]
"""Key of a trial to its citation."""


def write_cited(folder: Path, file: Path, as_text: Callable[[Cited], str]) -> tuple[str, ...]:
    """Write the citations of a review's trials; return what the file does not hold."""
    draft = read_draft(folder)
    rows = [row.cells for row in rows_in(draft, STUDIES)]
    write_text(file, as_text({cells["study"]: _citation(cells) for cells in rows}))
    whole = (
        f"{cells['study']}: parts of its citation; it is the title as a whole"
        for cells in rows
        if cells.get("citation") and citation_of(cells["citation"]) is None
    )
    lost = (f"{table.shown}: more than citations" for table in draft.tables.values())
    return (*draft.notices, *lost, *whole)


def _citation(cells: Mapping[str, str]) -> Citation:
    """Return a trial's citation; where its parts cannot be told apart, all of it is the title."""
    text = cells.get("citation", "")
    parts = citation_of(text) or Citation(line=0, title=text or cells["label"])
    return replace(
        parts,
        year=parts.year or plain(Decimal(cells["year"])),
        doi=cells.get("doi", ""),
        pmid=cells.get("pmid", ""),
    )
