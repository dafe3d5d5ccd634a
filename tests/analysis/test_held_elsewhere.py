"""Prints that another review holds get its verdict, and are counted there alone."""

import shutil
from dataclasses import replace

import pytest

from liftproof.analysis.causes.review_causes import causes_of_review
from liftproof.analysis.estimates import pool_review
from liftproof.analysis.held_elsewhere import with_verdicts_elsewhere
from liftproof.analysis.reproduction import reproduce
from liftproof.pages.printed.verdict_words import row_verdict, verdict_tally
from liftproof.reviews import read
from liftproof.reviews.other_reviews import reviews_seen
from liftproof.rows.result_rows import counted_here
from support.every_reproduction import every_reproduction
from support.review_arithmetic import REVIEWS

pytestmark = pytest.mark.slow

COPIES = {
    "lauersen2014": {"lauersen2018": 6},
    "nordic": {"lauersen2018": 3},
    "runners": {"lauersen2018": 7, "nordic": 5, "copenhagen": 3},
}
"""By review and by the review that holds them, how many of its prints are copies."""


def rows_of(folder):
    review = read(folder)
    own = reproduce(review, [pooled.estimate for pooled in pool_review(review)])
    return review, own, with_verdicts_elsewhere(review, own)


@pytest.fixture(scope="module")
def runners():
    return rows_of(REVIEWS / "runners")


def test_a_copy_has_the_number_and_the_verdict_of_what_it_points_to(runners):
    _, _, rows = runners
    found = {
        row.quantity: (row.verdict, None if row.computed is None else f"{row.computed:.4f}")
        for row in rows
        if row.target == "lauersen2018"
    }
    assert found == {
        "k": ("fitted", "6.0000"),
        "participants": ("fitted", "7738.0000"),
        "events": ("fitted", "177.0000"),
        "estimate": ("close", "0.3389"),
        "ci_low": ("close", "0.2385"),
        "ci_high": ("close", "0.4814"),
        "slope": ("blocked", None),
    }


def test_what_is_blocked_there_is_told_here_with_its_group(runners):
    _, _, rows = runners
    (slope,) = (row for row in rows if (row.target, row.quantity) == ("lauersen2018", "slope"))
    assert (slope.blocked_group, slope.see) == ("method", "lauersen2018/dose_volume")
    assert slope.missing.startswith("the review's definition of volume was not seen")


def test_a_review_names_only_the_reviews_that_it_points_to(runners):
    review, _, _ = runners
    assert reviews_seen(review) == ("lauersen2018", "nordic", "copenhagen")
    assert reviews_seen(read(REVIEWS / "lauersen2018")) == ()


def test_the_24_copies_are_counted_once():
    every = {rows[0].review: rows for rows in every_reproduction().values()}
    copies = {
        name: {
            other: sum(row.see.startswith(f"{other}/") for row in every[name])
            for other in COPIES[name]
        }
        for name in COPIES
    }
    assert copies == COPIES
    for name, rows in every.items():
        own = counted_here(rows)
        assert len(rows) - len(own) == sum(COPIES.get(name, {}).values())
        assert verdict_tally(rows).startswith(f"{len(own)} printed numbers compared: ")
    assert verdict_tally(every["runners"]).endswith(
        "15 more prints are held by another review, and counted there."
    )


def test_no_cause_is_looked_for_twice(runners):
    review, _, rows = runners
    assert [found.row.target for found in causes_of_review(review, rows) if found.row.see] == []


def test_the_page_names_the_review_that_a_verdict_comes_from():
    assert row_verdict("fitted", "lauersen2018/main") == "○ fitted, in the report “Lauersen 2018”"
    assert row_verdict("fitted", "") == "○ fitted"


def test_a_folder_copied_elsewhere_says_what_is_not_here(tmp_path):
    shutil.copytree(REVIEWS / "runners", tmp_path / "runners")
    review, own, rows = rows_of(tmp_path / "runners")
    assert rows == own
    copies = [row for row in rows if row.see]
    assert len(copies) == 15
    assert {row.verdict for row in copies} == {"blocked"}
    assert copies[0].missing == "the review that holds it, lauersen2018/main, is not here"
    assert "… blocked" not in verdict_tally(copies)
    assert {problem.column for problem in review.warnings if "alone" in problem.wrong} == {"see"}


def test_a_review_that_has_errors_holds_nothing_and_stops_nobody(tmp_path, runners):
    for name in ("runners", "lauersen2018", "nordic", "copenhagen"):
        shutil.copytree(REVIEWS / name, tmp_path / name)
    (tmp_path / "nordic" / "studies.csv").write_text("study,label,year\nA b,A,2001\n")
    _, own, rows = rows_of(tmp_path / "runners")
    pairs = list(zip(runners[2], rows, strict=True))
    kept = [(sound, row) for sound, row in pairs if not row.see.startswith("nordic/")]
    lost = [row for _, row in pairs if row.see.startswith("nordic/")]
    assert all(sound == row for sound, row in kept)
    assert len(lost) == 5
    assert {(row.verdict, row.computed) for row in lost} == {("blocked", None)}
    assert {row.missing for row in lost} == {
        f"the review that holds it, {row.see}, has errors in its data" for row in lost
    }
    assert len(own) == len(rows)


def test_a_print_is_compared_by_its_own_quantity_alone(runners):
    review, own, _ = runners
    moved = tuple(
        replace(row, quantity="tau2") if row.see and row.quantity == "k" else row for row in own
    )
    found = [row for row in with_verdicts_elsewhere(review, moved) if row.quantity == "tau2"]
    assert {row.see for row in found} == {"lauersen2018/main", "nordic/ripley2021_main"}
    assert {row.missing for row in found} == {
        f"the review that holds it, {row.see}, is not here" for row in found
    }
