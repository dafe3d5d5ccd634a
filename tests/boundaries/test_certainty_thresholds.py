"""The thresholds of judgements that numbers contradict: just below, at, and just above each."""

from dataclasses import replace
from pathlib import Path

import pytest

from liftproof.analysis.certainty.bias import TrialsJudged
from liftproof.analysis.certainty.flags import contradictions
from liftproof.analysis.certainty.graded_analysis import GradedAnalysis, graded_analysis
from liftproof.analysis.certainty.grading import certainty_of
from liftproof.reviews.model.baseline_risk import BaselineRisk
from liftproof.reviews.model.grade import Grade
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.rows.result_rows import EstimateRow

ASKED = Analysis(id="all", title="All", measure="RR", tau2="DL", interval="wald")
ROW = EstimateRow(
    review="r",
    analysis="all",
    title="All",
    measure="RR",
    k=12,
    studies=12,
    estimate=0.7,
    ci_low=0.5,
    ci_high=0.9,
    i2=30.0,
    q_p=0.5,
)
JUDGED = TrialsJudged(trials=12, judged=12, high=0, low=6)


def rules(domain, judgement, *, bias=JUDGED, size=None, optimal=None, **own):
    """Return the rules that one judgement meets, of an analysis with these numbers."""
    known = {name: own.pop(name, None) for name in ("asymmetry_p", "hartung_knapp")}
    grade = Grade(
        analysis="all", domain=domain, judgement=judgement, reason="r", judged_by="this project"
    )
    evidence = GradedAnalysis(
        analysis=ASKED,
        row=replace(ROW, **own),
        grades={domain: grade},
        certainty=certainty_of({domain: grade}, randomised=True),
        of=None,
        baseline=None,
        bias=bias,
        of_population=None,
        size=size,
        optimal_size=optimal,
        **known,
    )
    return {each.rule.name for each in contradictions(evidence)}


@pytest.mark.parametrize(("i2", "is_met"), [(49.99, False), (50.0, True), (50.01, True)])
def test_an_i2_of_fifty_percent_speaks_against_no_inconsistency(i2, is_met):
    assert ("high_i2" in rules("inconsistency", "not_serious", i2=i2)) is is_met


@pytest.mark.parametrize(("p", "is_met"), [(0.0999, True), (0.1, False), (0.1001, False)])
def test_a_p_of_q_below_a_tenth_speaks_against_no_inconsistency(p, is_met):
    assert ("significant_q" in rules("inconsistency", "not_serious", q_p=p)) is is_met


@pytest.mark.parametrize(("k", "is_met"), [(1, False), (2, True)])
def test_the_q_of_one_trial_says_nothing(k, is_met):
    assert ("significant_q" in rules("inconsistency", "not_serious", k=k, q_p=0.01)) is is_met


@pytest.mark.parametrize(
    ("i2", "p", "is_met"),
    [
        (24.99, 0.1001, True),
        (24.99, 0.1, True),
        (24.99, 0.0999, False),
        (25.0, 0.1001, False),
        (25.01, 0.1001, False),
    ],
)
def test_trials_are_consistent_below_an_i2_of_a_quarter_where_q_is_not_significant(i2, p, is_met):
    assert ("consistent" in rules("inconsistency", "serious", i2=i2, q_p=p)) is is_met


@pytest.mark.parametrize(("high", "is_met"), [(0.9999, False), (1.0, True), (1.0001, True)])
def test_limits_that_touch_no_effect_include_it(high, is_met):
    met = rules("inconsistency", "not_serious", pi_low=0.3, pi_high=high)
    assert ("prediction_reaches_no_effect" in met) is is_met
    met = rules("imprecision", "not_serious", hartung_knapp=(0.3, high))
    assert ("hartung_knapp_reaches_no_effect" in met) is is_met
    assert ("includes_no_effect" in rules("imprecision", "not_serious", ci_high=high)) is is_met


@pytest.mark.parametrize(("low", "is_met"), [(0.9999, True), (1.0, True), (1.0001, False)])
def test_so_do_lower_limits(low, is_met):
    harm = {"estimate": 1.5, "ci_low": 1.2, "ci_high": 2.0}
    met = rules("inconsistency", "not_serious", **harm, pi_low=low, pi_high=3.0)
    assert ("prediction_reaches_no_effect" in met) is is_met
    met = rules("imprecision", "not_serious", **harm, hartung_knapp=(low, 3.0))
    assert ("hartung_knapp_reaches_no_effect" in met) is is_met
    met = rules("imprecision", "not_serious", **{**harm, "ci_low": low})
    assert ("includes_no_effect" in met) is is_met


@pytest.mark.parametrize(("size", "is_few"), [(399.0, True), (400.0, False), (401.0, False)])
def test_participants_are_held_against_the_optimal_size(size, is_few):
    met = rules("imprecision", "not_serious", size=size, optimal=400)
    assert ("too_few_people" in met) is is_few
    met = rules("imprecision", "serious", size=size, optimal=400)
    assert ("precise" in met) is not is_few


