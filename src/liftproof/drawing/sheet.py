"""The sheet on which a figure is laid out by hand: lengths in points, y runs down."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

POINTS_PER_INCH = 72.0


def empty_sheet(width: float, height: float) -> Figure:
    """Return a figure of this size."""
    size = (width / POINTS_PER_INCH, height / POINTS_PER_INCH)
    return Figure(figsize=size, dpi=POINTS_PER_INCH)


def whole_sheet(figure: Figure, width: float, height: float) -> Axes:
    """Return axes without ticks over all of a figure of this size, in points from its top left."""
    page = figure.add_axes((0, 0, 1, 1), label="page", facecolor="none")
    page.set(xlim=(0, width), ylim=(height, 0))
    page.set_axis_off()
    return page
