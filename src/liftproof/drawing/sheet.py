"""The sheet on which a figure is laid out by hand: lengths in points, y runs down."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from liftproof.drawing.text_widths import FONT_SIZE
from liftproof.drawing.theme import INK

POINTS_PER_INCH = 72.0
MARGIN = 10.0
LEADING = 10.0
"""From line to line of texts."""
TITLE_SIZE = 10.0
TITLE_LEADING = 12.5


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


def draw_title(page: Axes, lines: Sequence[str]) -> None:
    """Write a title at the head of a sheet, in lines as they were broken."""
    for index, text in enumerate(lines):
        y = MARGIN + TITLE_SIZE * 0.8 + index * TITLE_LEADING
        page.text(MARGIN, y, text, weight="bold", size=TITLE_SIZE, va="baseline")


def write_lines(
    page: Axes,
    lines: Sequence[str],
    start: tuple[float, float],
    *,
    bold: int = 0,
    colour: str = INK,
) -> None:
    """Write lines one beneath the other, the first on the line of ``start``.

    ``bold``: how many of the first ones are.
    """
    for index, text in enumerate(lines):
        weight = "bold" if index < bold else "normal"
        y = start[1] + index * LEADING
        page.text(start[0], y, text, size=FONT_SIZE, va="baseline", weight=weight, color=colour)
