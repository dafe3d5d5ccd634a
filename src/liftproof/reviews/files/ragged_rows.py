"""Rows of a sheet that have not as many cells as its header."""

import re
from collections.abc import Mapping

from liftproof.reviews.files.csv_file import Sheet
from liftproof.reviews.model.problems import Problem


def ragged_rows(sheet: Sheet) -> Mapping[int, Problem]:
    """Return by place the rows that have not as many cells as the header."""
    return {place: _ragged(sheet, place) for place in sorted(sheet.ragged)}


def _ragged(sheet: Sheet, place: int) -> Problem:
    """Compare the number of cells with the header's: an unquoted comma shifts all that follow."""
    width, cells = len(sheet.header.cells), sheet.ragged[place]
    if len(cells) > width:
        wrong, remedy = "more cells than the header has columns", _surplus_remedy(cells)
    else:
        wrong, remedy = "fewer cells than the header has columns", "add the missing commas"
    return Problem(
        path=sheet.path,
        line=sheet.lines[place],
        column="row",
        wrong=wrong,
        found=f"{len(cells)} cells for {width} columns",
        remedy=remedy,
    )


def _surplus_remedy(cells: tuple[str, ...]) -> str:
    comma = re.search(r"(?:^|,)0,([0-9]{2,})(?:,|$)", ",".join(cells))
    if comma:
        return f"write decimal points, not commas, as in 0.{comma[1]}"
    return "put double quotes around text that holds a comma"
