"""Where a source is to be found: its text with links, by DOI or by PubMed number."""

from collections.abc import Iterable, Iterator, Mapping

from liftproof.pages.table import NOTHING, Cell, CellPart, LinkedCell
from liftproof.reviews.model.identifiers import (
    Fingerprint,
    Identifier,
    fingerprint,
    named_in,
    publications,
)
from liftproof.reviews.model.review import Review


class SourceLinks:
    """The links of a review's sources: named in their own text, or those of its publications."""

    def __init__(self, review: Review) -> None:
        """Take the trials' and the review's own identifiers."""
        self._known: Mapping[Fingerprint, tuple[Identifier, ...]] = publications(review)

    def cell(self, source: str) -> Cell:
        """Return a source as a cell: DOIs and PubMed numbers in it are links, else one follows.

        A source without any of its own is looked up by first author, year, volume and page.
        """
        if not source:
            return NOTHING
        parts = tuple(_in_place(source))
        if any(part.url for part in parts):
            return LinkedCell(parts=parts)
        mark = fingerprint(source)
        known = self._known.get(mark, ()) if mark else ()
        if not known:
            return source
        followed = (CellPart(text=each.text, url=each.url) for each in known)
        return LinkedCell(parts=(CellPart(text=f"{source} "), *followed))

    def joined(self, sources: Iterable[str]) -> Cell:
        """Return several sources as one cell, each once; a dash where there is none."""
        cells = [self.cell(source) for source in dict.fromkeys(sources)]
        if all(isinstance(cell, str) for cell in cells):
            return "; ".join(map(str, cells)) or NOTHING
        parts: list[CellPart] = []
        for cell in cells:
            between = [CellPart(text="; ")] if parts else []
            pieces = (CellPart(text=cell),) if isinstance(cell, str) else cell.parts
            parts += [*between, *pieces]
        return LinkedCell(parts=tuple(parts))


def _in_place(source: str) -> Iterator[CellPart]:
    """Yield a text in pieces, what is named in it as links."""
    end = 0
    for begin, stop, each in named_in(source):
        if begin > end:
            yield CellPart(text=source[end:begin])
        yield CellPart(text=source[begin:stop], url=each.url)
        end = stop
    if end < len(source):
        yield CellPart(text=source[end:])
