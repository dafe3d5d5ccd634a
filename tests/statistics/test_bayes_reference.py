"""Bayesian random effects against bayesmeta's numbers.

bayesmeta integrates the posterior of τ to rounding, but replaces the mixtures of μ, of the
prediction and of the trials' effects by some 30 components (``delta=0.01``). Held on that grid our
numbers are the same; the exact ones differ from it by some 0.1 % of the width of an interval.
"""

import json
import re

import numpy as np
import pytest

from liftproof.statistics.bayes.direct import as_bayesmeta
from liftproof.statistics.bayes.posterior import posterior
from liftproof.statistics.bayes.priors import FLAT, half_cauchy, half_normal, normal_mu
from liftproof.statistics.bayes.probabilities import probability_that
from liftproof.statistics.bayes.random_effects import random_effects, shrunken_effects, summary_of
from liftproof.statistics.bayes.reference_priors import uniform
from support.metafor_cases import REFERENCE, effects_and_variances

pytestmark = pytest.mark.slow

CASES = json.loads((REFERENCE / "bayes.json").read_text(encoding="utf-8"))
PRIORS = {"halfnormal": half_normal, "halfcauchy": half_cauchy, "uniform": uniform}

INTEGRATED = 1e-10
"""bayesmeta's integrals and roots stop at 2^16 times the rounding of doubles, 1.5e-11."""
ON_ITS_GRID = 1e-8
"""The same for sums over its grid, whose bins it finds by the same roots; limits near 0 lose a
digit or two."""
SEARCHED_MODE = 5e-4
"""R's ``optimize`` stops at 1.2e-4 of the range it is given, here between the deciles."""
OF_THE_WIDTH = 0.002
"""How far bayesmeta's grid moves a limit or the centre, of the width of the interval: 0.0011 in
these cases, from a divergence of 0.01 a component."""

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])


def arguments(case):
    name, scale = re.fullmatch(r"(\w+?)(?:\((.+)\))?", case["tau_prior"]).groups()
    tau_prior = PRIORS[name](*([float(scale)] if scale else []))
    mean, sd = case["mu_prior_mean"], case["mu_prior_sd"]
    return {"tau_prior": tau_prior, "mu_prior": FLAT if sd is None else normal_mu(mean, sd)}


def compared(ours, case, prefix, names):
    pairs = [(np.ravel(getattr(ours, name))[0], case[f"{prefix}_{name}"]) for name in names]
    return np.array(pairs).T


@each_case
def test_tau_is_bayesmetas(case):
    y, v = effects_and_variances(case["csv"])
    found = random_effects(y, v, **arguments(case), interval="central")
    ours, theirs = compared(found.tau, case, "tau", ["mean", "median", "sd", "low", "high"])
    np.testing.assert_allclose(ours, theirs, rtol=INTEGRATED)
    assert float(found.tau.mode) == pytest.approx(case["tau_mode"], rel=SEARCHED_MODE)
    assert float(found.i2_at_mean_tau) == pytest.approx(100 * case["I2_mean"], rel=INTEGRATED)
    assert (found.k, found.interval) == (case["k"], case["interval"])


@each_case
def test_effects_are_bayesmetas_on_its_grid(case):
    y, v = effects_and_variances(case["csv"])
    of = as_bayesmeta(posterior(y, v, **arguments(case)))
    mu = summary_of(of.effect(), "central", 0.95)
    ours, theirs = compared(mu, case, "mu", ["mean", "median", "sd", "low", "high"])
    np.testing.assert_allclose(ours, theirs, rtol=ON_ITS_GRID)
    assert float(mu.mode[0]) == pytest.approx(case["mu_mode"], rel=SEARCHED_MODE)
    prediction = summary_of(of.prediction(), "central", 0.95)
    ours, theirs = compared(prediction, case, "theta", ["median", "low", "high"])
    np.testing.assert_allclose(ours, theirs, rtol=ON_ITS_GRID)
    shrunken = summary_of(of.trial_effects(), "central", 0.95)
    np.testing.assert_allclose(shrunken.median, case["shrink_median"], rtol=ON_ITS_GRID)
    assert float(probability_that(of, below=0.0)) == pytest.approx(
        case["p_mu_lt0"], rel=ON_ITS_GRID
    )


@each_case
def test_the_exact_mixture_is_near_bayesmetas_grid(case):
    y, v = effects_and_variances(case["csv"])
    found = random_effects(y, v, **arguments(case), interval="central")
    for summary, prefix in ((found.mu, "mu"), (found.prediction, "theta")):
        ours, theirs = compared(summary, case, prefix, ["median", "low", "high"])
        width = theirs[2] - theirs[1]
        assert np.abs(ours - theirs).max() < OF_THE_WIDTH * width
    shrunken = shrunken_effects(y, v, **arguments(case), interval="central").effects
    moved = np.abs(shrunken.median - case["shrink_median"]) / (shrunken.high - shrunken.low)
    assert moved.max() < OF_THE_WIDTH
    exact = probability_that(posterior(y, v, **arguments(case)), below=0.0)
    assert float(exact) == pytest.approx(case["p_mu_lt0"], abs=OF_THE_WIDTH)


def test_every_field_of_the_reference_is_compared():
    described = {"id", "kind", "dataset", "csv", "engine", "k", "tau_prior", "interval"}
    described |= {"mu_prior_mean", "mu_prior_sd", "tolerance_hint"}
    used = {f"mu_{name}" for name in ("mean", "median", "mode", "sd", "low", "high")}
    used |= {f"tau_{name}" for name in ("mean", "median", "mode", "sd", "low", "high")}
    used |= {"theta_median", "theta_low", "theta_high", "I2_mean", "p_mu_lt0", "shrink_median"}
    assert {field for case in CASES for field in case} == described | used
