"""Drawing a GOSH plot. Everything drawn stands in the GoshView; lengths in points, y runs down."""

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from liftproof.drawing.figure_form import WIDE, FigureForm
from liftproof.drawing.interval_marks import RULE_WIDTH
from liftproof.drawing.rooms import Box
from liftproof.drawing.sheet import (
    LEADING,
    MARGIN,
    TITLE_LEADING,
    TITLE_SIZE,
    draw_title,
    empty_sheet,
    whole_sheet,
    write_lines,
)
from liftproof.drawing.text_widths import FONT_SIZE, width, wrap
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.drawing.tick_labels import labels_apart
from liftproof.pages.diagnostics.gosh_view import GoshView, SubsetGroup

PLOT_HEIGHT = 180.0
STRIP = 30.0
"""Of the bars above the plot and at its right."""
_GAP = 4.0
_TICK = 3.0
_AXIS_SPACE = 38.0
_MARK, _SMALL_MARK = 2.8, 2.0
"""Across a mark of few subsets, and of many."""
_MANY = 300
_LENGTH = 0.1
"""Of the line that a mark is: its round ends are the mark, and one path holds all of them."""
_DOWN = 0.36 * FONT_SIZE


def draw_gosh(view: GoshView, form: FigureForm = WIDE) -> Figure:
    """Return the figure, as wide as its form; its height follows the texts."""
    wide = form.width - 2 * MARGIN
    title = wrap(view.title, wide, bold=True, size=TITLE_SIZE)
    keys = MARGIN + len(title) * TITLE_LEADING + LEADING / 2
    top = keys + (len(view.groups) if form.is_stacked else 1) * 1.3 * LEADING + STRIP + LEADING
    left = MARGIN + max(width(label) for label in view.up.labels) + _TICK + _GAP
    room = Box(left=left, top=top, right=form.width - MARGIN - STRIP, bottom=top + PLOT_HEIGHT)
    label = wrap(view.across.label, room.right - room.left)
    notes = [line for text in view.notes for line in wrap(text, wide)]
    below = room.bottom + _AXIS_SPACE + (len(label) - 1) * LEADING
    height = below + len(notes) * LEADING + MARGIN
    with applied():
        figure = empty_sheet(form.width, height)
        page = whole_sheet(figure, form.width, height)
        draw_title(page, title)
        _axes(page, view, room)
        _key(page, view, keys, form)
        for group in view.groups:
            _subsets(page, group, room, _colour(group, form), _across(view))
            _bars(page, group, room, _colour(group, form))
        for index, text in enumerate(label):
            y = room.bottom + 25 + index * LEADING
            _write(page, (room.left + room.right) / 2, y, text, ha="center")
        write_lines(page, notes, (MARGIN, below + 0.8 * LEADING), colour=GREY)
    return figure


def _colour(group: SubsetGroup, form: FigureForm) -> str:
    return form.pooled_colour if group.has_trial else form.trial_colour


def _across(view: GoshView) -> float:
    return _SMALL_MARK if sum(len(group.places) for group in view.groups) > _MANY else _MARK


def _axes(page: Axes, view: GoshView, room: Box) -> None:
    """Draw both axes with their ticks, and the line of no effect."""
    page.plot([room.left, room.left], [room.top, room.bottom], color=INK, linewidth=RULE_WIDTH)
    page.plot([room.left, room.right], [room.bottom, room.bottom], color=INK, linewidth=RULE_WIDTH)
    places = [room.left + share * (room.right - room.left) for share in view.ticks]
    labels = labels_apart(view.across.labels, places, 0)
    for x, label in zip(places, labels, strict=True):
        _tick(page, (x, room.bottom), (x, room.bottom + _TICK))
        _write(page, x, room.bottom + _TICK + LEADING, label, ha="center")
    low, high = view.up.ticks[0], view.up.ticks[-1]
    for tick, label in zip(view.up.ticks, view.up.labels, strict=True):
        y = room.bottom - (tick - low) / (high - low) * (room.bottom - room.top)
        _tick(page, (room.left - _TICK, y), (room.left, y))
        _write(page, room.left - _TICK - 2, y + _DOWN, label, ha="right")
    _write(page, MARGIN, room.top - 9, view.up.label)
    if view.no_effect is not None:
        x = room.left + view.no_effect * (room.right - room.left)
        page.plot([x, x], [room.top, room.bottom], color=INK, linewidth=RULE_WIDTH)


def _tick(page: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.plot(*zip(start, end, strict=True), color=INK, linewidth=RULE_WIDTH)


def _subsets(page: Axes, group: SubsetGroup, room: Box, colour: str, across: float) -> None:
    """Draw a mark for each subset, all in one path, on tenths of a point."""
    corners = [
        (round(room.left + x * (room.right - room.left) + end, 1), round(_height(room, y), 1))
        for x, y in group.places
        for end in (0.0, _LENGTH)
    ]
    if corners:
        codes = [Path.MOVETO, Path.LINETO] * len(group.places)
        page.add_patch(
            PathPatch(
                Path(corners, codes),
                fill=False,
                edgecolor=colour,
                linewidth=across,
                capstyle="round",
                alpha=0.6,
                zorder=3,
                gid=f"subsets-{'with' if group.has_trial else 'without'}",
            )
        )


def _height(room: Box, share: float) -> float:
    return room.bottom - share * (room.bottom - room.top)


def _bars(page: Axes, group: SubsetGroup, room: Box, colour: str) -> None:
    """Draw the outline of the bars above, and of those at the right."""
    base, side = room.top - _GAP, room.right + _GAP
    above = [
        (room.left + along * (room.right - room.left), base - share * (STRIP - _GAP))
        for along, share in _steps(group.across)
    ]
    beside = [
        (side + share * (STRIP - _GAP), _height(room, along)) for along, share in _steps(group.up)
    ]
    for outline in (above, beside):
        xs, ys = zip(*outline, strict=True)
        page.fill(xs, ys, facecolor=colour, alpha=0.2, linewidth=0, zorder=2)
        page.plot(xs, ys, color=colour, linewidth=0.8, zorder=2)


def _steps(shares: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Yield the corners of bars of equal width: how far along, and how high."""
    yield 0.0, 0.0
    for index, share in enumerate(shares):
        yield index / len(shares), share
        yield (index + 1) / len(shares), share
    yield 1.0, 0.0


def _key(page: Axes, view: GoshView, top: float, form: FigureForm) -> None:
    """Say which colour is which, side by side or, on phones, one beneath the other."""
    x, y = MARGIN, top
    for group in view.groups:
        page.scatter([x + 3], [y + LEADING / 2], s=36, color=_colour(group, form), linewidths=0)
        text = f"{group.label} ({len(group.places)})"
        _write(page, x + 10, y + LEADING / 2 + _DOWN, text)
        if form.is_stacked:
            y += 1.3 * LEADING
        else:
            x += 10 + width(text) + 2 * MARGIN


def _write(page: Axes, x: float, y: float, text: str, ha: str = "left") -> None:
    page.text(x, y, text, ha=ha, va="baseline", size=FONT_SIZE)
