"""What a plot of two plain axes shows and says: marks with names, lines, texts, before drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from liftproof.rows.result_rows import DiagnosticRow, EffectRow, EstimateRow
from liftproof.words.axis import Axis
from liftproof.words.marks import MARKS, own_marks
from liftproof.words.text import minus

_STEPS = 6
_LEAST = 1e-12
"""A range below this is what rounding leaves of none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelAxis:
    """An axis from its first tick to its last; ``labels`` stand at the ticks."""

    label: str
    ticks: tuple[float, ...]
    labels: tuple[str, ...]
    is_log: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelMark:
    """A trial at a place of the plot; ``text``: its numbers in a sentence."""

    label: str
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelLine:
    """A line through places of the plot, which the axes cut.

    ``is_pooled``: in the colour of what is pooled, else in ink. ``is_dashed``: broken.
    """

    places: tuple[tuple[float, float], ...]
    is_pooled: bool = True
    is_dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelView:
    """Everything drawn. ``key``: for ids; ``stem``: of its files. ``heading``: what it is.

    ``alt_text``: what a reader takes from it. ``notes`` stand beneath the drawing, its key first.
    """

    key: str
    stem: str
    row: EstimateRow
    heading: str
    across: PanelAxis
    up: PanelAxis
    marks: tuple[PanelMark, ...]
    lines: tuple[PanelLine, ...]
    alt_text: str
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """What stands above the drawing."""
        return f"{self.heading}: {self.row.title}"

    @property
    def description(self) -> str:
        """The long description for screen readers: one sentence a mark."""
        return "\n".join((self.alt_text, *(f"{mark.text}." for mark in self.marks), *self.notes))

    @property
    def caption(self) -> str:
        """What is drawn, how to read it."""
        return f"{self.title}. {' '.join(self.notes)}"


def plain_axis(label: str, low: float, high: float, *, unit: str = "") -> PanelAxis:
    """Return an axis of round numbers that spans a range.

    >>> plain_axis("z", -2.2, 9.1).labels
    ('−4', '−2', '0', '2', '4', '6', '8', '10')
    """
    raw = (high - low) / _STEPS if high - low > _LEAST else 1.0
    decimals = -floor(log10(raw))
    power = 10.0**-decimals
    step = next(digit * power for digit in (1, 2, 5, 10) if digit * power >= raw)
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    ticks = tuple(round(number * step, decimals) for number in range(first, last + 1))
    return PanelAxis(
        label=label, ticks=ticks, labels=tuple(minus(f"{tick:g}{unit}") for tick in ticks)
    )


def effect_panel_axis(label: str, axis: Axis) -> PanelAxis:
    """Return an axis of effects as a panel has it."""
    return PanelAxis(label=label, ticks=axis.ticks, labels=axis.labels, is_log=axis.is_log)


def names_of(effects: Sequence[EffectRow]) -> Mapping[str, str]:
    """Return names with their marks by the keys that diagnostics have for trials and results."""
    named = [(effect, f"{effect.label}{own_marks(effect)}") for effect in effects]
    results = {
        "/".join(filter(None, (effect.study, effect.outcome, effect.arm))): name
        for effect, name in named
    }
    return results | {effect.study: name for effect, name in named}


def by_trial(
    rows: Sequence[DiagnosticRow], method: str, *quantities: str
) -> dict[str, tuple[float, ...]]:
    """Return the quantities of a method by trial, of the trials that have every one."""
    found: dict[str, dict[str, float]] = {}
    for row in rows:
        if row.method == method and row.study and row.value is not None:
            found.setdefault(row.study, {})[row.quantity] = row.value
    return {
        study: tuple(values[name] for name in quantities)
        for study, values in found.items()
        if all(name in values for name in quantities)
    }


def of_whole(rows: Sequence[DiagnosticRow], method: str) -> dict[str, float]:
    """Return the numbers of a method about the whole analysis."""
    return {
        row.quantity: row.value
        for row in rows
        if row.method == method and not row.study and row.value is not None
    }


def reason_without(rows: Sequence[DiagnosticRow], method: str) -> str:
    """Return why a method does not apply, as its rows say."""
    notes = (row.note for row in rows if row.method == method and row.note)
    return f"Not drawn. {next(notes, 'This method was not asked.')}"


def mark_notes(marks: Sequence[PanelMark]) -> tuple[str, ...]:
    """Return what the signs beside names mean, those that are there."""
    return tuple(
        f"{sign} rests on {kind} numbers."
        for kind, sign in MARKS
        if any(sign in mark.label for mark in marks)
    )
