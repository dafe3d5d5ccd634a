"""The section on stopping: for each analysis, how much is known and what would change it."""

from dataclasses import dataclass

from liftproof.pages.diagnostics.trial_diagnostics import result_label
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.stopping.stopping_sentences import METHODS, stopping_sentences
from liftproof.rows.result_rows import DiagnosticRow, EstimateRow
from liftproof.words.marks import marks


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppingAnswer:
    """What can be said of one analysis, in sentences, under an anchor of its own."""

    anchor: str
    title: str
    sentences: tuple[str, ...]


def stopping_section(inputs: ReviewInputs) -> tuple[StoppingAnswer, ...] | None:
    """Return the analyses of which something can be said; None where of none."""
    answers = (_answer(inputs, estimate) for estimate in inputs.rows(EstimateRow))
    return tuple(one for one in answers if one.sentences) or None


def stopping_anchor(inputs: ReviewInputs, analysis: str) -> str:
    """Return the id of what would change an analysis, empty where nothing can be said of it."""
    answers = (_answer(inputs, one) for one in inputs.rows(EstimateRow) if one.analysis == analysis)
    return next((one.anchor for one in answers if one.sentences), "")


def _answer(inputs: ReviewInputs, estimate: EstimateRow) -> StoppingAnswer:
    rows = [
        row
        for row in inputs.rows(DiagnosticRow)
        if row.analysis == estimate.analysis and row.method in METHODS
    ]
    labels = {row.study: result_label(inputs, row.study) for row in rows if row.study}
    return StoppingAnswer(
        anchor=f"review-{estimate.review}-{estimate.analysis}-stopping",
        title=f"{estimate.title}{marks(inputs.effects_of(estimate.analysis))}",
        sentences=stopping_sentences(estimate, rows, labels),
    )
