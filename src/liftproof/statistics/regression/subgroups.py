"""Subgroup analysis and the test of a difference between subgroups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from liftproof.errors import InputError
from liftproof.statistics import heterogeneity
from liftproof.statistics.checks import Array, choose, effects_and_variances, is_missing
from liftproof.statistics.distributions import limits
from liftproof.statistics.intervals import Weighted, factor_and_df, require_tau2
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result
from liftproof.statistics.tau2 import FIXED, TAU2
from liftproof.statistics.weighted_fit import mean_with_tau2
from liftproof.statistics.weighting import weighted_mean


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Subgroups(Result):
    """A pooled estimate a subgroup. Arrays have shape (..., g) unless another is given.

    ``levels``: names of the g subgroups, in the order of their first trial. ``is_common``: whether
    they share one τ². ``k`` (g,): trials of each. ``estimate``, ``se``, ``ci_low``, ``ci_high``;
    ``tau2`` with limits by Q-profile, ``tau2_ci_low`` and ``tau2_ci_high``: of a common τ² about
    the subgroups' own means; NaN for FE and of a trial alone. ``tau2_difference`` (..., g - 1): of
    each further subgroup's τ² less the first's, ``tau2_difference_low`` and ``_high`` from the
    limits of both (Zou & Donner 2008); NaN where τ² is common. ``i2`` percent, from τ²
    and the subgroup's own typical variance, from Q for FE; ``q``: Cochran's Q within.
    ``q_between`` (...), ``q_between_df`` and ``q_between_p`` (...): the test of a difference, χ².
    """

    levels: tuple[str, ...]
    is_common: bool
    k: NDArray[np.intp]
    estimate: Array
    se: Array
    ci_low: Array
    ci_high: Array
    tau2: Array
    tau2_ci_low: Array
    tau2_ci_high: Array
    tau2_difference: Array
    tau2_difference_low: Array
    tau2_difference_high: Array
    i2: Array
    q: Array
    q_between: Array
    q_between_df: int
    q_between_p: Array


@of_one_index
@dropping_missing("y", "v", "groups")
@by_metafors_names
def subgroups(
    y: ArrayLike,
    v: ArrayLike,
    groups: Sequence[str],
    *,
    tau2: str = "REML",
    interval: str = "wald",
    is_common: bool = False,
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> Subgroups:
    """Pool each subgroup by itself and test whether they differ.

    ``y`` and ``v`` (..., k), ``groups``: the subgroup of each of the k trials. ``is_common``: one
    τ² for all subgroups, what is left once they differ, or each its own. The test takes the
    subgroup estimates with their standard errors as one trial each, and Q of these as χ²; with a
    common τ² and ``wald`` that is the omnibus test of a meta-regression on the subgroups. Of a
    subgroup of one trial τ² is 0 unless it is common. Raises InputError and ConvergenceError.
    ``missing``: see ``statistics.missing``.

    Source: Borenstein & Higgins 2013, Prev Sci 14, 134-143; Cochrane Handbook 6.5, section 10.11.3;
    Zou & Donner 2008, Stat Med 27, 1693-1702, equation 6.
    metafor: ``rma(yi, vi, mods = ~ group)$QM``; meta: ``metagen(subgroup=g)$Q.b.random``.

    >>> result = subgroups([0.1, 0.3, 0.8, 0.9], [0.1, 0.1, 0.1, 0.2], ["a", "a", "b", "b"])
    >>> result.estimate.round(4).tolist(), round(float(result.q_between_p), 4)
    ([0.2, 0.8333], 0.0637)
    """
    y, v = effects_and_variances(y, v)
    require_tau2(tau2, interval)
    levels, members = _members(groups, y.shape[-1])
    estimator = choose(TAU2, tau2, "τ² method")
    columns = np.stack([np.asarray(member, dtype=np.float64) for member in members], axis=-1)
    common = estimator(y, v, x=columns) if is_common else None
    fits = [
        _pooled(y[..., member], v[..., member], tau2, common, interval, level) for member in members
    ]
    estimate, se, ci_low, ci_high, between, i2, q = np.moveaxis(np.stack(fits), 0, -1)
    _require_width(levels, se, interval)
    has_tau2 = np.nan if tau2 == FIXED else 1.0
    low, high = (
        has_tau2 * each for each in _tau2_limits(y, v, members, columns, level, is_common=is_common)
    )
    difference = _differences(
        *(np.full_like(each, np.nan) if is_common else each for each in (between, low, high))
    )
    total = heterogeneity.cochran_q(estimate, se**2)
    df = len(levels) - 1
    return Subgroups(
        levels=levels,
        is_common=is_common,
        k=np.array([member.sum() for member in members]),
        estimate=estimate,
        se=se,
        ci_low=ci_low,
        ci_high=ci_high,
        tau2=between,
        tau2_ci_low=low,
        tau2_ci_high=high,
        tau2_difference=difference[0],
        tau2_difference_low=difference[1],
        tau2_difference_high=difference[2],
        i2=i2,
        q=q,
        q_between=total,
        q_between_df=df,
        q_between_p=np.asarray(chdtrc(df, total))[()],
    )


def _tau2_limits(
    y: Array,
    v: Array,
    members: list[NDArray[np.bool_]],
    columns: Array,
    level: float,
    *,
    is_common: bool,
) -> tuple[Array, Array]:
    """Return limits of each subgroup's τ² by Q-profile, (..., g); NaN of a trial alone."""
    if is_common:
        found = [heterogeneity.q_profile(y, v, level, x=columns)] * len(members)
    else:
        nothing = np.full(y.shape[:-1], np.nan)
        found = [
            heterogeneity.q_profile(y[..., each], v[..., each], level)
            if each.sum() > 1
            else (nothing, nothing)
            for each in members
        ]
    low, high = (np.stack(each, axis=-1) for each in zip(*found, strict=True))
    return low, high


