"""What must hold for any funnel: searched by hypothesis, the same examples on every run."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from liftproof.statistics.small_study.egger import egger, funnel_regression
from liftproof.statistics.small_study.excess_significance import excess_significance
from liftproof.statistics.small_study.fail_safe import rosenberg
from liftproof.statistics.small_study.henmi_copas import henmi_copas
from liftproof.statistics.small_study.limit_meta import limit_meta_analysis
from liftproof.statistics.small_study.line import weighted_line
from liftproof.statistics.small_study.pet_peese import pet_peese
from liftproof.statistics.small_study.rank_tests import begg_mazumdar
from liftproof.statistics.small_study.trim_and_fill import trim_and_fill

pytestmark = pytest.mark.slow

SAME = 1e-7
"""The same number by another path; nearly equal predictors multiply rounding."""

effect = st.floats(-3, 3).map(lambda value: round(value, 3))
variance = st.floats(-3, 1).map(lambda exponent: round(10**exponent, 5))
trials = st.lists(st.tuples(effect, variance), min_size=4, max_size=12).map(
    lambda pairs: tuple(np.array(pairs).T)
)
searched = settings(derandomize=True, max_examples=40)


def even(y, v):
    """Discard data in which effects or variances hardly differ."""
    assume(np.ptp(y) > 0.1)
    assume(np.ptp(np.sqrt(v)) > 0.05 * np.sqrt(v.max()))


@searched
@given(data=trials, exponent=st.floats(-6, 6))
def test_the_unit_of_the_effect_does_not_matter(data, exponent):
    y, v = data
    even(y, v)
    c = 10**exponent
    for method, scaled, pure in (
        (egger, ("intercept", "intercept_se"), ("bias", "p_value")),
        (pet_peese, ("estimate", "se"), ("p_value",)),
        (henmi_copas, ("ci_low", "ci_high", "se"), ("quantile",)),
        (limit_meta_analysis, ("estimate", "se"), ("q_small",)),
        (begg_mazumdar, (), ("tau", "p_value")),
        (excess_significance, ("estimate",), ("expected", "p_exact")),
    ):
        before, after = method(y, v), method(y * c, v * c**2)
        for name in scaled:
            ours = float(getattr(after, name)) / c
            assert ours == pytest.approx(float(getattr(before, name)), rel=1e-6, abs=SAME)
        for name in pure:
            ours = float(getattr(after, name))
            expected = float(getattr(before, name))
            assert ours == pytest.approx(expected, rel=1e-6, abs=SAME, nan_ok=True)


@searched
@given(data=trials, seed=st.integers(0, 1000))
def test_the_order_of_trials_does_not_matter(data, seed):
    y, v = data
    even(y, v)
    order = np.random.default_rng(seed).permutation(len(y))
    for method, name in (
        (egger, "bias"),
        (pet_peese, "estimate"),
        (henmi_copas, "ci_low"),
        (limit_meta_analysis, "estimate"),
        (rosenberg, "n"),
        (begg_mazumdar, "tau"),
    ):
        before, after = method(y, v), method(y[order], v[order])
        expected = pytest.approx(float(getattr(before, name)), rel=1e-6, abs=SAME, nan_ok=True)
        assert float(getattr(after, name)) == expected


@searched
@given(data=trials, shift=st.floats(-5, 5))
def test_asymmetry_does_not_depend_on_where_the_funnel_stands(data, shift):
    y, v = data
    even(y, v)
    before, after = egger(y, v), egger(y + shift, v)
    assert float(after.bias) == pytest.approx(float(before.bias), rel=1e-6, abs=1e-6)
    assert float(after.intercept) == pytest.approx(float(before.intercept) + shift, abs=1e-6)


@searched
@given(data=trials)
def test_the_line_agrees_with_the_normal_equations(data):
    y, v = data
    even(y, v)
    x, w = np.sqrt(v), 1 / v
    design = np.stack((np.ones_like(x), x), axis=1)
    expected = np.linalg.lstsq(design * np.sqrt(w)[:, None], y * np.sqrt(w), rcond=None)[0]
    line = weighted_line(y, x, w)
    assert [float(line.intercept), float(line.slope)] == pytest.approx(expected, rel=1e-6, abs=1e-6)


@searched
@given(data=trials)
def test_filled_trials_mirror_trimmed_ones(data):
    y, v = data
    even(y, v)
    filled = trim_and_fill(y, v, estimator="R0", side="left", tau2="DL")
    assert filled.filled_y.shape == filled.filled_v.shape == (filled.k0,)
    assert 0 <= filled.k0 < len(y)
    if filled.k0:
        largest = np.sort(y)[len(y) - filled.k0 :]
        centres = np.sort(largest)[::-1] + np.sort(filled.filled_y)
        np.testing.assert_allclose(centres, centres[0], atol=1e-9)


@searched
@given(data=trials)
def test_data_sets_side_by_side_are_those_one_by_one(data):
    y, v = data
    even(y, v)
    both_y, both_v = np.stack((y, -2 * y)), np.stack((v, 3 * v))
    for method, name in (
        (egger, "p_value"),
        (henmi_copas, "quantile"),
        (begg_mazumdar, "p_value"),
        (limit_meta_analysis, "estimate"),
        (rosenberg, "n"),
        (excess_significance, "p_exact"),
        (funnel_regression, "limit_estimate"),
    ):
        together = getattr(method(both_y, both_v), name)
        for row in range(2):
            alone = float(getattr(method(both_y[row], both_v[row]), name))
            assert float(together[row]) == pytest.approx(alone, rel=1e-9, abs=1e-12, nan_ok=True)
