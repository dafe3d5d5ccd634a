"""Drawing effect against dose. Everything drawn stands in the DoseView; nothing is computed."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import pi, sqrt

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from liftproof.drawing.bubble_marks import (
    bubble_area,
    bubbles,
    curve_with_band,
    limits,
)
from liftproof.drawing.figure_form import WIDE, FigureForm
from liftproof.drawing.rooms import Box, Circle
from liftproof.drawing.sheet import (
    LEADING,
    MARGIN,
    TITLE_LEADING,
    TITLE_SIZE,
    draw_title,
    empty_sheet,
    whole_sheet,
)
from liftproof.drawing.text_widths import FONT_SIZE, width, wrap
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.drawing.tick_labels import labels_apart
from liftproof.pages.dose.dose_labels import Placed, names_beneath, placed
from liftproof.pages.dose.dose_view import DoseView, dose_notes
from liftproof.words.axis import share_along

PLOT_HEIGHT = 250.0
_TICK_GAP = 8.0
_AXIS_SPACE = 34.0
_HALF_LINE = 1.0
_NARROWED = 0.5
"""Of the area of bubbles, where doses stand half as far apart."""
_EDGE = 14.0
"""Room between a bubble's middle and either end of the axis of doses."""


def draw_dose(plot: DoseView, form: FigureForm = WIDE) -> Figure:
    """Return the figure, as wide as its form; its height follows the texts beneath."""
    room = _room(plot, form)
    labels = placed(
        _circles(plot, room, form),
        room,
        _lines(plot, room),
        size=form.smallest,
        may_lead=not form.is_stacked,
    )
    width_of_text = form.width - 2 * MARGIN
    said = (*names_beneath(labels, len(plot.bubbles), "Bubbles"), *dose_notes(plot))
    notes = [line for note in said for line in wrap(note, width_of_text)]
    height = room.bottom + _below(plot, form) + len(notes) * LEADING + MARGIN
    with applied():
        figure = empty_sheet(form.width, height)
        axes = _axes(figure, plot, room, height, form)
        page = whole_sheet(figure, form.width, height)
        _texts(page, plot, room, form)
        _write_notes(page, notes, room.bottom + _below(plot, form))
        _curve(axes, plot, form)
        _bubbles(axes, plot, form)
        _labels(page, labels, form)
    return figure


def _title(plot: DoseView, form: FigureForm) -> list[str]:
    return wrap(plot.title, form.width - 2 * MARGIN, bold=True, size=TITLE_SIZE)


def _heading(plot: DoseView, form: FigureForm) -> list[str]:
    none = plot.axis.no_effect
    side = "" if none is None else f"; below {none:g}: {plot.axis.left}"
    return wrap(f"{plot.effect_label}{side}", form.width - 2 * MARGIN)


def _dose_label(plot: DoseView, form: FigureForm) -> list[str]:
    return wrap(plot.dose_label, form.width - 2 * MARGIN)


def _below(plot: DoseView, form: FigureForm) -> float:
    """Return how much room the axis of doses takes."""
    return _AXIS_SPACE + (len(_dose_label(plot, form)) - 1) * LEADING


def _room(plot: DoseView, form: FigureForm) -> Box:
    """Return where the plot stands on the page."""
    heads = len(_title(plot, form)) * TITLE_LEADING + (len(_heading(plot, form)) + 1) * LEADING
    left = MARGIN + max(width(label) for label in plot.axis.labels) + _TICK_GAP
    top = MARGIN + heads
    return Box(left=left, top=top, right=form.width - 2 * MARGIN, bottom=top + PLOT_HEIGHT)


