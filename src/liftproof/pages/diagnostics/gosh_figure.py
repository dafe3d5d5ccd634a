"""The GOSH plot among the figures of a review: of its first analysis of enough results."""

from typing import TYPE_CHECKING

from liftproof.drawing.figure_form import FigureForm
from liftproof.pages.diagnostics.gosh_view import HEADING, STEM, GoshView, gosh_view
from liftproof.pages.figure_kind import FigureKind, FigurePlace, FigureText, text_of
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.analysis_of_results import FEWEST_IN_SUBSETS, first_of_results
from liftproof.reviews.model.review import Review
from liftproof.rows.gosh_rows import GoshRow
from liftproof.rows.result_rows import EffectRow, EstimateRow

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def _places(review: Review) -> tuple[FigurePlace, ...]:
    analysis = first_of_results(review, FEWEST_IN_SUBSETS)
    if analysis is None:
        return ()
    return (FigurePlace(review=review.name, analysis=analysis.id, stem=STEM),)


def _views(review: Review, rows: ResultRows) -> list[GoshView]:
    analysis = first_of_results(review, FEWEST_IN_SUBSETS)
    if analysis is None:
        return []
    (estimate,) = (row for row in rows.of_class(EstimateRow) if row.analysis == analysis.id)
    effects = [row for row in rows.of_class(EffectRow) if row.analysis == analysis.id]
    return [gosh_view(review.settings, estimate, effects, rows.of_class(GoshRow))]


def gosh_text(view: GoshView) -> FigureText:
    """Return what is said of a GOSH plot."""
    return text_of(
        view,
        FigurePlace(review=view.row.review, analysis=view.row.analysis, stem=STEM),
        heading=HEADING,
        caption=f"{view.title}. {' '.join(view.notes)}",
    )


def _draw(view: GoshView, form: FigureForm) -> "Figure":
    from liftproof.pages.diagnostics.gosh_drawing import draw_gosh  # noqa: PLC0415  see FigureKind

    return draw_gosh(view, form)


GOSH = FigureKind(
    name=STEM,
    topic="diagnostics",
    label="GOSH plot",
    shows="The pooled effect of every subset of the trials against its I², or of a sample of them, "
    "those with the trial that moves the effect most in another colour, with the spread of both.",
    places=_places,
    row_classes=(EstimateRow, EffectRow, GoshRow),
    views=_views,
    text=gosh_text,
    draw=_draw,
)
