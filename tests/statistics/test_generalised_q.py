"""The generalised Q with given weights: its distribution, GENQ and GENQM, against metafor's."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import chdtrc

from liftproof.errors import InputError
from liftproof.statistics.batches import side_by_side
from liftproof.statistics.heterogeneity import q_profile
from liftproof.statistics.pooling import pool
from liftproof.statistics.prediction import PREDICTIONS
from liftproof.statistics.projection import with_weights
from liftproof.statistics.quadratic_form import STEP, exceedance
from liftproof.statistics.tau2 import GIVEN_WEIGHTS, TAU2, TAU2_SE
from liftproof.statistics.tau2.given_weights import (
    bracketed,
    generalised_q_limits,
    generalised_q_median,
    of_generalised_q,
)
from liftproof.statistics.tau2.near_root import near_root, scale_of
from liftproof.statistics.weighting import weighted_mean
from liftproof.vocabulary import intervals, predictions
from support.metafor_cases import REFERENCE, effects_and_variances

pytestmark = pytest.mark.slow

CASES = json.loads((REFERENCE / "generalised_q.json").read_text(encoding="utf-8"))
FIELDS = {
    "estimate": "estimate",
    "se": "se",
    "stat": "statistic",
    "pval": "p_value",
    "ci_low": "ci_low",
    "ci_high": "ci_high",
    "tau2": "tau2",
    "se_tau2": "tau2_se",
    "I2": "i2",
    "H2": "h2",
    "Q": "q",
    "Q_p": "q_p",
}
PREDICTED = {"pi": "metafor", "pi_riley": "riley", "pi_t": "t", "pi_simple": "simple"}
LIMITS = {"tau2_ci_low", "tau2_ci_high"}
TOLERANCES = {"GENQ": 1e-10, "GENQM": 1e-9}
"""GENQ is a closed form. GENQM is a search on a probability that CompQuadForm gives to 1e-10."""
ABSOLUTE = 1e-14
STOPS_WITHIN = 1.23e-4
"""metafor searches the limits by uniroot with its default tolerance, eps^(1/4), in τ² itself: those
of two trials, 0.0186964 in closed form, it gives as 0.0187048."""
PROBABILITY = 1e-13
HALF = 1e-7
INTEGRATED = 1e-8
"""Of quad, with a tail that is cut where its terms are as small."""
SAME = 1e-9

OF_INVERSE_VARIANCES = [
    record.code
    for record in (*intervals.INTERVALS.values(), *predictions.PREDICTIONS.values())
    if record.is_of_inverse_variances
]

each_method = pytest.mark.parametrize("tau2", GIVEN_WEIGHTS)
searched = settings(derandomize=True, max_examples=50)


def made_up(seed, k=6, spread=1.0):
    generator = np.random.default_rng(seed)
    y = generator.standard_t(2, k)
    v, weights = 10 ** generator.uniform(-spread, spread, (2, k))
    return y, v, weights


def fitted(case, prediction="riley"):
    y, v = effects_and_variances(case["csv"])
    return pool(y, v, tau2=case["method"], interval="wald", prediction=prediction, weights=1 / v)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['id']}-{c['method']}")
def test_agrees_with_metafor(case):
    pooled = fitted(case)
    close = {"rel": TOLERANCES[case["method"]], "abs": 1e3 * ABSOLUTE}
    ours = {theirs: float(getattr(pooled, name)) for theirs, name in FIELDS.items()}
    assert ours == pytest.approx({name: case[name] for name in FIELDS}, **close)
    for theirs, kind in PREDICTED.items():
        if case["k"] > 2 or kind != "riley":
            found = fitted(case, kind)
            limits = [case[f"{theirs}_low"], case[f"{theirs}_high"]]
            assert [float(found.pi_low), float(found.pi_high)] == pytest.approx(limits, **close)
    limits = [float(pooled.tau2_ci_low), float(pooled.tau2_ci_high)]
    known = [case["tau2_ci_low"], case["tau2_ci_high"]]
    assert limits == pytest.approx(known, rel=0, abs=STOPS_WITHIN)


def test_every_method_and_field_has_reference_numbers():
    assert {case["method"] for case in CASES} == set(GIVEN_WEIGHTS)
    described = {"id", "dataset", "csv", "measure", "method", "test", "k", "df", "Q_df", "vt"}
    predicted = {f"{kind}_{end}" for kind in PREDICTED for end in ("low", "high")}
    fields = {field for case in CASES for field in case}
    assert fields == set(FIELDS) | LIMITS | predicted | described | {"weights"}
    assert {case["weights"] for case in CASES} == {"1/vi"}


@pytest.mark.parametrize("k", [2, 3, 6, 51, 501, 3001])
@pytest.mark.parametrize("level", [1e-3, 0.3, 1.0, 1.7, 5.0])
def test_equal_weights_of_equal_trials_give_chi_squared(k, level):
    trials = side_by_side(np.zeros((1, k)), np.full((1, k), 0.25))
    q = level * (k - 1)
    found = exceedance(with_weights(trials, 4 * trials.v**0), trials.v, np.array([q]))
    assert found[0] == pytest.approx(chdtrc(k - 1, q), rel=0, abs=PROBABILITY)


@pytest.mark.parametrize("k", [2, 6, 51, 1001])
@pytest.mark.parametrize("level", [1e-3, 0.3, 1.0, 1.7, 5.0])
def test_twice_the_step_gives_half_the_digits(k, level):
    v, weights = made_up(k, k, spread=0.5)[1:]
    fit = with_weights(side_by_side(np.zeros((1, k)), v[None]), weights[:, None])
    q = level * fit.trace(v[:, None])
    found, fine = (exceedance(fit, v[:, None], q, step)[0] for step in (2 * STEP, STEP))
    assert found == pytest.approx(fine, rel=0, abs=HALF)


@searched
@given(seed=st.integers(0, 10_000), spread=st.floats(0, 3), probability=st.floats(0.001, 0.999))
def test_steps_from_a_scaled_chi_squared_end_where_a_bracket_does(seed, spread, probability):
    y, v, a = made_up(seed, spread=spread)
    scale = scale_of(side_by_side(y[None], v[None], weights=a[None]))
    wanted = np.array([probability])
    near = near_root(scale, wanted)
    if np.isfinite(near[0]):
        assert near == pytest.approx(bracketed(scale, wanted), rel=1e-12, abs=1e-13)
        assert scale.exceedance(near) == pytest.approx(wanted, rel=0, abs=PROBABILITY)


def test_most_roots_are_found_by_steps_alone():
    sets = (made_up(seed, k=13, spread=0.5) for seed in range(500))
    y, v, a = (np.stack(columns) for columns in zip(*sets, strict=True))
    scale = scale_of(side_by_side(y, v, weights=a))
    for probability in (0.025, 0.5, 0.975):
        found = near_root(scale, np.full(500, probability))
        is_above_0 = scale.exceedance(np.zeros(500)) < probability
        assert is_above_0.sum() > 100
        assert np.isfinite(found[is_above_0]).mean() > 0.9
        assert np.isnan(found[~is_above_0]).all()


def imhof(weights, q):
    """Return P(Σ weight χ²(1) > q) by Imhof's integral over the real line, with the weights."""

    def integrand(u):
        angle = np.arctan(weights * u).sum() / 2 - q * u / 2
        return math.sin(angle) / (u * (1 + (weights * u) ** 2).prod() ** 0.25)

    whole = quad(integrand, 0, np.inf, limit=4000, epsabs=INTEGRATED / 10)[0]
    return 0.5 + whole / math.pi


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_the_distribution_is_that_of_its_eigenvalues(seed, columns):
    y, d, a = made_up(seed, k=8 + columns, spread=0.6)
    x = np.random.default_rng(seed).normal(size=(len(y), columns))
    x[:, 0] = 1.0
    w = np.diag(a)
    p = w - w @ x @ np.linalg.inv(x.T @ w @ x) @ x.T @ w
    root = np.sqrt(np.diag(d))
    eigenvalues = np.linalg.eigvalsh(root @ p @ root)[columns:]
    trials = side_by_side(y[None], d[None], x[None], weights=a[None])
    fit = with_weights(trials, trials.weights)
    assert fit.q[0] * a.max() == pytest.approx(y @ p @ y, rel=1e-12)
    for factor in (0.3, 1.0, 2.5):
        q = factor * eigenvalues.sum()
        found = exceedance(fit, trials.v, np.array([q / a.max()]))[0]
        assert found == pytest.approx(imhof(eigenvalues, q), rel=0, abs=INTEGRATED)


