"""Which tables a kit is made from; the workflow asks while it starts, so nothing here draws."""

from liftproof.pages.forest.forest_figure import FOREST
from liftproof.result_tables import written_files
from liftproof.reviews.model.review import Review
from liftproof.rows.certainty_rows import FindingRow

TABLES = (*FOREST.row_classes, FindingRow)
"""By class of rows."""


def kit_tables(review: Review) -> list[str]:
    """Return the files of the tables, below ``results/<review>/``, that a review has."""
    return written_files(review, TABLES)
