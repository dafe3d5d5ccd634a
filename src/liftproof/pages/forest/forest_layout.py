"""Where everything in a forest plot stands; lengths in points, y runs down from the top edge."""

from collections.abc import Iterator
from dataclasses import dataclass

from liftproof.drawing.figure_form import WIDE, FigureForm
from liftproof.drawing.text_widths import wrap
from liftproof.pages.forest.extra_places import left_out
from liftproof.pages.forest.forest_captions import forest_key
from liftproof.pages.forest.forest_columns import MARGIN, ForestColumns, columns_of
from liftproof.pages.forest.forest_places import (
    ASCENT,
    BLOCK_GAP,
    LEADING,
    LightPlace,
    RowPlace,
    TextLine,
    head_lines,
    row_places,
)
from liftproof.pages.forest.forest_view import ForestView
from liftproof.words.axis import Axis, share_along

TITLE_SIZE = 10.0
_TITLE_LEADING = 12.5
_TICK_SPACE = 26.0
"""From the axis to the first baseline below the tick labels."""
_SIDE_GAP = 5.0
_BENEATH_AXIS = 2.0
"""Of a page whose last line of text stands above its axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestLayout:
    """The whole page: columns, lines of text, middles of the rows' intervals, rules, lights."""

    columns: ForestColumns
    height: float
    lines: tuple[TextLine, ...]
    middles: tuple[float, ...]
    rules: tuple[float, float]
    axis: float
    lights: tuple[LightPlace, ...] = ()


def layout_of(forest: ForestView, form: FigureForm = WIDE) -> ForestLayout:
    """Place everything: text is measured first, so that nothing overlaps or is cut off."""
    columns = columns_of(forest, form)
    title = list(_title(forest, columns))
    top = title[-1].y + LEADING if title else MARGIN
    head = list(head_lines(forest, columns, top))
    head_rule = max(line.y for line in head) + 5
    places: list[RowPlace] = list(row_places(forest.rows, columns, head_rule + BLOCK_GAP / 2))
    axis = (places[-1].bottom if places else head_rule + BLOCK_GAP / 2) + 2
    sides = list(_sides(forest.axis, columns, axis + _TICK_SPACE))
    below = sides[-1].y + LEADING if sides else axis + _TICK_SPACE
    foot = list(_foot(forest, columns, below + BLOCK_GAP))
    body = [line for place in places for line in place.lines]
    lines = (*title, *head, *body, *sides, *foot)
    return ForestLayout(
        columns=columns,
        height=max(max(line.y for line in lines) + MARGIN, axis + _BENEATH_AXIS),
        lines=lines,
        middles=tuple(place.middle for place in places),
        rules=(top, head_rule),
        axis=axis,
        lights=tuple(light for place in places for light in place.lights),
    )


def _title(forest: ForestView, columns: ForestColumns) -> Iterator[TextLine]:
    y = MARGIN + TITLE_SIZE * ASCENT
    for text in wrap(forest.title, columns.room, bold=True, size=TITLE_SIZE):
        yield TextLine(text=text, x=MARGIN, y=y, bold=True, size=TITLE_SIZE)
        y += _TITLE_LEADING
    for text in wrap(forest.subtitle, columns.room):
        yield TextLine(text=text, x=MARGIN, y=y)
        y += LEADING


def _sides(axis: Axis, columns: ForestColumns, top: float) -> Iterator[TextLine]:
    """Yield whom each side favours: away from the line of no effect, or one below the other.

    None where there is no such line.
    """
    if axis.no_effect is None:
        return
    if columns.is_stacked:
        room = columns.plot_right - MARGIN
        texts = [(line, MARGIN, "left") for line in wrap(axis.left, room)]
        texts += [(line, columns.plot_right, "right") for line in wrap(axis.right, room)]
        for index, (text, x, align) in enumerate(texts):
            yield TextLine(text=text, x=x, y=top + index * LEADING, align=align)
        return
    middle = position(axis, columns, axis.no_effect)
    left, right = middle - _SIDE_GAP, middle + _SIDE_GAP
    for index, text in enumerate(wrap(axis.left, left - MARGIN)):
        yield TextLine(text=text, x=left, y=top + index * LEADING, align="right")
    for index, text in enumerate(wrap(axis.right, columns.page - MARGIN - right)):
        yield TextLine(text=text, x=right, y=top + index * LEADING)


def position(axis: Axis, columns: ForestColumns, value: float) -> float:
    """Return where a value on the natural scale stands, in points from the left edge."""
    return columns.plot_left + share_along(axis, value) * (columns.plot_right - columns.plot_left)


def _foot(forest: ForestView, columns: ForestColumns, top: float) -> Iterator[TextLine]:
    y = top
    quiet = (*(forest_key(forest) if forest.has_key else ()), *forest.footnotes)
    if columns.is_stacked:
        quiet = (*quiet, *left_out(forest.extras, columns.beneath))
    for text in (*forest.statistics, *quiet):
        for line in wrap(text, columns.room):
            yield TextLine(text=line, x=MARGIN, y=y, quiet=text in quiet)
            y += LEADING
