"""Names beside marks, where they find room; the drawn numbers have those that find none."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from numpy import argsort, asarray
from numpy.typing import ArrayLike

from liftproof.drawing.rooms import Box, Circle
from liftproof.drawing.theme import INK
from liftproof.drawing.typeface import current
from liftproof.pages.dose.dose_labels import placed_where_free
from liftproof.plot.canvas import POINTS_PER_INCH, room_of

NAME_SIZE, ROOM_SIZE = 7.0, 7.6
"""Points: of names as written, and as room is kept for them, so that none touches the next."""
MOST_NAMED, FEW_NAMED = 25, 12
"""Marks up to which all are named that have room; and how many are of more."""
APART = 1.0
"""Points between a mark and its name, beside what labels of bubbles have."""


def name_marks(
    ax: Axes,
    places: tuple[ArrayLike, ArrayLike],
    labels: Sequence[str],
    radii: ArrayLike,
    first: ArrayLike | None = None,
    *,
    drawn: Sequence[Box] = (),
) -> None:
    """Write names beside marks at ``places``, data coordinates; ``radii`` in points.

    ``first``: numbers, of which the largest are named first; by default the outermost are.
    ``drawn``: what names should not cover, points from the upper left corner of the axes.
    """
    wide, high = room_of(ax)
    figure = ax.get_figure(root=True)
    scale = POINTS_PER_INCH / figure.dpi if figure else 1.0
    corner = ax.get_window_extent().get_points()[0]
    xs, ys = asarray(places[0], dtype=float), asarray(places[1], dtype=float)
    points = (ax.transData.transform(list(zip(xs, ys, strict=True))) - corner) * scale
    sizes = asarray(radii, dtype=float) + APART + 0 * xs
    middle = asarray([wide / 2, high / 2])
    rank = ((points - middle) ** 2).sum(axis=1) if first is None else asarray(first, dtype=float)
    circles = {
        Circle(x=points[i][0], y=high - points[i][1], radius=sizes[i], label=labels[i]): i
        for i in argsort(-rank, kind="stable").tolist()
    }
    named = len(labels) if len(labels) <= MOST_NAMED else FEW_NAMED
    room = Box(left=1.0, top=0.0, right=wide, bottom=high)
    for label in placed_where_free(list(circles), room, drawn, size=ROOM_SIZE, most=named):
        x, y = (label.box.left + label.box.right) / 2, (label.box.top + label.box.bottom) / 2
        place = circles[label.circle]
        ax.annotate(
            label.text,
            (xs[place], ys[place]),
            xytext=(x - label.circle.x, label.circle.y - y),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=NAME_SIZE,
            color=INK,
            fontfamily=list(current().families),
            zorder=5,
        )
