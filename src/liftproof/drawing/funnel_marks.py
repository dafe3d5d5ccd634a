"""Marks of a funnel plot, from plain numbers: regions of p, dashed lines, trials, filled ones."""

from collections.abc import Sequence

from matplotlib.axes import Axes

SHADES = ("#ffffff", "#c9ccd1", "#dfe1e5", "#f1f2f4")
"""From no effect outward: p above the first contour, then below each."""
RADIUS = 3.4
"""Of a mark, points."""
Corners = Sequence[tuple[float, float]]


def shade_regions(axes: Axes, regions: Sequence[Corners], shades: Sequence[str] = SHADES) -> None:
    """Fill regions of p from the outermost inward; ``shades`` from no effect outward, one more."""
    for corners, colour in zip(regions, shades[-2::-1], strict=True):
        axes.fill(*zip(*corners, strict=True), color=colour, linewidth=0, zorder=1)


def dashed(axes: Axes, xs: Sequence[float], ys: Sequence[float], colour: str) -> None:
    """Draw a dashed line of the pooled effect, or of where trials of that effect would lie."""
    axes.plot(xs, ys, color=colour, linewidth=0.9, dashes=(4, 3), zorder=2)


def trial_marks(axes: Axes, xs: Sequence[float], ys: Sequence[float], colour: str) -> None:
    """Draw the marks of trials."""
    axes.scatter(
        xs,
        ys,
        s=(2 * RADIUS) ** 2,
        facecolor=colour,
        edgecolor="white",
        linewidths=0.6,
        zorder=3,
        clip_on=False,
        gid="points",
    )


def filled_marks(axes: Axes, xs: Sequence[float], ys: Sequence[float], colour: str) -> None:
    """Draw hollow marks, of trials that nobody made."""
    axes.scatter(
        xs,
        ys,
        s=(2 * RADIUS) ** 2,
        facecolor="white",
        edgecolor=colour,
        linewidths=1.0,
        zorder=3,
        clip_on=False,
        gid="filled",
    )
