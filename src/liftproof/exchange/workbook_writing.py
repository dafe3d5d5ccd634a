"""A review, or an empty template of one, as a workbook whose cells are all text."""

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from liftproof.columns import Column, columns
from liftproof.exchange.draft import Draft, DraftRow, DraftTable
from liftproof.exchange.settings_sheet import SettingsRow, settings_rows
from liftproof.files import aside
from liftproof.reviews.model.review_tables import TABLES

TEMPLATE_TABLES = ("studies.csv", "outcomes.csv", "provenance.csv", "published.csv")
REVIEW_SHEET = "review"
TEXT_FORMAT = "@"
"""A cell of this format keeps what is typed: 1-2 becomes no date, 0.480 keeps its zero."""
LAST_ROW = 5000
"""Of those in which a template offers the allowed values."""
WIDTH = 18
"""Of a column, in characters."""
LONGEST_LIST = 250
"""Characters of a list of allowed values that a workbook can offer."""
A_DAY = (1980, 1, 1, 0, 0, 0)
"""Of every file within a workbook: the same review gives the same bytes."""
MADE = "1980-01-01T00:00:00Z"
TEMPLATE_SETTINGS = (
    SettingsRow(key="title", value=""),
    SettingsRow(key="citation", value=""),
    SettingsRow(key="doi", value=""),
    SettingsRow(key="measure", value="RR"),
    SettingsRow(key="intervention", value=""),
    SettingsRow(key="control", value=""),
    SettingsRow(key="analyses", value="  - id: overall\n    title: All trials"),
)


def write_template(file: Path) -> None:
    """Write a workbook to fill in: every declared column, with its meaning as a note."""
    tables = {
        name: DraftTable(
            shown=file, columns=tuple(item.name for item in columns(TABLES[name])), rows=()
        )
        for name in TEMPLATE_TABLES
    }
    _write(file, TEMPLATE_SETTINGS, tables)


def write_workbook(draft: Draft, file: Path) -> tuple[str, ...]:
    """Write a review as a workbook; return what the workbook does not hold."""
    _write(file, settings_rows(draft.settings), draft.tables)
    return draft.notices


def _write(file: Path, settings: tuple[SettingsRow, ...], tables: Mapping[str, DraftTable]) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - only who exchanges workbooks needs it

    book = Workbook()
    book.remove(book.active)
    rows = tuple(DraftRow(line=0, cells={"key": row.key, "value": row.value}) for row in settings)
    sheet = DraftTable(shown=file, columns=("key", "value"), rows=rows)
    _fill(book.create_sheet(REVIEW_SHEET), sheet, {})
    for name, table in tables.items():
        declared = {item.name: item for item in columns(TABLES[name])}
        _fill(book.create_sheet(name.removesuffix(".csv")), table, declared)
    made = BytesIO()
    book.save(made)
    with aside(file) as partial:
        partial.write_bytes(_undated(made.getvalue()))


def _fill(sheet: Any, table: DraftTable, declared: Mapping[str, Column]) -> None:
    """Write header, notes and rows; ``declared`` columns by name."""
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    for place, name in enumerate(table.columns, start=1):
        head = sheet.cell(row=1, column=place, value=name)
        head.font = Font(bold=True)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = WIDTH
        sheet.column_dimensions[letter].number_format = TEXT_FORMAT
        if name in declared:
            head.comment = Comment(note_of(declared[name]), "Liftproof")
            _offer(sheet, declared[name], letter)
        for line, row in enumerate(table.rows, start=2):
            _write_text(sheet.cell(row=line, column=place), row.cells.get(name, ""))
    sheet.freeze_panes = "B2"


def _write_text(cell: Any, text: str) -> None:
    """Write a cell as text, also where it begins like a formula."""
    if text:
        cell.value = text
        cell.data_type = "s"
    cell.number_format = TEXT_FORMAT


def note_of(column: Column) -> str:
    """Return what a column holds, for the note on its header.

    >>> note_of(columns(TABLES["published.csv"])[4])
    'as printed; its digits are the tolerance (text; must be filled)'
    """
    kind = f"one of {', '.join(column.allowed)}" if column.allowed else column.kind
    return f"{column.meaning} ({kind}{'; must be filled' if column.required else ''})"


def _offer(sheet: Any, column: Column, letter: str) -> None:
    """Offer the allowed values as a list; the check refuses others, the workbook does not."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    listed = ",".join(column.allowed)
    if not listed or len(listed) > LONGEST_LIST:
        return
    offered = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    offered.showErrorMessage = False
    offered.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(offered)


def _undated(made: bytes) -> bytes:
    """Return a workbook without the time of its making."""
    undated = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as before, zipfile.ZipFile(undated, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(?<=>)[0-9-]{10}T[0-9:]{8}Z(?=<)", MADE.encode(), content)
            entry = zipfile.ZipInfo(name, date_time=A_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, content)
    return undated.getvalue()
