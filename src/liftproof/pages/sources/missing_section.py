"""The section on trials that are left out of an analysis, and on those that await data."""

from dataclasses import dataclass

from liftproof.pages.inputs import DrawnFigure, ReviewInputs
from liftproof.pages.sources.entry_tables import entries_table
from liftproof.pages.sources.flow_figure import FLOW
from liftproof.pages.sources.provenance_words import Awaiting, awaiting
from liftproof.pages.table import PageTable
from liftproof.rows.result_rows import EffectRow


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutTrial:
    """A trial that was chosen for an analysis and could not be pooled, and why."""

    trial: str
    analysis: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingSection:
    """What is missing from the estimates; ``entries``: which trials enter which analyses.

    ``none_left_out`` and ``none_awaiting``: what is said where there is none.
    """

    figures: tuple[DrawnFigure, ...]
    entries: PageTable
    left_out: tuple[LeftOutTrial, ...]
    awaiting: tuple[Awaiting, ...]
    none_left_out: str = "No trial that was chosen for an analysis had to be left out."
    none_awaiting: str = "No trial awaits data."


def missing_section(inputs: ReviewInputs) -> MissingSection:
    """Return the trials of a review that no estimate, or not every one, rests on."""
    return MissingSection(
        figures=inputs.figures_of(FLOW.name),
        entries=entries_table(inputs.review),
        left_out=tuple(
            LeftOutTrial(
                trial=row.label, analysis=inputs.title_of(row.analysis), reason=row.left_out
            )
            for row in inputs.rows(EffectRow)
            if row.left_out
        ),
        awaiting=awaiting(inputs.review),
    )
