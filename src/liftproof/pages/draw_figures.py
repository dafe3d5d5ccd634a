"""Drawing every figure of a review: what the registry lists, in every format."""

from pathlib import Path
from typing import Any

from liftproof.drawing.save import save, save_png_of_width
from liftproof.pages.figure_kind import FigureKind, View
from liftproof.pages.figures import PAGE_PIXELS, kinds_drawn
from liftproof.result_tables import read_rows
from liftproof.reviews.model.review import Review


def views_from(kind: FigureKind[View], review: Review, results: Path) -> list[View]:
    """Return the view models of one kind, from the tables in the folder ``results``."""
    return list(kind.views(review.settings, read_rows(review, results, kind.row_classes)))


def draw_figures(review: Review, results: Path) -> None:
    """Draw all figures of a review below ``results/figures``, from the tables in ``results``."""
    for kind in kinds_drawn(review):
        for view in views_from(kind, review, results):
            write_figure(kind, view, results / "figures")


def write_figure(kind: FigureKind[Any], view: Any, folder: Path) -> None:
    """Draw one figure and save it below ``folder`` in the formats of its kind; PNG with 300 dpi."""
    text, figure = kind.text(view), kind.draw(view)
    for suffix in kind.formats:
        save(
            figure,
            folder / f"{text.place.path}.{suffix}",
            key=text.key,
            title=text.title,
            description=text.description,
        )


def write_for_pages(kind: FigureKind[Any], view: Any, folder: Path) -> None:
    """Draw one figure and save it below ``folder`` as PNG of the width for pages."""
    path = folder / f"{kind.text(view).place.path}_{PAGE_PIXELS}px.png"
    save_png_of_width(kind.draw(view), path, PAGE_PIXELS)
