"""The numbers of the PDF: the answer, captions, alternative texts, and the table of estimates."""

from collections.abc import Iterator
from pathlib import Path

from liftproof.report.gate.finished_review import Difference, FinishedReview
from liftproof.report.gate.shown_pools import bare, pooled_in, shown, told_of
from liftproof.report.pdf.reading import PdfReading
from liftproof.report.pdf.shortening import MOST_ROWS


def pdf_differences(review: FinishedReview, file: Path) -> Iterator[Difference]:
    """Yield what a PDF prints differently of the estimates that it has room for."""
    reading = PdfReading(file.read_bytes())
    text = bare(reading.text)
    titles = [pool.row.title for pool in review.pools]
    for pool in review.pools[:1]:
        for place, said in (
            ("text", told_of(text, pool.row.title, pool.measure, titles)),
            ("caption", pooled_in(text, f"Pooled{pool.measure}")),
            ("alternative text", pooled_in(bare(" ".join(reading.alternatives())), pool.measure)),
        ):
            yield from review.differences(file, place, pool, said)
    for pool in review.pools[: max(0, MOST_ROWS - len(review.groups))]:
        if bare(shown(pool.printed)) not in text:
            yield review.difference(file, "table of estimates", pool, "")
