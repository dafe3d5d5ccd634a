"""What a regression on dose says, and the texts of its plot."""

from dataclasses import replace

import pytest

from liftproof.pages.dose.dose_numbers import slope_text, steepness_text
from liftproof.pages.dose.dose_view import (
    dose_alt_text,
    dose_caption,
    dose_description,
    dose_ticks,
    dose_views,
)
from liftproof.pages.dose.dose_words import dose_sentence
from liftproof.reviews.model.settings import Settings
from liftproof.rows.dose_rows import DoseCurveRow, DoseRow, DoseTrialRow

ROW = DoseRow(
    review="r",
    analysis="a",
    dose="reps",
    title="Repetitions",
    column="reps_total",
    unit="repetitions",
    form="linear",
    per=100.0,
    measure="RR",
    k=4,
    studies=4,
    trials_without_dose=2,
    dose_low=150.0,
    dose_mean=380.0,
    dose_high=650.0,
    slope=-0.26,
    ci_low=-0.41,
    ci_high=-0.11,
    p_value=0.001,
    interval="wald",
    modified_ci_low=-0.58,
    modified_ci_high=0.06,
    modified_p_value=0.075,
    permutation_p=2 / 24,
    permutations=24,
    smallest_permutation_p=1 / 24,
    ratio=0.77,
    ratio_ci_low=0.66,
    ratio_ci_high=0.9,
    model="IV",
    effect_at_mean=0.6,
    points_10_percent=-5.9,
    points_10_percent_low=-9.0,
    points_10_percent_high=-2.6,
    points_10_percent_modified_low=-12.4,
    points_10_percent_modified_high=1.5,
    claimed_points=-4.0,
    verdict="inconclusive",
)


def trial(label: str, amount: float | None, estimate: float = 0.5) -> DoseTrialRow:
    return DoseTrialRow(
        review="r",
        analysis="a",
        dose="reps",
        study=label.lower(),
        label=label,
        outcome="injury",
        amount=amount,
        estimate=estimate,
        ci_low=estimate / 2,
        ci_high=estimate * 2,
        weight_percent=None if amount is None else 25.0,
        unverified="yes" if label == "Ant" else "no",
        reconstructed="no",
        design="individual" if label in ("Ant", "Bee") else "cluster",
        sport="football",
    )


TRIALS = [trial("Ant", 150, 1.1), trial("Bee", 170), trial("Cat", 540), trial("Dog", 650)]


def test_the_sentence_gives_k_df_both_limits_and_permutation() -> None:
    text = dose_sentence(ROW, [ROW], TRIALS)
    for words in (
        "Inconclusive. 4 of 6 trials report it: 150 to 650 repetitions.",
        "Risk ratio × 0.77 (0.66 to 0.90) per 100 repetitions (Wald, p = 0.001; ",
        "Hartung-Knapp, never narrower than Wald: 0.56 to 1.06, p = 0.075; ",
        "permutation p = 0.083 of 24 orders, the least possible 0.042)",
        "by −5.9 percentage points (−9.0 to −2.6; modified −12.4 to 1.5).",
        "These limits allow both a fall of more than 4 points, as was claimed, and no change",
        "4 trials that scatter like these tell a slope from none only beyond × 0.73 or × 1.38 per "
        "100 repetitions.",
        "The doses form two groups (Ant, Bee against Cat, Dog)",
        "Both sides also differ in design (individual against cluster).",
        "Trials were not randomised to it",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("claimed", "low", "high", "words"),
    [
        (-4.0, -3.0, 2.0, "allow no change, and exclude a fall of more than 4 points"),
        (-4.0, -6.0, -1.0, "exclude no change and allow a fall of more than 4 points"),
        (-4.0, -3.0, -1.0, "exclude no change, and a fall of more than 4 points"),
        (-4.0, -9.0, -5.0, "All of these limits lie in a fall of more than 4 points, as was"),
        (-4.0, 5.0, 9.0, "exclude no change, and a fall of more than 4 points"),
        (4.0, -3.0, 9.0, "allow both a rise of more than 4 points, as was claimed, and no change"),
        (4.0, 5.0, 9.0, "All of these limits lie in a rise of more than 4 points"),
    ],
)
def test_how_a_claim_stands_to_the_limits(
    claimed: float, low: float, high: float, words: str
) -> None:
    row = replace(
        ROW,
        claimed_points=claimed,
        points_10_percent_modified_low=low,
        points_10_percent_modified_high=high,
    )
    assert words in dose_sentence(row, [row], TRIALS)


