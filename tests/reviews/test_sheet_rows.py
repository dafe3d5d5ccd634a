"""Rows of a sheet by the column: one that is asked for is the one that comes in its turn."""

from pathlib import Path

import pytest

from liftproof.reviews.files.csv_file import Sheet, sheet_of
from liftproof.reviews.files.sheet_reading import rows_of
from liftproof.reviews.model.review_tables import Study

TEXT = "study,label,year,sport\none2001,One,2001,\ntwo2002,Two\nthree2003,Three,NA,running\n"


@pytest.mark.parametrize("place", [0, 1, 2, -1, -3])
def test_a_row_by_its_place_is_that_of_all_rows(place):
    sheet = sheet_of(TEXT, Path("studies.csv"), ["study"])
    assert isinstance(sheet, Sheet)
    rows = rows_of(sheet, Study).rows
    asked = rows[place]
    assert asked == tuple(rows)[place]
    assert asked.bad == ([frozenset(), frozenset(rows.typed), {"year"}][place])
