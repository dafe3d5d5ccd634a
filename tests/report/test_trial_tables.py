"""The table of an analysis's trials shows what is known of their arms, and no halves of it."""

from dataclasses import replace

from liftproof.pages.estimates.estimate_tables import effects_table
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
