"""Marks of estimates with limits, from plain numbers: squares, intervals, diamonds, arrowheads."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from liftproof.drawing.theme import INK

LARGEST_SQUARE = 92.0
"""Area, in square points, of the square of the trial with the largest weight."""
RULE_WIDTH = 0.6
_HALF_DIAMOND = 4.4
_LINE_HEAD, _BAR_HEAD = 20.0, 60.0
"""Areas of arrowheads: a diamond or a bar that is cut off needs a larger one than a line."""


def squares(
    axes: Axes,
    estimates: Sequence[float],
    heights: Sequence[float],
    areas: Sequence[float],
    colour: str,
) -> None:
    """Draw a square for each estimate; ``areas`` in square points."""
    axes.scatter(
        estimates,
        heights,
        s=areas,
        marker="s",
        color=colour,
        linewidths=0,
        zorder=2,
        gid="squares",
    )


def intervals(
    axes: Axes,
    heights: Sequence[float],
    ends: tuple[Sequence[float], Sequence[float]],
    colour: str,
    thickness: float,
    gid: str,
) -> None:
    """Draw intervals over the squares; the axes cut them where they run beyond."""
    axes.hlines(
        heights,
        *ends,
        colors=colour,
        linewidths=thickness,
        zorder=3,
        gid=gid,
    )


def diamond(
    axes: Axes, numbers: tuple[float, float, float], y: float, colour: str, gid: str
) -> None:
    """Draw the diamond of an estimate with its limits; of the axes, y is in points."""
    estimate, low, high = numbers
    corners = [
        (low, y),
        (estimate, y - _HALF_DIAMOND),
        (high, y),
        (estimate, y + _HALF_DIAMOND),
    ]
    axes.add_patch(Polygon(corners, facecolor=colour, linewidth=0, zorder=3, gid=gid))


def density(
    axes: Axes,
    curves: tuple[Sequence[tuple[float, float]], Sequence[tuple[float, float]]],
    base: float,
    height: float,
    colour: str,
) -> None:
    """Draw a density above a base, and a part of it darker; of the axes, y is in points.

    ``curves``: the whole and the part, places and densities as shares of the highest.
    """
    for places, alpha in zip(curves, (0.25, 0.35), strict=True):
        xs, shares = zip(*places, strict=True)
        corners = [
            (xs[0], base),
            *((x, base - height * share) for x, share in zip(xs, shares, strict=True)),
            (xs[-1], base),
        ]
        area = Polygon(corners, facecolor=colour, alpha=alpha, linewidth=0, zorder=2, gid="density")
        axes.add_patch(area)
    whole = curves[0]
    axes.hlines(base, whole[0][0], whole[-1][0], colors=colour, linewidths=RULE_WIDTH)


def line_of_pool(axes: Axes, estimate: float, ends: tuple[float, float], colour: str) -> None:
    """Draw the line of the pooled estimate down to its diamond."""
    axes.vlines(
        estimate,
        *ends,
        colors=colour,
        linewidths=RULE_WIDTH,
        linestyles=(0, (3, 2)),
        zorder=1,
        gid="pooled-line",
    )


def arrowheads(
    axes: Axes,
    edge: float,
    heights: Sequence[float],
    of_trials: Sequence[bool],
    colour: str,
    *,
    points_left: bool,
    shown: float = 1.0,
) -> None:
    """Draw where intervals run beyond an edge: a line's in ink, a bar's in its colour.

    ``shown``: how large, of the usual size.
    """
    axes.scatter(
        [edge] * len(heights),
        heights,
        s=[(_LINE_HEAD if is_line else _BAR_HEAD) * shown**2 for is_line in of_trials],
        marker="<" if points_left else ">",
        color=[INK if is_line else colour for is_line in of_trials],
        linewidths=0,
        clip_on=False,
        zorder=4,
        gid="clipped_low" if points_left else "clipped_high",
    )
