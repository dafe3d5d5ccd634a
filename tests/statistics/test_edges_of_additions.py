"""What is given wrongly, or lies at an edge, to the functions that metafor has in one line."""

import numpy as np
import pytest

import liftproof as lp
from liftproof.errors import InputError

EXACT = 1e-14
"""Relative: closed forms of a few operations."""


def test_a_whole_number_too_large_for_a_float_is_no_level():
    for call in (lp.pool, lp.trial_limits, lp.meta_regression):
        with pytest.raises(InputError, match="level must be one number between 0 and 1"):
            call([0.1, 0.2, 0.4], [0.1] * 3, *([[[1]] * 3] if call is lp.meta_regression else []),
                 level=10**400)  # fmt: skip


def test_statistics_that_cancel_have_no_sum():
    opposite = [[1, -1], [-1, 1]]
    with pytest.raises(InputError, match="without variance"):
        lp.combine_p_values([0.1, 0.2], correlation=opposite)
    # Two of the first against one of the second are 1 of either.
    found = lp.combine_p_values([0.1, 0.9], weights=[2, 1], correlation=opposite)
    one = lp.combine_p_values([0.1])
    assert float(found.statistic) == pytest.approx(float(one.statistic), rel=1e-12)


def test_a_correlation_is_finite():
    with pytest.raises(InputError, match="correlation must be finite"):
        lp.combine_p_values([0.1, 0.2], correlation=[[1, np.inf], [np.inf, 1]])


def test_weights_may_differ_by_set():
    """As many sets as p values: a matrix of weights is not taken for one of another kind."""
    p = np.array([[0.01, 0.2], [0.3, 0.6]])
    weights = np.array([[1.0, 3.0], [2.0, 5.0]])
    for correlation in (None, [[1, 0.5], [0.5, 1]]):
        whole = lp.combine_p_values(p, weights=weights, correlation=correlation)
        for i in range(2):
            one = lp.combine_p_values(p[i], weights=weights[i], correlation=correlation)
            assert float(whole.statistic[i]) == pytest.approx(float(one.statistic), rel=EXACT)
    with pytest.raises(InputError, match="weights must have shape"):
        lp.combine_p_values(p, weights=np.ones((3, 2)))


def test_a_column_of_another_length_is_not_aligned_by_dropping():
    y = [np.nan, 1.0, 2.0]
    for call in (
        lambda: lp.pool(y, [1, 2], missing="drop"),
        lambda: lp.trial_limits(y, [1, 2], missing="drop"),
        lambda: lp.blup([*y, 3.0], [1, 2, 3, 4], [[1, 2], [1, 3], [1, 5]], missing="drop"),
    ):
        with pytest.raises(InputError, match="give a row a trial"):
            call()
    assert lp.pool(y, 0.5, missing="drop").dropped == (0,)


@pytest.mark.parametrize("n", range(5, 40))
def test_a_model_of_one_predictor_leaves_nothing_without_it(n):
    """R² is then t²/(t² + n - 2), y its root and v (1 - R²)²/n, whichever way digits fall."""
    t = 2.0
    r2 = t**2 / (t**2 + n - 2)
    effect = lp.escalc("SPCOR", ti=t, ni=n, mi=1, r2i=r2)
    assert float(effect.y) == pytest.approx(r2**0.5, rel=1e-12)
    assert float(effect.v) == pytest.approx((1 - r2) ** 2 / n, rel=1e-11)


def test_a_partial_correlation_by_its_test_is_checked_as_such():
    for columns, words in (
        ({"ti": 1.0, "ni": 4, "mi": 3}, "ni must be above mi by more than 1"),
        ({"ti": 0.5, "ni": 3, "mi": 3}, "ni must be above mi by more than 1"),
        ({"ti": [1, 2, 3], "ni": [9, 9], "mi": 3}, "ti, ni and mi must have one shape"),
        ({"ti": 1.0, "ri": 0.3, "ni": 9, "mi": 3}, "takes ri or ti, its test, not both"),
        ({"ti": 1e300, "ni": 10, "mi": 2}, "A correlation must lie between -1 and 1"),
    ):
        with pytest.raises(InputError, match=words):
            lp.escalc("PCOR", **columns)


def test_arms_of_unlike_length_are_refused_before_they_are_added():
    with pytest.raises(InputError, match="ai and bi must have one shape"):
        lp.escalc("OR", ai=[1, 2], bi=[1, 2, 3], ci=[1, 2], di=[3, 4])


def test_measures_beyond_reviews_that_are_not_transformed_stay():
    for measure in ("MPRD", "RPB", "RBIS", "PBIT", "ARAW", "SPCOR"):
        assert lp.natural(measure, [0.1, -0.2]).tolist() == [0.1, -0.2]


def test_what_natural_cannot_take_is_said():
    with pytest.raises(InputError, match="A measure is one name"):
        lp.natural(["PLO"], [0.0])
    for measure in ("PLO", "RR", "MD"):
        with pytest.raises(InputError, match="does not go with values of shape"):
            lp.natural(measure, [0.0, 1.0, 2.0], tau2=[0.1, 0.2])
    for measure in ("PLO", "ZCOR"):
        with pytest.raises(InputError, match="tau2 must be 100 or less"):
            lp.natural(measure, 0.0, tau2=101)
    assert lp.natural("MD", 3.0, tau2=[0.1, 1e6]).tolist() == [3.0, 3.0]


def test_the_mean_of_true_values_at_the_largest_tau2():
    """Integrals by SciPy's quad, in four pieces about 0 and about the kink, to 1e-14."""
    assert float(lp.natural("PLO", 1.0, tau2=100)) == pytest.approx(0.5391962666558192, rel=1e-14)
    assert float(lp.natural("ZCOR", 1.0, tau2=100)) == pytest.approx(0.07933196842089482, rel=1e-12)


def test_the_generalised_q_of_many_equal_trials_ends_in_silence():
    """Made up, with Q far below its degrees of freedom: a level distribution has no slope."""
    random = np.random.default_rng(0)
    y, v, w = random.normal(0, 0.1, 200), random.gamma(1, 0.2, 200) + 1e-6, random.gamma(1, 1, 200)
    pooled = lp.pool(y, v, tau2="GENQ", weights=w + 0.01)
    assert float(pooled.tau2_ci_low) == float(pooled.tau2_ci_high) == 0.0
