"""DOIs and PubMed numbers: what one looks like, and which ones a source names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from liftproof.reviews.model.review import Review

DOI = re.compile(r"10\.\d{4,9}/\S+")
"""Old ones hold brackets of every kind, as in 10.1519/1533-4287(2003)017<0060:IIREAW>2.0.CO;2."""
PMID = re.compile(r"[1-9]\d{0,7}")
NAMED = re.compile(
    rf"\b(?:(?P<doi>{DOI.pattern})|(?:PMID|PubMed):?\s*(?P<pmid>[1-9]\d{{0,7}})\b)", re.IGNORECASE
)
"""A DOI, or a PubMed number after PMID or PubMed, within a text."""
MEANT = re.compile(
    r"\b(?:doi(?:\.org/)?|(?P<pubmed>pmid|pubmed))\b[:\s(]*(?P<typed>[^\s(]\S*)", re.IGNORECASE
)
"""What stands after doi, PMID or PubMed."""
NO_DOI = "not a DOI"
NO_PMID = "not a PubMed number"
SUCH_AS_PMID = "write the number alone, such as 24100287"
_AFTER = (".", ",", ";", ":")
_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*", re.IGNORECASE)
_ISSUES = (
    re.compile(r"(?P<year>\d{4})\D{0,12}?;\s*(?P<volume>\d+)(?:\([^)]*\))?:\s*(?P<page>\w+)"),
    re.compile(r"\((?P<year>\d{4})\) [^;:]*? (?P<volume>\d+), (?P<page>\w+)"),
)
"""2013;48:871-877, or (2013) Journal 48, 871-877."""
_FIRST_AUTHOR = re.compile(r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)*?(?= [A-Z]{1,3}\b)")

Fingerprint = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """``text``: as a reader sees it; ``url``: where it leads."""

    text: str
    url: str


def doi_link(doi: str) -> Identifier:
    """Return a DOI with its address.

    >>> doi_link("10.1000/a(1)<b").url
    'https://doi.org/10.1000/a%281%29%3Cb'
    """
    return Identifier(text=f"doi:{doi}", url=f"https://doi.org/{quote(doi, safe='/')}")


def pubmed_link(pmid: str) -> Identifier:
    """Return a PubMed number with its address.

    >>> pubmed_link("12859607").url
    'https://pubmed.ncbi.nlm.nih.gov/12859607/'
    """
    return Identifier(
        text=f"PMID {pmid}", url=f"https://pubmed.ncbi.nlm.nih.gov/{quote(pmid, safe='')}/"
    )


def doi_remedy(typed: str) -> str:
    """Propose what remains without the resolver's address, if that is a DOI.

    >>> doi_remedy("https://doi.org/10.1000/a")
    'write 10.1000/a'
    """
    bare = _RESOLVER.sub("", typed, count=1).strip()
    is_bare = bare != typed and DOI.fullmatch(bare) is not None
    return f"write {bare}" if is_bare else "write such as 10.1136/bjsports-2013-092538"


def without_end(doi: str) -> str:
    """Return a DOI from a text without the punctuation after it; brackets stay where both are.

    >>> without_end("10.1016/S0140-6736(05)1),"), without_end("10.1136/b.c.")
    ('10.1016/S0140-6736(05)1', '10.1136/b.c')
    """
    while doi.endswith(_AFTER) or (doi.endswith(")") and doi.count("(") < doi.count(")")):
        doi = doi[:-1]
    return doi


def named_in(text: str) -> Iterator[tuple[int, int, Identifier]]:
    """Yield the DOIs and PubMed numbers within a text: begin, end, identifier.

    >>> [(i, j, each.text) for i, j, each in named_in("X 2020 (10.1000/a), PMID 12")]
    [(8, 17, 'doi:10.1000/a'), (20, 27, 'PMID 12')]
    """
    for match in NAMED.finditer(text):
        if match["doi"]:
            doi = without_end(match["doi"])
            yield match.start(), match.start() + len(doi), doi_link(doi)
        else:
            yield match.start(), match.end(), pubmed_link(match["pmid"])


def fingerprint(citation: str) -> Fingerprint | None:
    """Return first author, year, volume and first page of a reference, None where it lacks one.

    >>> fingerprint("Askling C, Karlsson J. Scand J Med Sci Sports 2003;13:244-250")
    ('askling', '2003', '13', '244')
    >>> fingerprint("Askling C, Karlsson J (2003) Scand J Med Sci Sports 13, 244-250")
    ('askling', '2003', '13', '244')
    """
    author = _FIRST_AUTHOR.match(citation)
    issue = next(filter(None, (pattern.search(citation) for pattern in _ISSUES)), None)
    if author is None or issue is None:
        return None
    return author[0].casefold(), issue["year"], issue["volume"], issue["page"]


def publications(review: Review) -> Mapping[Fingerprint, tuple[Identifier, ...]]:
    """Return the links of the review, its trials and its further publications, by fingerprint."""
    settings = review.settings
    listed = [
        *((study.citation, study.doi, study.pmid) for study in review.studies),
        *((each.citation, each.doi, each.pmid) for each in settings.publications),
        (settings.citation, settings.doi, ""),
    ]
    known: dict[Fingerprint, tuple[Identifier, ...]] = {}
    for citation, doi, pmid in listed:
        mark, links = fingerprint(citation), identifiers(doi, pmid)
        if mark is not None and links:
            known.setdefault(mark, links)
    return known


def identifiers(doi: str, pmid: str) -> tuple[Identifier, ...]:
    """Return the links of a publication: by its DOI, else by its PubMed number."""
    links: Iterable[Identifier] = [doi_link(doi)] if doi else [pubmed_link(pmid)] if pmid else []
    return tuple(links)
