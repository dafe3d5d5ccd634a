"""Which tables a kit is made from."""

from liftproof.pages.forest.forest_figure import FOREST
from liftproof.rows.certainty_rows import FindingRow

TABLES = (*FOREST.row_classes, FindingRow)
"""By class of rows."""