@searched
@given(seed=st.integers(0, 10_000), spread=st.floats(0, 6))
def test_the_median_and_the_limits_are_where_the_probabilities_are(seed, spread):
    y, v, a = made_up(seed, spread=spread)
    low, high = generalised_q_limits(y, v, weights=a)
    trials = side_by_side(y[None], v[None], weights=a[None])
    fit = with_weights(trials, trials.weights)
    for tau2, wanted in ((low, 0.025), (generalised_q_median(y, v, weights=a), 0.5), (high, 0.975)):
        found = exceedance(fit, trials.v + float(tau2), fit.q)[0]
        if tau2 > 0:
            assert found == pytest.approx(wanted, rel=0, abs=SAME)
        else:
            assert found >= wanted


def test_weights_of_inverse_variances_give_dersimonian_and_laird_and_equal_ones_hedges():
    y, v, _ = made_up(3)
    for method, weights in (("DL", 1 / v), ("HE", np.full(6, 0.2))):
        given_weights = pool(y, v, tau2="GENQ", weights=weights)
        tau2 = float(TAU2[method](y, v))
        assert tau2 > 0
        assert float(given_weights.tau2) == pytest.approx(tau2, rel=1e-12)
        se = float(TAU2_SE[method](y, v, tau2))
        assert float(given_weights.tau2_se) == pytest.approx(se, rel=1e-12)


