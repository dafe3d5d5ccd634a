"""Pooled estimates of many combinations of the same trials' alternative effects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats, require
from liftproof.statistics.distributions import limits
from liftproof.statistics.intervals import Weighted, factor_and_df, require_tau2
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.weighting import weighted_mean

Picks = NDArray[np.integer]

BLOCK = 2**17
"""Effects that are gathered at once: a few MB."""
_LARGEST_CODE = 2**62


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Combinations(Result):
    """Pooled estimates of n combinations, on the analysis scale.

    ``tau2_method``: how τ² was estimated. ``intervals``: the m kinds of limits. ``k``: effects in
    the combination, shape (n,). ``estimate``, its ``variance`` 1/Σw and ``tau2``, shape (n,); all
    NaN where nothing is left to pool. ``ci_low``, ``ci_high``: shape (m, n).
    """

    tau2_method: str
    intervals: tuple[str, ...]
    k: NDArray[np.int_]
    estimate: Array
    variance: Array
    tau2: Array
    ci_low: Array
    ci_high: Array


@by_metafors_names
def pool_combinations(
    y: ArrayLike,
    v: ArrayLike,
    picks: ArrayLike,
    *,
    tau2: str = "REML",
    intervals: Sequence[str] = ("wald",),
    level: float = 0.95,
) -> Combinations:
    """Pool each combination of one alternative a trial by weights 1/(v + τ²).

    ``y`` and ``v`` (k, m): effect and sampling variance of each of k trials under each of m
    alternatives; ``y`` is NaN where the trial is left out. ``picks`` (n, k): which alternative each
    trial has in each of n combinations, from 0. ``tau2``: a name in TAU2; ``intervals``: names in
    INTERVALS; ``level``: of the limits. Equal combinations are pooled once. A single effect keeps
    its Wald limits. Raises InputError and ConvergenceError.

    Source: Steegen, Tuerlinckx, Gelman & Vanpaemel 2016, Perspect Psychol Sci 11, 702-712; Voracek,
    Kossmeier & Tran 2019, Z Psychol 227, 64-82. metafor: ``rma(yi, vi, method="REML", test="z")``
    for each combination.

    >>> pools = pool_combinations([[0.0, 1.0], [2.0, 2.0]], [[1.0, 1.0], [1.0, 3.0]],
    ...                           [[0, 0], [1, 0], [1, 1]], tau2="FE")
    >>> pools.estimate.tolist()
    [1.0, 1.5, 1.25]
    """
    effects, variances, chosen = _checked(y, v, picks)
    estimator = choose(TAU2, tau2, "τ² method")
    require_tau2(tau2, *intervals)
    rows, places = distinct(chosen)
    unique = chosen[rows]
    present = _present(effects, unique)
    numbers = np.full((3 + 2 * len(intervals), len(unique)), np.nan)
    for part, columns in _blocks(present):
        own = unique[part[:, None], columns]
        inside, spread = effects[columns, own], variances[columns, own]
        between = estimator(inside, spread)
        mean, variance, q = weighted_mean(inside, spread, between)
        weighted = Weighted(y=inside, v=spread, tau2=between, variance=variance, q=q, level=level)
        numbers[:3, part] = mean, variance, between
        for place, interval in enumerate(intervals):
            factor, df = factor_and_df(interval, weighted)
            numbers[3 + 2 * place : 5 + 2 * place, part] = limits(
                mean, np.sqrt(variance * factor), level, df
            )
    size = present.sum(axis=1)
    if len(rows) < len(chosen):
        numbers, size = numbers[:, places], size[places]
    return Combinations(
        tau2_method=tau2,
        intervals=tuple(intervals),
        k=size,
        estimate=numbers[0],
        variance=numbers[1],
        tau2=numbers[2],
        ci_low=numbers[3::2],
        ci_high=numbers[4::2],
    )


def distinct(picks: Picks) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first row of each distinct combination, and to which of them each row belongs.

    ``picks`` (n, k). Where nothing repeats, both count the rows in their order.

    >>> rows, places = distinct(np.array([[0, 1], [2, 0], [0, 1]]))
    >>> rows.tolist(), places.tolist()
    ([0, 1], [0, 1, 0])
    """
    codes, most = np.zeros(len(picks), dtype=np.int64), 1
    for column in picks.T:
        options = int(column.max(initial=0)) + 1
        if most * options > _LARGEST_CODE:
            codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
            most = int(codes.max(initial=0)) + 1
        codes, most = codes * options + column, most * options
    _, rows, places = np.unique(codes, return_index=True, return_inverse=True)
    if len(rows) == len(picks):
        rows = places = np.arange(len(picks))
    return rows, places


def _checked(y: ArrayLike, v: ArrayLike, picks: ArrayLike) -> tuple[Array, Array, Picks]:
    effects = np.asarray(y, dtype=np.float64)
    chosen = np.asarray(picks)
    if effects.ndim != 2 or np.shape(v) != effects.shape or 0 in effects.shape:  # noqa: PLR2004
        raise InputError(
            f"y and v must both have shape (trials, alternatives), but y has {effects.shape} and "
            f"v has {np.shape(v)}."
        )
    variances = floats("v", np.where(np.isnan(effects), 1.0, v))
    require(variances > 0, variances, "v must be positive")
    if chosen.ndim != 2 or chosen.shape[1] != len(effects) or chosen.dtype.kind not in "iu":  # noqa: PLR2004
        raise InputError(
            f"picks must hold a whole number for each of {len(effects)} trials, but its shape is "
            f"{chosen.shape} and its type {chosen.dtype}."
        )
    if chosen.size and not (int(chosen.min()) >= 0 and int(chosen.max()) < effects.shape[1]):
        raise InputError(
            f"picks must lie in 0 to {effects.shape[1] - 1}, but {chosen.min()} to {chosen.max()} "
            "was found."
        )
    return effects, variances, chosen


def _present(effects: Array, picks: Picks) -> NDArray[np.bool_]:
    """Return which trials take part in each combination, shape (n, k)."""
    there = ~np.isnan(effects)
    if there.all():
        return np.ones(picks.shape, dtype=np.bool_)
    return there[np.arange(len(effects)), picks]


def _blocks(present: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Yield rows with equally many trials, and the columns of these; empty rows are passed over."""
    size, every = present.sum(axis=1), np.arange(present.shape[1])
    for each in np.unique(size[size > 0]):
        rows = np.flatnonzero(size == each)
        step = max(1, BLOCK // each)
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            all_take_part = each == every.size
            yield part, every if all_take_part else np.nonzero(present[part])[1].reshape(-1, each)
