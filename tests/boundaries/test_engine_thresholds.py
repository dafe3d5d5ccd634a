"""How far engines may differ before it is an error: just below, at, and just above."""

import numpy as np
import pytest

from liftproof.engines.compare import agree, second_opinions
from liftproof.errors import EnginesDisagreeError
from liftproof.rows.result_rows import EngineRow, EstimateRow

OURS = EstimateRow(
    review="r",
    analysis="all",
    title="All",
    measure="MD",
    k=2,
    tau2_method="FE",
    interval="wald",
    estimate=0.5,
    ci_low=0.1,
    ci_high=0.9,
    tau2=0.0,
)


def row(kind, difference):
    return EngineRow(
        review="r",
        analysis="all",
        engine="PyMARE",
        version="0",
        method="asked",
        kind=kind,
        estimate=0.5,
        ci_low=0.1,
        ci_high=0.9,
        tau2=0.0,
        largest_difference=difference,
        note="",
    )


@pytest.mark.parametrize(
    ("kind", "most"), [("closed_form", 1e-8), ("iterative", 1e-4), ("quadrature", 5e-3)]
)
def test_engines_may_differ_by_the_tolerance_and_by_no_more(kind, most):
    agree([row(kind, 0.99 * most), row(kind, most)], [OURS])
    for difference in (1.01 * most, float("nan")):
        with pytest.raises(EnginesDisagreeError, match=f"allowed: {most:g}"):
            agree([row(kind, difference)], [OURS])


def test_engines_are_asked_from_two_trials_on():
    one = EstimateRow(
        review="r", analysis="all", title="All", measure="MD", k=1, tau2_method="FE", estimate=0.5
    )
    alone = second_opinions(one, np.array([0.5]), np.array([0.04]))
    assert {each.note for each in alone} == {"fewer than two trials: not asked"}
    two = second_opinions(OURS, np.array([0.4, 0.6]), np.array([0.04, 0.04]))
    assert all(each.estimate == pytest.approx(0.5) for each in two)
