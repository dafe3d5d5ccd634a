"""Baujat's plot: which trials make the results differ, and which of those move the pool."""

from collections.abc import Sequence

from liftproof.pages.diagnostics.panel_view import (
    PanelMark,
    PanelView,
    by_trial,
    mark_notes,
    names_of,
    plain_axis,
    reason_without,
)
from liftproof.reviews.model.settings import Settings
from liftproof.rows.result_rows import DiagnosticRow, EffectRow, EstimateRow
from liftproof.words import numbers
from liftproof.words.text import counted

HEADING = "Heterogeneity and influence"
STEM = "baujat"
_READING = (
    "By the fixed-effect model. To the right: trials that add most to Q. Above: trials without "
    "which the pooled effect would be another; the distance is squared, in its standard errors."
)


def baujat_view(
    _: Settings,
    row: EstimateRow,
    effects: Sequence[EffectRow],
    diagnostics: Sequence[DiagnosticRow],
) -> PanelView:
    """Return Baujat's plot of an analysis, from the coordinates in its diagnostics."""
    places = by_trial(diagnostics, "baujat", "heterogeneity", "influence")
    names = names_of(effects)
    marks = tuple(_mark(names.get(study, study), *place) for study, place in places.items())
    return PanelView(
        key=f"{row.review}-{row.analysis}-{STEM}",
        stem=STEM,
        row=row,
        heading=HEADING,
        across=plain_axis("Contribution to Q", 0.0, max((mark.x for mark in marks), default=1.0)),
        up=plain_axis("Influence on the pool", 0.0, max((mark.y for mark in marks), default=1.0)),
        marks=marks,
        lines=(),
        alt_text=_alt_text(marks),
        notes=(
            (_READING, *mark_notes(marks)) if marks else (reason_without(diagnostics, "baujat"),)
        ),
    )


def _mark(name: str, contribution: float, influence: float) -> PanelMark:
    added, moved = numbers.effect(contribution), numbers.effect(influence)
    text = f"{name}: contribution to Q {added}, influence {moved}"
    return PanelMark(label=name, x=contribution, y=influence, text=text)


def _alt_text(marks: Sequence[PanelMark]) -> str:
    said = f"Baujat plot of {counted(len(marks), 'result')}"
    if not marks:
        return f"{said}."
    most, moves = max(marks, key=lambda mark: mark.x), max(marks, key=lambda mark: mark.y)
    also = "and also moves" if most is moves else f"and {moves.label} moves"
    return f"{said}: {most.label} adds most to Q, {also} the pooled effect most."
