"""Where the heads and the rows of a forest plot stand; lengths in points, y runs down.

Side by side, all of a row stands on the line of its interval. Stacked, its name and its counts
stand above the interval, and its estimate beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from liftproof.drawing.text_widths import FONT_SIZE, width, wrap
from liftproof.pages.certainty.certainty_signs import BIAS_SIGNS
from liftproof.pages.forest.extra_places import beneath, cell_lines, head_beneath
from liftproof.pages.forest.forest_columns import (
    GAP,
    MARGIN,
    ForestColumns,
    detail,
    detail_head,
    heads,
)
from liftproof.pages.forest.forest_predictive import KIND as PREDICTIVE
from liftproof.pages.forest.forest_rows import ForestRow
from liftproof.pages.forest.forest_view import ForestView

PITCH = 14.5
"""From one row to the next: the figure grows with the trials, the rows do not shrink."""
LEADING = 10.0
"""From one line to the next inside a text."""
BARE_HEIGHT = 600.0
"""Of all rows without names together, which are as thin as it takes."""
BLOCK_GAP = 6.0
CURVE_HEIGHT = 34.0
"""Of the predictive distribution, whose baseline is the middle of its row."""
ASCENT = 0.8
"""Of the font size: how far above its baseline a line reaches."""
_HALF_HEIGHT = 0.36
"""Of the font size: how far below the middle of its capitals the baseline of a line lies."""
_SPACED = ("heading", "pooled")
_NO_INTERVAL = ("heading",)
_BLANK = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line of text: ``y`` is its baseline; ``align`` says which end of it ``x`` is.

    ``is_backed``: whether it hides what is drawn behind it.
    """

    text: str
    x: float
    y: float
    align: str = "left"
    bold: bool = False
    size: float = FONT_SIZE
    quiet: bool = False
    is_backed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LightPlace:
    """The middle of a light of the risk of bias, and what it means."""

    x: float
    y: float
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlace:
    """A row: the middle of its interval, its lower edge, its lines of text, its lights."""

    middle: float
    bottom: float
    lines: tuple[TextLine, ...]
    lights: tuple[LightPlace, ...] = ()


def head_lines(forest: ForestView, columns: ForestColumns, top: float) -> Iterator[TextLine]:
    """Yield the heads of the columns, all ending on the same line; stacked, those above first."""
    texts = heads(forest)
    centre = (columns.plot_left + columns.plot_right) / 2
    beside = [(texts.plot, centre, "center"), (texts.estimate, columns.estimate, "right")]
    if columns.is_stacked:
        above = list(_above(forest, columns, top + 5 + FONT_SIZE * ASCENT))
        yield from above
        narrow = columns.plot_right - MARGIN
        beside[0] = (wrap(" ".join(texts.plot), narrow, bold=True), centre, "center")
        yield from _ending_together(beside, above[-1].y + LEADING + 2)
        return
    places = [
        (texts.label, MARGIN, "left"),
        *((list(place.head), place.x, place.align) for place in columns.extras),
        *zip(texts.arms, columns.arms, ["right"] * len(columns.arms), strict=True),
        beside[0],
        (texts.weight, columns.weight, "right"),
        beside[1],
    ]
    yield from _ending_together(places, top + 5 + FONT_SIZE * ASCENT)


def _ending_together(
    places: Sequence[tuple[list[str], float, str]], first: float
) -> Iterator[TextLine]:
    """Yield heads whose last lines stand beside each other; the tallest begins at ``first``."""
    tallest = max(len(lines) for lines, _, _ in places)
    bottom = first + (tallest - 1) * LEADING
    for lines, x, align in places:
        for above, text in enumerate(reversed(lines)):
            yield TextLine(text=text, x=x, y=bottom - above * LEADING, align=align, bold=True)


def _above(forest: ForestView, columns: ForestColumns, first: float) -> Iterator[TextLine]:
    """Yield the heads of names, of counts and weights at the right, of further columns beneath."""
    yield TextLine(text=forest.row_head, x=MARGIN, y=first, bold=True)
    y = first
    room = columns.room - width(forest.row_head, bold=True) - GAP
    for index, text in enumerate(wrap(detail_head(forest), room, bold=True)):
        y = first + index * LEADING
        yield TextLine(text=text, x=columns.estimate, y=y, align="right", bold=True)
    for line in wrap(head_beneath(forest.extras, columns.beneath), columns.room, bold=True):
        y += LEADING
        yield TextLine(text=line, x=MARGIN, y=y, bold=True)


