"""The table of contrasts on the page, and the sentences beneath it."""

from dataclasses import replace

import pytest

from liftproof.analysis.contrasts import contrast_rows
from liftproof.analysis.estimates import pool_review
from liftproof.pages.estimates.contrast_tables import (
    CAUTION,
    HOW,
    OF_PRINTS,
    contrast_sentences,
    contrasts_table,
)
from liftproof.report.build import build_review_page
from liftproof.reviews import read
from liftproof.rows.contrast_rows import ContrastRow
from support.page_inputs import review_inputs
from support.review_arithmetic import REVIEWS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def inputs():
    review = read(REVIEWS / "lauersen2014")
    return review_inputs(review, contrast_rows(review, pool_review(review)))


def test_pairs_stand_beneath_the_test_of_all(inputs):
    rows = [row for row in contrasts_table(inputs).rows if row[0].startswith("Kinds of exercise")]
    printed = [row[1:] for row in rows if "printed" in row[0]]
    assert len(rows) == 2 * (1 + 6)
    assert printed[0] == (
        *("all 4 estimates (printed)", "—", "—", "χ² 32.23 (3)", "< 0.001", "—", ""),
    )
    assert printed[1] == (
        *("strength / proprioception (printed)", "—", "0.57 (0.31 to 1.07)", "z −1.75"),
        *("0.079", "0.159", ""),
    )


def test_ratios_of_unlike_kinds_are_named(inputs):
    """The stretching trials give hazard ratios."""
    remarks = {row[1]: row[-1] for row in contrasts_table(inputs).rows if "as pooled" in row[0]}
    assert remarks["strength / stretching"] == (
        "compared as if they were one measure: risk ratio, hazard ratio"
    )
    assert remarks["strength / programmes of several kinds of exercise"] == ""


def test_an_estimate_that_rests_on_unverified_numbers_is_marked(inputs):
    """The limits of Waldén's rate ratio are from memory."""
    named = {row[1]: row[0] for row in contrasts_table(inputs).rows if "as pooled" in row[0]}
    assert named["strength / stretching"].endswith("†")
    assert named["proprioception / stretching"].endswith("here")


def test_how_they_were_tested_is_said_once(inputs):
    assert contrast_sentences(inputs) == (HOW, CAUTION, OF_PRINTS)
    page = build_review_page(inputs)
    assert page.count("Do the groups differ?</h4>") == 1
    assert page.count(CAUTION) == 1


def test_a_test_that_was_not_made_says_why(inputs):
    row = replace(
        inputs.rows(ContrastRow)[0], statistic=None, df=None, p_value=None, note="one group only"
    )
    other = review_inputs(inputs.review, [row])
    assert contrasts_table(other).rows[0][3:] == ("—", "—", "—", "—", "one group only")
    assert contrast_sentences(other) == ()


def test_a_review_without_groups_has_no_such_table(inputs):
    assert "Do the groups differ?" not in build_review_page(review_inputs(inputs.review))
