"""An explanation is due as it was before trials were added that are later than the print."""

from pathlib import Path

import pytest

from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.reproduction import reproduce
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Published, Study
from liftproof.reviews.model.settings import Analysis, Settings

ALL = Analysis(id="all", title="All", measure="MD", tau2="FE", interval="wald")


def row(printed, explained, added, year=2026):
    """Return the verdict on a mean of effects of 1, and of 3 of a trial that came later.

    Without that trial the mean is 1, with it 2.
    """
    review = Review(
        name="r",
        folder=Path("r"),
        settings=Settings(title="R", analyses=(ALL,)),
        studies=(
            Study(study="old", label="Old 2001", year=2001),
            Study(study="new", label="New", year=year, added=added),
        ),
        outcomes=(
            Outcome(study="old", outcome="o", y=1.0, v=0.1),
            Outcome(study="new", outcome="o", y=3.0, v=0.1),
        ),
        published=(
            Published(
                target="t",
                analysis="all",
                quantity="estimate",
                printed=printed,
                location="Wu 2024, abstract",
                explained=explained,
            ),
        ),
    )
    return reproduce(review, [pool_analysis(review, ALL).estimate])[0]


@pytest.mark.parametrize(
    ("printed", "explained", "added", "explanation"),
    [
        ("2.00", "other trials", "2026-11-30", "given"),  # it agrees since then: needed before
        ("2.00", "other trials", "2023-11-30", "unnecessary"),  # the print may hold the trial
        ("2.00", "other trials", "", "unnecessary"),  # there when the explanation was written
        ("1.00", "", "2026-11-30", "given"),  # it differs since then: the trial explains it
        ("1.00", "", "", "missing"),
        ("1.00", "other trials", "2026-11-30", "given"),
        ("9.00", "", "2026-11-30", "missing"),  # it differed before
    ],
)
def test_an_addition_neither_ends_nor_begins_the_need_of_an_explanation(
    printed, explained, added, explanation
):
    assert row(printed, explained, added, year=2020).explanation == explanation


def test_what_an_addition_alone_makes_differ_is_explained_by_it():
    found = row("1.00", "", "2026-11-30", year=2020)
    assert (found.verdict, found.explained) == (
        "different",
        "the pool holds New, which was added after the print",
    )


def test_a_trial_of_a_later_year_gives_no_alarm_either():
    found = row("2.00", "other trials", "2026-11-30")
    assert (found.verdict, found.explanation) == ("fitted", "given")
