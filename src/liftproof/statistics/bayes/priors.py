"""Priors of the heterogeneity τ that state a scale: proper, and in the unit of the effect.

The functions return a :class:`TauPrior`; those of ``reference_priors`` take their scale from the
data, those of ``turner`` from many other reviews. A scale s stands in the unit of y: where y
becomes c·y, the same prior has the scale c·s.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, log_ndtr

from liftproof.statistics.checks import Array, finite_number, require

LogDensity = Callable[[Array, Array], Array]

FAR = 40.0
"""Beyond a density of e⁻⁴⁰ of the highest no digit of a result is decided."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TauPrior:
    """A prior of τ, with what quadrature needs to know of it.

    ``label``: the prior in words, with its parameters. ``log_density``: of τ of shape (m, n), given
    the variances of the trials, shape (k, 1, n); the priors of this module ignore these.
    ``power`` and ``tail``: the density is as τ^power near 0, and as τ^-tail far out (infinite:
    faster than any power). ``low`` and ``high``: below and above these τ it is so; (inf, 0) where
    only the data's variances matter. ``is_proper``: the density has a finite integral.
    ``is_normalised``: the integral is 1.
    """

    label: str
    log_density: LogDensity
    power: float
    tail: float
    low: float = np.inf
    high: float = 0.0
    is_proper: bool = True
    is_normalised: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MuPrior:
    """The prior of μ: normal with ``mean`` and ``sd``, or flat where ``sd`` is infinite."""

    mean: float
    sd: float

    @property
    def is_proper(self) -> bool:
        """Return whether the prior is normal."""
        return bool(np.isfinite(self.sd))

    @property
    def label(self) -> str:
        """Return the prior in words."""
        return f"normal(mean={self.mean:g}, sd={self.sd:g})" if self.is_proper else "flat"


FLAT = MuPrior(mean=0.0, sd=np.inf)
"""The improper prior of μ: every value alike. bayesmeta's default."""


def normal_mu(mean: float, sd: float) -> MuPrior:
    """Return the normal prior of μ. bayesmeta: ``mu.prior=c(mean, sd)``.

    A ``sd`` of 4 about 0 suits log odds ratios (unit information; Röver 2020, J Stat Softw 93,
    number 6, section 3.4).

    >>> normal_mu(0, 4).label
    'normal(mean=0, sd=4)'
    """
    return MuPrior(mean=finite_number("The mean", mean), sd=positive("The sd", sd))


def of_tau(log_density: Callable[[Array], Array]) -> LogDensity:
    """Return a log-density of τ as one that is given the variances too, and ignores them."""
    return lambda tau, v: log_density(tau)  # noqa: ARG005


def positive(name: str, value: float) -> float:
    """Return ``value``, or raise InputError where it is not positive and finite."""
    number = finite_number(name, value)
    require(number > 0, np.asarray(number), f"{name} of a prior must be positive")
    return number


def half_normal(scale: float) -> TauPrior:
    """Return p(τ) = √(2/π)/s exp(-τ²/2s²). bayesmeta: ``dhalfnormal(t, scale)``.

    Source: Röver et al. 2021, Res Synth Methods 12, 448-474: 0.5 or 1 for log odds ratios.

    >>> round(float(density(half_normal(0.5), 0.5)), 6)
    0.967883
    """
    s = positive("The scale", scale)
    constant = np.log(2 / np.pi) / 2 - np.log(s)
    return TauPrior(
        label=f"half-normal(scale={s:g})",
        log_density=of_tau(lambda tau: constant - (tau / s) ** 2 / 2),
        power=0,
        tail=np.inf,
        low=s,
        high=10 * s,  # e⁻⁵⁰
    )


def truncated_normal(mean: float, sd: float) -> TauPrior:
    """Return the normal density of τ restricted to τ >= 0.

    >>> round(float(density(truncated_normal(0, 0.5), 0.5)), 6)
    0.967883
    """
    m, s = finite_number("The mean", mean), positive("The sd", sd)
    constant = -np.log(2 * np.pi) / 2 - np.log(s) - log_ndtr(m / s)
    return TauPrior(
        label=f"normal(mean={m:g}, sd={s:g}), τ >= 0",
        log_density=of_tau(lambda tau: constant - ((tau - m) / s) ** 2 / 2),
        power=0,
        tail=np.inf,
        low=s / max(1.0, abs(m) / s),
        high=max(m, 0.0) + 10 * s,
    )


