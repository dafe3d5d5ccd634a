"""Henmi and Copas' interval: fixed-effect weights, with room for the trials' differences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import isqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainc, ndtri

from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, effects_and_variances, level_of_confidence
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.result import Result
from liftproof.statistics.roots import root
from liftproof.statistics.small_study.cannot_tell import at_least, of_correction
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.weighting import weighted_mean

FEWEST = 2

WIDTH = 8.0
"""Standard deviations over which the normal density is integrated: it leaves 1e-15 out."""

TOLERANCE = 1e-14
"""Of the quantile, in standard errors."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HenmiCopas(Result):
    """An estimate by Henmi and Copas. Arrays have shape (...), on the analysis scale.

    ``k``: trials; ``level``: of the limits. ``estimate``: fixed-effect mean. ``se``: its standard
    error where effects vary by ``tau2`` (DL). ``quantile``: half-width over se. ``ci_low``,
    ``ci_high``. ``cannot_tell``: a sentence.
    """

    k: int
    level: float
    estimate: Array
    se: Array
    tau2: Array
    quantile: Array
    ci_low: Array
    ci_high: Array
    cannot_tell: str


@of_one_index
@dropping_missing("y", "v")
@in_blocks()
def henmi_copas(
    y: ArrayLike,
    v: ArrayLike,
    *,
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> HenmiCopas:
    """Return the fixed-effect mean with limits that allow for τ² and for its being estimated.

    Small trials, which publication favours for their results, keep the little weight 1/v. The
    pivot is R/√(1 + τ̂²W₂), R = (mean - θ)√W₁, W₁ = Σw, W₂ = Σw²/W₁. Given R, Q is taken as gamma
    with its exact mean and variance. The quantile of the pivot is a root, found to 1e-14; the
    quadrature in it leaves an error below 1e-12 of it. ``y`` and ``v`` (..., k), k of 2 or more.
    Raises InputError and ConvergenceError.

    ``missing``: see ``statistics.missing``.

    Source: Henmi & Copas 2010, Stat Med 29, 2969-2983. metafor: ``hc(rma(yi, vi, method="DL"))``,
    whose search has a tolerance of 1e-4.

    >>> found = henmi_copas([-0.9, -0.5, -0.4, 0.4], [0.3, 0.2, 0.05, 0.02])
    >>> round(float(found.ci_low), 4), round(float(found.ci_high), 4)
    (-1.3326, 1.4985)
    """
    y, v = effects_and_variances(y, v)
    k = y.shape[-1]
    at_least(k, FEWEST, "Henmi and Copas' interval")
    tail = (1 - level_of_confidence(level)) / 2
    tau2 = np.asarray(TAU2["DL"](y, v))
    flat = _quantile_and_se(v.reshape(-1, k), tau2.reshape(-1), tail)
    quantile, se = np.reshape(flat, (2, *tau2.shape))
    estimate = weighted_mean(y, v, 0.0)[0]
    return HenmiCopas(
        k=k,
        level=level,
        estimate=estimate,
        se=se[()],
        tau2=tau2[()],
        quantile=quantile[()],
        ci_low=(estimate - quantile * se)[()],
        ci_high=(estimate + quantile * se)[()],
        cannot_tell=of_correction(k),
    )


def _quantile_and_se(v: Array, tau2: Array, tail: float) -> Array:
    """Return the t with P(pivot > t) = ``tail`` and the standard error, of n data sets; (2, n).

    The pivot is at most R, so that its quantile is at most R's.
    """
    # Only ratios of variances matter: in units of the smallest, no power of w overflows.
    unit = v.min(axis=1)
    w, between = unit[:, None] / v, tau2 / unit
    sd = np.sqrt(1 + between * (w**2).sum(axis=1) / w.sum(axis=1))
    shape_and_scale = _gamma_given_r(w, between, sd)
    high = -ndtri(tail) * sd
    quantile = root(
        lambda t: _probability_above(t, sd, w, shape_and_scale) - tail,
        np.zeros_like(high),
        high,
        np.full_like(high, TOLERANCE),
    )
    return np.stack((quantile, sd * np.sqrt(unit / w.sum(axis=1))))


def _gamma_given_r(w: Array, tau2: Array, sd: Array) -> tuple[Array, ...]:
    """Return a, b, c, d with E(Q | R = r) = a + b r² and var(Q | R = r) = c + d r²; each (n,).

    With e the deviations of effects from θ, variance D = diag(v + τ²), Q = e'Ae and
    c = cov(e, R), the conditional variance of e is D - cc'/var(R). g = Ac.
    """
    k, total = w.shape[1], w.sum(axis=1)
    w2 = (w**2).sum(axis=1) / total
    w3 = (w**3).sum(axis=1) / total
    g = tau2[:, None] * w * (w - w2[:, None]) / np.sqrt(total)[:, None]
    gdg = (g**2 * (1 / w + tau2[:, None])).sum(axis=1)
    gc = tau2**2 * (w3 - w2**2)
    variance = sd**2
    mean = k - 1 + tau2 * (total - w2) - gc / variance
    square = k - 1 + 2 * tau2 * (total - w2) + tau2**2 * (total * w2 - 2 * w3 + w2**2)
    trace = square - 2 * gdg / variance + gc**2 / variance**2
    return mean, gc / variance**2, 2 * trace, 4 * (gdg - gc**2 / variance) / variance**2


def _probability_above(t: Array, sd: Array, w: Array, moments: tuple[Array, ...]) -> Array:
    """Return P(pivot > t): the mean over R = r above t of P(Q < the value that makes it t)."""
    k, total = w.shape[1], w.sum(axis=1)
    factor = total**2 / (w**2).sum(axis=1) - 1
    start = t / sd
    nodes, weights = _legendre(k)
    x = start + (nodes[:, None] + 1) / 2 * np.maximum(0.0, WIDTH - start)
    density = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi) * weights[:, None]
    square = (x * sd) ** 2
    a, b, c, d = moments
    mean, variance = a + b * square, c + d * square
    with np.errstate(divide="ignore", over="ignore"):
        ratio = np.where(t > 0, square / t**2, np.inf)
    below = np.maximum(0.0, k - 1 + (ratio - 1) * factor)
    inside = gammainc(mean**2 / variance, below * mean / variance)
    return np.asarray((density * inside).sum(axis=0) * (WIDTH - start) / 2)


@cache
def _legendre(k: int) -> tuple[Array, Array]:
    """Return Gauss-Legendre nodes and weights, more the steeper P(Q < q | R) rises: as √k.

    Up to k = 5000 twice as many change no quantile by 1e-12.
    """
    nodes, weights = np.polynomial.legendre.leggauss(40 + 4 * isqrt(k))
    return nodes, weights
