"""Searches for τ²: the global maximum, the true root, wide ranges."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import chdtri

from liftproof.errors import ConvergenceError
from liftproof.statistics.batches import side_by_side
from liftproof.statistics.heterogeneity import q_profile
from liftproof.statistics.projection import at_tau2
from liftproof.statistics.tau2 import TAU2, brackets, generalised_q, maximum, of_one
from liftproof.statistics.tau2.generalised_q import tau2_at_q
from liftproof.statistics.tau2.likelihood import FULL, RESTRICTED
from liftproof.statistics.tau2.paule_mandel import paule_mandel
from liftproof.statistics.tau2.profile import fit_statistics, profile_likelihood
from liftproof.statistics.tau2.quadratic_parts import unweighted
from liftproof.statistics.tau2.reml import restricted_maximum_likelihood
from liftproof.statistics.weighting import weighted_mean
from support.metafor_cases import effects_and_variances

pytestmark = pytest.mark.slow

LIKELIHOOD = 1e-9
"""A log-likelihood of some 100 is rounded at 1e-14; a grid can only come near the maximum."""

AS_SUMS = 1e-13
"""A root is found to 1e-14, and sums over trials are taken in another order beside other sets."""

CHORD = 1e-9
"""A difference of values over a short step is rounded at 1e-13."""


def on_a_grid(y, v, points=3000, x=None, method="REML"):
    """Return τ² of a dense grid up to far beyond all spread, and the log-likelihood there."""
    y, v = np.asarray(y, dtype=float), np.asarray(v, dtype=float)
    x = np.ones((len(y), 1)) if x is None else x
    top = 10 * (np.ptp(y) ** 2 + v.min())
    tau2 = np.concatenate(([0], np.geomspace(v.min() * 1e-6, top, points)))
    w = 1 / (tau2[:, None] + v)
    cross = np.einsum("ki,mk,kj->mij", x, w, x)
    coefficients = np.linalg.solve(cross, np.einsum("ki,mk,k->mi", x, w, y)[..., None])[..., 0]
    q = (w * (y - coefficients @ x.T) ** 2).sum(axis=1)
    logs = q - np.log(w).sum(axis=1) + len(y) * np.log(2 * np.pi)
    if method == "REML":
        logs += np.linalg.slogdet(cross)[1] - np.linalg.slogdet(x.T @ x)[1]
        logs -= x.shape[1] * np.log(2 * np.pi)
    return tau2, -logs / 2


def log_likelihood(y, v, tau2, x=None, method="REML"):
    return float(fit_statistics(y, v, tau2, method=method, x=x).log_likelihood)


@pytest.mark.parametrize(
    ("y", "v", "global_maximum", "other_maximum"),
    [
        # one precise cluster of trials and a distant imprecise one: maxima at 0 and far away
        ([0.0, 0.05, -0.05, 6.0], [0.01, 0.01, 0.01, 2.0], 6.27, 0.0),
        ([-0.2, 0.1, 0.0, 3.0], [0.05, 0.02, 0.01, 0.9], 0.0, 0.914),
        ([0.1, 1.0, 2.1, -0.2, -0.3], [0.2, 7.1, 0.42, 0.01, 0.02], 0.728, 0.0),
    ],
)
def test_the_higher_of_two_maxima_is_found(y, v, global_maximum, other_maximum):
    grid, likelihood = on_a_grid(y, v)
    inside = (likelihood[1:-1] > likelihood[:-2]) & (likelihood[1:-1] > likelihood[2:])
    maxima = [*grid[1:-1][inside], *grid[:1][likelihood[:1] > likelihood[1:2]]]
    assert sorted(maxima) == pytest.approx(sorted([global_maximum, other_maximum]), rel=0.01)
    tau2 = float(restricted_maximum_likelihood(y, v))
    assert tau2 == pytest.approx(global_maximum, rel=0.01)
    assert log_likelihood(y, v, tau2) > log_likelihood(y, v, other_maximum)


@settings(derandomize=True, max_examples=200)
@given(
    st.lists(
        st.tuples(st.floats(-5, 5), st.floats(-6, 3).map(lambda exponent: 10**exponent)),
        min_size=2,
        max_size=10,
    )
)
def test_no_point_of_a_dense_grid_is_likelier(pairs):
    y, v = np.array(pairs).T
    for method in ("ML", "REML"):
        tau2 = float(TAU2[method](y, v))
        _, likelihood = on_a_grid(y, v, method=method)
        assert likelihood.max() <= log_likelihood(y, v, tau2, method=method) + LIKELIHOOD


@settings(derandomize=True, max_examples=100)
@given(seed=st.integers(0, 10_000), spread=st.floats(0, 2), k=st.integers(4, 9))
def test_no_point_is_likelier_beside_moderators(seed, spread, k):
    generator = np.random.default_rng(seed)
    v = 10 ** generator.uniform(-spread, spread, k)
    y = generator.standard_t(1.2, k)
    x = np.column_stack((np.ones(k), generator.normal(size=(k, 2))))
    for method in ("ML", "REML"):
        tau2 = float(TAU2[method](y, v, x=x))
        _, likelihood = on_a_grid(y, v, points=1000, x=x, method=method)
        assert likelihood.max() <= log_likelihood(y, v, tau2, x, method) + LIKELIHOOD


@settings(derandomize=True, max_examples=50)
@given(seed=st.integers(0, 10_000), spread=st.floats(0, 2), level=st.floats(0.5, 0.99))
def test_profile_limits_enclose_all_that_is_likely(seed, spread, level):
    generator = np.random.default_rng(seed)
    v = 10 ** generator.uniform(-spread, spread, 5)
    y = generator.standard_t(1.2, 5)
    for method in ("ML", "REML"):
        low, high = (float(limit) for limit in profile_likelihood(y, v, level, method=method))
        grid, likelihood = on_a_grid(y, v, points=1000, method=method)
        highest = log_likelihood(y, v, TAU2[method](y, v), method=method)
        likely = grid[likelihood >= highest - chdtri(1, 1 - level) / 2 + LIKELIHOOD]
        assert (likely >= low).all()
        assert (likely <= high).all()
        for end in (low, high):
            drop = highest - log_likelihood(y, v, end, method=method)
            assert 2 * drop == pytest.approx(chdtri(1, 1 - level), rel=1e-6) or end == 0


@settings(derandomize=True, max_examples=50)
@given(seed=st.integers(0, 10_000), spread=st.floats(0, 12))
def test_no_point_is_likelier_where_variances_span_many_decades(seed, spread):
    generator = np.random.default_rng(seed)
    v = 10 ** generator.uniform(-spread, spread, (20, 4))
    y = generator.standard_t(1.2, (20, 4))
    for row, tau2 in enumerate(restricted_maximum_likelihood(y, v)):
        _, likelihood = on_a_grid(y[row], v[row], points=300)
        # sums that cancel over 24 decades leave the grid itself 1e-7
        assert likelihood.max() <= log_likelihood(y[row], v[row], tau2) + 1e-7


@settings(derandomize=True, max_examples=100)
@given(seed=st.integers(0, 10_000), spread=st.floats(0, 12), scale=st.floats(-3, 3))
def test_the_root_of_q_is_met_where_variances_span_many_decades(seed, spread, scale):
    generator = np.random.default_rng(seed)
    v = 10 ** generator.uniform(-spread, spread, (20, 5))
    y = generator.standard_t(1.2, (20, 5)) * 10**scale
    tau2 = paule_mandel(y, v)
    q = weighted_mean(y, v, tau2)[2]
    positive = tau2 > 0
    # Q is as steep as 1/(v + τ²), and τ² cannot be finer than the variance it is added to
    np.testing.assert_allclose(q[positive], 4, rtol=1e-11)
    assert (weighted_mean(y, v, 0.0)[2][~positive] <= 4).all()


@pytest.mark.parametrize("name", ["data/curtis1998__MD.csv", "data/boundary_k2.csv"])
@pytest.mark.parametrize("level", [0.5, 0.95, 0.999])
def test_limits_of_tau2_are_true_roots_however_far(name, level):
    # metafor's search ends at tau2.max, 100 by default; the roots of both data sets lie beyond
    y, v = effects_and_variances(name)
    low, high = q_profile(y, v, level)
    tail = (1 - level) / 2
    for limit, probability in ((low, tail), (high, 1 - tail)):
        q, quantile = float(weighted_mean(y, v, limit)[2]), float(chdtri(len(y) - 1, probability))
        assert q == pytest.approx(quantile, rel=1e-12, abs=0) or (limit == 0 and q < quantile)
    assert level < 0.95 or float(high) > 300


def test_two_trials_have_the_roots_that_can_be_written_down():
    # Q(τ²) = (y₁ - y₂)²/(v₁ + v₂ + 2τ²): REML, PM and DL agree
    y, v = [-0.5, 0.3], [0.04, 0.05]
    assert float(paule_mandel(y, v)) == pytest.approx((0.64 - 0.09) / 2, rel=1e-14, abs=0)
    assert float(restricted_maximum_likelihood(y, v)) == pytest.approx(0.275, rel=1e-14, abs=0)
    assert float(tau2_at_q(y, v, 0.001)) == pytest.approx((640 - 0.09) / 2, rel=1e-13, abs=0)


def test_equal_variances_have_one_solution():
    # for v all alike REML, PM: τ² = s² - v
    y = [0.1, 0.9, 0.4, 1.3]
    expected = np.var(y, ddof=1) - 0.01
    assert float(paule_mandel(y, [0.01] * 4)) == pytest.approx(expected, rel=1e-13, abs=0)
    assert float(restricted_maximum_likelihood(y, [0.01] * 4)) == pytest.approx(
        expected, rel=1e-13, abs=0
    )


@pytest.mark.parametrize("likelihood", [FULL, RESTRICTED], ids=["ML", "REML"])
def test_the_score_is_negative_above_the_bound(likelihood):
    generator = np.random.default_rng(5)
    v = 10 ** generator.uniform(-6, 6, (500, 4))
    trials = side_by_side(generator.standard_t(1.5, (500, 4)), v)
    above = brackets.upper_bound(trials, likelihood, unweighted(trials).q) * (
        1 + 1e-9
    ) + 1e-9 * v.min(axis=1)
    for factor in (1, 2, 100):
        assert (likelihood.terms(at_tau2(trials, above * factor)).score < 0).all()


def test_a_search_that_is_cut_short_says_so(monkeypatch):
    for module in (generalised_q, maximum, of_one):
        monkeypatch.setattr(module, "MAX_STEPS", 1)
    one = np.array([0.1, 0.9, 0.4]), np.array([0.01, 0.2, 0.03])
    two = [np.stack((values, values)) for values in one]
    for search in (paule_mandel, restricted_maximum_likelihood):
        for y, v in (one, two):
            with pytest.raises(ConvergenceError, match="did not end within 1 steps"):
                search(y, v)


@pytest.mark.parametrize("likelihood", [RESTRICTED, FULL], ids=["REML", "ML"])
def test_the_search_in_numbers_finds_what_the_search_in_arrays_finds(likelihood):
    """Of two data sets that are one, the search in arrays gives each what the other has."""
    random = np.random.default_rng(14)
    several = 0
    for _ in range(300):
        k = int(random.integers(2, 30))
        v = np.exp(random.normal(-2, random.choice([0.3, 2, 6]), k))
        y = random.normal(0, np.sqrt(v + random.choice([0, 0.1, 2])))
        y[v.argmax()] += random.choice([0, 5])  # a distant imprecise trial: often two maxima
        twice = side_by_side(np.stack((y, y)), np.stack((v, v)))
        sets, expected = maximum.local_maxima(twice, likelihood)
        alone = of_one.maxima_of_one(side_by_side(y[None], v[None]).as_vectors, likelihood)
        several += len(alone) > 1
        np.testing.assert_allclose(
            np.sort(alone), np.sort(expected[sets == 0]), rtol=AS_SUMS, atol=AS_SUMS * v.min()
        )
    assert several > 3


def test_a_search_that_finds_nothing_says_what_to_check():
    # effects of 1e30 beside variances of 1e-50: no digit is left of what the moderators leave
    y, v = [-1e30, 0.0, -1e30, 0.0], [1e25, 1e-50, 1e-50, 1.0]
    x = [[1, 1, -4], [1, 0, 1], [1, 1, 1], [1, 0, 3]]
    with pytest.raises(ConvergenceError, match=r"from 1e-50 to 1e\+25.*such as DL or PM"):
        restricted_maximum_likelihood(y, v, x=x)


def test_variances_over_24_decades_leave_moderators_their_maximum():
    y, v = [0.5, 0.0, -0.5], [1e-12, 1e12, 1.0]
    as_a_mean = float(restricted_maximum_likelihood(y, v))
    as_moderator = float(restricted_maximum_likelihood(y, v, x=np.ones((3, 1))))
    # the terms of the score at 0 differ by 1e-12: τ² can be told to the root of rounding
    assert as_a_mean == 0
    assert as_moderator == pytest.approx(0, abs=1e-8)


@pytest.mark.parametrize("likelihood", [FULL, RESTRICTED], ids=["ML", "REML"])
@pytest.mark.parametrize("moderated", [False, True])
def test_the_two_functions_whose_order_is_the_sign_of_the_score_are_concave(likelihood, moderated):
    generator = np.random.default_rng(6)
    k, n = 6, 200
    x = np.concatenate((np.ones((n, k, 1)), generator.normal(size=(n, k, 1))), axis=-1)
    trials = side_by_side(
        generator.standard_t(1.5, (n, k)),
        10 ** generator.uniform(-1, 1, (n, k)),
        x if moderated else None,
    )
    steps = 0.05 * np.arange(60)
    points = [likelihood.concave(trials, np.full(n, tau2)) for tau2 in steps]
    for name in ("f", "g"):
        value = np.array([getattr(point, name) for point in points])
        slope = np.array([getattr(point, f"{name}_slope") for point in points])
        chord = np.diff(value, axis=0) / 0.05
        assert (chord <= slope[:-1] * (1 + CHORD)).all()
        assert (chord >= slope[1:] * (1 - CHORD)).all()
    for tau2, point in zip(steps, points, strict=True):
        score = likelihood.terms(at_tau2(trials, np.full(n, tau2))).score
        assert (score[point.is_rising] > 0).all()
        assert (score[point.is_falling] < 0).all()
        assert (point.is_rising | point.is_falling).all()


def test_the_bound_on_what_newton_leaves_is_kept():
    generator = np.random.default_rng(8)
    v = 10 ** generator.uniform(-1, 1, (500, 6))
    y = generator.standard_t(1.5, (500, 6)) * 3
    root = restricted_maximum_likelihood(y, v)
    trials = side_by_side(y, v).take(np.flatnonzero(root > 0))
    root, smallest = root[root > 0], trials.v[0]
    for distance in (1e-2, -1e-2, 1e-4, -1e-4):
        start = np.maximum(0.0, root + distance * (smallest + root))
        at = RESTRICTED.concave(trials, start)
        step = at.newton()
        known = np.isfinite(step) & (np.abs(step) < 0.05 * (smallest + start))
        left = np.abs(start + step - root)[known]
        bound = at.error_after(step, smallest + start)[known]
        assert known.mean() > 0.9
        assert (left <= bound + 1e-14 * (smallest + root)[known]).all()


def test_traces_lose_no_digits_beside_a_trial_that_outweighs_all():
    # tr P = 2 Σ w_i w_j/Σw over pairs, tr P² = Σ w² - 2 Σ w³/Σw + (Σ w²/Σw)², in whole numbers
    weights = [10**24, 3, 2, 1]
    one, two, three = (sum(w**power for w in weights) for power in (1, 2, 3))
    trace = Fraction(one**2 - two, one)
    square = Fraction(two * one**2 - 2 * three * one + two**2, one**2)
    y, v = np.array([[0.0, 1.0, 3.0, 2.0]]), 1 / np.array([weights], dtype=float)
    found = at_tau2(side_by_side(y, v), 0.0).traces()
    assert [float(each[0]) for each in found] == pytest.approx(
        [float(trace), float(square)], rel=1e-14, abs=0
    )


@pytest.mark.parametrize("likelihood", [FULL, RESTRICTED], ids=["ML", "REML"])
@pytest.mark.parametrize("moderated", [False, True])
def test_a_data_set_alone_has_the_likelihood_it_has_among_others(likelihood, moderated):
    # alone it is computed in vectors; the first trial outweighs all, so that its leverage is near 1
    generator = np.random.default_rng(9)
    n, k = 40, 5
    v = generator.uniform(0.1, 1, (n, k)) * np.where(np.arange(n) % 2, 1, 1e-6)[:, None] ** (
        np.arange(k) == 0
    )
    y = generator.normal(size=(n, k))
    x = np.stack((np.ones((n, k)), generator.normal(size=(n, k))), axis=-1) if moderated else None
    tau2 = generator.uniform(0, 0.5, n)
    names = ("f", "f_slope", "g", "g_slope")
    among = likelihood.concave(side_by_side(y, v, x), tau2)
    for i in range(n):
        one = slice(i, i + 1)
        trials = side_by_side(y[one], v[one], None if x is None else x[one])
        alone = likelihood.concave(trials, tau2[one])
        for name in names:
            assert getattr(alone, name) == pytest.approx(
                getattr(among, name)[one], rel=1e-12, abs=0
            )
