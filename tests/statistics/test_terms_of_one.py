"""The terms of one data set in numbers are, bit for bit, those of many data sets in arrays."""

import numpy as np
import pytest

from liftproof.statistics.batches import side_by_side
from liftproof.statistics.projection import at_tau2
from liftproof.statistics.tau2.likelihood import FULL, RESTRICTED
from liftproof.statistics.tau2.quadratic_parts import unweighted
from liftproof.statistics.tau2.terms_of_one import (
    terms_about_line,
    terms_about_mean,
    unweighted_squares,
)

SETS, MOST_TRIALS = 60, 50
KINDS = pytest.mark.parametrize("kind", [RESTRICTED, FULL], ids=["REML", "ML"])


def data_sets(columns):
    """Yield made-up data sets in vectors, with variances that span orders, and some τ²."""
    random = np.random.default_rng(columns)
    for number in range(SETS):
        k = int(random.integers(columns + 1, MOST_TRIALS))
        v = random.uniform(0.01, 1, k) * 10.0 ** random.integers(-3, 4, k)
        x = random.normal(0, 1, (1, k, columns)) if columns else None
        if columns and number % 2:
            x[..., 0] = 1.0
        trials = side_by_side(random.normal(0, 1, (1, k)), v[None], x).as_vectors
        yield trials, float(random.choice([0.0, 1e-3, 0.1, 3.0, 1e4]))


def in_arrays(trials, kind, tau2):
    """Return trace, quadratic form, trace of the square and cubic form by the general formulas."""
    terms = kind.terms(at_tau2(trials, tau2)).as_numbers()
    return terms.trace, terms.quadratic, terms.trace_of_square, terms.cubic


@KINDS
def test_terms_about_a_mean(kind):
    for trials, tau2 in data_sets(columns=0):
        found = terms_about_mean(trials, tau2, is_restricted=kind.is_restricted)
        assert found == in_arrays(trials, kind, tau2)


@KINDS
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_terms_about_a_line(kind, columns):
    told = 0
    for trials, tau2 in data_sets(columns):
        found = terms_about_line(trials, tau2, is_restricted=kind.is_restricted)
        if found is not None:
            assert found == in_arrays(trials, kind, tau2)
            told += 1
    assert told > SETS / 2


def test_a_trial_with_nearly_all_leverage_is_left_to_the_general_formulas():
    y, v = np.array([[0.1, 0.4, 0.3, 0.9]]), np.array([[1e-6, 1.0, 1.0, 1.0]])
    x = np.array([[[1.0, 0.0], [1.0, 1.0], [1.0, 2.0], [1.0, 4.0]]])
    trials = side_by_side(y, v, x).as_vectors
    assert terms_about_line(trials, 0.0, is_restricted=True) is None
    assert terms_about_line(trials, 1.0, is_restricted=True) == in_arrays(trials, RESTRICTED, 1.0)


@pytest.mark.parametrize("columns", [0, 1, 2])
def test_squares_without_weights(columns):
    for trials, _ in data_sets(columns):
        assert unweighted_squares(trials) == float(unweighted(trials).q)
