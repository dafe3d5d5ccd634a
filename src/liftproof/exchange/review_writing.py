"""Writing a draft as the folder of a review: whole, checked as ``liftproof check`` does, or not."""

import csv
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from liftproof.analysis.suspicion.whole_review import settled_review
from liftproof.errors import WriteError
from liftproof.exchange.draft import Draft, DraftRow, DraftTable, refuse
from liftproof.exchange.review_reading import read_table
from liftproof.files import PARTIAL, write_together
from liftproof.reviews.checks.check_keys import UNIQUE
from liftproof.reviews.loading import Loaded, load
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import PRIMARY, TABLES
from liftproof.reviews.model.row_keys import ROW_KEYS
from liftproof.reviews.review_folder import PROVENANCE, SETTINGS, relative

ADDED = "added"
IN_SETTINGS = re.compile(r"write measure: (.+?) in review\.yaml")
"""What a problem asks for in a file that the import has yet to write."""
WORKBOOK = ".xlsx"
"""Ending of a file whose settings are a sheet of it."""
KEYS: Mapping[str, tuple[str, ...]] = {
    **{name: ROW_KEYS[table] for name, table in TABLES.items()},
    PROVENANCE: UNIQUE["provenance"],
}
"""Columns that name a row, by file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a draft: ``added`` rows by file, those ``already_there``, warnings."""

    added: Mapping[str, int]
    already_there: Mapping[str, int]
    warnings: tuple[Problem, ...]