@pytest.mark.parametrize(("studies", "is_met"), [(9, True), (10, False), (11, False)])
def test_ten_trials_are_enough_to_judge_asymmetry(studies, is_met):
    met = rules("publication_bias", "undetected", studies=studies)
    assert ("too_few_trials" in met) is is_met


@pytest.mark.parametrize(("p", "is_low"), [(0.0999, True), (0.1, False), (0.1001, False)])
def test_egger_tells_asymmetry_below_a_tenth(p, is_low):
    met = rules("publication_bias", "undetected", asymmetry_p=p)
    assert ("asymmetric" in met) is is_low
    met = rules("publication_bias", "strongly_suspected", asymmetry_p=p)
    assert ("symmetric" in met) is not is_low


@pytest.mark.parametrize(
    ("judgement", "low", "high", "is_met"),
    [
        ("large", 0.1, 0.4999, False),
        ("large", 0.1, 0.5, True),
        ("large", 0.1, 0.5001, True),
        ("large", 1.9999, 9.0, True),
        ("large", 2.0, 9.0, True),
        ("large", 2.0001, 9.0, False),
        ("very_large", 0.1, 0.1999, False),
        ("very_large", 0.1, 0.2, True),
        ("very_large", 0.1, 0.2001, True),
        ("very_large", 4.9999, 9.0, True),
        ("very_large", 5.0, 9.0, True),
        ("very_large", 5.0001, 9.0, False),
    ],
)
def test_a_large_effect_lies_beyond_half_or_two_and_a_very_large_one_beyond_a_fifth_or_five(
    judgement, low, high, is_met
):
    estimate = 0.15 if high < 1 else 6.0
    met = rules("large_effect", judgement, estimate=estimate, ci_low=low, ci_high=high)
    assert ("not_large" in met) is is_met


@pytest.mark.parametrize(("judged", "is_met"), [(7, False), (6, False), (5, True)])
def test_more_than_half_of_the_trials_without_a_judgement_are_most(judged, is_met):
    bias = replace(JUDGED, judged=judged)
    assert ("trials_not_judged" in rules("risk_of_bias", "not_serious", bias=bias)) is is_met


def test_one_trial_at_high_risk_is_enough_and_one_not_at_low_risk_too_many():
    met = rules("risk_of_bias", "not_serious", bias=replace(JUDGED, high=1))
    assert "trials_at_high_risk" in met
    assert "trials_at_high_risk" not in rules("risk_of_bias", "not_serious")
    assert "trials_at_low_risk" in rules("risk_of_bias", "serious", bias=replace(JUDGED, low=12))
    assert "trials_at_low_risk" not in rules(
        "risk_of_bias", "serious", bias=replace(JUDGED, low=11)
    )


def trials(count, measure="RR", control=20, **more):
    """Return the evidence of made-up trials, none like another, with counts and means."""
    names = [f"trial{place}" for place in range(count)]
    asked = replace(ASKED, measure=measure, **more)
    outcomes = tuple(
        Outcome(
            study=name,
            outcome="injury",
            variant="primary",
            events_intervention=10 + place,
            n_intervention=100 + 7 * place,
            events_control=control,
            n_control=100,
            mean_intervention=1.0,
            sd_intervention=1.0,
            mean_control=2.0,
            sd_control=1.0,
        )
        for place, name in enumerate(names)
    )
    made = Review(
        name="made_up",
        folder=Path("/nowhere"),
        settings=Settings(title="Made up", analyses=(asked,)),
        studies=tuple(Study(study=name, label=name, year=2000) for name in names),
        outcomes=outcomes,
    )
    return graded_analysis(made, asked)


@pytest.mark.parametrize(("count", "is_few"), [(1, False), (2, True), (9, True), (10, False)])
def test_limits_for_few_trials_are_computed_for_two_to_nine(count, is_few):
    assert (trials(count).hartung_knapp is not None) is is_few


@pytest.mark.parametrize(("count", "is_tested"), [(9, False), (10, True)])
def test_egger_is_asked_from_ten_trials_on(count, is_tested):
    assert (trials(count).asymmetry_p is not None) is is_tested


def test_means_need_four_hundred_people_and_risks_what_a_fall_by_a_quarter_takes():
    assert trials(2, measure="SMD").optimal_size == 400
    # Two-sided 5 %, power 80 %, from 0.1 to 0.075, by hand:
    # 4 (1.959964 + 0.841621)^2 * 0.0875 * 0.9125 / 0.025^2 = 4010.8 in both arms.
    given = trials(2, baseline_risk=BaselineRisk(risk=0.1, source="registry"))
    assert given.optimal_size == 4011


@pytest.mark.parametrize(("control", "is_risk"), [(0, False), (1, True), (99, True), (100, False)])
def test_a_baseline_risk_lies_between_none_and_all(control, is_risk):
    assert (trials(2, control=control).baseline is not None) is is_risk
