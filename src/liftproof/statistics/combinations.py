"""Pooled estimates of many combinations of the same trials' alternative effects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.batches import side_by_side
from liftproof.statistics.checks import Array, choose, effects_and_variances, floats
from liftproof.statistics.data_sets import BLOCK
from liftproof.statistics.distributions import limits
from liftproof.statistics.intervals import Weighted, factor_and_df, require_tau2
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result
from liftproof.statistics.tau2 import TAU2
from liftproof.statistics.weighting import weighted_mean

Picks = NDArray[np.integer]

_WORD, _SEED = 8, 1


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
    unique = chosen[rows] if len(rows) < len(chosen) else chosen
    size, blocks = _blocks(effects, unique)
    numbers = np.full((3 + 2 * len(intervals), len(unique)), np.nan)
    for part, own in blocks:
        inside, spread = effects.take(own).T, variances.take(own).T
        trials = side_by_side(inside, spread)
        between = estimator.on_trials(trials)
        mean, variance, q = weighted_mean.on_trials(trials, between)
        weighted = Weighted(y=inside, v=spread, tau2=between, variance=variance, q=q, level=level)
        numbers[:3, part] = mean, variance, between
        for place, interval in enumerate(intervals):
            factor, df = factor_and_df(interval, weighted)
            numbers[3 + 2 * place : 5 + 2 * place, part] = limits(
                mean, np.sqrt(variance * factor), level, df
            )
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
    marks = _marks(picks)
    if _all_differ(marks):
        every = np.arange(len(picks))
        return every, every
    _, rows, places = np.unique(marks, return_index=True, return_inverse=True)
    if not (picks[rows[places]] == picks).all():  # unlike rows with one mark: next to never
        _, rows, places = np.unique(picks, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(rows)
    ranks = np.empty_like(order)
    ranks[order] = np.arange(len(order))
    return rows[order], ranks[places]


def _marks(picks: Picks) -> NDArray[np.uint64]:
    """Return a number a row (n,) that is the same for equal rows, and next to never for others.

    It is the sum of a row's words of eight bytes, each times an odd number, without what overflows.
    """
    n, k = picks.shape
    narrow = np.min_scalar_type(int(picks.max(initial=0)))
    width = -(-k * narrow.itemsize // _WORD) * _WORD // narrow.itemsize
    padded = np.zeros((n, width), dtype=narrow)
    padded[:, :k] = picks
    words = padded.view(np.uint64)
    return np.asarray(words @ odd_factors(words.shape[1]))


def odd_factors(n: int) -> NDArray[np.uint64]:
    """Return the odd numbers by which the words of a row are multiplied, (n,)."""
    drawn = np.random.default_rng(_SEED).integers(2**63, size=n, dtype=np.uint64)
    return 2 * drawn + 1


def _all_differ(marks: NDArray[np.uint64]) -> bool:
    """Return whether no number occurs twice."""
    in_order = np.sort(marks)
    return not (in_order[1:] == in_order[:-1]).any()


def _checked(y: ArrayLike, v: ArrayLike, picks: ArrayLike) -> tuple[Array, Array, Picks]:
    effects = np.asarray(y, dtype=np.float64)
    chosen = np.asarray(picks)
    if effects.ndim != 2 or np.shape(v) != effects.shape or 0 in effects.shape:  # noqa: PLR2004
        raise InputError(
            f"y and v must both have shape (trials, alternatives), but y has {effects.shape} and "
            f"v has {np.shape(v)}."
        )
    is_out = np.isnan(effects)
    variances = floats("v", np.where(is_out, 1.0, v))
    effects_and_variances(np.where(is_out, 0.0, effects), variances)
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


Blocks = Iterator[tuple[NDArray[np.intp] | slice, NDArray[np.intp]]]


def _blocks(effects: Array, picks: Picks) -> tuple[NDArray[np.intp], Blocks]:
    """Return how many trials take part in each combination (n,), and blocks of combinations.

    A block: which n combinations they are, with equally many trials, and where their effects lie
    in the flat ``effects``, (trials, n). Combinations without any are passed over.
    """
    k, alternatives = effects.shape
    first, there = alternatives * np.arange(k)[:, None], ~np.isnan(effects)
    if there.all():
        return np.full(len(picks), k), _blocks_of_all(first, picks)
    present = there.take(first + picks.T)
    return present.sum(axis=0), _blocks_of_some(first, picks, present)


def _blocks_of_all(first: NDArray[np.intp], picks: Picks) -> Blocks:
    """Yield blocks of combinations in which all trials take part."""
    step = max(1, BLOCK // first.size)
    for start in range(0, len(picks), step):
        part = slice(start, start + step)
        yield part, first + picks[part].T


def _blocks_of_some(first: NDArray[np.intp], picks: Picks, present: NDArray[np.bool_]) -> Blocks:
    """Yield blocks of combinations in which equally many trials take part."""
    size = present.sum(axis=0)
    for each in np.unique(size[size > 0]):
        rows = np.flatnonzero(size == each)
        step = max(1, BLOCK // each)
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            columns = np.nonzero(present[:, part].T)[1].reshape(-1, each).T
            yield part, first[columns, 0] + picks[part, columns]
