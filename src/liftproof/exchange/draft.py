"""A review on its way from another program: cells as text, each row with its place in the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from liftproof.columns import columns
from liftproof.errors import DataError
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.provenance import KINDS
from liftproof.reviews.model.review_tables import TABLES

FEWEST_FOLDED = 3
"""Problems beside the first that say the same, from which on they are told in one line."""
SECONDARY = "secondary"
"""How numbers of a file are known where nothing else is said: who imports it has mostly not read
the trials' own reports."""
STUDIES, OUTCOMES, PROVENANCE = "studies.csv", "outcomes.csv", "provenance.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A row of a table; ``line``: the line, or row of a sheet, that it was read from.

    ``derived``: columns whose numbers follow from others in the file.
    """

    line: int
    cells: Mapping[str, str]
    derived: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTable:
    """A table as it will be written; ``shown``: the file, or sheet, as messages name it."""

    shown: Path
    columns: tuple[str, ...]
    rows: tuple[DraftRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole review, or what is added to one.

    ``settings``: the text of ``review.yaml``, empty where the file read has none. ``tables``: by
    name of the file in the review's folder. ``notices``: what could not be taken over, a sentence
    each. ``replaces``: whether its tables take the place of those of the review.
    ``replaces_settings``: whether ``settings`` takes the place of that of a review without trials.
    ``is_measure_asked``: whether ``--measure`` says what its ``review.yaml`` pools.
    """

    settings: str = ""
    settings_shown: Path = field(default_factory=Path)
    tables: Mapping[str, DraftTable] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    replaces: bool = False
    is_measure_asked: bool = False
    replaces_settings: bool = False


def rows_in(draft: Draft, table: str) -> tuple[DraftRow, ...]:
    """Return the rows of a table, none where the draft has no such table."""
    return draft.tables[table].rows if table in draft.tables else ()


def table_of(name: str, shown: Path, rows: Iterable[DraftRow]) -> DraftTable:
    """Return a table with the columns that its rows use, declared ones first and in their order."""
    kept = tuple(rows)
    used = dict.fromkeys(column for row in kept for column, cell in row.cells.items() if cell)
    declared = [item.name for item in columns(TABLES[name]) if item.required or item.name in used]
    further = [column for column in used if column not in declared]
    return DraftTable(shown=shown, columns=(*declared, *further), rows=kept)


def with_provenance(draft: Draft, source: str, kind: str) -> Draft:
    """Return a draft in which every number that was read has a row that says from where.

    ``source``: the publication or data set that the file holds, as the user names it. ``kind``: how
    its numbers are known; those that follow from others in the file are ``derived`` unless that is
    less firm.
    """
    rows = [
        DraftRow(line=row.line, cells=cells)
        for table in (STUDIES, OUTCOMES)
        for row in rows_in(draft, table)
        for cells in _sourced(table, row, draft.tables[table].shown, source, kind)
    ]
    shown = draft.tables[OUTCOMES].shown
    return replace(draft, tables={**draft.tables, PROVENANCE: table_of(PROVENANCE, shown, rows)})


def with_added(draft: Draft, date: str) -> Draft:
    """Return a draft whose trials say when they entered the review, where they do not say it.

    ``date``: ISO, empty to leave it open. A draft that takes the place of a review's tables stays:
    its trials are there already.
    """
    table = draft.tables.get(STUDIES)
    if not date or table is None or draft.replaces:
        return draft
    rows = [
        replace(row, cells={**row.cells, "added": row.cells.get("added") or date})
        for row in table.rows
    ]
    dated = replace(table_of(STUDIES, table.shown, rows), columns=_with(table.columns, "added"))
    return replace(draft, tables={**draft.tables, STUDIES: dated})


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)


def _sourced(
    table: str, row: DraftRow, shown: Path, source: str, kind: str
) -> Iterable[Mapping[str, str]]:
    """Yield the sources of a row's numbers; none of one without a trial, which is refused."""
    study = row.cells.get("study", "")
    if not study:
        return
    kinds = {item.name: item.kind for item in columns(TABLES[table])}
    for name, cell in row.cells.items():
        is_number = kinds.get(name) in ("count", "share", "number", "p")
        if not cell or not is_number or name in ("year", "ci_level"):
            continue
        yield {
            "study": study,
            "field": name,
            "variant": row.cells.get("variant", ""),
            "outcome": row.cells.get("outcome", ""),
            "arm": row.cells.get("arm", ""),
            "value": cell,
            "source": source,
            "location": f"{shown.name}, row {row.line}",
            "kind": max("derived", kind, key=KINDS.index) if name in row.derived else kind,
        }


def refuse(problems: Iterable[Problem]) -> None:
    """Raise DataError that lists every problem, if there is one.

    Of problems of one column that say the same the first stands for all, with the lines of the
    others, each once.
    """
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for each in problems:
        alike.setdefault((str(each.path), each.column, each.wrong), []).append(each)
    if alike:
        raise DataError("\n".join(map(_together, alike.values())))


def _together(members: list[Problem]) -> str:
    first, *others = members
    lines = dict.fromkeys(each.line for each in others if each.line != first.line)
    if len(others) < FEWEST_FOLDED:
        return "\n".join(dict.fromkeys(map(str, members)))
    if not lines:
        return str(first)
    of_lines = f"{len(lines)} more {'line' if len(lines) == 1 else 'lines'}"
    return f"{first}; the same is wrong on {of_lines}: {', '.join(map(str, lines))}"


def one_problem(
    shown: Path, wrong: str, found: str, remedy: str, *, line: int = 1, column: str = "file"
) -> DataError:
    """Return the error of one problem of a file."""
    problem = Problem(path=shown, line=line, column=column, wrong=wrong, found=found, remedy=remedy)
    return DataError(str(problem))
