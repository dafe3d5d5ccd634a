"""The files of a review as a draft: every cell as typed."""

from pathlib import Path

from liftproof.columns import columns
from liftproof.exchange.draft import Draft, DraftRow, DraftTable, refuse
from liftproof.reviews.files.csv_file import sheet_of
from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.limits import LARGEST_TABLE
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import TABLES
from liftproof.reviews.review_folder import SETTINGS, relative


def read_draft(folder: Path) -> Draft:
    """Read a review, and name the files of its folder that are none of a review."""
    others = sorted(
        path.name for path in folder.iterdir() if path.name not in TABLES and path.name != SETTINGS
    )
    return Draft(
        settings=read_settings(folder),
        settings_shown=relative(folder) / SETTINGS,
        tables={name: read_table(folder, name) for name in TABLES if (folder / name).exists()},
        notices=tuple(f"{relative(folder) / name}: no table of a review" for name in others),
    )


def read_settings(folder: Path) -> str:
    """Return the text of ``review.yaml``; DataError where it cannot be read."""
    text = text_of(folder / SETTINGS, relative(folder) / SETTINGS)
    if isinstance(text, Problem):
        refuse([text])
    return str(text)


def read_table(folder: Path, name: str) -> DraftTable:
    """Return a table with its cells as typed; DataError where the file cannot be split."""
    shown = relative(folder) / name
    text = text_of(folder / name, shown, LARGEST_TABLE)
    known = [item.name for item in columns(TABLES[name])]
    sheet = text if isinstance(text, Problem) else sheet_of(text, shown, known)
    if isinstance(sheet, Problem):
        refuse([sheet])
        raise AssertionError
    header = tuple(cell.strip() for cell in sheet.header.cells)
    rows = tuple(
        DraftRow(line=record.line, cells=dict(zip(header, record.cells, strict=False)))
        for record in sheet.records
    )
    return DraftTable(shown=shown, columns=header, rows=rows)
