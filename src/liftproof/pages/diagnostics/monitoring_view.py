"""Trial sequential monitoring: z as information came in, against the boundaries of each look."""

from collections.abc import Iterator, Sequence

from liftproof.pages.diagnostics.panel_view import (
    PanelLine,
    PanelMark,
    PanelView,
    by_trial,
    mark_notes,
    names_of,
    of_whole,
    plain_axis,
    reason_without,
)
from liftproof.reviews.model.settings import Settings
from liftproof.rows.result_rows import DiagnosticRow, EffectRow, EstimateRow
from liftproof.words import numbers
from liftproof.words.text import SENTENCE_END, minus

HEADING = "Sequential monitoring"
STEM = "monitoring"
_LEAST = 4.0
"""Standard errors that the axis shows at least on either side."""
_WHOLE = 100.0


def monitoring_view(
    _: Settings,
    row: EstimateRow,
    effects: Sequence[EffectRow],
    diagnostics: Sequence[DiagnosticRow],
) -> PanelView:
    """Return the monitoring of an analysis, from the looks in its diagnostics."""
    path = by_trial(diagnostics, STEM, "timing", "z")
    looks = by_trial(diagnostics, STEM, "timing", "upper")
    whole = of_whole(diagnostics, STEM)
    names = names_of(effects)
    marks = tuple(_mark(names.get(study, study), *place) for study, place in path.items())
    far = max([_LEAST, *(1.2 * abs(mark.y) for mark in marks)])
    nearest = min((upper for _, upper in looks.values()), default=far)
    far = max(far, 1.1 * nearest)
    up = plain_axis("z of the trials so far", -far, far)
    return PanelView(
        key=f"{row.review}-{row.analysis}-{STEM}",
        stem=STEM,
        row=row,
        heading=HEADING,
        across=plain_axis(
            "Of the information that is needed",
            0.0,
            max([_WHOLE, *(mark.x for mark in marks)]),
            unit="\u202f%",
        ),
        up=up,
        marks=marks,
        lines=tuple(_lines(marks, looks, whole)) if marks else (),
        alt_text=_alt_text(marks, whole),
        notes=tuple(_notes(marks, looks, whole, up.ticks[-1], diagnostics)),
    )


def _mark(name: str, timing: float, z: float) -> PanelMark:
    share = numbers.percent(_WHOLE * timing, 1)
    return PanelMark(
        label=name, x=_WHOLE * timing, y=z, text=minus(f"{name}: at {share}, z {z:.2f}")
    )


def _lines(
    marks: Sequence[PanelMark], looks: dict[str, tuple[float, ...]], whole: dict[str, float]
) -> Iterator[PanelLine]:
    """Yield z, the boundaries on both sides through the looks to the end, and no effect."""
    yield PanelLine(places=((0.0, 0.0), *((mark.x, mark.y) for mark in marks)))
    bounds = [(_WHOLE * timing, upper) for timing, upper in looks.values()]
    if "final" in whole and bounds and bounds[-1][0] < _WHOLE:
        bounds.append((_WHOLE, whole["final"]))
    for side in (1.0, -1.0):
        places = tuple((x, side * upper) for x, upper in bounds)
        yield PanelLine(places=places, is_pooled=False, is_dashed=True)
    end = max([_WHOLE, *(mark.x for mark in marks)])
    yield PanelLine(places=((0.0, 0.0), (end, 0.0)), is_pooled=False)


def _said(whole: dict[str, float]) -> str:
    crossed = "crossed" if whole.get("is_crossed") else "not crossed"
    share = numbers.percent(_WHOLE * whole.get("fraction", 0.0))
    return f"{share} of the information that is needed is there; the boundary is {crossed}."


def _alt_text(marks: Sequence[PanelMark], whole: dict[str, float]) -> str:
    said = "Sequential monitoring"
    return f"{said}: {_said(whole)}" if marks else f"{said}: not drawn."


def _notes(
    marks: Sequence[PanelMark],
    looks: dict[str, tuple[float, ...]],
    whole: dict[str, float],
    end: float,
    diagnostics: Sequence[DiagnosticRow],
) -> Iterator[str]:
    if not marks:
        yield reason_without(diagnostics, STEM)
        return
    yield (
        "Line: z, a mark a trial as they came in. Dashed: the boundaries at the looks; that of the "
        "last look leads straight to the final one. " + _said(whole)
    )
    if any(upper > end for _, upper in looks.values()):
        yield "Boundaries of early looks run beyond the axis."
    yield _plan(diagnostics)
    yield from mark_notes(marks)


def _plan(diagnostics: Sequence[DiagnosticRow]) -> str:
    """Return what the boundaries were planned for; conditional power has no place in the plot."""
    notes = (row.note for row in diagnostics if row.method == STEM and row.note)
    sentences = SENTENCE_END.split(next(notes, ""))
    return " ".join(each for each in sentences if not each.startswith("Conditional power"))
