"""Certainty by GRADE: levels, absolute effects, and judgements that a number contradicts."""

from dataclasses import replace
from math import exp, log, sqrt
from pathlib import Path

import pytest

from liftproof.analysis.certainty.assessment import find_certainty
from liftproof.analysis.certainty.bias import judged, meaning
from liftproof.analysis.certainty.flags import RULES
from liftproof.analysis.certainty.graded_analysis import graded_analysis
from liftproof.analysis.certainty.grading import certainty_of
from liftproof.reviews.model.baseline_risk import BaselineRisk
from liftproof.reviews.model.grade import DOMAINS, DOWN, UP, Grade
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Provenance, RiskOfBias, Study
from liftproof.reviews.model.settings import Analysis, Settings
from liftproof.statistics.pooling import pool
from liftproof.vocabulary.intervals import INTERVALS

FLOATS = 1e-12
"""Relative: a few roundings apart from the same arithmetic written out."""
Z = 1.959963984540054
COUNTS = ((10, 1000, 30, 1000), (20, 1000, 50, 1000), (12, 1000, 40, 1000))
NO_CONCERN = {domain: words[0] for domain, words in DOWN.items()}


def grade(domain: str, judgement: str) -> Grade:
    return Grade(
        analysis="all", domain=domain, judgement=judgement, reason="r", judged_by="this project"
    )


def review(counts=COUNTS, judgements=NO_CONCERN, analysis=None, **changes) -> Review:
    names = [f"trial{number}" for number in range(len(counts))]
    asked = analysis or Analysis(id="all", title="All", measure="RR", tau2="DL", interval="wald")
    made = Review(
        name="made_up",
        folder=Path("/nowhere"),
        settings=Settings(title="Made up", analyses=(asked,)),
        studies=tuple(Study(study=name, label=name, year=2000, sport="running") for name in names),
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
            for name, cells in zip(names, counts, strict=True)
        ),
        risk_of_bias=tuple(
            RiskOfBias(study=name, tool="RoB 2", domain="overall", judgement="low")
            for name in names
        ),
        grades=tuple(grade(domain, judgement) for domain, judgement in judgements.items()),
    )
    return replace(made, **changes)


def flags(made: Review) -> list[tuple[str, str]]:
    return [(row.domain, row.rule) for row in find_certainty(made).flags]


def test_certainty_counts_levels_down_and_up():
    def level(randomised: bool, **judgements: str) -> str:
        grades = {domain: grade(domain, word) for domain, word in judgements.items()}
        return certainty_of(grades, randomised=randomised).level

    every = dict(NO_CONCERN)
    assert level(True, **every) == "high"
    assert level(True, **{**every, "imprecision": "serious"}) == "moderate"
    assert level(True, **{**every, "imprecision": "very_serious"}) == "low"
    assert level(True, **{**every, "imprecision": "extremely_serious"}) == "very_low"
    assert (
        level(True, **{**every, "risk_of_bias": "very_serious", "inconsistency": "very_serious"})
        == "very_low"
    )
    assert level(False, **every) == "low"
    assert level(False, **every, large_effect="large") == "moderate"
    assert level(False, **every, large_effect="very_large", dose_response="present") == "high"
    assert level(True, **{**every, "publication_bias": "strongly_suspected"}) == "moderate"


def test_a_domain_that_nobody_assessed_leaves_an_upper_bound():
    whole = {domain: grade(domain, word) for domain, word in NO_CONCERN.items()}
    assert not certainty_of(whole, randomised=True).at_most
    without = {domain: row for domain, row in whole.items() if domain != "risk_of_bias"}
    said = {**whole, "risk_of_bias": grade("risk_of_bias", "not_assessed")}
    for grades in (without, said):
        found = certainty_of(grades, randomised=True)
        assert (found.level, found.at_most, found.not_assessed) == ("high", True, ("risk_of_bias",))
    lowest = {**without, "imprecision": grade("imprecision", "extremely_serious")}
    assert not certainty_of(lowest, randomised=True).at_most


def test_nothing_pooled_has_no_certainty_and_no_contradiction():
    found = find_certainty(review(counts=()))
    (row,) = found.findings
    assert (row.k, row.certainty, row.flags, found.flags) == (0, "", 0, ())


