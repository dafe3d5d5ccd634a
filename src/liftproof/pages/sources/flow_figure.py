"""The flow of trials among the figures of a review: into its first analysis."""

from typing import TYPE_CHECKING

from liftproof.drawing.figure_form import FigureForm
from liftproof.pages.figure_kind import FigureKind, FigurePlace, FigureText, text_of
from liftproof.pages.sources.flow_view import FlowView, flow_view
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import EffectRow

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def _place(review: str, analysis: str) -> FigurePlace:
    return FigurePlace(review=review, analysis=analysis, stem="flow")


def _places(review: Review) -> tuple[FigurePlace, ...]:
    return tuple(_place(review.name, one.id) for one in review.settings.analyses[:1])


def _views(review: Review, rows: ResultRows) -> list[FlowView]:
    effects = rows.of_class(EffectRow)
    return [flow_view(review, effects)] if _places(review) else []


def flow_text(view: FlowView) -> FigureText:
    """Return what is said of a flow of trials."""
    return text_of(
        view,
        _place(view.review, view.analysis),
        heading="Flow of trials",
        caption=f"{view.alt_text} {' '.join(view.notes)}",
    )


def _draw(view: FlowView, form: FigureForm) -> "Figure":
    from liftproof.pages.sources.flow_drawing import draw_flow  # noqa: PLC0415  see FigureKind

    return draw_flow(view, form)


FLOW = FigureKind(
    name="flow",
    topic="sources",
    label="Flow of trials",
    shows="Which trials a review holds, which of them its first analysis pools, and why the others "
    "are not in it. Nothing is said of a search: data hold none.",
    places=_places,
    row_classes=(EffectRow,),
    views=_views,
    text=flow_text,
    draw=_draw,
)
