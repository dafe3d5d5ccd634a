"""A control arm that was divided among comparisons: fractions, sums, models, refusals."""

import pytest

from liftproof.analysis.causes.departures import departures_from
from liftproof.analysis.estimates import pool_review
from liftproof.analysis.specification import specification_of
from liftproof.analysis.trial_data import trials_of_analysis
from liftproof.pages.forest.forest_view import forest_view
from liftproof.reviews import load
from liftproof.rows.result_rows import EffectRow
from liftproof.statistics.effects.counts import risk_ratio
from liftproof.statistics.effects.means import standardised_mean_difference
from liftproof.tables import read, write

OUTCOMES, SETTINGS = "outcomes.csv", "review.yaml"
FILES = {
    SETTINGS: """\
title: Two programmes and one control
measure: SMD
analyses:
  - id: strength
    title: Strength
    tau2: DL
    select: {outcome: [strength]}
  - id: injury
    title: Injuries
    measure: RR
    tau2: DL
    select: {outcome: [injury]}
""",
    "studies.csv": "study,label,year\none2001,One 2001,2001\ntwo2002,Two 2002,2002\n",
    OUTCOMES: """\
study,outcome,arm,mean_intervention,sd_intervention,events_intervention,n_intervention,\
mean_control,sd_control,events_control,n_control,control_split
one2001,strength,slow,210,30,,14,190,28,,7.5,2
one2001,strength,fast,220,33,,16,190,28,,7.5,2
two2002,strength,,305,41,,20,280,44,,19,
one2001,injury,slow,,,3,14,,,2.5,7.5,2
one2001,injury,fast,,,2,16,,,2.5,7.5,2
two2002,injury,,,,4,20,,,6,19,
""",
}


@pytest.fixture
def split(review):
    """A review with a divided control arm in the place of the good one, without provenance."""
    for file in ("provenance.csv", "published.csv", "risk_of_bias.csv", "grade.csv"):
        (review.folder / file).unlink(missing_ok=True)
    for file, text in FILES.items():
        review.write(file, text)
    return review


def pooled(split):
    return {one.estimate.analysis: one for one in pool_review(load(split.folder).review)}


def test_half_a_control_arm_is_no_error_and_no_shared_control(split):
    assert split.errors() == ()
    assert not [each for each in split.warnings() if "one control group" in each.wrong]


def test_effects_are_those_of_the_share(split):
    found = pooled(split)
    g = standardised_mean_difference(210, 30, 14, 190, 28, 7.5)
    row = found["strength"].effects[0]
    assert (row.y, row.v) == pytest.approx((float(g.y), float(g.v)), rel=1e-12)
    ratio = risk_ratio(3, 14, 2.5, 7.5)
    row = found["injury"].effects[0]
    assert (row.y, row.v) == pytest.approx((float(ratio.y), float(ratio.v)), rel=1e-12)


def test_a_divided_control_arm_counts_whole_and_once(split):
    found = pooled(split)
    assert found["strength"].estimate.participants == 14 + 16 + 15 + 20 + 19
    assert found["injury"].estimate.participants == 14 + 16 + 15 + 20 + 19
    assert found["injury"].estimate.events == 3 + 2 + 5 + 4 + 6


def test_a_comparison_alone_has_all_its_controls(split):
    split.replace(SETTINGS, "select: {outcome: [injury]}", "select: {outcome: injury, arm: slow}")
    row = pooled(split)["injury"].estimate
    assert (row.participants, row.events) == (14 + 15, 3 + 5)


def test_thirds_are_typed_rounded_and_make_whole_people(split):
    more = "one2001,injury,mixed,,,1,15,,,2.33,7.33,3\n"
    for old in ("2.5,7.5,2",):
        split.replace(OUTCOMES, old, "2.33,7.33,3")
    split.append(OUTCOMES, more)
    assert split.errors() == ()
    row = pooled(split)["injury"].estimate
    assert (row.participants, row.events) == (14 + 16 + 15 + 22 + 39, 3 + 2 + 1 + 7 + 10)


