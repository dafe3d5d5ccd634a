"""The test of excess significance: more trials with p < 0.05 than their power explains."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtrc, ndtr, ndtri

from liftproof.errors import InputError
from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import (
    Array,
    choose,
    effects_and_variances,
    floats,
    one_number,
    require,
)
from liftproof.statistics.distributions import quotient
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result, along
from liftproof.statistics.small_study.cannot_tell import of_excess
from liftproof.statistics.weighting import weighted_mean


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExcessSignificance(Result):
    """A test of excess significance. Arrays have shape (...) unless another is given.

    ``k``: trials. ``alpha``, ``alternative``: of the trials' own tests. ``estimate``: the true
    effect assumed, ``tau2``: its variance between trials, on the analysis scale. ``observed`` and
    ``expected``: trials with p <= alpha; ``ratio`` of the two. ``power``: of each trial (..., k).
    P values that there are no more than expected, one-sided: ``p_exact`` (Poisson-binomial),
    ``p_chi2`` (with ``chi2``), ``p_binomial`` (as if all trials had the mean power).
    ``cannot_tell``: a sentence.
    """

    per_trial = along("power")

    k: int
    alpha: float
    alternative: str
    estimate: Array
    tau2: Array
    observed: Array
    expected: Array
    ratio: Array
    power: Array
    p_exact: Array
    chi2: Array
    p_chi2: Array
    p_binomial: Array
    cannot_tell: str


def _both_sides(z: Array, spread: Array, alpha: float) -> Array:
    c = -ndtri(alpha / 2)
    return np.asarray(ndtr((z - c) / spread) + ndtr((-z - c) / spread))


def _above(z: Array, spread: Array, alpha: float) -> Array:
    return np.asarray(ndtr((z + ndtri(alpha)) / spread))


def _below(z: Array, spread: Array, alpha: float) -> Array:
    return _above(-z, spread, alpha)


ALTERNATIVES: Mapping[str, Callable[[Array, Array, float], Array]] = {
    "two.sided": _both_sides,
    "greater": _above,
    "less": _below,
}
"""Probability that a trial is significant, given the mean of its z value, the standard deviation of
that, and alpha; for a spread of 0, whether the z value itself is."""


@of_one_index
@in_blocks(per_set=("estimate", "tau2"))
def excess_significance(
    y: ArrayLike,
    v: ArrayLike,
    *,
    estimate: ArrayLike | None = None,
    tau2: ArrayLike = 0.0,
    null: float = 0.0,
    alpha: float = 0.05,
    alternative: str = "two.sided",
) -> ExcessSignificance:
    """Compare how many trials are significant with the sum of their powers.

    The z value (y - null)/√v of a trial has mean (θ - null)/√v and variance (v + τ²)/v: its power
    is the probability to lie beyond the critical values. ``y`` and ``v`` (..., k). ``estimate``
    θ (...): by default the fixed-effect mean; ``tau2`` (...). ``alternative``: a name in
    ALTERNATIVES. Raises InputError.

    Source: Ioannidis & Trikalinos 2007, Clin Trials 4, 245-253; exact: Francis 2013, J Math Psychol
    57, 153-169. metafor: ``tes(yi, vi, test="exact")``, ``test="chi2"``, ``test="binom"``; its
    default is exact where the sum has up to a million terms, else chi2.

    >>> test = excess_significance([-0.9, -0.9, -0.6, -0.1], [0.1, 0.2, 0.05, 0.02])
    >>> float(test.observed), round(float(test.expected), 4), round(float(test.p_exact), 4)
    (3.0, 1.4115, 0.094)
    """
    y, v = effects_and_variances(y, v)
    one_number("null", null)
    one_number("alpha", alpha)
    require(0 < alpha < 1, np.asarray(alpha), "alpha must lie between 0 and 1")
    significant = choose(ALTERNATIVES, alternative, "alternative")
    *shape, k = y.shape
    theta = weighted_mean(y, v, 0.0)[0] if estimate is None else _each(estimate, shape, "estimate")
    between = _each(tau2, shape, "tau2")
    require(between >= 0, between, "tau2 must not be negative")
    se = np.sqrt(v)
    mean_z = (np.asarray(theta)[..., None] - null) / se
    power = significant(mean_z, np.sqrt(1 + between[..., None] / v), alpha)
    observed = _significant(significant, (y - null) / se, alpha).sum(axis=-1)
    expected = power.sum(axis=-1)
    chi2, p_chi2 = _pearson(observed, expected, k)
    return ExcessSignificance(
        k=k,
        alpha=alpha,
        alternative=alternative,
        estimate=np.asarray(theta)[()],
        tau2=between[()],
        observed=observed[()],
        expected=expected[()],
        ratio=quotient(observed, expected),
        power=power,
        p_exact=_poisson_binomial(power, observed)[()],
        chi2=chi2,
        p_chi2=p_chi2,
        p_binomial=np.where(observed > 0, bdtrc(observed - 1, k, expected / k), 1.0)[()],
        cannot_tell=of_excess(k),
    )


def _each(values: ArrayLike, shape: list[int], name: str) -> Array:
    """Return one number a data set, or raise InputError."""
    array = floats(name, values)
    try:
        return np.broadcast_to(array, tuple(shape))
    except ValueError as error:
        raise InputError(f"{name} must hold one number a data set.") from error


def _significant(test: Callable[[Array, Array, float], Array], z: Array, alpha: float) -> Array:
    """Return 1 where a z value is significant, else 0: a z value without spread."""
    minute = np.full_like(z, 1e-200)  # z may be 1e75: their ratio must not overflow
    return (test(z, minute, alpha) > 0).astype(np.float64)


def _pearson(observed: Array, expected: Array, k: int) -> tuple[Array, Array]:
    """Return Pearson's χ² of significant and other trials, and its one-sided p value."""
    excess = observed - expected
    with np.errstate(divide="ignore", invalid="ignore"):
        chi2 = np.where(excess == 0, 0.0, excess**2 / expected + excess**2 / (k - expected))
    return chi2[()], np.asarray(ndtr(-np.sign(excess) * np.sqrt(chi2)))[()]


def _poisson_binomial(power: Array, observed: Array) -> Array:
    """Return the probability of ``observed`` (...) successes or more, of powers (..., k); (...)."""
    *shape, k = power.shape
    probability = np.zeros((*shape, k + 1))
    probability[..., 0] = 1.0
    for p in np.moveaxis(power, -1, 0)[..., None]:
        shifted = probability[..., :-1] * p
        probability *= 1 - p
        probability[..., 1:] += shifted
    at_least = np.arange(k + 1) >= observed[..., None]
    return np.asarray(np.minimum(1.0, (probability * at_least).sum(axis=-1)))
