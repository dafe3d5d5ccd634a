"""What a project's citation file (CITATION.cff) says of its results: title, authors, licence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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
    """What the file states, empty where it does not.

    ``licence``: an SPDX code. ``released``: date of publication, ISO 8601. ``address``: of the
    project, on the web.
    """

    title: str = ""
    licence: str = ""
    released: str = ""
    address: str = ""
    authors: tuple[Author, ...] = ()


def citation_path(project: Path) -> Path | None:
    """Return the citation file of a project's results, None where it has none."""
    return next((path for path in CITATIONS if (project / path).is_file()), None)


def project_title(project: Path) -> str:
    """Return the title that a project's citation file states, empty for none."""
    path = citation_path(project)
    return read_citation(project / path).title if path else ""


def read_citation(path: Path) -> CitationFile:
    """Read a citation file; what is not written as the format has it is left out.

    The results do not rest on it, so that nothing is refused for it.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (ValueError, yaml.YAMLError):  # no UTF-8, or no date of a calendar
        return CitationFile()
    found = content if isinstance(content, dict) else {}
    authors = found.get("authors")
    return CitationFile(
        title=_text(found, "title"),
        licence=_text(found, "license"),
        released=_date(found, "date-released"),
        address=_address(found),
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


def _date(entry: Mapping[str, Any], key: str) -> str:
    """Return a date, which YAML reads as one unless it is quoted; empty for what is none."""
    value = entry.get(key)
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return ""


def _address(entry: Mapping[str, Any]) -> str:
    """Return the page of the project, else where its files lie; empty for no web address."""
    stated = (_text(entry, name) for name in ("url", "repository-code", "repository"))
    return next((one for one in stated if one.startswith(("https://", "http://"))), "")


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value.strip() if isinstance(value, str) else ""
