"""RIS: citations to it, and from it line by line: no record and no second value goes in silence."""

import re
from pathlib import Path

from liftproof.exchange.citation import Citation, person_of, short_name, suffixed
from liftproof.exchange.cited import Cited
from liftproof.exchange.draft import one_problem, refuse
from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.model.problems import Problem

_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9]) {1,2}- ?(?P<value>.*)")
_FIRST, _LAST = "TY", "ER"


def read_ris(file: Path) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """Return the records of a file, and what is odd about some of them.

    A last record without ``ER`` is read all the same. Raises DataError where a line belongs to no
    record.
    """
    text = text_of(file, file)
    if isinstance(text, Problem):
        refuse([text])
    records = _Records(file)
    for line, typed in enumerate(str(text).splitlines(), start=1):
        records.take(line, typed.rstrip())
    records.end()
    for line, fields in records.fields:
        if len(set(fields.get("DO", []))) > 1:
            records.notices.append(f"{file}:{line}: several DOIs, of which the first was taken")
    return tuple(_citation(line, fields) for line, fields in records.fields), tuple(records.notices)


class _Records:
    """Takes the lines of a file; ``fields``: the line of each record, and its values by tag."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.fields: list[tuple[int, dict[str, list[str]]]] = []
        self.notices: list[str] = []
        self._open: dict[str, list[str]] | None = None
        self._last = ""

    def take(self, line: int, typed: str) -> None:
        """Take one line: a tag with its value, or the value of the line above going on."""
        match = _TAG.fullmatch(typed)
        tag = match["tag"] if match else ""
        if tag == _FIRST:
            self.end()
            self._open = {}
            self.fields.append((line, self._open))
        elif tag == _LAST:
            self._open = None
        elif typed.strip():
            self._value(line, typed, tag, match["value"] if match else "")

    def _value(self, line: int, typed: str, tag: str, value: str) -> None:
        if self._open is not None and tag:
            self._open.setdefault(tag, []).append(value.strip())
            self._last = tag
        elif self._open:
            self._open[self._last][-1] += f" {typed.strip()}"
        else:
            wrong, remedy = "a line that belongs to no record", "begin each record with TY"
            raise one_problem(self.file, wrong, typed, remedy, line=line)

    def end(self) -> None:
        """Note a record that has no end before the next, or before the end of the file."""
        if self._open is not None:
            line = self.fields[-1][0]
            self.notices.append(f"{self.file}:{line}: the record has no end (ER); it was read")
            self._open = None


def _citation(line: int, fields: dict[str, list[str]]) -> Citation:
    def first(*tags: str) -> str:
        return next((fields[tag][0] for tag in tags if fields.get(tag)), "")

    pages = "-".join(filter(None, (first("SP"), first("EP"))))
    names = [name for tag in ("A1", "AU") for name in fields.get(tag, [])]
    return Citation(
        line=line,
        title=first("TI", "T1"),
        authors=tuple(_author(name) for name in names),
        year=first("PY", "Y1", "DA")[:4],
        journal=first("J2", "JA", "JO", "JF", "T2"),
        volume=first("VL"),
        issue=first("IS"),
        pages=pages,
        doi=first("DO"),
        pmid=first("AN") if first("DB").lower() == "pubmed" else "",
    )


def _author(typed: str) -> str:
    """Return "One A Jr" of "One, Ann, Jr"; a name without a comma is a group's, and stays."""
    family, comma, given = typed.partition(",")
    first, _, suffix = given.partition(",")
    return suffixed(short_name(f"{family},{first}"), suffix) if comma else typed


def ris_text(cited: Cited) -> str:
    """Return citations as records of articles, each with its trial's key as ``ID``."""
    return "\n".join(_record(key, citation) for key, citation in cited.items())


def _record(key: str, citation: Citation) -> str:
    start, _, end = citation.pages.partition("-")
    values = (
        (_FIRST, "JOUR"),
        ("ID", key),
        *(("AU", _person(author)) for author in citation.authors),
        ("TI", citation.title),
        ("JO", citation.journal),
        ("PY", citation.year),
        ("VL", citation.volume),
        ("IS", citation.issue),
        ("SP", start),
        ("EP", end),
        ("DO", citation.doi),
        *((("DB", "PubMed"), ("AN", citation.pmid)) if citation.pmid else ()),
    )
    lines = [f"{tag}  - {value}" for tag, value in values if value]
    return "\n".join((*lines, f"{_LAST}  - ", ""))


def _person(author: str) -> str:
    """Return "One, A. B., Jr" of "One AB Jr"; a group's name has no comma."""
    return ", ".join(person_of(author).values()) or author
