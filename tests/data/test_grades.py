"""The judgements of the reviews: each domain judged, and held against the numbers."""

import pytest

from liftproof.analysis.certainty.assessment import find_certainty
from liftproof.reviews import read
from liftproof.reviews.model.grade import DOWN
from support.review_arithmetic import REVIEWS

pytestmark = pytest.mark.slow

CERTAINTY = {
    ("lauersen2018", "overall"): ("low", "yes"),
    ("lauersen2014", "strength"): ("low", "yes"),
    ("nordic", "rct_alone"): ("low", "yes"),
    ("runners", "all_exercise"): ("low", "yes"),
    ("running_economy", "high_load"): ("moderate", "yes"),
    ("running_economy", "performance_combined"): ("very_low", "no"),
    ("copenhagen", "injury_all"): ("very_low", "no"),
    ("copenhagen", "adduction_within"): ("very_low", "no"),
    ("copenhagen", "adduction_between"): ("low", "yes"),
    ("copenhagen", "abduction_within"): ("very_low", "no"),
    ("copenhagen", "abduction_between"): ("low", "yes"),
}
FLAGS = [
    ("lauersen2018", "overall", "printed_otherwise"),
    ("running_economy", "high_load", "prediction_reaches_no_effect"),
    ("copenhagen", "abduction_within", "prediction_reaches_no_effect"),
]
"""The one certainty printed higher than the judgements give, and two that their reasons answer."""


@pytest.fixture(scope="module")
def found():
    names = dict.fromkeys(name for name, _ in CERTAINTY)
    return [find_certainty(read(REVIEWS / name)) for name in names]


def test_the_certainty_of_each_judged_analysis(found):
    rows = [row for one in found for row in one.findings]
    assert {(r.review, r.analysis): (r.certainty, r.at_most) for r in rows} == CERTAINTY


def test_which_judgements_a_number_contradicts(found):
    assert [(r.review, r.analysis, r.rule) for one in found for r in one.flags] == FLAGS


def test_every_domain_that_rates_down_has_a_judgement():
    for name, analysis in CERTAINTY:
        judged = {row.domain for row in read(REVIEWS / name).grades if row.analysis == analysis}
        assert set(DOWN) <= judged


def test_who_was_removed_is_inferred_from_the_printed_participants():
    """Six of the seven kept are known by their participants, the seventh by the rest of 5362."""
    review = read(REVIEWS / "nordic")
    inferred = [row for row in review.risk_of_bias if row.tool == "van Dyk 2019, inferred"]
    kept = {row.study for row in inferred if row.judgement.startswith("not removed")}
    listed = [
        study
        for study in review.studies
        if study.moderators["inclusion_status"] == "in_van_dyk_2019"
    ]
    assert {row.study for row in inferred} == {study.study for study in listed}
    assert (len(listed), len(kept)) == (15, 7)
    totals = {
        study.study: int(study.moderators["participants_total"])
        for study in listed
        if study.study in kept
    }
    rest = totals.pop("engebretsen2008")
    assert (sum(totals.values()), rest) == (5201, 5362 - 5201)
    arms = next(
        row for row in review.outcomes if (row.study, row.variant) == ("engebretsen2008", "primary")
    )
    assert (arms.n_intervention, arms.n_control) == (85, 76)
