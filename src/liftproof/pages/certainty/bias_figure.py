"""Traffic lights of the risk of bias among the figures of a review that holds judgements."""

from typing import TYPE_CHECKING

from liftproof.drawing.figure_form import FigureForm
from liftproof.pages.certainty.bias_view import BiasView, bias_view
from liftproof.pages.figure_kind import FigureKind, FigurePlace, FigureText, text_of
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOLDER = "trials"
"""In place of an analysis: trials are judged, whichever analysis they enter."""


def _place(review: str) -> FigurePlace:
    return FigurePlace(review=review, analysis=FOLDER, stem="risk_of_bias")


def _places(review: Review) -> tuple[FigurePlace, ...]:
    return (_place(review.name),) if review.risk_of_bias else ()


def _views(review: Review, _: ResultRows) -> list[BiasView]:
    return [bias_view(review)] if review.risk_of_bias else []


def bias_text(view: BiasView) -> FigureText:
    """Return what is said of the traffic lights."""
    return text_of(
        view,
        _place(view.review),
        heading="Risk of bias",
        caption=f"{view.alt_text} {' '.join(view.notes)}",
    )


def _draw(view: BiasView, form: FigureForm) -> "Figure":
    from liftproof.pages.certainty.bias_drawing import draw_bias  # noqa: PLC0415  see FigureKind

    return draw_bias(view, form)


RISK_OF_BIAS = FigureKind(
    name="risk_of_bias",
    topic="certainty",
    label="Risk-of-bias traffic lights",
    shows="Each judgement on the risk of bias of a trial, by domain, with a sign beside the "
    "colour, and a bar a domain: how many trials have which.",
    places=_places,
    row_classes=(),
    views=_views,
    text=bias_text,
    draw=_draw,
)
