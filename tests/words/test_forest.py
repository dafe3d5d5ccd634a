"""A forest plot before it is drawn: texts, marks, what is shown and what is left away."""

from dataclasses import replace

import pytest

from liftproof.pages.forest.forest_cells import size
from liftproof.pages.forest.forest_figure import forest_views
from liftproof.pages.forest.forest_view import forest_view
from liftproof.reviews.model.settings import Settings
from support.forests import (
    LAUERSEN,
    NO_COUNTS,
    SETTINGS,
    effect_row,
    estimate_row,
    grouped,
    lauersen,
    means,
    none,
    one,
    three,
    wide_interval,
)
from support.page_inputs import result_rows


def row_of(plot, label):
    return next(row for row in plot.rows if row.label == label)


def test_the_six_trials_read_as_published():
    plot = lauersen()
    assert [(row.label, row.arms, row.text) for row in plot.trials] == [
        ("Askling 2003", ("3/15", "10/15"), "0.30 (0.10 to 0.88)"),
        ("Petersen 2011", ("12/461", "32/481"), "0.41 (0.18 to 0.93)"),
        ("Coppack 2011", ("10/759", "36/743"), "0.27 (0.14 to 0.54)"),
        ("Walden 2012", ("7/2479", "14/2085"), "0.36 (0.15 to 0.85)"),
        ("van der Horst 2015", ("11/292", "25/287"), "0.43 (0.22 to 0.86)"),
        ("Zouita 2016", ("4/26", "13/26"), "0.31 (0.12 to 0.82)"),
    ]
    assert plot.pooled is not None
    assert plot.pooled.text == "0.34 (0.24 to 0.48)"
    assert plot.pooled.arms == ("47/4032", "130/3637")
    assert plot.arm_heads == ("Strength training", "Control")
    assert plot.axis.labels == ("0.1", "0.2", "0.5", "1", "2")
    assert plot.axis.left == "← Favours strength training"
    assert plot.axis.right == "Favours control →"


def test_positions_are_the_numbers_of_the_rows():
    row = row_of(lauersen(), "Petersen 2011")
    assert (row.estimate, row.low, row.high) == (0.410, 0.180, 0.933)


def test_squares_take_the_share_of_their_weight():
    weights = [row[-1] for row in LAUERSEN]
    assert [row.area for row in lauersen().trials] == [weight / 24.6 for weight in weights]
    assert row_of(lauersen(), "Coppack 2011").weight == "24.6\u202f%"


def test_an_unverified_trial_is_marked_and_so_is_what_rests_on_it():
    plot = lauersen()
    assert [row.label for row in plot.rows if row.marks] == [
        "van der Horst 2015",
        "Random effects, 6 trials",
        "95\u202f% prediction interval",
    ]
    assert plot.unverified == 1
    assert plot.footnotes == ("† Has numbers not verified in any source (1 of 6 trials).",)


def test_each_kind_of_doubt_has_its_mark_and_footnote():
    plot = grouped()
    assert row_of(plot, "van der Horst 2015").marks == "†"
    assert row_of(plot, "Zouita 2016").marks == "‡"
    assert plot.pooled is not None
    assert plot.pooled.marks == "†‡"
    assert plot.footnotes == (
        "† Has numbers not verified in any source (1 of 6 trials).",
        "‡ Has numbers reconstructed from printed totals or ratios (1 of 6 trials).",
        "Not pooled: Quiet 2001 (no events in either arm).",
        "Arrowheads: the interval runs beyond the axis.",
    )


def test_the_heterogeneity_line_names_its_methods():
    assert lauersen().statistics == (
        "Heterogeneity: τ² = 0.00, I² = 0\u202f%, 95\u202f% CI of τ² 0.00 to 0.31, "
        "Q = 1.28 (df 5, p = 0.937)",
        "Random effects, τ² by DerSimonian-Laird; 95\u202f% confidence interval by Wald",
    )
    assert three().statistics[1].endswith("by Hartung-Knapp, never narrower than Wald")


def test_a_fixed_effect_has_no_tau2():
    effects = [effect_row(*row) for row in LAUERSEN]
    plot = forest_view(estimate_row(6, tau2_method="FE"), effects, [], SETTINGS)
    assert plot.pooled is not None
    assert plot.pooled.label == "Fixed effect, 6 trials"
    assert "τ²" not in " ".join(plot.statistics)


def test_subgroups_keep_their_order_and_have_their_own_diamonds():
    assert [(row.kind, row.label) for row in grouped().rows] == [
        ("heading", "Acute injury"),
        ("trial", "Askling 2003"),
        ("trial", "Petersen 2011"),
        ("trial", "Zouita 2016"),
        ("subgroup", "Subtotal"),
        ("heading", "Overuse injury"),
        ("trial", "Coppack 2011"),
        ("trial", "Walden 2012"),
        ("subgroup", "Subtotal"),
        ("heading", "Group not reported"),
        ("trial", "van der Horst 2015"),
        ("pooled", "Random effects, 6 trials"),
        ("prediction", "95\u202f% prediction interval"),
    ]


def test_a_subtotal_sums_its_trials():
    subtotal = next(row for row in grouped().rows if row.kind == "subgroup")
    assert subtotal.arms == ("19/502", "55/522")
    assert subtotal.weight == "37.8\u202f%"
    assert subtotal.text == "0.33 (0.20 to 0.55)"
    assert subtotal.note == "τ² = 0.00, I² = 0\u202f%"


