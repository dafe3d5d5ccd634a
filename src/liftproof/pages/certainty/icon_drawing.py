"""Drawing an icon array. Everything drawn stands in the IconView."""

from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from liftproof.drawing.figure_form import WIDE, FigureForm
from liftproof.drawing.sheet import (
    LEADING,
    MARGIN,
    TITLE_LEADING,
    TITLE_SIZE,
    draw_title,
    empty_sheet,
    whole_sheet,
)
from liftproof.drawing.text_widths import FONT_SIZE, wrap
from liftproof.drawing.theme import GREY, applied
from liftproof.pages.certainty.icon_view import PEOPLE, IconBlock, IconView

COLUMNS = 50
_BETWEEN = 20.0
"""Between the people without and those with."""
_BENEATH = 3.0
_SHARE = 0.72
"""Of its place, how wide a square is."""
_REST = "#d9dce1"
_PALE = 0.35
Run = tuple[int, int]
"""The first person of a run in the array, and the first one after it."""


def draw_icons(view: IconView, form: FigureForm = WIDE) -> Figure:
    """Return the figure, as wide as its form: side by side, or on phones one above the other."""
    room = form.width - 2 * MARGIN
    wide = room if form.is_stacked else (room - _BETWEEN) / 2
    pitch = wide / COLUMNS
    title = wrap(view.title, room, bold=True, size=TITLE_SIZE)
    heads = [[*wrap(one.name, wide, bold=True), *wrap(one.text, wide)] for one in view.blocks]
    head = max((len(lines) for lines in heads), default=0) * LEADING
    tall = head + _BENEATH + PEOPLE / COLUMNS * pitch + LEADING
    notes = [line for note in view.notes for line in wrap(note, room)]
    top = MARGIN + len(title) * TITLE_LEADING + LEADING / 2
    shown = (len(view.blocks) if form.is_stacked else min(1, len(view.blocks))) * tall
    height = top + shown + len(notes) * LEADING + MARGIN
    with applied():
        figure = empty_sheet(form.width, height)
        page = whole_sheet(figure, form.width, height)
        draw_title(page, title)
        for index, (block, lines) in enumerate(zip(view.blocks, heads, strict=True)):
            left = MARGIN if form.is_stacked else MARGIN + index * (wide + _BETWEEN)
            upper = top + index * tall if form.is_stacked else top
            _heads(page, lines, left, upper, len(wrap(block.name, wide, bold=True)))
            _people(page, block, (left, upper + head + _BENEATH), pitch, form)
        for index, text in enumerate(notes):
            y = top + shown + (index + 0.8) * LEADING
            page.text(MARGIN, y, text, size=FONT_SIZE, va="baseline", color=GREY)
    return figure


def _heads(page: Axes, lines: list[str], left: float, top: float, bold: int) -> None:
    for index, text in enumerate(lines):
        weight = "bold" if index < bold else "normal"
        y = top + (index + 0.8) * LEADING
        page.text(left, y, text, size=FONT_SIZE, va="baseline", weight=weight)


def _people(
    page: Axes, block: IconBlock, corner: tuple[float, float], pitch: float, form: FigureForm
) -> None:
    """Draw the people: those with an event, those that make the difference, the rest."""
    both = min(block.events, block.events - block.change)
    most = max(block.events, block.events - block.change)
    is_more = block.change > 0
    colour, pale = form.pooled_colour, (form.pooled_colour, _PALE)
    _rows(page, (0, both), corner, pitch, colour)
    _rows(page, (both, most), corner, pitch, colour if is_more else pale)
    _rows(page, (most, PEOPLE), corner, pitch, _REST)


def _rows(
    page: Axes,
    run: Run,
    corner: tuple[float, float],
    pitch: float,
    colour: str | tuple[str, float],
) -> None:
    """Draw a run of people, a dashed line a row: few marks, however many people."""
    size = _SHARE * pitch
    for row, first, after in _pieces(run):
        x, y = corner[0] + first * pitch, corner[1] + (row + 0.5) * pitch
        page.plot(
            [x, x + (after - first - 1) * pitch + size],
            [y, y],
            color=colour,
            linewidth=size,
            linestyle=(0, (1.0, (1 - _SHARE) / _SHARE)),
            dash_capstyle="butt",
            gid=f"people-{after - first}",
        )


def _pieces(run: Run) -> Iterator[tuple[int, int, int]]:
    """Yield the row of each piece of a run, its first column, and that after it."""
    first, end = run
    while first < end:
        row, column = divmod(first, COLUMNS)
        after = min(COLUMNS, column + end - first)
        yield row, column, after
        first += after - column
