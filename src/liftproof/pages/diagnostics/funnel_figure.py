"""The funnel plot among the figures of a review: of the first analysis of enough results."""

from typing import TYPE_CHECKING

from liftproof.drawing.figure_form import FigureForm
from liftproof.pages.diagnostics.funnel_view import (
    FunnelView,
    funnel_alt_text,
    funnel_caption,
    funnel_description,
    funnel_view,
)
from liftproof.pages.figure_kind import FigureKind, FigurePlace, FigureText
from liftproof.pages.forest.step_analysis import analysis_in_rows, analysis_in_steps
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.result_rows import DiagnosticRow, EffectRow, EstimateRow
from liftproof.vocabulary.measures import MEASURES

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def _places(review: Review) -> tuple[FigurePlace, ...]:
    analysis = analysis_in_steps(review)
    if analysis is None or not has_line(analysis):
        return ()
    return (_place(review.name, analysis.id),)


def has_line(analysis: Analysis) -> bool:
    """Say whether there is a value of no effect, about which the contours stand."""
    return MEASURES[analysis.measure].has_null


def _place(review: str, analysis: str) -> FigurePlace:
    return FigurePlace(review=review, analysis=analysis, stem="funnel")


def _views(review: Review, rows: ResultRows) -> list[FunnelView]:
    analysis = analysis_in_rows(review.settings, rows.of_class(EffectRow))
    if analysis is None or not has_line(analysis):
        return []
    (estimate,) = (row for row in rows.of_class(EstimateRow) if row.analysis == analysis.id)
    effects = [row for row in rows.of_class(EffectRow) if row.analysis == analysis.id]
    found = [row for row in rows.of_class(DiagnosticRow) if row.analysis == analysis.id]
    return [funnel_view(review.settings, estimate, effects, found)]


def funnel_text(view: FunnelView) -> FigureText:
    """Return what is said of a funnel plot."""
    return FigureText(
        place=_place(view.row.review, view.row.analysis),
        key=view.key,
        title=f"{view.title}: {view.subtitle}",
        heading=view.subtitle,
        alt_text=funnel_alt_text(view),
        description=funnel_description(view),
        caption=funnel_caption(view),
    )


def _draw(view: FunnelView, form: FigureForm) -> "Figure":
    from liftproof.pages.diagnostics.funnel_drawing import (  # noqa: PLC0415  see FigureKind
        draw_funnel,
    )

    return draw_funnel(view, form)


FUNNEL = FigureKind(
    name="funnel",
    topic="diagnostics",
    label="Funnel plot",
    shows="The effect of each trial against its standard error, over shades that say how small p "
    "of no effect is there: whether what seems to be missing would have been significant. Hollow: "
    "what trim and fill adds, where it does.",
    places=_places,
    row_classes=(EstimateRow, EffectRow, DiagnosticRow),
    views=_views,
    text=funnel_text,
    draw=_draw,
)