def write_review(draft: Draft, folder: Path, *, dry_run: bool = False) -> Written:
    """Write a draft to a new folder, or add it to the review in a folder.

    The ``review.yaml`` of a review that is there stays, unless the draft replaces it. Everything is
    built in a folder beside, checked there, and then put in its place; with ``dry_run`` it is only
    checked. Raises DataError that lists every problem, each at its place in the file read;
    WriteError where the folder cannot be written.
    """
    folder = folder.absolute()
    partial = folder.with_name(f"{PARTIAL}{os.getpid()}-{folder.name}")
    tables, added, there = _merged(draft, folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists():
            shutil.copytree(folder, partial)
        partial.mkdir(exist_ok=True)
        if draft.settings and (draft.replaces_settings or not (folder / SETTINGS).exists()):
            (partial / SETTINGS).write_text(draft.settings, encoding="utf-8", newline="\n")
        for name, table in tables.items():
            (partial / name).write_text(as_csv(table), encoding="utf-8", newline="\n")
        warnings = _checked(partial, folder, draft, tables)
        if not dry_run:
            _move(partial, folder)
    except OSError as error:
        raise WriteError(relative(folder), error.strerror or str(error)) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return Written(added=added, already_there=there, warnings=warnings)


def as_csv(table: DraftTable) -> str:
    """Return a table as the text of a CSV file."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([row.cells.get(column, "") for column in table.columns] for row in table.rows)
    return text.getvalue()


def _merged(
    draft: Draft, folder: Path
) -> tuple[dict[str, DraftTable], dict[str, int], dict[str, int]]:
    """Return the tables to write, with the rows added and already there, by file."""
    tables: dict[str, DraftTable] = {}
    added: dict[str, int] = {}
    there: dict[str, int] = {}
    problems: list[Problem] = []
    for name, table in draft.tables.items():
        is_there = (folder / name).exists()
        if draft.replaces and is_there:
            tables[name] = table
            added[name] = sum(
                row != before
                for row, before in zip(table.rows, read_table(folder, name).rows, strict=True)
            )
            continue
        held = read_table(folder, name) if is_there else None
        new, problems_of_table = _new_rows(name, table, held)
        problems += problems_of_table
        added[name], there[name] = len(new), len(table.rows) - len(new)
        before = held or DraftTable(shown=table.shown, columns=(), rows=())
        columns = tuple(dict.fromkeys((*before.columns, *table.columns)))
        tables[name] = DraftTable(shown=before.shown, columns=columns, rows=(*before.rows, *new))
    refuse(problems)
    return tables, added, there


def _new_rows(
    name: str, table: DraftTable, held: DraftTable | None
) -> tuple[tuple[DraftRow, ...], list[Problem]]:
    """Return the rows that the review does not have yet; one with other cells is a problem."""
    if held is None:
        return table.rows, []
    known = {_key(name, row): row for row in held.rows}
    new: list[DraftRow] = []
    problems: list[Problem] = []
    for row in table.rows:
        other = known.get(_key(name, row))
        if other is None:
            new.append(row)
        else:
            problems += _differing(table, row, other)
    return tuple(new), problems


def _differing(table: DraftTable, row: DraftRow, held: DraftRow) -> Iterator[Problem]:
    """Yield cells that the review has otherwise; when a trial entered, it knows itself."""
    for column in (name for name in table.columns if name != ADDED):
        typed, before = row.cells.get(column, ""), held.cells.get(column, "")
        if typed != before and typed:
            yield Problem(
                path=table.shown,
                line=row.line,
                column=column,
                wrong=f"the review has another value in this row, {before or 'an empty cell'}",
                found=typed,
                remedy=f"make both the same; the review's row is on line {held.line}",
            )


def _key(name: str, row: DraftRow) -> tuple[str, ...]:
    cells = {"variant": PRIMARY} | {column: cell for column, cell in row.cells.items() if cell}
    return tuple(cells.get(column, "") for column in KEYS[name])


def _checked(
    partial: Path, folder: Path, draft: Draft, tables: Mapping[str, DraftTable]
) -> tuple[Problem, ...]:
    """Return the warnings of the folder that was built, as ``check`` counts them.

    Errors are told where they were typed.
    """
    loaded = load(partial, relative(folder))
    if loaded.problems:
        _refuse_where_typed(loaded, folder, draft, tables)
    return settled_review(loaded.review).warnings if loaded.review else ()


def _refuse_where_typed(
    loaded: Loaded, folder: Path, draft: Draft, tables: Mapping[str, DraftTable]
) -> None:
    """Raise DataError with the errors of the folder that was built, where they were typed."""
    read = {name: {id(row) for row in table.rows} for name, table in draft.tables.items()}
    lines = {
        name: {
            line: row for line, row in _lines(tables[name]).items() if id(row) in read.get(name, ())
        }
        for name in tables
    }
    problems = [_placed(each, folder, draft, lines) for each in loaded.problems]
    refuse(each for each in problems if not each.is_warning)


def _lines(table: DraftTable) -> Mapping[int, DraftRow]:
    """Return each row by the line of the written file on which it begins."""
    text, lines = as_csv(table), {}
    reader = csv.reader(StringIO(text, newline=""))
    begins = 1
    for number, _ in enumerate(reader):
        if number:
            lines[begins] = table.rows[number - 1]
        begins = reader.line_num + 1
    return lines


def _placed(
    problem: Problem, folder: Path, draft: Draft, lines: Mapping[str, Mapping[int, DraftRow]]
) -> Problem:
    """Return a problem at its place in the file that was read, if the row came from there.

    ``lines``: of each file that was written, the rows that were read, by their lines.
    """
    name = problem.path.name
    is_new = bool(draft.settings) and not (folder / SETTINGS).exists()
    if is_new and draft.is_measure_asked:
        remedy = IN_SETTINGS.sub(r"name --measure \1", problem.remedy)
        problem = replace(problem, remedy=remedy)
    elif is_new and draft.settings_shown.parent.suffix.lower() == WORKBOOK:
        remedy = IN_SETTINGS.sub(rf"write measure: \1 in {draft.settings_shown}", problem.remedy)
        problem = replace(problem, remedy=remedy)
    if name == SETTINGS and is_new:
        return replace(problem, path=draft.settings_shown)
    if name not in draft.tables:
        return problem
    table = draft.tables[name]
    row = lines[name].get(problem.line)
    if row is None:
        is_header = problem.line == 1
        return replace(problem, path=table.shown) if is_header else problem
    return replace(problem, path=table.shown, line=row.line)


def _move(partial: Path, folder: Path) -> None:
    """Put what was built in its place: a new folder as a whole, in one that is there its files."""
    if not folder.exists():
        partial.rename(folder)
        return
    names = [name for name in (*TABLES, SETTINGS) if (partial / name).exists()]
    built = {folder / name: (partial / name).read_bytes() for name in names}
    changed = {
        path: content
        for path, content in built.items()
        if not path.exists() or path.read_bytes() != content
    }
    write_together(changed)


def told(counts: Mapping[str, int]) -> Iterable[str]:
    """Yield how many rows a file has, for each that has some."""
    return (f"{count} in {name}" for name, count in counts.items() if count)