def test_columns_of_counts_go_where_no_trial_has_any():
    assert means().arm_heads == ()
    assert all(row.arms == ("", "") for row in means().rows)


def test_one_trial_without_counts_leaves_a_dash_in_the_total():
    effects = [effect_row(*LAUERSEN[0]), effect_row("Rate 2001", NO_COUNTS, 0.5, 0.3, 0.8, 40)]
    plot = forest_view(estimate_row(2), effects, [], SETTINGS)
    assert plot.arm_heads == ("Strength training", "Control")
    assert row_of(plot, "Rate 2001").arms == ("", "")
    assert plot.pooled is not None
    assert plot.pooled.arms == ("", "")


def test_differences_are_printed_with_a_minus_sign():
    assert row_of(means(), "Alpha 2001").text == "−2.10 (−4.00 to −0.20)"
    assert not means().axis.is_log


def test_only_limits_beyond_the_axis_are_flagged():
    plot = wide_interval()
    flagged = [
        (row.label, row.clipped_low, row.clipped_high)
        for row in plot.rows
        if row.clipped_low or row.clipped_high
    ]
    assert flagged == [("Tiny 1999", True, True)]


@pytest.mark.parametrize("plot", [means(), one()])
def test_no_prediction_interval_where_there_is_none(plot):
    assert "prediction" not in {row.kind for row in plot.rows}


def test_one_trial_is_not_pooled():
    assert [row.kind for row in one().rows] == ["trial"]
    assert one().pooled is None
    assert one().statistics == ("One trial: nothing is pooled.",)


def test_no_trial_leaves_an_empty_plot_that_says_so():
    assert none().rows == ()
    assert none().statistics == ("No trial could be pooled.",)


def test_arms_of_one_trial_count_once():
    low, high = (replace(effect_row(*LAUERSEN[0]), arm=arm) for arm in ("low_dose", "high_dose"))
    assert size([low, high]) == "2 comparisons from 1 trial"
    plot = forest_view(estimate_row(2), [low, high], [], SETTINGS)
    assert plot.trials[0].label == "Askling 2003, low dose"


def test_every_analysis_gets_its_own_rows():
    other = estimate_row(1, analysis="other")
    effects = [effect_row(*LAUERSEN[0]), replace(effect_row(*LAUERSEN[1]), analysis="other")]
    plots = forest_views(SETTINGS, result_rows([estimate_row(1), other, *effects]))
    assert [[row.label for row in plot.trials] for plot in plots] == [
        ["Askling 2003"],
        ["Petersen 2011"],
    ]
    assert [plot.key for plot in plots] == ["forest-made_up-overall", "forest-made_up-other"]


def test_estimates_that_do_not_follow_from_the_counts_are_named():
    reported = replace(effect_row(*LAUERSEN[1]), source="reported", measure="IRR")
    walden = replace(effect_row(*LAUERSEN[3]), source="reported", measure="IRR")
    coppack = replace(effect_row(*LAUERSEN[2]), source="reported", measure="HR")
    inflated = replace(effect_row(*LAUERSEN[4]), design_effect=1.59)
    plain = replace(effect_row(*LAUERSEN[0]), design_effect=1.0)
    effects = [plain, reported, coppack, walden, inflated]
    plot = forest_view(estimate_row(5), effects, [], SETTINGS)
    assert plot.footnotes == (
        "Estimates as reported, not computed from counts. Incidence rate ratio: Petersen 2011, "
        "Walden 2012; hazard ratio: Coppack 2011.",
        "Variances inflated for clustering: van der Horst 2015 (× 1.59).",
    )


def test_the_source_is_the_reference_and_its_doi():
    assert lauersen().source == (
        "Lauersen JB, Andersen TE, Andersen LB (2018) Br J Sports Med 52, 1557-1563. "
        "https://doi.org/10.1136/bjsports-2018-099078"
    )
    effects = [effect_row(*LAUERSEN[0])]
    assert forest_view(estimate_row(1), effects, [], Settings(title="Ours")).source == ""


def test_the_test_of_subgroup_differences_stands_beneath_the_methods():
    assert grouped().statistics[-1] == (
        "Subgroup differences: χ² = 0.46 (df 2, p = 0.796), each subgroup with its own τ²"
    )
    assert not any("Subgroup" in line for line in lauersen().statistics)


def test_subgroups_that_cannot_be_compared_say_why():
    plot = grouped(statistic=None, p_value=None, note="one group only")
    assert plot.statistics[-1] == "Subgroup differences not tested: one group only"


@pytest.mark.parametrize(
    ("events", "source", "measure", "is_told"),
    [
        ((0, 6), "counts", "RR", True),
        ((60, 6), "counts", "OR", True),
        ((0, 6), "rates", "IRR", True),
        ((1, 6), "counts", "RR", False),
        ((0, 6), "reported", "RR", False),
        ((0, 6), "counts", "AS", False),
    ],
)
def test_halves_added_to_empty_cells_are_told_beneath(events, source, measure, is_told):
    empty = replace(
        effect_row(*LAUERSEN[0]),
        source=source,
        measure=measure,
        events_intervention=events[0],
        n_intervention=60,
        events_control=events[1],
        n_control=59,
    )
    plot = forest_view(estimate_row(2), [empty, effect_row(*LAUERSEN[1])], [], SETTINGS)
    told = "An empty cell, so that 1/2 is added to each: Askling 2003."
    assert (told in plot.footnotes) is is_told
