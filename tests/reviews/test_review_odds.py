"""Odds ratios pooled as risk ratios: told with the risk ratio that they are at the control risk."""

import pytest


def told(review):
    return [each for each in review.problems() if each.rule == "odds_as_risk"]


def test_an_odds_ratio_of_unknown_control_risk_is_told_at_three_risks(review):
    """By hand: 0.293/(1 - p + 0.293 p)."""
    review.replace("outcomes.csv", "RR,0.293", "OR,0.293")
    (found,) = told(review)
    assert (found.path.name, found.line, found.found) == ("outcomes.csv", 4, "OR")
    assert found.is_warning
    assert found.wrong == (
        "odds ratio 0.293 is pooled with RR as if the two were one; the control risk is not known; "
        "at a control risk of 10 % it is a risk ratio of 0.315, at a control risk of 30 % it is a "
        "risk ratio of 0.372, at a control risk of 50 % it is a risk ratio of 0.453 "
        "(analysis overall)"
    )


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("petersen2011,hamstring,adjusted,,acute,15,461,52,481", ""),
        ("", "    baseline_risk: {risk: 0.108, source: its own controls}\n"),
    ],
)
def test_the_control_risk_of_the_row_or_of_the_analysis_is_taken(review, line, key):
    """By hand: 52/481 = 0.108; 0.293/(1 - 0.108 + 0.293 * 0.108) = 0.317."""
    review.replace("outcomes.csv", "RR,0.293", "OR,0.293")
    if line:
        review.replace("outcomes.csv", "petersen2011,hamstring,adjusted,,acute,,,,", line)
    review.replace("review.yaml", "    variants:", f"{key}    variants:")
    (found,) = told(review)
    assert "; at the control risk of 10.8 % it is a risk ratio of 0.317 (" in found.wrong


def test_a_risk_ratio_among_odds_ratios_is_told_the_other_way_round(review):
    """By hand: 0.293 (1 - p)/(1 - 0.293 p)."""
    review.replace("review.yaml", "tau2: DL", "measure: OR")
    (found,) = told(review)
    assert "risk ratio 0.293 is pooled with OR" in found.wrong
    assert "30 % it is an odds ratio of 0.225, " in found.wrong


@pytest.mark.parametrize("measure", ["RR", "HR", "IRR"])
def test_ratios_without_odds_are_not_asked(review, measure):
    review.replace("outcomes.csv", "RR,0.293", f"{measure},0.293")
    assert told(review) == []
