"""Many data sets at once: the same numbers as one by one, in memory that does not grow."""

import tracemalloc
from dataclasses import fields
from itertools import product

import numpy as np
import pytest

from liftproof.errors import InputError
from liftproof.statistics.accumulation import cumulative
from liftproof.statistics.bayes.evidence import evidence
from liftproof.statistics.bayes.posterior import MOST_TRIALS, posterior
from liftproof.statistics.bayes.priors import half_normal, normal_mu
from liftproof.statistics.bayes.probabilities import statement
from liftproof.statistics.bayes.random_effects import random_effects, shrunken_effects
from liftproof.statistics.influence import baujat, influence, leave_one_out
from liftproof.statistics.small_study import count_tests, egger, fail_safe
from liftproof.statistics.small_study.excess_significance import excess_significance
from liftproof.statistics.small_study.funnel import funnel
from liftproof.statistics.small_study.henmi_copas import henmi_copas
from liftproof.statistics.small_study.limit_meta import limit_meta_analysis
from liftproof.statistics.small_study.pet_peese import pet_peese
from liftproof.statistics.small_study.rank_tests import begg_mazumdar, schwarzer

pytestmark = pytest.mark.slow

SAME = 1e-12
"""One data set and many take the same steps; sums may be added in another order."""

SAME_NODES = 1e-9
"""Data sets in one block share their number of nodes, so that quadrature errors differ: 1e-10."""

MEMORY = 300e6
"""Beyond the data and the results, whatever the number of data sets."""

