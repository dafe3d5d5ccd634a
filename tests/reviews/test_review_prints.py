"""Prints: only what was printed, copies of what another review holds, and groups of reasons."""

import shutil
from pathlib import Path

import pytest

from liftproof.reviews import load
from liftproof.vocabulary.block_groups import BLOCK_GROUPS
from support.small_review import GOOD

PUBLISHED = "published.csv"
HEAD = GOOD[PUBLISHED].splitlines()[0]
COPY = (
    "copy,,the same in the other review,estimate,0.338,abstract,primary_abstract,,,,,other/main\n"
)


@pytest.fixture
def beside(review) -> Path:
    """Put a second review beside the good one, whose last row is a copy; return its folder."""
    other = review.folder.parent / "other"
    shutil.copytree(review.folder, other)
    review.append(PUBLISHED, COPY)
    return other


@pytest.mark.parametrize("kind", ["derived", "reconstructed"])
def test_a_number_that_was_computed_is_no_print(review, only, kind):
    review.cell(PUBLISHED, 2, "kind", kind)
    words = (f"a {kind} number was not printed", "compared with itself", "as it is printed")
    only(review.errors(), PUBLISHED, 2, "kind", *words)


@pytest.mark.parametrize("kind", ["primary_fulltext", "secondary", "unverified"])
def test_a_number_that_was_read_or_is_remembered_is_one(review, kind):
    review.cell(PUBLISHED, 2, "kind", kind)
    assert review.problems() == ()


def test_a_blocked_number_without_a_group_is_told_all_groups(review, only):
    review.cell(PUBLISHED, 4, "blocked_group", "")
    only(review.problems(), PUBLISHED, 4, "blocked_group", "warning", *BLOCK_GROUPS)


def test_an_unknown_group_gets_the_nearest(review, only):
    review.cell(PUBLISHED, 4, "blocked_group", "full_txt")
    only(review.errors(), PUBLISHED, 4, "blocked_group", "did you mean full_text?")


def test_a_group_of_a_number_that_is_not_blocked(review, only):
    review.cell(PUBLISHED, 2, "blocked_group", "counts")
    only(review.errors(), PUBLISHED, 2, "blocked_group", "not blocked", "empty the cell")


def test_a_copy_of_the_same_print_is_no_problem(review, beside):
    assert beside.is_dir()
    assert review.problems() == ()


@pytest.mark.parametrize(
    ("column", "cell", "at", "words"),
    [
        ("see", "othr/main", "see", ("no such review", "did you mean other?")),
        ("see", "other/mian", "see", ("other has no such target", "did you mean main?")),
        ("see", "other", "see", ("not of the form review/target", "a slash")),
        ("see", "other/main/k", "see", ("not of the form review/target",)),
        ("see", "/main", "see", ("not of the form review/target",)),
        ("see", "good/main", "see", ("points to its own review",)),
        ("quantity", "k", "quantity", ("other/main has no such number", "estimate, p")),
        ("printed", "0.34", "printed", ("another print than that of other/main, 0.338",)),
        ("analysis", "overall", "analysis", ("other/main holds the print", "empty it here")),
        ("explained", "why", "explained", ("other/main holds the print",)),
        ("fitted", "how", "fitted", ("other/main holds the print",)),
    ],
)
def test_a_copy_that_points_nowhere_or_says_too_much(review, beside, only, column, cell, at, words):
    assert beside.is_dir()
    review.cell(PUBLISHED, 5, column, cell)
    only(review.errors(), PUBLISHED, 5, at, *words)


def test_a_copy_of_a_copy_is_told_where_the_number_may_be(review, beside, only):
    text = (beside / PUBLISHED).read_text().replace("primary_abstract,,,,,", "x", 1)
    row = "main,,all trials,estimate,0.338,abstract,primary_abstract,,,,,third/main"
    lines = [row if "0.338" in line else line for line in text.splitlines()]
    (beside / PUBLISHED).write_text("\n".join(lines) + "\n")
    words = ("other/main points further, to third/main", "write third/main")
    only(review.errors(), PUBLISHED, 5, "see", *words)


def test_two_reviews_that_point_to_each_other_are_told_both(review, beside):
    back = "main,,all trials,estimate,0.338,abstract,primary_abstract,,,,,good/copy\n"
    (beside / PUBLISHED).write_text(f"{HEAD}\n{back}")
    assert "points further, to good/copy" in str(review.errors()[0])
    assert "points further, to other/main" in str(load(beside).problems[0])


def test_a_copied_folder_that_stands_alone_is_warned_of_and_loads(review, only):
    review.append(PUBLISHED, COPY)
    words = ("warning", "the review stands alone here", "side by side")
    only(review.problems(), PUBLISHED, 5, "see", *words)
    assert load(review.folder).review is not None


def test_a_table_beside_that_cannot_be_read_is_the_other_reviews_problem(review, beside):
    (beside / PUBLISHED).write_text("target;quantity\nmain;estimate\n")
    assert review.problems() == ()


OUTCOMES = "outcomes.csv"
EMPTY = "," * 11
ALL = f"askling2003,groin_pain,primary,,acute,4,73,18,63{EMPTY}\n"
TIME_LOSS = f"askling2003,groin_time_loss,primary,,acute,3,73,16,63{EMPTY}\n"


def _controls(review):
    told = [each for each in review.warnings() if "a row of its own" in each.remedy]
    return [(each.line, str(each)) for each in told]


def test_a_variant_with_the_control_arm_of_another_outcome(review):
    mixed = f"askling2003,groin_pain,control_16,,acute,4,73,16,63{EMPTY}\n"
    review.append(OUTCOMES, ALL + TIME_LOSS + mixed)
    ((line, text),) = _controls(review)
    assert line == 7
    assert "the control arm of groin_time_loss on line 6, found '16/63'" in text
    assert "give each a row of its own" in text


def test_arms_that_share_a_control_group_have_one_count_of_its_events(review):
    arms = [("adduction", 6, 66, 16), ("adduction_and_nordic", 4, 73, 18)]
    for arm, events, players, control in arms:
        row = f"askling2003,groin_pain,primary,{arm},acute,{events},{players},{control},63{EMPTY}\n"
        review.append(OUTCOMES, row)
    ((line, text),) = _controls(review)
    assert line == 6
    assert "other events among as many controls as arm adduction, line 5: 16/63" in text


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(ALL + TIME_LOSS, id="an outcome a row"),
        pytest.param(
            ALL + f"askling2003,groin_pain,other_report,,acute,5,73,19,63{EMPTY}\n",
            id="a variant of its own",
        ),
        pytest.param(
            ALL
            + f"askling2003,groin_time_loss,primary,,acute,3,73,18,63{EMPTY}\n"
            + f"askling2003,groin_pain,inflated,,acute,4,73,18,63{EMPTY}\n",
            id="two outcomes with one control arm",
        ),
        pytest.param(
            f"askling2003,groin_pain,primary,one,acute,4,73,18,63{EMPTY}\n"
            f"askling2003,groin_pain,primary,two,acute,5,70,16,60{EMPTY}\n",
            id="arms with controls of their own",
        ),
    ],
)
def test_results_that_are_not_mixed_raise_no_alarm(review, more):
    review.append(OUTCOMES, more)
    assert _controls(review) == []