def test_what_a_slope_of_few_trials_could_have_shown() -> None:
    three = replace(ROW, studies=3, smallest_permutation_p=1 / 6)
    text = dose_sentence(three, [three], TRIALS)
    assert "no result could have had a permutation p below 0.167" in text
    assert steepness_text(replace(ROW, modified_ci_low=-0.58, modified_ci_high=-0.02)) == ""
    points = replace(
        ROW, measure="SMD", ratio=None, slope=0.1, modified_ci_low=-0.2, modified_ci_high=0.4
    )
    assert steepness_text(points) == "−0.30 or 0.30"
    many = replace(ROW, studies=10)
    assert "scatter like these" not in dose_sentence(many, [many], TRIALS)


def test_orders_drawn_at_random_are_said_to_be() -> None:
    row = replace(ROW, permutations=10000, permutations_drawn="yes")
    assert "of 10000 orders drawn at random, the least possible" in dose_sentence(
        row, [row], TRIALS
    )


def test_results_of_one_trial_have_limits_by_trials_and_no_permutation_p() -> None:
    row = replace(ROW, model="three-level", k=6, permutation_p=None, smallest_permutation_p=None)
    text = dose_sentence(row, [row], TRIALS)
    assert "t with degrees of freedom by trials, not results: 0.56 to 1.06, p = 0.075" in text
    assert "There is no permutation p: results of one trial depend on each other" in text
    assert "no permutation p" not in dose_sentence(ROW, [ROW], TRIALS)


def test_the_modified_p_of_a_spline_is_told_without_limits() -> None:
    none = dict.fromkeys(("slope", "ratio", "modified_ci_low", "modified_ci_high"))
    row = replace(ROW, form="rcs", nonlinear_p=0.5, **none)
    assert "Hartung-Knapp, never narrower than Wald: p = 0.075; perm" in dose_sentence(
        row, [row], []
    )


def test_few_trials_are_no_conclusion_whatever_p() -> None:
    row = replace(ROW, verdict="too_few")
    assert "4 trials, fewer than ten, do not show what modifies an effect" in dose_sentence(
        row, [row], TRIALS
    )


def test_a_trial_without_which_the_sign_turns() -> None:
    without = replace(ROW, left_out="bee", slope=0.1, studies=3)
    assert "Without Bee the slope has the other sign." in dose_sentence(ROW, [ROW, without], TRIALS)
    assert dose_sentence(without, [ROW, without], TRIALS).startswith("Without Bee: × 0.77 ")


def test_differences_are_no_factors() -> None:
    row = replace(ROW, measure="SMD", ratio=None, slope=-0.067, ci_low=-0.197, ci_high=0.063)
    assert slope_text(row) == "−0.067 (−0.20 to 0.063)"


def test_the_plot_shows_every_dose_and_names_who_has_none() -> None:
    curve = [
        DoseCurveRow(
            review="r",
            analysis="a",
            dose="reps",
            amount=amount,
            estimate=1.0,
            ci_low=0.5,
            ci_high=2.0,
        )
        for amount in (150.0, 650.0)
    ]
    row = replace(ROW, sentence="Inconclusive.")
    settings = Settings(title="t", intervention="lifting", control="rest")
    (plot,) = dose_views(settings, [row], [*TRIALS, trial("Eel", None)], curve)
    assert [bubble.label for bubble in plot.bubbles] == ["Ant†", "Bee", "Cat", "Dog"]
    assert {bubble.area for bubble in plot.bubbles} == {1.0}
    assert plot.ticks == (0.0, 100.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0)
    assert plot.axis.is_log
    assert "0.5" in plot.axis.labels
    assert plot.notes[0] == "Not reported by: Eel."
    assert "† rests on unverified numbers." in plot.notes
    assert dose_alt_text(plot).startswith(
        "Bubble plot of 4 results: Risk ratio against Repetitions"
    )
    assert "Ant†: 150, 1.10 (0.55 to 2.20), weight 25.0" in dose_description(plot)
    assert "Line and band: mean effect and its 95\u202f% limits." in dose_caption(plot)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (16, 98, (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)),
        (598, 718, (580.0, 600.0, 620.0, 640.0, 660.0, 680.0, 700.0, 720.0)),
        (5, 5, (4.0, 4.5, 5.0, 5.5, 6.0)),
    ],
)
def test_ticks_are_round_and_span_the_doses(
    low: float, high: float, expected: tuple[float, ...]
) -> None:
    assert dose_ticks(low, high) == expected
