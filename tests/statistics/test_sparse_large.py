"""Models of counts where trials are very many or very large: they end, within memory."""

import tracemalloc

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.sparse import GLMM
from liftproof.statistics.sparse.beta_binomial import beta_binomial

pytestmark = pytest.mark.slow

TRIALS = np.array([[4, 6, 3, 9], [123, 306, 231, 100], [11, 29, 11, 12], [139, 303, 220, 110]])
MEMORY = 100e6
"""Bytes that a search may hold at once."""
SEARCHED = 1e-6
"""Two searches of large counts, which end at the rounding of likelihoods."""


def peak_of(call):
    tracemalloc.start()
    result = call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return result, peak


def many_trials(k):
    generator = np.random.default_rng(0)
    n1, n2 = generator.integers(20, 200, (2, k))
    centre, effect = generator.normal(-2, 0.5, k), generator.normal(-0.3, 0.3, k)
    risk1, risk2 = (1 / (1 + np.exp(-centre - sign * effect / 2)) for sign in (1, -1))
    return generator.binomial(n1, risk1), n1, generator.binomial(n2, risk2), n2


@pytest.mark.parametrize("name", ["UM.FS", "UM.RS", "CM.AL"])
def test_counts_in_the_hundreds_of_millions_bound_the_estimate(name):
    million, billion = (GLMM["OR"](*TRIALS * size, model=name) for size in (10**5, 10**7))
    assert billion.estimate == pytest.approx(million.estimate, rel=1e-4)
    assert billion.tau2 == pytest.approx(million.tau2, rel=1e-3)
    assert billion.se == pytest.approx(million.se, rel=1e-3)


def test_unconditional_and_conditional_likelihoods_agree_on_large_counts():
    conditional, peak = peak_of(lambda: GLMM["OR"](*TRIALS * 2000, model="CM.EL", nodes=7))
    unconditional = GLMM["OR"](*TRIALS * 2000, model="UM.FS", nodes=7)
    assert conditional.estimate == pytest.approx(unconditional.estimate, rel=1e-3)
    assert conditional.tau2 == pytest.approx(unconditional.tau2, rel=1e-2)
    assert peak < MEMORY


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: GLMM["OR"](*TRIALS * 10**5, model="CM.EL"), "too many. Use model UM.FS"),
        (lambda: beta_binomial(*TRIALS * 10**4), "3.06e[+]06 in an arm are more than the 1000000"),
    ],
)
def test_sums_over_too_many_counts_are_refused(call, says):
    with pytest.raises(InputError, match=says):
        call()


def test_many_trials_are_fitted_in_blocks():
    fixed, peak = peak_of(lambda: GLMM["OR"](*many_trials(600), model="UM.FS"))
    assert fixed.estimate == pytest.approx(-0.3, abs=3 * fixed.se)
    assert fixed.tau2 == pytest.approx(0.09, rel=0.5)
    assert peak < MEMORY


def test_a_beta_binomial_search_of_large_arms_ends():
    large, larger = (beta_binomial(*TRIALS * size) for size in (20, 200))
    assert larger.estimate == pytest.approx(large.estimate, rel=1e-2)
    assert larger.correlation == pytest.approx(large.correlation, rel=0.05)
    swapped = beta_binomial(*(TRIALS * 200)[[2, 3, 0, 1]])
    assert -swapped.estimate == pytest.approx(larger.estimate, rel=SEARCHED)
