"""Weighted sums over many subsets of the same trials."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.influence.subsets import Flags
from liftproof.statistics.weighting import dot


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sums:
    """Fixed-effect sums of each subset, shape (n,); ``size`` is the number of its trials.

    ``total``: Σw. ``trace``: Σw - Σw²/Σw. ``q``: Σw(y - mean)².
    """

    size: Array
    total: Array
    trace: Array
    q: Array


def fixed_effect_sums(y: Array, v: Array, inside: Array) -> Sums:
    """Return the sums of subsets; ``inside`` (k, n) is 1 for a trial in the subset, else 0.

    Trials must come in falling order of v. The trace is 2 Σ w_i w_j/Σw over pairs, each trial
    multiplied by the running sum of those before it: nothing is subtracted, so that a trial that
    outweighs all others costs no digits.
    """
    w = inside / v[:, None]
    total = w.sum(axis=0)
    residual = y[:, None] - dot(y, w) / total
    pairs = dot(w[1:], w[:-1].cumsum(axis=0))
    size = inside.sum(axis=0)
    return Sums(
        size=size,
        total=total,
        trace=2 * pairs / total,
        q=np.where(size > 1, dot(w * residual, residual), 0.0),
    )


def mean_and_variance(y: Array, v: Array, inside: Array, tau2: Array) -> tuple[Array, Array]:
    """Return the mean weighted by 1/(v + τ²) of each subset and its variance 1/Σw, shape (n,)."""
    w = inside / (v[:, None] + tau2)
    total = w.sum(axis=0)
    return dot(y, w) / total, 1 / total


def fixed_effect(sums: Sums) -> Array:
    """Return τ² of 0."""
    return np.zeros_like(sums.q)


def dersimonian_laird(sums: Sums) -> Array:
    """Return τ² = max(0, (Q - (k - 1))/(Σw - Σw²/Σw)); 0 for a single trial."""
    excess = np.where(sums.size > 1, sums.q - (sums.size - 1), 0.0)
    tau2: Array = np.zeros_like(excess)
    np.divide(excess, sums.trace, out=tau2, where=excess > 0)
    return tau2


CLOSED_FORMS: Mapping[str, Callable[[Sums], Array]] = {"FE": fixed_effect, "DL": dersimonian_laird}
"""τ² methods that need no more than the sums."""


def by_size(
    estimator: Callable[..., Array], y: Array, v: Array, include: Flags, rows: int
) -> Array:
    """Return τ² of each subset; ``include`` (n, k), small ones first; at most ``rows`` at once."""
    size = include.sum(axis=1)
    tau2 = np.empty(len(include))
    for each in np.unique(size):
        start, stop = np.searchsorted(size, [each, each + 1])
        for first in range(start, stop, rows):
            part = slice(first, min(first + rows, stop))
            members = np.nonzero(include[part])[1].reshape(-1, each)
            tau2[part] = estimator(y[members], v[members])
    return tau2
