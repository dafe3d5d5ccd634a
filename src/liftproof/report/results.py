"""The report's inputs, read from ``data/reviews/`` and ``results/``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from liftproof import tables
from liftproof.drawing.figure_form import NARROW
from liftproof.pages.figure_kind import FORMATS, FigurePlace
from liftproof.pages.figures import kinds_drawn, narrow_places
from liftproof.pages.inputs import ClaimInputs, DrawnFigure, ResultFile, ReviewInputs
from liftproof.report.result_files import table_files
from liftproof.result_tables import ResultRows, read_rows
from liftproof.reviews import find, read
from liftproof.reviews.model.review import Review
from liftproof.rows.claim_rows import CautionRow, ClaimRow, ReadingRow


def read_claim_inputs(paths: Sequence[str]) -> ClaimInputs:
    """Read claims, their readings and cautions, in this order; none where there are no claims."""
    if not paths:
        return ClaimInputs()
    claims, readings, cautions = (Path(path) for path in paths)
    return ClaimInputs(
        claims=tuple(tables.read(ClaimRow, claims)),
        readings=tuple(tables.read(ReadingRow, readings)),
        cautions=tuple(tables.read(CautionRow, cautions)),
    )


def read_review_inputs(name: str, project: Path, results: Path) -> ReviewInputs:
    """Read one review of a project and what the workflow wrote for it below ``results``."""
    review = read(find(name, project))
    folder = results / name
    rows = read_rows(review, folder)
    return ReviewInputs(
        review=review, results=rows, figures=tuple(_drawn(review, rows, folder / "figures"))
    )


def _drawn(review: Review, rows: ResultRows, folder: Path) -> Iterator[DrawnFigure]:
    """Yield the drawn figures of a review, kind by kind."""
    narrow = narrow_places(review)
    for kind in kinds_drawn(review):
        for view in kind.views(review, rows):
            text = kind.text(view)
            yield DrawnFigure(
                kind=kind.name,
                topic=kind.topic,
                label=kind.label,
                place=text.place,
                heading=text.heading,
                alt_text=text.alt_text,
                caption=text.caption,
                svg=folder / f"{text.place.path}.svg",
                narrow=folder / f"{text.place.path}{NARROW.suffix}.svg"
                if text.place in narrow
                else None,
                files=(*_drawings(text.place), *table_files(review, kind.row_classes)),
            )


def _drawings(place: FigurePlace) -> Iterator[ResultFile]:
    for suffix in FORMATS:
        yield ResultFile(text=suffix.upper(), path=f"figures/{place.path}.{suffix}")
