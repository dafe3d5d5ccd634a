"""What a bubble plot of effect against dose shows and says: bubbles, curve, axes, texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from liftproof.pages.dose.dose_numbers import modified_text, unit_of
from liftproof.pages.forest.forest_view import sides
from liftproof.reviews.model.settings import Settings
from liftproof.rows.dose_rows import DoseCurveRow, DoseRow, DoseTrialRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.axis import Axis, axis_for
from liftproof.words.marks import MARKS, RECONSTRUCTED, UNVERIFIED
from liftproof.words.text import capital, counted, minus

_STEPS = 8
_SIGNS = {"unverified": UNVERIFIED, "reconstructed": RECONSTRUCTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One result: ``dose`` and ``estimate`` place it, ``area`` is its share of the largest one.

    ``limits``: of its effect, None where it has none.
    """

    label: str
    dose: float
    estimate: float
    limits: tuple[float, float] | None
    area: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseView:
    """Everything drawn, on the natural scale. ``curve``: doses, estimate, low, high; may be empty.

    ``ticks`` and ``tick_labels`` of the dose axis run over its whole length. ``level``: of all
    limits.
    """

    key: str
    row: DoseRow
    title: str
    axis: Axis
    level: float
    effect_label: str
    dose_label: str
    ticks: tuple[float, ...]
    tick_labels: tuple[str, ...]
    bubbles: tuple[Bubble, ...]
    curve: tuple[tuple[float, float, float, float], ...]
    notes: tuple[str, ...]


def dose_views(
    settings: Settings,
    rows: Sequence[DoseRow],
    trials: Sequence[DoseTrialRow],
    curves: Sequence[DoseCurveRow],
) -> list[DoseView]:
    """Return a plot for each question, in the order of the questions."""
    return [
        _dose_view(
            settings,
            row,
            [trial for trial in trials if trial.dose == row.dose],
            [point for point in curves if point.dose == row.dose],
        )
        for row in rows
        if not row.left_out
    ]


def dose_ticks(low: float, high: float) -> tuple[float, ...]:
    """Return round doses that span a range, 0 among them where that costs little room.

    >>> dose_ticks(277, 1264)
    (0.0, 200.0, 400.0, 600.0, 800.0, 1000.0, 1200.0, 1400.0)
    """
    if low == high:
        low, high = low - 1, high + 1
    if 0 < low < (high - low):
        low = 0.0
    raw = (high - low) / _STEPS
    power = 10.0 ** floor(log10(raw))
    step = next(digit * power for digit in (1, 2, 5, 10) if digit * power >= raw)
    first, last = floor(low / step), ceil(high / step)
    return tuple(round(number * step, 10) for number in range(first, last + 1))


def dose_alt_text(plot: DoseView) -> str:
    """Return the alternative text: what is drawn, and the verdict."""
    return (
        f"Bubble plot of {counted(len(plot.bubbles), 'result')}: {plot.effect_label} against "
        f"{plot.dose_label}, {plot.title}. {plot.row.sentence}"
    )


def dose_description(plot: DoseView) -> str:
    """Return the long description for screen readers: one sentence a bubble."""
    return "\n".join(
        [dose_alt_text(plot), *(f"{bubble.text}." for bubble in plot.bubbles), *plot.notes]
    )


def dose_caption(plot: DoseView) -> str:
    """Return the caption: what is drawn, how to read it, the verdict."""
    return f"{plot.title}. {dose_key(plot)} {plot.row.sentence} {' '.join(plot.notes)}"


def dose_key(plot: DoseView) -> str:
    """Return what the signs mean, those that are drawn."""
    limits = f"{numbers.level(plot.level)} limits"
    drawn = f"Line and band: mean effect and its {limits}" if plot.curve else "No line is drawn"
    thin = f", thin lines their {limits}" if any(bubble.limits for bubble in plot.bubbles) else ""
    return f"One bubble a result, its area the weight{thin}. {drawn}."


def dose_notes(plot: DoseView) -> tuple[str, ...]:
    """Return what stands beneath the drawing, so that it may leave the page."""
    return (plot.row.sentence, dose_key(plot), *_cuts(plot), *plot.notes)


