"""Printed beside computed estimates among the figures of a review that has any of both."""

from liftproof.pages.figure_kind import FigureKind, FigurePlace, FigureText
from liftproof.pages.printed.reproduction_view import (
    WHOLE,
    reproduction_alt_text,
    reproduction_caption,
    reproduction_description,
    reproduction_view,
)
from liftproof.pages.prints.prints_figure import draw_view
from liftproof.pages.prints.prints_view import PrintsView
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import ReproductionRow

FOLDER = "printed"
"""In place of an analysis: prints of several analyses stand side by side."""


def _place(review: str) -> FigurePlace:
    return FigurePlace(review=review, analysis=FOLDER, stem="reproduction")


def _places(review: Review) -> tuple[FigurePlace, ...]:
    """Return where the figure stands, nowhere where no estimate with limits can be computed."""
    asked: dict[str, set[str]] = {}
    for row in review.published:
        if row.analysis and not row.see and not row.blocked:
            asked.setdefault(row.target, set()).add(row.quantity)
    return (_place(review.name),) if any(asked[key] >= set(WHOLE) for key in asked) else ()


def reproduction_text(view: PrintsView) -> FigureText:
    """Return what is said of the figure."""
    return FigureText(
        place=_place(view.review),
        key=view.key,
        title=view.title,
        heading="Printed and computed estimates",
        alt_text=reproduction_alt_text(view),
        description=reproduction_description(view),
        caption=reproduction_caption(view),
    )


def _views(review: Review, rows: ResultRows) -> list[PrintsView]:
    printed = rows.of_class(ReproductionRow)
    return [reproduction_view(review.settings, printed)] if printed else []


REPRODUCTION = FigureKind(
    name="reproduction",
    topic="printed",
    label="Reproduction plot",
    shows="Each printed estimate with its limits, and beneath it what the trials give today, with "
    "the verdict.",
    places=_places,
    row_classes=(ReproductionRow,),
    views=_views,
    text=reproduction_text,
    draw=draw_view,
)