def test_equal_whole_shares_are_not_one_shared_arm(split):
    split.replace(OUTCOMES, "2.5,7.5,2", "2,8,2")
    assert pooled(split)["injury"].estimate.participants == 14 + 16 + 16 + 39
    split.replace(OUTCOMES, "2,8,2", "2,8,")
    assert pooled(split)["injury"].estimate.participants == 14 + 16 + 8 + 39


def test_a_forest_plot_shows_the_share_of_a_trial_and_the_whole_in_the_sum(split):
    one, review = pooled(split)["injury"], load(split.folder).review
    plot = forest_view(one.estimate, one.effects, [], review.settings)
    assert [row.arms for row in plot.trials[:2]] == [("3/14", "2.5/7.5"), ("2/16", "2.5/7.5")]
    assert plot.pooled.arms == ("9/50", "11/34")


def test_a_table_of_effects_keeps_fractions_and_whole_numbers(split, tmp_path):
    rows = list(pooled(split)["injury"].effects)
    write(rows, EffectRow, tmp_path / "effects.csv")
    text = (tmp_path / "effects.csv").read_text(encoding="utf-8")
    assert ",3,14,2.5,7.5," in text
    assert ",4,20,6,19," in text
    kept = read(EffectRow, tmp_path / "effects.csv")
    sizes = [(row.events_control, row.n_control, row.control_split) for row in rows]
    assert [(row.events_control, row.n_control, row.control_split) for row in kept] == sizes


def test_causes_try_what_suits_fractions(split):
    review = load(split.folder).review
    analysis = review.settings.analyses[1]
    trials = trials_of_analysis(review, analysis)
    assert [one.id for one in departures_from(specification_of(analysis), trials)]


COLUMN = "control_split"


@pytest.mark.parametrize(
    ("line", "column", "value", "told", "words"),
    [
        (7, "n_control", "19.5", "n_control", ("that was not divided", "say in control_split")),
        (7, "events_control", "6.5", "events_control", ("'6.5'", "say in control_split")),
        (7, "n_intervention", "20.5", "n_intervention", ("a fractional count", "whole number")),
        (6, COLUMN, "3", COLUMN, ("another number than on line 5", "same number in each")),
        (7, COLUMN, "1", COLUMN, ("divided among two comparisons or more",)),
        (5, "n_control", "7.2", "n_control", ("a control arm of 14.7 people", "whole number")),
        (5, "events_control", "2.1", "events_control", ("of 4.6 events",)),
        (5, "n_control", "-7.5", "n_control", ("a negative count",)),
    ],
)
def test_what_makes_no_whole_arm_is_told_with_the_column(
    split, only, line, column, value, told, words
):
    split.cell(OUTCOMES, line, column, value)
    only(split.errors(), OUTCOMES, line, told, *words)


def test_a_row_without_the_column_is_told_to_name_it(split, only):
    split.cell(OUTCOMES, 5, COLUMN, "")
    first, second = split.errors()
    assert (first.line, first.column, second.column) == (5, "events_control", "n_control")
    assert "among how many comparisons the control arm was divided" in second.remedy


def test_more_comparisons_than_the_arm_was_divided_among_are_an_error(split, only):
    split.append(OUTCOMES, "one2001,injury,mixed,,,1,15,,,2.5,7.5,2\n")
    words = ("3 comparisons have shares", "among how many it was divided")
    only(split.errors(), OUTCOMES, 8, COLUMN, *words)


def test_a_model_of_whole_people_refuses_fractions(split, only):
    split.replace(SETTINGS, "measure: RR\n    tau2: DL", "measure: OR\n    model: UM.FS")
    words = ("UM.FS is fitted to whole counts, but of One 2001", "Use model IV, MH or Peto")
    only(split.errors(), SETTINGS, 11, "model", *words)


@pytest.mark.parametrize(("measure", "model"), [("RR", "MH"), ("OR", "Peto")])
def test_mantel_haenszel_and_peto_take_fractions(split, measure, model):
    split.replace(SETTINGS, "measure: RR\n    tau2: DL", f"measure: {measure}\n    model: {model}")
    assert not split.errors()
    assert all(one.estimate.estimate for one in pool_review(load(split.folder).review))
