"""Second opinions on models that PyMARE and statsmodels lack, and where an engine is not asked."""

from dataclasses import replace
from math import exp

import numpy as np
import pytest
from meta_analyze import meta_analysis

from liftproof.engines import count_likelihood, pymetaanalysis_engine
from liftproof.engines.compare import CLOSED_FORM_TOLERANCE, agree, second_opinions
from liftproof.engines.opinion import Question
from liftproof.errors import EnginesDisagreeError
from liftproof.rows.result_rows import EstimateRow
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.pooling import pool
from liftproof.statistics.sparse import GLMM, MANTEL_HAENSZEL
from liftproof.statistics.sparse.peto import peto

# Made-up trials: events and people, intervention then control; the last has an empty cell.
ARMS = tuple(
    np.array(column, dtype=float)
    for column in (
        [12, 5, 30, 3, 0],
        [110, 60, 95, 41, 30],
        [25, 9, 12, 2, 4],
        [108, 63, 90, 40, 31],
    )
)
Y = np.array([-0.9, -1.6, -0.2, -0.5, 0.3])
V = np.array([0.3, 0.2, 0.05, 0.1, 0.08])
STUDIES = ("a", "a", "b", "b", "c")
SCIPY = "likelihood by SciPy"
PYMETA = "PyMetaAnalysis"


def row_of(fit, model, measure="OR", interval="wald", tau2_method="", **more):
    """Return the row of a fit, ratios on the natural scale."""
    back = exp if measure not in ("GEN", "RD") else float
    numbers = {name: back(getattr(fit, name)) for name in ("estimate", "ci_low", "ci_high")}
    return EstimateRow(
        review="r",
        analysis="all",
        title="All",
        measure=measure,
        k=5,
        tau2_method=tau2_method or model,
        interval=interval,
        model=model,
        **numbers,
        **more,
    )


def answers(row, level=0.95, y=Y, v=V):
    found = second_opinions(row, y, v, studies=STUDIES, arms=ARMS, level=level)
    agree(found, [row])
    return {each.engine: each for each in found}


COUNTS = [("MH", measure, MANTEL_HAENSZEL[measure]) for measure in ("OR", "RR", "RD")]


@pytest.mark.parametrize("level", [0.95, 0.9])
@pytest.mark.parametrize(("model", "measure", "method"), [*COUNTS, ("Peto", "OR", peto)])
def test_mantel_haenszel_and_peto_are_confirmed(model, measure, method, level):
    found = answers(row_of(method(*ARMS, level=level), model, measure), level)
    assert {name: each.agreed for name, each in found.items()} == {
        "PyMARE": "no",
        "statsmodels": "no",
        PYMETA: "yes",
    }
    assert found["PyMARE"].note == f"PyMARE has no {model} model"
    assert found[PYMETA].largest_difference < CLOSED_FORM_TOLERANCE
    assert found[PYMETA].tolerance == CLOSED_FORM_TOLERANCE


@pytest.mark.slow
@pytest.mark.parametrize("model", ["UM.FS", "CM.EL", "CM.AL"])
def test_mixed_models_of_counts_are_confirmed(model):
    fit = GLMM["OR"](*ARMS, model=model)
    assert fit.tau2 > 0.001
    found = answers(row_of(fit, model, tau2=fit.tau2))
    assert found[SCIPY].agreed == "yes"
    assert found[SCIPY].tau2 == pytest.approx(fit.tau2, abs=1e-4)
    assert found[PYMETA].note == f"PyMetaAnalysis has no {model} model"


def test_a_mixed_model_without_spread_has_limits_of_one_parameter():
    arms = (*ARMS[:2], np.array([24.0, 10, 40, 6, 1]), ARMS[3])
    fit = GLMM["OR"](*arms, model="CM.AL")
    assert fit.tau2 == 0
    question = Question(
        y=Y, v=V, tau2_method="CM.AL", interval="wald", model="CM.AL", measure="OR", arms=arms
    )
    found = count_likelihood.ask(question)
    assert found.tau2 == 0
    assert (found.ci_low, found.ci_high) == pytest.approx((fit.ci_low, fit.ci_high), abs=1e-5)


def test_laplaces_approximation_is_not_held_against_the_likelihood():
    fit = GLMM["OR"](*ARMS, model="CM.AL")
    found = answers(row_of(fit, "UM.RS", tau2=fit.tau2))[SCIPY]
    assert (found.agreed, found.tolerance) == ("no", None)
    assert found.note.startswith("not asked: the analysis takes Laplace's approximation")


