"""How the figure of a kit is cited: BibTeX and CSL-JSON, of the figure and of the review."""

import json
import re
from typing import Any

from liftproof.bibtex import entry, escaped
from liftproof.blog.kit_facts import KitFacts
from liftproof.blog.kit_words import attribution

_REVIEW = re.compile(r"(?P<authors>.+?) \((?P<year>\d{4})\) (?P<rest>.+)")
"""One A, Two B (2020) Journal 1, 2-3."""
_INITIALS = re.compile(r"(?P<family>.+) (?P<given>[A-Z]+)")
MAKER = "The makers of the project"
"""Who is cited where a project names no author."""


def citation_items(facts: KitFacts) -> list[dict[str, Any]]:
    """Return the figure and the review whose trials it shows, as items of CSL-JSON."""
    settings, citation = facts.review.settings, facts.citation
    figure = {
        "id": f"liftproof-{facts.review.name}",
        "type": "figure",
        "title": f"{settings.title}: forest plot recomputed from its trials",
        "author": [{"literal": author.name} for author in citation.authors] or [{"literal": MAKER}],
        "version": facts.software,
        "license": citation.licence,
        "URL": citation.address,
        "note": attribution(facts),
    }
    review = {
        "id": facts.review.name,
        "type": "article-journal",
        **_parts(settings.citation),
        "DOI": settings.doi,
        "note": settings.citation,
    }
    items = [figure, *([review] if settings.citation or settings.doi else [])]
    return [{name: value for name, value in item.items() if value} for item in items]


def citation_json(facts: KitFacts) -> str:
    """Return the text of ``citation.json``."""
    return json.dumps(citation_items(facts), indent=2, ensure_ascii=False) + "\n"


def citation_bib(facts: KitFacts) -> str:
    """Return the text of ``citation.bib``."""
    return "\n".join(_entry(item) for item in citation_items(facts))


def _parts(citation: str) -> dict[str, Any]:
    """Return authors and year of a citation; its title is not stated, and none is made up."""
    found = _REVIEW.fullmatch(citation.strip())
    if found is None:
        return {}
    names = [_name(name.strip().removeprefix("and ")) for name in found["authors"].split(",")]
    return {"author": names, "issued": {"date-parts": [[int(found["year"])]]}}


def _name(author: str) -> dict[str, str]:
    found = _INITIALS.fullmatch(author)
    return dict(found.groupdict()) if found else {"literal": author}


def _entry(item: dict[str, Any]) -> str:
    """Return an item as an entry of BibTeX; the signs that TeX reads are escaped."""
    fields = {
        "title": escaped(item.get("title", "")),
        "author": " and ".join(map(_bibtex_name, item.get("author", ()))),
        "year": str(item["issued"]["date-parts"][0][0]) if "issued" in item else "",
        "version": escaped(item.get("version", "")),
        "doi": item.get("DOI", ""),
        "url": item.get("URL", ""),
        "note": escaped(item.get("note", "")),
    }
    return entry("misc", item["id"], fields)


def _bibtex_name(author: dict[str, str]) -> str:
    if "literal" in author:
        return f"{{{escaped(author['literal'])}}}"
    return f"{author['family']}, {author['given']}"
