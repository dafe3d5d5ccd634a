"""Graphical display of study heterogeneity: the pooled estimate of every subset of trials."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, whole_number
from liftproof.statistics.influence.leave_one_out import at_least_two_trials
from liftproof.statistics.influence.subset_sums import (
    CLOSED_FORMS,
    Sums,
    by_size,
    fixed_effect_sums,
    mean_and_variance,
)
from liftproof.statistics.influence.subsets import Flags, all_subsets, sampled_subsets
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.result import Result, along
from liftproof.statistics.tau2 import FIXED, TAU2

MOST_SUBSETS, MOST_FLAGS = 2**20, 2**26
"""Subsets made unasked, and subsets times trials that are held at most, one byte each."""

BLOCK, SEARCH_BLOCK = 2**15, 2**18
"""Numbers that are worked on at once: in sums, which are to stay in cache, and by a search."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gosh(Result):
    """Pooled estimates of n subsets, in the unit of y or its square; arrays have shape (n,).

    ``tau2_method``: how τ² was estimated. ``is_exhaustive``: whether these are all subsets, or a
    sample. ``size``: number of trials. ``estimate``, ``variance`` (of the estimate, 1/Σw),
    ``tau2``, ``q`` (Cochran's), ``i2`` (percent) and ``h2``, from τ² and the typical variance, for
    FE from Q; a single trial has τ² 0, Q 0, I² 0 and H² 1. ``include``: which trials are in the
    subset, shape (n, k).
    """

    per_trial = along("include")

    tau2_method: str
    is_exhaustive: bool
    size: NDArray[np.int_]
    estimate: Array
    variance: Array
    tau2: Array
    q: Array
    i2: Array
    h2: Array
    include: Flags


@of_one_index
@dropping_missing("y", "v")
@by_metafors_names
def gosh(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau2: str = "REML",
    subsets: int | None = None,
    seed: int = 1,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> Gosh:
    """Pool every subset of the trials, or ``subsets`` of them drawn at random if there are more.

    ``y`` and ``v`` (k,), k >= 2: one data set. ``subsets``: by default 2^20, so that all subsets
    of up to 20 trials are pooled, and fewer for more than 64 trials (2^26/k). ``seed`` of the
    draw, which is with replacement and gives each subset that is not empty the same chance. Small
    subsets come first; all subsets (not a sample) are in metafor's order. Raises InputError and
    ConvergenceError.
    ``missing``: see ``statistics.missing``.

    Source: Olkin, Dahabreh & Trikalinos 2012, Res Synth Methods 3, 214-223. metafor:
    ``gosh(rma(yi, vi), subsets=2^20)``.

    >>> shown = gosh([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], tau2="DL")
    >>> shown.size.tolist()
    [1, 1, 1, 2, 2, 2, 3]
    >>> [round(float(x), 4) for x in shown.estimate]
    [-0.51, -0.22, 0.05, -0.2978, -0.2746, -0.217, -0.2483]
    """
    effects, v = at_least_two_trials(y, v)
    if effects.ndim > 1:
        raise InputError(f"gosh takes one data set at a time, but y has shape {effects.shape}.")
    estimator = choose(TAU2, tau2, "τ² method")
    include, is_exhaustive = _subsets(v.size, subsets, seed)
    origin = effects[v.argmin()]
    centred, rows = effects - origin, max(1, SEARCH_BLOCK // v.size)
    known = None if tau2 in CLOSED_FORMS else by_size(estimator, centred, v, include, rows)
    estimate, variance, between, q, i2, h2 = _pooled(centred, v, include, tau2, known)
    return Gosh(
        tau2_method=tau2,
        is_exhaustive=is_exhaustive,
        size=include.sum(axis=1),
        estimate=estimate + origin,
        variance=variance,
        tau2=between,
        q=q,
        i2=i2,
        h2=h2,
        include=include,
    )


def _subsets(k: int, subsets: int | None, seed: int) -> tuple[Flags, bool]:
    """Return the subsets, and whether they are all; InputError for too few or too many."""
    most = MOST_FLAGS // k
    asked = min(MOST_SUBSETS, most) if subsets is None else whole_number("subsets", subsets)
    if not 0 < min(asked, 2**k - 1) <= most:
        raise InputError(f"subsets must lie in 1 to {most} for k = {k}, but {asked} was found.")
    if asked >= 2**k - 1:
        return all_subsets(k), True
    return sampled_subsets(k, asked, whole_number("seed", seed)), False


def _pooled(y: Array, v: Array, include: Flags, method: str, known: Array | None) -> Array:
    """Return estimate, variance, τ², Q, I² and H² of the subsets, shape (6, n)."""
    falling = np.argsort(-v, kind="stable")
    y, v = y[falling], v[falling]
    numbers = np.empty((6, len(include)))
    rows = max(1, BLOCK // len(y))
    for start in range(0, len(include), rows):
        part = slice(start, start + rows)
        inside = include[part, falling].T.astype(np.float64)
        sums = fixed_effect_sums(y, v, inside)
        between = CLOSED_FORMS[method](sums) if known is None else known[part]
        mean, variance = mean_and_variance(y, v, inside, between)
        i2, h2 = _i2_and_h2(sums, between, is_fixed=method == FIXED)
        numbers[:, part] = mean, variance, between, sums.q, i2, h2
    return numbers


def _i2_and_h2(sums: Sums, tau2: Array, *, is_fixed: bool) -> tuple[Array, Array]:
    """Return I² (percent) and H²: from τ² and the typical variance, for FE from Q."""
    df = sums.size - 1
    if is_fixed:
        h2: Array = np.divide(sums.q, df, out=np.ones_like(df), where=df > 0)
        return 100 * np.maximum(0.0, 1 - 1 / np.maximum(h2, 1.0)), h2
    typical = np.divide(df, sums.trace, out=1 / sums.total, where=df > 0)
    return 100 * tau2 / (tau2 + typical), 1 + tau2 / typical
