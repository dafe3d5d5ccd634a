"""Priors of τ without a scale of their own: improper ones, and ones scaled by the variances.

All are bayesmeta's, by its names. Source: Röver 2020, J Stat Softw 93, number 6, section 2.4;
Spiegelhalter, Abrams & Myles 2004, Bayesian Approaches to Clinical Trials, section 5.7.3. ``v``
stands for the sampling variances of the k trials; improper densities are given up to a constant.
"""

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.statistics.bayes.priors import TauPrior, of_tau
from liftproof.statistics.checks import Array


def uniform() -> TauPrior:
    """Return p(τ) = 1, improper. bayesmeta: ``tau.prior="uniform"``.

    Source: Gelman 2006, Bayesian Anal 1, 515-534.

    >>> uniform().is_proper
    False
    """
    return TauPrior(
        label="uniform (improper)",
        log_density=of_tau(np.zeros_like),
        power=0,
        tail=0,
        is_proper=False,
        is_normalised=False,
    )


def uniform_root() -> TauPrior:
    """Return p(τ) = 1/√τ, improper. bayesmeta: ``tau.prior="sqrt"``.

    >>> uniform_root().power
    -0.5
    """
    return TauPrior(
        label="uniform in √τ (improper)",
        log_density=of_tau(lambda tau: -np.log(tau) / 2),
        power=-0.5,
        tail=0.5,
        is_proper=False,
        is_normalised=False,
    )


def jeffreys() -> TauPrior:
    """Return p(τ) = √Σ(τ/(v + τ²))², improper. bayesmeta: ``tau.prior="Jeffreys"``.

    Source: Tibshirani 1989, Biometrika 76, 604-608; Bodnar, Link & Elster 2016, Bayesian Anal 11,
    25-45.

    >>> jeffreys().tail
    1
    """
    return TauPrior(
        label="Jeffreys (improper)",
        log_density=lambda tau, v: np.log(tau) + np.log((1 / (v + tau**2) ** 2).sum(axis=0)) / 2,
        power=1,
        tail=1,
        is_proper=False,
        is_normalised=False,
    )


def berger_deely() -> TauPrior:
    """Return p(τ) = Π(τ/(v + τ²))^(1/k), improper. bayesmeta: ``tau.prior="BergerDeely"``.

    Source: Berger & Deely 1988, J Am Stat Assoc 83, 364-373.

    >>> berger_deely().tail
    1
    """
    return TauPrior(
        label="Berger-Deely (improper)",
        log_density=lambda tau, v: np.log(tau) - np.log(v + tau**2).mean(axis=0),
        power=1,
        tail=1,
        is_proper=False,
        is_normalised=False,
    )


def conventional() -> TauPrior:
    """Return p(τ) ∝ Π(τ/(v + τ²)^(3/2))^(1/k). bayesmeta: ``tau.prior="conventional"``.

    Proper; its constant, found by quadrature, is needed for Bayes factors only.

    >>> conventional().is_proper, conventional().is_normalised
    (True, False)
    """
    return TauPrior(
        label="conventional",
        log_density=lambda tau, v: np.log(tau) - 1.5 * np.log(v + tau**2).mean(axis=0),
        power=1,
        tail=2,
        is_normalised=False,
    )


def dumouchel() -> TauPrior:
    """Return p(τ) = s/(s + τ)², s² the harmonic mean of v. bayesmeta: ``tau.prior="DuMouchel"``.

    >>> dumouchel().is_proper
    True
    """

    def log_density(tau: Array, v: Array) -> Array:
        s = np.sqrt(_harmonic_mean(v))
        value: Array = np.log(s) - 2 * np.log(s + tau)
        return value

    return TauPrior(label="DuMouchel", log_density=log_density, power=0, tail=2)


def uniform_shrinkage() -> TauPrior:
    """Return p(τ) = 2s²τ/(s² + τ²)², s² the harmonic mean of v.

    bayesmeta: ``tau.prior="shrinkage"``. Source: Daniels 1999, Can J Stat 27, 567-578.

    >>> uniform_shrinkage().power
    1
    """
    return TauPrior(
        label="uniform shrinkage",
        log_density=lambda tau, v: _shrinkage(tau, _harmonic_mean(v)),
        power=1,
        tail=3,
    )


def uniform_i2() -> TauPrior:
    """Return the density of τ for which I² from τ² is uniform. bayesmeta: ``tau.prior="I2"``.

    As the uniform shrinkage prior with the typical variance of Higgins & Thompson 2002 for s²; of
    one trial that is the trial's own (bayesmeta: none).

    >>> uniform_i2().tail
    3
    """
    return TauPrior(
        label="uniform in I²",
        log_density=lambda tau, v: _shrinkage(tau, typical_variance(v)),
        power=1,
        tail=3,
    )


def typical_variance(v: Array) -> Array:
    """Return (k - 1) Σw / ((Σw)² - Σw²), w = 1/v, over the first axis; v itself for one trial.

    The smallest variance may be any number of times below the others: with w₀ the largest weight,
    (Σw)² - Σw² is summed as 2 w₀ Σ' + (Σ')² - Σ'w², Σ' over the other trials.

    >>> float(typical_variance(np.array([0.5, 0.5, 0.5])))
    0.5
    """
    w = 1 / np.sort(v, axis=0)
    rest = w[1:].sum(axis=0)
    others = 2 * w[0] * rest + rest**2 - (w[1:] ** 2).sum(axis=0)
    typical: Array = (len(v) - 1) * (w[0] + rest) / others if len(v) > 1 else v[0]
    return typical


def _shrinkage(tau: Array, variance: Array) -> Array:
    value: Array = np.log(2 * variance) + np.log(tau) - 2 * np.log(variance + tau**2)
    return value


def _harmonic_mean(v: Array) -> Array:
    value: Array = len(v) / (1 / v).sum(axis=0)
    return value


REFERENCE_PRIORS: Mapping[str, Callable[[], TauPrior]] = {
    "uniform": uniform,
    "sqrt": uniform_root,
    "Jeffreys": jeffreys,
    "BergerDeely": berger_deely,
    "conventional": conventional,
    "DuMouchel": dumouchel,
    "shrinkage": uniform_shrinkage,
    "I2": uniform_i2,
}
"""By bayesmeta's names."""
