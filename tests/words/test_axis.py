"""The axis of a forest plot: its ticks, its ends, its labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liftproof.vocabulary.measures import MEASURES
from liftproof.words.axis import Axis, axis_for

MOST_TICKS = 8
ratios = st.floats(1e-4, 1e4)
differences = st.floats(-1e4, 1e4).filter(lambda value: value == 0 or abs(value) > 1e-6)


def axis(measure, estimates, limits, others=()) -> Axis:
    return axis_for(estimates, limits, others, MEASURES[measure], left="", right="")


def test_ratios_near_those_of_the_six_trials_get_the_ticks_a_clinic_reads():
    made = axis("RR", [0.30, 0.41, 0.27], [(0.1025, 0.878), (0.18, 0.933), (0.136, 0.544)])
    assert made.labels == ("0.1", "0.2", "0.5", "1", "2")
    assert made.ticks == (0.1, 0.2, 0.5, 1.0, 2.0)
    assert (made.low, made.high, made.no_effect) == (0.1, 2.0, 1.0)


@pytest.mark.parametrize(
    ("limits", "labels"),
    [
        ((0.9, 1.15), ("0.8", "0.9", "1", "1.1", "1.25")),
        ((0.6, 1.9), ("0.5", "0.7", "1", "1.5", "2")),
        ((0.3, 4.0), ("0.2", "0.5", "1", "2", "5")),
        ((0.003, 300.0), ("0.001", "0.01", "0.1", "1", "10", "100", "1000")),
    ],
)
def test_ratio_ticks_coarsen_with_the_range(limits, labels):
    assert axis("OR", [*limits], [limits]).labels == labels


def test_one_interval_from_001_to_40_does_not_flatten_the_others():
    usual = [(0.2, 0.8), (0.15, 0.6), (0.25, 0.9)]
    made = axis("RR", [0.4, 0.3, 0.5, 0.63], [*usual, (0.01, 40.0)])
    assert (made.low, made.high) == (0.05, 5.0)


def test_where_every_interval_is_wide_none_is_cut():
    made = axis("RR", [0.5, 0.7], [(0.02, 12.0), (0.03, 15.0)])
    assert made.low <= 0.02
    assert made.high >= 15.0


def test_differences_get_a_linear_axis_around_zero():
    made = axis("MD", [-2.1, 0.4, -0.9], [(-4.0, -0.2), (-1.0, 1.8), (-2.2, 0.4)])
    assert not made.is_log
    assert made.labels == ("−4", "−2", "0", "2")
    assert made.ticks == (-4.0, -2.0, 0.0, 2.0)


def test_small_differences_keep_their_decimals():
    assert axis("RD", [0.01, -0.02], [(-0.03, 0.02)]).labels == (
        *("−0.03", "−0.02", "−0.01", "0.00", "0.01", "0.02"),
    )


def test_an_axis_without_trials_still_has_both_sides():
    assert axis("RR", [], []).labels == ("0.8", "0.9", "1", "1.1", "1.25")
    assert axis("MD", [], []).labels == ("−1.0", "−0.5", "0.0", "0.5", "1.0")


@pytest.mark.slow
@given(st.lists(ratios, min_size=1, max_size=5), st.lists(st.tuples(ratios, ratios), max_size=5))
def test_ratio_axes_show_every_estimate_and_both_sides_of_one(estimates, pairs):
    made = axis("RR", estimates, [tuple(sorted(pair)) for pair in pairs])
    assert_spans(made, estimates, 1.0)
    assert all("e" not in label for label in made.labels)
    assert [float(label) for label in made.labels] == list(made.ticks)


@pytest.mark.slow
@given(
    st.lists(differences, min_size=1, max_size=5),
    st.lists(st.tuples(differences, differences), max_size=5),
)
def test_linear_axes_show_every_estimate_and_both_sides_of_zero(estimates, pairs):
    made = axis("MD", estimates, [tuple(sorted(pair)) for pair in pairs])
    assert_spans(made, estimates, 0.0)


def assert_spans(made: Axis, estimates: list[float], null: float) -> None:
    slack = 1e-9 * max(map(abs, (made.low, made.high)))  # a tick is rounded to its decimals
    assert made.low - slack <= min(estimates)
    assert max(estimates) <= made.high + slack
    assert made.low < null < made.high
    assert null in made.ticks
    assert 3 <= len(made.ticks) <= MOST_TICKS
    assert len(set(made.labels)) == len(made.labels)
