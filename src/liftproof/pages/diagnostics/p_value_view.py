"""The p-value function: how well each value of the effect agrees with the pooled estimate."""

from collections.abc import Iterator, Sequence

from liftproof.pages.diagnostics.panel_view import (
    PanelLine,
    PanelView,
    effect_panel_axis,
    of_whole,
    plain_axis,
    reason_without,
)
from liftproof.pages.forest.forest_cells import text_of
from liftproof.pages.forest.forest_view import sides
from liftproof.reviews.model.settings import Settings
from liftproof.rows.result_rows import DiagnosticRow, EffectRow, EstimateRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.axis import axis_for
from liftproof.words.text import capital, listed, minus

HEADING = "P-value function"
STEM = "p_value_function"
Limits = dict[int, tuple[float, float]]


def p_value_view(
    settings: Settings,
    row: EstimateRow,
    _: Sequence[EffectRow],
    diagnostics: Sequence[DiagnosticRow],
) -> PanelView:
    """Return the p-value function of an analysis, from the limits in its diagnostics."""
    measure = MEASURES[row.measure]
    values = {
        name: measure.natural(value)
        for name, value in of_whole(diagnostics, "p_value_function").items()
    }
    limits = {
        int(name.removeprefix("low_")): (value, values[name.replace("low", "high")])
        for name, value in values.items()
        if name.startswith("low_")
    }
    middle = values.get("estimate", measure.no_effect)
    left, right = sides(measure, *settings.favours(row.analysis))
    shown = [middle, *(limit for pair in limits.values() for limit in pair)]
    axis = axis_for(shown, [], [], measure, left=left, right=right)
    label = f"{capital(measure.name)}{', log scale' if measure.is_log else ''}; {axis.left} below"
    widest = max(limits, default=0)
    text = text_of(row.measure, middle, *limits[widest]) if limits else ""
    said = f", at its widest of {_percent(widest)}: {minus(text)}" if limits else ""
    return PanelView(
        key=f"{row.review}-{row.analysis}-{STEM}",
        stem=STEM,
        row=row,
        heading=HEADING,
        across=effect_panel_axis(f"{label} {measure.no_effect:g}", axis),
        up=plain_axis("Two-sided p of each value", 0.0, 1.0),
        marks=(),
        lines=tuple(_lines(middle, limits, measure.no_effect)) if limits else (),
        alt_text=f"P-value function of the {measure.name}{said}.",
        notes=tuple(_notes(limits, row)) if limits else (reason_without(diagnostics, STEM),),
    )


def _percent(level: int) -> str:
    return numbers.level(level / 100)


def _lines(middle: float, limits: Limits, none: float) -> Iterator[PanelLine]:
    """Yield the function through the limits, a level at each p, and no effect."""
    rising = [(low, 1 - level / 100) for level, (low, _) in sorted(limits.items(), reverse=True)]
    falling = [(high, 1 - level / 100) for level, (_, high) in sorted(limits.items())]
    yield PanelLine(places=(*rising, (middle, 1.0), *falling))
    for level, (low, high) in limits.items():
        height = 1 - level / 100
        yield PanelLine(places=((low, height), (high, height)), is_dashed=True)
    yield PanelLine(places=((none, 0.0), (none, 1.0)), is_pooled=False)


def _notes(limits: Limits, row: EstimateRow) -> Iterator[str]:
    levels = listed([str(level) for level in sorted(limits)[:-1]] + [_percent(max(limits))])
    yield f"Dashed: the limits at {levels}, through which the line is drawn. Its top: the pool."
    for level, (low, high) in sorted(limits.items()):
        is_ratio = MEASURES[row.measure].is_ratio
        yield minus(f"{_percent(level)}: {numbers.limits(low, high, is_ratio=is_ratio)}.")