def test_trials_that_are_not_randomised_start_low():
    made = review()
    first = replace(made.studies[0], moderators={"randomised": "no"})
    made = replace(made, studies=(first, *made.studies[1:]))
    (row,) = find_certainty(made).findings
    assert (row.starts, row.certainty) == ("low", "low")


def test_absolute_effects_stand_at_the_risk_of_the_control_arms():
    (row,) = find_certainty(review()).findings
    assert (row.baseline_risk, row.baseline_arms, row.baseline_outcomes) == (120 / 3000, 3, 1)
    assert row.baseline_unverified == "yes"
    logs = [log(a / b * d / c) for a, b, c, d in COUNTS]
    weights = [1 / (1 / a - 1 / b + 1 / c - 1 / d) for a, b, c, d in COUNTS]
    ratio = exp(sum(w * y for w, y in zip(weights, logs, strict=True)) / sum(weights))
    factor = exp(Z / sqrt(sum(weights)))  # Q is below its degrees of freedom: tau² is 0
    assert row.assumed == pytest.approx(40, rel=FLOATS)
    assert row.corresponding == pytest.approx(40 * ratio, rel=FLOATS)
    assert row.corresponding_high == pytest.approx(40 * ratio * factor, rel=FLOATS)
    assert row.difference_low == pytest.approx(40 * (ratio / factor - 1), rel=FLOATS)
    assert row.number_needed == pytest.approx(1000 / (40 * (1 - ratio)), rel=FLOATS)
    assert row.number_needed_best == pytest.approx(1000 / (40 * (1 - ratio / factor)), rel=FLOATS)
    assert row.number_needed_for == "benefit"


def test_a_stated_baseline_risk_goes_first():
    asked = Analysis(
        id="all",
        title="All",
        measure="RR",
        tau2="DL",
        interval="wald",
        baseline_risk=BaselineRisk(risk=0.5, source="a cohort"),
    )
    (row,) = find_certainty(review(analysis=asked)).findings
    assert (row.assumed, row.baseline_source, row.baseline_arms) == (500.0, "a cohort", None)


def test_marks_of_control_arms_are_carried():
    sourced = [
        Provenance(
            study=f"trial{number}",
            field=field,
            variant="primary",
            value="1",
            source="paper",
            kind="primary_fulltext" if number else "reconstructed",
        )
        for number in range(3)
        for field in ("events_control", "n_control")
    ]
    (row,) = find_certainty(review(provenance=tuple(sourced))).findings
    assert (row.baseline_unverified, row.baseline_reconstructed) == ("no", "yes")


def test_no_number_needed_where_the_interval_includes_no_effect():
    (row,) = find_certainty(review(counts=((10, 100, 12, 100), (9, 100, 10, 100)))).findings
    assert row.ci_low < 1 < row.ci_high
    assert row.number_needed is None
    assert row.difference_low < 0 < row.difference_high


def test_judgements_that_fit_their_numbers_are_not_flagged_but_for_few_trials():
    big = tuple(tuple(100 * cell for cell in cells) for cells in ((1, 100, 3, 100),) * 6)
    assert flags(review(counts=big)) == [("publication_bias", "too_few_trials")]


def test_wider_limits_turn_no_imprecision_into_a_contradiction():
    """A mutation of the counts moves the interval over no effect, and the flag appears."""
    large = ((1000, 100000, 3000, 100000),) * 6
    assert ("imprecision", "includes_no_effect") not in flags(review(counts=large))
    level = ((3010, 100000, 3000, 100000),) * 6
    assert ("imprecision", "includes_no_effect") in flags(review(counts=level))
    judged_serious = {**NO_CONCERN, "imprecision": "serious"}
    assert ("imprecision", "precise") in flags(review(counts=large, judgements=judged_serious))
    assert ("imprecision", "precise") not in flags(review(counts=level, judgements=judged_serious))


def test_few_participants_contradict_no_imprecision():
    (row,) = [row for row in find_certainty(review()).flags if row.rule == "too_few_people"]
    # 4 (1.959964 + 0.841621)² p (1 - p)/(0.04 - 0.03)², p = 0.035
    assert (row.value, row.second, row.needed) == (6000, 162, 10604)


