"""Effects from an estimate with its standard error or P value."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftproof.errors import InputError
from liftproof.statistics.distributions import size_of_statistic, two_sided_p
from liftproof.statistics.effects.reported import from_p_value, from_standard_error

CLOSED = 1e-12
"""Closed forms: a few roundings."""
BACK = 1e-9
"""Quantiles of t, and back: scipy finds them to some ten digits."""


def test_a_standard_error_of_a_ratio_is_that_of_its_logarithm():
    effect = from_standard_error([0.5, 2.0], [0.2, 0.3], is_log=True)
    np.testing.assert_allclose(effect.y, [-np.log(2), np.log(2)], rtol=CLOSED)
    np.testing.assert_allclose(effect.v, [0.04, 0.09], rtol=CLOSED)


def test_a_difference_with_its_p_value_gives_the_standard_error_of_the_handbook():
    """Cochrane Handbook 6.5.2.3: MD 3.8, P 0.008, 25 and 22 people: t 2.78 with 45 df, SE 1.37."""
    effect = from_p_value(3.8, 0.008, df=45, is_log=False)
    assert round(float(size_of_statistic(0.008, 2, 45)), 2) == 2.78
    assert round(float(effect.v) ** 0.5, 2) == 1.37


def test_one_side_is_half_of_two():
    one, two = (from_p_value(0.7, p, sides, is_log=True) for p, sides in ((0.02, 1), (0.04, 2)))
    np.testing.assert_allclose(one.v, two.v, rtol=CLOSED)
    other = from_p_value(0.7, 0.98, 1, is_log=True)
    np.testing.assert_allclose(one.v, other.v, rtol=1e-6)  # 0.98 has lost digits that 0.02 keeps


def test_what_is_not_said_of_a_p_value_is_two_sided_and_normal():
    said = from_p_value([0.7, 0.7], 0.04, [np.nan, 2], [np.inf, np.nan], is_log=True)
    assert said.v[0] == said.v[1] == from_p_value(0.7, 0.04, is_log=True).v


@settings(derandomize=True, max_examples=60)
@given(
    y=st.floats(0.05, 3),
    t=st.floats(0.05, 5),
    df=st.one_of(st.just(np.inf), st.floats(3, 300)),
    sign=st.sampled_from([-1, 1]),
)
def test_an_effect_survives_being_printed_as_a_p_value(y, t, df, sign):
    p = float(two_sided_p(np.asarray(t), df))
    effect = from_p_value(np.exp(sign * y), p, 2, df, is_log=True)
    assert float(effect.y) == pytest.approx(sign * y, rel=BACK)
    assert float(effect.v) ** 0.5 == pytest.approx(y / t, rel=BACK)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: from_standard_error(0, 0.2, is_log=True), "A ratio must be positive"),
        (lambda: from_standard_error(0.5, 0, is_log=True), "standard error must be positive"),
        (lambda: from_p_value(1, 0.5, is_log=True), "an estimate of no difference"),
        (lambda: from_p_value(0.5, 0, is_log=True), "between 0 and 1"),
        (lambda: from_p_value(0.5, 0.5, 1, is_log=True), "puts the effect at none"),
        (lambda: from_p_value(0.5, 0.03, 3, is_log=True), "1 side or 2, but 3"),
        (lambda: from_p_value(0.5, 0.03, 2, 0, is_log=True), "Degrees of freedom must be posit"),
        (lambda: from_p_value([1, 2], [0.1, 0.2, 0.3], is_log=False), "and their P values"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        call()
