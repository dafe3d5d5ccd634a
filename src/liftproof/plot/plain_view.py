"""A forest plot of arrays, as the reports lay out theirs: without sources, marks and footnotes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from liftproof.pages.forest.forest_predictive import curve_of
from liftproof.pages.forest.forest_rows import ForestRow, clipped
from liftproof.pages.forest.forest_view import ForestView, axis_of
from liftproof.plot.given import both_arms, words_given
from liftproof.rows.predictive_rows import PredictiveRow
from liftproof.rows.result_rows import EstimateRow
from liftproof.statistics.checks import choose
from liftproof.vocabulary.measure import Measure
from liftproof.vocabulary.measures import MEASURES


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a caller asks of a forest plot, see ``plot.forest``.

    ``code``: of the measure; ``has_notes``: whether heterogeneity and methods stand beneath.
    """

    code: str
    title: str
    below: str
    above: str
    has_notes: bool

    @property
    def measure(self) -> Measure:
        """The measure that is drawn."""
        return MEASURES[self.code]


def wishes_of(measure: str, title: str, arms: tuple[str, str], *, has_notes: bool) -> Wishes:
    """Return what is asked, or raise InputError."""
    choose(MEASURES, measure, "measure")
    below, above = both_arms(arms)
    return Wishes(
        code=measure,
        title=words_given("title", title),
        below=below,
        above=above,
        has_notes=has_notes,
    )


def plain_view(
    wishes: Wishes,
    rows: Sequence[ForestRow],
    estimate: EstimateRow,
    level: float,
    statistics: Iterable[str],
    predictive: Sequence[PredictiveRow] = (),
    **own: Any,
) -> ForestView:
    """Return the plot of rows with its axis; ``own``: fields of :class:`ForestView` beside these.

    ``estimate``: the row of the pool; ``level``: of all limits; ``statistics``: what the notes say;
    ``predictive``: the curve beneath the diamond, empty without one.
    """
    axis = axis_of(rows, wishes.measure, wishes.below, wishes.above)
    curve = curve_of(
        predictive,
        axis,
        wishes.measure,
        intervention=wishes.below,
        below=wishes.below,
        has_spread=bool(estimate.tau2),
    )
    return ForestView(
        title=wishes.title,
        measure=wishes.measure,
        intervention=wishes.below,
        control=wishes.above,
        below=wishes.below,
        above=wishes.above,
        arm_heads=(),
        rows=tuple(clipped(row, axis) for row in (curve.beneath(rows) if curve else rows)),
        axis=axis,
        level=level,
        statistics=tuple(statistics) if wishes.has_notes else (),
        footnotes=(),
        estimate=estimate,
        unverified=0,
        reconstructed=0,
        unadjusted=(),
        source="",
        predictive=curve,
        **own,
    )
