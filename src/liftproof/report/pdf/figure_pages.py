"""How large a drawing is on paper: none with letters too small to read, a tall one over pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from liftproof.drawing.pdf_copies import SVG_ROOT
from liftproof.report.pdf.table_columns import PAGE_WIDTH, width

PAGE_HEIGHT = 734.0
"""Points: A4 without its margins."""
BROADEST = PAGE_WIDTH + 48.0
"""Points: how far a drawing may reach into the margins, where its letters would be too small."""
SMALLEST = 6.0
"""Points: no letter of a drawing is smaller on paper."""
CAPTION_SIZE = 8.5
LINE = 13.0
"""Points: a line of a caption, leading within."""
_ABOVE = 100.0
"""Points: a heading and the paragraph beneath it, which stay with their figure."""
_SHORTEST = PAGE_HEIGHT / 3
"""Points: what a drawing may take however long its caption is."""
_SPARE_LINES = 4
"""Number and name of the figure, lines that break early, space around."""
_SPARE_ALONE = 2
"""The same of a figure that has its page to itself."""
_TALL = PAGE_HEIGHT / 2
"""Points: what is lower stands with the text, however broad it is."""
_SIZE = re.compile(r' (width|height)="([\d.]+)pt"')
_BOX = re.compile(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) [\d.]+"')
_LETTERS = re.compile(r"font-size: ([\d.]+)px")
_LINES = re.compile(r'<text\b[^>]* y="([\d.]+)"')
_SENTENCE = re.compile(r"(?<=\.) (?=[A-Z])")
_AROUND_EVEN = (0.75, 1.25)
"""Where a drawing is cut, in shares of what each of its parts would be if they were even."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Of an SVG: ``broad`` and ``high`` in points, ``letters``: its smallest, as it is drawn.

    ``enlarged``: points to a unit of what is in it.
    """

    broad: float
    high: float
    letters: float
    enlarged: float = 1.0

    @property
    def least(self) -> float:
        """The scale below which its letters are too small; 0 without letters."""
        return min(1.0, SMALLEST / self.letters) if self.letters else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """How a figure is set.

    ``parts``: the drawing, or its parts from the top, one a page. ``width``: of each, in points.
    ``caption``: what stands beneath, ``more``: the rest of it, which goes with the text.
    ``is_alone``: whether it takes its pages whole.
    """

    parts: tuple[str, ...]
    width: float
    caption: str
    more: str = ""
    is_alone: bool = False


def drawing_of(svg: str) -> Drawing:
    """Return how large a drawing and its letters are."""
    root = SVG_ROOT.search(svg)
    head = root[0] if root else ""
    size = {name: float(value) for name, value in _SIZE.findall(head)}
    box = _BOX.search(head)
    enlarged = size["width"] / float(box[1]) if box else 1.0
    letters = min(map(float, _LETTERS.findall(svg)), default=0.0)
    return Drawing(
        broad=size["width"], high=size["height"], letters=letters * enlarged, enlarged=enlarged
    )


def figure_width(svg: str, caption: str) -> float:
    """Return the width in points at which a drawing fits the page, its section's heading and first
    paragraph above it, its caption beneath.

    None is enlarged.
    """
    drawing = drawing_of(svg)
    tallest = max(PAGE_HEIGHT - _ABOVE - _height(caption), _SHORTEST)
    return min(1.0, PAGE_WIDTH / drawing.broad, tallest / drawing.high) * drawing.broad


def on_paper(svg: str, caption: str, narrow: str = "") -> OnPaper:
    """Return how a drawing is set so that its letters can be read.

    One whose letters would be too small reaches into the margins; where that is not enough for its
    breadth, its form for phones, ``narrow``, is set. A tall one gets a page to itself with as
    much of its caption as has room, and what no page has room for is cut over pages.
    """
    usual = figure_width(svg, caption)
    drawing = drawing_of(svg)
    if usual >= drawing.least * drawing.broad:
        return OnPaper(parts=(svg,), width=usual, caption=caption)
    if drawing.least * drawing.broad > BROADEST and narrow:
        return on_paper(narrow, caption)
    return _alone(svg, drawing, caption)


def _alone(svg: str, drawing: Drawing, caption: str) -> OnPaper:
    """Return a drawing with pages of its own, as wide as the page where its height allows.

    Its caption has as many sentences as there is room for, at least the first.
    """
    across = min(1.0, max(drawing.least, PAGE_WIDTH / drawing.broad), BROADEST / drawing.broad)
    first = PAGE_HEIGHT - _height(_divided(caption, 0.0)[0], _SPARE_ALONE)
    whole = min(across, first / drawing.high)
    scale = whole if whole >= drawing.least else across
    parts = tuple(_parts(svg, drawing, first / scale))
    below, more = _divided(caption, PAGE_HEIGHT - drawing_of(parts[-1]).high * scale)
    return OnPaper(
        parts=parts,
        width=scale * drawing.broad,
        caption=below,
        more=more,
        is_alone=scale * drawing.high > _TALL,
    )


def _height(caption: str, spare: int = _SPARE_LINES) -> float:
    """Return what a caption takes beneath a drawing, ``spare`` lines within."""
    return (ceil(width(caption, size=CAPTION_SIZE) / PAGE_WIDTH) + spare) * LINE


def _divided(caption: str, room: float) -> tuple[str, str]:
    """Return as many sentences of a caption as have room, at least the first, and the others."""
    sentences = _SENTENCE.split(caption)
    count = len(sentences)
    while count > 1 and _height(" ".join(sentences[:count]), _SPARE_ALONE) > room:
        count -= 1
    return " ".join(sentences[:count]), " ".join(sentences[count:])


def _parts(svg: str, drawing: Drawing, most: float) -> list[str]:
    """Return a drawing, cut between its lines of text where it is higher than ``most``."""
    count = ceil(drawing.high / most)
    lines = sorted({drawing.enlarged * float(y) for y in _LINES.findall(svg)})
    edges = [0.0]
    while drawing.high - edges[-1] > most:
        even = (drawing.high - edges[-1]) / max(2, count - len(edges) + 1)
        first, last = (edges[-1] + share * even for share in _AROUND_EVEN)
        edges.append(_gap(lines, first, min(last, edges[-1] + most)))
    return [_window(svg, drawing, top, low) for top, low in pairwise([*edges, drawing.high])]


def _gap(lines: Sequence[float], first: float, last: float) -> float:
    """Return the middle of the widest gap between lines, the lowest of equal ones, else the end."""
    gaps = [(low - top, top) for top, low in pairwise(lines) if first <= top and low <= last]
    if not gaps:
        return last
    wide = max(round(gap, 1) for gap, _ in gaps)
    top = max(top for gap, top in gaps if round(gap, 1) == wide)
    return top + wide / 2


def _window(svg: str, drawing: Drawing, top: float, low: float) -> str:
    """Return a drawing of which only what is between two heights is seen."""
    root = SVG_ROOT.search(svg)
    if root is None or (top == 0.0 and low == drawing.high):
        return svg
    head = re.sub(r' height="[\d.]+pt"', f' height="{low - top:.10g}pt"', root[0], count=1)
    seen = (top, drawing.broad, low - top)
    box = " ".join(f"{value / drawing.enlarged:.10g}" for value in seen)
    return svg.replace(root[0], re.sub(r'viewBox="[^"]*"', f'viewBox="0 {box}"', head), 1)
