"""The thresholds of a multiverse: what is gone through, what is searched, what is written out."""

from dataclasses import replace

import numpy as np
import pytest

from liftproof.analysis.multiverse.space import Choice, Space
from liftproof.errors import UsageError
from liftproof.pages.multiverse import multiverse_words
from liftproof.rows.multiverse_rows import ChoiceRow
from support.multiverse_rows import multiverse_row


def space(*radices):
    """Return a space whose choices have so many options."""
    return Space(
        choices=tuple(
            Choice(name=f"c{place}", kind="trial", options=tuple(map(str, range(radix))))
            for place, radix in enumerate(radices)
        )
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("radices", "rows"),
    [
        ((100, 100, 100), 1_000_000),
        ((9, 11, 101, 101 - 1), 999_900),
        ((101, 100, 100), 100_000),
    ],
)
def test_up_to_a_million_combinations_are_gone_through_and_of_more_a_tenth_of_it_drawn(
    radices, rows
):
    digits = space(*radices).combinations()
    assert len(digits) == rows
    assert len(np.unique(space(*radices).index_of(digits))) == rows


@pytest.mark.parametrize(("options", "is_much"), [(256, False), (257, True)])
def test_a_choice_has_256_options_at_most(options, is_much):
    if is_much:
        with pytest.raises(UsageError, match="c0 has 257 options, more than 256"):
            space(options)
    else:
        assert space(options).size == 256


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0\u202f%"),
        (0.00099, "less than 0.1\u202f%"),
        (0.001, "0.1\u202f%"),
        (0.0011, "0.1\u202f%"),
        (0.00949, "0.9\u202f%"),
        (0.01, "1\u202f%"),
        (0.0111, "1\u202f%"),
        (0.9889, "99\u202f%"),
        (0.9911, "99.1\u202f%"),
        (0.9989, "99.9\u202f%"),
        (0.999, "99.9\u202f%"),
        (0.9991, "more than 99.9\u202f%"),
        (1.0, "100\u202f%"),
    ],
)
def test_shares_near_none_and_all_are_told_apart(value, text):
    assert multiverse_words.share(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (999_999_999_999, "999\u202f999\u202f999\u202f999"),
        (1e12, "1.0e+12"),
        (1.1e12, "1.1e+12"),
        (9e11, "900\u202f000\u202f000\u202f000"),
    ],
)
def test_counts_from_a_million_millions_on_are_powers_of_ten(value, text):
    assert multiverse_words.whole(value) == text


@pytest.mark.parametrize("count", [2, 3, 4])
def test_three_choices_that_move_the_estimate_are_named(count):
    choices = [
        ChoiceRow(review="r", analysis="a", choice=f"c{place}", option="x", total=0.5 - place / 10)
        for place in range(count)
    ]
    (text,) = multiverse_words.moving(choices)
    assert text.count("%)") == min(count, 3)


def test_a_choice_that_moves_nothing_is_not_named():
    def said(total):
        row = ChoiceRow(review="r", analysis="a", choice="c", option="x", total=total)
        return list(multiverse_words.moving([row]))

    assert not said(0.0)
    assert said(1e-9)


@pytest.mark.parametrize(("combinations", "is_told"), [(9, True), (10, False)])
def test_combinations_that_leave_no_trial_are_told(combinations, is_told):
    row = multiverse_row(combinations=combinations, of=10.0, minimum=0.1, maximum=0.2)
    assert ("leave a trial to pool" in multiverse_words.pooled(row)) is is_told
    one = replace(row, combinations=1, of=1.0)
    assert multiverse_words.pooled(one).startswith("There is nothing to choose")
