"""A table in metafor's names as a draft: a row a result, ``NA`` for what is missing."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from liftproof.columns import columns
from liftproof.exchange.draft import (
    OUTCOMES,
    STUDIES,
    Draft,
    DraftRow,
    one_problem,
    refuse,
    table_of,
)
from liftproof.exchange.imported_results import settings_of_results, whole_results
from liftproof.exchange.metafor_names import (
    EVENTS_OF_RATES,
    LABEL,
    MISSING,
    NAMES,
    OF_STUDY,
    STANDARD_ERROR,
    WITHOUT,
)
from liftproof.exchange.metafor_notices import EFFECT_OF_EXPORT, notices
from liftproof.exchange.metafor_numbers import KEYS, derived_in, result_of
from liftproof.exchange.trial_names import TrialNames
from liftproof.reviews.files.cells import key_of
from liftproof.reviews.files.csv_file import CsvRecord, Sheet, sheet_of, sheet_of_records
from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.files.ragged_rows import length_remedy
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Study

RESULT = "result"
"""Name of the outcome where the table names none."""
LABELS = (LABEL, "study", "trial", "author")
"""Columns that can name a trial, in the order in which they are preferred."""
_OUTCOME = {item.name for item in columns(Outcome)}
_STUDY = {item.name for item in columns(Study)}
_KNOWN = {*NAMES, *EVENTS_OF_RATES, *WITHOUT, STANDARD_ERROR, *LABELS, "year"}


def read_metafor(file: Path, measure: str, known: Review | None = None) -> Draft:
    """Read a table; ``measure``: that of a new review, empty where the user names none.

    ``known``: the review that it is taken over into, whose settings stay. Raises DataError for a
    row that cannot be placed, UsageError where the measure has to be named.
    """
    sheet = _sheet(file)
    header = _header(sheet)
    rows = [(record.line, _cells(header, record)) for record in sheet.records]
    if not rows:
        raise one_problem(file, "the table has no rows", "", "export it again")
    results = [(line, result_of(file, line, cells), cells) for line, cells in rows]
    names = TrialNames(file, known.studies if known else ())
    placed = [
        (line, names.study(line, _label(file, line, cells), cells), result, cells)
        for line, result, cells in results
    ]
    studies, further = _studies(file, placed, names)
    typed = [
        DraftRow(
            line=line, cells=_outcome(study, result, cells, further), derived=derived_in(cells)
        )
        for line, study, result, cells in placed
    ]
    refuse(_twice(file, typed))
    whole = whole_results(file, typed)
    outcomes = [row if row.line in whole else _awaiting(row, file) for row in typed]
    return Draft(
        settings="" if known else settings_of_results(file, outcomes, whole, measure),
        settings_shown=file,
        is_measure_asked=not known,
        tables={
            STUDIES: table_of(STUDIES, file, studies),
            OUTCOMES: table_of(OUTCOMES, file, outcomes),
        },
        notices=tuple(notices(file, header, outcomes, whole)),
    )


def _awaiting(row: DraftRow, file: Path) -> DraftRow:
    """Return a row without a result, which says so."""
    return replace(row, cells={"awaits": f"the numbers that {file.name} has not", **row.cells})


def _outcome(
    study: str,
    result: Mapping[str, str],
    cells: Mapping[str, str],
    further: Collection[str],
) -> dict[str, str]:
    """Return the cells of a row of ``outcomes.csv``."""
    return {
        "study": study,
        "outcome": key_of(cells.get("outcome", "")) or RESULT,
        **{name: key_of(cells.get(name, "")) for name in ("variant", "arm")},
        **result,
        **{name: cell for name, cell in cells.items() if name in further},
    }


def _sheet(file: Path) -> Sheet:
    """Split the table; a header that is one short has R's row names below nothing."""
    text = text_of(file, file)
    sheet = text if isinstance(text, Problem) else sheet_of(text, file, _KNOWN)
    if isinstance(sheet, Problem):
        refuse([sheet])
        raise AssertionError
    width = len(sheet.header.cells)
    lengths = [len(sheet.ragged[place]) for place in sorted(sheet.ragged)]
    if lengths and lengths == [width + 1] * len(sheet.lines):
        header = CsvRecord(line=sheet.header.line, cells=("", *sheet.header.cells))
        return sheet_of_records(file, header, sheet.records)
    if lengths:
        first = min(sheet.ragged)
        found = f"{lengths[0]} cells for {width} columns"
        remedy, line = length_remedy(sheet.ragged[first], width), sheet.lines[first]
        raise one_problem(file, "a row of another length", found, remedy, line=line)
    return sheet


