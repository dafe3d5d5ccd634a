"""Rows that have not as many cells as the header: what happened to them, as far as they show it."""

import re
from collections.abc import Mapping, Sequence

from liftproof.reviews.files.csv_file import Sheet
from liftproof.reviews.model.problems import Problem

_QUOTES = "put double quotes around text that holds a comma"


def ragged_rows(sheet: Sheet) -> Mapping[int, Problem]:
    """Return by place the rows that have not as many cells as the header."""
    return {place: _ragged(sheet, place) for place in sorted(sheet.ragged)}


def _ragged(sheet: Sheet, place: int) -> Problem:
    """Compare the number of cells with the header's: an unquoted comma shifts all that follow."""
    width, cells = len(sheet.header.cells), sheet.ragged[place]
    more = "more" if len(cells) > width else "fewer"
    return Problem(
        path=sheet.path,
        line=sheet.lines[place],
        column="row",
        wrong=f"{more} cells than the header has columns",
        found=f"{len(cells)} cells for {width} columns",
        remedy=length_remedy(cells, width),
    )


def length_remedy(cells: Sequence[str], width: int) -> str:
    """Return what to do about a row that has not ``width`` cells, the header's number.

    >>> length_remedy(["a", "1b", "2"], 2)
    'if two rows stand in this line, begin a new line for the second one'
    """
    if len(cells) < width:
        return "add the missing commas"
    comma = re.search(r"(?:^|,)0,([0-9]{2,})(?:,|$)", ",".join(cells))
    if comma:
        return f"write decimal points, not commas, as in 0.{comma[1]}"
    if not any(cells[width:]):
        return f"{_QUOTES}; if there is none, delete the commas at its end"
    if len(cells) in (2 * width - 1, 2 * width):
        return "if two rows stand in this line, begin a new line for the second one"
    return _QUOTES
