"""Fisher's noncentral hypergeometric distribution of the events in one arm of a trial."""

import numpy as np

from liftproof.statistics.checks import Array, require
from liftproof.statistics.small_study.counts import Counts

CHUNK = 2**18
"""Probabilities held at once: a trial has as many as its events in the rarer margin."""


def events_given_odds_ratio(counts: Counts) -> tuple[Array, Array]:
    """Return mean and variance of a, given all totals and the Mantel-Haenszel odds ratio; (..., k).

    P(a = x) ∝ C(n₁, x) C(n₂, m - x) ψ^x, m = a + c, computed from the ratios of neighbours and
    therefore without large factorials. Raises InputError where a count is not a whole number.

    Source: Harkness 1965, Ann Math Stat 36, 938-945. R: ``BiasedUrn::meanFNCHypergeo``.

    >>> from liftproof.statistics.small_study.counts import informative_counts
    >>> mean, variance = events_given_odds_ratio(informative_counts([1], [2], [1], [2]))
    >>> round(float(mean[0]), 6), round(float(variance[0]), 6)  # 1/6, 4/6, 1/6
    (1.0, 0.333333)
    """
    for values in (counts.a, counts.n1, counts.c, counts.n2):
        require(values == np.floor(values), values, "Counts must be whole numbers")
    odds = np.broadcast_to(mantel_haenszel_odds_ratio(counts)[..., None], counts.a.shape)
    flat = [z.reshape(-1) for z in (counts.n1, counts.n2, counts.events, odds)]
    size = max(1, CHUNK // int(1 + counts.events.max()))
    parts = [
        _moments(*(z[start : start + size] for z in flat)) for start in range(0, len(flat[0]), size)
    ]
    mean, variance = np.concatenate(parts, axis=1).reshape(2, *counts.a.shape)
    return mean, variance


def mantel_haenszel_odds_ratio(counts: Counts) -> Array:
    """Return Σ(ad/n)/Σ(bc/n), with 1/2 added to the cells of each trial with an empty one; (...).

    Source: Mantel & Haenszel 1959, J Natl Cancer Inst 22, 719-748. meta: ``metabin(sm="OR")``.

    >>> from liftproof.statistics.small_study.counts import informative_counts
    >>> float(mantel_haenszel_odds_ratio(informative_counts([2], [4], [1], [4])))
    3.0
    """
    cells = np.stack((counts.a, counts.n1 - counts.a, counts.c, counts.n2 - counts.c))
    a, b, c, d = cells + np.where((cells == 0).any(axis=0), 0.5, 0.0)
    n = a + b + c + d
    return np.asarray((a * d / n).sum(axis=-1) / (b * c / n).sum(axis=-1))


def _moments(n1: Array, n2: Array, events: Array, odds: Array) -> Array:
    """Return mean and variance of each of n trials, shape (2, n)."""
    low, high = np.maximum(0, events - n2), np.minimum(events, n1)
    steps = np.arange(int((high - low).max()) + 1)[:, None]
    x = low + steps
    inside = x <= high
    with np.errstate(divide="ignore", invalid="ignore"):
        rise = np.log((n1 - x) * (events - x) / ((x + 1) * (n2 - events + x + 1)) * odds)
    rise = np.where(x < high, rise, 0.0)[:-1]
    logs = np.concatenate((np.zeros((1, len(n1))), rise.cumsum(axis=0)))
    density = np.where(inside, np.exp(logs - np.where(inside, logs, -np.inf).max(axis=0)), 0.0)
    density /= density.sum(axis=0)
    above = (density * steps).sum(axis=0)
    variance = (density * (steps - above) ** 2).sum(axis=0)
    return np.stack((low + above, variance))