def _header(sheet: Sheet) -> tuple[str, ...]:
    """Return the names of columns; a known one with capitals or blanks, as in SD control, is it."""
    typed = [cell.strip() for cell in sheet.header.cells]
    known = {*_KNOWN, *_OUTCOME, *_STUDY}
    plain = [name if name in known else _plain(name) for name in typed]
    return tuple(
        low if low in known and plain.count(low) == 1 else name
        for name, low in zip(typed, plain, strict=True)
    )


def _plain(name: str) -> str:
    return "_".join(name.lower().split())


def _cells(header: tuple[str, ...], record: CsvRecord) -> dict[str, str]:
    typed = zip(header, (cell.strip() for cell in record.cells), strict=True)
    return {name: "" if cell in MISSING else cell for name, cell in typed}


def _label(file: Path, line: int, cells: Mapping[str, str]) -> str:
    """Return the name of a row's trial, with the year where the column holds authors alone."""
    for name in LABELS:
        cell = cells.get(name, "")
        if cell and not (name in ("study", "trial") and cell.isdecimal() and cells.get("author")):
            year = cells.get("year", "") if name == "author" else ""
            return cell if year in cell else f"{cell} {year}"
    rows = cells.get("", "")
    if rows and not rows.isdecimal():
        return rows
    remedy = f"add a column {LABEL}, or study, with labels such as One 2019"
    raise one_problem(file, "nothing names the trial of this row", "", remedy, line=line)


def _studies(
    file: Path,
    placed: list[tuple[int, str, dict[str, str], dict[str, str]]],
    names: TrialNames,
) -> tuple[list[DraftRow], set[str]]:
    """Return a row a trial, and the further columns that differ within a trial."""
    own = {*NAMES, *EVENTS_OF_RATES, *WITHOUT, STANDARD_ERROR, *_OUTCOME, "", LABEL}
    rows: dict[str, DraftRow] = {}
    further: set[str] = set()
    for line, study, _, cells in placed:
        kept = {
            name.removeprefix(OF_STUDY): cell
            for name, cell in cells.items()
            if name not in own and not EFFECT_OF_EXPORT.fullmatch(name)
        }
        label = _label(file, line, cells)
        kept |= {"study": study, "label": label, "year": _year(file, line, cells, label)}
        kept = names.as_held(kept)
        first = rows.setdefault(study, DraftRow(line=line, cells=kept))
        differ = {name for name in kept if kept[name] != first.cells[name]}
        for name in sorted(differ & _STUDY):
            wrong = f"another {name} of the same trial than on line {first.line}"
            raise one_problem(file, wrong, kept[name], "make both the same", line=line, column=name)
        further |= differ
    studies = [
        DraftRow(
            line=row.line,
            cells={name: cell for name, cell in row.cells.items() if name not in further},
        )
        for row in rows.values()
    ]
    return studies, further


def _year(file: Path, line: int, cells: Mapping[str, str], label: str) -> str:
    years = [cells["year"]] if cells.get("year") else re.findall(r"(?<!\d)(?:19|20)\d\d", label)
    if len(years) != 1:
        remedy = "add a column year"
        raise one_problem(file, "no year of publication", label, remedy, line=line, column="year")
    return years[0]


def _twice(file: Path, outcomes: list[DraftRow]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], int] = {}
    for row in outcomes:
        key = tuple(row.cells[name] for name in KEYS)
        if key in first:
            yield Problem(
                path=file,
                line=row.line,
                column="row",
                wrong=f"the same trial and outcome as on line {first[key]}",
                found=", ".join(filter(None, key)),
                remedy="tell them apart by a column outcome, arm or variant",
            )
        first.setdefault(key, row.line)
