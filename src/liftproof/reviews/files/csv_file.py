"""Text of a CSV file to records with the line on which each begins."""

import csv
from collections.abc import Collection
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice
from pathlib import Path

from liftproof.reviews.files.records import records_of
from liftproof.reviews.limits import LONGEST_CELL, MOST_COLUMNS, MOST_REPEATS, MOST_ROWS
from liftproof.reviews.model.problems import Problem

_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}

MOST_FOUND = 5
"""Names of columns that stand for very many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvRecord:
    """The cells of one row as typed; ``line`` is the physical line on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A CSV file in memory. Blank rows are gone; ``problems``: of rows that were not kept."""

    path: Path
    header: CsvRecord
    records: tuple[CsvRecord, ...]
    problems: tuple[Problem, ...] = ()


def sheet_of(
    text: str, shown: Path, known: Collection[str], most: int = MOST_ROWS
) -> Sheet | Problem:
    """Split ``text`` into records; ``known`` column names tell a wrong separator.

    One problem stands for a file that cannot be split: its rows are not looked at. ``most``: how
    many rows it may have.
    """
    records = _split(text, shown, most)
    if isinstance(records, Problem):
        return records
    if not records:
        remedy = f"write a header line, such as {','.join(list(known)[:3])},…"
        return _problem(shown, 1, wrong="the file is empty", found="", remedy=remedy)
    header, rows = records[0], records[1:]
    if len(header.cells) > MOST_COLUMNS:
        many = f"{len(header.cells)} columns, at most {MOST_COLUMNS} are taken"
        found = ",".join(header.cells[:MOST_FOUND])
        return _problem(shown, 1, wrong=many, found=found, remedy="leave out what is not used")
    wrong = _separator(header, shown, known)
    return wrong or _without_repeats(Sheet(path=shown, header=header, records=rows))


def _without_repeats(sheet: Sheet) -> Sheet:
    """Leave out rows that repeat one above where there are very many; one problem counts them."""
    repeats = len(sheet.records) - len({record.cells for record in sheet.records})
    if repeats <= MOST_REPEATS:
        return sheet
    first: dict[tuple[str, ...], CsvRecord] = {}
    for record in sheet.records:
        first.setdefault(record.cells, record)
    again = next(each for each in sheet.records if first[each.cells] is not each)
    wrong = f"{repeats} rows repeat a row above letter for letter, here that on line "
    wrong += str(first[again.cells].line)
    found = ",".join(again.cells)
    problem = _problem(sheet.path, again.line, wrong=wrong, found=found, remedy="delete them")
    return replace(sheet, records=tuple(first.values()), problems=(problem,))


def _split(text: str, shown: Path, most: int) -> tuple[CsvRecord, ...] | Problem:
    """Read strictly: a quotation mark that never closes would swallow the rest of the file.

    A text that stands in many cells is kept once.
    """
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    once: dict[str, str] = {}
    lines, rows = list[int](), list[tuple[str, ...]]()
    line = 1
    try:
        for cells in reader:
            if len(rows) > most:
                wrong, remedy = f"more than {most} rows", "divide the review, or leave rows out"
                return _problem(shown, line, wrong=wrong, found=",".join(cells), remedy=remedy)
            if any(map(str.strip, cells)):
                lines.append(line)
                rows.append(tuple(map(once.setdefault, cells, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        return _unsplit(text, line, str(error), shown)
    return records_of(CsvRecord, {"line": lines, "cells": rows}, len(rows))


def _unsplit(text: str, line: int, error: str, shown: Path) -> Problem:
    typed = next(islice(StringIO(text, newline=""), line - 1, None)).rstrip("\r\n")
    if "field limit" in error:
        wrong = f"a cell of more than {LONGEST_CELL} characters, and nothing below can be read"
        remedy = "shorten it; look for a quotation mark that is never closed"
        return _problem(shown, line, wrong=wrong, found=typed, remedy=remedy)
    if "expected after" in error:
        wrong = "text follows a closing quotation mark, and nothing below can be read"
    else:
        wrong = "a quotation mark is never closed, and nothing below can be read"
    remedy = 'double each quotation mark inside a quoted cell ("") and quote the whole cell'
    return _problem(shown, line, wrong=wrong, found=typed, remedy=remedy)


def _separator(header: CsvRecord, shown: Path, known: Collection[str]) -> Problem | None:
    """Notice a header that makes sense only with another separator than the comma."""
    first = ",".join(header.cells)
    remedy = "save it with commas (in Excel: CSV UTF-8, comma delimited)"
    for separator, name in _OTHER_SEPARATORS.items():
        found = sum(cell.strip(' "') in known for cell in first.split(separator))
        if found > sum(cell.strip() in known for cell in header.cells):
            wrong = f"cells are separated by {name}, not commas"
            return _problem(shown, header.line, wrong=wrong, found=first, remedy=remedy)
    if first.lower().startswith("sep="):
        wrong, remedy = "the first line is Excel's separator line, not a header", "delete the line"
        return _problem(shown, header.line, wrong=wrong, found=first, remedy=remedy)
    return None


def _problem(shown: Path, line: int, *, wrong: str, found: str, remedy: str) -> Problem:
    return Problem(path=shown, line=line, column="file", wrong=wrong, found=found, remedy=remedy)
