"""The section on printed numbers: verdicts, sources, and what could explain a difference."""

from dataclasses import dataclass

from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.printed.cause_tables import causes_table
from liftproof.pages.printed.printed_tables import reproduction_table, targets_table
from liftproof.pages.printed.verdict_words import verdict_tally
from liftproof.pages.table import PageTable
from liftproof.rows.result_rows import ReproductionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSection:
    """Every printed number; tables without rows where none is recorded."""

    tally: str
    reproduction: PageTable
    targets: PageTable
    causes: PageTable


def printed_section(inputs: ReviewInputs) -> PrintedSection:
    """Return the printed numbers of a review beside the computed ones."""
    return PrintedSection(
        tally=verdict_tally(inputs.rows(ReproductionRow)),
        reproduction=reproduction_table(inputs),
        targets=targets_table(inputs),
        causes=causes_table(inputs),
    )