@pytest.mark.parametrize("level", [0.5, 0.95, 0.999])
def test_limits_of_two_trials_are_those_of_the_q_profile(level):
    y, v = [-0.5, 0.3], [0.04, 0.05]
    for weights in ([1.0, 1.0], [1e-6, 30.0]):
        ours = generalised_q_limits(y, v, level, weights=weights)
        assert np.array(ours) == pytest.approx(np.array(q_profile(y, v, level)), rel=1e-11)


def test_the_mean_is_that_of_the_weights_and_hartung_and_knapps_factor_that_of_the_model():
    y, v, a = made_up(5)
    pooled = pool(y, v, tau2="GENQM", interval="hksj", weights=a)
    tau2, share = float(pooled.tau2), a / a.sum()
    assert tau2 > 0
    assert float(pooled.estimate) == pytest.approx(share @ y, rel=1e-12)
    factor = float(weighted_mean(y, v, tau2)[2]) / 5
    variance = factor * (share**2 @ (v + tau2))
    assert float(pooled.variance) == pytest.approx(variance, rel=1e-12)
    assert pooled.weights == pytest.approx(100 * share, rel=1e-12)


def test_a_fixed_effect_takes_weights_too():
    y, v, a = made_up(6)
    pooled = pool(y, v, tau2="FE", interval="wald", weights=a)
    assert float(pooled.variance) == pytest.approx(a**2 @ v / a.sum() ** 2, rel=1e-12)
    assert math.isnan(pooled.tau2_ci_high)


