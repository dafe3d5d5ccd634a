"""One engine: what each model gives is what the statistics give, alone or thousands at once."""

from dataclasses import replace

import numpy as np
import pytest

from liftproof.analysis import engine
from liftproof.analysis.count_pools import COUNT_METHODS
from liftproof.analysis.engine import POOLS, pool_combinations_under, pool_under
from liftproof.analysis.specification import Specification
from liftproof.errors import InputError, UsageError
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.pooling import pool
from liftproof.statistics.registries import Registry
from liftproof.statistics.regression import meta_regression
from liftproof.statistics.tau2.approximate_limits import TAU2_LIMITS
from liftproof.statistics.tau2.fisher_scoring import STEPS, fisher_scoring
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS, TESTS
from liftproof.vocabulary.models import COUNT_MODELS, MODELS
from liftproof.vocabulary.predictions import PREDICTIONS
from liftproof.vocabulary.record import Record

pytestmark = pytest.mark.slow

CLOSE = 1e-10
"""Relative: sums over (n, k) arrays round otherwise than those over (k,)."""
Y = np.array([-0.9, -1.6, -1.3, 0.2, -0.2, -0.5])
V = np.array([0.3, 0.2, 0.4, 0.02, 0.05, 0.1])
DOSE = np.array([1.0, 3.0, 2.0, 0.5, 1.5, 2.5])
TRIALS = ["a", "a", "b", "c", "c", "c"]
ARMS = tuple(
    np.array(numbers, dtype=float)
    for numbers in (
        [3, 12, 10, 7, 11, 4],
        [15, 461, 759, 2479, 292, 26],
        [10, 32, 36, 14, 25, 13],
        [15, 481, 743, 2085, 287, 26],
    )
)
NUMBERS = ("estimate", "se", "ci_low", "ci_high", "tau2", "i2", "q", "p_value", "pi_low", "pi_high")


def same(result, fit, names=NUMBERS):
    for name in names:
        np.testing.assert_equal(np.asarray(getattr(result, name)), np.asarray(getattr(fit, name)))


@pytest.mark.parametrize("tau2", ESTIMATORS)
@pytest.mark.parametrize("interval", [code for code in INTERVALS if not INTERVALS[code].tau2])
def test_inverse_variance_is_that_of_the_statistics(tau2, interval):
    result = pool_under(Y, V, Specification(measure="GEN", tau2=tau2, interval=interval))
    same(result, pool(Y, V, tau2=tau2, interval=interval), (*NUMBERS, "weights", "tau2_ci_high"))
    assert (result.model, result.tau2_method, result.interval) == ("IV", tau2, interval)


@pytest.mark.parametrize("prediction", PREDICTIONS)
def test_predictions_and_levels_are_passed_on(prediction):
    asked = Specification(measure="GEN", interval="kr", prediction=prediction, level=0.9)
    direct = pool(Y, V, interval="kr", prediction=prediction, level=0.9)
    same(pool_under(Y, V, asked), direct)


@pytest.mark.parametrize("tau2", ["REML", "ML"])
@pytest.mark.parametrize("interval", ["wald", "t"])
@pytest.mark.parametrize("x", [None, DOSE])
def test_three_levels_are_those_of_the_statistics(tau2, interval, x):
    asked = Specification(measure="GEN", model="three-level", tau2=tau2, interval=interval)
    result = pool_under(Y, V, asked, study=TRIALS, x=x)
    fit = three_level(Y, V, TRIALS, x, method=tau2, test=TESTS[interval])
    assert (result.tau2_between, result.tau2_within) == (fit.sigma2_study, fit.sigma2_effect)
    same(result, fit, ("q", "q_p", "df"))
    if x is None:
        assert (result.estimate, result.ci_low) == (fit.coefficients[0], fit.ci_low[0])
        assert result.coefficients.size == 0
    else:
        same(result, fit, ("coefficients", "covariance"))
        assert result.moderators_p == fit.qm_p
        assert np.isnan([result.estimate, result.ci_low, result.p_value]).all()


@pytest.mark.parametrize("interval", TESTS)
def test_a_moderator_makes_a_regression(interval):
    result = pool_under(Y, V, Specification(measure="GEN", tau2="DL", interval=interval), x=DOSE)
    design = np.column_stack([np.ones(len(Y)), DOSE])
    fit = meta_regression(Y, V, design, tau2="DL", test=TESTS[interval])
    same(result, fit, ("coefficients", "covariance", "tau2", "i2"))
    assert (result.q, result.q_df, result.moderators_p) == (fit.qe, 4, fit.qm_p)
    assert np.isnan([result.estimate, result.se, result.ci_high]).all()


