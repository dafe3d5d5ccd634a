"""The columns of a forest plot: their heads, and how wide their texts make them (points).

In the stacked form a row's name and counts stand above its interval, which takes the whole width
but for the column of estimates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from liftproof.drawing.figure_form import FigureForm
from liftproof.drawing.text_widths import width, wrap
from liftproof.pages.forest.aligned_texts import aligned_texts
from liftproof.pages.forest.extra_places import ExtraPlace, extra_places, in_one_line
from liftproof.pages.forest.forest_predictive import KIND as PREDICTIVE
from liftproof.pages.forest.forest_rows import ForestRow
from liftproof.pages.forest.forest_view import ForestView
from liftproof.words import numbers
from liftproof.words.text import capital

MARGIN = 9.0
GAP = 14.0
EXTRA_GAP = 10.0
"""Before each further column: there are many side by side."""
_INDENT = 8.0
_LEAST_PLOT = 170.0
_LONGEST_LABEL = 175.0
_HEAD_WIDTH = 64.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestColumns:
    """Right edges of the text columns, both edges of the plot, and the width of the page.

    ``estimates``: the texts of the column of estimates, a row each, decimal points in line.
    ``extras``: where further columns stand, side by side; ``beneath``: how many of them stand in a
    line beneath each name, stacked.
    """

    arms: tuple[float, ...]
    plot_left: float
    plot_right: float
    weight: float
    estimate: float
    page: float
    grouped: bool
    is_stacked: bool
    estimates: tuple[str, ...]
    extras: tuple[ExtraPlace, ...] = ()
    beneath: int = 0

    def indent(self, row: ForestRow) -> float:
        """Return how far a row is set in: what stands under a heading is."""
        return _indent(row, self.grouped)

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.page - 2 * MARGIN

    def label_lines(self, row: ForestRow) -> list[str]:
        """Return the lines of a row's label, its marks at the end."""
        longest = self.room if self.is_stacked else _LONGEST_LABEL
        return wrap(f"{row.label}{row.marks}", longest - self.indent(row), bold=row.is_bold)

    def note_lines(self, row: ForestRow) -> list[str]:
        """Return the lines of a row's note, if it has one; beside a curve there is more room."""
        if row.kind == PREDICTIVE and not self.is_stacked:
            return wrap(row.note, self.plot_left - GAP - MARGIN)
        return wrap(row.note, (self.room if self.is_stacked else _LONGEST_LABEL) - _INDENT)


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
    scale = f"{measure}, log scale" if forest.axis.is_log else measure
    return ForestHeads(
        label=[forest.row_head],
        arms=[[*(_narrow(name) if name else ()), unit_of(forest)] for name in forest.arm_heads],
        plot=wrap(scale, _LEAST_PLOT, bold=True),
        weight=[forest.weight_head],
        estimate=[*_narrow(measure), f"({numbers.level(forest.level)} CI)"],
    )


def unit_of(forest: ForestView) -> str:
    """Return what the cells of the arms hold."""
    per = "time" if set(forest.measure.sources) & {"group_rates"} else "n"
    has_events = any("/" in cell for row in forest.rows for cell in row.arms)
    return f"events/{per}" if has_events else "n"


def detail(row: ForestRow) -> str:
    """Return the counts and the weight of a row in one text.

    >>> detail(ForestRow(kind="trial", label="One", arms=("3/15", "10/15"), weight="9.9 %"))
    '3/15 v 10/15 · 9.9 %'
    """
    counts = " v ".join(cell for cell in row.arms if cell)
    return " · ".join(part for part in (counts, row.weight) if part)


def detail_head(forest: ForestView) -> str:
    """Return what stands above counts and weights in the stacked form."""
    arms = capital(f"{forest.intervention} v {forest.control}")
    counts = f"{arms}, {unit_of(forest)}" if forest.arm_heads else ""
    weight = forest.weight_head.lower() if counts else forest.weight_head
    return " · ".join(filter(None, (counts, weight)))


def columns_of(forest: ForestView, form: FigureForm) -> ForestColumns:
    """Return the columns, each as wide as its widest text; the plot takes what is left."""
    estimates = aligned_texts([row.text for row in forest.rows])
    return (_stacked if form.is_stacked else _side_by_side)(forest, form, estimates)


def _stacked(forest: ForestView, form: FigureForm, estimates: Sequence[str]) -> ForestColumns:
    right = form.width - MARGIN
    return ForestColumns(
        arms=(),
        plot_left=MARGIN + _INDENT / 2,
        plot_right=right - _estimate_width(forest, estimates) - GAP / 2,
        weight=right,
        estimate=right,
        page=form.width,
        grouped=_is_grouped(forest),
        is_stacked=True,
        estimates=tuple(estimates),
        beneath=in_one_line(forest, form.width - 2 * MARGIN - _INDENT),
    )


def _side_by_side(forest: ForestView, form: FigureForm, estimates: Sequence[str]) -> ForestColumns:
    rows, head, grouped = forest.rows, heads(forest), _is_grouped(forest)
    label = max([_widest(head.label, bold=True), *(_label_width(row, grouped) for row in rows)])
    arms = [
        max(_widest(lines, bold=True), _widest_cell((row.arms[index], row) for row in rows))
        for index, lines in enumerate(head.arms)
    ]
    weight = max(_widest(head.weight, bold=True), _widest_cell((row.weight, row) for row in rows))
    estimate = _estimate_width(forest, estimates)
    extras = extra_places(forest, MARGIN + label, EXTRA_GAP)
    left = extras[-1].right if extras else MARGIN + label
    edges = []
    for arm in arms:
        left += GAP + arm
        edges.append(left)
    plot_left = left + GAP
    right = GAP + weight + GAP + estimate + MARGIN
    page = max(form.width, plot_left + _LEAST_PLOT + right)
    return ForestColumns(
        arms=tuple(edges),
        plot_left=plot_left,
        plot_right=page - right,
        weight=page - MARGIN - estimate - GAP,
        estimate=page - MARGIN,
        page=page,
        grouped=grouped,
        is_stacked=False,
        estimates=tuple(estimates),
        extras=extras,
    )


def _is_grouped(forest: ForestView) -> bool:
    return any(row.kind == "heading" for row in forest.rows)


def _estimate_width(forest: ForestView, estimates: Sequence[str]) -> float:
    cells = _widest_cell(zip(estimates, forest.rows, strict=True))
    return max(_widest(heads(forest).estimate, bold=True), cells)


def _indent(row: ForestRow, grouped: bool) -> float:
    return _INDENT if grouped and row.kind in ("trial", "subgroup") else 0.0


def _narrow(text: str) -> list[str]:
    """Return the lines of a head: broken between words, never inside one."""
    longest = max(width(word, bold=True) for word in text.split(" "))
    return wrap(text, max(_HEAD_WIDTH, longest), bold=True)


def _label_width(row: ForestRow, grouped: bool) -> float:
    inside = _indent(row, grouped)
    label = wrap(f"{row.label}{row.marks}", _LONGEST_LABEL - inside, bold=row.is_bold)
    note = [] if row.kind == PREDICTIVE else wrap(row.note, _LONGEST_LABEL - _INDENT)
    return inside + max(_widest(label, bold=row.is_bold), _widest(note, bold=False))


def _widest(lines: Iterable[str], *, bold: bool) -> float:
    return max((width(line, bold=bold) for line in lines), default=0.0)


def _widest_cell(cells: Iterable[tuple[str, ForestRow]]) -> float:
    return max((width(text, bold=row.is_bold) for text, row in cells), default=0.0)
