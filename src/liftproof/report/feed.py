"""``results/changes.atom``: what the trials added on each date did, as an Atom feed (RFC 4287).

Dates are those of ``added``, and ids follow from the title of the project's citation file, from the
names of reviews and from dates: the same data give the same bytes, an entry keeps its id when its
words change, and the feed its own when a review is added (4.2.6).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
_EMPTY = "No trial here has a date on which it was added: there is nothing to tell yet."


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """What was added to a review on one date. ``lines``: what the entry says.

    ``title``: what was added; ``review_title``: that of the review called ``review``.
    """

    review: str
    review_title: str
    date: str
    title: str
    lines: tuple[str, ...]


def feed_of(every: Sequence[ReviewInputs], project: str = "") -> str:
    """Return the feed of all reviews: an entry a review and date of addition, the newest first.

    ``project``: the title that its citation file states, empty for none. It is in every id.
    """
    return feed_text((entry for inputs in every for entry in feed_entries(inputs)), project)


def feed_entries(inputs: ReviewInputs) -> Iterator[FeedEntry]:
    """Yield the entries of a review, the newest first."""
    section = changes_section(inputs)
    for additions in section.dates if section else ():
        yield FeedEntry(
            review=inputs.review.name,
            review_title=inputs.review.settings.title,
            date=additions.date,
            title=additions.title,
            lines=tuple(_lines(additions)),
        )


def latest_entries(entries: Iterable[FeedEntry]) -> tuple[FeedEntry, ...]:
    """Return the entries of the newest date; their first line tells what was added."""
    every = tuple(entries)
    last = max((entry.date for entry in every), default="")
    return tuple(entry for entry in every if entry.date == last)


def feed_text(entries: Iterable[FeedEntry], project: str) -> str:
    """Return the feed of entries."""
    register_namespace("", ATOM)
    ordered = sorted(entries, key=lambda entry: entry.date, reverse=True)
    newest = ordered[0].date if ordered else NOTHING_ADDED
    feed = Element(_name("feed"))
    _text(feed, "id", _id([project]))
    _text(feed, "title", _TITLE)
    if not ordered:
        _text(feed, "subtitle", _EMPTY)
    _text(feed, "updated", _moment(newest))
    _text(SubElement(feed, _name("author")), "name", "Liftproof")
    _text(feed, "generator", "Liftproof")
    _link(feed, "self", FEED.name, MEDIA_TYPE)
    _link(feed, "alternate", "report.html", "text/html")
    for each in ordered:
        _add_entry(feed, project, each)
    indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def _add_entry(feed: Element, project: str, added: FeedEntry) -> None:
    entry = SubElement(feed, _name("entry"))
    _text(entry, "id", _id((project, added.review, added.date)))
    _text(entry, "title", f"{added.review_title}: {added.title}")
    _text(entry, "updated", _moment(added.date))
    address = (Path(added.review) / "report.html").as_posix()
    _link(entry, "alternate", f"{address}#review-{added.review}-changes", "text/html")
    _text(entry, "content", "\n".join(added.lines))


def _lines(additions: DatedAdditions) -> Iterable[str]:
    """Yield what the entry says: the headline, other conclusions that moved, then each analysis."""
    yield additions.headline
    yield from additions.lines[1:]
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
