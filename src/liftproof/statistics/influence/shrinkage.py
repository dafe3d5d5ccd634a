"""Shrunken estimates: each trial's own true effect, as the random-effects model sees it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, effects_and_variances
from liftproof.statistics.distributions import limits
from liftproof.statistics.influence.fit import fit
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.moderators import design_and_intercept
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.regression.fitting import meta_regression
from liftproof.statistics.result import Result, along
from liftproof.vocabulary.intervals import TESTS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blup(Result):
    """Best linear unbiased predictions of the true effects, shape (..., k), analysis scale.

    ``tau2_method``, ``interval``, ``level``: how they were computed. ``estimate``, ``se``,
    ``pi_low``, ``pi_high`` (normal limits). ``shrinkage``: the share of the pooled estimate, or
    of the line, in it, v/(τ² + v).
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
@dropping_missing("y", "v", "x")
@by_metafors_names
def blup(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike | None = None,
    *,
    tau2: str = "REML",
    interval: str = "wald",
    level: float = 0.95,
    intercept: bool | int | None = 0,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> Blup:
    """Return s m + (1 - s) y with variance (1 - s) v + s² V, s = v/(τ² + v).

    m is the pooled estimate and V its variance by the ``interval`` chosen; with ``x`` (..., k, p),
    and ``intercept`` as in ``meta_regression``, the line at the trial's moderators, by an interval
    that regressions know as a test. The uncertainty of τ² is not in it. ``y`` and ``v`` (..., k).
    Raises InputError and ConvergenceError. ``missing``: see ``statistics.missing``.

    Source: Raudenbush & Bryk 1985, J Educ Stat 10, 75-98; Morris 1983, J Am Stat Assoc 78, 47-55.
    metafor: ``blup(rma(yi, vi, mods = ~ x))``, whose limits are by t where the test is.

    >>> shrunken = blup([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau2="DL")
    >>> [round(float(x), 4) for x in shrunken.estimate]
    [-0.3115, -0.2221, -0.2113]
    """
    y, v = effects_and_variances(y, v)
    if x is None:
        pooled = fit(y, v, tau2, interval, level)
        mean, variance = (np.asarray(one)[..., None] for one in (pooled.estimate, pooled.variance))
        between = np.asarray(pooled.tau2)[..., None]
    else:
        mean, variance, between = _line(y, v, x, tau2, interval, intercept)
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


def _line(
    y: Array, v: Array, x: ArrayLike, tau2: str, interval: str, intercept: bool | int | None
) -> tuple[Array, Array, Array]:
    """Return the line at each trial's moderators, its variance (..., k), and τ² (..., 1)."""
    if interval not in TESTS:
        raise InputError(f"With x the interval is one of {', '.join(TESTS)}, not {interval!r}.")
    design, place = design_and_intercept(x, y.shape[-1], intercept)
    found = meta_regression(y, v, design, tau2=tau2, test=TESTS[interval], intercept=place)
    mean = (design @ found.coefficients[..., None])[..., 0]
    variance = ((design @ found.covariance) * design).sum(axis=-1)
    return mean, variance, found.tau2[..., None]
