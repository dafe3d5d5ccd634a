"""The bubble plots among the figures of a review: one a question on dose."""

from typing import TYPE_CHECKING

from liftproof.drawing.figure_form import FigureForm
from liftproof.pages.dose.dose_view import (
    DoseView,
    dose_alt_text,
    dose_caption,
    dose_description,
    dose_views,
)
from liftproof.pages.figure_kind import FigureKind, FigurePlace, FigureText
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review
from liftproof.rows.dose_rows import DoseCurveRow, DoseRow, DoseTrialRow

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def dose_place(review: str, analysis: str, dose: str) -> FigurePlace:
    """Return where the plot of a question stands; the ids of questions are unique in a review."""
    return FigurePlace(review=review, analysis=analysis, stem=f"dose_{dose}", called=f"dose-{dose}")


def dose_places(review: Review) -> tuple[FigurePlace, ...]:
    """Return where the plots of a review's questions stand."""
    return tuple(
        dose_place(review.name, question.analysis, question.id) for question in review.settings.dose
    )


def dose_text(view: DoseView) -> FigureText:
    """Return what is said of a bubble plot."""
    return FigureText(
        place=dose_place(view.row.review, view.row.analysis, view.row.dose),
        key=view.key,
        title=view.title,
        heading=view.title,
        alt_text=dose_alt_text(view),
        description=dose_description(view),
        caption=dose_caption(view),
    )


def _views(review: Review, rows: ResultRows) -> list[DoseView]:
    settings = review.settings
    return dose_views(settings, *map(rows.of_class, (DoseRow, DoseTrialRow, DoseCurveRow)))


def _draw(view: DoseView, form: FigureForm) -> "Figure":
    from liftproof.pages.dose.dose_drawing import draw_dose  # noqa: PLC0415  see FigureKind

    return draw_dose(view, form)


DOSE = FigureKind(
    name="dose",
    topic="dose",
    label="Bubble plot",
    shows="The effect of each trial against its dose, with the line of the regression and its 95 % "
    "limits. Trials were not randomised to their dose: the line is an association between trials.",
    places=dose_places,
    row_classes=(DoseRow, DoseTrialRow, DoseCurveRow),
    views=_views,
    text=dose_text,
    draw=_draw,
)
