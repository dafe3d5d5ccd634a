"""The thresholds at which readers get other words, or a number in another way."""

from dataclasses import replace

import pytest

from liftproof.pages.certainty.certainty_words import effect_text, number_needed_text
from liftproof.pages.diagnostics import diagnostic_numbers, diagnostic_words
from liftproof.pages.estimates.cautions import cautions
from liftproof.pages.estimates.engine_words import difference
from liftproof.pages.forest.forest_captions import forest_alt_text, forest_caption
from liftproof.pages.forest.forest_view import forest_view
from liftproof.rows.certainty_rows import FindingRow
from liftproof.words import numbers
from support.forests import LAUERSEN, SETTINGS, effect_row, estimate_row, many


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0949, "0.095"), (0.095, "0.10"), (0.0951, "0.10"), (-0.0949, "-0.095"), (-0.095, "-0.10")],
)
def test_an_effect_below_0_095_has_two_significant_digits(value, text):
    assert numbers.effect(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.00099, "p < 0.001"), (0.001, "p = 0.001"), (0.0011, "p = 0.001")]
)
def test_a_p_value_below_a_thousandth_is_told_as_such(value, text):
    assert numbers.p_value(value) == text


@pytest.mark.parametrize(("value", "text"), [(0.00099, "<0.001"), (0.001, "0.0010")])
def test_so_is_one_of_a_diagnostic(value, text):
    assert diagnostic_numbers.p(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.00099, "<0.001"),
        (0.001, "0.0010"),
        (999.9, "999.90"),
        (1000.0, "1000.00"),
        (1000.1, ">1000"),
        (0.0, "0.00"),
    ],
)
def test_an_effect_of_a_diagnostic_is_written_out_from_a_thousandth_to_a_thousand(value, text):
    assert diagnostic_numbers.bounded_effect(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0049, "below one half <0.01"),
        (0.0051, "below one half 0.0051"),
        (0.9949, "below one half 0.99"),
        (0.995, "below one half 0.99"),
        (0.9951, "below one half >0.99"),
    ],
)
def test_no_confidence_is_told_as_none_or_whole(value, text):
    assert diagnostic_numbers.quantity("below_half", value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(10.0, "10"), (10 + 5e-10, "10"), (10.01, "11"), (10 + 2e-9, "11")]
)
def test_people_are_rounded_up_beyond_binary_rounding(value, text):
    assert diagnostic_numbers.rounded_up(value) == text
    row = replace(FINDING, difference=-1.0, number_needed=value, number_needed_for="benefit")
    row = replace(row, number_needed_best=value, number_needed_worst=value)
    assert number_needed_text(row) == f"{text} ({text} to {text}) to prevent one event"


@pytest.mark.parametrize(("events", "text"), [(9.94, "9.9"), (9.99, "10.0"), (10.0, "10")])
def test_below_ten_events_a_decimal_is_told(events, text):
    codes = ("events_baseline", "events", "events_low", "events_high", "events_difference")
    said = diagnostic_words.method_text("absolute_effect", dict.fromkeys(codes, events), float)
    assert said.startswith(f"{text} events without; {text} with")


FINDING = FindingRow(
    review="r",
    analysis="a",
    title="All",
    measure="SMD",
    k=6,
    estimate=-0.3,
    ci_low=-0.3,
    ci_high=-0.3,
    at_most="no",
    flags=0,
)


@pytest.mark.parametrize(
    ("size", "word"),
    [
        (0.1999, "trivial"),
        (0.2, "small"),
        (0.2001, "small"),
        (0.4999, "small"),
        (0.5, "moderate"),
        (0.5001, "moderate"),
        (0.7999, "moderate"),
        (0.8, "large"),
        (0.8001, "large"),
    ],
)
def test_sizes_of_standardised_effects_change_at_cohens_numbers(size, word):
    said = effect_text(replace(FINDING, estimate=-size, ci_low=-size, ci_high=size))
    assert said.startswith(f"A {word} effect in favour of the intervention; ")
    assert f"to a {word} effect against it." in said


def told(**columns):
    """Return the caption of eleven trials whose pooled row has these columns."""
    plot = many(11)
    return forest_caption(replace(plot, estimate=replace(plot.estimate, **columns)))


