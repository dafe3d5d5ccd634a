"""Labels beside bubbles that overlap neither bubbles nor one another; lengths in points.

Where names find no room, all bubbles have numbers for labels, which a list beneath explains.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from liftproof.drawing.text_widths import width

SIZE = 7.0
_LEADING = 8 / 7
"""Height of a label, in font sizes."""
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
    """A label with its box; ``is_led``: so far away that a line should lead to its bubble.

    ``number``: what is written in place of the name, 0 for none.
    """

    circle: Circle
    box: Box
    is_led: bool
    number: int = 0

    @property
    def text(self) -> str:
        """What is written."""
        return str(self.number) if self.number else self.circle.label


def placed(
    circles: Sequence[Circle],
    room: Box,
    drawn: Sequence[Box] = (),
    *,
    size: float = SIZE,
    may_lead: bool = True,
) -> list[Placed]:
    """Place every label at the nearest free spot inside ``room``, the largest bubbles first.

    ``drawn``: what labels should not cover beside the bubbles, such as pieces of a line.
    ``may_lead``: whether names may stand so far away that lines lead to them.
    """
    falling = sorted(circles, key=lambda each: (-each.radius, each.x, each.y))
    named, is_free = _placed([(circle, 0) for circle in falling], room, drawn, size)
    if is_free and (may_lead or not any(label.is_led for label in named)):
        return named
    rising = sorted(circles, key=lambda each: (each.x, each.y))
    numbers = {id(circle): number for number, circle in enumerate(rising, start=1)}
    return _placed([(circle, numbers[id(circle)]) for circle in falling], room, drawn, size)[0]


def placed_where_free(
    circles: Sequence[Circle],
    room: Box,
    drawn: Sequence[Box] = (),
    *,
    size: float = SIZE,
    most: int | None = None,
) -> list[Placed]:
    """Place the labels that find a free spot close to their bubble, in the order of the circles.

    ``most``: of how many circles, the first ones.
    """
    taken = [*(circle.box for circle in circles), *drawn]
    labels = []
    for circle in circles[:most]:
        free = (
            box
            for box, is_led in _spots(circle, circle.label, size)
            if not is_led and room.holds(box) and not any(box.overlaps(each) for each in taken)
        )
        box = next(free, None)
        if box is not None:
            taken.append(box)
            labels.append(Placed(circle=circle, box=box, is_led=False))
    return labels


def numbered_names(labels: Sequence[Placed], what: str) -> list[str]:
    """Return the line that says which name each number stands for, if there are numbers.

    ``what``: how the line calls the circles.
    """
    names = sorted((label.number, label.circle.label) for label in labels if label.number)
    listed = "; ".join(f"{number} {name}" for number, name in names)
    return [f"{what}: {listed}."] if listed else []


def _placed(
    circles: Sequence[tuple[Circle, int]], room: Box, drawn: Sequence[Box], size: float
) -> tuple[list[Placed], bool]:
    """Return the labels, names or numbers, and whether each found a spot that is free."""
    taken = [*(circle.box for circle, _ in circles), *drawn]
    labels, is_free = [], True
    for circle, number in circles:
        spots = list(_spots(circle, str(number) if number else circle.label, size))
        free = (
            spot
            for spot in spots
            if room.holds(spot[0]) and not any(spot[0].overlaps(box) for box in taken)
        )
        spot = next(free, None)
        is_free = is_free and spot is not None
        box, is_led = spot or spots[0]
        taken.append(box)
        labels.append(Placed(circle=circle, box=box, is_led=is_led, number=number))
    return labels, is_free


def _spots(circle: Circle, text: str, size: float) -> Iterator[tuple[Box, bool]]:
    """Yield boxes around a bubble, nearest first."""
    wide, high = width(text, size=size), size * _LEADING
    for ring, (across, down) in product(range(_RINGS), _DIRECTIONS):
        away = circle.radius + _GAP + ring * _STEP
        x = circle.x + across * (away + wide / 2)
        y = circle.y + down * (away + high / 2)
        yield (
            Box(left=x - wide / 2, top=y - high / 2, right=x + wide / 2, bottom=y + high / 2),
            ring > 1,
        )
