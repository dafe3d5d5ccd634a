"""Standardised differences of changes: the definition, units, limits and refusals."""

import math

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.effects import EFFECTS, FROM
from liftproof.statistics.effects.changes import standardised_difference_of_changes

ROUNDING = 1e-12
ARMS = (50.1, 51.2, 3.5, 11, 51.0, 50.8, 3.1, 9)


def by_hand(post_1, pre_1, s1, n1, post_2, pre_2, s2, n2):
    m = n1 + n2 - 2
    s = math.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / m)
    d = ((post_1 - pre_1) - (post_2 - pre_2)) / s
    j = math.exp(math.lgamma(m / 2) - math.lgamma((m - 1) / 2)) / math.sqrt(m / 2)
    return j * d, j**2 * ((n1 + n2) / (n1 * n2) + d**2 / (2 * (n1 + n2)))


def test_effect_and_variance_are_those_written_out():
    effect = standardised_difference_of_changes(*ARMS)
    assert (effect.y, effect.v) == pytest.approx(by_hand(*ARMS), rel=ROUNDING)


def test_without_a_difference_before_it_is_hedges_g_of_the_means_after():
    post_1, _, s1, n1, post_2, _, s2, n2 = ARMS
    changes = standardised_difference_of_changes(post_1, 50, s1, n1, post_2, 50, s2, n2)
    means = EFFECTS["SMD"](post_1, s1, n1, post_2, s2, n2)
    assert float(changes.y) == pytest.approx(float(means.y), rel=ROUNDING)
    assert changes.v < means.v


def test_the_unit_of_the_outcome_does_not_matter():
    plain = standardised_difference_of_changes(*ARMS)
    scaled = standardised_difference_of_changes(
        *(x if place % 4 == 3 else 60 * x for place, x in enumerate(ARMS))
    )
    assert (scaled.y, scaled.v) == pytest.approx((plain.y, plain.v), rel=ROUNDING)


def test_trials_are_computed_at_once():
    columns = [np.array([x, x]) for x in ARMS]
    columns[0][1] = 49.0
    effect = standardised_difference_of_changes(*columns)
    single = standardised_difference_of_changes(49.0, *ARMS[1:])
    assert effect.y.tolist() == pytest.approx([by_hand(*ARMS)[0], float(single.y)], rel=ROUNDING)


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (2, 0.0, "Standard deviations must be positive"),
        (7, 1, "n must be 2 or more"),
        (5, np.nan, "Means before"),
    ],
)
def test_impossible_numbers_are_refused(place, value, sentence):
    numbers = [*ARMS[:place], value, *ARMS[place + 1 :]]
    with pytest.raises(InputError, match=sentence):
        standardised_difference_of_changes(*numbers)


def test_only_the_standardised_difference_comes_from_changes():
    assert set(FROM["changes"]) == {"SMD"}
