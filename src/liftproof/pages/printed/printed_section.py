"""The section on printed numbers: verdicts, sources, and what could explain a difference."""

from dataclasses import dataclass

from liftproof.pages.inputs import DrawnFigure, ReviewInputs
from liftproof.pages.printed.cause_tables import causes_table
from liftproof.pages.printed.printed_tables import (
    block_groups_table,
    blocked_table,
    reproduction_table,
    targets_table,
)
from liftproof.pages.printed.reproduction_figure import REPRODUCTION
from liftproof.pages.printed.verdict_words import verdict_tally
from liftproof.pages.table import PageTable
from liftproof.rows.result_rows import ReproductionRow

NO_PRINTS = "A review without printed numbers: there is nothing to hold these results against."


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSection:
    """Every printed number; tables without rows where none is recorded.

    ``block_groups`` counts what is blocked by its reasons, ``blocked`` lists it.
    """

    tally: str
    figures: tuple[DrawnFigure, ...]
    reproduction: PageTable
    block_groups: PageTable
    blocked: PageTable
    targets: PageTable
    causes: PageTable


def printed_section(inputs: ReviewInputs) -> PrintedSection:
    """Return the printed numbers of a review beside the computed ones."""
    return PrintedSection(
        tally=review_tally(inputs),
        figures=inputs.figures_of(REPRODUCTION.name),
        reproduction=reproduction_table(inputs),
        block_groups=block_groups_table(inputs),
        blocked=blocked_table(inputs),
        targets=targets_table(inputs),
        causes=causes_table(inputs),
    )


def review_tally(inputs: ReviewInputs) -> str:
    """Return how the printed numbers fared; of a review that is none of others, that none are."""
    if not inputs.review.is_pooled_again:
        return NO_PRINTS
    return verdict_tally(inputs.rows(ReproductionRow))
