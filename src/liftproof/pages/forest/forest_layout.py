"""Where everything in a forest plot stands; lengths in points, y runs down from the top edge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from liftproof.drawing.text_widths import FONT_SIZE, wrap
from liftproof.pages.forest.forest_columns import (
    MARGIN,
    ForestColumns,
    columns_of,
    heads,
    label_lines,
    note_lines,
)
from liftproof.pages.forest.forest_rows import ForestRow
from liftproof.pages.forest.forest_view import ForestView
from liftproof.words.axis import Axis

PITCH = 14.5
"""From one row to the next: the figure grows with the trials, the rows do not shrink."""
LEADING = 10.0
"""From one line to the next inside a text."""
TITLE_SIZE = 10.0
_TITLE_LEADING = 12.5
_BLOCK_GAP = 6.0
_HALF_HEIGHT = 0.36
"""Of the font size: how far below the middle of its capitals the baseline of a line lies."""
_ASCENT = 0.8
"""Of the font size: how far above its baseline a line reaches."""
_TICK_SPACE = 26.0
"""From the axis to the first baseline below the tick labels."""
_SIDE_GAP = 5.0
_SPACED = ("heading", "pooled")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line of text: ``y`` is its baseline; ``align`` says which end of it ``x`` is."""

    text: str
    x: float
    y: float
    align: str = "left"
    bold: bool = False
    size: float = FONT_SIZE
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestLayout:
    """The whole page: columns, lines of text, the middle of each row, and the rules."""

    columns: ForestColumns
    height: float
    lines: tuple[TextLine, ...]
    middles: tuple[float, ...]
    rules: tuple[float, float]
    axis: float


def layout_of(forest: ForestView) -> ForestLayout:
    """Place everything: text is measured first, so that nothing overlaps or is cut off."""
    columns = columns_of(forest)
    title = list(_title(forest, columns))
    top = title[-1].y + LEADING
    head = list(_heads(forest, columns, top))
    head_rule = max(line.y for line in head) + 5
    tops = list(_row_tops(forest.rows, columns, head_rule + _BLOCK_GAP / 2))
    middles = tuple(top + PITCH / 2 for top in tops[:-1])
    axis = tops[-1] + 2
    sides = list(_sides(forest.axis, columns, axis + _TICK_SPACE))
    below = sides[-1].y + LEADING if sides else axis + _TICK_SPACE
    foot = list(_foot(forest, columns, below + _BLOCK_GAP))
    body = [
        line
        for row, y in zip(forest.rows, middles, strict=True)
        for line in _row(row, columns, y + _HALF_HEIGHT * FONT_SIZE)
    ]
    lines = (*title, *head, *body, *sides, *foot)
    return ForestLayout(
        columns=columns,
        height=max(line.y for line in lines) + MARGIN,
        lines=lines,
        middles=middles,
        rules=(top, head_rule),
        axis=axis,
    )


def _title(forest: ForestView, columns: ForestColumns) -> Iterator[TextLine]:
    room = columns.page - 2 * MARGIN
    y = MARGIN + TITLE_SIZE * _ASCENT
    for text in wrap(forest.title, room, bold=True, size=TITLE_SIZE):
        yield TextLine(text=text, x=MARGIN, y=y, bold=True, size=TITLE_SIZE)
        y += _TITLE_LEADING
    for text in wrap(forest.subtitle, room):
        yield TextLine(text=text, x=MARGIN, y=y)
        y += LEADING


def _heads(forest: ForestView, columns: ForestColumns, top: float) -> Iterator[TextLine]:
    """Yield the heads of the columns, all ending on the same line."""
    texts = heads(forest)
    centre = (columns.plot_left + columns.plot_right) / 2
    places = [
        (texts.label, MARGIN, "left"),
        *zip(texts.arms, columns.arms, ["right"] * len(columns.arms), strict=True),
        (texts.plot, centre, "center"),
        (texts.weight, columns.weight, "right"),
        (texts.estimate, columns.estimate, "right"),
    ]
    tallest = max(len(lines) for lines, _, _ in places)
    bottom = top + 5 + FONT_SIZE * _ASCENT + (tallest - 1) * LEADING
    for lines, x, align in places:
        for above, text in enumerate(reversed(lines)):
            yield TextLine(text=text, x=x, y=bottom - above * LEADING, align=align, bold=True)


def _row_tops(rows: Sequence[ForestRow], columns: ForestColumns, top: float) -> Iterator[float]:
    """Yield the upper edge of every row, then the lower edge of the last."""
    for index, row in enumerate(rows):
        if index and row.kind in _SPACED:
            top += _BLOCK_GAP
        yield top
        further = len(label_lines(row, columns.grouped)) - 1 + len(note_lines(row))
        top += PITCH + further * LEADING
    yield top


def _row(row: ForestRow, columns: ForestColumns, baseline: float) -> Iterator[TextLine]:
    bold = row.is_bold
    x = MARGIN + columns.indent(row)
    labels = label_lines(row, columns.grouped)
    for index, text in enumerate(labels):
        yield TextLine(text=text, x=x, y=baseline + index * LEADING, bold=bold)
    for index, text in enumerate(note_lines(row), start=len(labels)):
        yield TextLine(text=text, x=x, y=baseline + index * LEADING, quiet=True)
    places = zip(columns.arms, row.arms, strict=False)
    cells = [*places, (columns.weight, row.weight), (columns.estimate, row.text)]
    for right, text in cells:
        if text:
            yield TextLine(text=text, x=right, y=baseline, align="right", bold=bold)


def _sides(axis: Axis, columns: ForestColumns, top: float) -> Iterator[TextLine]:
    """Yield whom each side favours, away from the line of no effect, where there is one."""
    if axis.no_effect is None:
        return
    middle = position(axis, columns, axis.no_effect)
    left, right = middle - _SIDE_GAP, middle + _SIDE_GAP
    for index, text in enumerate(wrap(axis.left, left - MARGIN)):
        yield TextLine(text=text, x=left, y=top + index * LEADING, align="right")
    for index, text in enumerate(wrap(axis.right, columns.page - MARGIN - right)):
        yield TextLine(text=text, x=right, y=top + index * LEADING)


def position(axis: Axis, columns: ForestColumns, value: float) -> float:
    """Return where a value on the natural scale stands, in points from the left edge."""
    low, high, here = (
        log(number) if axis.is_log else number for number in (axis.low, axis.high, value)
    )
    share = (here - low) / (high - low)
    return columns.plot_left + share * (columns.plot_right - columns.plot_left)


def _foot(forest: ForestView, columns: ForestColumns, top: float) -> Iterator[TextLine]:
    room = columns.page - 2 * MARGIN
    y = top
    for text in (*forest.statistics, *forest.footnotes):
        for line in wrap(text, room):
            yield TextLine(text=line, x=MARGIN, y=y, quiet=text in forest.footnotes)
            y += LEADING
