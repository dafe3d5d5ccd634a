"""The first page of very many reviews: below 1 MB, a row each, from what is kept of each."""

from dataclasses import replace

import pytest

from liftproof.report.feed import feed_of, feed_text
from liftproof.report.gate.finished_page import FinishedEntry
from liftproof.report.gate.shown_pools import bare
from liftproof.report.index_page import build_index
from liftproof.report.review_entry import entry_of, entry_text, read_entry
from support.additions import MOVED, ROW, added

LARGEST = 1_000_000
"""Bytes that a page may have."""


@pytest.fixture
def entry(inputs):
    return entry_of(added(inputs, ROW, replace(MOVED, added="2026-12-24")))


def test_an_entry_is_read_as_it_was_written(entry, tmp_path):
    path = tmp_path / "entry.json"
    path.write_text(entry_text(entry), encoding="utf-8")
    assert read_entry(path) == entry
    assert [one.date for one in entry.fed] == ["2026-12-24", "2026-11-01"]


def test_the_feed_from_entries_is_that_from_the_reviews(inputs):
    both = added(inputs, ROW, replace(MOVED, added="2026-12-24"))
    assert feed_text(entry_of(both).fed, "Trials") == feed_of([both], "Trials")


def test_a_thousand_reviews_are_a_row_each_below_a_megabyte(entry):
    entries = [
        replace(
            entry, name=name, complaints=0, fed=[replace(one, review=name) for one in entry.fed]
        )
        for name in (f"made_up_{place}" for place in range(1_000))
    ]
    page = build_index(entries)
    assert len(page.encode()) < LARGEST
    assert page.count('/report.html">Lifting &lt;b&gt;&amp; sprains</a>') == 1_000
    assert page.count("/report.html#review-made_up_") == 3
    assert "Trials were added to 997 more reviews." in page
    assert '<a href="made_up_999/report.html">' in page


@pytest.mark.parametrize(("count", "said"), [(0, ""), (1, " 1 verdict "), (2, " 2 verdicts ")])
def test_a_row_says_how_many_verdicts_lack_their_explanation(entry, count, said):
    page = build_index([replace(entry, complaints=count)])
    assert page.count("without the explanation due") == bool(count)
    assert f"{entry.tally}{said}" in page


def test_the_sentence_of_an_entry_is_read_back_letter_for_letter(entry, tmp_path):
    outcome = 'Trials of "elite" <b> & others: risk ratio 0.5'
    path = tmp_path / "entry.json"
    path.write_text(entry_text(replace(entry, outcome=outcome)), encoding="utf-8")
    assert FinishedEntry(path).text == bare(outcome)


def test_what_came_out_stands_in_the_row(entry):
    assert entry.outcome.startswith("All trials")
    assert f'<td class="prose">{entry.outcome}</td>' in build_index([entry])
