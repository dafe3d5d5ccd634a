"""Rows of changes.csv made up: what two trials of the made-up review did when they were added."""

from dataclasses import replace

from liftproof.rows.change_rows import ChangeRow
from support.page_inputs import with_rows

ROW = ChangeRow(
    review="made_up",
    analysis="overall",
    title="All trials",
    measure="RR",
    added="2026-11-01",
    trials="dog",
    k_before=2,
    k_after=3,
    estimate_before=0.341,
    estimate_after=0.362,
    ci_low_before=0.2,
    ci_low_after=0.3,
    ci_high_before=0.9,
    ci_high_after=0.8,
    tau2_before=0.0,
    tau2_after=0.0123,
)
MOVED = replace(ROW, ci_high_after=1.2, moved="no_effect", moved_alone="dog", moved_with="dog")


DATES = {"dog": "2026-11-01", "cat": "2026-12-24"}


def added(inputs, *rows):
    """Return the inputs with two trials added, and what that did."""
    every = inputs.review.studies
    studies = tuple(replace(study, added=DATES.get(study.study, "")) for study in every)
    review = replace(inputs.review, studies=studies)
    return with_rows(replace(inputs, review=review), ChangeRow, rows)