def _differences(tau2: Array, low: Array, high: Array) -> tuple[Array, Array, Array]:
    """Return differences from the first, (..., g - 1), with limits from those of both.

    With d = t₂ - t₁ they are d - √((t₂ - l₂)² + (u₁ - t₁)²) and d + √((u₂ - t₂)² + (t₁ - l₁)²).

    >>> [float(x[0]) for x in _differences(*np.array([[1.0, 6.0], [0.0, 3.0], [5.0, 6.0]]))]
    [5.0, 0.0, 6.0]
    """
    first = slice(None, 1), slice(1, None)
    (t1, t2), (l1, l2), (u1, u2) = (
        tuple(each[..., part] for part in first) for each in (tau2, low, high)
    )
    d = t2 - t1
    return d, d - np.hypot(t2 - l2, u1 - t1), d + np.hypot(u2 - t2, t1 - l1)


def _members(groups: Sequence[str], k: int) -> tuple[tuple[str, ...], list[NDArray[np.bool_]]]:
    """Return the names of the subgroups, and which trials each holds."""
    if np.ndim(groups) == 0 and not isinstance(groups, Sequence):
        raise InputError(f"groups must be a list with one subgroup a trial, not {groups!r}.")
    if len(groups) != k:
        raise InputError(f"{k} trials have {len(groups)} subgroups: give one a trial.")
    for trial, group in enumerate(groups):
        if is_missing(group):
            raise InputError(
                f"The subgroup of trial {trial} (counted from 0) is missing: name it, or leave the "
                "trial out."
            )
    levels = tuple(dict.fromkeys(str(group) for group in groups))
    if len(levels) == 1:
        raise InputError(
            f"All trials are in the subgroup {levels[0]}: there is nothing to compare."
        )
    names = np.array([str(group) for group in groups])
    return levels, [names == level for level in levels]


def _require_width(levels: tuple[str, ...], se: Array, interval: str) -> None:
    """Raise InputError where a subgroup has a standard error of 0: it would outweigh all others."""
    if (se == 0).any():
        level = levels[int(np.argwhere(se == 0)[0][-1])]
        raise InputError(
            f"The effects of the subgroup {level} are identical, so that by {interval} its "
            "standard error is 0 and no test compares it with the others: take hksj_adhoc or wald."
        )


def _pooled(
    y: Array, v: Array, method: str, common: Array | None, interval: str, level: float
) -> Array:
    """Return estimate, standard error, limits, τ², I² and Q of one subgroup, shape (7, ...)."""
    if common is None:
        tau2, estimate, unscaled, q_at_tau2 = mean_with_tau2(y, v, method)
    else:
        tau2, (estimate, unscaled, q_at_tau2) = common, weighted_mean(y, v, common)
    mean = Weighted(y=y, v=v, tau2=tau2, variance=unscaled, q=q_at_tau2, level=level)
    factor, df = factor_and_df(interval, mean)
    se = np.sqrt(unscaled * factor)
    q = heterogeneity.cochran_q(y, v)
    typical, is_fixed = heterogeneity.typical_variance(v), method == FIXED
    i2, _ = heterogeneity.i2_and_h2(tau2, q, typical, y.shape[-1] - 1, is_fixed=is_fixed)
    return np.stack((estimate, se, *limits(estimate, se, level, df), tau2, i2, q))
