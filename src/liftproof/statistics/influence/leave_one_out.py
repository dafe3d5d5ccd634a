"""The meta-analysis without each of its trials in turn."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, effects_and_variances
from liftproof.statistics.distributions import limits
from liftproof.statistics.influence.fit import fit
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.pooling import Pooled, pool
from liftproof.statistics.result import DROPPED, along

SMALLEST_K = 2
"""Without its only trial, nothing is left of a data set."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LeaveOneOut(Pooled):
    """What :class:`Pooled` holds, (..., k): at position i without trial i; weights have k - 1."""

    per_trial = along(
        *(item.name for item in fields(Pooled) if item.name not in ("weights", DROPPED))
    )


def without_each(values: Array) -> Array:
    """Return (..., k) as (..., k, k - 1): row i holds all values but the i-th.

    >>> without_each(np.array([1.0, 2.0, 3.0])).tolist()
    [[2.0, 3.0], [1.0, 3.0], [1.0, 2.0]]
    """
    k = values.shape[-1]
    others = np.arange(k - 1)
    return values[..., others + (others >= np.arange(k)[:, None])]


def at_least_two_trials(y: ArrayLike, v: ArrayLike) -> tuple[Array, Array]:
    """Return ``y`` and ``v`` as arrays of shape (..., k), or raise InputError, also for k = 1."""
    y, v = effects_and_variances(y, v)
    if y.shape[-1] < SMALLEST_K:
        raise InputError("Leaving a trial out needs at least two trials, but k = 1.")
    return y, v


@of_one_index
@dropping_missing("y", "v")
@in_blocks()
def leave_one_out(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau2: str = "REML",
    interval: str = "hksj_adhoc",
    prediction: str = "riley",
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> LeaveOneOut:
    """Return all that ``pool`` returns, for the data sets that lack one trial.

    ``y`` and ``v`` (..., k), k >= 2; position i on the last axis of the results, (..., k), holds
    the numbers without trial i; ``weights`` is (..., k, k - 1). For k = 2 each result is a single
    trial, as ``pool`` gives it. Arguments and errors: see ``pool``.
    ``missing``: see ``statistics.missing``.

    Source: the methods' own pages. metafor: ``leave1out(rma(yi, vi))``.

    >>> without = leave_one_out([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau2="DL")
    >>> [round(float(x), 4) for x in without.estimate]
    [-0.217, -0.2746, -0.2978]
    """
    y, v = at_least_two_trials(y, v)
    pooled = pool(
        without_each(y),
        without_each(v),
        tau2=tau2,
        interval=interval,
        prediction=prediction,
        level=level,
    )
    return pooled.as_a(LeaveOneOut)


def limits_without_each(
    y: ArrayLike, v: ArrayLike, *, tau2: str, interval: str, level: float
) -> tuple[Array, Array, Array]:
    """Return estimates and limits of :func:`leave_one_out` alone, (..., k) each, which is quicker.

    ``y`` and ``v`` (..., k), k >= 3. Raises InputError, also for fewer, and ConvergenceError.

    >>> ends = limits_without_each([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09],
    ...                            tau2="DL", interval="wald", level=0.95)
    >>> [round(float(x), 4) for x in ends[1]]
    [-0.2787, -0.8164, -0.5495]
    """
    y, v = at_least_two_trials(y, v)
    if y.shape[-1] <= SMALLEST_K:
        raise InputError(f"Of {SMALLEST_K} trials, each is left by itself: there is no pool.")
    found = fit(without_each(y), without_each(v), tau2, interval, level)
    return found.estimate, *limits(found.estimate, np.sqrt(found.variance), level, found.df)
