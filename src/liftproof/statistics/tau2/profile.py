"""Limits of τ² by the likelihood, and the likelihood itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtri

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import (
    Array,
    choose,
    effects_and_variances,
    floats,
    level_of_confidence,
    not_negative,
)
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result
from liftproof.statistics.roots import root
from liftproof.statistics.tau2.likelihood import FULL, RESTRICTED, Likelihood
from liftproof.statistics.tau2.maximum import local_maxima
from liftproof.statistics.tau2.profile_of_one import limits_of_one

LIKELIHOODS = {"ML": FULL, "REML": RESTRICTED}

TOLERANCE = 1e-14
"""Relative to the smallest variance: what a limit may be wrong by, beside its rounding."""


@of_one_index
def profile_likelihood(
    y: ArrayLike,
    v: ArrayLike,
    level: float = 0.95,
    *,
    method: str = "REML",
    x: ArrayLike | None = None,
) -> tuple[Array, Array]:
    """Return the least and the largest τ² whose log-likelihood is within χ²(1)/2 of its maximum.

    ``y`` and ``v`` (..., k), ``x`` (..., k, p) for moderators; ``method``: ML or REML; returns two
    arrays (...). The lower limit is 0 where 0 is likely enough. Where the likelihood has several
    maxima the limits enclose every likely τ². All maxima are known, and between two of them the
    likelihood falls and rises once, so each bracket holds one root, which is found to 1e-14 of the
    smallest variance and 4e-16 of itself, of one data set to 1e-14 of their sum. NaN for a single
    trial. Raises InputError and ConvergenceError.

    Source: Hardy & Thompson 1996, Stat Med 15, 619-629; Viechtbauer 2007, Stat Med 26, 37-52.
    metafor: ``confint(rma(yi, vi, method="REML"), type="PL")``.

    >>> low, high = profile_likelihood([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09])
    >>> float(low), round(float(high), 4)
    (0.0, 0.8951)
    """
    likelihood = choose(LIKELIHOODS, method, "likelihood")
    drop = float(chdtri(1, 1 - level_of_confidence(level))) / 2
    low, high = batched(lambda trials: _limits(trials, likelihood, drop))(y, v, x=x)
    return low, high


def _limits(trials: Trials, likelihood: Likelihood, drop: float) -> Array:
    """Return both limits, shape (2, n)."""
    if len(trials.y) == 1:
        return np.full((2, len(trials.origin)), np.nan)
    if trials.is_one:
        return np.array(limits_of_one(trials.as_vectors, likelihood, drop, TOLERANCE))[:, None]
    sets, at = local_maxima(trials, likelihood)
    height = likelihood.log(trials.take(sets), at)
    highest = np.full_like(trials.origin, -np.inf)
    np.maximum.at(highest, sets, height)
    least = highest - drop
    likely = height >= least[sets]
    first, last = np.full_like(highest, np.inf), np.full_like(highest, -np.inf)
    np.minimum.at(first, sets[likely], at[likely])
    np.maximum.at(last, sets[likely], at[likely])
    below, above = np.zeros_like(first), np.full_like(last, np.inf)
    left, right = ~likely & (at < first[sets]), ~likely & (at > last[sets])
    np.maximum.at(below, sets[left], at[left])
    np.minimum.at(above, sets[right], at[right])
    above = _far_enough(trials, likelihood, last, above, least)
    return _crossings(trials, likelihood, np.array((below, above)), np.array((first, last)), least)


def _far_enough(
    trials: Trials, likelihood: Likelihood, last: Array, above: Array, least: Array
) -> Array:
    """Return ``above``, and where it is infinite a τ² whose likelihood is below ``least``."""
    open_still = np.flatnonzero(np.isinf(above))
    end, scale = above.copy(), trials.v[0] + last
    while open_still.size:
        scale[open_still] *= 4
        end[open_still] = scale[open_still]
        height = likelihood.log(trials.take(open_still), end[open_still])
        open_still = open_still[height >= least[open_still]]
    return end


def _crossings(
    trials: Trials, likelihood: Likelihood, unlikely: Array, likely: Array, least: Array
) -> Array:
    """Return where the likelihood is ``least`` between two ends, or ``unlikely`` if not below.

    Both limits side by side: ``unlikely``, ``likely`` and what is returned have shape (2, n).
    """
    both = trials.take(np.tile(np.arange(least.size), 2))
    wanted = np.tile(least, 2)

    def excess(tau2: Array) -> Array:
        return likelihood.log(both, tau2) - wanted

    outer, inner = unlikely.ravel(), likely.ravel()
    ends = np.where(excess(outer) < 0, inner, outer)
    return root(excess, ends, outer, TOLERANCE * both.v[0]).reshape(unlikely.shape)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FitStatistics(Result):
    """How likely the data are at τ² and the fitted mean or coefficients. Arrays of shape (...).

    ``method``: ML or REML. ``parameters``: coefficients and, unless it is fixed, τ².
    ``log_likelihood``; ``deviance``: -2 log-likelihood, for ML less that of the saturated model;
    ``aic``, ``bic`` and ``aicc``, the last corrected for small k.
    """

    method: str
    parameters: int
    log_likelihood: Array
    deviance: Array
    aic: Array
    bic: Array
    aicc: Array


def fit_statistics(
    y: ArrayLike,
    v: ArrayLike,
    tau2: ArrayLike,
    *,
    method: str = "REML",
    x: ArrayLike | None = None,
    is_estimated: bool = True,
) -> FitStatistics:
    """Return log-likelihood and information criteria at ``tau2`` (...).

    ``method``: ML or REML; likelihoods of REML compare models with the same ``x`` only.
    ``is_estimated``: whether τ² counts as a parameter. Raises InputError.

    Source: Hurvich & Tsai 1989, Biometrika 76, 297-307, for AICc. metafor:
    ``rma(yi, vi)$fit.stats``.

    >>> fit = fit_statistics([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], 0.0127, method="ML")
    >>> round(float(fit.log_likelihood), 6), round(float(fit.aicc), 6)
    (0.885678, 14.228644)
    """
    likelihood = choose(LIKELIHOODS, method, "likelihood")
    y, v = effects_and_variances(y, v)
    log = batched(likelihood.log)(y, v, not_negative("τ²", floats("τ²", tau2)), x=x)
    k, p = v.shape[-1], 1 if x is None else np.shape(x)[-1]
    m = p + bool(is_estimated)
    n = k if method == "ML" else k - p
    enough = max(n, m + 2)
    saturated = np.log(2 * np.pi * v).sum(axis=-1)
    return FitStatistics(
        method=method,
        parameters=m,
        log_likelihood=log,
        deviance=-2 * log - (saturated if method == "ML" else 0.0),
        aic=-2 * log + 2 * m,
        bic=-2 * log + m * (np.log(n) if n else -np.inf),
        aicc=-2 * log + 2 * m * enough / (enough - m - 1),
    )
