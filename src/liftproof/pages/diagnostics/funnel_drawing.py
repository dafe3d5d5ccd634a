"""Drawing a funnel plot. Everything drawn stands in the FunnelView; nothing is computed."""

from collections.abc import Sequence
from statistics import NormalDist

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from liftproof.drawing.figure_form import WIDE, FigureForm
from liftproof.drawing.funnel_marks import (
    RADIUS,
    SHADES,
    dashed,
    filled_marks,
    shade_regions,
    trial_marks,
)
from liftproof.drawing.rooms import Box, Circle
from liftproof.drawing.sheet import (
    LEADING,
    MARGIN,
    TITLE_LEADING,
    TITLE_SIZE,
    draw_title,
    empty_sheet,
    whole_sheet,
    write_lines,
)
from liftproof.drawing.text_widths import FONT_SIZE, width, wrap
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.drawing.tick_labels import labels_apart
from liftproof.pages.diagnostics.funnel_key import LINE, draw_key, signs_of
from liftproof.pages.diagnostics.funnel_view import FunnelView
from liftproof.pages.dose.dose_labels import MOST_NAMED, Placed, numbered_names, placed
from liftproof.words.axis import share_along

PLOT_HEIGHT = 270.0
_AXIS_SPACE = 48.0
_LEFT_SPACE = 34.0
_BACKING = {"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 0.4}
"""Of names, over the dashed lines."""
USUAL = NormalDist().inv_cdf(0.975)
"""Standard errors between which 95 of 100 results lie."""


def draw_funnel(view: FunnelView, form: FigureForm = WIDE) -> Figure:
    """Return the figure, as wide as its form; its height follows the texts."""
    wide = form.width - 2 * MARGIN
    title = wrap(view.title, wide, bold=True, size=TITLE_SIZE)
    subtitle = wrap(view.subtitle, wide)
    top = MARGIN + len(title) * TITLE_LEADING + (len(subtitle) + 2) * LEADING
    bottom = top + PLOT_HEIGHT
    key = signs_of(view, MARGIN, wide)
    below = bottom + _AXIS_SPACE + (key[-1].line + 1) * LINE
    room = Box(left=MARGIN + _LEFT_SPACE, top=top, right=form.width - 2 * MARGIN, bottom=bottom)
    labels = _labels(view, room, form)
    said = (*numbered_names(labels, "Marks"), view.asymmetry, *view.notes)
    notes = [line for text in said for line in wrap(text, wide)]
    height = below + len(notes) * LEADING + MARGIN
    with applied():
        figure = empty_sheet(form.width, height)
        plot = _plot(figure, view, room, (form.width, height))
        page = whole_sheet(figure, form.width, height)
        _heads(page, title, subtitle)
        _axis_texts(page, view, room)
        draw_key(page, key, bottom + _AXIS_SPACE, form)
        for index, text in enumerate(notes):
            y = below + (index + 0.8) * LEADING
            page.text(MARGIN, y, text, size=FONT_SIZE, va="baseline", color=GREY)
        _contours(plot, view, form.pooled_colour)
        _points(plot, view, form.trial_colour)
        if view.filled.places:
            effects, errors = zip(*view.filled.places, strict=True)
            filled_marks(plot, effects, errors, form.trial_colour)
        _draw_labels(page, labels, form)
    return figure


def _plot(figure: Figure, view: FunnelView, room: Box, size: tuple[float, float]) -> Axes:
    plot = figure.add_axes(room.share_of(*size), label="plot", facecolor=SHADES[-1])
    plot.set_xscale("log" if view.axis.is_log else "linear")
    plot.set(xlim=(view.axis.low, view.axis.high), ylim=(view.largest_se, 0))
    plot.spines[["right", "top"]].set_visible(False)
    plot.spines[["left", "bottom"]].set_edgecolor(INK)
    plot.xaxis.set_major_locator(FixedLocator(view.axis.ticks))
    plot.xaxis.set_minor_locator(NullLocator())
    places = [_across(view, room, tick) for tick in view.axis.ticks]
    labels = labels_apart(view.axis.labels, places, view.axis.first_label)
    plot.xaxis.set_ticks(view.axis.ticks, labels)
    plot.tick_params(axis="both", bottom=True, left=True, color=INK, labelsize=FONT_SIZE)
    return plot


def _contours(plot: Axes, view: FunnelView, pooled_colour: str) -> None:
    """Fill the regions of p from the outermost inward, draw the lines over them."""
    pooled, base = view.row.estimate, view.largest_se
    shade_regions(
        plot,
        [
            [(view.none, 0), (view.at(-z, base), base), (view.at(z, base), base)]
            for _, z in view.contours[::-1]
        ],
    )
    plot.axvline(view.none, color=INK, linewidth=0.6, zorder=2)
    if pooled is not None:
        for z in (-USUAL, 0, USUAL):
            dashed(plot, [pooled, view.at(z, base, pooled)], [0, base], pooled_colour)


def _points(plot: Axes, view: FunnelView, colour: str) -> None:
    effects = [point.estimate for point in view.points]
    trial_marks(plot, effects, [point.se for point in view.points], colour)


def _heads(page: Axes, title: list[str], subtitle: list[str]) -> None:
    draw_title(page, title)
    below = MARGIN + TITLE_SIZE * 0.8 + len(title) * TITLE_LEADING
    write_lines(page, subtitle, (MARGIN, below), colour=GREY)


def _axis_texts(page: Axes, view: FunnelView, room: Box) -> None:
    middle = (room.left + room.right) / 2
    below = room.bottom + 25
    page.text(middle, below, view.effect_label, ha="center", va="baseline", size=FONT_SIZE)
    sides = (
        (room.left, "left", f"← {view.axis.left}"),
        (room.right, "right", f"{view.axis.right} →"),
    )
    is_one_line = sum(width(text) for _, _, text in sides) < room.right - room.left
    for line, (x, align, text) in enumerate(sides):
        y = below + LEADING * (1 if is_one_line else line + 1)
        page.text(x, y, text, ha=align, va="baseline", size=FONT_SIZE, color=GREY)
    page.text(MARGIN, room.top - 9, "Standard error", va="baseline", size=FONT_SIZE)


def _labels(view: FunnelView, room: Box, form: FigureForm) -> list[Placed]:
    """Return the names of the marks, or numbers for them, where each finds room."""
    if len(view.points) > MOST_NAMED:
        return []
    circles = [
        _circle(view, room, (point.estimate, point.se), point.label) for point in view.points
    ]
    filled = [_circle(view, room, place, "").box for place in view.filled.places]
    may_lead = not form.is_stacked
    return placed(circles, room, filled, size=form.smallest, may_lead=may_lead, nearer=0.0)


def _circle(view: FunnelView, room: Box, place: tuple[float, float], label: str) -> Circle:
    """Return a mark on the page, from its effect and its standard error."""
    effect, se = place
    return Circle(
        x=_across(view, room, effect),
        y=room.top + se / view.largest_se * (room.bottom - room.top),
        radius=RADIUS,
        label=label,
    )


def _draw_labels(page: Axes, labels: Sequence[Placed], form: FigureForm) -> None:
    size = form.smallest
    for label in labels:
        box = label.box
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        page.plot(*zip(*label.line, strict=True), color=GREY, linewidth=0.5, zorder=1)
        y += 0.36 * size
        page.text(x, y, label.text, ha="center", va="baseline", size=size, bbox=_BACKING)


def _across(view: FunnelView, room: Box, effect: float) -> float:
    return room.left + share_along(view.axis, effect) * (room.right - room.left)
