"""Whether DOIs, PubMed numbers and quotes can be what they are said to be."""

from collections.abc import Iterable, Iterator

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.column_records import column_of
from liftproof.reviews.model.identifiers import (
    DOI,
    MEANT,
    NO_DOI,
    NO_PMID,
    PMID,
    SUCH_AS_PMID,
    doi_remedy,
    fingerprint,
    without_end,
)
from liftproof.reviews.model.printed_pool import PrintedPool
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.provenance import UNVERIFIED
from liftproof.reviews.model.publication import Publication
from liftproof.reviews.model.review_tables import Provenance, Study

LONGEST_QUOTE = 200
"""Characters: enough for the sentence around a number, too few to copy a passage."""


def check_identifiers(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Yield DOIs and PubMed numbers of trials and publications that are none."""
    yield from _dois(tables.studies)
    yield from _dois(tables.prints)
    for listed in file.publications:
        yield from _publication(listed)
    for row in tables.studies:
        if row.record.pmid and not PMID.fullmatch(row.record.pmid):
            yield row.problem("pmid", NO_PMID, SUCH_AS_PMID)


def _dois(rows: Iterable[SheetRow[Study]] | Iterable[SheetRow[PrintedPool]]) -> Iterator[Problem]:
    for row in rows:
        if row.record.doi and not DOI.fullmatch(row.record.doi):
            yield row.problem("doi", NO_DOI, doi_remedy(row.record.doi))


def _publication(listed: YamlRecord[Publication]) -> Iterator[Problem]:
    """Yield what keeps a publication from being found, or from being recognised."""
    record = listed.record
    if record.doi and not DOI.fullmatch(record.doi):
        yield listed.problem(("doi",), NO_DOI, doi_remedy(record.doi), found=record.doi)
    if record.pmid and not PMID.fullmatch(record.pmid):
        yield listed.problem(("pmid",), NO_PMID, SUCH_AS_PMID, found=record.pmid)
    if not (record.doi or record.pmid):
        wrong, remedy = f"{record.id} cannot be found", "add its doi or pmid"
        yield listed.problem(("doi",), wrong, remedy, found="")
    if record.citation and fingerprint(record.citation) is None:
        wrong = "a reference without first author, year, volume and first page"
        remedy = "write such as Two B, Three C. J Inj 2021;5:60-70"
        yield listed.problem(("citation",), wrong, remedy, found=record.citation)


def check_quotes(tables: Tables) -> Iterator[Problem]:
    """Yield quotes that are too long or have no source, and sources that misspell a DOI."""
    rows = tables.provenance
    naming = {each for each in set(column_of(rows.records, "source")) if MEANT.search(each)}
    both = zip(*(column_of(rows.records, name) for name in ("quote", "source")), strict=True)
    for place, (quote, source) in enumerate(both):
        if quote or source in naming:
            yield from _quote(rows[place])
            yield from _source(rows[place])


def _quote(row: SheetRow[Provenance]) -> Iterator[Problem]:
    quote = row.record.quote
    if len(quote) > LONGEST_QUOTE:
        wrong = f"the quote has {len(quote)} characters, at most {LONGEST_QUOTE} are taken"
        yield row.problem("quote", wrong, "keep the words around the number")
    if not quote.isprintable():
        yield row.problem("quote", "a quote is one line of plain text", "write it in one line")
    if quote and row.record.kind == UNVERIFIED:
        wrong = "a number that was seen in no source has no words that it was read from"
        yield row.problem("quote", wrong, "delete the quote, or correct kind")


def _source(row: SheetRow[Provenance]) -> Iterator[Problem]:
    """Yield what is called a DOI or a PubMed number, holds a digit, and is none."""
    for match in MEANT.finditer(row.record.source):
        typed = without_end(match["typed"])
        if not any(sign.isdigit() for sign in typed):
            continue
        if match["pubmed"] and not PMID.fullmatch(typed):
            yield row.problem("source", NO_PMID, SUCH_AS_PMID, found=typed)
        if not match["pubmed"] and not DOI.fullmatch(typed):
            yield row.problem("source", NO_DOI, doi_remedy(typed), found=typed)
