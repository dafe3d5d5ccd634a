"""Citations of a file to the trials of a review: empty cells are filled, others stay."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from liftproof.errors import UsageError
from liftproof.exchange.bibtex_file import read_bibtex
from liftproof.exchange.citation import Citation, person_of
from liftproof.exchange.csl_file import read_csl
from liftproof.exchange.draft import STUDIES, Draft, DraftRow
from liftproof.exchange.review_reading import read_table
from liftproof.exchange.ris_file import read_ris
from liftproof.extras import require_extra
from liftproof.reviews.files.cells import key_of

Citations = tuple[tuple[Citation, ...], tuple[str, ...]]


def _bibtex(file: Path) -> Citations:
    require_extra("exchange", "reading BibTeX", ("bibtexparser",))
    return read_bibtex(file)


CITATIONS: Mapping[str, Callable[[Path], Citations]] = {
    ".ris": read_ris,
    ".bib": _bibtex,
    ".json": read_csl,
}
"""Ending of a file of citations to what reads it: the records, and what is odd about them."""
_RESOLVER = re.compile(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:\s*", re.IGNORECASE)


def cite(file: Path, folder: Path) -> Draft:
    """Return the trials of a review with what the records of a file say of them.

    A record belongs to the trial with its DOI or PubMed number, else to the one whose citation has
    its title, else to the one whose label is first author and year. Raises UsageError where the
    review has no trials.
    """
    if not (folder / STUDIES).exists():
        raise UsageError(f"{folder} has no trials yet; citations are added to those of a review")
    records, notices = CITATIONS[file.suffix.lower()](file)
    table = read_table(folder, STUDIES)
    rows = {row.cells["study"]: row for row in table.rows}
    told = list(notices)
    for record in records:
        found = _trials_of(record, table.rows)
        if len(found) != 1:
            why = "fits several trials" if found else "fits no trial"
            told.append(f"{file}:{record.line}: {record.title or record.doi}: {why}")
            continue
        study = found[0].cells["study"]
        rows[study], more = _filled(rows[study], record)
        told += [f"{file}:{record.line}: {study}: {each}" for each in more]
    columns = dict.fromkeys((*table.columns, "citation", "doi", "pmid"))
    kept = tuple(name for name in columns if name in table.columns or _is_used(name, rows.values()))
    filled = replace(table, columns=kept, rows=tuple(rows.values()))
    return Draft(tables={STUDIES: filled}, notices=tuple(told), replaces=True)


def _is_used(name: str, rows: Iterable[DraftRow]) -> bool:
    return any(row.cells.get(name) for row in rows)


def _bare(doi: str) -> str:
    return _RESOLVER.sub("", doi.strip()).lower()


def _trials_of(record: Citation, rows: tuple[DraftRow, ...]) -> list[DraftRow]:
    """Return the trials that a record fits by the firmest sign that any has."""
    title = key_of(record.title)
    first = record.authors[0] if record.authors else ""
    family = person_of(first).get("family", first)
    signs: tuple[Callable[[DraftRow], bool], ...] = (
        lambda row: bool(record.doi) and _bare(row.cells.get("doi", "")) == _bare(record.doi),
        lambda row: bool(record.pmid) and row.cells.get("pmid", "") == record.pmid,
        lambda row: bool(title) and title in key_of(row.cells.get("citation", "")),
        lambda row: key_of(row.cells["label"]) == key_of(f"{family} {record.year}"),
    )
    for sign in signs:
        found = [row for row in rows if sign(row)]
        if found:
            return found
    return []


def _filled(row: DraftRow, record: Citation) -> tuple[DraftRow, list[str]]:
    """Return a row with its empty cells filled, and what the record has otherwise."""
    cells, told = dict(row.cells), []
    given = {"doi": _RESOLVER.sub("", record.doi.strip()), "pmid": record.pmid}
    for name, value in given.items():
        held = cells.get(name, "").strip()
        if not held:
            cells[name] = value
        elif value and held.lower() != value.lower():
            told.append(f"{name} {value}; the review has {held}")
    if not cells.get("citation", "").strip():
        cells["citation"] = record.text
    return DraftRow(line=row.line, cells=cells), told
