"""The columns of a forest plot: their heads, and how wide their texts make them (points)."""

from collections.abc import Iterable
from dataclasses import dataclass

from liftproof.drawing.text_widths import width, wrap
from liftproof.pages.forest.forest_rows import ForestRow
from liftproof.pages.forest.forest_view import ForestView
from liftproof.words import numbers
from liftproof.words.text import capital

MARGIN = 9.0
_GAP = 14.0
_INDENT = 8.0
_USUAL_PAGE = 518.0
"""7.2 inches, two columns of a journal; the page widens only where the texts need it."""
_LEAST_PLOT = 170.0
_LONGEST_LABEL = 175.0
_HEAD_WIDTH = 64.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestColumns:
    """Right edges of the text columns, both edges of the plot, and the width of the page."""

    arms: tuple[float, ...]
    plot_left: float
    plot_right: float
    weight: float
    estimate: float
    page: float
    grouped: bool

    def indent(self, row: ForestRow) -> float:
        """Return how far a row is set in: what stands under a heading is."""
        return _indent(row, self.grouped)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestHeads:
    """The lines of each column's head."""

    label: list[str]
    arms: list[list[str]]
    plot: list[str]
    weight: list[str]
    estimate: list[str]


def heads(forest: ForestView) -> ForestHeads:
    """Return the heads of the columns, wrapped."""
    measure = capital(forest.measure.name)
    per = "time" if set(forest.measure.sources) & {"group_rates"} else "n"
    has_events = any("/" in cell for row in forest.rows for cell in row.arms)
    unit = f"events/{per}" if has_events else "n"
    scale = f"{measure}, log scale" if forest.axis.is_log else measure
    return ForestHeads(
        label=[forest.row_head],
        arms=[[*(_narrow(name) if name else ()), unit] for name in forest.arm_heads],
        plot=wrap(scale, _LEAST_PLOT, bold=True),
        weight=[forest.weight_head],
        estimate=[*_narrow(measure), f"({numbers.level(forest.level)} CI)"],
    )


def label_lines(row: ForestRow, grouped: bool) -> list[str]:
    """Return the lines of a row's label, its marks at the end."""
    room = _LONGEST_LABEL - _indent(row, grouped)
    return wrap(f"{row.label}{row.marks}", room, bold=row.is_bold)


def note_lines(row: ForestRow) -> list[str]:
    """Return the lines of a row's note, if it has one."""
    return wrap(row.note, _LONGEST_LABEL - _INDENT)


def columns_of(forest: ForestView) -> ForestColumns:
    """Return the columns, each as wide as its widest text; the plot takes what is left."""
    rows, head = forest.rows, heads(forest)
    grouped = any(row.kind == "heading" for row in rows)
    label = max([_widest(head.label, bold=True), *(_label_width(row, grouped) for row in rows)])
    arms = [
        max(_widest(lines, bold=True), _widest_cell((row.arms[index], row) for row in rows))
        for index, lines in enumerate(head.arms)
    ]
    weight = max(_widest(head.weight, bold=True), _widest_cell((row.weight, row) for row in rows))
    estimate = max(_widest(head.estimate, bold=True), _widest_cell((row.text, row) for row in rows))
    left = MARGIN + label
    edges = []
    for arm in arms:
        left += _GAP + arm
        edges.append(left)
    plot_left = left + _GAP
    right = _GAP + weight + _GAP + estimate + MARGIN
    page = max(_USUAL_PAGE, plot_left + _LEAST_PLOT + right)
    return ForestColumns(
        arms=tuple(edges),
        plot_left=plot_left,
        plot_right=page - right,
        weight=page - MARGIN - estimate - _GAP,
        estimate=page - MARGIN,
        page=page,
        grouped=grouped,
    )


def _indent(row: ForestRow, grouped: bool) -> float:
    return _INDENT if grouped and row.kind in ("trial", "subgroup") else 0.0


def _narrow(text: str) -> list[str]:
    """Return the lines of a head: broken between words, never inside one."""
    longest = max(width(word, bold=True) for word in text.split(" "))
    return wrap(text, max(_HEAD_WIDTH, longest), bold=True)


def _label_width(row: ForestRow, grouped: bool) -> float:
    label = _widest(label_lines(row, grouped), bold=row.is_bold)
    return _indent(row, grouped) + max(label, _widest(note_lines(row), bold=False))


def _widest(lines: Iterable[str], *, bold: bool) -> float:
    return max((width(line, bold=bold) for line in lines), default=0.0)


def _widest_cell(cells: Iterable[tuple[str, ForestRow]]) -> float:
    return max((width(text, bold=row.is_bold) for text, row in cells), default=0.0)
