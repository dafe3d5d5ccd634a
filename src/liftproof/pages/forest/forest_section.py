"""Figures in the page: the drawing itself, its caption, and what stands beneath it."""

from dataclasses import dataclass

from markupsafe import Markup

from liftproof.pages.drawn import drawn
from liftproof.pages.estimates.estimate_tables import effects_table
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A forest plot in the page, and the trials behind it; ``anchor`` is its id."""

    anchor: str
    title: str
    svg: Markup
    caption: str
    trials: Table


def forest_anchor(review: str, analysis: str) -> str:
    """Return the id of an analysis's forest plot.

    >>> forest_anchor("nordic", "rct_all")
    'review-nordic-rct_all-forest'
    """
    return f"review-{review}-{analysis}-forest"


def forest_plots(inputs: ReviewInputs) -> tuple[Plot, ...]:
    """Return the forest plots of a review, in the order of its figures."""
    by_analysis = {row.analysis: row for row in inputs.estimates}
    return tuple(
        Plot(
            anchor=forest_anchor(inputs.review.name, figure.analysis),
            title=inputs.title_of(figure.analysis),
            svg=drawn(figure.svg),
            caption=figure.caption,
            trials=effects_table(inputs, by_analysis[figure.analysis]),
        )
        for figure in inputs.figures
    )
