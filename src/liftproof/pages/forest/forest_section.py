"""The section of forest plots: beneath each drawing the trials behind it in numbers.

Then the estimate in steps: as trials came in, and without each.
"""

from dataclasses import dataclass

from liftproof.pages.estimates.estimate_tables import effects_table
from liftproof.pages.forest.forest_figure import FOREST
from liftproof.pages.forest.step_figure import IN_TIME, WITHOUT_EACH
from liftproof.pages.inputs import DrawnFigure, ReviewInputs
from liftproof.pages.table import PageTable
from liftproof.rows.result_rows import EstimateRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestPlot:
    """A drawn forest plot, and the trials behind it."""

    figure: DrawnFigure
    trials: PageTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestSection:
    """The forest plots of a review, and the figures of an estimate in steps."""

    plots: tuple[ForestPlot, ...]
    steps: tuple[DrawnFigure, ...]


def forest_section(inputs: ReviewInputs) -> ForestSection:
    """Return the forest plots of a review, in the order of its figures."""
    by_analysis = {row.analysis: row for row in inputs.rows(EstimateRow)}
    return ForestSection(
        plots=tuple(
            ForestPlot(
                figure=figure, trials=effects_table(inputs, by_analysis[figure.place.analysis])
            )
            for figure in inputs.figures_of(FOREST.name)
        ),
        steps=tuple(
            figure for kind in (IN_TIME, WITHOUT_EACH) for figure in inputs.figures_of(kind.name)
        ),
    )
