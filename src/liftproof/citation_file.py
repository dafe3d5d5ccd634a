"""What a project's citation file (CITATION.cff) says of its results: title, authors, licence."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CITATIONS = (Path("data/CITATION.cff"), Path("CITATION.cff"))
"""The first that a project has is of its results: that of the data, from which they follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """``name`` as it is cited; ``orcid``: address, empty for none; whether it is a ``person``."""

    name: str
    orcid: str = ""
    is_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationFile:
    """``title`` and ``licence`` (an SPDX code) are empty where the file does not state them."""

    title: str = ""
    licence: str = ""
    authors: tuple[Author, ...] = ()


def citation_path(project: Path) -> Path | None:
    """Return the citation file of a project's results, None where it has none."""
    return next((path for path in CITATIONS if (project / path).is_file()), None)


def read_citation(path: Path) -> CitationFile:
    """Read a citation file; what is not written as the format has it is left out.

    The results do not rest on it, so that nothing is refused for it.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError):
        return CitationFile()
    found = content if isinstance(content, dict) else {}
    authors = found.get("authors")
    return CitationFile(
        title=_text(found, "title"),
        licence=_text(found, "license"),
        authors=tuple(
            author
            for each in (authors if isinstance(authors, list) else ())
            if isinstance(each, dict) and (author := _author(each)).name
        ),
    )


def _author(entry: Mapping[str, Any]) -> Author:
    names = [_text(entry, key) for key in ("given-names", "name-particle", "family-names")]
    person = " ".join(name for name in names if name)
    return Author(
        name=person or _text(entry, "name"), orcid=_text(entry, "orcid"), is_person=bool(person)
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value.strip() if isinstance(value, str) else ""
