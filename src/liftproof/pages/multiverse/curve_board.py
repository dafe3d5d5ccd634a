"""Where the choices and options of a specification curve stand; lengths in points, y runs down.

Stacked, the name of an option stands above its marks, so that these are as wide as the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from liftproof.drawing.figure_form import FigureForm
from liftproof.drawing.text_widths import width, wrap
from liftproof.pages.multiverse.curve_view import ChoiceGroup, CurveView

PITCH = 10.0
"""From one row to the next, and from one line of a label to the next."""
_BELOW_MARKS = 4.0
"""Stacked, between an option's marks and the next name, so that marks belong to the name above."""
BETWEEN_GROUPS = 5.0
_LONGEST_LABEL = 190.0
_AXIS_LABELS = 34.0
_MARGINS = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """A row: the lines of its label, where they begin, and the middle of its marks."""

    lines: tuple[str, ...]
    top: float
    middle: float
    bottom: float
    is_bold: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The dashboard: of each group the row of its name and those of its options, and its height."""

    groups: tuple[tuple[ChoiceGroup, BoardRow, tuple[BoardRow, ...]], ...]
    labels: float
    height: float


def board_of(plot: CurveView, form: FigureForm) -> Board:
    """Place every label; what is longer than its column is broken into lines."""
    longest = form.width - _MARGINS if form.is_stacked else _LONGEST_LABEL
    top = 0.0
    groups: list[tuple[ChoiceGroup, BoardRow, tuple[BoardRow, ...]]] = []
    for group in plot.groups:
        top += BETWEEN_GROUPS if groups else 0.0
        name = _row(f"{group.name} ({group.note})", longest, form, top, is_bold=True)
        options: list[BoardRow] = []
        for option in group.options:
            above = options[-1] if options else name
            options.append(_row(option, longest, form, above.bottom, is_bold=False))
        groups.append((group, name, tuple(options)))
        top = options[-1].bottom if options else name.bottom
    rows = [row for _, name, options in groups for row in (name, *options)]
    labels = _AXIS_LABELS if form.is_stacked else _widest(rows, form)
    return Board(groups=tuple(groups), labels=labels, height=top)


def _row(text: str, longest: float, form: FigureForm, top: float, *, is_bold: bool) -> BoardRow:
    lines = wrap(text, longest, bold=is_bold, size=form.smallest)
    below = top + PITCH * len(lines)
    has_strip = form.is_stacked and not is_bold
    strip = PITCH + _BELOW_MARKS if has_strip else 0.0
    return BoardRow(
        lines=tuple(lines),
        top=top,
        middle=(below if has_strip else top) + PITCH / 2,
        bottom=below + strip,
        is_bold=is_bold,
    )


def _widest(rows: Sequence[BoardRow], form: FigureForm) -> float:
    """Return how wide the column of labels is, at least that of the axis."""
    texts = [(line, row.is_bold) for row in rows for line in row.lines]
    widths = (width(line, bold=bold, size=form.smallest) for line, bold in texts)
    return max(_AXIS_LABELS, max(widths, default=0.0) + 8.0)
