"""Drawing printed estimates. All of it stands in the PrintsView; nothing is computed."""

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from liftproof.drawing.text_widths import FONT_SIZE, width, wrap
from liftproof.drawing.theme import GREY, INK, POOLED_COLOUR, TRIAL_COLOUR, applied
from liftproof.pages.prints.prints_view import PrintLine, PrintsView

POINTS_PER_INCH = 72.0
PAGE = 518.4
MARGIN = 10.0
LEADING = 10.0
TITLE_SIZE = 10.0
LABELS = 205.0
"""Width of the column of labels."""
GAP = 8.0
_MARK = 26.0
"""Area, in square points, of a mark: all alike, as prints have no weight here."""
_SIDES = 17.0
"""From the axis down to whom each side favours."""
_AXIS_SPACE = 38.0
_ROW_GAP = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPrint:
    """A line of the figure: a topic, where ``line`` is None, or a print; ``y`` is its middle."""

    texts: tuple[str, ...]
    y: float
    line: PrintLine | None = None


def draw_prints(view: PrintsView) -> Figure:
    """Return the figure, 7.2 inches wide; its height follows the prints."""
    room = PAGE - 2 * MARGIN
    title = wrap(view.title, room, bold=True, size=TITLE_SIZE)
    top = MARGIN + len(title) * 12.5 + LEADING
    placed = list(_placed(view, top))
    bottom = placed[-1].y + len(placed[-1].texts) * LEADING
    notes = [text for note in view.notes for text in wrap(note, room)]
    height = bottom + _AXIS_SPACE + len(notes) * LEADING + MARGIN
    with applied():
        size = (PAGE / POINTS_PER_INCH, height / POINTS_PER_INCH)
        figure = Figure(figsize=size, dpi=POINTS_PER_INCH)
        page = figure.add_axes((0, 0, 1, 1), label="page", facecolor="none")
        page.set(xlim=(0, PAGE), ylim=(height, 0))
        page.set_axis_off()
        _page_texts(page, title, placed, notes, bottom + _AXIS_SPACE)
        plot = _plot(figure, view, (top, bottom, height))
        for one in placed:
            _draw_line(plot, view, one)
    return figure


def _placed(view: PrintsView, top: float) -> Iterator[PlacedPrint]:
    """Yield every line from the top downwards."""
    y = top + LEADING
    for topic, lines in view.topics:
        yield PlacedPrint(texts=(topic,), y=y)
        y += LEADING + _ROW_GAP
        for line in lines:
            texts = (line.label, *wrap(line.note, LABELS - GAP))
            yield PlacedPrint(texts=texts, y=y, line=line)
            y += len(texts) * LEADING + _ROW_GAP
        y += _ROW_GAP


def _page_texts(
    page: Axes, title: list[str], placed: list[PlacedPrint], notes: list[str], below: float
) -> None:
    for index, text in enumerate(title):
        y = MARGIN + TITLE_SIZE * 0.8 + index * 12.5
        page.text(MARGIN, y, text, weight="bold", size=TITLE_SIZE, va="baseline")
    for one in placed:
        for index, text in enumerate(one.texts):
            is_name = index == 0
            page.text(
                MARGIN + (0 if one.line is None else GAP),
                one.y + 0.36 * FONT_SIZE + index * LEADING,
                text,
                size=FONT_SIZE,
                va="baseline",
                weight="bold" if one.line is None else "normal",
                color=INK if is_name else GREY,
            )
        if one.line is not None:
            y = one.y + 0.36 * FONT_SIZE
            page.text(PAGE - MARGIN, y, one.line.text, ha="right", size=FONT_SIZE, va="baseline")
    for index, text in enumerate(notes):
        page.text(MARGIN, below + index * LEADING, text, size=FONT_SIZE, va="baseline", color=GREY)


def _plot(figure: Figure, view: PrintsView, place: tuple[float, float, float]) -> Axes:
    """Add the axes between labels and printed texts; ``place``: top, bottom, height of the page."""
    top, bottom, height = place
    left = MARGIN + LABELS
    right = PAGE - MARGIN - max(width(line.text) for line in view.lines) - 2 * GAP
    plot = figure.add_axes(
        (left / PAGE, 1 - bottom / height, (right - left) / PAGE, (bottom - top) / height),
        label="plot",
        facecolor="none",
    )
    plot.set_xscale("log" if view.axis.is_log else "linear")
    plot.set(xlim=(view.axis.low, view.axis.high), ylim=(bottom, top))
    plot.spines[["left", "right", "top"]].set_visible(False)
    plot.spines["bottom"].set_edgecolor(INK)
    plot.xaxis.set_major_locator(FixedLocator(view.axis.ticks))
    plot.xaxis.set_minor_locator(NullLocator())
    plot.xaxis.set_ticks(view.axis.ticks, view.axis.labels)
    plot.tick_params(axis="x", bottom=True, color=INK, labelsize=FONT_SIZE)
    plot.yaxis.set_visible(False)
    if view.axis.no_effect is not None:
        plot.axvline(view.axis.no_effect, color=INK, linewidth=0.6, zorder=1)
        _draw_sides(plot, view)
    return plot


def _draw_sides(plot: Axes, view: PrintsView) -> None:
    """Write whom each side favours, away from the line of no effect."""
    for text, ha, away in ((view.axis.left, "right", -GAP / 2), (view.axis.right, "left", GAP / 2)):
        plot.annotate(
            text,
            xy=(view.axis.no_effect, 0),
            xycoords=("data", "axes fraction"),
            xytext=(away, -_SIDES),
            textcoords="offset points",
            ha=ha,
            va="top",
            size=FONT_SIZE,
        )


def _draw_line(plot: Axes, view: PrintsView, one: PlacedPrint) -> None:
    if one.line is None:
        return
    line, axis = one.line, view.axis
    colour = POOLED_COLOUR if line.is_held else TRIAL_COLOUR
    plot.hlines(one.y, line.low, line.high, colors=INK, linewidths=0.9, zorder=2)
    plot.scatter(
        [line.estimate],
        [one.y],
        s=_MARK,
        marker="D" if line.is_held else "s",
        facecolor=colour if line.is_held else "white",
        edgecolor=colour,
        linewidths=1.1,
        zorder=3,
    )
    for limit, edge, marker in ((line.low, axis.low, "<"), (line.high, axis.high, ">")):
        if (limit < axis.low) if marker == "<" else (limit > axis.high):
            plot.scatter([edge], [one.y], s=20.0, marker=marker, color=INK, clip_on=False, zorder=4)
