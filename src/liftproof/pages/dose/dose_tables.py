"""Dose and effect: the models of a review, each without every trial, and their plots."""

from collections.abc import Sequence
from dataclasses import dataclass

from liftproof.pages.dose.dose_figure import DOSE, dose_places
from liftproof.pages.dose.dose_numbers import (
    interval_text,
    modified_text,
    per_unit,
    points_text,
    slope_text,
)
from liftproof.pages.dose.dose_words import VERDICT_WORDS
from liftproof.pages.inputs import DrawnFigure, ReviewInputs
from liftproof.pages.table import NOTHING, PageTable, headings, shown_p
from liftproof.reviews.model.dose_question import DoseQuestion
from liftproof.rows.dose_rows import DoseRow
from liftproof.vocabulary.levels import level_text
from liftproof.vocabulary.measures import MEASURES
from liftproof.words.marks import own_marks
from liftproof.words.text import capital, minus

INTRODUCTION = (
    "The trials' effects were regressed on what each prescribed, or on what else differs between "
    "them. Trials were not randomised to it: such a slope is an association between trials, and "
    "other differences between them explain it as well. Fewer than ten trials do not show what "
    "modifies an effect; how small a permutation p can get at all stands beside each."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseAnswer:
    """One question: its drawn plot, and the model without each trial."""

    figure: DrawnFigure
    without: PageTable


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseSection:
    """All that a review says of doses."""

    introduction: str
    models: PageTable
    answers: tuple[DoseAnswer, ...]


def dose_section(inputs: ReviewInputs) -> DoseSection | None:
    """Return the dose questions of a review with their answers; None where it asks none."""
    if not inputs.rows(DoseRow):
        return None
    drawn = {figure.place.anchor: figure for figure in inputs.figures_of(DOSE.name)}
    return DoseSection(
        introduction=INTRODUCTION,
        models=_models(inputs),
        answers=tuple(
            DoseAnswer(figure=drawn[place.anchor], without=_without(inputs, question))
            for question, place in zip(
                inputs.review.settings.dose, dose_places(inputs.review), strict=True
            )
            if place.anchor in drawn
        ),
    )


def _models(inputs: ReviewInputs) -> PageTable:
    rows = [row for row in inputs.rows(DoseRow) if not row.left_out]
    level = level_text(inputs.review.settings.level)
    return PageTable(
        key=f"review-{inputs.review.name}-doses",
        caption="Effects regressed on dose. × stands before the factor on a ratio per unit of "
        "dose. Modified limits are never narrower than Wald's; where trials give several results "
        "their degrees of freedom are by trials. — stands where they are the limits already "
        "given, or where the model has none.",
        headings=headings(
            *("Question", "# Trials", "Unit", f"# Slope ({level} limits)", "Limits by", "# p"),
            *("# Modified limits", "# Permutation p (least possible)"),
            *(f"# Points for 10 % more ({level} limits)", "Verdict"),
        ),
        rows=tuple((_name(row), *_cells(row), VERDICT_WORDS[row.verdict]) for row in rows),
        verdicts=tuple(row.verdict for row in rows),
    )


def _without(inputs: ReviewInputs, question: DoseQuestion) -> PageTable:
    labels = {study.study: study.label for study in inputs.review.studies}
    rows = [row for row in inputs.rows(DoseRow) if row.dose == question.id and row.left_out]
    level = level_text(inputs.review.settings.level)
    return PageTable(
        key=f"review-{inputs.review.name}-dose-{question.id}-without",
        caption=f"{question.title}: the same without one trial.",
        headings=headings(
            *("Without", "# Trials", "Unit", f"# Slope ({level} limits)", "Limits by", "# p"),
            *("# Modified limits", "# Permutation p (least possible)"),
            f"# Points for 10 % more ({level} limits)",
        ),
        rows=tuple((labels.get(row.left_out, row.left_out), *_cells(row)) for row in rows),
    )


def _name(row: DoseRow) -> str:
    return row.title + own_marks(row)


def _cells(row: DoseRow) -> Sequence[str]:
    every = (row.studies or 0) + (row.trials_without_dose or 0)
    has_test = row.p_value is not None
    return (
        f"{row.studies} of {every}",
        f"{capital(MEASURES[row.measure].name)} {per_unit(row)}",
        slope_text(row) if row.slope is not None else NOTHING,
        capital(interval_text(row)) if has_test else NOTHING,
        shown_p(row.p_value),
        modified_text(row) or NOTHING,
        _permutation(row),
        minus(points_text(row)) or NOTHING,
    )


def _permutation(row: DoseRow) -> str:
    if row.permutation_p is None:
        return NOTHING
    return f"{shown_p(row.permutation_p)} ({shown_p(row.smallest_permutation_p)})"
