"""The table of an analysis's trials shows what is known of their arms, and no halves of it."""

from dataclasses import replace

from liftproof.pages.estimates.estimate_tables import effects_table, estimates_table
from liftproof.rows.result_rows import EffectRow, EstimateRow
from support.page_inputs import with_rows


def arms(inputs):
    """Return heads and cells of both arms."""
    table = effects_table(inputs, inputs.rows(EstimateRow)[0])
    return [each.text for each in table.headings[4:6]], [row[4:6] for row in table.rows]


def test_events_stand_over_the_size_of_an_arm(inputs):
    heads, cells = arms(inputs)
    assert heads == ["Strength training, events/n", "Usual training, events/n"]
    assert cells[:2] == [("5/100", "12/101"), ("—", "—")]


def test_where_no_trial_has_events_sizes_stand_alone(inputs):
    rows = [
        replace(row, events_intervention=None, events_control=None)
        for row in inputs.rows(EffectRow)
    ]
    heads, cells = arms(with_rows(inputs, EffectRow, rows))
    assert heads == ["Strength training, n", "Usual training, n"]
    assert cells[:2] == [("100", "101"), ("—", "—")]


def test_a_trial_of_which_medians_were_printed_is_not_said_to_come_from_means_alone(inputs):
    rows = [
        replace(row, source="means", printed_as="medians means_se")
        for row in inputs.rows(EffectRow)
    ]
    table = effects_table(with_rows(inputs, EffectRow, rows), inputs.rows(EstimateRow)[0])
    assert {row[2] for row in table.rows} == {
        "means, from medians with quartiles and means with their standard errors"
    }


def test_limits_that_a_trial_reported_otherwise_are_told_beside_those_of_its_variance(inputs):
    own = replace(
        inputs.rows(EffectRow)[0], ci_low=0.1250, ci_high=0.5, reported_low=0.13, reported_high=0.52
    )
    others = inputs.rows(EffectRow)[1:]
    told = (
        "Limits follow from the variance that is pooled; those that trials reported, which forest "
        "plots show, are: Ant 2001 0.13 to 0.52."
    )
    shown = with_rows(inputs, EffectRow, [own, *others])
    estimate = inputs.rows(EstimateRow)[0]
    assert effects_table(shown, estimate).caption == f"Trials: All trials. {told}"
    assert effects_table(inputs, estimate).caption == "Trials: All trials"
    alone = with_rows(inputs, EffectRow, [own])
    single = with_rows(alone, EstimateRow, [replace(estimate, k=1)])
    assert estimates_table(single).caption.endswith(told)
    assert told not in estimates_table(shown).caption


def test_a_prediction_interval_that_tells_nothing_stands_in_words_in_the_table(inputs):
    first, *_ = inputs.rows(EstimateRow)
    wide = with_rows(inputs, EstimateRow, [replace(first, pi_low=0.00028, pi_high=2447.77)])
    assert estimates_table(wide).rows[0][-1] == "below 0.01 to above 100"
    narrow = with_rows(inputs, EstimateRow, [replace(first, pi_low=0.0123, pi_high=16.5)])
    assert estimates_table(narrow).rows[0][-1] == "0.012 to 16.50"
