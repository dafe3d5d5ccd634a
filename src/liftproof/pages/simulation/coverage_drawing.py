"""Drawing a coverage study as small multiples. All that is drawn stands in the view model."""

import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from liftproof.analysis.method_coverage import SHORT_BY
from liftproof.drawing.text_widths import FONT_SIZE, width, wrap
from liftproof.drawing.theme import COLOURS, GREY, INK, applied
from liftproof.pages.simulation.coverage_view import CoveragePanel, CoverageView

Dash = tuple[float, tuple[float, ...]]

POINTS_PER_INCH = 72.0
PAGE = 518.0
"""7.2 inches, two columns of a journal."""
_LEFT, _RIGHT, _GAP, _PANEL, _BETWEEN = 36.0, 8.0, 12.0, 130.0, 44.0
_LEADING, _TITLE_SIZE, _SMALL, _FOOT = 13.0, 10.0, 7.0, 34.0
_KEY_WIDTH, _KEY_GAP = 22.0, 14.0
_HEADINGS = 40.0
"""Between the legend and the first panels: what both headings of a panel need."""
_DISTINCT = tuple(COLOURS[place] for place in (0, 1, 2, 3, 4, 7))
"""Those of seaborn's palette for the colour-blind that stand apart on white."""
_DASHES: tuple[Dash, ...] = ((0.0, ()), (0.0, (4.0, 1.6)), (0.0, (1.2, 1.2)))
_MARKERS = "osD^vPX"
_HEADROOM = 0.008


def draw_coverage(plot: CoverageView) -> Figure:
    """Return the figure, 7.2 inches wide; its height grows with the rows of panels."""
    title = wrap(plot.title, PAGE - _LEFT - _RIGHT, bold=True, size=_TITLE_SIZE)
    keys = _rows_of_keys(plot)
    head = _LEADING * (len(title) + len(keys)) + _HEADINGS
    rows = -(-len(plot.panels) // plot.columns)
    height = head + rows * (_PANEL + _BETWEEN) - _BETWEEN + _FOOT
    wide = (PAGE - _LEFT - _RIGHT - _GAP * (plot.columns - 1)) / plot.columns
    with applied():
        figure = Figure(
            figsize=(PAGE / POINTS_PER_INCH, height / POINTS_PER_INCH), dpi=POINTS_PER_INCH
        )
        for number, line in enumerate(title, start=1):
            _text(figure, _LEFT, height - number * _LEADING, line, _TITLE_SIZE, "bold")
        for number, row in enumerate(keys, start=1 + len(title)):
            _draw_keys(figure, plot, row, height - number * _LEADING - 4.0)
        for place, panel in enumerate(plot.panels):
            row_number, column = divmod(place, plot.columns)
            left = _LEFT + column * (wide + _GAP)
            bottom = height - head - _PANEL - row_number * (_PANEL + _BETWEEN)
            axes = figure.add_axes(
                (left / PAGE, bottom / height, wide / PAGE, _PANEL / height), label=str(place)
            )
            _draw_panel(axes, plot, panel, is_first=column == 0)
            _text(figure, left, bottom + _PANEL + 5.0, panel.heading, FONT_SIZE, "normal")
            if column == 0:
                _text(figure, left, bottom + _PANEL + 16.0, panel.side, FONT_SIZE, "bold")
        _text(figure, _LEFT, 6.0, "trials a review", FONT_SIZE, "normal")
    return figure


def _text(figure: Figure, x: float, y: float, text: str, size: float, weight: str) -> None:
    page_height = figure.get_size_inches()[1] * POINTS_PER_INCH
    figure.text(x / PAGE, y / page_height, text, size=size, weight=weight, color=INK, va="baseline")


def _rows_of_keys(plot: CoverageView) -> list[list[int]]:
    """Return which methods stand in each row of the legend."""
    rows: list[list[int]] = [[]]
    used = 0.0
    for place, name in enumerate(plot.methods):
        needed = _KEY_WIDTH + width(name, size=FONT_SIZE) + _KEY_GAP
        if used + needed > PAGE - _LEFT - _RIGHT:
            rows.append([])
            used = 0.0
        rows[-1].append(place)
        used += needed
    return rows


def _draw_keys(figure: Figure, plot: CoverageView, row: list[int], y: float) -> None:
    page_height = figure.get_size_inches()[1] * POINTS_PER_INCH
    x = _LEFT
    for place in row:
        colour, dash, marker = _look(plot.places[place])
        xs, ys = [x / PAGE, (x + _KEY_WIDTH - 5.0) / PAGE], [(y + 2.5) / page_height] * 2
        figure.add_artist(Line2D(xs, ys, color=colour, linestyle=dash, linewidth=1.3))
        figure.add_artist(
            Line2D([sum(xs) / 2], ys[:1], color=colour, marker=marker, markersize=3.4)
        )
        _text(figure, x + _KEY_WIDTH, y, plot.methods[place], FONT_SIZE, "normal")
        x += _KEY_WIDTH + width(plot.methods[place], size=FONT_SIZE) + _KEY_GAP


def _look(place: int) -> tuple[str, Dash, str]:
    """Return colour, dash and marker of the method in this place."""
    turn, colour = divmod(place, len(_DISTINCT))
    return _DISTINCT[colour], _DASHES[turn % len(_DASHES)], _MARKERS[place % len(_MARKERS)]


def _draw_panel(axes: Axes, plot: CoverageView, panel: CoveragePanel, *, is_first: bool) -> None:
    """Draw a line a method over the level and the band within a point of it."""
    axes.axhspan(
        plot.level - SHORT_BY, min(1.0, plot.level + SHORT_BY), color=GREY, alpha=0.18, lw=0
    )
    axes.axhline(plot.level, color=INK, linewidth=0.6)
    looks = [_look(place) for place in plot.places]
    points = [
        (at, value, name)
        for name, line in zip(plot.methods, panel.lines, strict=True)
        for at, value in enumerate(line)
        if value is not None
    ]
    sns.lineplot(
        x=[at for at, _, _ in points],
        y=[value for _, value, _ in points],
        hue=[name for _, _, name in points],
        hue_order=plot.methods,
        palette=[colour for colour, _, _ in looks],
        estimator=None,
        linewidth=1.2,
        legend=False,
        ax=axes,
    )
    for line, (_, dash, marker) in zip(axes.get_lines()[1:], looks, strict=False):
        line.set(linestyle=dash, marker=marker, markersize=3.2, markeredgewidth=0)
    last = len(plot.k) - 1
    axes.set(xlim=(-0.2, last + 0.2), ylim=(plot.low, 1.0 + _HEADROOM))
    axes.set_xticks(range(len(plot.k)), [str(k) for k in plot.k])
    ticks = _ticks(plot.low)
    axes.set_yticks(ticks, [f"{100 * tick:.0f} %" if is_first else "" for tick in ticks])
    axes.set(xlabel="", ylabel="")
    axes.spines[["right", "top"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_edgecolor(INK)
    axes.tick_params(bottom=True, left=True, color=INK, labelsize=_SMALL)


def _ticks(low: float) -> list[float]:
    """Return ticks from 100 % down to the axis' end: at every 5 %, or 10 % of a long axis."""
    step = 5 if low >= 0.7 else 10  # noqa: PLR2004
    return [share / 100 for share in range(100, round(100 * low) - 1, -step)]
