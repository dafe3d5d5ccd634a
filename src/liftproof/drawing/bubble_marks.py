"""Marks of a bubble plot, from plain numbers: a curve with its band, bubbles."""

from collections.abc import Sequence

from matplotlib.axes import Axes

LARGEST_BUBBLE = 420.0
"""Area, in square points, of the bubble with the largest weight."""
SMALLEST_BUBBLE = 12.0
_FEW = 8
_BAND = 0.15


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