@pytest.mark.parametrize(
    ("model", "measure"), [("MH", "RR"), ("beta-binomial", "RD"), ("IV", "RD"), ("Peto", "OR")]
)
def test_a_variance_is_refused_where_there_is_one_only(model, measure):
    asked = Specification(measure=measure, model=model, interval="wald", variance="sato")
    says = f"variance sato is of model MH and measure RD, not of {model} and {measure}"
    with pytest.raises(UsageError, match=says):
        pool_under(Y, V, asked, arms=ARMS)


@pytest.mark.parametrize("interval", [code for code in INTERVALS if code not in TESTS])
def test_a_regression_takes_no_interval_without_a_test(interval):
    asked = Specification(measure="GEN", interval=interval)
    says = f"no interval {interval}. It takes interval wald, t, hksj or hksj_adhoc"
    with pytest.raises(UsageError, match=says):
        pool_under(Y, V, asked, x=DOSE)


@pytest.mark.parametrize("model", COUNT_MODELS)
def test_a_model_of_counts_takes_no_moderators(model):
    asked = Specification(measure="OR", model=model, interval="wald")
    with pytest.raises(UsageError, match=f"{model} is fitted to counts and takes no moderators"):
        pool_under(Y, V, asked, x=DOSE, arms=ARMS)


@pytest.mark.parametrize(
    ("model", "measure"),
    [(model, measure) for model in COUNT_MODELS for measure in ("OR", "RR", "RD")],
)
def test_models_of_counts_are_those_of_the_statistics(model, measure):
    asked = Specification(measure=measure, model=model)
    if measure not in MODELS[model].measures:
        with pytest.raises(UsageError, match=f"{model} cannot pool {measure}"):
            pool_under(Y, V, asked, arms=ARMS)
        return
    result = pool_under(Y, V, asked, arms=ARMS)
    fit = COUNT_METHODS[model](measure)(*ARMS, level=0.95)
    same(result, fit, ("estimate", "se", "variance", "ci_low", "ci_high", "p_value", "k"))
    assert (result.model, result.tau2_method, result.interval, result.prediction) == (
        model,
        "",
        "wald",
        "",
    )
    own_q = (float(fit.q), int(fit.q_df)) if hasattr(fit, "q") else (float(pool(Y, V).q), 5)
    assert (float(result.q), result.q_df) == own_q


def test_counts_that_are_not_known_are_refused():
    with pytest.raises(InputError, match="MH needs the counts of every trial"):
        pool_under(Y, V, Specification(measure="OR", model="MH"))


def test_a_trial_that_is_left_out_takes_no_part():
    y = np.append(Y, np.nan)
    asked = Specification(measure="GEN", model="three-level", interval="t")
    with_it = pool_under(y, np.append(V, 1.0), asked, study=[*TRIALS, "d"])
    same(with_it, pool_under(Y, V, asked, study=TRIALS))
    with pytest.raises(InputError, match="No trial is left to pool"):
        pool_under([np.nan], [np.nan], asked, study=["a"])


def test_choices_of_software_change_what_they_name_alone():
    usual = Specification(measure="GEN", tau2="ML", interval="wald")
    plain = pool_under(Y, V, usual)
    for name, method in TAU2_LIMITS.items():
        result = pool_under(Y, V, replace(usual, tau2_limits=name))
        limits = method(Y, V, float(plain.tau2), "ML", 0.95)
        assert (result.tau2_ci_low, result.tau2_ci_high) == limits
        same(result, plain)
    assert pool_under(Y, V, replace(usual, i2="from_q")).i2 == plain.i2_q
    stopped = pool_under(Y, V, replace(usual, search="loose"))
    assert stopped.tau2 == fisher_scoring(Y, V, "ML")
    assert stopped.tau2 == pytest.approx(plain.tau2, abs=1e-3)
    assert stopped.estimate != plain.estimate


@pytest.mark.parametrize("tau2", [code for code in ESTIMATORS if code not in ("ML", "REML")])
def test_satterthwaite_limits_are_refused_where_tau2_has_no_likelihood(tau2):
    asked = Specification(measure="GEN", tau2=tau2, interval="wald", tau2_limits="satterthwaite")
    with pytest.raises(InputError, match=f"{tau2} has none: take ML or REML, or other limits"):
        pool_under(Y, V, asked)


@pytest.mark.parametrize("method", STEPS)
def test_a_search_that_stops_early_is_near_the_end_of_it(method):
    converged = pool(Y, V, tau2=method).tau2
    assert fisher_scoring(Y, V, method) == pytest.approx(float(converged), abs=1e-4)


