"""The parts of a workbook: which sheets it has, their cells, and which numbers are dates.

Office Open XML: a zip file whose parts name one another by relationships (ECMA-376, part 2).
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.parsers import expat

from liftproof.exchange.draft import one_problem
from liftproof.exchange.workbook_cells import SheetCells, shared_strings, sheet_cells
from liftproof.exchange.workbook_rows import OtherCell
from liftproof.exchange.xml_tree import EntityError, XmlNode, nodes_of

UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(KeyError, ValueError, IndexError, EntityError, expat.ExpatError),
)
"""What a file raises that is no workbook, is cut short, or is encrypted."""
BOOK, SHEET, STRINGS, STYLES = "/officeDocument", "/worksheet", "/sharedStrings", "/styles"
"""How the types of relationships end."""
YES = ("1", "true")
BAD_DATE = "#VALUE!"
"""What a spreadsheet shows for a number that is no date."""


class Workbook:
    """A workbook that is open; it is closed by ``with``."""

    def __init__(self, file: Path) -> None:
        """Open a workbook; raises DataError where the file is none."""
        self.file = file
        with _reading(file):
            self._zip = zipfile.ZipFile(file)
            self._part = next(iter(self._related("", BOOK).values()))
            self._root = nodes_of(self._zip.read(self._part))
            sheets = self._related(self._part, SHEET)
            self._sheets = {
                each.attributes["name"]: sheets[place]
                for each in self._root.within("sheet")
                if (place := _relation_of(each)) in sheets
            }
            self._shared = self._shared_strings()

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._zip.close()

    @property
    def titles(self) -> tuple[str, ...]:
        """The names of its sheets, in their order."""
        return tuple(self._sheets)

    def cells(self, title: str) -> SheetCells:
        """Return the cells of a sheet; raises DataError where it cannot be read."""
        with _reading(self.file), self._zip.open(self._sheets[title]) as content:
            return sheet_cells(content, self._shared)

    def value(self, cell: OtherCell) -> Any:
        """Return what a cell holds: text, a number, a truth value, a date, or None.

        A date that is none is the error value that a spreadsheet shows in its place, as text.
        """
        if cell.typed is None or cell.kind not in ("n", "b", "d"):
            return cell.typed
        if cell.kind == "b":
            return cell.typed in YES
        with _reading(self.file):
            return self._number(cell, cell.typed)

    def _number(self, cell: OtherCell, typed: str) -> Any:
        """Return a number or a date from what stands for it."""
        from openpyxl.utils.datetime import from_excel, from_ISO8601  # noqa: PLC0415 - for few

        if cell.kind == "d":
            return from_ISO8601(typed)
        number = int(typed) if typed.lstrip("-").isdecimal() else float(typed)
        if cell.style not in self._dates:
            return number
        try:
            return from_excel(number, self._epoch, timedelta=self._dates[cell.style])
        except (OverflowError, ValueError):
            return BAD_DATE

    @cached_property
    def _epoch(self) -> Any:
        """The day from which dates are counted."""
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH  # noqa: PLC0415

        counts = [each.attributes.get("date1904") for each in self._root.within("workbookPr")]
        return MAC_EPOCH if any(count in YES for count in counts) else WINDOWS_EPOCH

    @cached_property
    def _dates(self) -> Mapping[int, bool]:
        """By place, the formats that show numbers as dates; whether as lengths of time."""
        from openpyxl.styles.numbers import (  # noqa: PLC0415
            BUILTIN_FORMATS,
            is_date_format,
            is_timedelta_format,
        )

        formats = dict(BUILTIN_FORMATS)
        used: list[int] = []
        for part in self._related(self._part, STYLES).values():
            root = nodes_of(self._zip.read(part))
            for each in root.within("numFmt"):
                formats[int(each.attributes["numFmtId"])] = each.attributes["formatCode"]
            of_cells = [each for part in root.within("cellXfs") for each in part.within("xf")]
            used += [int(each.attributes.get("numFmtId", 0)) for each in of_cells]
        codes = enumerate(formats.get(number, "") for number in used)
        return {place: is_timedelta_format(code) for place, code in codes if is_date_format(code)}

    def _shared_strings(self) -> list[str]:
        for part in self._related(self._part, STRINGS).values():
            with self._zip.open(part) as content:
                return shared_strings(content)
        return []

    def _related(self, part: str, kind: str) -> Mapping[str, str]:
        """Return the parts of a kind that a part names, by the identifier of the relationship."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._zip.namelist():
            return {}
        return {
            each.attributes["Id"]: _path(folder, each.attributes["Target"])
            for each in nodes_of(self._zip.read(relations)).within("Relationship")
            if each.attributes["Type"].endswith(kind)
        }


def _relation_of(sheet: XmlNode) -> str:
    """Return the identifier of a sheet's relationship; its attribute has a prefix."""
    names = (value for name, value in sheet.attributes.items() if name.endswith(":id"))
    return next(names, "")


def _path(folder: str, target: str) -> str:
    """Return the name of a part within the zip file.

    >>> _path("xl", "worksheets/sheet1.xml"), _path("xl", "/xl/styles.xml")
    ('xl/worksheets/sheet1.xml', 'xl/styles.xml')
    """
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    """Tell what a file raises that is no workbook in a sentence, as DataError."""
    try:
        yield
    except UNREADABLE as error:
        remedy = "save it as .xlsx"
        raise one_problem(file, "no workbook that can be read", str(error), remedy) from error
    except StopIteration as error:
        remedy = "save it as .xlsx"
        raise one_problem(file, "no workbook that can be read", "no sheets", remedy) from error
    except OSError as error:
        remedy = "check its name and permissions"
        found = error.strerror or str(error)
        raise one_problem(file, "the file cannot be opened", found, remedy) from error