def half_t(scale: float, df: float) -> TauPrior:
    """Return the half-t density, df degrees of freedom. bayesmeta: ``dhalft(t, scale, df)``.

    Source: Gelman 2006, Bayesian Anal 1, 515-534.

    >>> round(float(density(half_t(1, 3), 0)), 6)
    0.735105
    """
    s, nu = positive("The scale", scale), positive("The df", df)
    constant = float(
        np.log(2 / s) + gammaln((nu + 1) / 2) - gammaln(nu / 2) - np.log(nu * np.pi) / 2
    )
    return TauPrior(
        label=f"half-t(scale={s:g}, df={nu:g})",
        log_density=of_tau(lambda tau: constant - (nu + 1) / 2 * np.log1p((tau / s) ** 2 / nu)),
        power=0,
        tail=nu + 1,
        low=s * np.sqrt(nu),
        high=s * np.sqrt(nu),
    )


def half_cauchy(scale: float) -> TauPrior:
    """Return p(τ) = 2/(πs) / (1 + τ²/s²). bayesmeta: ``dhalfcauchy(t, scale)``.

    Source: Gelman 2006, Bayesian Anal 1, 515-534.

    >>> round(float(density(half_cauchy(0.5), 0.5)), 6)
    0.63662
    """
    s = positive("The scale", scale)
    constant = np.log(2 / (np.pi * s))
    return TauPrior(
        label=f"half-Cauchy(scale={s:g})",
        log_density=of_tau(lambda tau: constant - np.log1p((tau / s) ** 2)),
        power=0,
        tail=2,
        low=s,
        high=s,
    )


def half_logistic(scale: float) -> TauPrior:
    """Return p(τ) = 2/s e^(-τ/s) / (1 + e^(-τ/s))². bayesmeta: ``dhalflogistic(t, scale)``.

    >>> round(float(density(half_logistic(1), 0)), 6)
    0.5
    """
    s = positive("The scale", scale)
    return TauPrior(
        label=f"half-logistic(scale={s:g})",
        log_density=of_tau(lambda tau: np.log(2 / s) - tau / s - 2 * np.log1p(np.exp(-tau / s))),
        power=0,
        tail=np.inf,
        low=s,
        high=FAR * s,
    )


def exponential(scale: float) -> TauPrior:
    """Return p(τ) = e^(-τ/s)/s; the rate is 1/s. bayesmeta: ``dexp(t, rate=1/scale)``.

    >>> round(float(density(exponential(0.5), 0.5)), 6)
    0.735759
    """
    s = positive("The scale", scale)
    return TauPrior(
        label=f"exponential(scale={s:g})",
        log_density=of_tau(lambda tau: -np.log(s) - tau / s),
        power=0,
        tail=np.inf,
        low=s,
        high=FAR * s,
    )


def lomax(scale: float, shape: float) -> TauPrior:
    """Return p(τ) = a/s (1 + τ/s)^-(a + 1). bayesmeta: ``dlomax(t, shape, scale)``.

    >>> round(float(density(lomax(1, 2), 1)), 6)
    0.25
    """
    s, a = positive("The scale", scale), positive("The shape", shape)
    return TauPrior(
        label=f"Lomax(scale={s:g}, shape={a:g})",
        log_density=of_tau(lambda tau: np.log(a / s) - (a + 1) * np.log1p(tau / s)),
        power=0,
        tail=a + 1,
        low=s,
        high=s,
    )


def log_normal(mean: float, sd: float) -> TauPrior:
    """Return the density of τ whose logarithm is normal. bayesmeta: ``dlnorm(t, mean, sd)``.

    A log-normal prior of τ² has twice this ``mean`` and twice this ``sd``.

    >>> round(float(density(log_normal(0, 1), 1)), 6)
    0.398942
    """
    m, s = finite_number("The mean", mean), positive("The sd", sd)
    constant = -np.log(2 * np.pi) / 2 - np.log(s)
    return TauPrior(
        label=f"log-normal(mean={m:g}, sd={s:g})",
        log_density=of_tau(lambda tau: constant - np.log(tau) - ((np.log(tau) - m) / s) ** 2 / 2),
        power=np.inf,
        tail=np.inf,
        low=float(np.exp(m - 9 * s)),
        high=float(np.exp(m + 9 * s)),
    )


def density(prior: TauPrior, tau: float, v: float = 1.0) -> Array:
    """Return the density of a prior at τ; ``v``: the variance of the one trial, where it counts.

    >>> round(float(density(exponential(1), 0)), 6)
    1.0
    """
    value = prior.log_density(np.full((1, 1), tau, dtype=np.float64), np.full((1, 1, 1), v))
    return np.asarray(np.exp(value)[0, 0])