ALTERNATIVES = np.array([[y, y + 0.3, np.nan] for y in Y])
VARIANCES = np.array([[v, v / 2, 1.0] for v in V])
PICKS = np.random.default_rng(1).integers(0, 3, (12, len(Y)))


def each_alone(asked, study):
    columns = np.arange(len(Y))
    for row in PICKS:
        y, v = ALTERNATIVES[columns, row], VARIANCES[columns, row]
        yield (None if np.isnan(y).all() else pool_under(y, v, asked, study=study))


def agree(asked, intervals, study, singles):
    codes = np.unique(study, return_inverse=True)[1]
    batch = pool_combinations_under(ALTERNATIVES, VARIANCES, PICKS, asked, intervals, codes)
    for place, alone in enumerate(singles):
        if alone is None:
            assert np.isnan(batch.estimate[place])
            continue
        found = (batch.estimate[place], batch.tau2[place], batch.k[place])
        assert found == pytest.approx(
            (float(alone.estimate), float(alone.tau2), alone.k), rel=CLOSE, abs=CLOSE
        )
        yield place, alone, batch


@pytest.mark.parametrize("tau2", ESTIMATORS)
@pytest.mark.parametrize("interval", [code for code in INTERVALS if not INTERVALS[code].tau2])
def test_thousands_at_once_are_what_each_is_alone(tau2, interval):
    asked = Specification(measure="GEN", tau2=tau2, interval=interval)
    for place, alone, batch in agree(asked, (interval,), TRIALS, each_alone(asked, TRIALS)):
        limits = (batch.ci_low[0, place], batch.ci_high[0, place])
        assert limits == pytest.approx(
            (float(alone.ci_low), float(alone.ci_high)), rel=CLOSE, abs=CLOSE
        )


def test_limits_of_an_interval_that_does_not_exist_are_missing():
    asked = Specification(measure="GEN", tau2="DL")
    batch = pool_combinations_under(
        ALTERNATIVES, VARIANCES, PICKS, asked, ("kr", "wald"), np.arange(len(Y))
    )
    assert np.isnan(batch.ci_low[0]).all()
    assert not np.isnan(batch.ci_low[1]).all()


def test_combinations_of_three_levels_are_what_each_is_alone():
    """Combinations without several results of a trial, or of one trial, have one variance."""
    asked = Specification(measure="GEN", model="three-level", interval="t")
    columns = np.arange(len(Y))

    def singles():
        for row in PICKS:
            y, v = ALTERNATIVES[columns, row], VARIANCES[columns, row]
            inside = [name for name, effect in zip(TRIALS, y, strict=True) if not np.isnan(effect)]
            flat = not 1 < len(set(inside)) < len(inside)
            yield pool_under(y, v, replace(asked, model="IV") if flat else asked, study=TRIALS)

    for place, alone, batch in agree(asked, ("wald", "t"), TRIALS, singles()):
        limits = (batch.ci_low[1, place], batch.ci_high[1, place])
        assert limits == pytest.approx(
            (float(alone.ci_low), float(alone.ci_high)), rel=CLOSE, abs=CLOSE
        )


def test_counts_are_not_pooled_by_combinations():
    asked = Specification(measure="OR", model="MH")
    with pytest.raises(InputError, match="model of combinations MH"):
        pool_combinations_under(ALTERNATIVES, VARIANCES, PICKS, asked, ("wald",), np.arange(6))


def test_every_model_has_a_function_and_one_without_is_refused_by_name(monkeypatch):
    assert POOLS.incomplete() == ()
    records = {**MODELS, "new": Record(code="new", name="a model to come")}
    registry = Registry("model", records, engine.FUNCTIONS, "vocabulary.models", "analysis.engine")
    monkeypatch.setattr(engine, "POOLS", registry)
    asked = Specification(measure="GEN")
    object.__setattr__(asked, "model", "new")
    with pytest.raises(UsageError, match="The model new has a record in"):
        pool_under(Y, V, asked)


@pytest.mark.parametrize(
    ("field", "name", "nearest"),
    [
        ("tau2", "REMLL", "REML"),
        ("interval", "hksj_adho", "hksj_adhoc"),
        ("model", "Petto", "Peto"),
        ("measure", "SDM", "SMD"),
        ("prediction", "rily", "riley"),
    ],
)
def test_a_name_without_a_record_is_refused_with_the_nearest(field, name, nearest):
    with pytest.raises(UsageError, match=f"There is no {field} {name}; did you mean {nearest}"):
        replace(Specification(measure="RR"), **{field: name})
