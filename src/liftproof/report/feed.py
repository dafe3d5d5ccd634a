"""``results/changes.atom``: what the trials added on each date did, as an Atom feed (RFC 4287).

Dates are those of ``added``, and ids follow from the title of the project's citation file, from the
names of reviews and from dates: the same data give the same bytes, an entry keeps its id when its
words change, and the feed its own when a review is added (4.2.6).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from liftproof.job_records import RESULTS
from liftproof.pages.changes.changes_section import DatedAdditions, changes_section
from liftproof.pages.inputs import ReviewInputs

FEED = RESULTS / "changes.atom"
ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
NOTHING_ADDED = "1970-01-01"
"""A feed must have a date of its last change; it has this one before the first addition."""
_TITLE = "What the trials that were added did"


def feed_of(every: Sequence[ReviewInputs], project: str = "") -> str:
    """Return the feed of all reviews: an entry a review and date of addition, the newest first.

    ``project``: the title that its citation file states, empty for none. It is in every id.
    """
    register_namespace("", ATOM)
    entries = sorted(_entries(every), key=lambda entry: entry[1].date, reverse=True)
    newest = max((additions.date for _, additions in entries), default=NOTHING_ADDED)
    feed = Element(_name("feed"))
    _text(feed, "id", _id([project]))
    _text(feed, "title", _TITLE)
    _text(feed, "updated", _moment(newest))
    _text(SubElement(feed, _name("author")), "name", "Liftproof")
    _text(feed, "generator", "Liftproof")
    _link(feed, "self", FEED.name, MEDIA_TYPE)
    _link(feed, "alternate", "report.html", "text/html")
    for inputs, additions in entries:
        _add_entry(feed, project, inputs, additions)
    indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def _entries(every: Iterable[ReviewInputs]) -> Iterable[tuple[ReviewInputs, DatedAdditions]]:
    for inputs in every:
        section = changes_section(inputs)
        yield from ((inputs, additions) for additions in (section.dates if section else ()))


def _add_entry(
    feed: Element, project: str, inputs: ReviewInputs, additions: DatedAdditions
) -> None:
    review = inputs.review
    entry = SubElement(feed, _name("entry"))
    _text(entry, "id", _id((project, review.name, additions.date)))
    _text(entry, "title", f"{review.settings.title}: {additions.title}")
    _text(entry, "updated", _moment(additions.date))
    address = (Path(review.name) / "report.html").as_posix()
    _link(entry, "alternate", f"{address}#review-{review.name}-changes", "text/html")
    _text(entry, "content", "\n".join(_lines(additions)))


def _lines(additions: DatedAdditions) -> Iterable[str]:
    """Yield what the entry says: the sentence, then each analysis with what its columns hold."""
    yield additions.sentence
    heads = [heading.text for heading in additions.table.headings[1:]]
    for title, *cells in additions.table.rows:
        told = "; ".join(f"{head} {cell}" for head, cell in zip(heads, cells, strict=True))
        yield f"{title}: {told}"


def _id(parts: Iterable[str]) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(('liftproof', 'changes', *parts)))}"


def _moment(date: str) -> str:
    """Return a date as Atom has moments: its beginning."""
    return f"{date}T00:00:00Z"


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, _name(tag)).text = text


def _link(parent: Element, relation: str, address: str, media_type: str) -> None:
    SubElement(parent, _name("link"), rel=relation, href=address, type=media_type)
