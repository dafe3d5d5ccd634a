"""BibTeX files by ``bibtexparser``; what it keeps as failed is an error here."""

import re
from pathlib import Path
from typing import Any

from liftproof.exchange.citation import Citation, short_name
from liftproof.exchange.draft import refuse
from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.model.problems import Problem


def read_bibtex(file: Path) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """Return the entries of a file; DataError names every block that fails, duplicates too."""
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - only BibTeX needs it
    from bibtexparser.middlewares import LatexDecodingMiddleware  # noqa: PLC0415

    text = text_of(file, file)
    if isinstance(text, Problem):
        refuse([text])
    library = parse_string(str(text), append_middleware=[LatexDecodingMiddleware()])
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
    fields = {name.lower(): str(field.value) for name, field in entry.fields_dict.items()}
    authors = fields.get("author", "")
    return Citation(
        line=(entry.start_line or 0) + 1,
        title=" ".join(fields.get("title", "").replace("{", "").replace("}", "").split()),
        authors=tuple(short_name(name) for name in authors.split(" and ") if name.strip()),
        year=fields.get("year", fields.get("date", ""))[:4],
        journal=fields.get("journal", fields.get("journaltitle", "")),
        volume=fields.get("volume", ""),
        issue=fields.get("number", ""),
        pages=re.sub(r"[-–]+", "-", fields.get("pages", "")),
        doi=fields.get("doi", ""),
        pmid=fields.get("pmid", ""),
    )
