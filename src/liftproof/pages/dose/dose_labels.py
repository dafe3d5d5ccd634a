"""Labels beside bubbles that overlap neither bubbles nor one another; lengths in points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from liftproof.drawing.text_widths import width

SIZE = 7.0
HEIGHT = 8.0
_GAP = 2.0
_STEP = 6.0
_RINGS = 24
_DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))


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

    @property
    def box(self) -> Box:
        """The square around it."""
        return Box(
            left=self.x - self.radius,
            top=self.y - self.radius,
            right=self.x + self.radius,
            bottom=self.y + self.radius,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A label with its box; ``is_led``: so far away that a line should lead to its bubble."""

    circle: Circle
    box: Box
    is_led: bool


def placed(circles: Sequence[Circle], room: Box, drawn: Sequence[Box] = ()) -> list[Placed]:
    """Place every label at the nearest free spot inside ``room``, the largest bubbles first.

    ``drawn``: what labels should not cover beside the bubbles, such as pieces of a line.
    """
    taken = [*(circle.box for circle in circles), *drawn]
    labels = []
    for circle in sorted(circles, key=lambda each: (-each.radius, each.x, each.y)):
        spots = list(_spots(circle))
        free = (
            spot
            for spot in spots
            if room.holds(spot[0]) and not any(spot[0].overlaps(box) for box in taken)
        )
        box, is_led = next(free, spots[0])
        taken.append(box)
        labels.append(Placed(circle=circle, box=box, is_led=is_led))
    return labels


def _spots(circle: Circle) -> Iterator[tuple[Box, bool]]:
    """Yield boxes around a bubble, nearest first."""
    wide = width(circle.label, size=SIZE)
    for ring, (across, down) in product(range(_RINGS), _DIRECTIONS):
        away = circle.radius + _GAP + ring * _STEP
        x = circle.x + across * (away + wide / 2)
        y = circle.y + down * (away + HEIGHT / 2)
        yield (
            Box(left=x - wide / 2, top=y - HEIGHT / 2, right=x + wide / 2, bottom=y + HEIGHT / 2),
            ring > 1,
        )
