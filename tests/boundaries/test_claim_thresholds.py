"""The thresholds of verdicts on published sentences: just below, at, and just above each."""

from dataclasses import replace
from pathlib import Path

import pytest

from liftproof.analysis.claims.ledger import Answer
from liftproof.analysis.claims.pooled_claim import PooledClaim
from liftproof.analysis.claims.readings import readings
from liftproof.analysis.claims.required_results import RequiredResult, both_arms
from liftproof.analysis.claims.verdicts import (
    is_of_groups,
    why_of_contrasts,
    why_of_dose,
    why_of_effect,
    why_of_required,
)
from liftproof.analysis.estimates import pool_analysis
from liftproof.pages.claims.claim_numbers import beside_sentences, estimate_sentences
from liftproof.pages.claims.claim_sentences import claim_sentence
from liftproof.reviews.model.claim import Claim, Claims
from liftproof.reviews.model.claim_point import Bound
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.rows.claim_rows import ClaimContrastRow, ClaimRow
from liftproof.rows.dose_rows import DoseRow

SHARE = Claims().least_share
CLAIM = Claim(
    id="c",
    claimed="It halves injuries.",
    where="p. 1",
    source=("r", "all"),
    point=Bound(at_most=0.5),
    certainty=("interval",),
)
ROW = ClaimRow(
    claim="c",
    claimed="It halves injuries.",
    condition="at_most",
    condition_value=0.5,
    threshold=0.5,
    title="All",
    measure="RR",
    k=4,
    studies=4,
    estimate=0.4,
    ci_low=0.2,
    ci_high=0.8,
    why="holds",
    verdict="supported",
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"estimate": 0.4999}, "holds"),
        ({"estimate": 0.5}, "holds"),
        ({"estimate": 0.5001}, "size"),
        ({"ci_high": 0.9999}, "holds"),
        ({"ci_high": 1.0}, "no_effect"),
        ({"ci_high": 1.0001}, "no_effect"),
        ({"estimate": 0.9999, "ci_high": 1.2}, "no_effect"),
        ({"estimate": 1.0, "ci_high": 1.2}, "contrary"),
        ({"estimate": 1.0001, "ci_high": 1.2}, "contrary"),
        ({"fails": "interval"}, "certainty"),
    ],
)
def test_an_effect_is_held_against_none_and_the_size_said(changes, expected):
    assert why_of_effect(CLAIM, replace(ROW, **changes), SHARE) == expected


@pytest.mark.parametrize(
    ("kind", "value", "estimate", "holds"),
    [
        ("below", 0.5, 0.4999, True),
        ("below", 0.5, 0.5, False),
        ("reduction", 66.0, 0.3449, True),
        ("reduction", 66.0, 0.345, True),
        ("reduction", 66.0, 0.3451, False),
    ],
)
def test_a_point_is_reached_below_it_or_after_rounding_to_whole_percents(
    kind, value, estimate, holds
):
    assert Bound(**{kind: value}).holds(estimate) is holds


@pytest.mark.parametrize(("trials", "is_enough"), [(74, False), (75, True), (76, True)])
@pytest.mark.parametrize("group", ["population_trials", "exposure_trials", "outcome_trials"])
def test_three_quarters_of_the_trials_make_an_analysis_one_of_a_group(group, trials, is_enough):
    row = replace(ROW, studies=100, **{group: trials})
    assert is_of_groups(row, SHARE) is is_enough
    assert why_of_effect(CLAIM, row, SHARE) == ("holds" if is_enough else "group")


@pytest.mark.parametrize(("trials", "why"), [(74, "other_training"), (75, "contrary")])
def test_a_contrary_effect_refutes_where_three_quarters_are_of_the_training(trials, why):
    row = replace(ROW, studies=100, exposure_trials=trials, estimate=1.5, ci_high=2.0)
    assert why_of_effect(CLAIM, row, SHARE) == why


def result(study="ant", ci_low=0.5, counts="1 of 9 v 1 of 9", measure="RR"):
    """Return a required result of both arms, or of one where it has no measure."""
    effect = {"measure": measure, "estimate": 1.0, "ci_low": ci_low} if measure else {}
    return RequiredResult(
        study=study, label=study, outcome="harm", counts=counts, awaits="", note="",
        unverified="no", reconstructed="no", **effect,
    )  # fmt: skip