def test_hartung_knapp_limits_that_alone_reach_no_effect_contradict_no_imprecision():
    apart = ((100, 10000, 300, 10000), (220, 10000, 300, 10000), (150, 10000, 300, 10000))
    rule = "hartung_knapp_reaches_no_effect"
    found = {row.rule: row for row in find_certainty(review(counts=apart)).flags}
    y, v = zip(
        *((log(a / c), 1 / a - 1 / 10000 + 1 / c - 1 / 10000) for a, _, c, _ in apart), strict=True
    )
    fit = pool(y, v, tau2="REML", interval="hksj_adhoc")
    limits = (exp(fit.ci_low), exp(fit.ci_high))
    assert (found[rule].value, found[rule].second) == pytest.approx(limits, rel=FLOATS)
    assert limits[0] < 1 < limits[1]
    judged_serious = review(counts=apart, judgements={**NO_CONCERN, "imprecision": "serious"})
    assert ("imprecision", "precise") not in flags(judged_serious)


@pytest.mark.parametrize("k", [2, 3, 4, 9])
def test_few_trials_that_agree_are_not_contradicted_by_hartung_and_knapp(k):
    """Their limits are wider by t alone: of four trials 1.6 times, and still far from 1."""
    rules = {rule for _, rule in flags(review(counts=((1000, 100000, 3000, 100000),) * k))}
    assert "hartung_knapp_reaches_no_effect" not in rules


def test_unmodified_hartung_knapp_limits_are_held_against_the_modified():
    asked = Analysis(id="all", title="All", measure="RR", tau2="REML", interval="hksj")
    alike = ((30, 1000, 41, 1000), (31, 1000, 42, 1000), (30, 1000, 42, 1000))
    (row,) = find_certainty(review(counts=alike, analysis=asked)).findings
    assert row.ci_high < 1
    rules = flags(review(counts=alike, analysis=asked))
    assert ("imprecision", "hartung_knapp_reaches_no_effect") in rules


@pytest.mark.parametrize("interval", INTERVALS)
def test_limits_of_few_trials_are_held_against_the_modified_where_they_can_be_narrow(interval):
    asked = Analysis(id="all", title="All", measure="RR", tau2="REML", interval=interval)
    graded = graded_analysis(review(analysis=asked), asked)
    never_narrow = interval in ("hksj_adhoc", "kr")
    assert (graded.hartung_knapp is None) is never_narrow


def test_a_risk_that_would_pass_1000_is_said_to_be_set_to_it():
    asked = Analysis(
        id="all",
        title="All",
        measure="RR",
        tau2="DL",
        interval="wald",
        baseline_risk=BaselineRisk(risk=0.5, source="a cohort"),
    )
    (more,) = find_certainty(review(counts=((90, 1000, 30, 1000),) * 3, analysis=asked)).findings
    assert (more.capped, more.corresponding) == ("yes", 1000)
    (less,) = find_certainty(review(analysis=asked)).findings
    assert less.capped == "no"


def test_heterogeneity_contradicts_no_inconsistency_and_agreement_contradicts_serious():
    apart = ((100, 10000, 300, 10000), (250, 10000, 300, 10000), (60, 10000, 300, 10000))
    rules = [rule for domain, rule in flags(review(counts=apart)) if domain == "inconsistency"]
    assert rules == ["high_i2", "significant_q", "prediction_reaches_no_effect"]
    serious = {**NO_CONCERN, "inconsistency": "serious"}
    assert ("inconsistency", "consistent") in flags(review(counts=COUNTS * 2, judgements=serious))
    assert ("inconsistency", "consistent") not in flags(review(counts=apart, judgements=serious))


def test_risk_of_bias_is_held_against_what_was_recorded():
    made = review()
    one = replace(made.risk_of_bias[0], judgement="High risk of bias")
    rules = flags(replace(made, risk_of_bias=(one, *made.risk_of_bias[1:])))
    assert ("risk_of_bias", "trials_at_high_risk") in rules
    assert ("risk_of_bias", "trials_not_judged") in flags(replace(made, risk_of_bias=(one,)))
    serious = review(judgements={**NO_CONCERN, "risk_of_bias": "serious"})
    assert ("risk_of_bias", "trials_at_low_risk") in flags(serious)
    assert "risk_of_bias" not in {domain for domain, _ in flags(made)}


