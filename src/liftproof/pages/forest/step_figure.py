"""The figures of an estimate in steps: as trials came in, as they were added, without each."""

from typing import TYPE_CHECKING

from liftproof.drawing.figure_form import FigureForm
from liftproof.pages.figure_kind import FigureKind, FigurePlace, FigureText
from liftproof.pages.forest.step_analysis import (
    analysis_in_rows,
    analysis_in_steps,
    is_added_to,
)
from liftproof.pages.forest.step_view import (
    ADDITIONS,
    CUMULATIVE,
    LEAVE_ONE_OUT,
    StepKind,
    StepView,
    step_alt_text,
    step_caption,
    step_description,
    step_view,
)
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review
from liftproof.rows.change_rows import ChangeRow
from liftproof.rows.result_rows import DiagnosticRow, EffectRow, EstimateRow

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def _places(review: Review, kinds: tuple[StepKind, ...]) -> tuple[FigurePlace, ...]:
    analysis = analysis_in_steps(review)
    if analysis is None:
        return ()
    return tuple(
        FigurePlace(review=review.name, analysis=analysis.id, stem=kind.stem)
        for kind in kinds
        if kind is not ADDITIONS or is_added_to(review)
    )


def _views(review: Review, rows: ResultRows, kinds: tuple[StepKind, ...]) -> list[StepView]:
    analysis = analysis_in_rows(review.settings, rows.of_class(EffectRow))
    if analysis is None:
        return []
    (estimate,) = (row for row in rows.of_class(EstimateRow) if row.analysis == analysis.id)
    changes = [row for row in rows.of_class(ChangeRow) if row.analysis == analysis.id]
    return [
        step_view(kind, review.settings, rows, estimate)
        for kind in kinds
        if kind is not ADDITIONS or changes
    ]


def step_text(view: StepView) -> FigureText:
    """Return what is said of an estimate in steps."""
    row = view.forest.estimate
    return FigureText(
        place=FigurePlace(review=row.review, analysis=row.analysis, stem=view.kind.stem),
        key=view.forest.key,
        title=f"{view.forest.title}: {view.forest.subtitle}",
        heading=view.forest.subtitle,
        alt_text=step_alt_text(view),
        description=step_description(view),
        caption=step_caption(view),
    )


def _draw(view: StepView, form: FigureForm) -> "Figure":
    from liftproof.pages.forest.forest_drawing import draw_forest  # noqa: PLC0415  see FigureKind

    return draw_forest(view.forest, form)


def _kind(name: str, label: str, shows: str, kinds: tuple[StepKind, ...]) -> FigureKind[StepView]:
    return FigureKind(
        name=name,
        topic="forest",
        label=label,
        shows=shows,
        places=lambda review: _places(review, kinds),
        row_classes=(EstimateRow, EffectRow, DiagnosticRow, ChangeRow),
        views=lambda review, rows: _views(review, rows, kinds),
        text=step_text,
        draw=_draw,
    )


IN_TIME = _kind(
    "cumulative",
    "Cumulative forest plot",
    "The pooled effect after each trial, in the order in which they came in; where trials have "
    "dates of addition, a second one shows what the review gave on each.",
    (CUMULATIVE, ADDITIONS),
)
WITHOUT_EACH = _kind(
    "leave_one_out",
    "Leave-one-out plot",
    "The pooled effect of all trials but one, for each trial, and that of all beneath.",
    (LEAVE_ONE_OUT,),
)
