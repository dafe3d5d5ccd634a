"""A review that shows the prints of others: what its folder must hold, and what is refused."""

import shutil
from pathlib import Path

import pytest

from liftproof.reviews import load

PRINTS = "prints.csv"
HEAD = (
    "target,label,year,topic,population,outcome,measure,estimate,ci_low,ci_high,studies,"
    "participants,source,doi,location,kind,see,note\n"
)
OWN = (
    "one,One 2020,2020,strength,adults,injuries,RR,0.50,0.30,0.80,4,900,One A 2020,,abstract,"
    "secondary,,\n"
)
HELD = "two,Two 2021,2021,strength,adults,injuries,RR,,,,,,,,,,other/main,\n"
SETTINGS = "title: What reviews printed\n"


@pytest.fixture
def shown(review):
    """A folder with prints alone, beside a review that holds one of them."""
    other = review.folder.parent / "other"
    shutil.copytree(review.folder, other)
    for path in list(review.folder.iterdir()):
        path.unlink()
    review.write("review.yaml", SETTINGS)
    review.write(PRINTS, HEAD + OWN + HELD)
    return review


def test_prints_alone_are_a_whole_review(shown):
    assert shown.problems() == ()
    loaded = load(shown.folder).review
    assert [row.target for row in loaded.prints] == ["one", "two"]
    assert (loaded.settings.analyses, loaded.studies, loaded.outcomes) == ((), (), ())


def test_an_empty_folder_is_no_review(shown):
    for path in list(shown.folder.iterdir()):
        path.unlink()
    missing = [str(path.name) for path in (each.path for each in shown.errors())]
    assert missing == ["outcomes.csv", "review.yaml", "studies.csv"]
    assert "create it with a title and analyses" in str(shown.errors()[1])


def test_prints_without_a_row_do_not_stand_in_for_analyses(shown):
    shown.write(PRINTS, HEAD)
    problems = [str(each) for each in shown.errors()]
    assert any("review.yaml:1: analyses: a required key is missing" in text for text in problems)
    assert sum("a required file is missing" in text for text in problems) == 2


def test_analyses_need_their_trials_whatever_else_there_is(shown):
    shown.write("review.yaml", f"{SETTINGS}analyses:\n  - id: overall\n    title: All\n")
    assert [str(each.path.name) for each in shown.errors()] == ["outcomes.csv", "studies.csv"]


@pytest.mark.parametrize(
    ("line", "column", "cell", "at", "words"),
    [
        (2, "estimate", "0,5", "estimate", ("0,5",)),
        (2, "estimate", "0.9", "estimate", ("not within its limits", "check the three")),
        (2, "ci_low", "-0.3", "ci_low", ("a ratio is above 0", "undo the logarithm")),
        (2, "ci_high", "", "ci_high", ("one limit without the other", "empty both")),
        (2, "estimate", "", "estimate", ("a required cell is empty", "name in see")),
        (2, "source", "", "source", ("a required cell is empty",)),
        (2, "kind", "derived", "kind", ("derived", "secondary")),
        (2, "measure", "RRR", "measure", ("RRR", "did you mean RR")),
        (3, "see", "othr/main", "see", ("no such review", "did you mean other?")),
        (3, "see", "other/mian", "see", ("has no such target", "did you mean main?")),
        (3, "see", "other/dose", "see", ("no estimate was printed of other/dose",)),
        (3, "see", "good/one", "see", ("its own review",)),
        (3, "see", "other", "see", ("not of the form review/target",)),
        (3, "estimate", "0.338", "estimate", ("other/main holds the print", "empty it here")),
        (3, "target", "one", "target", ("the same target as on line 2",)),
    ],
)
def test_what_is_wrong_with_a_print(shown, only, line, column, cell, at, words):
    shown.cell(PRINTS, line, column, cell)
    only(shown.errors(), PRINTS, line, at, *words)


def test_a_pointer_in_a_folder_that_stands_alone_is_a_warning(shown, only):
    shutil.rmtree(Path(shown.folder).parent / "other")
    only(shown.problems(), PRINTS, 3, "see", "warning", "stands alone", "side by side")
