"""The coordinates of the plot of Baujat and colleagues."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array
from liftproof.statistics.influence.fit import fit
from liftproof.statistics.influence.leave_one_out import at_least_two_trials, without_each
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result, along


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Baujat(Result):
    """Coordinates of each trial, shape (..., k), without unit.

    ``tau2_method``: how τ² was estimated. ``heterogeneity``: horizontal, the trial's contribution
    to Q. ``influence``: vertical, its influence on the estimate.
    """

    per_trial = along("heterogeneity", "influence")

    tau2_method: str
    heterogeneity: Array
    influence: Array


@of_one_index
@dropping_missing("y", "v")
@by_metafors_names
@in_blocks()
def baujat(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau2: str = "FE",
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> Baujat:
    """Return x = (y - m)²/(v + τ²) and y = (m - m(i))²/V(i), where (i) is without trial i.

    m is the estimate, V its variance 1/Σw. With ``tau2="FE"``, the original, the x add up to
    Cochran's Q. ``y`` and ``v`` (..., k), k >= 2. Raises InputError and ConvergenceError.
    ``missing``: see ``statistics.missing``.

    Source: Baujat, Mahé, Pignon & Hill 2002, Stat Med 21, 2641-2652. metafor:
    ``baujat(rma(yi, vi, method="EE"))``.

    >>> place = baujat([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09])
    >>> [round(float(x), 4) for x in place.heterogeneity]
    [2.0434, 0.0168, 0.8348]
    >>> [round(float(x), 4) for x in place.influence]
    [0.0505, 0.4659, 0.009]
    """
    y, v = at_least_two_trials(y, v)
    with_all = fit(y, v, tau2, "wald")
    without = fit(without_each(y), without_each(v), tau2, "wald")
    estimate, between = (np.asarray(x)[..., None] for x in (with_all.estimate, with_all.tau2))
    return Baujat(
        tau2_method=tau2,
        heterogeneity=(y - estimate) ** 2 / (v + between),
        influence=(estimate - without.estimate) ** 2 / without.variance,
    )
