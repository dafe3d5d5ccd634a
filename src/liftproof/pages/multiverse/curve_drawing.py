"""Drawing a specification curve. Everything drawn stands in the :class:`CurveView`."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from liftproof.drawing.text_widths import FONT_SIZE, width, wrap
from liftproof.drawing.theme import GREY, INK, POOLED_COLOUR, TRIAL_COLOUR, applied
from liftproof.pages.multiverse.curve_view import ChoiceGroup, CurveView

POINTS_PER_INCH = 72.0
PAGE = 518.0
"""7.2 inches, two columns of a journal."""
MARGIN = 9.0
_CURVE, _TITLE, _LEADING, _PITCH, _GAP, _DENSITY = 190.0, 24.0, 13.0, 10.0, 6.0, 46.0
_SMALL, _TITLE_SIZE = 7.0, 10.0
_LONGEST_LABEL = 190.0
_AXIS_LABELS = 34.0
_TICK = 0.36
"""Half the length of a mark in the dashboard, in rows."""
_BINS = 24
_PRIMARY_SIZE = 34.0
_SLIT = 0.006


def draw_curve(plot: CurveView) -> Figure:
    """Return the figure, 7.2 inches wide; its height grows with the options shown."""
    rows = sum(len(group.options) + 1 for group in plot.groups)
    board = rows * _PITCH
    title = wrap(plot.title, PAGE - 2 * MARGIN, bold=True, size=_TITLE_SIZE)
    height = 2 * MARGIN + _TITLE + _LEADING * len(title) + _CURVE + _GAP + board
    left = MARGIN + max(_label_width(plot), _AXIS_LABELS)
    right = PAGE - MARGIN - (_DENSITY if plot.has_density else 0.0)
    with applied():
        figure = Figure(
            figsize=(PAGE / POINTS_PER_INCH, height / POINTS_PER_INCH), dpi=POINTS_PER_INCH
        )
        _heading(figure, [*title], plot.subtitle, height)
        bottom = (MARGIN + board + _GAP) / height
        curve = figure.add_axes(
            (left / PAGE, bottom, (right - left) / PAGE, _CURVE / height), label="curve"
        )
        _draw_curve(curve, plot)
        if plot.has_density:
            place = (right / PAGE + _SLIT, bottom, _DENSITY / PAGE - _SLIT, _CURVE / height)
            _draw_density(figure.add_axes(place, sharey=curve, label="density"), plot)
        if rows:
            below = figure.add_axes(
                (left / PAGE, MARGIN / height, (right - left) / PAGE, board / height),
                label="choices",
            )
            _draw_choices(below, plot, rows)
    return figure


def _heading(figure: Figure, title: list[str], subtitle: str, height: float) -> None:
    lines = [*((line, _TITLE_SIZE, "bold") for line in title), (subtitle, FONT_SIZE, "normal")]
    for number, (text, size, weight) in enumerate(lines, start=1):
        place = 1 - (MARGIN + number * _LEADING) / height
        figure.text(MARGIN / PAGE, place, text, size=size, weight=weight, color=INK, va="baseline")


def _label_width(plot: CurveView) -> float:
    texts = [(option, False) for group in plot.groups for option in group.options]
    texts += [(_head(group), True) for group in plot.groups]
    widest = max((width(text, bold=bold, size=_SMALL) for text, bold in texts), default=0.0)
    return min(_LONGEST_LABEL, widest) + 8.0


def _head(group: ChoiceGroup) -> str:
    return f"{group.name} ({group.note})"


def _draw_curve(axes: Axes, plot: CurveView) -> None:
    """Draw the estimates over their intervals, the print behind them, the settled one on top."""
    estimate, low, high = np.array(plot.columns).reshape(-1, 3).T
    x = np.arange(len(estimate))
    last = max(1, len(estimate) - 1)
    axes.set_yscale("log" if plot.axis.is_log else "linear")
    axes.set(xlim=(-0.02 * last - 0.5, 1.02 * last + 0.5), ylim=(plot.axis.low, plot.axis.high))
    _ticks(axes, plot)
    if plot.row.printed:
        axes.axhspan(plot.printed[1], plot.printed[2], color=POOLED_COLOUR, alpha=0.13, linewidth=0)
        axes.axhline(plot.printed[0], color=POOLED_COLOUR, linewidth=0.8, gid="printed")
    if plot.axis.no_effect is not None:
        axes.axhline(plot.axis.no_effect, color=INK, linewidth=0.6)
    ends = np.column_stack([low, high, np.full(len(x), np.nan)]).ravel()
    axes.plot(np.repeat(x, 3), ends, color=GREY, alpha=0.45, linewidth=0.7, gid="intervals")
    axes.plot(
        x,
        estimate,
        color=TRIAL_COLOUR,
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
    axes.tick_params(axis="y", left=True, color=INK)
    axes.set_ylabel(plot.measure, color=INK, labelpad=4)
    axes.xaxis.set_visible(False)


def _draw_density(axes: Axes, plot: CurveView) -> None:
    """Draw how many of the columns, which stand at equal steps of rank, lie where."""
    estimates = np.array(plot.columns)[:, 0]
    is_log = plot.axis.is_log
    scaled = np.log(estimates) if is_log else estimates
    counts, edges = np.histogram(scaled, bins=_BINS)
    shown = np.exp(edges) if is_log else edges
    axes.stairs(counts, shown, orientation="horizontal", fill=True, color=TRIAL_COLOUR, alpha=0.5)
    axes.set_xlim(0, 1.05 * max(1, counts.max()))
    axes.set_axis_off()


def _draw_choices(axes: Axes, plot: CurveView, rows: int) -> None:
    """Draw a mark for the option that each column has in each choice; the settled one is bold."""
    last = max(1, len(plot.columns) - 1)
    axes.set(xlim=(-0.02 * last - 0.5, 1.02 * last + 0.5), ylim=(rows, 0))
    axes.set_axis_off()
    top = 0.0
    for group in plot.groups:
        _label(axes, _head(group), top + 0.5, is_bold=True)
        for row, option in enumerate(group.options):
            _label(axes, option, top + 1.5 + row, is_bold=False)
        taken = np.array(group.taken)
        middle = top + 1.5 + taken
        x, y = np.repeat(np.arange(len(taken)), 3), np.repeat(middle, 3)
        y = y + np.tile([-_TICK, _TICK, np.nan], len(taken))
        axes.plot(x, y, color=TRIAL_COLOUR, linewidth=1.3, solid_capstyle="butt", gid=group.name)
        place = plot.rank * (len(plot.columns) - 1)
        axes.plot(place, top + 1.5 + group.primary, color=INK, marker="D", markersize=3.4)
        top += len(group.options) + 1


def _label(axes: Axes, text: str, y: float, *, is_bold: bool) -> None:
    first = wrap(text, _LONGEST_LABEL, bold=is_bold, size=_SMALL)
    shown = first[0] if len(first) == 1 else f"{first[0]} …"
    axes.annotate(
        shown,
        (0, y),
        xycoords=axes.get_yaxis_transform(),
        xytext=(-4, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        size=_SMALL,
        weight="bold" if is_bold else "normal",
        color=INK if is_bold else GREY,
    )
