"""Nagashima, Noma and Furukawa's interval: against integrals written apart, and pimeta's draws."""

import json
from functools import cache
from math import exp, isfinite, isnan, pi, sqrt

import numpy as np
import pytest
from scipy.integrate import fixed_quad, quad
from scipy.optimize import brentq
from scipy.special import chdtr, expit, stdtr

from liftproof.errors import InputError
from liftproof.statistics import confidence_prediction
from liftproof.statistics.confidence_prediction import nnf_prediction
from liftproof.statistics.influence.leave_one_out import leave_one_out
from liftproof.statistics.pooling import pool
from support.metafor_cases import REFERENCE

CASES = json.loads((REFERENCE / "nnf.json").read_text(encoding="utf-8"))
LIMITS = ("ci_low", "ci_high", "pi_low", "pi_high")
INTEGRATED = 1e-6
"""Of the interval's width: what the docstring promises, also of twice as many nodes."""
STANDARD_ERRORS = 4.0
"""How far the mean of 20 runs of pimeta may lie: chance goes further once in 1,300 (t with 19)."""
CLOSED_FORM = 1e-10
TERMS = 100
"""Of Ruben's series: its remainder falls as 0.75^TERMS where variances differ fourfold."""
FARTHEST, POINTS = 20.0, 80
"""Of the integral over the logit of the confidence: half as many more move it by less than 3e-8."""
SAME = 1e-9
"""Of the interval's width, in another unit or order: what the searches leave."""
TRIALS = {
    "three": ([-0.9, 0.4, 0.1], [0.1, 0.05, 0.2]),
    "six, Q below its df": ([0.1, 0.3, -0.1, 0.2, 0.5, 0.0], [0.05, 0.1, 0.03, 0.08, 0.1, 0.04]),
    "thirteen": (
        [0.2, -0.5, 0.9, 0.1, -0.2, 0.6, 1.1, 0.3, -0.8, 0.4, 0.0, 0.7, 0.5],
        [0.05, 0.1, 0.04, 0.12, 0.08, 0.06, 0.1, 0.05, 0.12, 0.09, 0.04, 0.07, 0.11],
    ),
}


def numbers(found, names=LIMITS):
    return [float(getattr(found, name)) for name in names]


class Integrated:
    """The distribution of a further effect by Ruben's series, a root search and two integrals."""

    def __init__(self, y, v):
        self.y, self.v, self.df = np.array(y), np.array(v), len(y) - 1
        self.projection = (
            np.diag(1 / self.v) - np.outer(1 / self.v, 1 / self.v) / (1 / self.v).sum()
        )
        self.q = self.y @ self.projection @ self.y
        self.at_zero = self.exceeded(0.0)

    def exceeded(self, tau2):
        """Return P(Q > q): χ² with more and more degrees of freedom, scaled by the least weight."""
        root = np.sqrt(self.v + tau2)
        weights = np.linalg.eigvalsh(root[:, None] * self.projection * root)[1:]
        left = 1 - weights[0] / weights
        powers = (left ** np.arange(1, TERMS)[:, None]).sum(axis=1)
        shares = np.zeros(TERMS)
        shares[0] = sqrt(np.prod(weights[0] / weights))
        for r in range(1, TERMS):
            shares[r] = powers[:r] @ shares[r - 1 :: -1] / (2 * r)
        return 1 - shares @ chdtr(self.df + 2 * np.arange(TERMS), self.q / weights[0])

    @cache  # noqa: B019 - as long as the test
    def tau2(self, r):
        u = self.at_zero + (1 - self.at_zero) * expit(r)
        high = 1.0
        while self.exceeded(high) < u:
            high *= 4
        return brentq(lambda tau2: self.exceeded(tau2) - u, 0, high, xtol=1e-9, rtol=1e-8)

    def given(self, x, tau2):
        """Return P(effect < x) at a τ²: Student's distribution moved by a normal z."""
        w = 1 / (self.v + tau2)
        mean = w @ self.y / w.sum()
        error = sqrt(w @ (self.y - mean) ** 2 / w.sum() / self.df)
        if not tau2:
            return stdtr(self.df, (x - mean) / error)
        tau = sqrt(tau2)
        step = min(max((x - mean) / tau, -8.5), 8.5)
        return quad(
            lambda z: exp(-z * z / 2) * stdtr(self.df, (x - mean - tau * z) / error),
            -9,
            9,
            points=[step],
            epsabs=1e-9,
            limit=200,
        )[0] / sqrt(2 * pi)

    def below(self, *several):
        """Return P(effect < x) of several x, over the logit of the confidence in a τ² above 0."""

        def integrand(nodes):
            given = [[self.given(x, self.tau2(r)) for r in nodes] for x in several]
            return np.array(given) * expit(nodes) * expit(-nodes)

        spread = fixed_quad(integrand, -FARTHEST, FARTHEST, n=POINTS)[0]
        none = np.array([self.given(x, 0.0) for x in several])
        return self.at_zero * none + (1 - self.at_zero) * spread