def _cuts(plot: DoseView) -> Iterator[str]:
    """Yield what is said of limits that run beyond the axis, of results and of the line."""
    if any(_is_cut(plot.axis, *bubble.limits) for bubble in plot.bubbles if bubble.limits):
        yield "Arrowheads: the limits run beyond the axis."
    if any(_is_cut(plot.axis, low, high) for _, _, low, high in plot.curve):
        yield "The band runs beyond the axis."


def _is_cut(axis: Axis, low: float, high: float) -> bool:
    return low < axis.low or high > axis.high


def _dose_view(
    settings: Settings,
    row: DoseRow,
    trials: Sequence[DoseTrialRow],
    curve: Sequence[DoseCurveRow],
) -> DoseView:
    measure = MEASURES[row.measure]
    dosed = [trial for trial in trials if trial.amount is not None]
    heaviest = max((trial.weight_percent or 0.0 for trial in dosed), default=1.0)
    points = tuple(
        (point.amount, point.estimate, point.ci_low, point.ci_high)
        for point in curve
        if point.estimate is not None and point.ci_low is not None and point.ci_high is not None
    )
    left, right = sides(measure, *settings.favours(row.analysis))
    ticks = dose_ticks(row.dose_low or 0.0, row.dose_high or 0.0)
    return DoseView(
        key=f"{row.review}-{row.analysis}-dose-{row.dose}",
        row=row,
        title=row.title,
        level=settings.level,
        axis=axis_for(
            [trial.estimate or measure.no_effect for trial in dosed],
            [limits for trial in dosed if (limits := _limits(trial))],
            [(low, high) for _, _, low, high in points if low > 0 or not measure.is_log],
            measure,
            left=left,
            right=right,
        ),
        effect_label=capital(measure.name),
        dose_label=_heading(unit_of(row)),
        ticks=ticks,
        tick_labels=tuple(minus(f"{tick:,.10g}".replace(",", "\u202f")) for tick in ticks),
        bubbles=tuple(_bubble(trial, dosed, heaviest) for trial in dosed),
        curve=points,
        notes=tuple(_notes(row, trials, has_curve=bool(points))),
    )


def _limits(trial: DoseTrialRow) -> tuple[float, float] | None:
    if trial.ci_low is None or trial.ci_high is None:
        return None
    return trial.ci_low, trial.ci_high


def _bubble(trial: DoseTrialRow, dosed: Sequence[DoseTrialRow], heaviest: float) -> Bubble:
    several = sum(other.study == trial.study for other in dosed) > 1
    signs = _signs(trial)
    name = f"{trial.label}, {trial.detail}" if several and trial.detail else trial.label
    effect = f"{numbers.effect(trial.estimate)} ({numbers.interval(trial.ci_low, trial.ci_high)})"
    return Bubble(
        label=f"{trial.label}{signs}",
        dose=trial.amount or 0.0,
        estimate=trial.estimate or 0.0,
        limits=_limits(trial),
        area=(trial.weight_percent or 0.0) / heaviest,
        text=minus(
            f"{name}{signs}: {trial.amount:g}, {effect}, "
            f"weight {numbers.percent(trial.weight_percent, 1)}"
        ),
    )


def _heading(unit: str) -> str:
    """Return words with a capital, symbols such as km/h as they are.

    >>> _heading("prescribed repetitions"), _heading("km/h of running speed")
    ('Prescribed repetitions', 'km/h of running speed')
    """
    return capital(unit) if unit.split(maxsplit=1)[0].isalpha() else unit


def _signs(trial: DoseTrialRow) -> str:
    return "".join(sign for kind, sign in _SIGNS.items() if getattr(trial, kind) == "yes")


def _notes(row: DoseRow, trials: Sequence[DoseTrialRow], *, has_curve: bool) -> list[str]:
    """Return what stands beneath: trials without a dose, the limits, the marks."""
    known = {trial.study for trial in trials if trial.amount is not None}
    missing = dict.fromkeys(trial.label for trial in trials if trial.study not in known)
    notes = [f"Not reported by: {', '.join(missing)}."] if missing else []
    if has_curve and modified_text(row):
        notes.append("The band is that of the limits named in the text, not of the modified ones.")
    notes += [
        f"{sign} rests on {kind} numbers."
        for kind, sign in MARKS
        if any(getattr(trial, kind) == "yes" for trial in trials if trial.amount is not None)
    ]
    return notes