def row_places(rows: Sequence[ForestRow], columns: ForestColumns, top: float) -> Iterator[RowPlace]:
    """Yield the place of every row, from the first downwards."""
    place_of = _stacked if columns.is_stacked else _side_by_side
    pitch = BARE_HEIGHT / max(1, sum(row.is_bare for row in rows))
    for index, (row, estimate) in enumerate(zip(rows, columns.estimates, strict=True)):
        if index and row.kind in _SPACED:
            top += BLOCK_GAP
        if row.is_bare:
            place = RowPlace(middle=top + pitch / 2, bottom=top + pitch, lines=())
        else:
            place = place_of(row, columns, estimate, top)
        yield place
        top = place.bottom


def _side_by_side(row: ForestRow, columns: ForestColumns, estimate: str, top: float) -> RowPlace:
    middle = top + PITCH / 2
    baseline = middle + _HALF_HEIGHT * FONT_SIZE
    lines = [*_names(row, columns, baseline)]
    if row.kind == PREDICTIVE:
        base = max(top + BLOCK_GAP + CURVE_HEIGHT, lines[-1].y)
        return RowPlace(middle=base, bottom=base + BLOCK_GAP, lines=tuple(lines))
    cells = [*zip(columns.arms, row.arms, strict=False), (columns.weight, row.weight)]
    beside = [cell_lines(cell) for cell in row.extras if not cell.meaning]
    tallest = max(len(lines), *map(len, beside), 1)
    bottom = top + PITCH + (tallest - 1) * LEADING
    lines += _extras(row, columns, baseline)
    lines += [
        TextLine(text=text, x=right, y=baseline, align="right", bold=row.is_bold)
        for right, text in cells
        if text
    ]
    lines += _estimate(row, columns, estimate, baseline)
    lights = tuple(
        LightPlace(x=place.x, y=middle, meaning=cell.meaning)
        for place, cell in zip(columns.extras, row.extras, strict=False)
        if cell.meaning
    )
    return RowPlace(middle=middle, bottom=bottom, lines=tuple(lines), lights=lights)


def _extras(row: ForestRow, columns: ForestColumns, baseline: float) -> Iterator[TextLine]:
    """Yield the texts of further columns; of a light, its sign."""
    for place, cell in zip(columns.extras, row.extras, strict=False):
        lines = [BIAS_SIGNS[cell.meaning]] if cell.meaning else cell_lines(cell)
        for index, text in enumerate(lines):
            y, is_sign = baseline + index * LEADING, bool(cell.meaning)
            yield TextLine(text=text, x=place.x, y=y, align=place.align, bold=is_sign)


def _stacked(row: ForestRow, columns: ForestColumns, estimate: str, top: float) -> RowPlace:
    names = list(_names(row, columns, top + LEADING))
    lines, last = [*names], names[-1]
    counts = detail(row)
    if counts:
        taken = width(last.text, bold=last.bold) + width(counts) + GAP + last.x - MARGIN
        y = last.y if taken <= columns.room else last.y + LEADING
        last = TextLine(text=counts, x=columns.estimate, y=y, align="right", quiet=True)
        lines.append(last)
    further = beneath(row, columns.beneath)
    if further:
        x, y = MARGIN + columns.indent(row), last.y + LEADING
        last = TextLine(text=further, x=x, y=y, quiet=True)
        lines.append(last)
    lines = [replace(line, is_backed=True) for line in lines]
    if row.kind in _NO_INTERVAL:
        return RowPlace(middle=last.y, bottom=last.y + 2, lines=tuple(lines))
    if row.kind == PREDICTIVE:
        base = last.y + BLOCK_GAP + CURVE_HEIGHT
        return RowPlace(middle=base, bottom=base + BLOCK_GAP, lines=tuple(lines))
    middle = last.y + 2 + PITCH / 2
    lines += _estimate(row, columns, estimate, middle + _HALF_HEIGHT * FONT_SIZE)
    return RowPlace(middle=middle, bottom=middle + PITCH / 2, lines=tuple(lines))


def _names(row: ForestRow, columns: ForestColumns, baseline: float) -> Iterator[TextLine]:
    """Yield the lines of a row's name, and of its note beneath."""
    x = MARGIN + columns.indent(row)
    labels = columns.label_lines(row)
    for index, text in enumerate(labels):
        yield TextLine(text=text, x=x, y=baseline + index * LEADING, bold=row.is_bold)
    for index, text in enumerate(columns.note_lines(row), start=len(labels)):
        yield TextLine(text=text, x=x, y=baseline + index * LEADING, quiet=True)


def _estimate(
    row: ForestRow, columns: ForestColumns, estimate: str, baseline: float
) -> Iterator[TextLine]:
    """Yield the estimate; blanks at its end are room, which not every program draws."""
    text = estimate.rstrip(_BLANK)
    behind = (len(estimate) - len(text)) * width("0", bold=row.is_bold) / 2
    if text:
        x = columns.estimate - behind
        yield TextLine(text=text, x=x, y=baseline, align="right", bold=row.is_bold)