@pytest.mark.parametrize(
    ("i2", "word"),
    [
        (29.99, "Little"),
        (30.0, "Moderate"),
        (49.99, "Moderate"),
        (50.0, "Substantial"),
        (74.99, "Substantial"),
        (75.0, "Considerable"),
        (100.0, "Considerable"),
    ],
)
def test_words_for_i2_change_at_the_handbooks_numbers(i2, word):
    assert f"{word} heterogeneity between the trials" in told(i2=i2)


@pytest.mark.parametrize(("k", "is_judged"), [(9, False), (10, True), (11, True)])
def test_heterogeneity_is_judged_from_ten_trials_on(k, is_judged):
    assert ("Moderate heterogeneity" in told(k=k)) is is_judged
    assert ("too few to judge it" in told(k=k)) is not is_judged


@pytest.mark.parametrize(("k", "is_told"), [(1, False), (2, True)])
def test_the_heterogeneity_of_one_trial_is_not_told(k, is_told):
    assert ("too few to judge it" in told(k=k)) is is_told


def plot_of(count):
    effects = [effect_row(*row) for row in LAUERSEN[:count]]
    return forest_view(estimate_row(count, tau2=0.1), effects, [], SETTINGS)


@pytest.mark.parametrize(("count", "is_pool"), [(1, False), (2, True)])
def test_two_trials_make_a_pool(count, is_pool):
    plot = plot_of(count)
    assert (plot.pooled is not None) is is_pool
    assert ("intervals that exclude 1" in forest_alt_text(plot)) is is_pool


@pytest.mark.parametrize(
    ("high", "said"),
    [
        (0.994, "the interval excludes 1 (no effect)"),
        (0.9999, "by less than the rounding shows"),
        (1.0, "the interval includes 1 (no effect)"),
    ],
)
def test_an_interval_is_read_to_its_limits(high, said):
    effects = [effect_row(*row) for row in LAUERSEN]
    text = forest_alt_text(forest_view(estimate_row(6, 0.7, ci_high=high), effects, [], SETTINGS))
    assert said in text


@pytest.mark.parametrize(
    ("low", "word"), [(0.9999, "includes"), (1.0, "includes"), (1.1, "excludes")]
)
def test_so_is_one_on_the_side_of_harm(low, word):
    effects = [effect_row(*row) for row in LAUERSEN]
    plot = forest_view(estimate_row(6, 1.5, ci_low=low, ci_high=2.0), effects, [], SETTINGS)
    assert f"the interval {word} 1 (no effect)" in forest_alt_text(plot)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.2, 0.99, "2 of 2 in favour of strength training, 0 in favour of control"),
        (0.2, 1.0, "0 of 2 in favour of strength training, 0 in favour of control"),
        (1.0, 3.0, "0 of 2 in favour of strength training, 0 in favour of control"),
        (1.01, 3.0, "0 of 2 in favour of strength training, 2 in favour of control"),
    ],
)
def test_a_trial_whose_limit_is_no_effect_favours_nobody(low, high, said):
    effects = [effect_row(name, (5, 50, 9, 50), 0.9, low, high, 50.0) for name in ("Ant", "Bee")]
    text = forest_alt_text(forest_view(estimate_row(2, tau2=0.1), effects, [], SETTINGS))
    assert said in text


def of_trials(k, **columns):
    return " ".join(cautions(estimate_row(k, **{"tau2": 0.1, **columns}), ()))


@pytest.mark.parametrize(("k", "is_told"), [(1, False), (2, True), (9, True), (10, False)])
def test_the_reader_is_cautioned_below_ten_effects(k, is_told):
    assert ("With fewer than ten effects" in of_trials(k)) is is_told
    assert ("tend to be too narrow" in of_trials(k)) is is_told


@pytest.mark.parametrize(("k", "is_told"), [(1, False), (2, True), (3, False)])
def test_a_prediction_interval_needs_three_trials(k, is_told):
    assert ("A prediction interval needs three trials" in of_trials(k, pi_low=None)) is is_told


@pytest.mark.parametrize(("tau2", "is_told"), [(0.0, True), (1e-12, False)])
def test_a_tau2_of_nothing_is_told(tau2, is_told):
    assert ("The estimate of τ² is 0" in of_trials(12, tau2=tau2)) is is_told


@pytest.mark.parametrize(
    ("value", "text"), [(9.99e-8, "below 1e-7"), (1e-7, "below 1e-6"), (0.0, "0")]
)
def test_differences_of_engines_are_told_as_bounds(value, text):
    assert difference(value) == text
