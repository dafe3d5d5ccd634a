"""Which labels of an axis are written, so that none meets the next; lengths in points."""

from collections.abc import Sequence

from liftproof.drawing.text_widths import FONT_SIZE, width

_BETWEEN = 4.0


def labels_apart(
    labels: Sequence[str], places: Sequence[float], kept: int, size: float = FONT_SIZE
) -> list[str]:
    """Return the labels, empty where one would meet another; ticks without one stay.

    ``places``: where their middles stand. ``kept``: the one that is written first, before those of
    the ends and those between.

    >>> labels_apart(["1", "2", "3"], [0.0, 6.0, 40.0], kept=0)
    ['1', '', '3']
    """
    order = dict.fromkeys((kept, 0, len(labels) - 1, *range(len(labels))))
    written: list[int] = []
    for index in order:
        half = width(labels[index], size=size) / 2
        if all(
            abs(places[index] - places[other])
            >= half + width(labels[other], size=size) / 2 + _BETWEEN
            for other in written
        ):
            written.append(index)
    return [label if index in written else "" for index, label in enumerate(labels)]
