"""The feed of what was added: valid Atom, the same bytes from the same data, dates of the data."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from liftproof.report.feed import ATOM, NOTHING_ADDED, feed_of
from support.additions import MOVED, ROW, added

NAMES = {"atom": ATOM}


@pytest.fixture
def both(inputs):
    """Two dates of addition; the later one moved a conclusion."""
    return added(inputs, ROW, replace(MOVED, added="2026-12-24", trials="cat", moved_alone="cat"))


def parsed(text):
    return ElementTree.fromstring(text.encode())


def texts(element, path):
    return [found.text for found in element.iterfind(path, NAMES)]


def test_an_entry_a_date_the_newest_first_with_the_dates_of_the_data(both):
    feed = parsed(feed_of([both]))
    assert texts(feed, "atom:updated") == ["2026-12-24T00:00:00Z"]
    assert texts(feed, "atom:entry/atom:updated") == [
        "2026-12-24T00:00:00Z",
        "2026-11-01T00:00:00Z",
    ]
    title = both.review.settings.title
    assert texts(feed, "atom:entry/atom:title")[1] == f"{title}: 1 trial added (Dog 2004)"
    estimates = "0.34 (0.20 to 0.90) → 0.36 (0.30 to 0.80)"
    first, *others = texts(feed, "atom:entry/atom:content")[1].split("\n")
    assert first.endswith(f"All trials: {estimates}. No conclusion moved.")
    assert others == [
        f"All trials: Effects 2 → 3; Estimate (95 % limits) {estimates}; "
        "τ² 0.000 → 0.012; 95 % prediction interval none; Certainty none"
    ]


def test_each_feed_and_entry_has_what_the_standard_asks_for_once(both):
    feed = parsed(feed_of([both]))
    assert feed.tag == f"{{{ATOM}}}feed"
    assert texts(feed, "atom:author/atom:name") == ["Liftproof"]
    assert [link.get("rel") for link in feed.iterfind("atom:link", NAMES)] == ["self", "alternate"]
    for element in (feed, *feed.iterfind("atom:entry", NAMES)):
        for tag in ("id", "title", "updated"):
            assert len(texts(element, f"atom:{tag}")) == 1, tag
    ids = [*texts(feed, "atom:id"), *texts(feed, "atom:entry/atom:id")]
    assert len(set(ids)) == 3
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_ids_stay_when_words_change(both):
    other = replace(
        both.review, settings=replace(both.review.settings, title="Another <title> & more")
    )
    was, now = (parsed(feed_of([inputs])) for inputs in (both, replace(both, review=other)))
    assert texts(was, ".//atom:id") == texts(now, ".//atom:id")
    assert texts(now, "atom:entry/atom:title")[0].startswith("Another <title> & more: ")


def test_the_feed_keeps_its_id_whatever_reviews_there_are(both):
    earlier = replace(both, review=replace(both.review, name="a"))
    was, now = (parsed(feed_of(each, "Trials")) for each in ([both], [earlier, both]))
    assert texts(was, "atom:id") == texts(now, "atom:id")
    assert set(texts(was, "atom:entry/atom:id")) < set(texts(now, "atom:entry/atom:id"))


def test_two_projects_share_no_id(both):
    first, second = (set(texts(parsed(feed_of([both], one)), ".//atom:id")) for one in ("A", "B"))
    assert (len(first), first & second) == (3, set())


def test_an_entry_leads_to_the_place_in_the_page_of_its_review(both):
    links = [
        one.get("href") for one in parsed(feed_of([both])).iterfind("atom:entry/atom:link", NAMES)
    ]
    assert links == ["made_up/report.html#review-made_up-changes"] * 2


def test_a_feed_without_additions_has_no_entry_and_says_no_date_of_now(inputs):
    feed = parsed(feed_of([inputs]))
    assert texts(feed, "atom:updated") == [f"{NOTHING_ADDED}T00:00:00Z"]
    assert texts(feed, "atom:entry/atom:id") == []
    (told,) = texts(feed, "atom:subtitle")
    assert told.startswith("No trial here has a date on which it was added")


def test_a_feed_with_additions_has_no_such_remark(both):
    assert texts(parsed(feed_of([both])), "atom:subtitle") == []


def test_the_same_rows_give_the_same_bytes(both):
    again = replace(both, results=replace(both.results))
    assert feed_of([both]).encode() == feed_of([again]).encode()
