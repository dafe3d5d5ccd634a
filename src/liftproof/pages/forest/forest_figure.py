"""The forest plots among the figures of a review: one an analysis, the first one for blogs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from liftproof.drawing.figure_form import FigureForm
from liftproof.pages.figure_kind import FigureKind, FigurePlace, FigureText
from liftproof.pages.forest.forest_captions import (
    forest_alt_text,
    forest_caption,
    forest_description,
)
from liftproof.pages.forest.forest_extras import ExtraColumn, events_footnote, extra_columns
from liftproof.pages.forest.forest_view import ForestView, forest_view
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Settings
from liftproof.rows.contrast_rows import ALL, SUBGROUPS, ContrastRow
from liftproof.rows.predictive_rows import PredictiveRow
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def forest_place(review: str, analysis: str) -> FigurePlace:
    """Return where the forest plot of an analysis stands.

    >>> forest_place("nordic", "rct_all").anchor
    'review-nordic-rct_all-forest'
    """
    return FigurePlace(review=review, analysis=analysis, stem="forest")


def forest_places(review: Review) -> tuple[FigurePlace, ...]:
    """Return where the forest plot of each analysis stands."""
    return tuple(forest_place(review.name, analysis.id) for analysis in review.settings.analyses)


def views_of_review(review: Review, rows: ResultRows) -> list[ForestView]:
    """Return the forest plot of every analysis, with what its review alone knows of its trials.

    That is the columns that it asks for, and whose counts are of events.
    """
    extras = {
        analysis.id: extra_columns(review, analysis, _effects(rows, analysis.id))
        for analysis in review.settings.analyses
    }
    return [
        replace(view, footnotes=(*view.footnotes, *events_footnote(review, effects)))
        for view in forest_views(review.settings, rows, extras)
        for effects in [_effects(rows, view.estimate.analysis)]
    ]


def forest_views(
    settings: Settings,
    rows: ResultRows,
    extras: Mapping[str, Sequence[ExtraColumn]] = MappingProxyType({}),
) -> list[ForestView]:
    """Return the forest plot of every analysis, in the order of the estimates.

    ``extras``: by analysis, columns beside its trials.
    """
    return [
        forest_view(
            estimate,
            _effects(rows, estimate.analysis),
            [row for row in rows.of_class(SubgroupRow) if row.analysis == estimate.analysis],
            settings,
            _difference(rows, estimate.analysis),
            [row for row in rows.of_class(PredictiveRow) if row.analysis == estimate.analysis],
            extras.get(estimate.analysis, ()),
        )
        for estimate in rows.of_class(EstimateRow)
    ]


def _effects(rows: ResultRows, analysis: str) -> list[EffectRow]:
    return [row for row in rows.of_class(EffectRow) if row.analysis == analysis]


def _difference(rows: ResultRows, analysis: str) -> ContrastRow | None:
    """Return the test whether the subgroups of an analysis differ, None where it has none."""
    tests = (
        row
        for row in rows.of_class(ContrastRow)
        if (row.contrast, row.compared, row.test) == (analysis, SUBGROUPS, ALL)
    )
    return next(tests, None)


def forest_text(view: ForestView) -> FigureText:
    """Return what is said of a forest plot."""
    row = view.estimate
    return FigureText(
        place=forest_place(row.review, row.analysis),
        key=view.key,
        title=f"{view.title}: {view.subtitle}",
        heading=view.subtitle,
        alt_text=forest_alt_text(view),
        description=forest_description(view),
        caption=forest_caption(view),
    )


def _draw(view: ForestView, form: FigureForm) -> "Figure":
    from liftproof.pages.forest.forest_drawing import draw_forest  # noqa: PLC0415  see FigureKind

    return draw_forest(view, form)


FOREST = FigureKind(
    name="forest",
    topic="forest",
    label="Forest plot",
    shows="The effect of each trial with its 95 % limits, and the pooled effect beneath. The area "
    "of a square is the weight of its trial, the diamond is the pooled estimate, and the bar is "
    "where the effect of a new trial would lie; where it is asked for, a curve beneath shows how "
    "such effects are spread.",
    places=forest_places,
    row_classes=(EstimateRow, EffectRow, SubgroupRow, ContrastRow, PredictiveRow),
    views=views_of_review,
    text=forest_text,
    draw=_draw,
    is_for_blogs=True,
)