@pytest.mark.parametrize(
    ("sport", "judgement", "rule"),
    [
        ("cycling", "not_serious", "no_trial_of_population"),
        ("running", "serious", "every_trial_of_population"),
        ("running", "not_serious", None),
        ("cycling", "serious", None),
    ],
)
def test_indirectness_is_held_against_the_population(sport, judgement, rule):
    asked = Analysis(id="all", title="All", measure="RR", population={"sport": (sport,)})
    made = review(analysis=asked, judgements={**NO_CONCERN, "indirectness": judgement})
    found = [name for domain, name in flags(made) if domain == "indirectness"]
    assert found == ([rule] if rule else [])


def test_a_funnel_is_held_against_publication_bias_from_ten_trials_on():
    def rules(judgement: str, *, tilted: bool) -> list[str]:
        ratios = [0.9 - 0.06 * number if tilted else 0.5 for number in range(12)]
        sizes = [40000 // (number + 1) ** 2 for number in range(12)]
        counts = tuple(
            (max(round(0.2 * n * ratio), 1), n, round(0.2 * n), n)
            for n, ratio in zip(sizes, ratios, strict=True)
        )
        judgements = {**NO_CONCERN, "publication_bias": judgement}
        found = flags(review(counts=counts, judgements=judgements))
        return [rule for domain, rule in found if domain == "publication_bias"]

    assert rules("undetected", tilted=True) == ["asymmetric"]
    assert rules("undetected", tilted=False) == []
    assert rules("strongly_suspected", tilted=False) == ["symmetric"]
    assert rules("strongly_suspected", tilted=True) == []


def test_a_large_effect_has_its_limit_beyond_the_ratio():
    judgements = {**NO_CONCERN, "large_effect": "large"}
    assert ("large_effect", "not_large") not in flags(
        review(counts=((1000, 100000, 3000, 100000),) * 2, judgements=judgements)
    )
    assert ("large_effect", "not_large") in flags(
        review(counts=((1600, 100000, 3000, 100000),) * 2, judgements=judgements)
    )
    down = {**judgements, "imprecision": "serious"}
    assert ("large_effect", "up_and_down") in flags(review(judgements=down))


@pytest.mark.parametrize(
    ("printed", "risk_of_bias", "flagged"),
    [
        ("high", "not_serious", False),
        ("low", "not_serious", True),
        ("low", "not_assessed", False),
        ("high", "serious", True),
    ],
)
def test_a_printed_certainty_is_held_against_the_computed_one(printed, risk_of_bias, flagged):
    judgements = {**NO_CONCERN, "risk_of_bias": risk_of_bias, "printed_certainty": printed}
    made = review(judgements=judgements)
    assert (("printed_certainty", "printed_otherwise") in flags(made)) is flagged


def test_every_domain_has_a_rule_and_every_rule_a_domain():
    assert {rule.on for rule in RULES} == set(DOMAINS)
    assert all(set(rule.judged) <= set(DOMAINS[rule.on]) for rule in RULES)
    assert set(DOMAINS) == {*DOWN, *UP, "printed_certainty"}


def test_the_overall_judgement_goes_before_the_worst_domain():
    rows = [
        RiskOfBias(study="one", tool="RoB 2", domain="randomisation", judgement="high"),
        RiskOfBias(study="one", tool="RoB 2", domain="Overall", judgement="Some concerns"),
        RiskOfBias(study="two", tool="RoB 2", domain="randomisation", judgement="high"),
        RiskOfBias(study="two", tool="RoB 2", domain="missing data", judgement="low"),
        RiskOfBias(study="elsewhere", tool="RoB 2", domain="overall", judgement="high"),
    ]
    found = judged(rows, ["one", "two", "three"])
    assert (found.trials, found.judged, found.high, found.low) == (3, 2, 1, 0)
    assert [meaning(word) for word in ("LOW ", "8 of 10")] == ["low", "other"]
