"""A printed number whose last zeros a spreadsheet dropped keeps its verdict."""

from pathlib import Path

import pytest

from liftproof.analysis.reproduction import reproduce
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Published
from liftproof.reviews.model.settings import Settings
from liftproof.rows.result_rows import EstimateRow

OURS = EstimateRow(
    review="r",
    analysis="overall",
    title="All",
    measure="RR",
    k=6,
    estimate=0.3391,
    ci_low=0.2383,
    ci_high=0.4826,
    i2=4.3,
)


def rows(printed, **more):
    review = Review(
        name="r",
        folder=Path("r"),
        settings=Settings(title="R"),
        studies=(),
        outcomes=(),
        published=tuple(
            Published(target="t", analysis="overall", quantity=name, printed=text, **more)
            for name, text in printed.items()
        ),
    )
    return {row.quantity: row for row in reproduce(review, [OURS])}


WHOLE = {"estimate": "0.339", "ci_low": "0.238", "ci_high": "0.480", "i2": "4"}


@pytest.mark.parametrize("ci_high", ["0.480", "0.48"])
def test_a_dropped_zero_does_not_upgrade_a_verdict(ci_high):
    """By hand: 0.4826 rounds to 0.483, within 5 % of 0.480; alone, it rounds to 0.48."""
    found = rows(WHOLE | {"ci_high": ci_high})
    assert (found["ci_high"].verdict, found["ci_high"].decimals) == ("close", 3)
    assert rows({"ci_high": "0.48"})["ci_high"].verdict == "reproduced"


def test_decimals_that_are_stated_go_before_those_beside_them():
    found = rows({"estimate": "0.339", "ci_high": "0.48"}, decimals=2)
    assert (found["ci_high"].verdict, found["ci_high"].decimals) == ("reproduced", 2)


def test_only_an_estimate_and_its_limits_share_their_decimals():
    found = rows(WHOLE)
    assert (found["i2"].verdict, found["i2"].decimals) == ("reproduced", 0)
