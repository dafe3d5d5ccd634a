"""The predictive distribution: its quantiles are prediction limits at every level."""

import numpy as np
import pytest
from scipy import stats

from liftproof.errors import InputError
from liftproof.statistics.pooling import pool
from liftproof.statistics.prediction import PREDICTIONS
from liftproof.statistics.predictive import Student, predictive
from liftproof.vocabulary.predictions import PREDICTIONS as RECORDS

Y, V = [-0.9, -1.6, -0.2, -0.5, -0.7], [0.3, 0.2, 0.05, 0.1, 0.08]
CLOSED = 1e-10
SEARCHED = 1e-6
"""Of quantiles that are searched, as their limits are."""
STEP = 1e-4
"""Of the difference that stands for a derivative: its error is of the order of the square."""


@pytest.mark.parametrize("prediction", PREDICTIONS)
@pytest.mark.parametrize("level", [0.5, 0.8, 0.99])
def test_its_quantiles_are_the_limits_at_another_level(prediction, level):
    found = predictive(pool(Y, V, prediction=prediction), Y, V)
    asked = pool(Y, V, prediction=prediction, level=level)
    limits = [float(asked.pi_low), float(asked.pi_high)]
    tolerance = SEARCHED if RECORDS[prediction].takes_long else CLOSED
    shares = [(1 - level) / 2, (1 + level) / 2]
    np.testing.assert_allclose(found.quantile(shares), limits, rtol=tolerance)
    np.testing.assert_allclose(found.cdf(limits), shares, rtol=tolerance)


@pytest.mark.parametrize("prediction", PREDICTIONS)
def test_its_density_is_the_slope_of_its_shares(prediction):
    found = predictive(pool(Y, V, prediction=prediction), Y, V)
    places = np.array([-2.0, -0.9, -0.5, 0.3])
    slope = (found.cdf(places + STEP) - found.cdf(places - STEP)) / (2 * STEP)
    np.testing.assert_allclose(found.density(places), slope, rtol=1e-6)


@pytest.mark.parametrize("df", [1.0, 2.0, 7.5, np.inf])
def test_t_is_scipys(df):
    ours = Student(centre=0.3, scale=0.7, df=df)
    theirs = stats.norm(0.3, 0.7) if np.isinf(df) else stats.t(df, 0.3, 0.7)
    places, shares = np.array([-3.0, 0.0, 0.3, 2.0]), np.array([0.01, 0.5, 0.9])
    np.testing.assert_allclose(ours.density(places), theirs.pdf(places), rtol=CLOSED)
    np.testing.assert_allclose(ours.cdf(places), theirs.cdf(places), rtol=CLOSED)
    np.testing.assert_allclose(ours.quantile(shares), theirs.ppf(shares), rtol=CLOSED)


def test_a_pool_without_prediction_limits_has_none():
    with pytest.raises(InputError, match="no prediction interval"):
        predictive(pool(Y, V, tau2="FE"), Y, V)
    with pytest.raises(InputError, match="no prediction interval"):
        predictive(pool(Y[:2], V[:2], prediction="riley"), Y[:2], V[:2])
    same = [0.1] * 3, [0.2] * 3
    with pytest.raises(InputError, match="no width"):
        predictive(pool(*same, prediction="simple"), *same)
    with pytest.raises(InputError, match="no width"):
        predictive(pool(*same, prediction="NNF"), *same)
