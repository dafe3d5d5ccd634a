"""Tables of the diagnostics: one a review for whole analyses, one for single trials left out."""

from collections.abc import Iterator, Sequence

from liftproof.analysis.records import DiagnosticRow, EstimateRow
from liftproof.measures import MEASURES
from liftproof.report.inputs import ReviewInputs
from liftproof.report.table import NOTHING, Table, headings
from liftproof.words import numbers
from liftproof.words.diagnostics import NAMES, ON_EFFECT, quantity
from liftproof.words.forest_rows import estimate_text
from liftproof.words.summary import marks

_BY_TRIAL = ("estimate", "ci_low", "ci_high", "i2")


def diagnostics_table(inputs: ReviewInputs) -> Table:
    """Return the numbers of each method that belong to a whole analysis, and what is not told."""
    return Table(
        key=f"review-{inputs.review.name}-diagnostics",
        caption="Diagnostics of whole analyses. Effects are on the scale of the measure; all "
        "numbers of all methods stand in diagnostics.csv.",
        headings=headings("Analysis", "Method", "¶ Numbers", "¶ What it cannot tell"),
        rows=tuple(_whole(inputs)),
    )


def _whole(inputs: ReviewInputs) -> Iterator[tuple[str, ...]]:
    for estimate in inputs.estimates:
        rows = [row for row in inputs.diagnostics if row.analysis == estimate.analysis]
        for method, name in NAMES.items():
            own = [row for row in rows if row.method == method and not row.study]
            if own:
                known = [(row, row.value) for row in own if row.value is not None]
                text = "; ".join(_number(row, value, estimate) for row, value in known)
                yield (
                    _title(inputs, estimate),
                    name,
                    text or "does not apply",
                    own[0].note or NOTHING,
                )


def left_out_table(inputs: ReviewInputs) -> Table:
    """Return each pooled estimate without one of its trials, and the accumulation by year."""
    return Table(
        key=f"review-{inputs.review.name}-without",
        caption="Pooled effects without one trial, and as trials were added by year.",
        headings=headings(
            *("Analysis", "Trial", "# Without it (95 % limits)", "# I² without it"),
            "# Up to it, by year (95 % limits)",
        ),
        rows=tuple(_by_trial(inputs)),
    )


def _by_trial(inputs: ReviewInputs) -> Iterator[tuple[str, ...]]:
    labels = {study.study: study.label for study in inputs.review.studies}
    for estimate in inputs.estimates:
        rows = [row for row in inputs.diagnostics if row.analysis == estimate.analysis]
        for study in dict.fromkeys(row.study for row in rows if row.method == "leave_one_out"):
            without = _values(rows, "leave_one_out", study)
            up_to = _values(rows, "cumulative", study)
            yield (
                _title(inputs, estimate),
                labels.get(study, study),
                _effect(without, estimate),
                numbers.percent(without.get("i2"), 1),
                _effect(up_to, estimate),
            )


def _title(inputs: ReviewInputs, estimate: EstimateRow) -> str:
    """Return the title with the marks of the numbers that the analysis rests on."""
    return f"{estimate.title}{marks(inputs.effects_of(estimate.analysis))}"


def _values(rows: Sequence[DiagnosticRow], method: str, study: str) -> dict[str, float | None]:
    return {
        row.quantity: row.value
        for row in rows
        if row.method == method and row.study == study and row.quantity in _BY_TRIAL
    }


def _effect(values: dict[str, float | None], estimate: EstimateRow) -> str:
    measure = MEASURES[estimate.measure]
    natural = [
        None if values.get(name) is None else measure.natural(values[name] or 0.0)
        for name in ("estimate", "ci_low", "ci_high")
    ]
    return estimate_text(*natural)


def _number(row: DiagnosticRow, value: float, estimate: EstimateRow) -> str:
    if row.quantity in ON_EFFECT:
        value = MEASURES[estimate.measure].natural(value)
    return quantity(row.quantity, value)
