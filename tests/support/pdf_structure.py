"""What a PDF says of itself: catalogue, metadata, outline, pages."""

from liftproof.report.pdf.reading import PdfReading, value_of


class PdfStructure(PdfReading):
    """A reading with what the report itself need not ask again."""

    @property
    def catalog(self) -> str:
        return self._only(b"/Type/Catalog").decode("latin-1")

    @property
    def metadata(self) -> str:
        return self._only(b"/Type/Metadata").decode("utf-8")

    @property
    def page_count(self) -> int:
        return sum(b"/Type/Page/" in body for body in self.objects.values())

    def bookmarks(self) -> list[str]:
        """Return the titles of the outline."""
        items = (body for body in self.objects.values() if body.startswith(b"<</Parent "))
        return [value_of(body, "Title") for body in items]

    def _only(self, kind: bytes) -> bytes:
        (found,) = (body for body in self.objects.values() if kind in body)
        return found
