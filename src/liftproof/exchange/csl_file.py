"""CSL-JSON, which reference managers and citation styles read: citations to it and from it."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from liftproof.exchange.citation import Citation, person_of, short_name, suffixed
from liftproof.exchange.cited import Cited
from liftproof.exchange.draft import one_problem, refuse
from liftproof.reviews.files.encoding import text_of
from liftproof.reviews.model.problems import Problem

_MARKUP = re.compile(r"</?(?:i|b|sub|sup)>|<span (?:class|style)=[^>]*>|</span>")
"""Markup that texts of CSL-JSON may hold: https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html."""


def csl_text(cited: Cited) -> str:
    """Return citations as a list of items."""
    items = [_item(key, citation) for key, citation in cited.items()]
    return json.dumps(items, indent=2, ensure_ascii=False) + "\n"


def _item(key: str, citation: Citation) -> dict[str, Any]:
    item = {
        "id": key,
        "type": "article-journal",
        "title": citation.title,
        "author": [_name(author) for author in citation.authors],
        "issued": {"date-parts": [[int(citation.year)]]},
        "container-title": citation.journal,
        "volume": citation.volume,
        "issue": citation.issue,
        "page": citation.pages,
        "DOI": citation.doi,
        "PMID": citation.pmid,
    }
    return {name: value for name, value in item.items() if value}


def _name(author: str) -> dict[str, str]:
    """Return an author's names; a group, such as "for the trial group", has one alone."""
    return person_of(author) or {"literal": author}


def read_csl(file: Path) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """Return the items of a file; DataError where it is no list of items."""
    text = text_of(file, file)
    if isinstance(text, Problem):
        refuse([text])
    try:
        items = json.loads(str(text))
    except json.JSONDecodeError as error:
        remedy = "export it again as CSL-JSON"
        raise one_problem(file, "no JSON", error.msg, remedy, line=error.lineno) from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise one_problem(file, "no list of items", "", "export it again as CSL-JSON")
    return tuple(_citation(item) for item in items), ()


def _citation(item: Mapping[str, Any]) -> Citation:
    dates = (item.get("issued") or {}).get("date-parts") or [[""]]
    texts = {
        name: _MARKUP.sub("", str(item.get(key, "")))
        for name, key in {
            "title": "title",
            "journal": "container-title",
            "volume": "volume",
            "issue": "issue",
            "pages": "page",
            "doi": "DOI",
            "pmid": "PMID",
        }.items()
    }
    return Citation(line=1, authors=tuple(_authors(item)), year=str(dates[0][0]), **texts)


def _authors(item: Mapping[str, Any]) -> Iterator[str]:
    for author in item.get("author") or ():
        parts = (author.get("non-dropping-particle", ""), author.get("family", ""))
        name = short_name(f"{' '.join(filter(None, parts))}, {author.get('given', '')}")
        yield author.get("literal") or suffixed(name, author.get("suffix", ""))
