"""The specification curves among the figures of a review: one where choices are gone through."""

from typing import TYPE_CHECKING

from liftproof.analysis.multiverse.targets import analyses_with_targets
from liftproof.drawing.figure_form import FigureForm
from liftproof.pages.figure_kind import FigureKind, FigurePlace, FigureText
from liftproof.pages.multiverse.curve_view import (
    CurveView,
    curve_alt_text,
    curve_caption,
    curve_description,
    curve_views,
)
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review
from liftproof.rows.multiverse_rows import ChoiceRow, CurveRow, MultiverseRow

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def curve_place(review: str, analysis: str) -> FigurePlace:
    """Return where the specification curve of an analysis stands."""
    return FigurePlace(review=review, analysis=analysis, stem="multiverse")


def curve_places(review: Review) -> tuple[FigurePlace, ...]:
    """Return where the curve stands of each analysis that a print names or that asks for one."""
    return tuple(
        curve_place(review.name, analysis.id) for analysis in analyses_with_targets(review)
    )


def curve_text(view: CurveView) -> FigureText:
    """Return what is said of a specification curve."""
    return FigureText(
        place=curve_place(view.row.review, view.analysis),
        key=view.key,
        title=f"{view.title}: {view.subtitle}",
        heading=view.title,
        alt_text=curve_alt_text(view),
        description=curve_description(view),
        caption=curve_caption(view),
    )


def _views(review: Review, rows: ResultRows) -> list[CurveView]:
    settings = review.settings
    return curve_views(settings, *map(rows.of_class, (MultiverseRow, ChoiceRow, CurveRow)))


def _draw(view: CurveView, form: FigureForm) -> "Figure":
    from liftproof.pages.multiverse.curve_drawing import draw_curve  # noqa: PLC0415  see FigureKind

    return draw_curve(view, form)


CURVE = FigureKind(
    name="multiverse",
    topic="multiverse",
    label="Specification curve",
    shows="Estimates under combinations of defensible choices, in rising order, beside what the "
    "review printed. Below stands which option of each choice a combination took, and how much of "
    "the spread that choice explains.",
    places=curve_places,
    row_classes=(MultiverseRow, ChoiceRow, CurveRow),
    views=_views,
    text=curve_text,
    draw=_draw,
)
