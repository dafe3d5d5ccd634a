"""Bayesian statements under several priors, shrunken effects and Bayes factors."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from liftproof.analysis.diagnostics.method import Finding, Method, Methods
from liftproof.analysis.diagnostics.pooled_trials import PooledTrials
from liftproof.errors import InputError
from liftproof.statistics.bayes.evidence import evidence
from liftproof.statistics.bayes.posterior import posterior
from liftproof.statistics.bayes.priors import (
    FLAT,
    TauPrior,
    half_cauchy,
    half_normal,
    half_t,
    normal_mu,
)
from liftproof.statistics.bayes.probabilities import probability_that
from liftproof.statistics.bayes.random_effects import random_effects, shrunken_effects
from liftproof.statistics.bayes.turner import turner
from liftproof.statistics.result import Result
from liftproof.vocabulary.levels import level_text

SCALE, DF = 0.5, 3
"""Scale of priors on τ for log ratios: weakly informative, Röver and others 2021, Res Synth Methods
12, 448-474. Degrees of freedom of the half-t prior, between half-Cauchy (1) and half-normal (∞)."""
MU_PRIOR = normal_mu(0.0, 4.0)
"""Unit information about a log odds ratio: Röver 2020, J Stat Softw 93, number 6, section 3.4."""
CREDIBLE = ("mu.median", "mu.low", "mu.high", "tau.median", "tau.low", "tau.high")
PREDICTED = ("prediction.low", "prediction.high")

Prior = Callable[[PooledTrials], TauPrior]


def _scaled(prior: Callable[[float], TauPrior], of: PooledTrials) -> TauPrior:
    """Return a prior on τ whose scale is that of log ratios."""
    if not of.is_log:
        raise InputError("The prior on τ is for log ratios only.")
    return prior(SCALE)


def _turner(of: PooledTrials) -> TauPrior:
    if of.specification.measure != "OR":
        raise InputError("The prior on τ is for log odds ratios only.")
    return turner()


HALF_NORMAL: Prior = partial(_scaled, half_normal)
PRIORS: dict[str, Prior] = {
    "bayes_half_normal": HALF_NORMAL,
    "bayes_half_cauchy": partial(_scaled, half_cauchy),
    "bayes_half_t": partial(_scaled, partial(half_t, df=DF)),
    "bayes_turner": _turner,
}
"""Of τ, by method; that of μ is flat."""


def _bayes(prior: Prior, of: PooledTrials) -> Finding:
    """Return central limits and the probabilities of benefit, and of a halving."""
    tau_prior = prior(of)
    found = random_effects(of.y, of.v, tau_prior=tau_prior, interval="central", level=of.level)
    numbers = {name: value for name, _, value in found.numbers()}
    of_mu = posterior(of.y, of.v, tau_prior=tau_prior)
    return Finding(
        values={
            **{name: numbers[name] for name in (*CREDIBLE, *PREDICTED)},
            "probability_below_no_effect": probability_that(of_mu, below=0.0),
            "probability_below_half": probability_that(of_mu, below=np.log(0.5)),
        }
    )


def _shrunken(of: PooledTrials) -> Result:
    return shrunken_effects(
        of.y, of.v, tau_prior=HALF_NORMAL(of), interval="central", level=of.level
    )


def _evidence(of: PooledTrials) -> Result:
    return evidence(of.y, of.v, tau_prior=HALF_NORMAL(of), mu_prior=MU_PRIOR)


def _given(prior: Prior, of: PooledTrials, _found: Any) -> str:
    priors = f"τ {prior(of).label}, effect {FLAT.label}"
    return f"Given the priors: {priors}; central {level_text(of.level)} limits."


def _given_both(of: PooledTrials, found: Any) -> str:
    return (
        f"Given the priors: τ {HALF_NORMAL(of).label}, effect {found.mu_prior}. Below 1 a factor "
        "speaks against 0; it depends on the widths of the priors."
    )


METHODS: Methods = {
    **{
        name: Method(
            compute=partial(_bayes, prior),
            fields=(*CREDIBLE, *PREDICTED, "probability_below_no_effect", "probability_below_half"),
            note=partial(_given, prior),
        )
        for name, prior in PRIORS.items()
    },
    "bayes_factor": Method(
        compute=_evidence,
        fields=("bayes_factor_mu_0", "bayes_factor_tau_0", "log_marginal_likelihood"),
        note=_given_both,
    ),
    "bayes_shrinkage": Method(
        compute=_shrunken,
        fields=("effects.median", "effects.low", "effects.high"),
        note=partial(_given, HALF_NORMAL),
    ),
}
