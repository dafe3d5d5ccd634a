"""Where further columns of a forest plot stand: side by side, or in a line beneath the name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liftproof.drawing.text_widths import width, wrap
from liftproof.pages.forest.forest_extras import ExtraCell, ExtraColumn
from liftproof.pages.forest.forest_rows import ForestRow
from liftproof.pages.forest.forest_view import ForestView

LIGHT = 11.0
"""Across a light of the risk of bias."""
_WIDEST = 84.0
_MOST_LINES = 3
"""Of a cell; what is longer is cut, and whole in the description."""
_BETWEEN = " · "


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraPlace:
    """A column side by side with others: its edges, the lines of its head, how cells stand."""

    left: float
    right: float
    head: tuple[str, ...]
    align: str

    @property
    def x(self) -> float:
        """The edge, or the middle, that texts stand at."""
        middle = (self.left + self.right) / 2
        return {"left": self.left, "right": self.right, "center": middle}[self.align]


def extra_places(forest: ForestView, left: float, gap: float) -> tuple[ExtraPlace, ...]:
    """Return the columns from ``left`` on, each behind a gap and as wide as its widest text."""
    places = []
    for index, column in enumerate(forest.extras):
        head, wide = _head(column), 0.0
        if not column.is_of_lights:
            lines = (cell_lines(row.extras[index]) for row in forest.trials if row.extras)
            wide = max((width(line) for cell in lines for line in cell), default=0.0)
        left += gap
        right = left + max(wide, LIGHT, *(width(line, bold=True) for line in head))
        places.append(ExtraPlace(left=left, right=right, head=head, align=_align(column)))
        left = right
    return tuple(places)


def _align(column: ExtraColumn) -> str:
    if column.is_of_lights:
        return "center"
    return "right" if column.is_of_numbers else "left"


def _head(column: ExtraColumn) -> tuple[str, ...]:
    longest = max(width(word, bold=True) for word in column.head.split(" "))
    return tuple(wrap(column.head, max(_WIDEST * 0.75, longest), bold=True))


def cell_lines(cell: ExtraCell) -> list[str]:
    """Return the lines of a cell beside others, cut where they are many."""
    lines = wrap(f"{cell.text}{cell.marks}", _WIDEST)
    if len(lines) > _MOST_LINES:
        return [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1].rstrip(' ,;')} …"]
    return lines


def in_one_line(forest: ForestView, room: float) -> int:
    """Return how many columns, from the first on, stand in one line beneath every name."""
    count = len(forest.extras)
    rows = [row for row in forest.trials if row.extras]
    while count and any(width(beneath(row, count)) > room for row in rows):
        count -= 1
    return count


def beneath(row: ForestRow, count: int) -> str:
    """Return the first cells of a row in one text."""
    return _BETWEEN.join(cell.marked for cell in row.extras[:count])


def head_beneath(columns: Sequence[ExtraColumn], count: int) -> str:
    """Return the heads of the columns that stand in one line beneath names."""
    return _BETWEEN.join(column.head for column in columns[:count])


def left_out(columns: Sequence[ExtraColumn], count: int) -> Iterator[str]:
    """Yield which columns have no room on a phone."""
    names = [column.head for column in columns[count:]]
    if names:
        yield f"In the wide form of this figure alone: {', '.join(names)}."
