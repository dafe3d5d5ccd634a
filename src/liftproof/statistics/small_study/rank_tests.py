"""Tests of funnel asymmetry by rank correlation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, effects_and_variances
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.cannot_tell import at_least, of_asymmetry, of_nothing
from liftproof.statistics.small_study.counts import informative_counts
from liftproof.statistics.small_study.hypergeometric import events_given_odds_ratio
from liftproof.statistics.small_study.kendall import RankCorrelation, rank_correlation

FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RankTest(Result):
    """A rank test of funnel asymmetry. Arrays have shape (...); none has a unit.

    ``method``: its name. ``k``: number of trials. ``tau``: Kendall's τ-b, NaN where all variances
    or all effects are equal. ``score``: concordant less discordant pairs, ``score_se`` its standard
    error, ``statistic`` = score/se. ``p_normal``: from the statistic. ``has_ties``: equal values
    occur. ``p_value``: exact; where there are ties, ``p_normal``. ``cannot_tell``: a sentence.
    """

    method: str
    k: int
    tau: Array
    score: Array
    score_se: Array
    statistic: Array
    p_normal: Array
    has_ties: NDArray[np.bool_]
    p_value: Array
    cannot_tell: str


@of_one_index
@dropping_missing("y", "v")
@in_blocks()
def begg_mazumdar(
    y: ArrayLike,
    v: ArrayLike,
    *,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> RankTest:
    """Return the rank test of Begg and Mazumdar: Kendall's τ of standardised effects and variances.

    y* = (y - θ)/√v*, θ = Σwy/Σw, v* = v - 1/Σw, w = 1/v, against v*. ``y`` and ``v`` (..., k), k
    of 3 or more. Raises InputError.
    ``missing``: see ``statistics.missing``.

    Source: Begg & Mazumdar 1994, Biometrics 50, 1088-1101. metafor: ``ranktest(yi, vi)``, the exact
    ``p_value``; meta: ``metabias(method.bias="Begg")``, ``p_normal``.

    >>> test = begg_mazumdar([-0.9, -0.5, -0.4, -0.1], [0.3, 0.2, 0.05, 0.02])
    >>> round(float(test.tau), 4), round(float(test.p_value), 4)
    (-0.6667, 0.3333)
    """
    y, v = effects_and_variances(y, v)
    at_least(y.shape[-1], FEWEST, "A rank test of asymmetry")
    return _named("Begg", rank_correlation(*_standardised(y, v)))


@in_blocks()
def schwarzer(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> RankTest:
    """Return Schwarzer's rank test for counts: Kendall's τ of (a - E)/√V and 1/V.

    E and V are the mean and variance of the events a in the intervention arm, given the trial's
    totals and the odds ratio of Mantel and Haenszel (with 1/2 added to the cells of trials with an
    empty one): Fisher's noncentral hypergeometric distribution. Whole numbers (..., k), k of 3 or
    more, none without events or with events only. Raises InputError.

    Source: Schwarzer, Antes & Schumacher 2007, Stat Med 26, 721-733. meta:
    ``metabias(metabin(), method.bias="Schwarzer")``, ``p_normal``.

    >>> test = schwarzer([4, 6, 3], [123, 306, 231], [11, 29, 11], [139, 303, 220])
    >>> float(test.score), round(float(test.p_value), 4)
    (3.0, 0.3333)
    """
    counts = informative_counts(events_intervention, n_intervention, events_control, n_control)
    at_least(counts.events.shape[-1], FEWEST, "A rank test of asymmetry")
    mean, variance = events_given_odds_ratio(counts)
    deviation = (counts.a - mean) / np.sqrt(variance)
    return _named("Schwarzer", rank_correlation(deviation, 1 / variance))


def _named(method: str, found: RankCorrelation) -> RankTest:
    """Return a rank correlation as the test called ``method``."""
    return RankTest(
        method=method,
        k=found.k,
        tau=found.tau,
        score=found.score,
        score_se=found.score_se,
        statistic=found.statistic,
        p_normal=found.p_normal,
        has_ties=found.has_ties,
        p_value=found.p_value,
        cannot_tell=of_asymmetry(found.k) + of_nothing(found.p_value),
    )


def _standardised(y: Array, v: Array) -> tuple[Array, Array]:
    """Return y* and v*, each (..., k).

    v - 1/Σw is computed as (Σw of the others)/(w Σw), without a difference of like numbers; equal
    trials stay equal.
    """
    w = 1 / v
    heaviest = w.argmax(axis=-1)[..., None]
    y = y - np.take_along_axis(y, heaviest, -1)
    total = w.sum(axis=-1, keepdims=True)
    without = w.copy()
    np.put_along_axis(without, heaviest, 0.0, -1)
    others = np.where(w > total / 2, without.sum(axis=-1, keepdims=True), total - w)
    variances = others / (w * total)
    standardised = (y - (w * y).sum(axis=-1, keepdims=True) / total) / np.sqrt(variances)
    return standardised, variances
