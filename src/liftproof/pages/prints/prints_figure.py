"""The figure of printed estimates among the figures of a review, where it shows any."""

from typing import TYPE_CHECKING

from liftproof.drawing.figure_form import FigureForm
from liftproof.pages.figure_kind import FigureKind, FigurePlace, FigureText
from liftproof.pages.prints.prints_view import (
    PrintsView,
    is_drawn,
    prints_alt_text,
    prints_caption,
    prints_description,
    prints_view,
)
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review
from liftproof.rows.print_rows import PrintRow
from liftproof.vocabulary.measures import MEASURES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOLDER = "prints"
"""In place of an analysis: prints belong to none."""


def prints_place(review: str) -> FigurePlace:
    """Return where the figure stands."""
    return FigurePlace(review=review, analysis=FOLDER, stem="estimates")


def prints_places(review: Review) -> tuple[FigurePlace, ...]:
    """Return where the figure stands, nowhere where the review holds no ratio with limits."""
    has_ratios = any(
        MEASURES[row.measure].is_log and row.ci_low and row.ci_high for row in review.prints
    )
    return (prints_place(review.name),) if has_ratios else ()


def prints_text(view: PrintsView) -> FigureText:
    """Return what is said of the figure."""
    return FigureText(
        place=prints_place(view.review),
        key=view.key,
        title=view.title,
        heading="Printed estimates",
        alt_text=prints_alt_text(view),
        description=prints_description(view),
        caption=prints_caption(view),
    )


def _views(review: Review, rows: ResultRows) -> list[PrintsView]:
    prints = rows.of_class(PrintRow)
    own = [row for row in prints if is_drawn(row) and not row.see]
    return [prints_view(review.settings, prints)] if own else []


def draw_view(view: PrintsView, form: FigureForm) -> "Figure":
    """Draw a view, with what draws imported when it is needed."""
    from liftproof.pages.prints.prints_drawing import draw_prints  # noqa: PLC0415  see FigureKind

    return draw_prints(view, form)


PRINTS = FigureKind(
    name="prints",
    topic="prints",
    label="Printed estimates",
    shows="What other reviews printed, with 95 % limits, by topic. Nothing is computed or pooled; "
    "filled marks are held by another review of the project, which has their verdicts.",
    places=prints_places,
    row_classes=(PrintRow,),
    views=_views,
    text=prints_text,
    draw=draw_view,
)
