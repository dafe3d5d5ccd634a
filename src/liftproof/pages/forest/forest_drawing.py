"""Drawing a forest plot. All of it stands in the :class:`ForestView`; nothing is computed."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from matplotlib.ticker import FixedLocator, NullLocator

from liftproof.drawing.figure_form import WIDE, FigureForm
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.drawing.tick_labels import labels_apart
from liftproof.pages.forest.forest_layout import ForestLayout, layout_of, position
from liftproof.pages.forest.forest_places import TextLine
from liftproof.pages.forest.forest_rows import SMALLEST_AREA, ForestRow
from liftproof.pages.forest.forest_view import ForestView
from liftproof.words.axis import Axis

POINTS_PER_INCH = 72.0
LARGEST_SQUARE = 92.0
"""Area, in square points, of the square of the trial with the largest weight."""
_HALF_DIAMOND = 4.4
_INTERVAL_WIDTH = 0.9
_BARE_WIDTH = 0.25
"""Of very many intervals, between which the squares are seen."""
_PREDICTION_WIDTH = 3.2
_LINE_HEAD, _BAR_HEAD = 20.0, 60.0
"""Areas of arrowheads: a diamond or a bar that is cut off needs a larger one than a line."""
_RULE_WIDTH = 0.6
_BACKING = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}

Place = tuple[ForestRow, float]


def draw_forest(forest: ForestView, form: FigureForm = WIDE) -> Figure:
    """Return the figure, as wide as its form; wider where labels need it and may have it."""
    layout = layout_of(forest, form)
    with applied():
        size = (layout.columns.page / POINTS_PER_INCH, layout.height / POINTS_PER_INCH)
        figure = Figure(figsize=size, dpi=POINTS_PER_INCH)
        page = _page(figure, layout)
        plot = _plot(figure, layout, forest.axis)
        for line in layout.lines:
            _write(page, line)
        _draw_rows(plot, forest, layout, form)
    return figure


def _page(figure: Figure, layout: ForestLayout) -> Axes:
    """Add axes over the whole page, in points from its upper left corner, with the rules."""
    page = figure.add_axes((0, 0, 1, 1), label="page", facecolor="none", zorder=1)
    page.set(xlim=(0, layout.columns.page), ylim=(layout.height, 0))
    page.set_axis_off()
    left, right = layout.lines[0].x, layout.columns.estimate
    page.hlines(layout.rules, left, right, colors=INK, linewidths=_RULE_WIDTH)
    return page


def _plot(figure: Figure, layout: ForestLayout, axis: Axis) -> Axes:
    """Add the axes of the plot: the effect across, points from the upper edge downwards."""
    columns, top = layout.columns, layout.rules[1]
    plot = figure.add_axes(
        (
            columns.plot_left / columns.page,
            1 - layout.axis / layout.height,
            (columns.plot_right - columns.plot_left) / columns.page,
            (layout.axis - top) / layout.height,
        ),
        label="plot",
        facecolor="none",
    )
    plot.set_xscale("log" if axis.is_log else "linear")
    plot.set(xlim=(axis.low, axis.high), ylim=(layout.axis, top))
    plot.spines[["left", "right", "top"]].set_visible(False)
    plot.spines["bottom"].set_edgecolor(INK)
    plot.xaxis.set_major_locator(FixedLocator(axis.ticks))
    plot.xaxis.set_minor_locator(NullLocator())
    places = [position(axis, columns, tick) for tick in axis.ticks]
    plot.xaxis.set_ticks(axis.ticks, labels_apart(axis.labels, places, axis.first_label))
    plot.tick_params(axis="x", bottom=True, color=INK)
    plot.yaxis.set_visible(False)
    return plot


def _write(page: Axes, line: TextLine) -> None:
    page.text(
        line.x,
        line.y,
        line.text,
        ha=line.align,
        va="baseline",
        size=line.size,
        weight="bold" if line.bold else "normal",
        color=GREY if line.quiet else INK,
        bbox=_BACKING if line.is_backed else None,
    )


def _draw_rows(plot: Axes, forest: ForestView, layout: ForestLayout, form: FigureForm) -> None:
    places = list(zip(forest.rows, layout.middles, strict=True))
    _no_effect_line(plot, forest, layout)
    _squares(plot, [place for place in places if place[0].kind == "trial"], form.trial_colour)
    is_bare = any(row.is_bare for row in forest.rows)
    _intervals(plot, places, ("trial",), INK, _BARE_WIDTH if is_bare else _INTERVAL_WIDTH)
    _intervals(plot, places, ("prediction",), form.pooled_colour, _PREDICTION_WIDTH)
    for row, y in places:
        if row.kind in ("subgroup", "pooled"):
            _diamond(plot, row, y, form.pooled_colour)
        if row.kind == "pooled":
            _pooled_line(plot, row, (layout.rules[1], y), form.pooled_colour)
    _arrowheads(plot, forest.axis, places, form.pooled_colour)


def _no_effect_line(plot: Axes, forest: ForestView, layout: ForestLayout) -> None:
    """Draw the line of no effect over the whole height, where there is one."""
    top, bottom, none = layout.rules[1], layout.axis, forest.axis.no_effect
    if none is not None:
        plot.vlines(none, top, bottom, colors=INK, linewidths=_RULE_WIDTH, zorder=1)


def _pooled_line(plot: Axes, row: ForestRow, ends: tuple[float, float], colour: str) -> None:
    """Draw the line of the pooled estimate down to its diamond."""
    plot.vlines(
        row.estimate,
        *ends,
        colors=colour,
        linewidths=_RULE_WIDTH,
        linestyles=(0, (3, 2)),
        zorder=1,
        gid="pooled-line",
    )


def _squares(plot: Axes, places: Sequence[Place], colour: str) -> None:
    plot.scatter(
        [row.estimate for row, _ in places],
        [y for _, y in places],
        s=[LARGEST_SQUARE * max(row.area, SMALLEST_AREA) for row, _ in places],
        marker="s",
        color=colour,
        linewidths=0,
        zorder=2,
        gid="squares",
    )


def _intervals(
    plot: Axes, places: Sequence[Place], kinds: tuple[str, ...], colour: str, thickness: float
) -> None:
    """Draw intervals over the squares; the axes cut them where they run beyond."""
    drawn = [(row, y) for row, y in places if row.kind in kinds]
    plot.hlines(
        [y for _, y in drawn],
        [row.low for row, _ in drawn],
        [row.high for row, _ in drawn],
        colors=colour,
        linewidths=thickness,
        zorder=3,
        gid=f"{kinds[0]}-intervals",
    )


def _diamond(plot: Axes, row: ForestRow, y: float, colour: str) -> None:
    corners = [
        (row.low, y),
        (row.estimate, y - _HALF_DIAMOND),
        (row.high, y),
        (row.estimate, y + _HALF_DIAMOND),
    ]
    plot.add_patch(Polygon(corners, facecolor=colour, linewidth=0, zorder=3, gid=row.kind))


def _arrowheads(plot: Axes, axis: Axis, places: Sequence[Place], pooled_colour: str) -> None:
    for name, edge, marker in (("clipped_low", axis.low, "<"), ("clipped_high", axis.high, ">")):
        cut = [(row, y) for row, y in places if getattr(row, name)]
        of_trials = [row.kind == "trial" for row, _ in cut]
        plot.scatter(
            [edge] * len(cut),
            [y for _, y in cut],
            s=[_LINE_HEAD if is_line else _BAR_HEAD for is_line in of_trials],
            marker=marker,
            color=[INK if is_line else pooled_colour for is_line in of_trials],
            linewidths=0,
            clip_on=False,
            zorder=4,
            gid=name,
        )
