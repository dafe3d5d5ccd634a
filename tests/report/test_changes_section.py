"""The top of a review's page: what was added, in words made from the numbers."""

from dataclasses import replace

import pytest

from liftproof.pages.changes.change_numbers import ChangeNumbers
from liftproof.pages.changes.changes_section import changes_section
from liftproof.pages.changes.move_words import move_words, mover_words
from liftproof.report.build import build, build_review_page
from support.additions import MOVED, ROW, added


def test_a_review_of_trials_that_were_there_from_the_beginning_has_no_such_section(inputs):
    assert changes_section(inputs) is None


def test_the_headline_tells_the_trials_the_estimate_and_that_nothing_moved(inputs):
    (found,) = changes_section(added(inputs, ROW)).dates
    assert found.headline == (
        "1 trial added (Dog 2004). All trials: 0.34 (0.20 to 0.90) → 0.36 (0.30 to 0.80). "
        "No conclusion moved."
    )
    estimates = "0.34 (0.20 to 0.90) → 0.36 (0.30 to 0.80)"
    cells = ("All trials", "2 → 3", estimates, "0.000 → 0.012", "none", "none")
    assert found.table.rows == (cells,)


def test_a_conclusion_that_moved_is_told_with_the_trial(inputs):
    (found,) = changes_section(added(inputs, MOVED)).dates
    assert found.lines == (
        "All trials: 0.34 (0.20 to 0.90) → 0.36 (0.30 to 1.20). "
        "The interval no longer excludes no effect (1): by Dog 2004.",
    )


def test_the_analysis_that_moved_stands_first_and_the_others_are_counted(inputs):
    adults = replace(MOVED, analysis="adults", title="Adults only")
    (found,) = changes_section(added(inputs, ROW, adults, MOVED)).dates
    assert [line.partition(":")[0] for line in found.lines] == ["Adults only", "All trials"]
    assert found.headline.startswith("1 trial added (Dog 2004). Adults only: 0.34")
    assert found.headline.endswith("by Dog 2004. 1 more conclusion moved.")
    assert [row[0] for row in found.table.rows] == ["All trials", "Adults only", "All trials"]


def test_no_trial_is_named_as_the_mover_where_nothing_was_pooled_before(inputs):
    first = replace(
        MOVED,
        k_before=0,
        estimate_before=None,
        ci_low_before=None,
        ci_high_before=None,
        moved="pooled",
        moved_alone="dog; cat",
        trials="dog; cat",
    )
    (found,) = changes_section(added(inputs, first)).dates
    assert found.lines == (
        "All trials: nothing pooled → 0.36 (0.30 to 1.20). Nothing was pooled before.",
    )


def test_the_newest_date_stands_first(inputs):
    later = replace(ROW, added="2026-12-24", trials="")
    dates = changes_section(added(inputs, ROW, later)).dates
    assert [one.date for one in dates] == ["2026-12-24", "2026-11-01"]
    assert dates[0].headline == (
        "1 trial added (Cat 2003). No analysis takes any of them. No conclusion moved."
    )


def test_it_stands_under_the_answer_above_contents_and_alarm(inputs):
    page = build_review_page(added(inputs, ROW))
    place = page.index('<h3 id="review-made_up-changes">What was added, and what it did</h3>')
    assert page.index('class="lead"') < place < page.index('id="review-made_up-alarm"')
    assert place < page.index('class="contents"')
    assert '<strong><time datetime="2026-11-01">2026-11-01</time>:</strong> 1 trial added' in page


@pytest.mark.slow
def test_the_first_page_tells_the_newest_addition_of_a_review(inputs):
    page = build([added(inputs, ROW)])
    assert '<span class="about">Added</span> 2026-11-01: 1 trial added (Dog 2004). All' in page
    assert '<span class="about">Added</span>' not in build([inputs])
    news = page.index('<p class="news"><strong>Added <time datetime="2026-11-01">')
    assert news < page.index('id="summary-title"')
    assert '<a href="made_up/report.html#review-made_up-changes">' in page[news:]
    assert 'class="news"' not in build([inputs])


BELOW = ChangeNumbers(k=2, estimate=0.5, ci_low=0.3, ci_high=0.9, certainty="very_low")
ACROSS = ChangeNumbers(k=2, estimate=1.1, ci_low=0.9, ci_high=1.3, certainty="low")


@pytest.mark.parametrize(
    ("move", "before", "after", "words"),
    [
        ("no_effect", ACROSS, BELOW, "the interval now excludes no effect (1)"),
        ("no_effect", BELOW, ACROSS, "the interval no longer excludes no effect (1)"),
        ("direction", BELOW, ACROSS, "the estimate has left its side of no effect (1)"),
        ("certainty", BELOW, ACROSS, "the certainty by GRADE is low, and was very low"),
        ("pooled", ChangeNumbers(k=0), BELOW, "nothing was pooled before"),
        ("pooled", BELOW, ChangeNumbers(k=0), "nothing can be pooled any more"),
    ],
)
def test_each_move_has_its_words(move, before, after, words):
    assert move_words([move], "RR", before, after) == words


@pytest.mark.parametrize(
    ("alone", "needed", "changed", "words"),
    [
        (["A"], ["A"], ["A"], "by A"),
        (["A"], ["A"], ["A", "B"], "A alone does it; not without A"),
        (["A", "B"], [], ["A", "B"], "each alone does it: A, B"),
        ([], ["A", "B"], ["A", "B"], "none does it alone; not without A, not without B"),
        ([], [], [], "by no trial: settings or judgements changed"),
    ],
)
def test_who_moved_it_is_told(alone, needed, changed, words):
    assert mover_words(alone, needed, changed) == words
