"""Drawing the flow of trials: boxes from above downwards. All of it stands in the FlowView."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from liftproof.drawing.figure_form import WIDE, FigureForm
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
from liftproof.drawing.text_widths import wrap
from liftproof.drawing.theme import GREY, INK, applied
from liftproof.pages.sources.flow_view import FlowBox, FlowView

PAD = 6.0
"""Between the edge of a box and its texts."""
_BETWEEN = 16.0
"""From one box down to the next: room for an arrow."""
_TRUNK = 235.0
"""Width of the boxes from which others branch off, in the wide form."""
_BRANCH = 22.0
"""In the narrow form, how far a box that branches off stands to the right."""
_ARROW = {"arrowstyle": "-|>", "color": INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedBox:
    """A box with its lines as they break, and its edges in points from the top left."""

    lines: tuple[str, ...]
    bold: int
    left: float
    right: float
    top: float
    colour: str

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + len(self.lines) * LEADING + 2 * PAD


def draw_flow(view: FlowView, form: FigureForm = WIDE) -> Figure:
    """Return the figure, as wide as its form; its height follows the texts."""
    room = form.width - 2 * MARGIN
    title = wrap(view.title, room, bold=True, size=TITLE_SIZE)
    notes = [line for note in view.notes for line in wrap(note, room)]
    placed = list(_placed(view, MARGIN + len(title) * TITLE_LEADING + LEADING / 2, form))
    below = placed[-1].bottom + LEADING
    height = below + len(notes) * LEADING + MARGIN
    with applied():
        figure = empty_sheet(form.width, height)
        page = whole_sheet(figure, form.width, height)
        draw_title(page, title)
        write_lines(page, notes, (MARGIN, below + 0.8 * LEADING), colour=GREY)
        for one in placed:
            _draw_box(page, one)
        _draw_arrows(page, placed, form)
    return figure


def _placed(view: FlowView, top: float, form: FigureForm) -> Iterator[PlacedBox]:
    """Yield the boxes from above downwards; the one that branches off stands to the right."""
    end = form.width - MARGIN
    trunk = (MARGIN, end if form.is_stacked else MARGIN + _TRUNK)
    branch = (MARGIN + _BRANCH if form.is_stacked else trunk[1] + LEADING, end)
    boxes = (
        (view.held, trunk, INK),
        (view.left, branch, GREY),
        (view.entering, trunk, form.pooled_colour),
    )
    for box, edges, colour in boxes:
        if box is not None:
            one = _box(box, edges, top, colour)
            yield one
            top = one.bottom + _BETWEEN


def _box(box: FlowBox, edges: tuple[float, float], top: float, colour: str) -> PlacedBox:
    left, right = edges
    room = right - left - 2 * PAD
    bold = wrap(box.heading, room, bold=True)
    lines = [line for text in box.lines for line in wrap(text, room)]
    return PlacedBox(
        lines=(*bold, *lines), bold=len(bold), left=left, right=right, top=top, colour=colour
    )


def _draw_box(page: Axes, box: PlacedBox) -> None:
    corner, width, height = (box.left, box.top), box.right - box.left, box.bottom - box.top
    page.add_patch(
        Rectangle(corner, width, height, facecolor="white", edgecolor=box.colour, linewidth=1.1)
    )
    write_lines(page, box.lines, (box.left + PAD, box.top + PAD + 0.8 * LEADING), bold=box.bold)


def _draw_arrows(page: Axes, boxes: Sequence[PlacedBox], form: FigureForm) -> None:
    """Draw the way down from the first box to the last, and the branch to the one between."""
    first, *between, last = boxes
    x = MARGIN + _BRANCH / 2 if form.is_stacked else (first.left + first.right) / 2
    _arrow(page, (x, first.bottom), (x, last.top))
    for box in between:
        middle = (box.top + box.bottom) / 2
        _arrow(page, (x, middle), (box.left, middle))


def _arrow(page: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.annotate("", xy=end, xytext=start, arrowprops=_ARROW)
