"""Drawing a specification curve. Everything drawn stands in the :class:`CurveView`."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from liftproof.drawing.figure_form import WIDE, FigureForm
from liftproof.drawing.sheet import empty_sheet
from liftproof.drawing.text_widths import FONT_SIZE, wrap
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.pages.multiverse.curve_board import PITCH, Board, BoardRow, board_of
from liftproof.pages.multiverse.curve_view import CurveView, curve_notes

MARGIN = 9.0
_CURVE, _LEADING, _NOTE_LEADING, _GAP = 190.0, 13.0, 10.0, 6.0
_DENSITY = 0.09
"""Of the page, how wide the density of estimates is."""
_TITLE_SIZE = 10.0
_TICK = 0.36
"""Half the length of a mark in the dashboard, in rows."""
_MARK, _SHARE = 1.3, 0.75
"""Thickness of a mark, and of how much of its column it may be."""
_BINS = 24
_PRIMARY_SIZE = 34.0
_SLIT = 3.0


Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """Edges in points, y from the upper one: of the curve, of its column, of the dashboard."""

    form: FigureForm
    heads: tuple[tuple[str, float, str], ...]
    notes: tuple[str, ...]
    board: Board
    left: float
    right: float
    top: float
    height: float

    @property
    def board_top(self) -> float:
        return self.top + _CURVE + _GAP

    def place(self, left: float, top: float, width: float, height: float) -> Rectangle:
        """Return a rectangle as matplotlib has it, in shares of the page from below."""
        page = self.form.width
        bottom = 1 - (top + height) / self.height
        return left / page, bottom, width / page, height / self.height


def _page_of(plot: CurveView, form: FigureForm) -> _Page:
    room = form.width - 2 * MARGIN
    subtitle = f"{plot.subtitle}, log scale" if plot.axis.is_log else plot.subtitle
    heads = (
        *(
            (text, _TITLE_SIZE, "bold")
            for text in wrap(plot.title, room, bold=True, size=_TITLE_SIZE)
        ),
        *((text, FONT_SIZE, "normal") for text in wrap(subtitle, room)),
    )
    notes = tuple(line for note in curve_notes(plot) for line in wrap(note, room))
    board = board_of(plot, form)
    top = MARGIN + _LEADING * len(heads) + _LEADING
    return _Page(
        form=form,
        heads=heads,
        notes=notes,
        board=board,
        left=MARGIN + board.labels,
        right=form.width - MARGIN - (form.width * _DENSITY if plot.has_density else 0.0),
        top=top,
        height=top + _CURVE + _GAP + board.height + _NOTE_LEADING * (len(notes) + 1) + MARGIN,
    )


def draw_curve(plot: CurveView, form: FigureForm = WIDE) -> Figure:
    """Return the figure, as wide as its form; its height grows with the options shown."""
    page = _page_of(plot, form)
    across = page.right - page.left
    with applied():
        figure = empty_sheet(form.width, page.height)
        _write(figure, page)
        place = page.place(page.left, page.top, across, _CURVE)
        curve = figure.add_axes(place, label="curve")
        _draw_curve(curve, plot, form)
        if plot.has_density:
            wide = form.width * _DENSITY - _SLIT
            place = page.place(page.right + _SLIT, page.top, wide, _CURVE)
            _draw_density(figure.add_axes(place, sharey=curve, label="density"), plot, form)
        if plot.groups:
            place = page.place(page.left, page.board_top, across, page.board.height)
            _draw_choices(figure.add_axes(place, label="choices"), plot, page)
    return figure


def _write(figure: Figure, page: _Page) -> None:
    """Write title and subtitle above, findings and key beneath."""
    for text, y, size, weight, colour in _texts(page):
        place = (MARGIN / page.form.width, 1 - y / page.height)
        figure.text(*place, text, size=size, weight=weight, color=colour, va="baseline")


def _texts(page: _Page) -> Iterator[tuple[str, float, float, str, str]]:
    for number, (text, size, weight) in enumerate(page.heads, start=1):
        yield text, MARGIN + number * _LEADING, size, weight, INK
    first = page.board_top + page.board.height + 2 * _NOTE_LEADING
    for number, text in enumerate(page.notes):
        yield text, first + number * _NOTE_LEADING, FONT_SIZE, "normal", GREY


def _draw_curve(axes: Axes, plot: CurveView, form: FigureForm) -> None:
    """Draw the estimates over their intervals, the print behind them, the settled one on top."""
    estimate, low, high = np.array(plot.columns).reshape(-1, 3).T
    x = np.arange(len(estimate))
    last = max(1, len(estimate) - 1)
    axes.set_yscale("log" if plot.axis.is_log else "linear")
    axes.set(xlim=(-0.02 * last - 0.5, 1.02 * last + 0.5), ylim=(plot.axis.low, plot.axis.high))
    _ticks(axes, plot)
    if plot.row.printed:
        axes.axhspan(*plot.printed[1:], color=form.pooled_colour, alpha=0.13, linewidth=0)
        axes.axhline(plot.printed[0], color=form.pooled_colour, linewidth=0.8, gid="printed")
    if plot.axis.no_effect is not None:
        axes.axhline(plot.axis.no_effect, color=INK, linewidth=0.6)
    ends = np.column_stack([low, high, np.full(len(x), np.nan)]).ravel()
    axes.plot(np.repeat(x, 3), ends, color=GREY, alpha=0.45, linewidth=0.7, gid="intervals")
    axes.plot(
        x,
        estimate,
        color=form.trial_colour,
        linestyle="none",
        marker="o",
        markersize=2.4,
        gid="curve",
        markeredgewidth=0,
    )
    place = plot.rank * (len(estimate) - 1)
    axes.vlines(place, *plot.primary[1:], colors=INK, linewidth=1.2, zorder=4)
    axes.scatter(
        [place],
        [plot.primary[0]],
        s=_PRIMARY_SIZE,
        marker="D",
        color=INK,
        zorder=5,
        linewidths=0,
        gid="primary",
    )


def _ticks(axes: Axes, plot: CurveView) -> None:
    axes.spines[["right", "top", "bottom"]].set_visible(False)
    axes.spines["left"].set_edgecolor(INK)
    axes.yaxis.set_major_locator(FixedLocator(plot.axis.ticks))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_yticks(plot.axis.ticks, plot.axis.labels)
    axes.tick_params(axis="y", left=True, color=INK, labelsize=FONT_SIZE)
    axes.xaxis.set_visible(False)


def _draw_density(axes: Axes, plot: CurveView, form: FigureForm) -> None:
    """Draw how many of the columns, which stand at equal steps of rank, lie where."""
    estimates = np.array(plot.columns)[:, 0]
    is_log = plot.axis.is_log
    scaled = np.log(estimates) if is_log else estimates
    counts, edges = np.histogram(scaled, bins=_BINS)
    shown = np.exp(edges) if is_log else edges
    colour = form.trial_colour
    axes.stairs(counts, shown, orientation="horizontal", fill=True, color=colour, alpha=0.5)
    axes.set_xlim(0, 1.05 * max(1, counts.max()))
    axes.set_axis_off()


def _draw_choices(axes: Axes, plot: CurveView, page: _Page) -> None:
    """Draw a mark for the option that each column has in each choice; the settled one is bold."""
    last = max(1, len(plot.columns) - 1)
    axes.set(xlim=(-0.02 * last - 0.5, 1.02 * last + 0.5), ylim=(page.board.height, 0))
    axes.set_axis_off()
    for group, name, options in page.board.groups:
        for row in (name, *options):
            _label(axes, row, page)
        middle = np.array([row.middle for row in options])
        taken = middle[np.array(group.taken, dtype=int)]
        x, y = np.repeat(np.arange(len(taken)), 3), np.repeat(taken, 3)
        y = y + np.tile([-_TICK * PITCH, _TICK * PITCH, np.nan], len(taken))
        colour = page.form.trial_colour
        thick = min(_MARK, _SHARE * (page.right - page.left) / len(taken))
        axes.plot(x, y, color=colour, linewidth=thick, solid_capstyle="butt", gid=group.name)
        place = plot.rank * (len(plot.columns) - 1)
        axes.plot(place, middle[group.primary], color=INK, marker="D", markersize=3.4)


def _label(axes: Axes, row: BoardRow, page: _Page) -> None:
    """Write a label before its marks, or above them from the left edge of the page."""
    is_above = page.form.is_stacked
    for line, text in enumerate(row.lines):
        axes.annotate(
            text,
            (0, row.top + (line + 0.5) * PITCH),
            xycoords=axes.get_yaxis_transform(),
            xytext=(MARGIN - page.left if is_above else -4, 0),
            textcoords="offset points",
            ha="left" if is_above else "right",
            va="center",
            size=page.form.smallest,
            weight="bold" if row.is_bold else "normal",
            color=INK if row.is_bold else GREY,
        )
