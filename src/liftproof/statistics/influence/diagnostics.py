"""Residuals and deletion diagnostics of a meta-analysis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtri

from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import quotient
from liftproof.statistics.influence.fit import PooledFit, fit
from liftproof.statistics.influence.leave_one_out import at_least_two_trials, without_each
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result, along
from liftproof.statistics.weighting import weighted_mean
from liftproof.vocabulary.levels import USUAL_LEVEL

MEDIAN = float(chdtri(1, 0.5))
"""Of χ² with one degree of freedom: Cook's distances beyond it move the estimate to the edge of
its 50 % confidence region."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Diagnostics(Result):
    """Diagnostics of each trial. Arrays have shape (..., k); without a unit where none is named.

    ``rstandard``: internally standardised residual, ``rstudent``: externally standardised deleted
    residual. ``dffits``: change of the fitted value, ``dfbetas``: of the estimate, in standard
    errors, by adding the trial. ``cook_distance``: squared change of the estimate over its
    variance. ``cov_ratio``: variance of the estimate without the trial over that with it.
    ``tau2_deleted`` (square of the unit of y) and ``q_deleted``: τ² and Cochran's Q without it.
    ``hat``: leverage, ``weight``: percent. ``is_influential``: metafor's flag.
    """

    per_trial = along(
        "rstandard",
        "rstudent",
        "dffits",
        "cook_distance",
        "cov_ratio",
        "tau2_deleted",
        "q_deleted",
        "hat",
        "weight",
        "dfbetas",
        "is_influential",
    )

    rstandard: Array
    rstudent: Array
    dffits: Array
    cook_distance: Array
    cov_ratio: Array
    tau2_deleted: Array
    q_deleted: Array
    hat: Array
    weight: Array
    dfbetas: Array
    is_influential: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Influence(Diagnostics):
    """Diagnostics of each trial: see :class:`Diagnostics`; ``weight`` is ``hat`` in percent.

    ``tau2_method``, ``interval``: how the fits were made. ``k``: number of trials.
    """

    tau2_method: str
    interval: str
    k: int


@of_one_index
@dropping_missing("y", "v")
@by_metafors_names
@in_blocks()
def influence(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau2: str = "REML",
    interval: str = "wald",
    level: float = USUAL_LEVEL,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> Influence:
    """Return residuals and deletion diagnostics of the random-effects model.

    With w = 1/(v + τ²), the estimate m and its variance V, and a subscript (i) for the fit without
    trial i, where s² is the interval's factor on the variance (1 for Wald's):

    - rstandard (y - m)/√((v + τ²)(1 - hat)), hat = w/Σw
    - rstudent (y - m(i))/√(s²(i)(v + τ²(i)) + V(i))
    - DFFITS (m - m(i))/√(s²(i) hat (v + τ²(i)))
    - DFBETAS (m - m(i))/√(s²(i)/Σ 1/(v + τ²(i))), the sum over all k trials
    - Cook's distance (m - m(i))²/V, covariance ratio V(i)/V
    - influential: \\|DFFITS\\| > 3/√(k - 1), or Cook's distance above the median of χ²(1), or
      hat > 3/k, or \\|DFBETAS\\| > 1.

    ``y`` and ``v`` (..., k), k >= 2. For k = 2 each fit without a trial is the other trial, with
    τ² 0 and Wald's variance. Where the other trials have identical effects, Hartung-Knapp's s² is
    0: numbers divided by it are infinite, or NaN for 0/0, which is never flagged. ``level``: at
    which ``hksj_hybrid`` and ``hksj_iqwig`` choose their variance. Raises InputError and
    ConvergenceError.
    ``missing``: see ``statistics.missing``.

    Source: Viechtbauer & Cheung 2010, Res Synth Methods 1, 112-125. metafor:
    ``influence(rma(yi, vi))`` and ``rstandard(rma(yi, vi))``.

    >>> found = influence([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau2="DL")
    >>> [round(float(x), 4) for x in found.rstudent]
    [-1.4471, 0.1328, 0.9718]
    >>> [round(float(x), 4) for x in found.cook_distance]
    [0.0991, 0.0704, 0.2483]
    >>> found.is_influential.tolist()
    [True, False, False]
    """
    y, v = at_least_two_trials(y, v)
    with_all = fit(y, v, tau2, interval, level)
    others = without_each(y), without_each(v)
    without = fit(*others, tau2, interval, level)
    hat = np.asarray(with_all.unscaled)[..., None] / _total(v, with_all.tau2)
    numbers = _changes(v, with_all, without, hat)
    return Influence(
        tau2_method=tau2,
        interval=interval,
        k=y.shape[-1],
        rstandard=_internal_residual(y, v, *others, with_all.tau2),
        rstudent=_deleted_residual(y, v, without),
        **numbers,
        tau2_deleted=without.tau2,
        q_deleted=without.q,
        hat=hat,
        weight=100 * hat,
        is_influential=_is_influential(**numbers, hat=hat),
    )


def _total(v: Array, tau2: Array) -> Array:
    """Return v + τ² for trials of shape (..., k) and one τ² a data set, (...)."""
    total: Array = v + np.asarray(tau2)[..., None]
    return total


def _internal_residual(y: Array, v: Array, y_others: Array, v_others: Array, tau2: Array) -> Array:
    """Return (y - mean)/√((v + τ²)(1 - hat)) as the distance from the mean of the others.

    At the same τ², y - mean = (1 - hat)(y - mean of others) and 1 - hat = u/(u + variance of the
    mean of others), u = v + τ²: written so, no digits are lost for a trial that outweighs all.
    """
    spread = np.broadcast_to(np.asarray(tau2)[..., None], y.shape)
    mean, variance, _ = weighted_mean(y_others, v_others, spread)
    residual: Array = (y - mean) / np.sqrt(v + spread + variance)
    return residual


def _deleted_residual(y: Array, v: Array, without: PooledFit) -> Array:
    """Return (y - m(i))/√(s²(i)(v + τ²(i)) + V(i))."""
    variance = without.factor * (v + without.tau2) + without.variance
    return quotient(y - without.estimate, np.sqrt(variance))


def _changes(v: Array, with_all: PooledFit, without: PooledFit, hat: Array) -> dict[str, Array]:
    """Return what changes with each trial: DFFITS, DFBETAS, Cook's distance, covariance ratio."""
    change = np.asarray(with_all.estimate)[..., None] - without.estimate
    variance = np.asarray(with_all.variance)[..., None]
    total = v + without.tau2
    of_estimate = total * without.unscaled / (total + without.unscaled)  # 1/Σw over all trials
    return {
        "dffits": quotient(change, np.sqrt(without.factor * hat * total)),
        "dfbetas": quotient(change, np.sqrt(without.factor * of_estimate)),
        "cook_distance": quotient(change**2, variance),
        "cov_ratio": quotient(without.variance, variance),
    }


def _is_influential(
    dffits: Array,
    dfbetas: Array,
    cook_distance: Array,
    hat: Array,
    cov_ratio: Array,  # noqa: ARG001 - metafor prints it, but does not judge by it
) -> NDArray[np.bool_]:
    """Return metafor's flag: any of four diagnostics beyond its bound."""
    k = hat.shape[-1]
    flags: NDArray[np.bool_] = (
        (np.abs(dffits) > 3 / np.sqrt(k - 1))
        | (cook_distance > MEDIAN)
        | (hat > 3 / k)
        | (np.abs(dfbetas) > 1)
    )
    return flags
