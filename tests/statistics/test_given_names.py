"""What an estimator is given: metafor's names, masks, and values of the wrong kind."""

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.accumulation import cumulative, required_size
from liftproof.statistics.bayes.evidence import evidence
from liftproof.statistics.bayes.priors import half_normal, normal_mu
from liftproof.statistics.bayes.random_effects import random_effects
from liftproof.statistics.influence import gosh, influence
from liftproof.statistics.pooling import pool
from liftproof.statistics.regression import meta_regression
from liftproof.statistics.small_study.egger import egger, funnel_regression
from liftproof.statistics.small_study.excess_significance import excess_significance
from liftproof.statistics.small_study.pet_peese import pet_peese
from liftproof.statistics.small_study.rank_tests import begg_mazumdar

Y, V = [-0.51, -0.22, 0.05, 0.3], [0.04, 0.01, 0.09, 0.05]
MASKED = np.ma.array(Y, mask=[False, False, False, True])
X = [[1, 1], [1, 2], [1, 4], [1, 3]]


@pytest.mark.parametrize(
    ("options", "ours"),
    [
        ({"tau2": "EE", "interval": "z"}, {"tau2": "FE", "interval": "wald"}),
        ({"interval": "knha"}, {"interval": "hksj"}),
        ({"prediction": "Riley"}, {"prediction": "riley"}),
    ],
)
def test_metafors_names_give_the_same_numbers(options, ours):
    theirs, expected = pool(Y, V, **options), pool(Y, V, **ours)
    assert str(theirs) == str(expected)


def test_every_estimator_reports_the_name_used_here():
    assert gosh(Y, V, tau2="EE").tau2_method == "FE"
    assert influence(Y, V, tau2="EE", interval="knha").interval == "hksj"
    assert cumulative(Y, V, tau2="EE").tau2_method == "FE"
    assert meta_regression(Y, V, X, tau2="EE").tau2_method == "FE"


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: pool(Y, V, tau2=None), "tau2 must be the name of a method, not None"),
        (lambda: pool(Y, V, tau2=["DL"]), r"tau2 must be the name of a method, not \['DL'\]"),
        (lambda: pool(Y, V, level="95"), "level must be one number"),
        (lambda: gosh(Y, V, tau2="EEE"), "no τ² method EEE"),
        (lambda: random_effects(Y, V, tau_prior="half_normal"), "such as half_normal"),
        (lambda: random_effects(Y, V, tau_prior=half_normal(1), mu_prior=0), "such as normal_mu"),
        (lambda: evidence(Y, V, tau_prior="DL", mu_prior=normal_mu(0, 1)), "such as half_normal"),
        (lambda: required_size([Y, Y], [V, V], [9] * 4, 100), "of one data set"),
        (lambda: pool(MASKED, V), "y is a masked array"),
        (lambda: pool(Y, np.ma.array(V, mask=[True, False, False, False])), "v is a masked array"),
        (lambda: egger(np.ma.array(np.ones((9000, 4)), mask=True), np.ones((9000, 4))), "masked"),
    ],
)
def test_what_is_of_the_wrong_kind_is_refused_in_a_sentence(call, says):
    with pytest.raises(InputError, match=says):
        call()


def test_an_array_that_masks_nothing_is_an_array():
    assert pool(np.ma.array(Y), V).estimate == pool(Y, V).estimate


def test_no_data_sets_give_no_numbers():
    none = np.zeros((0, 4)), np.ones((0, 4)) * V
    assert funnel_regression(*none, model="rma").slope.shape == (0,)
    assert meta_regression(*none, X).coefficients.shape == (0, 2)


def test_an_effect_of_millions_of_standard_errors_is_significant():
    found = excess_significance([0.1, 0.2, 1e8], [0.1] * 3)
    assert found.observed == 1


@pytest.mark.parametrize("test", [egger, begg_mazumdar, pet_peese])
def test_trials_all_alike_say_why_there_is_no_p_value(test):
    says = "Trials that are all alike leave nothing to test"
    assert says in test([0.3] * 4, V).cannot_tell
    assert says not in test(Y, V).cannot_tell


def test_of_many_data_sets_one_that_is_alike_is_told():
    y = np.tile(Y, (9000, 1))
    y[-1] = 0.3
    found = egger(y, np.tile(V, (9000, 1)))
    assert np.flatnonzero(np.isnan(found.p_value)).tolist() == [8999]
    assert "leave nothing to test" in found.cannot_tell
