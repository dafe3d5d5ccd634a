"""Drawing a forest plot. All of it stands in the :class:`ForestView`; nothing is computed."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure, FigureBase
from matplotlib.ticker import FixedLocator, NullLocator

from liftproof.drawing.figure_form import WIDE, FigureForm
from liftproof.drawing.interval_marks import (
    LARGEST_SQUARE,
    RULE_WIDTH,
    arrowheads,
    density,
    diamond,
    intervals,
    line_of_pool,
    squares,
)
from liftproof.drawing.sheet import empty_sheet
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.drawing.tick_labels import labels_apart
from liftproof.pages.certainty.bias_lights import light_circles
from liftproof.pages.forest.extra_places import LIGHT
from liftproof.pages.forest.forest_layout import ForestLayout, layout_of, position
from liftproof.pages.forest.forest_places import CURVE_HEIGHT, TextLine
from liftproof.pages.forest.forest_predictive import KIND as PREDICTIVE
from liftproof.pages.forest.forest_rows import SMALLEST_AREA, ForestRow
from liftproof.pages.forest.forest_view import ForestView
from liftproof.words.axis import Axis

_INTERVAL_WIDTH = 0.9
_BARE_WIDTH = 0.25
"""Of very many intervals, between which the squares are seen."""
_PREDICTION_WIDTH = 3.2
_BACKING = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}

Place = tuple[ForestRow, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestPlace:
    """Where a forest plot stands in a figure: left, bottom, width and height, as shares of it.

    ``shown``: how large its texts and marks are, of the size in the layout. ``plot``: axes that
    are moved to where the intervals stand; None for new ones.
    """

    left: float = 0.0
    bottom: float = 0.0
    width: float = 1.0
    height: float = 1.0
    shown: float = 1.0
    plot: Axes | None = None


WHOLE = ForestPlace()


def draw_forest(forest: ForestView, form: FigureForm = WIDE) -> Figure:
    """Return the figure, as wide as its form; wider where labels need it and may have it."""
    layout = layout_of(forest, form)
    with applied():
        figure = empty_sheet(layout.columns.page, layout.height)
        forest_into(figure, forest, layout, form)
    return figure


def forest_into(
    figure: FigureBase,
    forest: ForestView,
    layout: ForestLayout,
    form: FigureForm,
    place: ForestPlace = WHOLE,
) -> Axes:
    """Draw a forest plot into a place of a figure; return the axes of its intervals."""
    page = _page(figure, layout, place)
    plot = _plot(figure, layout, forest.axis, place)
    _lights(page, layout, place.shown)
    for line in layout.lines:
        _write(page, line, place.shown)
    _draw_rows(plot, forest, layout, form, place.shown)
    return plot


def _lights(page: Axes, layout: ForestLayout, shown: float) -> None:
    """Draw the circles of judgements, in whose middle their signs stand."""
    for meaning in dict.fromkeys(light.meaning for light in layout.lights):
        places = [(light.x, light.y) for light in layout.lights if light.meaning == meaning]
        light_circles(page, meaning, places, LIGHT * shown)


def _page(figure: FigureBase, layout: ForestLayout, place: ForestPlace) -> Axes:
    """Add axes over the whole page, in points from its upper left corner, with the rules."""
    box = (place.left, place.bottom, place.width, place.height)
    page = figure.add_axes(box, label="page", facecolor="none", zorder=1)
    page.set(xlim=(0, layout.columns.page), ylim=(layout.height, 0))
    page.set_axis_off()
    left, right = layout.lines[0].x, layout.columns.estimate
    page.hlines(layout.rules, left, right, colors=INK, linewidths=RULE_WIDTH)
    return page


def _plot(figure: FigureBase, layout: ForestLayout, axis: Axis, place: ForestPlace) -> Axes:
    """Place the axes of the plot: the effect across, points from the upper edge downwards."""
    columns, top = layout.columns, layout.rules[1]
    box = (
        place.left + columns.plot_left / columns.page * place.width,
        place.bottom + (1 - layout.axis / layout.height) * place.height,
        (columns.plot_right - columns.plot_left) / columns.page * place.width,
        (layout.axis - top) / layout.height * place.height,
    )
    plot = place.plot
    if plot is None:
        plot = figure.add_axes(box, label="plot", facecolor="none")
    else:
        plot.set_position(box)
        plot.set(facecolor="none", aspect="auto", label="plot")
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


def _write(page: Axes, line: TextLine, shown: float) -> None:
    page.text(
        line.x,
        line.y,
        line.text,
        ha=line.align,
        va="baseline",
        size=line.size * shown,
        weight="bold" if line.bold else "normal",
        color=GREY if line.quiet else INK,
        bbox=_BACKING if line.is_backed else None,
    )


def _draw_rows(
    plot: Axes, forest: ForestView, layout: ForestLayout, form: FigureForm, shown: float
) -> None:
    places = list(zip(forest.rows, layout.middles, strict=True))
    _no_effect_line(plot, forest, layout)
    _squares(plot, [place for place in places if place[0].kind == "trial"], form, shown)
    width = _BARE_WIDTH if any(row.is_bare for row in forest.rows) else _INTERVAL_WIDTH
    _intervals(plot, places, "trial", INK, width * shown)
    _intervals(plot, places, "prediction", form.pooled_colour, _PREDICTION_WIDTH * shown)
    for row, y in places:
        if row.kind in ("subgroup", "pooled"):
            numbers = (row.estimate, row.low, row.high)
            diamond(plot, numbers, y, form.pooled_colour, row.kind)
        if row.kind == PREDICTIVE and forest.predictive:
            curve = forest.predictive
            density(plot, (curve.places, curve.inside), y, CURVE_HEIGHT, form.pooled_colour)
        if row.kind == "pooled":
            line_of_pool(plot, row.estimate, (layout.rules[1], y), form.pooled_colour)
    _arrowheads(plot, forest.axis, places, form, shown)


def _no_effect_line(plot: Axes, forest: ForestView, layout: ForestLayout) -> None:
    """Draw the line of no effect over the whole height, where there is one."""
    top, bottom, none = layout.rules[1], layout.axis, forest.axis.no_effect
    if none is not None:
        plot.vlines(none, top, bottom, colors=INK, linewidths=RULE_WIDTH, zorder=1)


def _squares(plot: Axes, places: Sequence[Place], form: FigureForm, shown: float) -> None:
    largest = LARGEST_SQUARE * shown**2
    squares(
        plot,
        [row.estimate for row, _ in places],
        [y for _, y in places],
        [largest * max(row.area, SMALLEST_AREA) for row, _ in places],
        form.trial_colour,
    )


def _intervals(
    plot: Axes, places: Sequence[Place], kind: str, colour: str, thickness: float
) -> None:
    drawn = [(row, y) for row, y in places if row.kind == kind]
    ends = [row.low for row, _ in drawn], [row.high for row, _ in drawn]
    intervals(plot, [y for _, y in drawn], ends, colour, thickness, f"{kind}-intervals")


def _arrowheads(
    plot: Axes, axis: Axis, places: Sequence[Place], form: FigureForm, shown: float
) -> None:
    for name, edge in (("clipped_low", axis.low), ("clipped_high", axis.high)):
        cut = [(row, y) for row, y in places if getattr(row, name)]
        arrowheads(
            plot,
            edge,
            [y for _, y in cut],
            [row.kind == "trial" for row, _ in cut],
            form.pooled_colour,
            points_left=name == "clipped_low",
            shown=shown,
        )
