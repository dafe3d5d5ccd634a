"""Drawing effect against dose. Everything drawn stands in the DoseView; nothing is computed."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log, pi, sqrt

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from liftproof.drawing.text_widths import FONT_SIZE, width, wrap
from liftproof.drawing.theme import GREY, INK, POOLED_COLOUR, TRIAL_COLOUR, applied
from liftproof.pages.dose.dose_labels import SIZE, Box, Circle, Placed, placed
from liftproof.pages.dose.dose_view import DoseView

POINTS_PER_INCH = 72.0
PAGE = 518.4
MARGIN = 10.0
LEADING = 10.0
TITLE_SIZE = 10.0
PLOT_HEIGHT = 250.0
LARGEST_BUBBLE = 420.0
"""Area, in square points, of the bubble with the largest weight."""
_TICK_GAP = 8.0
_AXIS_SPACE = 34.0
_SMALLEST = 12.0
_BAND = 0.15
_HALF_LINE = 1.0
_FEW = 8


def draw_dose(plot: DoseView) -> Figure:
    """Return the figure, 7.2 inches wide; its height follows the texts beneath."""
    title = wrap(plot.title, PAGE - 2 * MARGIN, bold=True, size=TITLE_SIZE)
    notes = [line for note in plot.notes for line in wrap(note, PAGE - 2 * MARGIN)]
    top = MARGIN + len(title) * 12.5 + 2 * LEADING
    left = MARGIN + max(width(label) for label in plot.axis.labels) + _TICK_GAP
    height = top + PLOT_HEIGHT + _AXIS_SPACE + len(notes) * LEADING + MARGIN
    room = Box(left=left, top=top, right=PAGE - 2 * MARGIN, bottom=top + PLOT_HEIGHT)
    with applied():
        size = (PAGE / POINTS_PER_INCH, height / POINTS_PER_INCH)
        figure = Figure(figsize=size, dpi=POINTS_PER_INCH)
        axes = _axes(figure, plot, room, height)
        page = figure.add_axes((0, 0, 1, 1), label="page", facecolor="none")
        page.set(xlim=(0, PAGE), ylim=(height, 0))
        page.set_axis_off()
        _texts(page, plot, title, notes, room)
        _curve(axes, plot)
        _bubbles(axes, plot)
        _labels(page, placed(_circles(plot, room), room, _lines(plot, room)))
    return figure


def _axes(figure: Figure, plot: DoseView, room: Box, height: float) -> Axes:
    axes = figure.add_axes(
        (
            room.left / PAGE,
            1 - room.bottom / height,
            (room.right - room.left) / PAGE,
            (room.bottom - room.top) / height,
        ),
        label="plot",
    )
    axes.set_yscale("log" if plot.axis.is_log else "linear")
    axes.set(xlim=(plot.ticks[0], plot.ticks[-1]), ylim=(plot.axis.low, plot.axis.high))
    axes.spines[["right", "top"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_edgecolor(INK)
    axes.xaxis.set_major_locator(FixedLocator(plot.ticks))
    axes.xaxis.set_ticks(plot.ticks, plot.tick_labels)
    axes.yaxis.set_major_locator(FixedLocator(plot.axis.ticks))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_ticks(plot.axis.ticks, plot.axis.labels)
    axes.tick_params(axis="both", bottom=True, left=True, color=INK, labelsize=FONT_SIZE)
    if plot.axis.no_effect is not None:
        axes.axhline(plot.axis.no_effect, color=INK, linewidth=0.6, zorder=1)
    return axes


def _texts(page: Axes, plot: DoseView, title: list[str], notes: list[str], room: Box) -> None:
    for index, text in enumerate(title):
        y = MARGIN + TITLE_SIZE * 0.8 + index * 12.5
        page.text(MARGIN, y, text, weight="bold", size=TITLE_SIZE, va="baseline")
    heading = plot.effect_label
    if plot.axis.no_effect is not None:
        heading += f"; below {plot.axis.no_effect:g}: {plot.axis.left}"
    page.text(MARGIN, room.top - LEADING, heading, size=FONT_SIZE, va="baseline")
    middle = (room.left + room.right) / 2
    page.text(middle, room.bottom + 25, plot.dose_label, ha="center", va="baseline", size=FONT_SIZE)
    for index, text in enumerate(notes):
        y = room.bottom + _AXIS_SPACE + (index + 0.8) * LEADING
        page.text(MARGIN, y, text, size=FONT_SIZE, va="baseline", color=GREY)


def _curve(axes: Axes, plot: DoseView) -> None:
    """Draw the fitted curve with its band; the axes cut what runs beyond."""
    if not plot.curve:
        return
    doses, estimates, lows, highs = zip(*plot.curve, strict=True)
    floor = plot.axis.low / 2 if plot.axis.is_log else plot.axis.low
    axes.fill_between(
        doses,
        [max(low, floor) for low in lows],
        [min(high, 2 * abs(plot.axis.high)) for high in highs],
        color=POOLED_COLOUR,
        alpha=_BAND,
        linewidth=0,
        zorder=1,
        gid="band",
    )
    axes.plot(doses, estimates, color=POOLED_COLOUR, linewidth=1.4, zorder=2, gid="curve")


def _bubbles(axes: Axes, plot: DoseView) -> None:
    axes.scatter(
        [bubble.dose for bubble in plot.bubbles],
        [bubble.estimate for bubble in plot.bubbles],
        s=[_area(plot, bubble.area) for bubble in plot.bubbles],
        facecolor=TRIAL_COLOUR,
        edgecolor="white",
        linewidths=0.6,
        alpha=0.85,
        zorder=3,
        clip_on=False,
        gid="bubbles",
    )


def _area(plot: DoseView, share: float) -> float:
    """Return the area of a bubble; many bubbles are smaller, so that they hide each other less."""
    largest = LARGEST_BUBBLE * min(1.0, _FEW / len(plot.bubbles))
    return max(_SMALLEST, largest * share)


def _circles(plot: DoseView, room: Box) -> list[Circle]:
    """Return where the bubbles stand on the page."""
    return [
        Circle(
            x=_across(plot, room, bubble.dose),
            y=_down(plot, room, bubble.estimate),
            radius=sqrt(_area(plot, bubble.area) / pi),
            label=bubble.label,
        )
        for bubble in plot.bubbles
    ]


def _lines(plot: DoseView, room: Box) -> list[Box]:
    """Return small boxes along the curve, and one along the line of no effect, if there is one."""
    along = [
        (_across(plot, room, dose), _down(plot, room, mean)) for dose, mean, _, _ in plot.curve
    ]
    return [
        *_line_of_none(plot, room),
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


def _line_of_none(plot: DoseView, room: Box) -> Iterator[Box]:
    if plot.axis.no_effect is not None:
        null = _down(plot, room, plot.axis.no_effect)
        top, bottom = null - _HALF_LINE, null + _HALF_LINE
        yield Box(left=room.left, top=top, right=room.right, bottom=bottom)


def _across(plot: DoseView, room: Box, dose: float) -> float:
    low, high = plot.ticks[0], plot.ticks[-1]
    return room.left + (dose - low) / (high - low) * (room.right - room.left)


def _down(plot: DoseView, room: Box, effect: float) -> float:
    low, high, here = (_scaled(plot, value) for value in (plot.axis.low, plot.axis.high, effect))
    return room.bottom - (here - low) / (high - low) * (room.bottom - room.top)


def _scaled(plot: DoseView, value: float) -> float:
    return log(value) if plot.axis.is_log else value


def _labels(page: Axes, labels: Sequence[Placed]) -> None:
    for label in labels:
        x = (label.box.left + label.box.right) / 2
        y = (label.box.top + label.box.bottom) / 2
        if label.is_led:
            page.plot([label.circle.x, x], [label.circle.y, y], color=GREY, linewidth=0.4, zorder=1)
        page.text(x, y + 0.36 * SIZE, label.circle.label, ha="center", va="baseline", size=SIZE)
