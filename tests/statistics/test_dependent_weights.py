"""Weights of the three-level mean: they give the mean back, with all matrices written out."""

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.dependent.covariance import marginal_covariance
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.dependent.weights import effect_weights
from support.dependent_cases import MULTILEVEL, data

CLOSED = 1e-10
"""Inverses written out lose a few digits."""


def independent():
    """Return the cases with one mean and independent sampling errors."""
    cases = []
    for case in MULTILEVEL:
        _, v, _, x = data(case)
        if v.ndim == 1 and x is None:
            cases.append(case["id"])
    return cases


@pytest.mark.parametrize("identity", independent())
def test_weights_are_row_sums_of_the_inverse_covariance(identity):
    y, v, study, _ = data(next(case for case in MULTILEVEL if case["id"] == identity))
    fit = three_level(y, v, study)
    weights = effect_weights(v, study, fit.sigma2_study, fit.sigma2_effect)
    inverse = np.linalg.inv(marginal_covariance(v, study, fit.sigma2_study, fit.sigma2_effect))
    assert weights == pytest.approx(100 * inverse.sum(axis=1) / inverse.sum(), rel=CLOSED)
    assert weights @ y / 100 == pytest.approx(float(fit.coefficients[0]), rel=CLOSED)


def test_there_are_such_cases():
    assert len(independent()) >= 2


def test_labels_must_match_the_effects():
    with pytest.raises(InputError, match="one group for each of 2 effects"):
        effect_weights([0.1, 0.2], ["a"], 0.1, 0.0)
