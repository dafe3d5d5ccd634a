"""Prediction intervals of an analysis: their convention is used, named, or refused."""

import math
from dataclasses import replace

import numpy as np
import pytest

import liftproof
from liftproof.analysis.estimates import pool_analysis
from liftproof.engines.everything import all_second_opinions
from liftproof.errors import UsageError
from liftproof.reviews import find, read
from liftproof.statistics.pooling import pool
from liftproof.vocabulary.predictions import PREDICTIONS
from liftproof.vocabulary.suitability import fewest_trials
from support.workflow_project import REPOSITORY

ROUNDING = 1e-12
"""Relative: exp(log(x)) and back."""


@pytest.fixture(scope="module")
def review():
    return read(find("lauersen2018", REPOSITORY))


def overall(review, **changes):
    settings = {"model": "IV", "tau2": "REML", "interval": "wald", "subgroup": "", **changes}
    analysis = next(item for item in review.settings.analyses if item.id == "overall")
    return replace(analysis, **settings)


@pytest.mark.parametrize("prediction", PREDICTIONS)
def test_limits_are_those_of_the_statistics_under_their_name(review, prediction):
    pooled = pool_analysis(review, overall(review, prediction=prediction))
    y, v = np.array([(row.y, row.v) for row in pooled.effects]).T
    direct = pool(y, v, tau2="REML", interval="wald", prediction=prediction)
    row = pooled.estimate
    assert row.prediction == prediction
    limits = [math.exp(direct.pi_low), math.exp(direct.pi_high)]
    assert [row.pi_low, row.pi_high] == pytest.approx(limits, rel=ROUNDING)


def test_without_a_name_it_is_rileys(review):
    row = pool_analysis(review, overall(review)).estimate
    assert row == pool_analysis(review, overall(review, prediction="riley")).estimate
    assert row.prediction == "riley"


def test_the_convention_changes_nothing_else(review):
    rows = [
        replace(
            pool_analysis(review, overall(review, prediction=name)).estimate,
            prediction="",
            pi_low=None,
            pi_high=None,
        )
        for name in ("riley", "S", "KR")
    ]
    assert rows[0] == rows[1] == rows[2]


def test_engines_compare_whatever_the_convention(review):
    pooled = pool_analysis(review, overall(review, tau2="DL", prediction="HK-PR"))
    rows = all_second_opinions([pooled.estimate], [], pooled.effects, 0.95)
    compared = [row.largest_difference for row in rows if row.largest_difference is not None]
    assert len(compared) == len(rows) == 3


@pytest.mark.parametrize("changes", [{"tau2": "FE"}, {"model": "MH"}])
def test_a_method_without_prediction_interval_names_none(review, changes):
    analysis = next(item for item in review.settings.analyses if item.id == "counts")
    row = pool_analysis(review, replace(analysis, **changes)).estimate
    assert (row.prediction, row.pi_low, row.pi_high) == ("", None, None)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"tau2": "FE", "prediction": "riley"}, "no prediction interval. Leave prediction out"),
        ({"model": "Peto", "measure": "OR", "prediction": "t"}, "Peto gives no prediction"),
        ({"tau2": "DL", "prediction": "KR-PR"}, "derived for tau2 REML, not DL"),
        ({"model": "three-level", "interval": "t", "prediction": "S"}, "interval of its own"),
    ],
)
def test_a_convention_that_does_not_fit_is_refused(review, changes, reason):
    with pytest.raises(UsageError, match=reason):
        pool_analysis(review, overall(review, **changes))


@pytest.mark.parametrize("prediction", PREDICTIONS)
def test_few_trials_leave_the_limits_empty(review, prediction):
    trials = [study.study for study in review.studies]
    for k in (1, 2):
        selected = overall(review, prediction=prediction, select={"study": tuple(trials[:k])})
        row = pool_analysis(review, selected).estimate
        assert row.k == k
        assert row.prediction == prediction
        assert (row.pi_low is None) == (row.pi_high is None)
        assert (row.pi_low is None) == (k < fewest_trials(prediction))


def test_the_conventions_that_need_three_trials_are_those_of_two_degrees_of_freedom():
    found = {
        name
        for name in PREDICTIONS
        if math.isnan(pool([0.1, 0.5], [0.1, 0.2], prediction=name).pi_low)
    }
    assert found == {name for name in PREDICTIONS if fewest_trials(name) > 2}


@pytest.mark.parametrize("prediction", ["t", "HK", "HK-PR", "KR", "KR-PR"])
def test_no_degree_of_freedom_of_a_single_trial_is_no_warning(prediction):
    assert math.isnan(pool([0.1], [0.1], prediction=prediction).pi_low)


def test_limits_by_the_confidence_distribution_are_a_cause():
    trials = liftproof.trials_of(y=[-0.9, -1.6, -0.2, -0.5], v=[0.3, 0.2, 0.05, 0.1])
    stated = liftproof.Specification(measure="GEN", tau2="DL", interval="wald")
    found = liftproof.causes_of("-2.8813", "pi_low", trials, stated, others={"pi_high": "1.3501"})
    assert (found.verdict, found.cause) == ("named", "prediction_NNF")
