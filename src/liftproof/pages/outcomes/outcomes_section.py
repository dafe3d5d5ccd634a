"""The first section of a review: each analysis in a sentence, each printed result in a line."""

from collections.abc import Iterable
from dataclasses import dataclass

from liftproof.pages.estimates import summary
from liftproof.pages.forest.forest_figure import forest_place
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.printed.block_words import BlockCount, block_counts
from liftproof.pages.printed.printed_section import review_tally
from liftproof.pages.printed.printed_tables import summary_table
from liftproof.pages.printed.verdict_words import PrintedResult, printed_results
from liftproof.pages.table import PageTable
from liftproof.rows.result_rows import EstimateRow, ReproductionRow, counted_here
from liftproof.vocabulary.print_verdicts import VERDICTS
from liftproof.words.marks import marks

DIFFERS = tuple(
    code for code, verdict in VERDICTS.items() if verdict.is_missed and not verdict.reproduces
)
"""Verdicts on results that were computed, and are others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisOutcome:
    """What came out of one analysis, in words; ``anchor`` is empty where no figure was drawn."""

    analysis: str
    title: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedResult:
    """Numbers of one printed result that got the same verdict: ``quantities``, in a row."""

    name: str
    quantities: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomesSection:
    """The outcomes, and the printed results that reproduce and that differ, both in a table.

    ``fitted``: results whose inputs were chosen to give them. ``blocked``: groups of reasons, not
    results. ``tally``: every number counted.
    """

    outcomes: tuple[AnalysisOutcome, ...]
    reproduces: tuple[JudgedResult, ...]
    differs: tuple[JudgedResult, ...]
    fitted: tuple[JudgedResult, ...]
    blocked: tuple[BlockCount, ...]
    tally: str
    printed: PageTable

    @property
    def reproducing(self) -> str:
        """The heading above what reproduces, which says whether some of it is only close."""
        codes = {result.verdict for result in self.reproduces}
        return f"What reproduces{' or comes close' * ('close' in codes)}"


def outcomes_section(inputs: ReviewInputs) -> OutcomesSection:
    """Return what came out of a review."""
    rows = inputs.rows(ReproductionRow)
    results = printed_results(counted_here(rows))
    return OutcomesSection(
        outcomes=analysis_outcomes(inputs),
        reproduces=_judged(row for row in results if VERDICTS[row.verdict].reproduces),
        differs=_judged(row for row in results if row.verdict in DIFFERS),
        fitted=_judged(row for row in results if row.verdict == "fitted"),
        blocked=block_counts(rows),
        tally=review_tally(inputs),
        printed=summary_table(inputs),
    )


def _judged(results: Iterable[PrintedResult]) -> tuple[JudgedResult, ...]:
    """Gather the numbers of each result under each verdict, in the order in which they occur."""
    quantities: dict[tuple[str, str], list[str]] = {}
    for each in results:
        quantities.setdefault((each.name, each.verdict), []).append(each.quantity)
    return tuple(
        JudgedResult(name=name, quantities="; ".join(named), verdict=verdict)
        for (name, verdict), named in quantities.items()
    )


def analysis_outcomes(inputs: ReviewInputs) -> tuple[AnalysisOutcome, ...]:
    """Return what came out of each analysis, with a link to its forest plot where there is one."""
    return tuple(_outcome(inputs, row) for row in inputs.rows(EstimateRow))


def _outcome(inputs: ReviewInputs, row: EstimateRow) -> AnalysisOutcome:
    place = forest_place(row.review, row.analysis)
    settings = inputs.review.settings
    return AnalysisOutcome(
        analysis=row.analysis,
        title=f"{row.title}{marks(inputs.effects_of(row.analysis))}",
        text=summary.outcome(row, settings.level, settings.analysis(row.analysis).below),
        anchor=place.anchor if inputs.has_figure(place) else "",
    )
