"""Bayesian, selection and three-level fits of random trials against arithmetic of many digits.

A few here; ``python tests/support/exact_fits.py 300 1`` compares as many as are asked for.
"""

import pytest

from support.exact_fits import KINDS, worst_of

pytestmark = pytest.mark.slow

EXACT = 1e-10
"""Of a log-likelihood, a moment, a probability, or a step in units of its own error: 300 sets of
each kind came within 1e-12."""
SETS, SEED = 3, 2


@pytest.mark.parametrize("kind", KINDS)
def test_fits_of_random_trials_are_exact(kind):
    worst, refused = worst_of(kind, SETS, SEED)
    assert not refused
    assert len(worst) >= 3
    assert max(worst.values()) < EXACT, worst
