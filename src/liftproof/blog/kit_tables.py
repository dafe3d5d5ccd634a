"""Which tables a kit is made from; the workflow asks while it starts, so nothing here draws."""

from liftproof.pages.forest.forest_figure import FOREST
from liftproof.result_tables import RESULT_TABLES
from liftproof.reviews.model.review import Review
from liftproof.rows.certainty_rows import FindingRow

TABLES = (*FOREST.row_classes, FindingRow)
"""By class of rows."""


def kit_tables(review: Review) -> list[str]:
    """Return the files of the tables, below ``results/<review>/``, that a review has."""
    tables = (RESULT_TABLES[row_class] for row_class in TABLES)
    return [table.file for table in tables if table.is_written(review)]
