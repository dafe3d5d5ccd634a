"""How wide the columns of a table are on paper, so that its rows are low."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from liftproof.drawing import text_widths
from liftproof.drawing.letters import drawable
from liftproof.pages.table import PageTable

PAGE_WIDTH = 487.0
"""Points: A4 without margins of 19 mm."""
SIZES = (8.5, 8.0, 7.5)
"""Points; the largest at which no word or number must be cut, else the last."""
GAP = 9.0
"""Points between two columns."""
SLACK = 0.5
"""Points: kerning and rounding must not break a line that just fits."""
_LONGEST_WHOLE = 75.0
"""Points: the longest piece of a number cell that is kept on one line."""
_NAME = 80.0
"""Points: what the first column gets of what its cells take on average, before all others."""
_ENDS = (" ", "\n")
"""Signs at which a line may end."""
_PIECES = re.compile(r"[ \n]|[^ \n/]*/|[^ \n/]+")
"""A word longer than :data:`_LONGEST_WHOLE`, such as a DOI, may be broken after a slash."""
_WEIGHT_OF_LENGTH = 3
"""Power of the length of cells in what their column is given: the first would set rows with one
long cell high, a high one would give a column the room of its one longest cell."""
_HALVINGS = 40
"""Of the search for the factor: to 1e-10 of a page."""
_FEWEST = 14.0
"""Points: what no column goes below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnWidths:
    """``size`` of the text and ``widths`` of the columns, gaps within, in points."""

    size: float
    widths: tuple[float, ...]


def column_widths(table: PageTable, page: float = PAGE_WIDTH) -> ColumnWidths:
    """Return the widths of a table's columns, no wider together than ``page``.

    Each column gets what its longest word needs, and of what is left more the longer its cells are,
    so that rows get low together: the widths w with the least sum of (length / w)³ over all cells.
    """
    columns = [
        [heading.text, *(str(row[number]) for row in table.rows)]
        for number, heading in enumerate(table.headings)
    ]
    kinds = [heading.kind for heading in table.headings]
    for size in SIZES:
        least = [_least(cells, kind, size) for cells, kind in zip(columns, kinds, strict=True)]
        least[0] = max(least[0], min(_usual(columns[0], size), _NAME))
        if sum(least) <= page:
            break
    if sum(least) > page:
        return ColumnWidths(size=size, widths=tuple(page * few / sum(least) for few in least))
    most = [max(few, _whole(cells, size)) for few, cells in zip(least, columns, strict=True)]
    shares = [_share(cells, size) for cells in columns]
    return ColumnWidths(size=size, widths=_filled(least, most, shares, page))


def pieces(text: str) -> list[str]:
    """Return the parts of a number with limits that stay together on a line.

    >>> pieces("0.61 (0.45 to 0.83)")
    ['0.61', '(0.45 to 0.83)']
    """
    first, bracket, rest = text.partition(" (")
    return [first, f"({rest}"] if bracket else [first]


def stays_whole(piece: str, size: float = SIZES[0]) -> bool:
    """Say whether a piece of a number cell is short enough to be kept on one line."""
    return width(piece, size=size) <= _LONGEST_WHOLE


def broken(text: str, limit: float, size: float) -> str:
    """Return a text with line ends within words that are wider than ``limit``.

    >>> broken("to mm", 12.0, 10.0)
    'to m\\nm'
    >>> broken("doi:10.1/mm", 45.0, 10.0)
    'doi:10.1/\\nmm'
    """
    if max((width(word, size=size) for word in _words(text)), default=0.0) <= limit:
        return text
    signs, taken = [], 0.0
    for piece in _PIECES.findall(text):
        taken = 0.0 if piece in _ENDS else taken
        if taken and taken + width(piece, size=size) > limit:
            signs.append("\n")
            taken = 0.0
        for sign in piece:
            more = width(sign, size=size)
            taken = 0.0 if sign in _ENDS else taken + more
            if taken > limit and taken > more:
                signs.append("\n")
                taken = more
            signs.append(sign)
    return "".join(signs)


def _filled(
    least: Sequence[float], most: Sequence[float], shares: Sequence[float], page: float
) -> tuple[float, ...]:
    """Return widths in proportion to ``shares`` within their bounds, filling the page if they can.

    Their sum grows with the factor of the shares, which is found by halving.
    """

    def widths(factor: float) -> tuple[float, ...]:
        bounds = zip(least, most, shares, strict=True)
        return tuple(min(max(few, factor * share), many) for few, many, share in bounds)

    low, high = 0.0, page / min(shares)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) <= page else (low, middle)
    return widths(low)


def _share(cells: Sequence[str], size: float) -> float:
    """Return what a column is given in proportion, from the lengths of its cells."""
    lengths = [_length(cell, size) + GAP for cell in cells[1:]]
    return (
        sum(length**_WEIGHT_OF_LENGTH for length in lengths) ** (1 / (_WEIGHT_OF_LENGTH + 1)) or 1.0
    )


def _whole(cells: Sequence[str], size: float) -> float:
    """Return what a column would take with every line of its cells whole; its heading may wrap."""
    return max((_length(cell, size) for cell in cells[1:]), default=0.0) + GAP + SLACK


def _usual(cells: Sequence[str], size: float) -> float:
    """Return what the cells of a column would take on average with every line whole."""
    return sum(_length(cell, size) for cell in cells[1:]) / max(1, len(cells) - 1) + GAP + SLACK


def _length(cell: str, size: float) -> float:
    return max(width(line, size=size) for line in cell.split("\n"))


def _least(cells: Sequence[str], kind: str, size: float) -> float:
    """Return what the longest word of a column takes, or the longest whole piece of a number."""
    heading, *body = cells
    words: list[str] = []
    for cell in body:
        whole = pieces(cell) if kind == "number" else []
        words += [each for each in whole if stays_whole(each)] or _words(cell)
    unbroken = {
        piece
        for word in set(words)
        for piece in ([word] if stays_whole(word, size) else _PIECES.findall(word))
    }
    return (
        max(
            _FEWEST,
            *(width(word, bold=True, size=size) for word in heading.split(" ")),
            *(width(word, size=size) for word in unbroken),
        )
        + GAP
        + SLACK
    )


def width(text: str, *, bold: bool = False, size: float) -> float:
    """Return the width of one line as it is drawn, sign by sign: the typeface has no kerning."""
    return size * sum(_advance(sign, bold) for sign in drawable(text))


@cache
def _advance(sign: str, bold: bool) -> float:
    return text_widths.width(sign, bold=bold, size=1.0)


def _words(cell: str) -> list[str]:
    """Return what a line may not break within: narrow and fixed spaces hold a number together.

    A sign before the first word, as of a verdict, stays with it.

    >>> _words("✓ reproduced here")
    ['✓ reproduced', 'here']
    """
    words = [word for line in cell.split("\n") for word in line.split(" ")]
    is_marked = len(words) > 1 and len(words[0]) == 1 and not words[0].isalnum()
    return [" ".join(words[:2]), *words[2:]] if is_marked else words
