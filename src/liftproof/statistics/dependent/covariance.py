"""Covariances of dependent effects, and effects that are averaged within their study."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, effects_and_variances, floats, require
from liftproof.statistics.dependent.groups import block, covariance_within, grouped
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Aggregated(Result):
    """One effect a group, in order of first appearance; all of shape (m,).

    ``group``: its label. ``y``, ``v``: its effect and sampling variance, on the analysis scale.
    ``size``: how many effects went into it.
    """

    group: NDArray[np.generic]
    y: Array
    v: Array
    size: NDArray[np.intp]


@of_one_index
def constant_correlation(v: ArrayLike, group: ArrayLike, rho: float) -> Array:
    """Return the covariance of effects that correlate by ``rho`` within groups: ρ √(vᵢvⱼ).

    ``v``: sampling variances, shape (k,); returns (k, k), 0 between groups. ``rho`` must lie
    between -1/(n - 1), n the largest group's size, and 1, both excluded: beyond there is no such
    covariance. Raises InputError.

    Source: Pustejovsky & Tipton 2022, Prev Sci 23, 425-438 (with ``three_level``, their CHE
    model). metafor: ``vcalc(vi, cluster=group, obs=effect, rho=rho)``.

    >>> constant_correlation([0.04, 0.09, 0.01], ["a", "a", "b"], 0.5).round(12).tolist()
    [[0.04, 0.03, 0.0], [0.03, 0.09, 0.0], [0.0, 0.0, 0.01]]
    """
    _, variances = effects_and_variances(np.zeros(np.shape(v)), v)
    if variances.ndim != 1:
        raise InputError(f"v must have shape (k,), not {variances.shape}.")
    groups = grouped(group, variances.size, "group")
    size = int(groups.sizes.max())
    lowest = -1 / (size - 1) if size > 1 else -1.0
    correlation = floats("rho", rho)
    require(
        (correlation > lowest) & (correlation < 1),
        correlation,
        f"rho must lie between {lowest:.4g} and 1 in groups of up to {size}",
    )
    sd = np.sqrt(variances)
    is_same = groups.number[:, None] == groups.number
    covariance = np.where(is_same, correlation * sd[:, None] * sd, 0.0)
    np.fill_diagonal(covariance, variances)
    return covariance


@of_one_index
def marginal_covariance(
    v: ArrayLike, study: ArrayLike, sigma2_study: float, sigma2_effect: float
) -> Array:
    """Return V + σ²study ZZ' + σ²effect I, the covariance of effects by a three-level model.

    ``v`` (k,) or (k, k), returns (k, k): the working covariance for ``cluster_robust``. Raises
    InputError. metafor: ``vcov(rma.mv(...), type="obs")``.

    Source: Konstantopoulos 2011, Res Synth Methods 2, 61-76.

    >>> marginal_covariance([1.0, 2.0, 3.0], [1, 1, 2], 0.5, 0.25).tolist()
    [[1.75, 0.5, 0.0], [0.5, 2.75, 0.0], [0.0, 0.0, 3.75]]
    """
    components = floats("Variance components", [sigma2_study, sigma2_effect])
    require(components >= 0, components, "Variance components must not be negative")
    groups = grouped(study, len(np.atleast_1d(v)), "study")
    sampling = covariance_within(v, groups, "study")
    covariance = np.diag(sampling) if sampling.ndim == 1 else sampling.copy()
    covariance += components[0] * (groups.number[:, None] == groups.number)
    covariance[np.diag_indices_from(covariance)] += components[1]
    return covariance


@of_one_index
def aggregate(y: ArrayLike, v: ArrayLike, group: ArrayLike, *, weighted: bool = True) -> Aggregated:
    """Return one effect a group: 1'V⁻¹y/1'V⁻¹1 with variance 1/1'V⁻¹1.

    ``y`` (k,); ``v`` (k,) or (k, k), 0 between groups, such as ``constant_correlation`` returns.
    With ``weighted=False`` the mean of the effects, with variance 1'V1/n². A weighted mean can
    lie outside its effects where they correlate closely and their variances differ. Raises
    InputError.

    Source: Borenstein et al. 2009, Introduction to Meta-Analysis, chapter 24 (the mean); weights:
    Gleser & Olkin 2009. metafor: ``aggregate(dat, cluster=group, rho=rho, weighted=TRUE)``.

    >>> v = constant_correlation([0.04, 0.04, 0.09], ["a", "a", "b"], 0.5)
    >>> both = aggregate([0.2, 0.4, 0.1], v, ["a", "a", "b"])
    >>> both.y.round(12).tolist(), both.v.round(12).tolist()
    ([0.3, 0.1], [0.03, 0.09])
    """
    effects = floats("y", y)
    if effects.ndim != 1 or effects.size == 0:
        raise InputError(f"y must hold the effects of one data set, not shape {effects.shape}.")
    groups = grouped(group, effects.size, "group")
    covariance = covariance_within(v, groups, "group")
    mean, variance = np.empty(groups.sizes.size), np.empty(groups.sizes.size)
    for chosen, places in groups.blocks():
        average = _weighted if weighted else _unweighted
        mean[chosen], variance[chosen] = average(effects[places], block(covariance, places))
    return Aggregated(group=groups.labels, y=mean, v=variance, size=groups.sizes)


def _weighted(y: Array, v: Array) -> tuple[Array, Array]:
    """Return the best linear unbiased means of groups of one size, and their variances."""
    weights = np.linalg.solve(v, np.ones((*y.shape, 1)))[..., 0]
    total = weights.sum(axis=1)
    origin = y[:, 0]
    return origin + (weights * (y - origin[:, None])).sum(axis=1) / total, 1 / total


def _unweighted(y: Array, v: Array) -> tuple[Array, Array]:
    """Return the means of groups of one size, and their variances."""
    return y.mean(axis=1), v.mean(axis=(1, 2))
