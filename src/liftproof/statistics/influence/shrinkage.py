"""Shrunken estimates: each trial's own true effect, as the random-effects model sees it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, effects_and_variances
from liftproof.statistics.distributions import limits
from liftproof.statistics.influence.fit import fit
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result, along


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blup(Result):
    """Best linear unbiased predictions of the true effects, shape (..., k), analysis scale.

    ``tau2_method``, ``interval``, ``level``: how they were computed. ``estimate``, ``se``,
    ``pi_low``, ``pi_high`` (normal limits). ``shrinkage``: the share of the pooled estimate in it,
    v/(τ² + v).
    """

    per_trial = along("estimate", "se", "pi_low", "pi_high", "shrinkage")

    tau2_method: str
    interval: str
    level: float
    estimate: Array
    se: Array
    pi_low: Array
    pi_high: Array
    shrinkage: Array


@of_one_index
@dropping_missing("y", "v")
@by_metafors_names
def blup(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau2: str = "REML",
    interval: str = "wald",
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> Blup:
    """Return s m + (1 - s) y with variance (1 - s) v + s² V, s = v/(τ² + v).

    m is the pooled estimate and V its variance by the ``interval`` chosen. The uncertainty of τ²
    is not in it. ``y`` and ``v`` (..., k). Raises InputError and ConvergenceError.
    ``missing``: see ``statistics.missing``.

    Source: Raudenbush & Bryk 1985, J Educ Stat 10, 75-98; Morris 1983, J Am Stat Assoc 78, 47-55.
    metafor: ``blup(rma(yi, vi))``, whose limits are t limits where the test is a t test.

    >>> shrunken = blup([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau2="DL")
    >>> [round(float(x), 4) for x in shrunken.estimate]
    [-0.3115, -0.2221, -0.2113]
    """
    y, v = effects_and_variances(y, v)
    pooled = fit(y, v, tau2, interval, level)
    mean, variance, between = (
        np.asarray(number)[..., None] for number in (pooled.estimate, pooled.variance, pooled.tau2)
    )
    shrinkage = v / (between + v)
    estimate = mean + (1 - shrinkage) * (y - mean)
    se = np.sqrt((1 - shrinkage) * v + shrinkage**2 * variance)
    low, high = limits(estimate, se, level)
    return Blup(
        tau2_method=tau2,
        interval=interval,
        level=level,
        estimate=estimate,
        se=se,
        pi_low=low,
        pi_high=high,
        shrinkage=shrinkage,
    )