def _axes(figure: Figure, plot: DoseView, room: Box, height: float, form: FigureForm) -> Axes:
    axes = figure.add_axes(
        room.share_of(form.width, height),
        label="plot",
    )
    axes.set_yscale("log" if plot.axis.is_log else "linear")
    axes.set(xlim=_ends(plot, room), ylim=(plot.axis.low, plot.axis.high))
    axes.spines[["right", "top"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_edgecolor(INK)
    axes.xaxis.set_major_locator(FixedLocator(plot.ticks))
    places = [_across(plot, room, tick) for tick in plot.ticks]
    axes.xaxis.set_ticks(plot.ticks, labels_apart(plot.tick_labels, places, 0))
    axes.yaxis.set_major_locator(FixedLocator(plot.axis.ticks))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_ticks(plot.axis.ticks, plot.axis.labels)
    axes.tick_params(axis="both", bottom=True, left=True, color=INK, labelsize=FONT_SIZE)
    if plot.axis.no_effect is not None:
        axes.axhline(plot.axis.no_effect, color=INK, linewidth=0.6, zorder=1)
    return axes


def _texts(page: Axes, plot: DoseView, room: Box, form: FigureForm) -> None:
    draw_title(page, _title(plot, form))
    for above, text in enumerate(reversed(_heading(plot, form)), start=1):
        page.text(MARGIN, room.top - above * LEADING, text, size=FONT_SIZE, va="baseline")
    lines = _dose_label(plot, form)
    widest = max(map(width, lines))
    middle = (room.left + room.right) / 2
    x = max(MARGIN + widest / 2, min(middle, form.width - MARGIN - widest / 2))
    for index, text in enumerate(lines):
        y = room.bottom + 25 + index * LEADING
        page.text(x, y, text, ha="center", va="baseline", size=FONT_SIZE)


def _write_notes(page: Axes, notes: Sequence[str], top: float) -> None:
    for index, text in enumerate(notes):
        y = top + (index + 0.8) * LEADING
        page.text(MARGIN, y, text, size=FONT_SIZE, va="baseline", color=GREY)


def _curve(axes: Axes, plot: DoseView, form: FigureForm) -> None:
    """Draw the fitted curve with its band; the axes cut what runs beyond."""
    if not plot.curve:
        return
    doses, estimates, lows, highs = zip(*plot.curve, strict=True)
    floor = plot.axis.low / 2 if plot.axis.is_log else plot.axis.low
    ends = (
        [max(low, floor) for low in lows],
        [min(high, 2 * abs(plot.axis.high)) for high in highs],
    )
    curve_with_band(axes, doses, estimates, ends, form.pooled_colour)


def _bubbles(axes: Axes, plot: DoseView, form: FigureForm) -> None:
    limited = [(bubble.dose, *bubble.limits) for bubble in plot.bubbles if bubble.limits]
    if limited:
        doses, lows, highs = zip(*limited, strict=True)
        limits(axes, doses, (lows, highs), form.trial_colour)
    bubbles(
        axes,
        [bubble.dose for bubble in plot.bubbles],
        [bubble.estimate for bubble in plot.bubbles],
        [_area(plot, bubble.area, form) for bubble in plot.bubbles],
        form.trial_colour,
    )


def _area(plot: DoseView, share: float, form: FigureForm) -> float:
    return bubble_area(share, len(plot.bubbles)) * (_NARROWED if form.is_stacked else 1.0)


def _circles(plot: DoseView, room: Box, form: FigureForm) -> list[Circle]:
    """Return where the bubbles stand on the page."""
    return [
        Circle(
            x=_across(plot, room, bubble.dose),
            y=_down(plot, room, bubble.estimate),
            radius=sqrt(_area(plot, bubble.area, form) / pi),
            label=bubble.label,
        )
        for bubble in plot.bubbles
    ]


def _lines(plot: DoseView, room: Box) -> list[Box]:
    """Return small boxes along the curve, and one along either line that crosses the plot."""
    along = [
        (_across(plot, room, dose), _down(plot, room, mean)) for dose, mean, _, _ in plot.curve
    ]
    edge = Box(left=room.left - 1, top=room.top, right=room.left + 1, bottom=room.bottom)
    return [
        edge,
        *_line_of_none(plot, room),
        *_limit_lines(plot, room),
        *(
            Box(
                left=x,
                top=min(y, next_y) - _HALF_LINE,
                right=next_x,
                bottom=max(y, next_y) + _HALF_LINE,
            )
            for (x, y), (next_x, next_y) in pairwise(along)
        ),
    ]


def _limit_lines(plot: DoseView, room: Box) -> Iterator[Box]:
    for bubble in plot.bubbles:
        if bubble.limits:
            x = _across(plot, room, bubble.dose)
            bottom, top = (
                min(max(_down(plot, room, limit), room.top), room.bottom) for limit in bubble.limits
            )
            yield Box(left=x - _HALF_LINE, top=top, right=x + _HALF_LINE, bottom=bottom)


def _line_of_none(plot: DoseView, room: Box) -> Iterator[Box]:
    if plot.axis.no_effect is not None:
        null = _down(plot, room, plot.axis.no_effect)
        top, bottom = null - _HALF_LINE, null + _HALF_LINE
        yield Box(left=room.left, top=top, right=room.right, bottom=bottom)


def _ends(plot: DoseView, room: Box) -> tuple[float, float]:
    """Return the ends of the axis of doses: its ticks, and room for bubbles that stand on them."""
    low, high = plot.ticks[0], plot.ticks[-1]
    edge = (high - low) * _EDGE / (room.right - room.left)
    ends = [end for bubble in plot.bubbles for end in (bubble.dose - edge, bubble.dose + edge)]
    return min([low, *ends]), max([high, *ends])


def _across(plot: DoseView, room: Box, dose: float) -> float:
    low, high = _ends(plot, room)
    return room.left + (dose - low) / (high - low) * (room.right - room.left)


def _down(plot: DoseView, room: Box, effect: float) -> float:
    return room.bottom - share_along(plot.axis, effect) * (room.bottom - room.top)


def _labels(page: Axes, labels: Sequence[Placed], form: FigureForm) -> None:
    for label in labels:
        x = (label.box.left + label.box.right) / 2
        y = (label.box.top + label.box.bottom) / 2
        if label.is_led:
            page.plot(*zip(*label.line, strict=True), color=INK, linewidth=0.5, zorder=1)
        size = form.smallest
        page.text(x, y + 0.36 * size, label.text, ha="center", va="baseline", size=size)
