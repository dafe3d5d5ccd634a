"""The first section of a review: each analysis in a sentence, each printed result in a line."""

from dataclasses import dataclass

from liftproof.pages.estimates import summary
from liftproof.pages.forest.forest_figure import forest_place
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.printed.printed_tables import summary_table
from liftproof.pages.printed.verdict_words import VERDICTS, PrintedResult, printed_results
from liftproof.pages.table import PageTable
from liftproof.rows.result_rows import EstimateRow, ReproductionRow
from liftproof.words.marks import marks


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisOutcome:
    """What came out of one analysis, in words; ``anchor`` is empty where no figure was drawn."""

    title: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomesSection:
    """The outcomes, the printed results that reproduce and those that do not, both in a table."""

    outcomes: tuple[AnalysisOutcome, ...]
    reproduces: tuple[PrintedResult, ...]
    differs: tuple[PrintedResult, ...]
    printed: PageTable


def outcomes_section(inputs: ReviewInputs) -> OutcomesSection:
    """Return what came out of a review."""
    results = printed_results(inputs.rows(ReproductionRow))
    return OutcomesSection(
        outcomes=analysis_outcomes(inputs),
        reproduces=tuple(row for row in results if VERDICTS[row.verdict].reproduces),
        differs=tuple(row for row in results if not VERDICTS[row.verdict].reproduces),
        printed=summary_table(inputs),
    )


def analysis_outcomes(inputs: ReviewInputs) -> tuple[AnalysisOutcome, ...]:
    """Return what came out of each analysis, with a link to its forest plot where there is one."""
    return tuple(_outcome(inputs, row) for row in inputs.rows(EstimateRow))


def _outcome(inputs: ReviewInputs, row: EstimateRow) -> AnalysisOutcome:
    place = forest_place(row.review, row.analysis)
    return AnalysisOutcome(
        title=f"{row.title}{marks(inputs.effects_of(row.analysis))}",
        text=summary.outcome(row),
        anchor=place.anchor if inputs.has_figure(place) else "",
    )
