"""Unrestricted weighted least squares, of all trials and of those with power enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, effects_and_variances
from liftproof.statistics.distributions import limits, quotient, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result, along

POWERED = 2.8
"""A trial has 80 % power at 5 % where its standard error is below the effect over 1.96 + 0.84."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WeightedLeastSquares(Result):
    """Unrestricted weighted least squares, on the analysis scale. Arrays have shape (...).

    ``estimate``, ``se``, ``statistic``, ``df``, ``p_value``, ``ci_low``, ``ci_high``: by t with one
    degree of freedom fewer than trials. ``phi``: variance about the mean in units of the sampling
    variances, Q/(k - 1); below 1 the limits are narrower than those of a common effect.
    """

    estimate: Array
    se: Array
    statistic: Array
    df: int
    p_value: Array
    ci_low: Array
    ci_high: Array
    phi: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoweredAverage(Result):
    """The average of adequately powered trials; of all where fewer than two are.

    ``is_powered`` (k,): which trials are. ``is_of_all``: whether there were too few of them.
    ``of_all``: from which the power is told; ``average``: the result.
    """

    per_trial: ClassVar[dict[str, int]] = along("is_powered")

    is_powered: NDArray[np.bool_]
    is_of_all: bool
    of_all: WeightedLeastSquares
    average: WeightedLeastSquares


@of_one_index
def uwls(y: ArrayLike, v: ArrayLike, *, level: float = 0.95) -> WeightedLeastSquares:
    """Return the mean with weights 1/v and a variance in proportion to what the trials show.

    ``y``, ``v``: effects and sampling variances (..., k), k > 1. The estimate is that of a common
    effect, its standard error times √(Q/(k - 1)), which is not floored. Raises InputError.

    Source: Stanley & Doucouliagos 2015, Stat Med 34, 2116-2127. R: ``lm(y / se ~ 0 + I(1 / se))``.

    >>> found = uwls([0.1, 0.5, 0.3, -0.2], [0.01, 0.02, 0.01, 0.04])
    >>> round(float(found.estimate), 4), round(float(found.se), 4), round(float(found.phi), 3)
    (0.2182, 0.1123, 3.47)
    """
    effects, variances = effects_and_variances(y, v)
    k = effects.shape[-1]
    if k == 1:
        raise InputError("One trial has no spread to take its variance from: give two or more.")
    weights = 1 / variances
    total = weights.sum(axis=-1)
    estimate = (weights * effects).sum(axis=-1) / total
    q = (weights * (effects - estimate[..., None]) ** 2).sum(axis=-1)
    phi = q / (k - 1)
    se = np.sqrt(phi / total)
    low, high = limits(estimate, se, level, k - 1)
    statistic = quotient(estimate, se)
    return WeightedLeastSquares(
        estimate=estimate,
        se=se,
        statistic=statistic,
        df=k - 1,
        p_value=np.asarray(two_sided_p(statistic, k - 1)),
        ci_low=low,
        ci_high=high,
        phi=phi,
    )


@of_one_index
def waap(y: ArrayLike, v: ArrayLike, *, level: float = 0.95) -> PoweredAverage:
    """Return the weighted average of the adequately powered trials of one data set.

    ``y``, ``v`` (k,). A trial has power enough where its standard error is at most the estimate of
    ``uwls`` over POWERED; of one such trial or none, all are taken. Raises InputError.

    Source: Stanley, Doucouliagos & Ioannidis 2017, Stat Med 36, 1580-1598.

    >>> found = waap([0.5, 0.45, 0.6, 0.9, 1.2], [0.01, 0.012, 0.02, 0.1, 0.2])
    >>> found.is_powered.tolist(), round(float(found.average.estimate), 4)
    ([True, True, True, False, False], 0.5036)
    """
    effects, variances = effects_and_variances(y, v)
    if effects.ndim != 1:
        raise InputError(f"y must hold the effects of one data set, not shape {effects.shape}.")
    of_all = uwls(effects, variances, level=level)
    is_powered = np.sqrt(variances) <= np.abs(of_all.estimate) / POWERED
    is_of_all = bool(is_powered.sum() < 2)  # noqa: PLR2004 - an average
    kept = np.full(effects.size, fill_value=True) if is_of_all else is_powered
    return PoweredAverage(
        is_powered=is_powered,
        is_of_all=is_of_all,
        of_all=of_all,
        average=uwls(effects[kept], variances[kept], level=level),
    )
