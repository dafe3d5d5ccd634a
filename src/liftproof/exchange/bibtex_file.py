"""BibTeX: citations to it, and from it by ``bibtexparser``, whose failed blocks are errors."""

import re
from pathlib import Path
from typing import Any

from liftproof.bibtex import entry, escaped
from liftproof.exchange.citation import Citation, person_of, short_name, suffixed
from liftproof.exchange.cited import Cited
from liftproof.exchange.draft import refuse
from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.model.problems import Problem

_GROUP = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}")
"""A name in braces, as BibTeX has it of a body or a group."""
_UNESCAPED = re.compile(r"(?<!\\)([%&#])")
"""Signs that many exports leave as they are; decoded as LaTeX, a % ends the text in silence."""


def read_bibtex(file: Path) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """Return the entries of a file; DataError names every block that fails, duplicates too."""
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - only BibTeX needs it
    from bibtexparser.middlewares import (  # noqa: PLC0415
        LatexDecodingMiddleware,
        SeparateCoAuthors,
    )

    text = text_of(file, file)
    if isinstance(text, Problem):
        refuse([text])
    library = parse_string(str(text))
    for field in (field for each in library.entries for field in each.fields):
        field.value = _UNESCAPED.sub(r"\\\1", str(field.value))
    for step in (LatexDecodingMiddleware(keep_braced_groups=True), SeparateCoAuthors()):
        library = step.transform(library)
    refuse(_failed(file, block) for block in library.failed_blocks)
    return tuple(_citation(entry) for entry in library.entries), ()


def _failed(file: Path, block: Any) -> Problem:
    return Problem(
        path=file,
        line=(block.start_line or 0) + 1,
        column="entry",
        wrong="an entry that cannot be read, or whose key another one has",
        found=(block.raw or "").strip().split("\n")[0],
        remedy="correct it, or delete one of two",
    )


def _citation(entry: Any) -> Citation:
    values = {name.lower(): field.value for name, field in entry.fields_dict.items()}
    authors = values.pop("author", [])
    fields = {name: _bare(str(value)) for name, value in values.items()}
    return Citation(
        line=(entry.start_line or 0) + 1,
        title=" ".join(fields.get("title", "").split()),
        authors=tuple(_author(name) for name in authors),
        year=fields.get("year", fields.get("date", ""))[:4],
        journal=fields.get("journal", fields.get("journaltitle", "")),
        volume=fields.get("volume", ""),
        issue=fields.get("number", ""),
        pages=re.sub(r"[-–]+", "-", fields.get("pages", "")),
        doi=fields.get("doi", ""),
        pmid=fields.get("pmid", ""),
    )


def _author(typed: str) -> str:
    """Return "One A Jr" of "One, Jr, Ann", of "One, Ann" "One A"; a group in braces stays whole."""
    name = _bare(typed)
    if _GROUP.fullmatch(typed):
        return name
    if name == "others":
        return "et al"
    family, *suffix, given = name.split(",") if "," in name else ("", name)
    return suffixed(short_name(f"{family},{given}" if family else given), "".join(suffix))


def _bare(typed: str) -> str:
    return typed.replace("{", "").replace("}", "")


def bibtex_text(cited: Cited) -> str:
    """Return citations as entries of articles, the key of its trial the key of each."""
    return "\n".join(_article(key, citation) for key, citation in cited.items())


def _article(key: str, citation: Citation) -> str:
    fields = {
        "author": " and ".join(map(_person, citation.authors)),
        "title": escaped(citation.title),
        "journal": escaped(citation.journal),
        "year": citation.year,
        "volume": escaped(citation.volume),
        "number": escaped(citation.issue),
        "pages": citation.pages.replace("-", "--"),
        "doi": citation.doi,
        "pmid": citation.pmid,
    }
    return entry("article", key, fields)


def _person(author: str) -> str:
    """Return "One, Jr, A. B." of "One AB Jr"; a group's name goes in braces."""
    if author == "et al":
        return "others"
    person = person_of(author)
    if not person:
        return f"{{{escaped(author)}}}"
    parts = (person["family"], person.get("suffix", ""), person["given"])
    return ", ".join(escaped(part) for part in parts if part)
