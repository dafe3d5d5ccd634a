"""Confidence distributions, P-value functions and compatibility curves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from liftproof.errors import InputError
from liftproof.statistics.bayes.posterior import posterior
from liftproof.statistics.bayes.priors import half_normal, log_normal
from liftproof.statistics.bayes.probabilities import probability_that
from liftproof.statistics.bayes.random_effects import random_effects
from liftproof.statistics.dependent.robust import cluster_robust
from liftproof.statistics.dependent.robust_moments import robust_moments
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.imputed import pool_imputed
from liftproof.statistics.intervals import INTERVALS
from liftproof.statistics.multilevel.fit import multilevel
from liftproof.statistics.multilevel.terms import intercepts
from liftproof.statistics.pooling import pool
from liftproof.statistics.regression import meta_regression, subgroups
from liftproof.statistics.regression.location_scale import location_scale
from liftproof.statistics.small_study.egger import egger
from liftproof.statistics.small_study.trim_and_fill import trim_and_fill
from liftproof.statistics.small_study.weighted_least_squares import uwls, waap
from liftproof.statistics.sparse import GLMM, MANTEL_HAENSZEL
from liftproof.statistics.sparse.beta_binomial import beta_binomial
from liftproof.statistics.sparse.peto import peto
from liftproof.statistics.statements.confidence import (
    compatibility_curve,
    confidence_distribution,
    confidence_distribution_of,
    confidence_that,
    p_value,
    s_value,
)
from support.metafor_cases import POOLED

ROUNDING = 1e-12
"""Closed forms of the normal and t distributions."""
Y, V = [-0.51, -0.22, 0.05, -0.4], [0.04, 0.001, 0.09, 0.02]


def test_values_of_the_normal_distribution_known_by_heart():
    of = confidence_distribution(1.0, 0.5)
    assert float(confidence_that(of, below=1.0)) == 0.5
    assert float(confidence_that(of, below=1 + 0.5 * 1.959963984540054)) == pytest.approx(0.975)
    assert float(confidence_that(of, above=1 + 0.5 * 1.644853626951473)) == pytest.approx(0.05)
    assert float(p_value(of, 1.0)) == 1
    assert float(s_value(of, 1.0)) == 0
    assert float(s_value(of, 1 + 0.5 * 0.6744897501960817)) == pytest.approx(1, rel=1e-9)


def test_a_t_distribution_by_hand():
    # one degree of freedom is Cauchy: F(1) = 3/4, p of ±1 is 1/2, one bit
    of = confidence_distribution(0.0, 2.0, 1)
    assert float(confidence_that(of, below=2.0)) == pytest.approx(0.75, rel=ROUNDING)
    assert float(p_value(of, -2.0)) == pytest.approx(0.5, rel=ROUNDING)
    assert float(s_value(of, -2.0)) == pytest.approx(1.0, rel=ROUNDING)
    curve = compatibility_curve(of, [0.5])
    assert (float(curve.low[0]), float(curve.high[0])) == pytest.approx((-2.0, 2.0), rel=ROUNDING)


@pytest.mark.parametrize("case", POOLED[::7], ids=lambda case: case["id"])
def test_metafors_p_values_and_limits_lie_on_the_curve(case):
    of = confidence_distribution(case["estimate"], case["se"], case["df"] or np.inf)
    assert float(p_value(of, 0.0)) == pytest.approx(case["pval"], rel=1e-8, abs=0)
    curve = compatibility_curve(of, 0.95)
    limits = (float(curve.low[0]), float(curve.high[0]))
    assert limits == pytest.approx((case["ci_low"], case["ci_high"]), rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("interval", INTERVALS)
def test_the_interval_of_a_pooled_estimate_lies_on_its_curve(interval):
    pooled = pool(Y, V, interval=interval)
    of = confidence_distribution_of(pooled)
    assert float(confidence_that(of, below=float(pooled.ci_low))) == pytest.approx(0.025)
    assert float(p_value(of, float(pooled.ci_high))) == pytest.approx(0.05)
    assert float(p_value(of, 0.0)) == pytest.approx(float(pooled.p_value), rel=ROUNDING)
    curve = compatibility_curve(of, [0.5, 0.95, 0.999])
    assert float(curve.high[1]) == pytest.approx(float(pooled.ci_high), rel=ROUNDING)


def test_data_sets_side_by_side():
    y = np.array([Y, [0.1, 0.2, 0.3, 0.5]])
    of = confidence_distribution_of(pool(y, [V, V], interval="hksj"))
    below = confidence_that(of, below=0.0)
    assert below.shape == (2,)
    alone = confidence_distribution_of(pool(y[1], V, interval="hksj"))
    assert below[1] == pytest.approx(float(confidence_that(alone, below=0.0)), rel=ROUNDING)
    curve = compatibility_curve(of, [0.5, 0.9, 0.95])
    assert curve.low.shape == (3, 2)
    assert curve.s.tolist() == pytest.approx([1, np.log2(10), np.log2(20)])


@settings(derandomize=True, max_examples=60)
@given(
    estimate=st.floats(-3, 3),
    se=st.floats(0.01, 3),
    df=st.sampled_from([1.0, 4.5, 30.0, np.inf]),
    level=st.floats(0.01, 0.999),
)
def test_round_trips(estimate, se, df, level):
    of = confidence_distribution(estimate, se, df)
    curve = compatibility_curve(of, level)
    low, high = float(curve.low[0]), float(curve.high[0])
    assert float(confidence_that(of, above=low, below=high)) == pytest.approx(level, rel=1e-9)
    assert float(p_value(of, low)) == pytest.approx(1 - level, rel=1e-9)
    assert float(s_value(of, high)) == pytest.approx(float(curve.s[0]), rel=1e-7, abs=1e-9)
    total = confidence_that(of, below=0.3) + confidence_that(of, above=0.3)
    assert float(total) == pytest.approx(1, rel=ROUNDING)


def test_with_a_known_tau_confidence_is_the_posterior_under_a_flat_prior():
    pooled = pool(Y, V, tau2="DL", interval="wald")
    of = confidence_distribution_of(pooled)
    tau_prior = log_normal(np.log(float(pooled.tau2)) / 2, 1e-6)
    posterior_probability = probability_that(posterior(Y, V, tau_prior=tau_prior), below=-0.1)
    assert float(confidence_that(of, below=-0.1)) == pytest.approx(
        float(posterior_probability), rel=1e-9
    )


def test_identical_effects_leave_no_doubt_by_hartung_knapp():
    of = confidence_distribution_of(pool([1.0, 1.0], [0.1, 0.2], interval="hksj"))
    assert [float(confidence_that(of, below=x)) for x in (0.9, 1.0, 1.1)] == [0, 0.5, 1]
    assert [float(p_value(of, x)) for x in (0.9, 1.0)] == [0, 1]
    assert float(s_value(of, 0.9)) == np.inf


def test_small_probabilities_keep_their_digits():
    of = confidence_distribution(-3.0, 0.1)
    assert float(confidence_that(of, above=0.0)) == pytest.approx(stats.norm.sf(30), rel=1e-10)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: confidence_distribution(np.nan, 1), "estimate must be finite"),
        (lambda: confidence_distribution(0, -1), "se must not be negative, but -1 was found"),
        (lambda: confidence_distribution(0, 1, 0), "df must be positive, but 0 was found"),
        (lambda: confidence_distribution(0, 1, np.nan), "df must be positive, but nan was found"),
        (lambda: confidence_that(confidence_distribution(0, 1)), "needs a value to be below"),
        (lambda: confidence_that(confidence_distribution(0, 1), below=np.inf), "below must be f"),
        (lambda: p_value(confidence_distribution(0, 1), np.nan), "value must be finite"),
        (lambda: compatibility_curve(confidence_distribution(0, 1), 95), "between 0 and 1"),
        (lambda: compatibility_curve(confidence_distribution(0, 1), ["a"]), "must hold numbers"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        call()


COUNTS = ([4, 6, 3, 62], [123, 306, 231, 13598], [11, 29, 11, 248], [139, 303, 220, 12867])


@pytest.mark.parametrize(
    "fit_of",
    [
        lambda: MANTEL_HAENSZEL["RR"](*COUNTS),
        lambda: MANTEL_HAENSZEL["RD"](*COUNTS),
        lambda: peto(*COUNTS, level=0.9),
        lambda: beta_binomial(*COUNTS, measure="OR"),
        lambda: GLMM["OR"](*COUNTS, model="CM.AL", test="t"),
        lambda: pool([-0.9, -1.5], [0.3, 0.2], interval="hksj", level=0.8),
    ],
    ids=["Mantel-Haenszel RR", "Mantel-Haenszel RD", "Peto", "beta-binomial", "GLMM", "pool"],
)
def test_every_estimate_with_limits_has_a_confidence_distribution(fit_of):
    fit = fit_of()
    of = confidence_distribution_of(fit)
    tail = (1 - fit.level) / 2
    assert float(confidence_that(of, below=float(fit.ci_high))) == pytest.approx(1 - tail, abs=1e-9)
    assert float(confidence_that(of, below=float(fit.ci_low))) == pytest.approx(tail, abs=1e-9)


TWICE = ["a", "a", "b", "b", "c", "c", "d", "d"]
EIGHT = np.array([0.1, 0.4, 0.3, 0.9, 0.2, -0.1, 0.5, 0.6]), np.linspace(0.02, 0.09, 8)
SLOPE = np.arange(8.0)


@pytest.mark.parametrize(
    "fit_of",
    [
        lambda: meta_regression(*EIGHT, SLOPE, intercept=True, test="knha", level=0.9),
        lambda: cluster_robust(*EIGHT, TWICE, SLOPE),
        lambda: three_level(*EIGHT, TWICE, SLOPE, test="t"),
        lambda: multilevel(*EIGHT, intercepts(TWICE), SLOPE, level=0.99),
        lambda: robust_moments(*EIGHT, TWICE).fit,
        lambda: location_scale(*EIGHT, SLOPE),
    ],
    ids=["meta-regression", "robust", "three levels", "multilevel", "moments", "location-scale"],
)
def test_each_coefficient_has_a_confidence_distribution(fit_of):
    fit = fit_of()
    of = confidence_distribution_of(fit)
    assert of.estimate.shape == fit.coefficients.shape
    curve = compatibility_curve(of, [fit.level])
    np.testing.assert_allclose(curve.low[0], fit.ci_low, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(curve.high[0], fit.ci_high, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    "fit_of",
    [lambda: uwls(*EIGHT), lambda: pool_imputed([0.5, 0.6, 0.55], [0.04, 0.05, 0.045])],
    ids=["weighted least squares", "imputed sets"],
)
def test_a_result_that_keeps_its_degrees_of_freedom_but_no_level_has_one_too(fit_of):
    fit = fit_of()
    of = confidence_distribution_of(fit)
    assert float(p_value(of, 0.0)) == pytest.approx(float(fit.p_value), rel=1e-12)
    assert float(confidence_that(of, below=float(fit.ci_high))) == pytest.approx(0.975, abs=1e-9)


def test_a_result_that_holds_such_a_fit_names_it():
    for result, part in ((trim_and_fill(*EIGHT), "pooled"), (waap(*EIGHT), "average")):
        with pytest.raises(InputError, match=f"take its {part}"):
            confidence_distribution_of(result)
    with pytest.raises(InputError, match="not of 'Subgroups'"):
        confidence_distribution_of(subgroups(*EIGHT, TWICE))


@pytest.mark.parametrize(
    "result_of",
    [
        lambda: egger([0.1, 0.4, 0.3], [0.1, 0.2, 0.3]),
        lambda: random_effects([0.1, 0.4, 0.3], [0.1, 0.2, 0.3], tau_prior=half_normal(0.5)),
        lambda: (0.1, 0.2),
        lambda: None,
    ],
    ids=["Egger", "posterior", "a pair", "nothing"],
)
def test_a_result_without_such_limits_has_none(result_of):
    result = result_of()
    with pytest.raises(InputError, match="distribution"):
        confidence_distribution_of(result)
