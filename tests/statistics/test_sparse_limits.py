"""Methods for sparse data: bad input, extreme counts, and what must not change an answer."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftproof.errors import ConvergenceError, InputError, StatisticsError, UsageError
from liftproof.statistics.effects.two_arm_tables import ZeroCells
from liftproof.statistics.sparse import GLMM, MANTEL_HAENSZEL
from liftproof.statistics.sparse.beta_binomial import beta_binomial
from liftproof.statistics.sparse.homogeneity import (
    cochran_mantel_haenszel,
    cochran_mantel_haenszel_rates,
    equal_odds_ratios,
)
from liftproof.statistics.sparse.mantel_haenszel import risk_difference
from liftproof.statistics.sparse.peto import peto
from liftproof.vocabulary.models import COUNT_MODELS, MODELS
from liftproof.vocabulary.suitability import require_counts
from support.sparse_cases import counts

pytestmark = pytest.mark.slow

TRIALS = ([4, 6, 3, 9], [123, 306, 231, 80], [11, 29, 11, 12], [139, 303, 220, 75])
SAME = 1e-11
"""Closed forms, computed in another order."""
SEARCHED = 1e-7
"""Twice the error bound of a search, 1e-8 standard errors, and the rounding of likelihoods."""

MEMORY = 150e6
"""Bytes; the counts of a million trials as floats take 33 MB, weights 8 MB."""

OF_COUNTS = [
    *(MANTEL_HAENSZEL[measure] for measure in ("OR", "RR", "RD")),
    cochran_mantel_haenszel,
    equal_odds_ratios,
    peto,
    GLMM["OR"],
    beta_binomial,
]
OF_RATES = [
    MANTEL_HAENSZEL["IRR"],
    MANTEL_HAENSZEL["IRD"],
    cochran_mantel_haenszel_rates,
    GLMM["IRR"],
]


@pytest.mark.parametrize("pool", OF_COUNTS)
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (([], [], [], []), r"no trial to pool \(k = 0\)"),
        ((1, 2, 1, 2), r"no trial to pool \(k = 0\)"),
        (
            ([1, np.nan], [9, 9], [1, 1], [9, 9]),
            "Events must be finite, but nan was found at index 1",
        ),
        (([1, 1], [9, np.inf], [1, 1], [9, 9]), "n must be finite, but inf was found"),
        (([1, -1], [9, 9], [1, 1], [9, 9]), "Events must not be negative, but -1 was found"),
        (([1, 0], [9, 0], [1, 1], [9, 9]), "n must be positive, but 0 was found at index 1"),
        (([1, 10], [9, 9], [1, 1], [9, 9]), "Events must not exceed n, but 10 was found"),
        (([1, 1], [9, 9], [1, 1, 1], [9, 9, 9]), "Counts of both arms must have one shape"),
        (([1, 1], [9, 1e13], [1, 1], [9, 9]), "n must not exceed 1e"),
        ((["a", 1], [9, 9], [1, 1], [9, 9]), "Events must hold numbers"),
    ],
)
def test_bad_counts_are_refused_in_a_sentence(pool, data, says):
    with pytest.raises(InputError, match=says):
        pool(*data)


@pytest.mark.parametrize("pool", [GLMM["OR"], beta_binomial])
def test_a_likelihood_takes_whole_people(pool):
    with pytest.raises(InputError, match=r"whole numbers for a likelihood.* 1\.5 was"):
        pool([1, 1.5], [9, 9], [1, 1], [9, 9])


@pytest.mark.parametrize("pool", [peto, cochran_mantel_haenszel])
def test_a_trial_of_one_part_of_a_person_has_no_variance(pool):
    with pytest.raises(InputError, match=r"more than one participant, but 0\.9 was"):
        pool([3, 0.2], [9, 0.5], [1, 0.1], [9, 0.4])


@pytest.mark.parametrize("pool", OF_RATES)
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (([], [], [], []), r"no trial to pool \(k = 0\)"),
        (([1, np.nan], [9, 9], [1, 1], [9, 9]), "Events must be finite"),
        (([1, 1], [9, 0], [1, 1], [9, 9]), "Person-time must be positive, but 0 was found"),
        (([1, -2], [9, 9], [1, 1], [9, 9]), "Events must not be negative, but -2 was found"),
    ],
)
def test_bad_rates_are_refused_in_a_sentence(pool, data, says):
    with pytest.raises(InputError, match=says):
        pool(*data)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: GLMM["OR"](*TRIALS, model="UMFS"), "did you mean UM.FS"),
        (lambda: GLMM["IRR"](*TRIALS, model="CM.AL"), "no model for rate ratios CM.AL"),
        (lambda: GLMM["OR"](*TRIALS, method="REML"), "no method REML"),
        (lambda: GLMM["OR"](*TRIALS, test="knha"), "no test knha"),
        (lambda: GLMM["OR"](*TRIALS, nodes=0), "nodes must be a whole number from 1 to 100"),
        (lambda: GLMM["OR"](*TRIALS, nodes=2.5), "nodes must be a whole number from 1 to 100"),
        (lambda: GLMM["OR"](*TRIALS, level=95), "must lie between 0 and 1"),
        (lambda: GLMM["OR"](*np.ones((4, 2, 3))), "takes one data set of shape"),
        (lambda: GLMM["PLO"]([0, 0], [5, 6]), "nobody has an event"),
        (lambda: GLMM["PLO"]([5, 6], [5, 6]), "nobody is free of an event"),
        (lambda: GLMM["IRLN"]([0, 0], [5, 6]), "nobody has an event"),
        (
            lambda: beta_binomial(*TRIALS, measure="IRR"),
            "no measure of the beta-binomial model IRR",
        ),
        (lambda: beta_binomial(*np.ones((4, 2, 3))), r"takes shape \(k,\)"),
        (lambda: risk_difference(*TRIALS, variance="stato"), "did you mean sato"),
        (
            lambda: peto(*TRIALS, pooling="only0"),
            "empty cells must be a two_arm_tables.ZeroCells",
        ),
        (
            lambda: peto(*TRIALS, pooling=ZeroCells(add=1, to="only", drop00=True)),
            "did you mean only0",
        ),
    ],
)
def test_unknown_names_and_options_are_refused(call, says):
    with pytest.raises(InputError, match=says):
        call()


@pytest.mark.parametrize("name", ["UM.FS", "UM.RS", "CM.EL", "CM.AL"])
@pytest.mark.parametrize("method", ["EE", "ML"])
def test_one_trial_is_its_own_odds_ratio(name, method):
    result = GLMM["OR"]([4], [123], [11], [139], model=name, method=method, test="t")
    assert result.tau2 == 0
    assert (result.q_df, result.q_lrt_p, result.df) == (0, 1, np.inf)
    assert result.estimate == pytest.approx(np.log(4 * 128 / (11 * 119)), abs=0.08)


def test_one_trial_by_mantel_haenszel_is_the_trial():
    pooled = MANTEL_HAENSZEL["OR"]([4], [123], [11], [139])
    assert pooled.estimate == pytest.approx(np.log(4 * 128 / (11 * 119)), rel=SAME)
    assert pooled.variance == pytest.approx(1 / 4 + 1 / 119 + 1 / 11 + 1 / 128, rel=SAME)
    assert (float(pooled.q_p), float(pooled.h2), float(pooled.i2)) == (1, 1, 0)


@pytest.mark.parametrize("name", ["UM.FS", "UM.RS", "CM.EL", "CM.AL"])
def test_two_trials_alike_have_no_heterogeneity(name):
    result = GLMM["OR"]([4, 4], [123, 123], [11, 11], [139, 139], model=name)
    assert result.at_boundary
    assert result.q_lrt == pytest.approx(0, abs=1e-8)
    assert result.q_wald == pytest.approx(0, abs=1e-8)


@pytest.mark.parametrize("name", ["UM.FS", "CM.EL"])
def test_an_enormous_outlier_is_fitted(name):
    data = ([4, 5, 6, 95], [100, 100, 100, 100], [5, 5, 5, 3], [100, 100, 100, 100])
    result = GLMM["OR"](*data, model=name)
    own = np.log(np.array([4 / 96, 5 / 95, 6 / 94, 95 / 5]) / np.array([5 / 95] * 3 + [3 / 97]))
    assert result.tau2 == pytest.approx(np.var(own), rel=0.1)  # far above sampling variance
    assert result.q_lrt > 80


def test_a_trial_of_a_billion_outweighs_all_others():
    data = ([4, 5, 300_000_000], [100, 100, 10**9], [9, 8, 400_000_000], [100, 100, 10**9])
    alone = np.log(3 * 6 / (4 * 7))
    for result in (GLMM["OR"](*data, method="EE"), MANTEL_HAENSZEL["OR"](*data)):
        assert float(result.estimate) == pytest.approx(alone, rel=0.02)
    assert GLMM["OR"](*data, method="EE").se == pytest.approx(9.5e-5, rel=0.02)


def test_effects_without_end_in_both_directions_are_refused():
    # each trial has all its events in one arm, half of them in either
    data = ([3, 0, 3, 0], [9, 9, 9, 9], [0, 3, 0, 3], [9, 9, 9, 9])
    with pytest.raises(ConvergenceError, match="without end"):
        GLMM["OR"](*data, model="CM.EL")


def test_beta_binomial_of_all_or_none_is_refused():
    with pytest.raises(ConvergenceError, match="correlation goes to 1"):
        beta_binomial([9, 0, 9], [9, 9, 9], [0, 9, 0], [9, 9, 9])


def test_many_data_sets_at_once_are_as_one_by_one():
    generator = np.random.default_rng(7)
    n = generator.integers(20, 200, (2, 3, 2, 9))
    a, c = generator.binomial(n, 0.1)
    batch = (a, n[0], c, n[1])
    for pool in (*(MANTEL_HAENSZEL[m] for m in ("OR", "RR", "RD", "IRR", "IRD")), peto):
        together = pool(*batch)
        for i in np.ndindex(3, 2):
            alone = pool(*(column[i] for column in batch))
            for field in ("estimate", "se", "p_value", "q", "i2"):
                assert getattr(together, field)[i] == pytest.approx(
                    float(getattr(alone, field)), rel=SAME, abs=1e-13
                )
            np.testing.assert_allclose(together.weights[i], alone.weights, rtol=SAME)


def test_a_million_trials_are_pooled_in_blocks():
    generator = np.random.default_rng(3)
    n = generator.integers(20, 200, (2, 2, 40_000, 13))
    a, c = generator.binomial(n, 0.2)
    batch = (a, n[0], c, n[1])
    for pool in (MANTEL_HAENSZEL["OR"], MANTEL_HAENSZEL["IRD"], peto, equal_odds_ratios):
        tracemalloc.start()
        together = pool(*batch)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < MEMORY
        alone = pool(*(column[1, 39_999] for column in batch))
        compared = [name for name in ("estimate", "se", "q", "tarone") if hasattr(alone, name)]
        assert compared
        for name in compared:
            whole = getattr(together, name)
            assert whole.shape == (2, 40_000)
            assert whole[1, 39_999] == pytest.approx(getattr(alone, name), rel=SAME)


def test_a_bad_data_set_is_found_in_its_block():
    data = [np.tile(np.array(column), (20_000, 1)) for column in TRIALS]
    data[0][19_000] = 0
    with pytest.raises(InputError, match=r"at index \d+. Data sets are counted from number 18432"):
        MANTEL_HAENSZEL["OR"](*data)
    data[0][19_000, 2] = -1
    with pytest.raises(InputError, match=r"-1 was found at index 568, 2\. Data sets are counted"):
        MANTEL_HAENSZEL["OR"](*data)


@pytest.mark.parametrize("name", ["UM.FS", "UM.RS", "CM.EL", "CM.AL"])
def test_swapping_arms_turns_the_sign(name):
    a, n1, c, n2 = counts("nielweise2007")
    one, other = GLMM["OR"](a, n1, c, n2, model=name), GLMM["OR"](c, n2, a, n1, model=name)
    assert one.estimate == pytest.approx(-other.estimate, rel=SEARCHED)
    assert one.tau2 == pytest.approx(other.tau2, rel=1e-6)
    if name != "UM.RS":  # there the test, as metafor's, adds the trial's own effect to one arm
        assert one.q_lrt == pytest.approx(other.q_lrt, rel=SEARCHED)


@pytest.mark.parametrize("name", ["UM.FS", "UM.RS", "CM.EL"])
@pytest.mark.parametrize("unit", [1e-6, 365.25, 1e6])
def test_person_time_may_be_in_any_unit(name, unit):
    x1, t1, x2, t2 = counts("hart1999")
    one, other = (GLMM["IRR"](x1, f * t1, x2, f * t2, model=name, method="EE") for f in (1, unit))
    assert one.estimate == pytest.approx(other.estimate, rel=SEARCHED)
    assert one.se == pytest.approx(other.se, rel=SEARCHED)
    assert one.log_likelihood == pytest.approx(other.log_likelihood, rel=1e-9)


@pytest.mark.parametrize("name", ["UM.FS", "UM.RS", "CM.EL", "CM.AL"])
def test_the_order_of_trials_means_nothing(name):
    data = counts("collins1985b")
    one, other = GLMM["OR"](*data, model=name), GLMM["OR"](*(x[::-1] for x in data), model=name)
    for field in ("estimate", "se", "tau2", "q_wald", "q_lrt", "log_likelihood"):
        assert getattr(one, field) == pytest.approx(getattr(other, field), rel=1e-6)


TRIAL = st.tuples(st.integers(0, 12), st.integers(12, 60), st.integers(0, 12), st.integers(12, 60))


@settings(max_examples=150)
@given(st.lists(TRIAL, min_size=1, max_size=6))
def test_any_counts_have_finite_answers_or_a_reason(trials):
    data = tuple(np.array(column) for column in zip(*trials, strict=True))
    for pool in (*OF_COUNTS[:3], peto):
        try:
            pooled = pool(*data)
        except StatisticsError:
            continue
        finite = [pooled.estimate, pooled.se, pooled.p_value, pooled.q, pooled.i2, pooled.h2]
        assert np.isfinite(finite).all()
        assert pooled.weights.sum() == pytest.approx(100)
        assert 0 <= pooled.p_value <= 1


@settings(max_examples=12)
@given(st.lists(TRIAL, min_size=1, max_size=5))
def test_any_counts_have_a_maximum_or_a_reason(trials):
    data = tuple(np.array(column) for column in zip(*trials, strict=True))
    fits = [lambda m=model: GLMM["OR"](*data, model=m) for model in ("UM.FS", "CM.EL", "CM.AL")]
    for fit in (*fits, lambda: beta_binomial(*data)):
        try:
            result = fit()
        except StatisticsError:
            continue
        assert np.isfinite([result.estimate, result.se, result.log_likelihood]).all()
        assert result.se > 0


@settings(max_examples=30)
@given(st.lists(TRIAL, min_size=2, max_size=5))
def test_random_effects_never_lower_the_likelihood(trials):
    data = tuple(np.array(column) for column in zip(*trials, strict=True))
    try:
        common, random = (GLMM["OR"](*data, model="CM.AL", method=m) for m in ("EE", "ML"))
    except StatisticsError:
        return
    assert random.log_likelihood >= common.log_likelihood - 1e-9
    if random.at_boundary:
        assert random.estimate == pytest.approx(common.estimate, rel=1e-6, abs=1e-7)


@pytest.mark.parametrize(
    ("method", "measure", "without", "says"),
    [
        ("Peto", "IRR", [], "Peto cannot pool IRR: Peto's method is a step towards the odds ratio"),
        ("CM.AL", "IRR", [], "for rates CM.EL is exact"),
        ("UM.FS", "RR", [], "RR is pooled by MH, beta-binomial"),
        ("MH", "SMD", [], "SMD is pooled by inverse variance"),
        (
            "UM.FS",
            "OR",
            ["Smith 2001"],
            "needs the events and participants of both arms .* Smith 2001",
        ),
        ("MH", "IRR", ["A", "B"], "needs the events and person-time .* A, B only an estimate"),
        ("UMFS", "OR", [], "There is no method for counts UMFS; did you mean UM.FS"),
    ],
)
def test_unsuitable_combinations_are_refused_with_the_reason(method, measure, without, says):
    with pytest.raises(UsageError, match=says):
        require_counts(method, measure, without)


def test_suitable_combinations_pass():
    for method in COUNT_MODELS:
        for measure in MODELS[method].measures:
            require_counts(method, measure)
