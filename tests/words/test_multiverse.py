"""Sentences on a multiverse follow from its numbers."""

from dataclasses import replace

import pytest

from liftproof.pages.multiverse import multiverse_words as multiverse
from liftproof.rows.multiverse_rows import ChoiceRow
from support.multiverse_rows import multiverse_row

ROW = multiverse_row(
    combinations=48384,
    of=48384.0,
    inputs=2928,
    minimum=0.2569,
    p25=0.2965,
    p75=0.3288,
    maximum=0.3652,
    share_estimate=0.0085,
    share_all=8e-5,
    matches=4,
    matching_inputs=1,
    nearest="One 2001: hazard_ratio for primary; clustering: ICC 0.02 for as_extracted",
    departures=2,
    nearest_estimate=0.3379,
    nearest_ci_low=0.2376,
    nearest_ci_high=0.4805,
    printed="0.338 (0.238 to 0.480)",
)


def choice(name, total):
    return ChoiceRow(review="r", analysis="overall", choice=name, option="x", total=total)


def test_all_combinations_or_a_sample():
    assert multiverse.pooled(ROW) == "All 48\u202f384 combinations of choices were pooled."
    sample = replace(ROW, combinations=1000, of=5e15, sampled="yes", seed=7)
    assert multiverse.pooled(sample) == (
        "1\u202f000 of 5.0e+15 combinations of choices were pooled, drawn at random without "
        "repeats (seed 7)."
    )


def test_the_spread():
    assert multiverse.spread(ROW) == (
        "Estimates run from 0.257 to 0.365, half of them from 0.296 to 0.329; 100\u202f% have an "
        "interval that excludes no effect, 0\u202f% lie on the other side of it."
    )


def test_the_spread_in_short():
    assert multiverse.in_short(ROW) == (
        "Over 48\u202f384 combinations of defensible choices the estimate runs from 0.257 to "
        "0.365; all of them have an interval that excludes no effect."
    )
    sample = replace(ROW, sampled="yes", share_significant=0.06)
    assert "choices, drawn at random, the estimate" in multiverse.in_short(sample)
    alike = replace(ROW, maximum=ROW.minimum)
    assert "the estimate is 0.257 throughout; all of them" in multiverse.in_short(alike)
    assert multiverse.in_short(replace(ROW, combinations=0)) == ""


def test_without_a_print_nothing_is_compared_with_one():
    alone = replace(ROW, target="", printed="", printed_estimate=None, nearest="")
    told = multiverse.sentences(alone, [choice("One 2001", 0.6)], {})
    assert told[:2] == (multiverse.pooled(ROW), multiverse.spread(ROW))
    assert told[2].startswith("Moved most by: One 2001 (60\u202f%).")
    assert len(told) == 3


def test_a_match_is_never_told_without_what_it_does_not_show():
    expected = (
        "4 combinations give 0.338 (0.238 to 0.480), from 1 set of trial effects. A match does "
        "not identify the inputs"
    )
    assert expected in multiverse.matching(ROW)
    none = multiverse.matching(replace(ROW, matches=0))
    assert none.endswith("none gives all of 0.338 (0.238 to 0.480).")


def test_the_nearest_by_its_departures():
    assert multiverse.nearest(ROW, [], {}) == (
        "The match with the fewest departures has 2 departures from the analysis as settled (One "
        "2001: hazard ratio for primary; clustering: ICC 0.02 for as extracted): 0.338 (0.238 to "
        "0.480)."
    )
    none = replace(ROW, nearest="as settled", departures=0, nearest_rounds="no")
    told = multiverse.nearest(none, [], {})
    assert told.startswith("The nearest is the analysis as settled: 0.338")


def test_what_a_sample_shows_is_told_of_the_sample_alone():
    sample = replace(ROW, combinations=1000, of=5e15, sampled="yes", seed=7)
    assert "4 combinations of those drawn give 0.338 (0.238" in multiverse.matching(sample)
    assert multiverse.nearest(sample, [], {}).startswith(
        "The match with the fewest departures of those tried has 2 departures"
    )
    beyond = multiverse.matching(replace(sample, matches=0))
    assert "none of those drawn gives all of 0.338 (0.238 to 0.480). A match does not" in beyond


def test_nothing_to_choose_and_nothing_to_pool():
    assert multiverse.pooled(replace(ROW, combinations=1, of=1.0)) == (
        "There is nothing to choose: 1 combination was pooled."
    )
    empty = replace(ROW, combinations=0, minimum=None, maximum=None)
    assert multiverse.sentences(empty, [], {}) == (
        "No combination of choices leaves a trial to pool.",
    )


def test_choices_that_move_the_estimate_most_come_first():
    rows = [choice("a", 0.1), choice("b", 0.6), choice("c", 0.0)]
    (sentence,) = multiverse.moving(rows)
    assert sentence.startswith("Moved most by: b (60\u202f%), a (10\u202f%). In brackets:")
    assert not list(multiverse.moving([choice("a", 0.0)]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "not estimable"),
        (0.0, "0\u202f%"),
        (0.0001, "less than 0.1\u202f%"),
        (0.005, "0.5\u202f%"),
        (0.42, "42\u202f%"),
        (0.995, "99.5\u202f%"),
        (0.9999, "more than 99.9\u202f%"),
        (1.0, "100\u202f%"),
    ],
)
def test_a_share_near_an_end_is_not_rounded_to_it(value, text):
    assert multiverse.share(value) == text


def test_the_nearest_calls_options_by_their_names():
    def option(name, kind, code, settled="no"):
        return ChoiceRow(
            review="r", analysis="overall", choice=name, kind=kind, option=code, settled=settled
        )

    choices = [
        option("One 2001", "trial", "primary", "yes"),
        option("One 2001", "trial", "new_rates"),
        option("τ² method", "tau2", "DL", "yes"),
        option("τ² method", "tau2", "FE"),
    ]
    row = replace(ROW, nearest="One 2001: new_rates for primary; τ² method: FE for DL")
    assert multiverse.departures(row, choices, {}) == (
        "One 2001: new rates in place of main extraction; "
        "τ² method: fixed effect in place of DerSimonian-Laird"
    )
    assert multiverse.departures(row, choices, {"new_rates": "new injuries, from rates"}) == (
        "One 2001: new injuries, from rates in place of main extraction; "
        "τ² method: fixed effect in place of DerSimonian-Laird"
    )
