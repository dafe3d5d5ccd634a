"""Diagnostics of single trials: each left out, its influence, its place in the funnel."""

from collections.abc import Mapping, Sequence

from liftproof.pages.diagnostics.diagnostic_numbers import p
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.table import NOTHING, PageTable, headings
from liftproof.rows.result_rows import DiagnosticRow, EffectRow, EstimateRow
from liftproof.vocabulary.levels import level_text
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.numbers import estimate_text
from liftproof.words.text import minus, outcome_names

FLAGS = "A trial is flagged by metafor's bounds of DFFITS, Cook's distance, hat value and DFBETAS."
POOLED = ("estimate", "ci_low", "ci_high")
SHRUNKEN = ("estimate", "pi_low", "pi_high")
CREDIBLE = ("effects.median", "effects.low", "effects.high")
CONTOURS = (NOTHING, "p = 0.1", "p = 0.05", "p = 0.01")
Values = Mapping[str, float]


def left_out_table(
    inputs: ReviewInputs, rows: Sequence[DiagnosticRow], estimate: EstimateRow, key: str
) -> PageTable:
    """Return the estimate without each trial, and as trials were added."""
    level = level_text(inputs.review.settings.level)
    return PageTable(
        key=f"{key}-without",
        caption=f"{estimate.title}: the pooled effect without one trial, and up to it as trials "
        "were added.",
        headings=headings(
            *("Trial", f"# Without it ({level} limits)", "# I² without it"),
            *(f"# Up to it ({level} limits)", "# z up to it", "# Boundary of z"),
        ),
        rows=tuple(
            (
                result_label(inputs, study),
                _effect(without, estimate),
                numbers.percent(without.get("i2"), 1),
                _effect(values_of(rows, "cumulative", study), estimate),
                *(_number(look, column) for column in ("z", "upper")),
            )
            for study in _studies(rows, "leave_one_out")
            for without in [values_of(rows, "leave_one_out", study)]
            for look in [values_of(rows, "monitoring", study)]
        ),
    )


def trials_table(
    inputs: ReviewInputs, rows: Sequence[DiagnosticRow], estimate: EstimateRow, key: str
) -> PageTable:
    """Return the coordinates of the funnel plot, and each trial's effect as the others see it."""
    level = level_text(inputs.review.settings.level)
    return PageTable(
        key=f"{key}-trials",
        caption=f"{estimate.title}: funnel plot in numbers. Effects and standard errors on the "
        "scale on which they are pooled, p values, and the contours beyond which trials lie. "
        "Effects shrunken towards the pooled one.",
        headings=headings(
            *("Trial", "# Effect", "# Standard error", "# p", "# Beyond the contour of"),
            *(f"# Shrunken effect ({level} limits)", f"# Bayesian ({level} limits)"),
        ),
        rows=tuple(
            (
                result_label(inputs, study),
                *(_number(own, column) for column in ("y", "se")),
                p(own["p_value"]) if "p_value" in own else NOTHING,
                CONTOURS[int(own["p_class"])] if "p_class" in own else NOTHING,
                _effect(values_of(rows, "shrinkage", study), estimate, SHRUNKEN),
                _effect(values_of(rows, "bayes_shrinkage", study), estimate, CREDIBLE),
            )
            for study in _studies(rows, "funnel")
            for own in [values_of(rows, "funnel", study)]
        ),
    )


def influence_table(
    inputs: ReviewInputs, rows: Sequence[DiagnosticRow], estimate: EstimateRow, key: str
) -> PageTable:
    """Return residuals, deletion diagnostics and Baujat's coordinates of each trial."""
    columns = ("rstudent", "dffits", "dfbetas", "cook_distance", "cov_ratio", "tau2_deleted")
    return PageTable(
        key=f"{key}-influence",
        caption=f"{estimate.title}: influence of single trials, and the coordinates of Baujat's "
        f"plot. {FLAGS}",
        headings=headings(
            *("Trial", "# Weight", "# Deleted residual", "# DFFITS", "# DFBETAS"),
            *("# Cook's distance", "# Covariance ratio", "# τ² without it"),
            *("# Baujat: share of Q", "# Baujat: influence", "Flagged"),
        ),
        rows=tuple(
            (
                result_label(inputs, study),
                numbers.percent(own.get("weight"), 1),
                *(_number(own, column) for column in columns),
                *(_number(place, column) for column in ("heterogeneity", "influence")),
                "yes" if own.get("is_influential") else "no",
            )
            for study in _studies(rows, "influence")
            for own, place in [
                (values_of(rows, "influence", study), values_of(rows, "baujat", study))
            ]
        ),
    )


def influential(inputs: ReviewInputs, rows: Sequence[DiagnosticRow]) -> str:
    """Return which trials are flagged as influential."""
    studies = _studies(rows, "influence")
    flagged = [
        result_label(inputs, study)
        for study in studies
        if values_of(rows, "influence", study).get("is_influential")
    ]
    if not studies:
        return ""
    return f"Flagged as influential: {', '.join(flagged)}." if flagged else "No trial is flagged."


def _studies(rows: Sequence[DiagnosticRow], method: str) -> list[str]:
    return list(dict.fromkeys(row.study for row in rows if row.method == method and row.study))


def result_label(inputs: ReviewInputs, study: str) -> str:
    """Return a trial's name, with outcome and arm where its key holds them."""
    key = study.partition("/")[0]
    labels = {row.study: row.label for row in inputs.review.studies}
    named = inputs.review.settings.named
    results = {
        "/".join(filter(None, (row.study, row.outcome, row.arm))): row.detail
        or outcome_names(named(row.outcome))
        for row in inputs.rows(EffectRow)
    }
    arms = map(named, study.split("/")[2:])
    parts = (labels.get(key, key), results.get(study, "") if study != key else "", *arms)
    return ", ".join(part for part in parts if part)


def values_of(rows: Sequence[DiagnosticRow], method: str, study: str) -> dict[str, float]:
    """Return the numbers of a method that exist: of a trial, or of the analysis where it is ""."""
    return {
        row.quantity: row.value
        for row in rows
        if row.method == method and row.study == study and row.value is not None
    }


def _effect(values: Values, estimate: EstimateRow, names: Sequence[str] = POOLED) -> str:
    if names[0] not in values:
        return NOTHING
    natural = MEASURES[estimate.measure].natural
    known = (values.get(name) for name in names)
    return estimate_text(*(None if value is None else natural(value) for value in known))


def _number(values: Values, column: str) -> str:
    return minus(numbers.effect(values[column])) if column in values else NOTHING