def test_rates_are_not_asked_about_as_their_time_is_not_known():
    fit = GLMM["OR"](*ARMS, model="CM.AL")
    found = answers(row_of(fit, "CM.EL", "IRR", tau2=fit.tau2))[SCIPY]
    assert found.note == "not asked: effects.csv holds no person-time"
    unknown = second_opinions(row_of(fit, "CM.AL"), Y, V)[-1]
    assert unknown.note == "not asked: effects.csv holds no counts of both arms of every trial"


@pytest.mark.parametrize(("method", "test"), [("REML", "t"), ("ML", "z")])
def test_three_levels_are_confirmed_with_their_prediction(method, test):
    fit = three_level(Y, V, STUDIES, method=method, test=test)
    ends = {name: float(getattr(fit, name)[0]) for name in ("ci_low", "ci_high")}
    row = EstimateRow(
        review="r",
        analysis="all",
        title="All",
        measure="GEN",
        k=5,
        tau2_method=method,
        interval={"t": "t", "z": "wald"}[test],
        model="three-level",
        prediction="three-level",
        estimate=float(fit.coefficients[0]),
        tau2=fit.sigma2_study + fit.sigma2_effect,
        pi_low=fit.pi_low,
        pi_high=fit.pi_high,
        **ends,
    )
    found = answers(row)[SCIPY]
    assert found.largest_difference < 1e-6
    assert found.pi_high == pytest.approx(fit.pi_high, abs=1e-6)
    with pytest.raises(EnginesDisagreeError, match="likelihood by SciPy"):
        answers(replace(row, pi_high=row.pi_high * 1.001))


@pytest.mark.parametrize("tau2", ["DL", "PM", "REML"])
@pytest.mark.parametrize("interval", ["wald", "hksj", "hksj_adhoc", "t"])
def test_intervals_and_the_prediction_are_confirmed(tau2, interval):
    fit = pool(Y, V, tau2=tau2, interval=interval, prediction="riley", level=0.9)
    row = row_of(
        fit,
        "IV",
        measure="GEN",
        interval=interval,
        tau2_method=tau2,
        tau2=float(fit.tau2),
        prediction="riley",
        pi_low=float(fit.pi_low),
        pi_high=float(fit.pi_high),
    )
    found = answers(row, level=0.9)[PYMETA]
    assert found.largest_difference < CLOSED_FORM_TOLERANCE
    assert found.pi_low == pytest.approx(float(fit.pi_low), rel=1e-10)
    wrong = replace(row, pi_low=row.pi_low - 1e-3)
    with pytest.raises(EnginesDisagreeError, match="pi_low"):
        answers(wrong, level=0.9)


def asked(y, v):
    return pymetaanalysis_engine.ask(
        Question(y=np.asarray(y), v=np.asarray(v), tau2_method="REML", interval="wald")
    )


def test_an_engine_is_not_asked_about_effects_of_the_size_of_its_tolerance():
    wrong = meta_analysis(effect=Y * 1e-5, variance=V * 1e-10, tau2_method="REML").tau2
    right = float(pool(Y * 1e-5, V * 1e-10, tau2="REML").tau2)
    assert abs(wrong / right - 1) > 0.01
    tiny = asked(Y * 1e-6, V * 1e-12)
    assert tiny.estimate is None
    assert tiny.note == "not asked: effects below 1e-05 are beyond its tolerance"
    # Just above, with the tolerance that it is given here, it is right.
    assert asked(Y * 1e-5, V * 1e-10).tau2 == pytest.approx(right, rel=1e-6)


# A precise pair that agrees and a rough trial far from it: τ² = 0 is a lower peak than 1.378.
TWO_PEAKS = ([1.0, -1.2, 1.0], [0.005, 0.227, 0.004])


def test_an_engine_is_not_asked_about_a_likelihood_with_two_peaks():
    y, v = TWO_PEAKS
    assert meta_analysis(effect=y, variance=v, tau2_method="REML").tau2 == 0
    assert float(pool(y, v, tau2="REML").tau2) == pytest.approx(1.378378, abs=1e-6)
    assert asked(y, v).note == (
        "not asked: the likelihood has several peaks, of which it takes any"
    )
    assert asked(Y, V).tau2 == pytest.approx(float(pool(Y, V, tau2="REML").tau2), rel=1e-8)
