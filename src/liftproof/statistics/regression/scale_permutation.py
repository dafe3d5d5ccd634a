"""Permutation tests of a location-scale model: of the mean's coefficients and of the scale's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import ConvergenceError, InputError, in_short
from liftproof.statistics.checks import Array, effects_and_variances
from liftproof.statistics.dependent.components import DEFAULT_METHOD
from liftproof.statistics.dependent.design import design_matrix
from liftproof.statistics.dependent.groups import Places
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.regression.location_scale import LocationScale, location_scale
from liftproof.statistics.regression.orders import count_of_orders
from liftproof.statistics.regression.permutation import less_a_tie, row_orders, sign_flips
from liftproof.statistics.result import Result

MOST_FITS = 50_000
"""Each arrangement is a search of some milliseconds."""
Statistics = tuple[Array, float]
"""Of each coefficient of one part, and of all of them together."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScalePermutation(Result):
    """Permutation p values, two-sided, of a location-scale model.

    ``p_values`` (p,), ``qm_p``: of the mean; ``scale_p`` (q,), ``qs_p``: of the scale, NaN where it
    is one constant. ``arrangements``, ``scale_arrangements``: fits that were compared, the observed
    one among them; ``failed``: arrangements of either part whose likelihood has no maximum, left
    out. ``is_exact``: whether all arrangements were gone through.
    """

    is_exact: bool
    arrangements: int
    scale_arrangements: int
    failed: tuple[int, int]
    p_values: Array
    qm_p: float
    scale_p: Array
    qs_p: float


@of_one_index
@dropping_missing("y", "v", "scale", "x")
def scale_permutation_test(
    y: ArrayLike,
    v: ArrayLike,
    scale: ArrayLike,
    x: ArrayLike | None = None,
    *,
    intercept: bool = True,
    scale_intercept: bool = True,
    method: str = DEFAULT_METHOD,
    link: str = "log",
    iterations: int | None = 1000,
    seed: int = 0,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> ScalePermutation:
    """Return how often a rearranged location-scale model has statistics at least as large.

    All but ``iterations`` and ``seed`` as ``location_scale``. Of the mean, the rows of ``x`` are
    permuted and those of ``scale`` stay; where it has a constant alone, the signs of the effects
    are flipped. Of the scale, its rows are permuted, and those of ``x`` stay. ``iterations``: a
    sample of so many, the observed order the first; None goes through all, if they are 50,000 at
    most. Raises InputError, and ConvergenceError where the observed model has no maximum.

    Source: Viechtbauer & López-López 2022, Res Synth Methods 13, 697-715. metafor:
    ``permutest(rma(yi, vi, mods=, scale=))``.

    >>> y, dose = [0.1, 0.9, -0.6, 0.3, 1.9, -1.2, 0.2, 0.4], [1, 3, 3, 1, 5, 5, 1, 2]
    >>> found = scale_permutation_test(y, [0.05] * 8, dose, iterations=20)
    >>> found.scale_p.tolist(), found.scale_arrangements
    ([0.05, 0.05], 20)
    """
    effects, variances = effects_and_variances(y, v)
    if effects.ndim != 1:
        raise InputError(f"A permutation test takes one data set, but y has shape {effects.shape}.")
    k = effects.size
    columns = design_matrix(x, k, intercept=intercept)
    spread = design_matrix(scale, k, intercept=scale_intercept)

    def fitted(signs: Array, of_mean: Places, of_scale: Places) -> LocationScale:
        return location_scale(
            signs * effects,
            variances,
            _in_order(scale, of_scale),
            None if x is None else _in_order(x, of_mean),
            intercept=intercept,
            scale_intercept=scale_intercept,
            method=method,
            link=link,
        )

    ones, order = np.ones(k), np.arange(k)
    observed = fitted(ones, order, order)
    if np.ptp(columns, axis=0).any():
        of_mean = (partial(fitted, ones, rows, order) for rows in _rows(columns, iterations, seed))
    else:
        _require_few(2**k, iterations)
        of_mean = (
            partial(fitted, signs, order, order)
            for signs in chain.from_iterable(sign_flips(k, iterations, seed))
        )
    first = _compared(lambda fit: (fit.statistic, fit.qm), observed, of_mean)
    of_scale: Iterable[Callable[[], LocationScale]] = ()
    if np.ptp(spread, axis=0).any():
        of_scale = (partial(fitted, ones, order, rows) for rows in _rows(spread, iterations, seed))
    second = _compared(lambda fit: (fit.scale_statistic, fit.qs), observed, of_scale)
    return ScalePermutation(
        is_exact=iterations is None,
        arrangements=first.arrangements,
        scale_arrangements=second.arrangements,
        failed=(first.failed, second.failed),
        p_values=first.p_values,
        qm_p=first.p_of_all,
        scale_p=second.p_values,
        qs_p=second.p_of_all,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Shares:
    """Of arrangements, how many were compared and failed, and the shares as large as observed."""

    arrangements: int
    failed: int
    p_values: Array
    p_of_all: float


def _rows(design: Array, iterations: int | None, seed: int) -> Iterator[Places]:
    """Yield orders of the rows of a design, one by one."""
    kinds = np.unique(design, axis=0, return_inverse=True)[1].reshape(-1)
    _require_few(count_of_orders(kinds), iterations)
    yield from chain.from_iterable(row_orders(design, iterations, seed))


def _in_order(columns: Any, rows: Places) -> ArrayLike:
    """Return the columns with their rows in another order; those of a formula stay a design."""
    if hasattr(columns, "has_intercept"):
        return cast("ArrayLike", replace(columns, columns=columns.columns[rows]))
    return np.asarray(columns)[rows]


def _require_few(arrangements: int, iterations: int | None) -> None:
    if iterations is None and arrangements > MOST_FITS:
        raise InputError(
            f"There are {in_short(arrangements)} arrangements, more than the {MOST_FITS} searches "
            "that this test goes through: give a number of them, as iterations=1000."
        )


def _compared(
    read: Callable[[LocationScale], Statistics],
    observed: LocationScale,
    fits: Iterable[Callable[[], LocationScale]],
) -> _Shares:
    """Return the shares of fits whose statistics are as large as the observed ones."""
    each, of_all = read(observed)
    least, least_of_all = less_a_tie(np.abs(each)), less_a_tie(np.asarray(of_all))
    as_large, as_large_of_all, total, failed = np.zeros(each.shape), 0, 0, 0
    for fit in fits:
        try:
            statistics, together = read(fit())
        except ConvergenceError:
            failed += 1
            continue
        as_large += np.abs(statistics) >= least
        as_large_of_all += int(together >= least_of_all)
        total += 1
    nothing = total == 0
    return _Shares(
        arrangements=total,
        failed=failed,
        p_values=np.full(each.shape, np.nan) if nothing else as_large / total,
        p_of_all=np.nan if nothing or np.isnan(of_all) else as_large_of_all / total,
    )
