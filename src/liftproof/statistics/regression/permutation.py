"""Permutation tests of coefficients: rows are exchangeable, no distribution is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError, in_short
from liftproof.statistics.checks import Array, choose, effects_and_variances, whole_number
from liftproof.statistics.distributions import quotient
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.moderators import design_and_intercept
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.regression.estimates import least_squares
from liftproof.statistics.regression.omnibus import omnibus
from liftproof.statistics.regression.orders import count_of_orders, orders_of
from liftproof.statistics.regression.tests import TESTS
from liftproof.statistics.result import Result
from liftproof.statistics.tau2 import TAU2

MOST_EXACT = 1_000_000
"""More arrangements than these are not gone through; a sample tells p to 0.0005 or better."""

AT_ONCE = 2**15
"""Arrangements in memory at a time."""

TIE = 1.5e-8
"""A statistic this much below the observed one counts as equal to it: metafor's ``comptol``, but
relative to a statistic above 1, whose rounding grows with it."""

Order = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PermutationTest(Result):
    """Permutation p values, two-sided.

    ``is_exact``: whether all ``arrangements`` were gone through, or these many sampled, the
    observed one included. ``statistic`` and ``p_values`` (p,): of each coefficient. ``qm`` and
    ``qm_p``: of all but the intercept; NaN without a moderator. The p value of a statistic of 0/0,
    as ``knha`` gives of identical effects, is NaN.
    """

    is_exact: bool
    arrangements: int
    statistic: Array
    p_values: Array
    qm: Array
    qm_p: Array


@of_one_index
@dropping_missing("y", "v", "x")
@by_metafors_names
def permutation_test(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike | None = None,
    *,
    tau2: str = "REML",
    test: str = "z",
    intercept: bool | int | None = 0,
    iterations: int | None = None,
    seed: int = 0,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> PermutationTest:
    """Return how often a rearrangement of the data has a statistic at least as large.

    ``y`` and ``v`` (k,). Without ``x`` the signs of the effects are flipped: 2^k arrangements. With
    ``x`` (k, p) its rows are permuted over the trials; equal rows are told apart by nobody, so
    that k!/Πn! arrangements are different. ``iterations``: None goes through all of them, a number
    samples these many, one of them the observed order, with the given ``seed``. Each arrangement
    is fitted anew, τ² included. ``tau2``, ``test`` and ``intercept`` as in ``meta_regression``.
    Raises InputError, also for more than a million arrangements, and ConvergenceError.
    ``missing``: see ``statistics.missing``.

    Source: Follmann & Proschan 1999, Biometrics 55, 732-737; Higgins & Thompson 2004, Stat Med 23,
    1663-1682. metafor: ``permutest(rma(yi, vi, mods = ~ x), exact=TRUE)``.

    >>> result = permutation_test([0.5, 0.3, 0.9, 0.2], [0.1, 0.2, 0.1, 0.05])
    >>> result.arrangements, result.p_values.tolist()
    (16, [0.125])
    """
    y, v = effects_and_variances(y, v)
    if y.ndim > 1:
        raise InputError(f"A permutation test takes one data set, but y has shape {y.shape}.")
    if x is None:
        fits = _Fits(tau2=tau2, test=test, intercept=0)
        flips = sign_flips(len(y), iterations, seed)
        results = (fits.of(y * signs, np.broadcast_to(v, signs.shape), None) for signs in flips)
        observed = fits.of(y, v, None)
    else:
        design, place = design_and_intercept(x, len(y), intercept)
        fits = _Fits(tau2=tau2, test=test, intercept=place)
        if design.ndim > 2:  # noqa: PLR2004 - a matrix
            raise InputError("A permutation test takes one design matrix.")
        orders = row_orders(design, iterations, seed)
        results = (fits.of(y, v, design[order]) for order in orders)
        observed = fits.of(y, v, design)
    return _count(observed, results, is_exact=iterations is None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fits:
    """How each arrangement is fitted."""

    tau2: str
    test: str
    intercept: int | None

    def of(self, y: Array, v: Array, x: Array | None) -> tuple[Array, Array]:
        """Return the statistics of the coefficients (..., p) and of the omnibus test (...)."""
        estimator = choose(TAU2, self.tau2, "τ² method")
        scale = choose(TESTS, self.test, "test")
        if x is None:
            x = np.ones((y.shape[-1], 1))
            between = estimator(y, v)
        else:
            between = estimator(y, v, x=x)
        fit = least_squares(y, v, x, between)
        factor, df = scale(fit.q, y.shape[-1] - x.shape[-1])
        covariance = fit.covariance * np.asarray(factor)[..., None, None]
        se = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
        tested = [column for column in range(x.shape[-1]) if column != self.intercept]
        return quotient(fit.coefficients, se), omnibus(fit.coefficients, covariance, tested, df)[0]


def sign_flips(k: int, iterations: int | None, seed: int) -> Iterator[Array]:
    """Yield signs of shape (n, k); all of them, or a sample whose first keeps all signs."""
    if iterations is None:
        _require_few(2**k)
        for start in range(0, 2**k, AT_ONCE):
            numbers = np.arange(start, min(2**k, start + AT_ONCE))
            yield np.where(numbers[:, None] >> np.arange(k) & 1, -1.0, 1.0)
        return
    generator = np.random.default_rng(whole_number("seed", seed))
    for part, size in enumerate(_sizes(iterations)):
        signs = np.where(generator.integers(0, 2, (size, k)), -1.0, 1.0)
        signs[: part == 0] = 1.0
        yield signs


def row_orders(design: Array, iterations: int | None, seed: int) -> Iterator[Order]:
    """Yield orders of rows, shape (n, k); all that differ, or a sample after the observed one."""
    _, first, kinds = np.unique(design, axis=0, return_index=True, return_inverse=True)
    kinds = kinds.reshape(-1)
    if iterations is None:
        _require_few(count_of_orders(kinds))
        for block in orders_of(kinds, AT_ONCE):
            yield first[block]
        return
    generator = np.random.default_rng(whole_number("seed", seed))
    for part, size in enumerate(_sizes(iterations)):
        orders = np.tile(np.arange(len(kinds)), (size, 1))
        yield np.concatenate((orders[: part == 0], generator.permuted(orders[part == 0 :], axis=1)))


def _sizes(iterations: int) -> Iterator[int]:
    """Yield the sizes of blocks that make up so many iterations."""
    iterations = whole_number("iterations", iterations, least=1)
    yield from (min(AT_ONCE, iterations - start) for start in range(0, iterations, AT_ONCE))


def _require_few(arrangements: int) -> None:
    """Raise InputError for more arrangements than can be gone through."""
    if arrangements > MOST_EXACT:
        raise InputError(
            f"There are {in_short(arrangements)} arrangements, more than the {MOST_EXACT} that an "
            "exact permutation test goes through: give a number of them, as iterations=1000."
        )


def _count(
    observed: tuple[Array, Array], results: Iterator[tuple[Array, Array]], *, is_exact: bool
) -> PermutationTest:
    """Return the shares of arrangements as extreme as the observed one."""
    statistic, qm = observed
    as_large, qm_as_large, total = np.zeros(statistic.shape), 0.0, 0
    least, qm_least = less_a_tie(np.abs(statistic)), less_a_tie(qm)
    for each, each_qm in results:
        as_large += (np.abs(each) >= least).sum(axis=0)
        qm_as_large += float((each_qm >= qm_least).sum())
        total += len(each)
    return PermutationTest(
        is_exact=is_exact,
        arrangements=total,
        statistic=statistic,
        p_values=np.where(np.isnan(statistic), np.nan, as_large / total),
        qm=qm,
        qm_p=np.asarray(np.nan if np.isnan(qm) else qm_as_large / total),
    )


def less_a_tie(observed: Array) -> Array:
    """Return the least statistic that counts as the observed one; infinite for an infinite one."""
    with np.errstate(invalid="ignore"):
        least = observed - TIE * np.maximum(1.0, observed)
    return np.where(np.isinf(observed), observed, least)
