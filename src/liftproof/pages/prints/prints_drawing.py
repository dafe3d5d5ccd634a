"""Drawing printed estimates. All of it stands in the PrintsView; nothing is computed."""

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from liftproof.drawing.figure_form import WIDE, FigureForm
from liftproof.drawing.sheet import (
    LEADING,
    MARGIN,
    TITLE_LEADING,
    TITLE_SIZE,
    draw_title,
    empty_sheet,
)
from liftproof.drawing.text_widths import FONT_SIZE, width, wrap
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.drawing.tick_labels import labels_apart
from liftproof.pages.prints.prints_view import PrintLine, PrintsView
from liftproof.words.axis import share_along

LABELS = 205.0
"""Width of the column of labels, where they stand beside the plot."""
GAP = 8.0
_MARK = 26.0
"""Area, in square points, of a mark: all alike, as prints have no weight here."""
_SIDES = 17.0
"""From the axis down to whom each side favours."""
_AXIS_SPACE = 38.0
_ROW_GAP = 4.0
_BACKING = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
"""Of topics, over the line of no effect."""
_STRIP = 11.0
"""Height of an interval that stands beneath its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPrint:
    """A line of the figure: a topic, where ``line`` is None, or a print.

    ``y``: the middle of its first text; ``mark``: that of its interval. ``after``: where the next
    one may begin.
    """

    texts: tuple[str, ...]
    y: float
    mark: float
    after: float
    line: PrintLine | None = None


def draw_prints(view: PrintsView, form: FigureForm = WIDE) -> Figure:
    """Return the figure, as wide as its form; its height follows the prints."""
    room = form.width - 2 * MARGIN
    title = wrap(view.title, room, bold=True, size=TITLE_SIZE)
    top = MARGIN + len(title) * TITLE_LEADING + LEADING
    placed = list(_placed(view, top, form))
    bottom = placed[-1].after if placed else top + LEADING
    notes = [text for note in view.notes for text in wrap(note, room)]
    below = bottom + _AXIS_SPACE + (LEADING if form.is_stacked else 0.0)
    height = below + len(notes) * LEADING + MARGIN
    with applied():
        figure = empty_sheet(form.width, height)
        page = figure.add_axes((0, 0, 1, 1), label="page", facecolor="none", zorder=1)
        page.set(xlim=(0, form.width), ylim=(height, 0))
        page.set_axis_off()
        _page_texts(page, title, placed, form)
        for index, text in enumerate(notes):
            y = below + index * LEADING
            page.text(MARGIN, y, text, size=FONT_SIZE, va="baseline", color=GREY)
        plot = _plot(figure, view, (top, bottom, height), form)
        for one in placed:
            _draw_line(plot, view, one, form)
    return figure


def _placed(view: PrintsView, top: float, form: FigureForm) -> Iterator[PlacedPrint]:
    """Yield every line from the top downwards."""
    y = top + LEADING
    for topic, lines in view.topics:
        named = tuple(wrap(topic, form.width - 2 * MARGIN, bold=True))
        head = y + len(named) * LEADING
        yield PlacedPrint(texts=named, y=y, mark=y, after=head)
        y = head + _ROW_GAP
        for line in lines:
            one = _placed_print(line, y, form)
            yield one
            y = one.after + _ROW_GAP
        y += _ROW_GAP


def _placed_print(line: PrintLine, y: float, form: FigureForm) -> PlacedPrint:
    """Place a print: its interval beside its label, or beneath it."""
    if not form.is_stacked:
        texts = (line.label, *wrap(line.note, LABELS - GAP))
        return PlacedPrint(texts=texts, y=y, mark=y, after=y + len(texts) * LEADING, line=line)
    room = form.width - 2 * MARGIN - GAP
    texts = (*wrap(line.label, room - GAP - width(line.text)), *wrap(line.note, room))
    mark = y + (len(texts) - 1) * LEADING + _STRIP
    return PlacedPrint(texts=texts, y=y, mark=mark, after=mark + _STRIP, line=line)


def _page_texts(page: Axes, title: list[str], placed: list[PlacedPrint], form: FigureForm) -> None:
    draw_title(page, title)
    for one in placed:
        is_topic = one.line is None
        for index, text in enumerate(one.texts):
            page.text(
                MARGIN + (0 if is_topic else GAP),
                one.y + 0.36 * FONT_SIZE + index * LEADING,
                text,
                size=FONT_SIZE,
                va="baseline",
                weight="bold" if is_topic else "normal",
                color=INK if is_topic or index == 0 else GREY,
                bbox=_BACKING if is_topic else None,
            )
        if one.line is not None:
            page.text(
                form.width - MARGIN,
                one.y + 0.36 * FONT_SIZE,
                one.line.text,
                ha="right",
                size=FONT_SIZE,
                va="baseline",
            )


def _plot(
    figure: Figure, view: PrintsView, place: tuple[float, float, float], form: FigureForm
) -> Axes:
    """Add the axes of the intervals; ``place``: top, bottom, height of the page."""
    top, bottom, height = place
    left, right = MARGIN + GAP, form.width - MARGIN - GAP
    if not form.is_stacked:
        left = MARGIN + LABELS
        right -= max((width(line.text) for line in view.lines), default=0.0) + GAP
    plot = figure.add_axes(
        (
            left / form.width,
            1 - bottom / height,
            (right - left) / form.width,
            (bottom - top) / height,
        ),
        label="plot",
        facecolor="none",
    )
    axis = view.axis
    plot.set_xscale("log" if axis.is_log else "linear")
    plot.set(xlim=(axis.low, axis.high), ylim=(bottom, top))
    plot.spines[["left", "right", "top"]].set_visible(False)
    plot.spines["bottom"].set_edgecolor(INK)
    plot.xaxis.set_major_locator(FixedLocator(axis.ticks))
    plot.xaxis.set_minor_locator(NullLocator())
    places = [share_along(axis, tick) * (right - left) for tick in axis.ticks]
    labels = labels_apart(axis.labels, places, axis.first_label)
    plot.xaxis.set_ticks(axis.ticks, labels)
    plot.tick_params(axis="x", bottom=True, color=INK, labelsize=FONT_SIZE)
    plot.yaxis.set_visible(False)
    if axis.no_effect is not None:
        if not form.is_stacked:
            plot.axvline(axis.no_effect, color=INK, linewidth=0.6, zorder=1)
        _draw_sides(plot, view, is_stacked=form.is_stacked)
    return plot


def _draw_sides(plot: Axes, view: PrintsView, *, is_stacked: bool) -> None:
    """Write whom each side favours: away from the line of no effect, or one below the other."""
    beside = [(view.axis.left, "right", -GAP / 2), (view.axis.right, "left", GAP / 2)]
    ends = [(view.axis.left, "left", 0.0), (view.axis.right, "right", 1.0)]
    for index, (text, ha, at) in enumerate(ends if is_stacked else beside):
        plot.annotate(
            text,
            xy=(at, 0) if is_stacked else (view.axis.no_effect, 0),
            xycoords="axes fraction" if is_stacked else ("data", "axes fraction"),
            xytext=(0, -_SIDES - index * LEADING) if is_stacked else (at, -_SIDES),
            textcoords="offset points",
            ha=ha,
            va="top",
            size=FONT_SIZE,
        )


def _draw_line(plot: Axes, view: PrintsView, one: PlacedPrint, form: FigureForm) -> None:
    if one.line is None:
        return
    line, axis = one.line, view.axis
    colour = form.pooled_colour if line.is_filled else form.trial_colour
    if form.is_stacked and axis.no_effect is not None:  # no line runs through the texts between
        ends = one.mark - _STRIP / 2, one.mark + _STRIP / 2
        plot.vlines(axis.no_effect, *ends, colors=INK, linewidths=0.6, zorder=1)
    plot.hlines(one.mark, line.low, line.high, colors=INK, linewidths=0.9, zorder=2)
    plot.scatter(
        [line.estimate],
        [one.mark],
        s=_MARK,
        marker="D" if line.is_filled else "s",
        facecolor=colour if line.is_filled else "white",
        edgecolor=colour,
        linewidths=1.1,
        zorder=3,
    )
    for limit, edge, marker in ((line.low, axis.low, "<"), (line.high, axis.high, ">")):
        if (limit < axis.low) if marker == "<" else (limit > axis.high):
            plot.scatter(
                [edge], [one.mark], s=20.0, marker=marker, color=INK, clip_on=False, zorder=4
            )