@pytest.mark.slow
@pytest.mark.parametrize(("y", "v"), TRIALS.values(), ids=TRIALS)
def test_the_limits_are_the_quantiles_of_the_integrated_distribution(y, v):
    found = nnf_prediction(y, v)
    low, high = float(found.pi_low), float(found.pi_high)
    reach = INTEGRATED * (high - low)
    below = Integrated(y, v).below(low - reach, low + reach, high - reach, high + reach)
    assert below[0] < 0.025 < below[1]
    assert below[2] < 0.975 < below[3]
    assert below[1] - below[0] < 1e-6


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_limits_are_those_that_pimeta_draws(case):
    found = nnf_prediction(case["y"], case["v"])
    centre = [case["estimate"], case["tau2"]]
    assert numbers(found, ("estimate", "tau2")) == pytest.approx(centre, rel=CLOSED_FORM)
    off = np.abs(np.array(numbers(found)) - case["limits"]) / case["errors"]
    assert (off < STANDARD_ERRORS).all()
    assert max(case["errors"]) < 0.01 * float(found.pi_high - found.pi_low)


@pytest.mark.parametrize(
    ("y", "v"), [TRIALS["three"], TRIALS["six, Q below its df"], ([-0.5, 0.3], [0.04, 0.05])]
)
def test_twice_as_many_nodes_move_no_limit(y, v, monkeypatch):
    before = np.array(numbers(nnf_prediction(y, v)))
    monkeypatch.setattr(confidence_prediction, "NODES", 2 * confidence_prediction.NODES - 1)
    after = np.array(numbers(nnf_prediction(y, v)))
    assert (np.abs(after - before) < INTEGRATED * (after[3] - after[2])).all()
    assert (after != before).any()


def test_the_confidence_that_tau2_is_0_is_the_p_value_of_q():
    y, v = TRIALS["six, Q below its df"]
    found = nnf_prediction(y, v)
    pooled = pool(y, v, tau2="DL")
    assert numbers(found, ("q_p", "tau2")) == [float(pooled.q_p), 0.0]
    assert float(found.pi_high - found.pi_low) > float(pooled.pi_high - pooled.pi_low)


def test_a_pool_has_them_by_name_whatever_its_tau2():
    y, v = TRIALS["three"]
    limits = numbers(nnf_prediction(y, v, level=0.9), ("pi_low", "pi_high"))
    for tau2 in ("DL", "REML", "SJ"):
        pooled = pool(y, v, tau2=tau2, prediction="NNF", level=0.9)
        assert numbers(pooled, ("pi_low", "pi_high")) == limits
    assert isnan(float(pool(y, v, tau2="FE", prediction="NNF").pi_low))
    assert isnan(float(pool(y[:1], v[:1], prediction="NNF").pi_low))


def test_of_trials_left_out_one_by_one_they_are_those_of_the_others():
    y, v = map(np.array, TRIALS["three"])
    found = leave_one_out(y, v, prediction="NNF")
    for place in range(3):
        alone = nnf_prediction(np.delete(y, place), np.delete(v, place))
        assert float(found.pi_low[place]) == float(alone.pi_low)
        assert float(found.pi_high[place]) == float(alone.pi_high)


def test_equal_effects_leave_nothing_to_predict():
    found = nnf_prediction([0.4] * 3, [0.1, 0.2, 0.3])
    assert numbers(found, ("q_p", "tau2")) == [1.0, 0.0]
    assert numbers(found) == pytest.approx([0.4] * 4, rel=1e-15)


@pytest.mark.parametrize(
    ("y", "v"),
    [
        ([0.1, 0.2], [1e-50, 1e50]),
        ([0.0, 1e25, 2e25], [1e50] * 3),
        ([0.0, 0.0, 1e-160], [1.0] * 3),
        ([0.3, 0.1 + 0.2, 0.3], [0.1, 0.2, 0.3]),
        ([1e50, 0.0, 0.0], [1e-50] * 3),
    ],
)
def test_the_furthest_numbers_have_limits_about_the_estimate(y, v):
    found = nnf_prediction(y, v)
    low, estimate, high = numbers(found, ("pi_low", "estimate", "pi_high"))
    assert low <= estimate <= high
    assert all(isfinite(limit) for limit in numbers(found))


@pytest.mark.parametrize("unit", [1e-12, -100.0, 1e9])
def test_units_and_order_do_not_matter(unit):
    y, v = map(np.array, TRIALS["three"])
    before = np.array(numbers(nnf_prediction(y, v)))
    after = np.array(numbers(nnf_prediction((unit * y)[::-1], (unit**2 * v)[::-1]))) / unit
    expected = before if unit > 0 else before[[1, 0, 3, 2]]
    assert after == pytest.approx(expected, rel=0, abs=SAME * (before[3] - before[2]))


def test_data_sets_at_once_are_data_sets_one_by_one():
    (y, v), equal = TRIALS["three"], [0.4] * 3
    found = nnf_prediction([y, equal], [v, v], level=0.9)
    alone = nnf_prediction(y, v, level=0.9)
    assert found.pi_low.tolist() == [float(alone.pi_low), pytest.approx(0.4)]
    assert found.ci_high.tolist() == [float(alone.ci_high), pytest.approx(0.4)]
    assert float(alone.pi_low) > float(nnf_prediction(y, v).pi_low)


def test_a_single_trial_is_refused_and_two_are_taken():
    with pytest.raises(InputError, match="One trial does not show how trials differ"):
        nnf_prediction([0.1], [0.2])
    assert all(isfinite(limit) for limit in numbers(nnf_prediction([0.1, 0.9], [0.2, 0.1])))
