"""The axes that a plot is drawn into: taken or made, in our style. Lengths are in points."""

from collections.abc import Sequence
from typing import Any

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator, ScalarFormatter

from liftproof.drawing.interval_marks import RULE_WIDTH
from liftproof.drawing.text_widths import FONT_SIZE, wrap
from liftproof.drawing.theme import INK
from liftproof.drawing.tick_labels import labels_apart
from liftproof.drawing.typeface import current
from liftproof.errors import InputError, in_short
from liftproof.words.axis import Axis, share_along

POINTS_PER_INCH = 72.0
SIZE = (400.0, 310.0)
"""Of a figure of our own."""
LEFT, RIGHT, TOP, BOTTOM = 52.0, 16.0, 14.0, 46.0
"""Room around its axes."""
RULE = RULE_WIDTH
_TICK_ROOM = 44.0
"""For each number below an axis."""


def axes_or_new(ax: Axes | None, size: tuple[float, float] = SIZE, left: float = LEFT) -> Axes:
    """Return the axes that were given, or new ones in a figure of a size."""
    if ax is not None:
        return given_axes(ax)
    wide, high = size
    box = (
        left / wide,
        BOTTOM / high,
        (wide - left - RIGHT) / wide,
        (high - TOP - BOTTOM) / high,
    )
    return new_figure(size).add_axes(box)


def given_axes(ax: Axes) -> Axes:
    """Return axes, or raise InputError for what is none, such as the figure or a grid of axes."""
    if not isinstance(ax, Axes):
        raise InputError(
            "ax must be one Axes of matplotlib, such as plt.subplots()[1], not "
            f"{in_short(type(ax).__name__)}."
        )
    return ax


def new_figure(size: tuple[float, float]) -> Figure:
    """Return a figure of pyplot's, so that notebooks and ``plt.show()`` show it."""
    return plt.figure(figsize=(size[0] / POINTS_PER_INCH, size[1] / POINTS_PER_INCH))


def room_of(ax: Axes) -> tuple[float, float]:
    """Return width and height of axes, once the figure's layout has placed them."""
    figure: Any = ax.get_figure(root=True)
    if figure.get_layout_engine() is not None:
        figure.draw_without_rendering()
    box, scale = ax.get_window_extent(), POINTS_PER_INCH / figure.dpi
    return box.width * scale, box.height * scale


def dress(ax: Axes, across: str, up: str) -> None:
    """Give axes our rules, ticks and typeface, and say what runs across and up."""
    ax.spines[["right", "top"]].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set(edgecolor=INK, linewidth=RULE)
    ax.tick_params(
        axis="both",
        which="major",
        bottom=True,
        left=True,
        length=3,
        width=RULE,
        pad=3,
        color=INK,
        labelcolor=INK,
        labelsize=FONT_SIZE,
        labelfontfamily=list(current().families),
    )
    wide, high = room_of(ax)
    style: dict[str, Any] = {"fontsize": FONT_SIZE, "color": INK, "labelpad": 4}
    style["fontfamily"] = list(current().families)
    ax.set_xlabel("\n".join(wrap(across, max(wide, _TICK_ROOM))), **style)
    ax.set_ylabel("\n".join(wrap(up, max(high, _TICK_ROOM))), **style)


Scale = Axis | tuple[float, float]
"""An axis of effects, or the two ends of one of other numbers."""


def lay_out(ax: Axes, across: tuple[str, Scale], up: tuple[str, Scale]) -> None:
    """Let labelled scales run across and up axes, with the numbers that have room."""
    for _ in range(2):  # a layout settles once it knows the labels
        for name, (_, scale) in (("x", across), ("y", up)):
            if isinstance(scale, Axis):
                effect_axis(ax, name, scale)
            else:
                number_axis(ax, name, scale)
        dress(ax, across[0], up[0])


def number_axis(ax: Axes, name: str, ends: tuple[float, float]) -> None:
    """Let an axis, ``x`` or ``y``, run between two ends, with as many numbers as have room."""
    wide, high = room_of(ax)
    axis = ax.xaxis if name == "x" else ax.yaxis
    (ax.set_xlim if name == "x" else ax.set_ylim)(*ends)
    most = max(2, int((wide if name == "x" else high) / _TICK_ROOM))
    axis.set_major_locator(MaxNLocator(min(most, 8), steps=[1, 2, 5, 10]))
    axis.set_major_formatter(ScalarFormatter(useOffset=False, useMathText=False))


def effect_axis(ax: Axes, name: str, axis: Axis) -> None:
    """Let an axis, ``x`` or ``y``, be one of effects: round numbers, none meets the next."""
    wide, high = room_of(ax)
    length = wide if name == "x" else high
    places = [share_along(axis, tick) * length for tick in axis.ticks]
    if name == "x":
        labels = labels_apart(axis.labels, places, axis.first_label)
    else:
        labels = list(axis.labels)
    getattr(ax, f"set_{name}scale")("log" if axis.is_log else "linear")
    getattr(ax, f"set_{name}lim")(axis.low, axis.high)
    drawn = ax.xaxis if name == "x" else ax.yaxis
    drawn.set_major_locator(FixedLocator(axis.ticks))
    drawn.set_minor_locator(NullLocator())
    drawn.set_ticks(axis.ticks, labels)


def padded(values: Sequence[float], share: float = 0.06) -> tuple[float, float]:
    """Return the ends of an axis that shows all values with some room beside them.

    >>> padded([0.0, 10.0], share=0.1)
    (-1.0, 11.0)
    """
    low, high = min(values), max(values)
    room = (high - low) * share or abs(low) * share or 1.0
    return low - room, high + room
