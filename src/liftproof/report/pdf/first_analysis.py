"""The first analysis of a review, which the PDF tells in full; of others it gives the numbers."""

from dataclasses import replace

from liftproof.pages.inputs import ReviewInputs
from liftproof.result_tables import ResultRows
from liftproof.rows.result_rows import DiagnosticRow, EstimateRow

MOST_LISTED = 8
"""Analyses up to which sentences are told of all of them, each with the titles it is about."""


def first_alone(inputs: ReviewInputs) -> ReviewInputs:
    """Return the inputs with the first estimate, and its diagnostics, as if there were no other."""
    estimates = inputs.rows(EstimateRow)[:1]
    kept = {row.analysis for row in estimates}
    diagnostics = tuple(row for row in inputs.rows(DiagnosticRow) if row.analysis in kept)
    own = {EstimateRow: estimates, DiagnosticRow: diagnostics}
    return replace(inputs, results=ResultRows(by_class={**inputs.results.by_class, **own}))


def other_estimates(inputs: ReviewInputs) -> int:
    """Return how many estimates follow the first."""
    return max(0, len(inputs.rows(EstimateRow)) - 1)


def tells_all(inputs: ReviewInputs) -> bool:
    """Say whether the estimates are few enough to tell sentences of all of them."""
    return other_estimates(inputs) < MOST_LISTED


def listed(inputs: ReviewInputs) -> ReviewInputs:
    """Return the inputs with all estimates where they are few, else with the first alone."""
    return inputs if tells_all(inputs) else first_alone(inputs)
