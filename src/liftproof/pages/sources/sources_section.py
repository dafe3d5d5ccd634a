"""The section on where the numbers of a review come from."""

from dataclasses import dataclass

from liftproof.analysis.suspicion.whole_review import settled_review
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.sources.provenance_words import provenance_sentence, readings_sentence
from liftproof.pages.sources.source_tables import (
    checked_table,
    disagreements_table,
    kinds_table,
    marked_table,
)
from liftproof.pages.sources.trial_sources import TrialSource, trial_sources
from liftproof.pages.table import PageTable
from liftproof.reviews.model.double_readings import double_readings
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.sourced_numbers import provenance_summary


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesSection:
    """How the numbers are known: all in short, the marked ones, each trial's, and warnings.

    ``readings``: how far several readers agree, empty where each number was read by one.
    ``checked``: the warnings that are marked as checked, with the reasons.
    """

    provenance: str
    kinds: PageTable
    marked: PageTable
    readings: str
    disagreements: PageTable
    trials: tuple[TrialSource, ...]
    warnings: tuple[str, ...]
    checked: PageTable


def sources_section(inputs: ReviewInputs) -> SourcesSection:
    """Return the sources of a review's numbers."""
    summary, readings = provenance_summary(inputs.review), double_readings(inputs.review)
    review = settled_review(inputs.review)
    return SourcesSection(
        provenance=provenance_sentence(summary),
        kinds=kinds_table(inputs.review, summary),
        marked=marked_table(inputs.review, summary),
        readings=readings_sentence(readings),
        disagreements=disagreements_table(inputs.review, readings),
        trials=trial_sources(inputs),
        warnings=tuple(_warning(row) for row in review.warnings),
        checked=checked_table(review),
    )


def _warning(problem: Problem) -> str:
    """Return a problem with the name of its file only: where the folder lies is no result."""
    return (
        f"{problem.path.name}, line {problem.line}, {problem.column}: {problem.wrong}, found "
        f"{problem.found!r}, {problem.remedy} [{problem.rule}]"
    )
