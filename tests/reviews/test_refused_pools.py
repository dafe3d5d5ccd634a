"""What ``check`` has nothing to say of can be pooled: numbers that are right only one by one."""

import pytest

from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.refused_pools import refused_pools
from liftproof.cli.check import check_reviews
from liftproof.errors import InputError
from liftproof.reviews import load
from support.fuzzing.bases import BASES, FOLDER

APART = ("8,8,50.6,2.2,51.0,2.4,51.4", "8,8,50.6,2.2,51.0,2.4,51400000000")
"""A mean of cyd's before training, typed with nine zeros: its SMD is of 1e10."""


@pytest.fixture
def means(tmp_path):
    for path, content in BASES["means"].items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path / FOLDER


def edit(folder, old, new):
    file = folder / "outcomes.csv"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def errors(folder):
    found = check_reviews([str(folder)], folder).problems
    return [str(each) for each in found if not each.is_warning]


def test_a_review_that_can_be_pooled_has_no_problem(means):
    assert errors(means) == []


def test_a_pool_that_is_refused_is_told_at_its_analysis(means):
    edit(means, *APART)
    review = load(means).review
    with pytest.raises(InputError, match="lie further apart than 1e\\+10 to 1"):
        pool_analysis(review, review.settings.analyses[0])
    (found,) = refused_pools(review)
    assert (found.line, found.column, found.found) == (6, "analyses", "all")
    assert found.wrong.startswith("analysis all cannot be pooled: The sampling variances")
    assert errors(means) == [str(found)]


@pytest.mark.parametrize(
    ("column", "cells"), [("n_intervention", "9,9,46.1"), ("n_control", "9,46.1")]
)
def test_more_people_than_arithmetic_can_count_are_told_with_their_line(means, column, cells):
    edit(means, cells, cells.replace("9,", "12000000000000000,", 1))
    (found,) = errors(means)
    assert f"outcomes.csv:2: {column}: an arm without participants, or with more than 1e12" in found
