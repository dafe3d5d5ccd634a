"""Captions and alternative texts: their numbers, and that they claim no more than those allow."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liftproof.pages.forest.forest_captions import (
    forest_alt_text,
    forest_caption,
    forest_description,
)
from liftproof.pages.forest.forest_view import ForestView, forest_view
from support.forests import (
    LAUERSEN,
    SETTINGS,
    effect_row,
    estimate_row,
    grouped,
    lauersen,
    many,
    none,
    one,
)

CLAIMS = re.compile(r"favours|excludes 1")
positive = st.floats(0.011, 90.0)


def of(low: float, estimate: float, high: float, k: int = 6, **columns: object) -> ForestView:
    """Six trials that include no effect, and a pooled estimate as given."""
    effects = [effect_row(f"T{i}", LAUERSEN[0][1], 0.9, 0.5, 1.6, 100 / k) for i in range(k)]
    pooled = estimate_row(k, estimate, ci_low=low, ci_high=high, **columns)
    return forest_view(pooled, effects, [], SETTINGS)


def test_the_alternative_text_of_the_six_trials():
    assert forest_alt_text(lauersen()) == (
        "Forest plot of 6 trials, strength training against control. "
        "Pooled risk ratio 0.34 (95\u202f% CI 0.24 to 0.48): favours strength training, the "
        "interval excludes 1 (no effect). "
        "Trial intervals that exclude 1 (no effect): 6 of 6 in favour of strength training, 0 in "
        "favour of control. "
        "Some numbers of 1 of 6 trials are not verified in any source (†)."
    )


def test_the_caption_of_the_six_trials():
    assert forest_caption(lauersen()) == (
        "Strength training to prevent sports injuries. All trials, cluster-adjusted: 6 trials. "
        "Pooled risk ratio 0.34 (95\u202f% CI 0.24 to 0.48): favours strength training, the "
        "interval excludes 1 (no effect). "
        "The 95\u202f% prediction interval, for the effect in a new setting, is 0.21 to 0.56 "
        "(Riley, t with k − 2). "
        "Heterogeneity (6 trials, too few to judge it): τ² = 0.00, I² = 0\u202f%, "
        "95\u202f% CI of τ² 0.00 to 0.31. "
        "Some numbers of 1 of 6 trials are not verified in any source (†). "
        "Squares: trials, area in proportion to weight; lines: their 95\u202f% confidence "
        "intervals; diamond: pooled estimate; bar: prediction interval. "
        "Source: Lauersen JB, Andersen TE, Andersen LB (2018) Br J Sports Med 52, 1557-1563. "
        "https://doi.org/10.1136/bjsports-2018-099078"
    )


def test_the_caption_names_the_convention_of_the_prediction_interval():
    words = forest_caption(of(0.5, 0.7, 0.9, prediction="HK"))
    assert "is 0.21 to 0.56 (Hartung-Knapp, t with k − 1). " in words


def test_the_description_has_every_line_of_the_plot():
    lines = forest_description(lauersen()).split("\n")
    assert lines[0] == forest_alt_text(lauersen())
    assert lines[5] == (
        "van der Horst 2015 †: 0.43 (0.22 to 0.86), favours strength training, the interval "
        "excludes 1 (no effect), 11/292 against 25/287, weight 22.4\u202f%."
    )
    assert lines[8] == "95\u202f% prediction interval: 0.21 to 0.56."
    assert all(line.endswith(".") for line in lines)


def test_the_description_of_subgroups_names_them():
    text = forest_description(grouped())
    assert "\nOveruse injury.\n" in text
    assert "Not pooled: Quiet 2001 (no events in either arm)." in text


@pytest.mark.slow
@given(st.tuples(positive, positive, positive).map(sorted))
def test_words_claim_an_effect_exactly_when_the_interval_excludes_one(numbers):
    low, estimate, high = numbers
    sentence = forest_alt_text(of(low, estimate, high)).split(". ")[1]
    if low <= 1 <= high:
        assert sentence.endswith("the interval includes 1 (no effect)")
        assert not CLAIMS.search(sentence)
    else:
        winner = "strength training" if high < 1 else "control"
        assert f"favours {winner}, the interval excludes 1 (no effect)" in sentence


@pytest.mark.slow
@given(st.tuples(positive, positive, positive).map(sorted))
def test_every_text_has_the_numbers_of_the_plot(numbers):
    low, estimate, high = numbers
    plot = of(low, estimate, high)
    assert plot.pooled is not None
    with_level = plot.pooled.text.replace("(", "(95\u202f% CI ")
    assert with_level in forest_alt_text(plot)
    assert with_level in forest_caption(plot)
    assert plot.pooled.text in forest_description(plot)


def test_touching_one_is_including_it():
    assert not CLAIMS.search(forest_alt_text(of(0.5, 0.7, 1.0)).split(". ")[1])


def test_an_interval_that_only_rounding_takes_to_one_says_so():
    text = forest_alt_text(of(0.5, 0.7, 0.998))
    assert "0.70 (95\u202f% CI 0.50 to 1.00)" in text
    assert "excludes 1 (no effect), by less than the rounding shows" in text


def test_a_trial_interval_that_includes_one_is_not_counted_as_excluding_it():
    assert ": 0 of 6 in favour of strength training, 0 in" in forest_alt_text(of(0.5, 0.7, 0.9))


@pytest.mark.parametrize(
    ("k", "i2", "says"),
    [
        (9, 80.0, "Heterogeneity (9 trials, too few to judge it): τ² = 0.00, I² = 80\u202f%"),
        (10, 80.0, "Considerable heterogeneity between the trials: τ² = 0.00, I² = 80\u202f%"),
        (10, 60.0, "Substantial heterogeneity between the trials"),
        (10, 40.0, "Moderate heterogeneity between the trials"),
        (10, 0.0, "Little heterogeneity between the trials"),
        (10, 100.0, "Considerable heterogeneity between the trials"),
    ],
)
def test_heterogeneity_is_judged_from_ten_trials_on(k, i2, says):
    assert says in forest_caption(of(0.5, 0.7, 0.9, k=k, i2=i2))


def test_one_trial_is_not_called_pooled():
    text = forest_caption(one())
    assert "1 trial. Risk ratio 0.30 (95\u202f% CI 0.10 to 0.88): favours strength" in text
    assert "ooled" not in text
    assert "eterogeneity" not in text


def test_no_trial_is_said_to_be_none():
    assert "0 trials. No trial could be pooled." in forest_caption(none())


def test_only_signs_that_the_plot_has_are_explained():
    assert "diamonds: pooled estimates" in forest_caption(grouped())
    assert "diamond: pooled estimate;" in forest_caption(many(12))
    assert "prediction" not in forest_caption(of(0.5, 0.7, 0.9, pi_low=None, pi_high=None))


def test_reconstructed_numbers_are_said_to_be():
    assert "Some numbers of 1 of 6 trials are reconstructed (‡)." in forest_alt_text(grouped())
