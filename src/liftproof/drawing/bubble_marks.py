"""Marks of a bubble plot, from plain numbers: a curve with its band, bubbles."""

from collections.abc import Sequence

from matplotlib.axes import Axes

LARGEST_BUBBLE = 420.0
"""Area, in square points, of the bubble with the largest weight."""
SMALLEST_BUBBLE = 12.0
_FEW = 8
_BAND = 0.15
_LIMITS = 0.5
_HEAD = 22.0
"""Area of the arrowhead of limits that run beyond the axis, square points."""


def bubble_area(share: float, k: int) -> float:
    """Return the area of one of ``k`` bubbles; many are smaller, so that they hide less.

    ``share``: of the largest weight.
    """
    largest = LARGEST_BUBBLE * min(1.0, _FEW / k)
    return max(SMALLEST_BUBBLE, largest * share)


def curve_with_band(
    axes: Axes,
    xs: Sequence[float],
    estimates: Sequence[float],
    ends: tuple[Sequence[float], Sequence[float]],
    colour: str,
) -> None:
    """Draw a fitted curve with its limits; the axes cut what runs beyond."""
    axes.fill_between(
        xs,
        *ends,
        color=colour,
        alpha=_BAND,
        linewidth=0,
        zorder=1,
        gid="band",
    )
    axes.plot(xs, estimates, color=colour, linewidth=1.4, zorder=2, gid="curve")


def bubbles(
    axes: Axes,
    xs: Sequence[float],
    ys: Sequence[float],
    areas: Sequence[float],
    colour: str,
) -> None:
    """Draw bubbles; ``areas`` in square points."""
    axes.scatter(
        xs,
        ys,
        s=areas,
        facecolor=colour,
        edgecolor="white",
        linewidths=0.6,
        alpha=0.85,
        zorder=3,
        clip_on=False,
        gid="bubbles",
    )


def limits(
    axes: Axes,
    xs: Sequence[float],
    ends: tuple[Sequence[float], Sequence[float]],
    colour: str,
) -> None:
    """Draw the limits of bubbles behind them; an arrowhead stands where the axes cut one."""
    lows, highs = ends
    bottom, top = axes.get_ylim()
    axes.vlines(
        xs, lows, highs, colors=colour, linewidths=0.7, alpha=_LIMITS, zorder=2, gid="limits"
    )
    for edge, marker, cut in (
        (bottom, "v", [x for x, low in zip(xs, lows, strict=True) if low < bottom]),
        (top, "^", [x for x, high in zip(xs, highs, strict=True) if high > top]),
    ):
        axes.scatter(
            cut,
            [edge] * len(cut),
            s=_HEAD,
            marker=marker,
            color=colour,
            linewidths=0,
            clip_on=False,
            zorder=2,
            gid="cut",
        )
