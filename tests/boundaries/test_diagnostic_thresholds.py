"""For how many trials each diagnostic is shown, and the numbers that decide what it says."""

from pathlib import Path

import numpy as np
import pytest

from liftproof.analysis.diagnostics import diagnose
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.statistics.small_study.cannot_tell import of_asymmetry, of_correction, of_excess
from liftproof.statistics.small_study.selection.fit import selection_model

pytestmark = pytest.mark.slow

SEARCHED = 1e-6
"""Relative: two searches for one maximum."""
EVENTS = ((3, 15, 10, 15), (12, 461, 32, 481), (10, 759, 36, 743), (7, 2479, 14, 2085))
FEWEST = {
    1: (
        *("funnel", "confidence", "confidence_half", "p_value_function"),
        *("absolute_effect", "number_needed"),
    ),
    2: (
        *("excess_significance", "leave_one_out", "shrinkage", "cumulative", "monitoring"),
        *("information_size", "next_trials", "fragility"),
        *("bayes_half_normal", "bayes_half_cauchy", "bayes_half_t", "bayes_factor"),
        *("bayes_shrinkage", "bayes_turner", "baujat"),
    ),
    4: tuple(f"selection_{kind}" for kind in ("step", "beta", "negexp", "moderate", "severe")),
}
"""All others are shown from three trials on."""


def rows(count, measure):
    """Return the diagnostics of so many trials."""
    names = [f"trial{place}" for place in range(count)]
    asked = Analysis(id="all", title="All", measure=measure, tau2="DL", interval="wald")
    review = Review(
        name="made_up",
        folder=Path("/nowhere"),
        settings=Settings(title="Made up", analyses=(asked,)),
        studies=tuple(
            Study(study=name, label=name, year=2000 + place, added=f"20{10 + place}-01-01")
            for place, name in enumerate(names)
        ),
        outcomes=tuple(
            Outcome(
                study=name,
                outcome="injury",
                variant="primary",
                events_intervention=cells[0],
                n_intervention=cells[1],
                events_control=cells[2],
                n_control=cells[3],
            )
            for name, cells in zip(names, EVENTS, strict=False)
        ),
    )
    return diagnose(review, asked)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_each_method_is_shown_from_its_own_number_of_trials_on(count):
    found = rows(count, "OR")
    refused = {row.method: row.note for row in found if "; it is shown for" in row.note}
    fewest = {name: least for least, names in FEWEST.items() for name in names}
    for method in {row.method for row in found}:
        least = fewest.get(method, 3)
        assert (method in refused) is (count < least), method
        if count < least:
            assert f"shown for {least} or more" in refused[method]


def test_the_step_of_selection_is_a_one_sided_p_of_0_025():
    found = {row.quantity: row.value for row in rows(4, "RR") if row.method == "selection_step"}
    a, n, c, m = np.array(EVENTS, dtype=float).T
    y, v = np.log(a / n * m / c), 1 / a - 1 / n + 1 / c - 1 / m
    fit = selection_model(y, v, kind="stepfun", steps=(0.025, 1.0), alternative="less", tau2="ML")
    assert found["delta[1]"] == pytest.approx(fit.delta[1], rel=SEARCHED)


@pytest.mark.parametrize(
    ("trials", "said"),
    [
        (9, "fewer than 10, this test cannot tell real asymmetry from chance"),
        (10, "misses moderate asymmetry more often than not"),
        (19, "misses moderate asymmetry more often than not"),
        (20, "from small trials that truly differ."),
    ],
)
def test_what_asymmetry_can_tell_changes_at_ten_and_twenty_trials(trials, said):
    assert said in of_asymmetry(trials)


@pytest.mark.parametrize(("trials", "is_few"), [(9, True), (10, False)])
def test_corrections_and_excess_are_doubted_below_ten_trials(trials, is_few):
    assert ("fewer than 10" in of_correction(trials)) is is_few
    assert ("fewer than 10" in of_excess(trials)) is is_few