GENERATOR = np.random.default_rng(20)
MANY, K = 40_000, 13
V = GENERATOR.uniform(0.01, 0.5, (2, MANY // 2, K))
Y = GENERATOR.normal(-0.5, np.sqrt(V + 0.1))
N = GENERATOR.integers(50, 500, (2, *V.shape))
EVENTS = 1 + GENERATOR.binomial(N - 1, 0.1)
COUNTS = (EVENTS[0], N[0], EVENTS[1], N[1])
PRIORS = {"tau_prior": half_normal(0.5), "mu_prior": normal_mu(0, 4)}

OF_EFFECTS = {
    "Egger": egger.egger,
    "Thompson": lambda y, v: egger.thompson(y, v, tau2="DL"),
    "Begg": begg_mazumdar,
    "PET-PEESE": pet_peese,
    "limit": lambda y, v: limit_meta_analysis(y, v, tau2="DL"),
    "Henmi-Copas": henmi_copas,
    "excess": lambda y, v: excess_significance(y, v, estimate=v[..., 0], tau2=0.1),
    "Rosenthal": fail_safe.rosenthal,
    "Orwin": lambda y, v: fail_safe.orwin(y, v, target=v[..., 1]),
    "Rosenberg": fail_safe.rosenberg,
    "general": lambda y, v: fail_safe.general(y, v, tau2="DL"),
    "funnel": funnel,
    "leave one out": lambda y, v: leave_one_out(y, v, tau2="DL"),
    "influence": lambda y, v: influence(y, v, tau2="DL", interval="hksj"),
    "Baujat": baujat,
    "cumulative": lambda y, v: cumulative(y, v, np.arange(K)[::-1], tau2="DL", interval="wald"),
}
OF_COUNTS = {"Harbord": count_tests.harbord, "Schwarzer": schwarzer}
BAYESIAN = {
    "evidence": evidence,
    "random effects": lambda y, v, **priors: random_effects(y, v, interval="central", **priors),
    "shrunken": lambda y, v, **priors: shrunken_effects(y, v, interval="central", **priors),
    "statement": lambda y, v, **priors: statement(y, v, below=-0.1, above=-0.6, **priors),
}


def size_of(result):
    """Return the bytes of a result's arrays."""
    values = [getattr(result, item.name) for item in fields(result)]
    return sum(
        value.nbytes if isinstance(value, np.ndarray) else size_of(value)
        for value in values
        if isinstance(value, np.ndarray) or hasattr(value, "numbers")
    )


def at(result, place):
    """Return the numbers of one data set among those of all."""
    values = {}
    for name in (item.name for item in fields(result)):
        value = getattr(result, name)
        if hasattr(value, "numbers"):
            values |= {f"{name}.{inner}": number for inner, number in at(value, place).items()}
        elif isinstance(value, np.ndarray) and value.shape[:2] == (2, MANY // 2):
            values[name] = value[place]
        else:
            values[name] = value
    return values


@pytest.mark.parametrize("name", [*OF_EFFECTS, *OF_COUNTS])
def test_many_data_sets_are_each_alone_and_take_bounded_memory(name):
    method, data = (OF_EFFECTS[name], (Y, V)) if name in OF_EFFECTS else (OF_COUNTS[name], COUNTS)
    tracemalloc.start()
    together = method(*data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - size_of(together) < MEMORY
    for place in ((0, 0), (0, 5041), (1, MANY // 2 - 1)):
        alone = method(*(column[place] for column in data))
        for field, value in at(together, place).items():
            expected = alone
            for part in field.split("."):
                expected = getattr(expected, part)
            if isinstance(value, str | tuple):
                assert value == expected
            else:
                np.testing.assert_allclose(value, expected, rtol=SAME, err_msg=field)


@pytest.mark.parametrize("name", BAYESIAN)
def test_posteriors_of_many_data_sets(name):
    y, v = Y[:, :60], V[:, :60]
    together = BAYESIAN[name](y, v, **PRIORS)
    for place in product((0, 1), (0, 59)):
        alone = BAYESIAN[name](y[place], v[place], **PRIORS)
        ours = {(f, tuple(i)): x for f, i, x in alone.numbers()}
        whole = {(f, tuple(i)): x for f, i, x in together.numbers()}
        for (field, index), value in ours.items():
            found = whole.get((field, (*place, *index)), whole.get((field, index)))
            assert found == (
                pytest.approx(value, rel=SAME_NODES) if isinstance(value, float) else value
            )


def test_a_posterior_that_would_not_fit_is_refused():
    sets = MOST_TRIALS // K + 1
    with pytest.raises(InputError, match="random_effects, evidence and statement take any number"):
        posterior(Y[0, :sets], V[0, :sets], **PRIORS)
    assert posterior(Y[0, : sets - 1], V[0, : sets - 1], **PRIORS).shape == (sets - 1,)


def test_columns_may_be_named_and_one_may_serve_all_data_sets():
    named = count_tests.macaskill(v=V, n=N.sum(axis=0), y=Y)
    np.testing.assert_array_equal(named.bias, count_tests.macaskill(Y, V, N.sum(axis=0)).bias)
    one_size = count_tests.macaskill(Y, V, N[0, 0, 0])
    each = count_tests.macaskill(Y, V, np.broadcast_to(N[0, 0, 0], Y.shape))
    np.testing.assert_array_equal(one_size.bias, each.bias)


def test_a_bad_number_is_found_in_its_block():
    v = V.copy()
    v[1, 7, 2] = -1.0
    with pytest.raises(InputError, match=r"-1 was found at index \d+, 2. Data sets are counted"):
        egger.egger(Y, v)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: egger.egger(Y, V[..., :3]), "one shape"),
        (lambda: egger.egger(Y, V[0, 0, :1]), "one shape"),
        (lambda: excess_significance(Y, V, estimate=np.zeros(3)), "one number a data set"),
        (lambda: egger.egger(Y[..., :0], V[..., :0]), "no trial to pool"),
    ],
)
def test_columns_that_do_not_fit_are_refused(call, says):
    with pytest.raises(InputError, match=says):
        call()


def test_no_data_set_gives_no_number():
    assert egger.egger(Y[:0, 0], V[:0, 0]).bias.shape == (0,)
