"""Tests on tables of counts: Q about an estimate, Cochran-Mantel-Haenszel, Breslow-Day, Tarone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, require
from liftproof.statistics.effects.checked_arms import rates_of, table_of
from liftproof.statistics.effects.effect import Effects
from liftproof.statistics.effects.two_arm_tables import FOR_POOLING, ZeroCells
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result

Counts = NDArray[np.int64]

CONTINUITY = 0.5
"""By which the distance from the expected count is shortened."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChiSquared(Result):
    """A χ² ``statistic`` with ``df`` degrees of freedom and its ``p_value``; shape (...)."""

    statistic: Array
    df: Counts
    p_value: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EqualOddsRatios(Result):
    """Tests that all trials share one odds ratio; shape (...).

    ``breslow_day`` and, corrected for the ratio being estimated, ``tarone``: χ² statistics with
    ``df`` degrees of freedom, one fewer than trials with a variance; ``breslow_day_p``,
    ``tarone_p``.
    """

    df: Counts
    breslow_day: Array
    breslow_day_p: Array
    tarone: Array
    tarone_p: Array


def chi2_p(statistic: Array, df: Counts) -> Array:
    """Return the probability of a χ² at least this large; 1 where df is 0.

    >>> round(float(chi2_p(np.array(3.841459), np.array(1))), 6)
    0.05
    """
    p = chdtrc(np.maximum(df, 1), np.maximum(statistic, 0.0))
    return np.asarray(np.where(df > 0, p, 1.0))[()]


def h2_of(q: Array, df: Counts) -> Array:
    """Return H² = Q/df, 1 where df is 0."""
    return np.asarray(np.where(df > 0, q / np.maximum(df, 1), 1.0))[()]


def i2_of(q: Array, df: Counts) -> Array:
    """Return I² = max(0, 100 (Q - df)/Q), percent; 0 where df is 0."""
    above = (q > df) & (df > 0)
    return np.asarray(np.where(above, 100 * (q - df) / np.where(above, q, 1.0), 0.0))[()]


def q_about(estimate: Array, effects: Effects) -> tuple[Array, Counts]:
    """Return Σ(y - estimate)²/v over the trials kept, and how many they are."""
    terms = np.where(effects.kept, (effects.y - estimate[..., None]) ** 2 / effects.v, 0.0)
    return np.asarray(terms.sum(axis=-1))[()], np.asarray(effects.kept.sum(axis=-1))[()]


@of_one_index
@in_blocks()
def cochran_mantel_haenszel(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    correct: bool = True,
    pooling: ZeroCells = FOR_POOLING,
) -> ChiSquared:
    """Return the test that every odds ratio is 1: (abs(Σ(a - n₁m/N)) - ½)²/ΣV, χ² with 1 df.

    V = n₁n₂m(N - m)/(N²(N - 1)), m = a + c. ``correct``: whether ½ is taken off for continuity;
    a distance below ½ counts as 0, where metafor squares the negative rest. Counts (..., k).
    Raises InputError, also where no trial has a variance.

    Source: Mantel & Haenszel 1959, J Natl Cancer Inst 22, 719-748; Cochran 1954, Biometrics 10,
    417-451. metafor: ``rma.mh(measure="OR", correct=TRUE)$MH``.

    >>> test = cochran_mantel_haenszel([4, 6], [123, 306], [11, 29], [139, 303])
    >>> round(float(test.statistic), 6), round(float(test.p_value), 6)
    (16.92133, 3.9e-05)
    """
    raw = table_of(events_intervention, n_intervention, events_control, n_control)
    table = raw.treated(pooling)
    n = np.where(table.kept, table.n, 2.0)
    require(n > 1, n, "A trial must have more than one participant")
    distance = (table.a - table.n1 * table.events / n).sum(axis=-1)
    others = table.b + table.d
    v = (table.n1 / n) * (table.n2 / n) * table.events * others / (n - 1)
    return _one_df(distance, v.sum(axis=-1), correct=correct)


