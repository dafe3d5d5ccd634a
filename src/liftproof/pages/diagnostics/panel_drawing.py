"""Drawing a plot of two plain axes. Everything drawn stands in the PanelView."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from liftproof.drawing.figure_form import WIDE, FigureForm
from liftproof.drawing.funnel_marks import RADIUS, trial_marks
from liftproof.drawing.rooms import Box, Circle, Place, boxes_along
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
from liftproof.pages.diagnostics.panel_view import PanelView
from liftproof.pages.dose.dose_labels import (
    MOST_NAMED,
    Placed,
    names_beneath,
    placed,
    placed_where_free,
)

PLOT_HEIGHT = 190.0
_AXIS_SPACE = 38.0
_TICK_GAP = 8.0
_BACKING = {"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 0.4}


def draw_panel(view: PanelView, form: FigureForm = WIDE) -> Figure:
    """Return the figure, as wide as its form; its height follows the texts."""
    wide = form.width - 2 * MARGIN
    title = wrap(view.title, wide, bold=True, size=TITLE_SIZE)
    top = MARGIN + len(title) * TITLE_LEADING + 2 * LEADING
    left = MARGIN + max(width(label) for label in view.up.labels) + _TICK_GAP
    room = Box(left=left, top=top, right=form.width - 2 * MARGIN, bottom=top + PLOT_HEIGHT)
    labels = _labels(view, room, form)
    said = (*names_beneath(labels, len(view.marks), "Marks"), *view.notes)
    notes = [line for text in said for line in wrap(text, wide)]
    below = room.bottom + _AXIS_SPACE + (len(_across_label(view, room)) - 1) * LEADING
    height = below + len(notes) * LEADING + MARGIN
    with applied():
        figure = empty_sheet(form.width, height)
        plot = _plot(figure, view, room, (form.width, height))
        page = whole_sheet(figure, form.width, height)
        _texts(page, view, title, room)
        for index, text in enumerate(notes):
            y = below + (index + 0.8) * LEADING
            page.text(MARGIN, y, text, size=FONT_SIZE, va="baseline", color=GREY)
        _lines(plot, view, form.pooled_colour)
        if view.marks:
            xs, ys = [mark.x for mark in view.marks], [mark.y for mark in view.marks]
            trial_marks(plot, xs, ys, form.trial_colour)
        _write(page, labels, form)
    return figure


def _plot(figure: Figure, view: PanelView, room: Box, size: tuple[float, float]) -> Axes:
    plot = figure.add_axes(room.share_of(*size), label="plot", facecolor="none")
    plot.set_xscale("log" if view.across.is_log else "linear")
    plot.set(xlim=_ends(view.across.ticks), ylim=_ends(view.up.ticks))
    plot.spines[["right", "top"]].set_visible(False)
    plot.spines[["left", "bottom"]].set_edgecolor(INK)
    places = plot.transData.transform([(tick, view.up.ticks[0]) for tick in view.across.ticks])
    shown = labels_apart(view.across.labels, places[:, 0].tolist(), 0)
    for axis, ticks, labels in (
        (plot.xaxis, view.across.ticks, shown),
        (plot.yaxis, view.up.ticks, view.up.labels),
    ):
        axis.set_major_locator(FixedLocator(ticks))
        axis.set_minor_locator(NullLocator())
        axis.set_ticks(ticks, labels)
    plot.tick_params(axis="both", bottom=True, left=True, color=INK, labelsize=FONT_SIZE)
    return plot


def _ends(ticks: Sequence[float]) -> tuple[float, float]:
    return ticks[0], ticks[-1]


def _texts(page: Axes, view: PanelView, title: Sequence[str], room: Box) -> None:
    draw_title(page, title)
    page.text(MARGIN, room.top - 9, view.up.label, va="baseline", size=FONT_SIZE)
    middle = (room.left + room.right) / 2
    for index, text in enumerate(_across_label(view, room)):
        y = room.bottom + 25 + index * LEADING
        page.text(middle, y, text, ha="center", va="baseline", size=FONT_SIZE)


def _across_label(view: PanelView, room: Box) -> list[str]:
    return wrap(view.across.label, room.right - room.left)


def _lines(plot: Axes, view: PanelView, pooled: str) -> None:
    for line in view.lines:
        xs, ys = zip(*line.places, strict=True) if line.places else ((), ())
        plot.plot(
            xs,
            ys,
            color=pooled if line.is_pooled else INK,
            linewidth=0.7 if line.is_dashed or not line.is_pooled else 1.4,
            linestyle=(0, (4, 3)) if line.is_dashed else "solid",
            zorder=2,
        )


def _labels(view: PanelView, room: Box, form: FigureForm) -> list[Placed]:
    """Return the names of the marks, or numbers for them, where each finds room.

    Of more than MOST_NAMED, the names of those farthest out, where these find room.
    """
    circles = [
        Circle(x=x, y=y, radius=RADIUS, label=mark.label)
        for mark in view.marks
        for x, y in [_place(view, room, mark.x, mark.y)]
    ]
    if len(circles) > MOST_NAMED:
        outer = sorted(circles, key=lambda each: (each.y - each.x, each.label))
        return placed_where_free(outer, room, size=form.smallest, most=MOST_NAMED)
    lines = list(_path(view, room))
    return placed(circles, room, lines, size=form.smallest, may_lead=not form.is_stacked)


def _path(view: PanelView, room: Box) -> Iterator[Box]:
    """Yield boxes along the line through the marks, which names keep off."""
    for line in view.lines:
        if line.is_pooled and view.marks:
            places = [_place(view, room, x, y) for x, y in line.places]
            for start, end in pairwise(places):
                yield from boxes_along(start, end)


def _place(view: PanelView, room: Box, x: float, y: float) -> Place:
    """Return where a mark stands on the page."""
    return (
        room.left + _share(view.across.ticks, x) * (room.right - room.left),
        room.bottom - _share(view.up.ticks, y) * (room.bottom - room.top),
    )


def _share(ticks: Sequence[float], value: float) -> float:
    """Return where a value stands along an axis of plain numbers; marks have no other."""
    return (value - ticks[0]) / (ticks[-1] - ticks[0])


def _write(page: Axes, labels: Sequence[Placed], form: FigureForm) -> None:
    size = form.smallest
    for label in labels:
        x = (label.box.left + label.box.right) / 2
        y = (label.box.top + label.box.bottom) / 2 + 0.36 * size
        if label.is_led:
            page.plot(*zip(*label.line, strict=True), color=GREY, linewidth=0.5, zorder=1)
        page.text(x, y, label.text, ha="center", va="baseline", size=size, bbox=_BACKING)
