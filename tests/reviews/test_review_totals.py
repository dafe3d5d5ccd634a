"""The key `totals` of review.yaml: trials counted and not pooled, and ways to get it wrong."""

import pytest

from liftproof.analysis.reproduction import reproduce
from liftproof.analysis.trial_totals import total_rows
from liftproof.reviews import load

SETTINGS = "review.yaml"
TOTAL = """\
totals:
  - id: whole
    title: All trials
    select: {outcome: [hamstring]}
"""


@pytest.fixture
def counted(review):
    review.append(SETTINGS, TOTAL)
    review.append("published.csv", "whole,whole,,participants,972,abstract,primary_abstract,,,,,\n")
    return review


def test_a_total_counts_trials_results_and_people_without_an_estimate(counted):
    (row,) = total_rows(load(counted.folder).review)
    assert (row.analysis, row.studies, row.k, row.participants) == ("whole", 2, 2, 972)
    assert row.estimate is None


def test_a_printed_number_names_the_total(counted):
    rows = reproduce(load(counted.folder).review, [])
    (row,) = (row for row in rows if row.target == "whole")
    assert (row.computed, row.verdict) == (972, "reproduced")


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("id: whole", "id: overall", "id", "an analysis has this name"),
        ("outcome: [hamstring]", "outcom: [hamstring]", "select", "did you mean outcome?"),
        ("outcome: [hamstring]", "outcome: [hamstrin]", "select", "did you mean hamstring?"),
    ],
)
def test_a_total_that_cannot_be_counted(counted, old, new, column, words):
    text = TOTAL.replace(old, new)
    counted.replace(SETTINGS, TOTAL, text)
    told = [each for each in counted.errors() if each.path.name == SETTINGS]
    assert [(each.column, words in str(each)) for each in told] == [(column, True)]


def test_a_print_of_an_unknown_total_names_the_nearest(counted):
    counted.replace("published.csv", "whole,whole,", "whole,whol,")
    (told,) = (each for each in counted.errors() if each.path.name == "published.csv")
    assert "did you mean whole?" in str(told)