@of_one_index
@in_blocks()
def cochran_mantel_haenszel_rates(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
    *,
    correct: bool = True,
    pooling: ZeroCells = FOR_POOLING,
) -> ChiSquared:
    """Return the test that every rate ratio is 1: (abs(Σ(x₁ - mt₁/T)) - ½)²/Σ(mt₁t₂/T²), 1 df.

    m = x₁ + x₂. Otherwise as :func:`cochran_mantel_haenszel`.

    Source: Rothman, Greenland & Lash 2008, Modern Epidemiology, chapter 15. metafor:
    ``rma.mh(measure="IRR", correct=TRUE)$MH``.

    >>> test = cochran_mantel_haenszel_rates([9, 8], [413, 263], [19, 19], [398, 245])
    >>> round(float(test.statistic), 6), round(float(test.p_value), 6)
    (8.39131, 0.00377)
    """
    raw = rates_of(
        events_intervention, person_time_intervention, events_control, person_time_control
    )
    rates = raw.treated(pooling)
    distance = (rates.x1 - rates.events * rates.t1 / rates.t).sum(axis=-1)
    v = rates.events * (rates.t1 / rates.t) * (rates.t2 / rates.t)
    return _one_df(distance, v.sum(axis=-1), correct=correct)


@of_one_index
@in_blocks()
def equal_odds_ratios(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    pooling: ZeroCells = FOR_POOLING,
) -> EqualOddsRatios:
    """Return Breslow and Day's test Σ(a - e)²/V, and Tarone's, less (Σ(a - e))²/ΣV.

    e solves e(n₂ - m + e) = ψ(n₁ - e)(m - e), the count expected under the Mantel-Haenszel odds
    ratio ψ; 1/V = 1/e + 1/(n₁ - e) + 1/(m - e) + 1/(n₂ - m + e). Trials without events, or
    without participants free of them, have no variance and no part. Counts (..., k). Raises
    InputError, also where ψ is not a positive number.

    Source: Breslow & Day 1980, Statistical Methods in Cancer Research I, page 142; Tarone 1985,
    Biometrika 72, 91-95. metafor: ``rma.mh(measure="OR")$TA`` and ``$BD``.

    >>> test = equal_odds_ratios([4, 6], [123, 306], [11, 29], [139, 303])
    >>> round(float(test.tarone), 6), int(test.df)
    (0.952995, 1)
    """
    raw = table_of(events_intervention, n_intervention, events_control, n_control)
    table = raw.treated(pooling)
    n = np.where(table.kept, table.n, 1.0)
    both = [(part / n).sum(axis=-1) for part in (table.a * table.d, table.b * table.c)]
    for total in both:
        require(
            total > 0, total, "The Mantel-Haenszel odds ratio must be finite: its sums positive"
        )
    psi = (both[0] / both[1])[..., None]
    used = table.kept & (table.events > 0) & (table.b + table.d > 0)
    n1, n2, m = (
        np.where(used, x, y) for x, y in ((table.n1, 2.0), (table.n2, 2.0), (table.events, 2.0))
    )
    e = _expected(n1, n2, m, psi)
    v = 1 / (1 / e + 1 / (n1 - e) + 1 / (m - e) + 1 / (n2 - m + e))
    distance = np.where(used, table.a - e, 0.0)
    v = np.where(used, v, 1.0)
    breslow_day = (distance**2 / v).sum(axis=-1)
    tarone = breslow_day - distance.sum(axis=-1) ** 2 / np.where(used, v, 0.0).sum(axis=-1)
    df = np.maximum(used.sum(axis=-1) - 1, 0)
    return EqualOddsRatios(
        df=df[()],
        breslow_day=breslow_day[()],
        breslow_day_p=chi2_p(breslow_day, df),
        tarone=tarone[()],
        tarone_p=chi2_p(tarone, df),
    )


def _expected(n1: Array, n2: Array, m: Array, psi: Array) -> Array:
    """Return the root of (1 - ψ)e² + (n₂ - m + ψ(n₁ + m))e = ψ n₁m between the table's bounds.

    With b the coefficient of e, the root is 2ψn₁m/(b + √(b² + 4(1 - ψ)ψn₁m)): no difference of
    like numbers where b > 0, and valid for ψ = 1.
    """
    b = n2 - m + psi * (n1 + m)
    root = np.sqrt(b**2 + 4 * (1 - psi) * psi * n1 * m)
    result: Array = 2 * psi * n1 * m / (b + root)
    return result


def _one_df(distance: Array, variance: Array, *, correct: bool) -> ChiSquared:
    """Return the test of a distance from its expectation."""
    require(variance > 0, variance, "A data set must have a variance under no effect, above 0")
    shortened = np.maximum(np.abs(distance) - (CONTINUITY if correct else 0.0), 0.0)
    statistic = np.asarray(shortened**2 / variance)[()]
    df = np.ones_like(statistic, dtype=np.int64)[()]
    return ChiSquared(statistic=statistic, df=df, p_value=chi2_p(statistic, df))
