"""Labels beside bubbles that overlap neither bubbles nor one another; lengths in points.

Where names find no room, all bubbles have numbers for labels, which a list beneath explains.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product

from liftproof.drawing.rooms import Box, Circle, box_around, boxes_along
from liftproof.drawing.text_widths import width

SIZE = 7.0
MOST_NAMED = 25
"""Marks beyond which labels would hide each other."""
MOST_PLACED = 100
"""Bubbles beyond which none has a number, and a name only where room is beside it."""
_LEADING = 8 / 7
"""Height of a label, in font sizes."""
_GAP = 2.0
_STEP = 6.0
NEARER = 2.0
"""A name belongs to the bubble beside it if every other is at least so many times as far away."""
_AWAY = 0.9
"""A line from one of two bubbles that overlap comes no nearer than this to the other's middle, in
distances between their middles."""
_RINGS = 24
_DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))


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

    @property
    def line(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The line that leads from the middle of the bubble to the edge of the label."""
        return (self.circle.x, self.circle.y), self.box.nearest(self.circle.x, self.circle.y)


def placed(
    circles: Sequence[Circle],
    room: Box,
    drawn: Sequence[Box] = (),
    *,
    size: float = SIZE,
    may_lead: bool = True,
    nearer: float = NEARER,
) -> list[Placed]:
    """Place every label at the nearest free spot inside ``room``, the largest bubbles first.

    Of more than MOST_PLACED circles, those that find a free spot close by.

    ``drawn``: what labels should not cover beside the bubbles, such as pieces of a line.
    ``may_lead``: whether names may stand so far away that lines lead to them. ``nearer``: how many
    times as far away every other bubble has to be; 0 where the drawing leads a line to each.
    """
    falling = sorted(circles, key=lambda each: (-each.radius, each.x, each.y))
    if len(circles) > MOST_PLACED:
        return placed_where_free(falling, room, drawn, size=size)
    named = []
    for label, is_free in _placed([(circle, 0) for circle in falling], room, drawn, size, nearer):
        if not is_free or (label.is_led and not may_lead):
            break
        named.append(label)
    else:
        return named
    rising = sorted(circles, key=lambda each: (each.x, each.y))
    numbers = {id(circle): number for number, circle in enumerate(rising, start=1)}
    numbered = [(circle, numbers[id(circle)]) for circle in falling]
    return [label for label, _ in _placed(numbered, room, drawn, size, nearer)]


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


def names_beneath(labels: Sequence[Placed], count: int, what: str) -> list[str]:
    """Return those names, and how many of so many circles have any label, if not all.

    >>> names_beneath([], 300, "Bubbles")
    ['There is room for the names of 0 of the 300 bubbles.']
    """
    room = f"There is room for the names of {len(labels)} of the {count} {what.lower()}."
    return [*numbered_names(labels, what), *[room] * (len(labels) < count)]


def _placed(
    circles: Sequence[tuple[Circle, int]],
    room: Box,
    drawn: Sequence[Box],
    size: float,
    nearer: float,
) -> Iterator[tuple[Placed, bool]]:
    """Yield the labels, names or numbers, and whether each found a spot that is free."""
    bubbles = [circle for circle, _ in circles]
    taken = [*(bubble.box for bubble in bubbles), *drawn]
    written: list[Box] = []
    for circle, number in circles:
        others = [bubble for bubble in bubbles if bubble is not circle]
        spots = _labelled(circle, number, size)
        nearest = next(spots)
        plain, led = None, None
        for spot in chain([nearest], spots):
            if not room.holds(spot.box) or any(spot.box.overlaps(box) for box in taken):
                continue
            if _belongs(spot, others, written, nearer):
                plain = spot
                break
            led = led or (spot if spot.is_led else None)
        label = plain or led or nearest
        yield label, plain is not None
        line = _steps(label) if label.is_led else []
        taken += [label.box.widened(_GAP), *line]
        written += [label.box, *line]


def _labelled(circle: Circle, number: int, size: float) -> Iterator[Placed]:
    for box, is_led in _spots(circle, str(number) if number else circle.label, size):
        yield Placed(circle=circle, box=box, is_led=is_led, number=number)


def _belongs(
    label: Placed, others: Sequence[Circle], written: Sequence[Box], nearer: float
) -> bool:
    """Say whether nobody can take a label for that of another bubble.

    It stands far nearer to its own, or a line leads there that crosses no other label, no line of
    one, and no other bubble; from where two overlap it leads away from the other.
    """
    if not label.is_led:
        own = label.circle.gap(label.box)
        return all(other.gap(label.box) >= nearer * own for other in others)
    steps = _steps(label)
    around = box_around(steps)
    return not any(
        step.overlaps(box) for box in written if around.overlaps(box) for step in steps
    ) and all(_keeps_off(label, steps, around, other) for other in others)


def _keeps_off(label: Placed, steps: Sequence[Box], around: Box, other: Circle) -> bool:
    """Say whether a line keeps off another bubble, or off its middle where the two overlap.

    ``around``: what holds all its steps; most bubbles keep off that.
    """
    if not other.overlaps(label.circle):
        return other.gap(around) > 0.0 or all(other.gap(step) > 0.0 for step in steps)
    start = other.away(label.circle.x, label.circle.y)
    return all(other.away(step.left, step.top) >= _AWAY * start for step in steps)


def _steps(label: Placed) -> list[Box]:
    """Return small boxes along the line of a label."""
    return boxes_along(*label.line)


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
