"""What came out of an analysis, in a sentence: limits that tell nothing are said in words."""

import pytest

from liftproof.pages.estimates.summary import outcome
from liftproof.rows.result_rows import EstimateRow


def told(pi_low, pi_high, measure="RR"):
    row = EstimateRow(
        review="r",
        analysis="overall",
        title="All trials",
        measure=measure,
        k=3,
        tau2_method="REML",
        interval="wald",
        estimate=0.83,
        ci_low=0.41,
        ci_high=1.68,
        pi_low=pi_low,
        pi_high=pi_high,
        prediction="riley",
    )
    return outcome(row, 0.95).partition("new trial: ")[2]


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ((0.00028, 2447.77), "below 0.01 to above 100 (Riley, t with k − 2)."),
        ((0.21, 0.56), "0.21 to 0.56 (Riley, t with k − 2)."),
    ],
)
def test_a_prediction_interval_of_a_ratio_is_told_as_the_figure_tells_it(limits, said):
    assert told(*limits) == said


def test_limits_of_differences_keep_their_numbers():
    assert told(-2447.77, 0.00028, "MD").startswith("−2447.77 to 0.00028")