@pytest.mark.parametrize(("trials", "why"), [(74, "few_give"), (75, "holds"), (76, "holds")])
def test_three_quarters_of_the_trials_have_to_give_what_is_required(trials, why):
    row = replace(ROW, studies=100, required_trials=trials)
    assert why_of_required(row, [result()], SHARE) == why


@pytest.mark.parametrize(("low", "why"), [(0.9999, "holds"), (1.0, "holds"), (1.0001, "harm")])
def test_a_required_result_is_harm_with_an_interval_above_no_effect(low, why):
    row = replace(ROW, studies=1, required_trials=1)
    assert why_of_required(row, [result(ci_low=low)], SHARE) == why


def test_one_arm_is_told_but_does_not_count_as_given():
    one_arm = result(counts="0 of 461", measure="")
    assert both_arms([one_arm]) == 0
    assert both_arms([one_arm, result("bee"), result("bee")]) == 1
    row = replace(ROW, studies=1, required_trials=0)
    assert why_of_required(row, [one_arm], SHARE) == "few_give"
    assert why_of_required(row, [result(counts="", measure="")], SHARE) == "no_data"


def held(against="b", estimate=0.5, high=0.9):
    """Return a contrast with one analysis."""
    return ClaimContrastRow(
        claim="c", review="r", analysis="all", against=against, measure="RR", estimate=estimate,
        ci_low=0.1, ci_high=high,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (held(high=0.9999), "holds"),
        (held(high=1.0), "certainty"),
        (held(high=1.0001), "certainty"),
        (held(estimate=0.9999, high=1.2), "certainty"),
        (held(estimate=1.0, high=1.2), "contrary"),
        (held(estimate=None, high=None), "no_pool"),
    ],
)
def test_an_effect_has_to_be_ahead_of_each_that_it_is_held_against(second, why):
    assert why_of_contrasts(ROW, [held("a"), second], SHARE) == why


def test_an_effect_that_is_ahead_of_none_for_certain_is_not_shown_to_be_the_largest():
    both = [held("a", high=1.0), held("b", high=1.0)]
    assert why_of_contrasts(ROW, both, SHARE) == "no_effect"
    row = replace(ROW, studies=100, exposure_trials=74)
    assert why_of_contrasts(row, [held()], SHARE) == "group"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"grade": "very_low"}, "Supported, with very low certainty: "),
        ({"printed_grade": "very_low"}, "Supported, with very low certainty: "),
        ({"grade": "low", "printed_grade": "low"}, "Supported: "),
        ({"grade": "very_low", "verdict": "not_testable", "why": "no_pool"}, "Not testable: "),
    ],
)
def test_very_low_certainty_is_said_first(changes, words):
    assert claim_sentence(Answer(row=replace(ROW, **changes))).startswith(words)


@pytest.mark.parametrize(
    ("ci_high", "pi_high", "words"),
    [
        (0.5, 0.5, "What a new setting may see"),
        (0.5, 0.5001, "In a new setting the effect may be smaller than said"),
        (0.5001, 0.6, "What a new setting may see"),
        (0.8, 1.0, "In a new setting the effect may be absent"),
    ],
)
def test_what_a_new_setting_may_see_is_told_beside_the_mean(ci_high, pi_high, words):
    row = replace(ROW, ci_high=ci_high, pi_low=0.1, pi_high=pi_high)
    assert any(text.startswith(words) for text in estimate_sentences(row, 0.95))
    assert not any(
        "new setting" in text
        for text in estimate_sentences(replace(row, certainty="interval, prediction"), 0.95)
    )


@pytest.mark.parametrize(
    ("slope", "expected"), [(-0.01, "holds"), (0.0, "contrary"), (0.01, "contrary")]
)
def test_a_dose_has_to_fall(slope, expected):
    model = DoseRow(
        review="r", analysis="all", dose="d", title="D", column="weeks", form="linear", per=1.0,
        measure="RR", k=12, studies=12, verdict="association", slope=slope,
    )  # fmt: skip
    assert why_of_dose(ROW, model, SHARE) == expected


