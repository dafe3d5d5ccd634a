"""The icon array among the figures of a review: of its first judged ratio that gives risks."""

from typing import TYPE_CHECKING

from liftproof.drawing.figure_form import FigureForm
from liftproof.pages.certainty.icon_view import (
    IconView,
    first_finding,
    icon_alt_text,
    icon_caption,
    icon_view,
)
from liftproof.pages.figure_kind import FigureKind, FigurePlace, FigureText
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Settings
from liftproof.rows.certainty_rows import FindingRow

if TYPE_CHECKING:
    from matplotlib.figure import Figure


RATIOS = ("RR", "OR", "IRR", "HR")
"""Ratios that give a risk at a baseline risk, as ``statements.absolute`` computes it."""


def _of_ratios(settings: Settings) -> list[str]:
    return [one.id for one in settings.analyses if one.measure in RATIOS]


def _place(review: str, analysis: str) -> FigurePlace:
    return FigurePlace(review=review, analysis=analysis, stem="icons")


def _places(review: Review) -> tuple[FigurePlace, ...]:
    judged = {row.analysis for row in review.grades}
    ids = [one for one in _of_ratios(review.settings) if one in judged]
    return tuple(_place(review.name, one) for one in ids[:1])


def _views(review: Review, rows: ResultRows) -> list[IconView]:
    settings, found = review.settings, rows.of_class(FindingRow)
    judged = {row.analysis for row in found}
    ids = [one for one in _of_ratios(settings) if one in judged]
    return [icon_view(settings, first_finding(settings, found, ids))] if ids else []


def icon_text(view: IconView) -> FigureText:
    """Return what is said of an icon array."""
    alt_text = icon_alt_text(view)
    return FigureText(
        place=_place(view.row.review, view.row.analysis),
        key=view.key,
        title=view.title,
        heading=f"Of 1000 people: {view.row.title}",
        alt_text=alt_text,
        description="\n".join((alt_text, *view.notes)),
        caption=icon_caption(view),
    )


def _draw(view: IconView, form: FigureForm) -> "Figure":
    from liftproof.pages.certainty.icon_drawing import draw_icons  # noqa: PLC0415  see FigureKind

    return draw_icons(view, form)


ICONS = FigureKind(
    name="icons",
    topic="certainty",
    label="Icon array",
    shows="Of 1000 people, how many have an event without the intervention and with it.",
    places=_places,
    row_classes=(FindingRow,),
    views=_views,
    text=icon_text,
    draw=_draw,
)
