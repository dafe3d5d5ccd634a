"""Certainty, absolute effects and contradictions in words."""

from dataclasses import replace

import pytest

from liftproof.analysis.certainty.flags import RULES
from liftproof.pages.certainty.certainty_signs import certainty_text
from liftproof.pages.certainty.certainty_words import (
    baseline_text,
    effect_text,
    flag_text,
    number_needed_text,
)
from liftproof.rows.certainty_rows import FindingRow, FlagRow

ROW = FindingRow(
    review="r",
    analysis="a",
    title="All",
    measure="RR",
    k=6,
    studies=6,
    estimate=0.339,
    ci_low=0.239,
    ci_high=0.481,
    baseline_risk=0.0354,
    baseline_arms=6,
    baseline_outcomes=4,
    baseline_unverified="yes",
    baseline_reconstructed="no",
    assumed=35.4,
    corresponding=12.0,
    corresponding_low=8.5,
    corresponding_high=17.1,
    difference=-23.4,
    difference_low=-27.0,
    difference_high=-18.4,
    number_needed=42.7,
    number_needed_best=37.1,
    number_needed_worst=54.4,
    number_needed_for="benefit",
    certainty="low",
    at_most="yes",
    flags=0,
)
NONE = dict.fromkeys(("difference", "number_needed", "assumed"))


def test_certainty_is_told_by_signs_and_words():
    assert certainty_text(ROW) == "⊕⊕○○ at most low"
    assert certainty_text(replace(ROW, certainty="very_low", at_most="no")) == "⊕○○○ very low"
    assert certainty_text(replace(ROW, certainty="")) == "not rated"


def test_an_absolute_effect_says_at_which_risk_and_on_what_condition():
    assert effect_text(ROW) == (
        "Of 1000 people 35 have an event without it, at this baseline risk; with it 23 fewer "
        "(27 fewer to 18 fewer), if the risk ratio is the same at the baseline risk."
    )
    assert number_needed_text(ROW) == "43 (38 to 55) to prevent one event"
    assert number_needed_text(replace(ROW, number_needed_for="harm")).endswith("one event more")


def test_no_number_needed_is_told_where_the_interval_includes_no_effect():
    across = replace(ROW, difference_high=28.0, number_needed=None)
    assert effect_text(across).endswith(
        "The interval includes no effect: no number needed is told."
    )
    assert number_needed_text(across) == "none: no effect is within the limits"


def test_a_standardised_mean_gets_no_absolute_effect():
    means = replace(ROW, measure="SMD", estimate=-0.27, ci_low=-0.52, ci_high=0.1, **NONE)
    assert effect_text(means) == (
        "A small effect in favour of the intervention; the limits run from a moderate effect in "
        "favour of the intervention to a trivial effect against it. A standardised mean "
        "difference has no unit, so no absolute effect is told."
    )
    assert number_needed_text(means) == ""
    more = effect_text(replace(means, better="higher"))
    assert more.startswith("A small effect against it; the limits run from a moderate effect ")
    assert effect_text(replace(ROW, **NONE)).startswith("No baseline risk is known")


@pytest.mark.parametrize(
    ("measure", "name"), [("MD", "mean difference"), ("ROM", "ratio of means")]
)
def test_measures_that_count_no_events_are_not_said_to_lack_a_baseline_risk(measure, name):
    assert effect_text(replace(ROW, measure=measure, **NONE)) == (
        f"A pooled {name} counts no events: none are told per 1000 people."
    )


def test_a_ratio_that_a_baseline_risk_cannot_bear():
    assert "would lead beyond 0 or 1000: at this baseline risk it does not hold." in effect_text(
        replace(ROW, capped="yes")
    )
    assert "beyond" not in effect_text(ROW)


def test_the_source_of_a_baseline_risk():
    assert baseline_text(ROW) == (
        "events over participants of the 6 control arms, which count 4 different outcomes†"
    )
    some = replace(ROW, baseline_arms=4, baseline_outcomes=1, baseline_reconstructed="yes")
    assert baseline_text(some) == (
        "events over participants of the 4 control arms that give both, of 6†‡"
    )
    stated = replace(ROW, baseline_arms=None, baseline_source="a cohort")
    assert baseline_text(stated) == "a cohort"


def flag(rule: str, domain: str = "imprecision", judgement: str = "not_serious", **numbers):
    return flag_text(
        FlagRow(review="r", analysis="a", domain=domain, judgement=judgement, rule=rule, **numbers),
        0.95,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            flag("includes_no_effect", value=-0.6, second=1.23),
            "“imprecision: not serious”, although the 95\u202f% confidence interval, "
            "−0.60 to 1.23, includes no effect.",
        ),
        (
            flag("too_few_people", value=6000, second=162, needed=10604),
            "“imprecision: not serious”, although 6000 participants (with 162 events) are fewer "
            "than the 10604 that are enough.",
        ),
        (
            flag("too_few_trials", "publication_bias", "undetected", value=6, needed=10),
            "“publication bias: undetected”, although a test cannot tell from 6 trials, fewer "
            "than 10.",
        ),
        (
            flag("hartung_knapp_reaches_no_effect", value=0.2, second=1.3, needed=1.0),
            "“imprecision: not serious”, although Hartung and Knapp's limits, which few trials "
            "call for, 0.20 to 1.30, include no effect.",
        ),
        (
            flag("printed_otherwise", "printed_certainty", "high", value=3, second=1),
            "“certainty as printed: high”, although the judgements here give at most low.",
        ),
        (
            flag("printed_otherwise", "printed_certainty", "low", value=1, second=3),
            "“certainty as printed: low”, although the judgements here give high.",
        ),
    ],
)
def test_a_contradiction_names_the_judgement_and_the_number(text, said):
    assert text == said


def test_every_rule_has_words():
    texts = {
        flag(rule.name, rule.on, rule.judged[0], value=1.0, second=2.0, needed=3.0)
        for rule in RULES
    }
    assert all(text.endswith(".") and "although" in text for text in texts)
