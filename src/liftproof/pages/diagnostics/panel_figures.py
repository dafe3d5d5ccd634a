"""Baujat's plot, the p-value function and sequential monitoring among the figures of a review.

Of the first analysis of enough results, as the funnel plot and the estimates in steps are.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from liftproof.drawing.figure_form import FigureForm
from liftproof.pages.diagnostics import baujat_view, monitoring_view, p_value_view
from liftproof.pages.diagnostics.funnel_figure import has_line
from liftproof.pages.diagnostics.panel_view import PanelView
from liftproof.pages.figure_kind import FigureKind, FigurePlace, FigureText, text_of
from liftproof.pages.forest.step_analysis import analysis_in_rows, analysis_in_steps
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Settings
from liftproof.rows.result_rows import DiagnosticRow, EffectRow, EstimateRow

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Made = Callable[
    [Settings, EstimateRow, Sequence[EffectRow], Sequence[DiagnosticRow]],
    PanelView,
]


def _places(review: Review, stem: str) -> tuple[FigurePlace, ...]:
    analysis = analysis_in_steps(review)
    if analysis is None or not has_line(analysis):
        return ()
    return (FigurePlace(review=review.name, analysis=analysis.id, stem=stem),)


def _views(review: Review, rows: ResultRows, made: Made) -> list[PanelView]:
    settings, effects = review.settings, rows.of_class(EffectRow)
    analysis = analysis_in_rows(settings, effects)
    if analysis is None or not has_line(analysis):
        return []
    (estimate,) = (row for row in rows.of_class(EstimateRow) if row.analysis == analysis.id)
    own = [row for row in effects if row.analysis == analysis.id]
    found = [row for row in rows.of_class(DiagnosticRow) if row.analysis == analysis.id]
    return [made(settings, estimate, own, found)]


def panel_text(view: PanelView) -> FigureText:
    """Return what is said of such a plot."""
    return text_of(
        view,
        FigurePlace(review=view.row.review, analysis=view.row.analysis, stem=view.stem),
        heading=view.heading,
        caption=view.caption,
    )


def _draw(view: PanelView, form: FigureForm) -> "Figure":
    from liftproof.pages.diagnostics.panel_drawing import (  # noqa: PLC0415  see FigureKind
        draw_panel,
    )

    return draw_panel(view, form)


def _kind(stem: str, label: str, shows: str, made: Made) -> FigureKind[PanelView]:
    return FigureKind(
        name=stem,
        topic="diagnostics",
        label=label,
        shows=shows,
        places=lambda review: _places(review, stem),
        row_classes=(EstimateRow, EffectRow, DiagnosticRow),
        views=lambda review, rows: _views(review, rows, made),
        text=panel_text,
        draw=_draw,
    )


BAUJAT = _kind(
    baujat_view.STEM,
    "Baujat plot",
    "What each trial adds to Q against how far the pooled effect would move without it.",
    baujat_view.baujat_view,
)
P_VALUES = _kind(
    p_value_view.STEM,
    "P-value function",
    "The limits of the pooled effect at several levels, and so p of each value of the effect.",
    p_value_view.p_value_view,
)
MONITORING = _kind(
    monitoring_view.STEM,
    "Sequential monitoring",
    "z as trials came in, against the boundaries at which a sequence of looks may stop.",
    monitoring_view.monitoring_view,
)
PANELS = (BAUJAT, P_VALUES, MONITORING)
