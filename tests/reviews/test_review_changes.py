"""Means before and after, moderators of single results, and the three-level model in the files."""

import pytest

HEADER = (
    "study,outcome,variant,arm,outcome_class,n_intervention,n_control,mean_intervention,"
    "sd_intervention,mean_control,sd_control,mean_pre_intervention,mean_pre_control,better,"
    "speed_km_h\n"
)
ROWS = (
    "askling2003,slow,,,economy,9,9,48.1,3.1,50.2,3.3,49.9,50.1,,10\n"
    "askling2003,fast,,,economy,9,9,58.1,3.1,60.2,3.3,59.9,60.1,,14\n"
    "petersen2011,slow,,,economy,8,7,47.1,2.1,50.2,2.3,48.9,50.1,,10\n"
)
STUDIES = """\
study,label,year
askling2003,Askling 2003,2003
petersen2011,Petersen 2011,2011
"""
SETTINGS = """\
title: Strength training and economy
measure: SMD
analyses:
  - id: economy
    title: Economy
    model: three-level
    tau2: REML
    interval: t
"""


@pytest.fixture
def economy(review):
    """The good review with results before and after in place of its own."""
    review.write("outcomes.csv", HEADER + ROWS)
    review.write("studies.csv", STUDIES)
    review.write("review.yaml", SETTINGS)
    review.write("published.csv", "target,quantity,printed\n")
    kept = "study,field,variant,outcome,arm,value,source,location,kind\n"
    review.write("provenance.csv", kept)
    return review


def of(problems, column):
    return [problem for problem in problems if problem.column == column]


def test_changes_are_a_complete_result(economy):
    assert economy.errors() == ()


def test_half_the_means_before_are_said_not_to_be_used(economy, only):
    economy.cell("outcomes.csv", 2, "mean_pre_control", "")
    found = of(economy.warnings(), "mean_pre_intervention")
    assert "not used, because mean_pre_control is missing" in str(found[0])


@pytest.mark.parametrize("arm", ["intervention", "control"])
def test_a_standard_deviation_before_must_be_positive(economy, only, arm):
    economy.replace("outcomes.csv", ",better,", f",sd_pre_{arm},")
    economy.cell("outcomes.csv", 2, f"sd_pre_{arm}", "-1")
    only(economy.errors(), "outcomes.csv", 2, f"sd_pre_{arm}", "above 0")


def test_events_of_which_more_is_better_are_refused(review, only):
    review.replace("outcomes.csv", "p_value,awaits\n", "p_value,awaits,better\n")
    text = "askling2003,hamstring,primary,,acute,3,15,10,15,,,,,,,,,,,"
    review.replace("outcomes.csv", text + "\n", text + ",higher\n")
    for row in ("petersen2011,hamstring,,,acute,15,461,52,481,,,,,,,,,,,", "<0.001,"):
        review.replace("outcomes.csv", row + "\n", row + ",\n")
    only(review.errors(), "outcomes.csv", 2, "better", "more is better", "count those who lack")


def test_an_analysis_of_events_of_which_more_is_better_is_refused(review, only):
    review.replace("review.yaml", "  - id: overall\n", "  - id: overall\n    better: higher\n")
    only(review.errors(), "review.yaml", 7, "better", "fewer are better", "measure of means")


def test_an_unknown_direction_gets_the_known_ones(economy, only):
    economy.replace("review.yaml", "model: three-level", "better: highest\n    model: three-level")
    only(economy.errors(), "review.yaml", 6, "better", "higher")


def test_further_columns_select_and_divide_results(economy):
    economy.replace(
        "review.yaml", "    interval: t\n", "    interval: t\n    subgroup: speed_km_h\n"
    )
    economy.replace("review.yaml", "three-level", "IV")
    assert economy.errors() == ()
    economy.append("review.yaml", "    select: {speed_km_h: [10, 12]}\n")
    (problem,) = economy.errors()
    assert problem.column == "select"
    assert "no row has this value in speed_km_h, found '12'" in str(problem)


def test_a_number_in_a_further_column_needs_its_source(economy):
    assert [each.line for each in of(economy.warnings(), "speed_km_h")] == [2, 3, 4]
    economy.append(
        "provenance.csv", "askling2003,speed_km_h,,fast,,14,Askling 2003,p. 2,secondary\n"
    )
    assert [each.line for each in of(economy.warnings(), "speed_km_h")] == [2, 4]
    assert economy.errors() == ()
    economy.replace("provenance.csv", ",14,", ",15,")
    assert "line 3 has another speed_km_h, 14" in str(economy.errors()[0])


def test_a_further_column_like_a_known_one_is_an_error(economy, only):
    economy.replace("outcomes.csv", "speed_km_h", "sd_contorl")
    only(economy.errors(), "outcomes.csv", 1, "sd_contorl", "did you mean sd_control?")


def test_several_outcomes_of_a_trial_need_no_warning_in_three_levels(economy):
    assert of(economy.warnings(), "select") == []
    economy.replace("review.yaml", "three-level", "IV")
    (warning,) = of(economy.warnings(), "select")
    assert "pools dependent effects, outcomes of askling2003" in str(warning)


@pytest.mark.parametrize(("mean", "is_shared"), [("50.2", True), ("50.3", False)])
def test_arms_with_one_control_group_are_still_told(economy, mean, is_shared):
    economy.cell("outcomes.csv", 2, "arm", "heavy")
    row = f"askling2003,slow,,light,economy,9,9,48.3,3.1,{mean},3.3,49.9,50.1,,10\n"
    economy.append("outcomes.csv", row)
    found = [str(each) for each in of(economy.warnings(), "select")]
    assert [("'heavy, light'" in each) for each in found] == ([True] if is_shared else [])


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("interval: t", "interval: hksj", "takes interval wald or t, not hksj"),
        ("tau2: REML", "tau2: DL", "takes tau2 REML or ML, not DL"),
        ("interval: t", "interval: t\n    select: {outcome: slow}", "2 results of 2 trials"),
        ("interval: t", "interval: t\n    subgroup: study", "2 results of 1 trial"),
    ],
)
def test_a_model_that_cannot_be_fitted_is_told_before_it_is(economy, old, new, reason):
    economy.replace("review.yaml", old, new)
    (problem,) = economy.errors()
    assert problem.column == "model"
    assert reason in str(problem)


def test_metafors_name_of_the_normal_test_is_understood(economy):
    economy.replace("review.yaml", "interval: t", "interval: z")
    assert economy.errors() == ()