def one_trial(y):
    """Return the readings by name of one trial with a standard error of 0.2 on the log scale."""
    asked = Analysis(id="all", title="All", measure="RR", tau2="FE", interval="wald")
    review = Review(
        name="r",
        folder=Path("/nowhere"),
        settings=Settings(title="R", analyses=(asked,)),
        studies=(Study(study="ant", label="Ant", year=2000),),
        outcomes=(Outcome(study="ant", outcome="injury", variant="primary", y=y, v=0.04),),
    )
    whole = pool_analysis(review, asked)
    assert whole.pooled is not None
    evidence = PooledClaim(
        specification=whole.specification,
        estimate=whole.estimate,
        effects=whole.trials,
        pooled=whole.pooled,
    )
    claim = replace(CLAIM, point=Bound(below=1.0))
    return {row.reading: row for row in readings(claim, evidence)}


@pytest.mark.parametrize(("z", "holds"), [(-1.644, "no"), (-1.646, "yes")])
def test_ninety_five_percent_is_confident(z, holds):
    row = one_trial(0.2 * z)["confidence"]
    assert (row.needed, row.holds) == (0.95, holds)


@pytest.mark.parametrize(("z", "holds"), [(-1.959, "no"), (-1.961, "yes")])
def test_an_upper_limit_below_the_threshold_holds(z, holds):
    assert one_trial(0.2 * z)["interval"].holds == holds


@pytest.mark.parametrize(
    ("studies", "few_high", "is_told"),
    [(9, 1.0001, True), (9, 1.0, True), (9, 0.9999, False), (10, 1.0001, False)],
)
def test_limits_for_few_trials_are_told_below_ten_where_they_include_no_effect(
    studies, few_high, is_told
):
    row = replace(ROW, studies=studies, k=studies, few_low=0.1, few_high=few_high)
    assert any(
        "the interval includes no effect" in text for text in estimate_sentences(row, 0.95)
    ) is (is_told)


@pytest.mark.parametrize(("high", "is_told"), [(0.9999, False), (1.0, True), (1.0001, True)])
def test_a_prediction_is_told_where_it_includes_no_effect(high, is_told):
    texts = list(estimate_sentences(replace(ROW, pi_low=0.1, pi_high=high), 0.95))
    assert any("In a new setting" in text for text in texts) is is_told


@pytest.mark.parametrize(("low", "is_told"), [(0.4999, False), (0.5, False), (0.5001, True)])
def test_the_size_said_is_excluded_by_a_lower_limit_above_it(low, is_told):
    row = replace(ROW, why="no_effect", estimate=0.8, ci_low=low, ci_high=1.2)
    texts = list(estimate_sentences(row, 0.95))
    assert any("which the interval excludes" in text for text in texts) is is_told


@pytest.mark.parametrize(("high", "word"), [(0.9999, "excludes"), (1.0, "includes")])
def test_a_print_that_touches_no_effect_includes_it(high, word):
    other = replace(
        ROW,
        ci_high=1.2 if word == "excludes" else 0.8,
        printed="0.40",
        printed_low=0.2,
        printed_high=high,
        printed_by="review",
    )
    assert any(f"which {word} no effect" in text for text in estimate_sentences(other, 0.95))


def test_one_trial_is_no_pool_and_two_are():
    assert "One trial is no pool" in list(estimate_sentences(replace(ROW, studies=1, k=1), 0.95))
    assert "One trial is no pool" not in list(
        estimate_sentences(replace(ROW, studies=2, k=2), 0.95)
    )
    assert not list(beside_sentences(ROW, ()))


@pytest.mark.parametrize(("studies", "is_told"), [(1, False), (2, True), (3, False)])
def test_two_trials_are_said_to_leave_one_degree_of_freedom(studies, is_told):
    row = replace(
        ROW,
        studies=studies,
        k=studies,
        why="certainty",
        verdict="weaker_than_said",
        fails="few_trials",
    )
    assert ("with one degree of freedom" in claim_sentence(Answer(row=row))) is is_told


@pytest.mark.parametrize(("low", "is_told"), [(1.0, False), (1.0001, True)])
def test_harm_is_told_with_an_interval_above_no_effect(low, is_told):
    row = replace(
        ROW, why="contrary", verdict="not_supported", estimate=1.5, ci_low=low, ci_high=2.0
    )
    assert ("and its interval excludes no effect" in claim_sentence(Answer(row=row))) is is_told
