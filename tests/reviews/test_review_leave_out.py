"""The key `leave_out` of an analysis: what it keeps out, and that nothing else vanishes by it."""

import pytest

from liftproof.reviews import load
from liftproof.reviews.model.choice import chosen

SETTINGS = "review.yaml"
ANALYSIS = "  - {id: injuries, title: Injuries, leave_out: {outcome_class: [adverse_event]}}\n"
EVENT = "askling2003,discharge,primary,,adverse_event,3,15,10,15,,,,,,,,,,,\n"
PLAIN = "petersen2011,groin,primary,,,15,461,52,481,,,,,,,,,,,\n"


@pytest.fixture
def leaving_out(review):
    review.append(SETTINGS, ANALYSIS)
    review.append("outcomes.csv", EVENT + PLAIN)
    return review


def test_a_row_whose_cell_is_empty_stays_in(leaving_out):
    review = load(leaving_out.folder).review
    rows = chosen(review.settings.analysis("injuries"), review.studies, review.outcomes)
    assert [outcome.outcome for _, outcome in rows] == ["hamstring", "hamstring", "groin"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("outcome_class:", "outcome_clas:", "did you mean outcome_class?"),
        ("adverse_event]", "adverse_evnt]", "did you mean adverse_event?"),
    ],
)
def test_what_no_table_has_is_named_with_the_nearest(leaving_out, old, new, words):
    leaving_out.replace(SETTINGS, ANALYSIS, ANALYSIS.replace(old, new))
    problems = load(leaving_out.folder).problems
    told = [str(each) for each in problems if each.column == "leave_out"]
    assert [words in each for each in told] == [True]
