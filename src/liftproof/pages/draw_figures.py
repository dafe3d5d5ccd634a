"""Drawing every figure of a review: what the registry lists, in every format and form."""

from pathlib import Path
from typing import Any

from liftproof.drawing.copies import pdf_copy, png_copy
from liftproof.drawing.figure_form import NARROW, WIDE, FigureForm
from liftproof.drawing.save import svg_text
from liftproof.files import write_bytes
from liftproof.pages.figure_kind import FigureKind, View
from liftproof.pages.figures import kinds_drawn, narrow_places
from liftproof.result_tables import read_rows
from liftproof.reviews.model.review import Review

_COPIES = {"pdf": pdf_copy, "png": png_copy}


def views_from(kind: FigureKind[View], review: Review, results: Path) -> list[View]:
    """Return the view models of one kind, from the tables in the folder ``results``."""
    return list(kind.views(review, read_rows(review, results, kind.row_classes)))


def draw_figures(review: Review, results: Path) -> None:
    """Draw all figures of a review below ``results/figures``, from the tables in ``results``."""
    narrow = narrow_places(review)
    for kind in kinds_drawn(review):
        for view in views_from(kind, review, results):
            write_figure(kind, view, results / "figures")
            if kind.text(view).place in narrow:
                write_form(kind, view, results / "figures", NARROW)


def write_figure(kind: FigureKind[Any], view: Any, folder: Path) -> None:
    """Draw one figure and save it below ``folder`` in the formats of its kind; PNG with 300 dpi."""
    write_form(kind, view, folder, WIDE, kind.formats)


def write_form(
    kind: FigureKind[Any],
    view: Any,
    folder: Path,
    form: FigureForm,
    formats: tuple[str, ...] = ("svg",),
) -> None:
    """Draw one figure in a form and save it below ``folder``, its name ended by the form's."""
    text, figure = kind.text(view), kind.draw(view, form)
    said = {"title": text.title, "description": text.description}
    svg = svg_text(figure, key=f"{text.key}{form.suffix}", enlarged=form.enlarged, **said)
    for suffix in formats:
        path = folder / f"{text.place.path}{form.suffix}.{suffix}"
        write_bytes(path, _COPIES[suffix](svg, **said) if suffix in _COPIES else svg.encode())
