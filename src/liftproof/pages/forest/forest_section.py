"""The section of forest plots: beneath each drawing the trials behind it in numbers."""

from dataclasses import dataclass

from liftproof.pages.estimates.estimate_tables import effects_table
from liftproof.pages.forest.forest_figure import FOREST
from liftproof.pages.inputs import DrawnFigure, ReviewInputs
from liftproof.pages.table import PageTable
from liftproof.rows.result_rows import EstimateRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestPlot:
    """A drawn forest plot, and the trials behind it."""

    figure: DrawnFigure
    trials: PageTable


def forest_section(inputs: ReviewInputs) -> tuple[ForestPlot, ...]:
    """Return the forest plots of a review, in the order of its figures."""
    by_analysis = {row.analysis: row for row in inputs.rows(EstimateRow)}
    return tuple(
        ForestPlot(figure=figure, trials=effects_table(inputs, by_analysis[figure.place.analysis]))
        for figure in inputs.figures_of(FOREST.name)
    )