@each_method
@searched
@given(seed=st.integers(0, 10_000), exponent=st.floats(-6, 6), unit=st.floats(-20, 20))
def test_units_and_order_do_not_matter(tau2, seed, exponent, unit):
    y, v, a = made_up(seed)
    c, order = 10**exponent, np.random.default_rng(seed).permutation(6)
    before = GIVEN_WEIGHTS[tau2](y, v, weights=a)
    after = GIVEN_WEIGHTS[tau2]((y * c)[order], (v * c**2)[order], weights=(a * 10**unit)[order])
    assert float(after) / c**2 == pytest.approx(float(before), rel=SAME, abs=SAME * v.min())


@each_method
def test_data_sets_at_once_are_data_sets_one_by_one(tau2):
    y, v, a = (np.stack(columns) for columns in zip(*map(made_up, range(2000)), strict=True))
    whole = GIVEN_WEIGHTS[tau2](y, v, weights=a)
    for row in (0, 5, 1999):
        alone = GIVEN_WEIGHTS[tau2](y[row], v[row], weights=a[row])
        assert whole[row] == pytest.approx(float(alone), rel=1e-11)
    assert (whole > 0).sum() > 500
    assert (whole == 0).sum() > 100


@each_method
def test_subsets_and_moderators_are_taken(tau2):
    y, v, a = made_up(11, k=8)
    y = 10 * y
    x = np.column_stack((np.ones(8), np.arange(8.0)))
    include = np.ones((2, 8), dtype=bool)
    include[1, [2, 5]] = False
    found = GIVEN_WEIGHTS[tau2](y, v, weights=a, x=x, include=include)
    for row, kept in enumerate(include):
        alone = GIVEN_WEIGHTS[tau2](y[kept], v[kept], weights=a[kept], x=x[kept])
        assert found[row] == pytest.approx(float(alone), rel=1e-11)
    assert (found > 0).all()


@each_method
def test_limiting_cases(tau2):
    estimator = GIVEN_WEIGHTS[tau2]
    assert float(estimator([0.4], [0.1], weights=[2.0])) == 0
    assert float(estimator([0.4] * 5, [0.1, 1e-12, 2.0, 1e12, 3.0], weights=[1.0] * 5)) == 0
    far = estimator([0.0, 1.0, 1e8], [0.1, 0.2, 0.3], weights=[1.0, 2.0, 3.0])
    assert 1e15 < float(far) < 1e17
    single = pool(0.4 * np.ones(1), np.ones(1), tau2=tau2, interval="wald", weights=np.ones(1))
    assert math.isnan(single.tau2_ci_low)
    assert (float(single.estimate), float(single.se)) == (0.4, 1.0)


@each_method
def test_without_weights_the_sentence_says_what_to_do(tau2):
    y, v, _ = made_up(1)
    with pytest.raises(InputError, match="1/v gives the estimator DL, equal weights HE"):
        pool(y, v, tau2=tau2)
    with pytest.raises(InputError, match="need weights="):
        GIVEN_WEIGHTS[tau2](y, v)
    with pytest.raises(InputError, match="need weights="):
        of_generalised_q(y, v, 0.1)


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([1.0, 0.0, 1.0], "weights must be positive, but 0 was found at index 1"),
        ([1.0, np.nan, 1.0], "weights must be finite"),
        ([1.0, 2.0], "one number a trial"),
        ([1.0, 1e60, 1.0], "weights must lie in 1e-50 to 1e"),
        (np.ones((2, 3)), "weights must have the shape of y"),
    ],
)
def test_bad_weights_are_refused(weights, sentence):
    with pytest.raises(InputError, match=sentence):
        pool([0.1, 0.2, 0.4], [0.1, 0.1, 0.1], tau2="GENQ", weights=weights)


@pytest.mark.parametrize("kind", OF_INVERSE_VARIANCES)
def test_intervals_of_other_weights_are_refused(kind):
    y, v, a = made_up(1)
    where = "prediction" if kind in PREDICTIONS else "interval"
    with pytest.raises(InputError, match=f"{kind} holds for weights"):
        pool(y, v, tau2="GENQ", weights=a, **{where: kind})
