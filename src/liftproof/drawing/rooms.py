"""Where marks and their labels stand on a page: rectangles and circles, lengths in points."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, hypot

Place = tuple[float, float]
_APART = 2.0
"""Between the boxes along a line."""
_HALF_LINE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle; y runs down."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Say whether two boxes share room."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def widened(self, by: float) -> "Box":
        """Return it with more room on the left and on the right."""
        return Box(left=self.left - by, top=self.top, right=self.right + by, bottom=self.bottom)

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Return the place in the box that is nearest to a point."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)

    def share_of(self, width: float, height: float) -> tuple[float, float, float, float]:
        """Return left, bottom, width and height as shares of a page, the bottom from its end."""
        return (
            self.left / width,
            1 - self.bottom / height,
            (self.right - self.left) / width,
            (self.bottom - self.top) / height,
        )

    def holds(self, other: "Box") -> bool:
        """Say whether the other lies inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A bubble and its label."""

    x: float
    y: float
    radius: float
    label: str

    def away(self, x: float, y: float) -> float:
        """Return how far its middle is from a point."""
        return hypot(x - self.x, y - self.y)

    def gap(self, box: Box) -> float:
        """Return how far its rim is from a box, 0 where they touch."""
        return max(0.0, self.away(*box.nearest(self.x, self.y)) - self.radius)

    def overlaps(self, other: "Circle") -> bool:
        """Say whether two bubbles share room."""
        return self.away(other.x, other.y) < self.radius + other.radius

    @property
    def box(self) -> Box:
        """The square around it."""
        return Box(
            left=self.x - self.radius,
            top=self.y - self.radius,
            right=self.x + self.radius,
            bottom=self.y + self.radius,
        )


def boxes_along(start: Place, end: Place) -> list[Box]:
    """Return small boxes along a straight line, for what should keep off it.

    >>> [(box.left, box.right) for box in boxes_along((0, 0), (4, 0))]
    [(-0.5, 0.5), (1.5, 2.5)]
    """
    (x, y), (end_x, end_y) = start, end
    count = max(1, ceil(hypot(end_x - x, end_y - y) / _APART))
    across, down = (end_x - x) / count, (end_y - y) / count
    return [
        Box(
            left=x + step * across - _HALF_LINE,
            top=y + step * down - _HALF_LINE,
            right=x + step * across + _HALF_LINE,
            bottom=y + step * down + _HALF_LINE,
        )
        for step in range(count)
    ]


def box_around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box that holds all of these.

    >>> box_around(boxes_along((0, 0), (4, 0)))
    Box(left=-0.5, top=-0.5, right=2.5, bottom=0.5)
    """
    return Box(
        left=min(box.left for box in boxes),
        top=min(box.top for box in boxes),
        right=max(box.right for box in boxes),
        bottom=max(box.bottom for box in boxes),
    )
