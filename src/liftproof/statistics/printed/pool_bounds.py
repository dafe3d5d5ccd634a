"""Between which numbers a pool lies when each trial is known only up to the rounding of its print.

A trial's effect is anything in [y_low, y_high] and its variance anything in [v_low, v_high], each
by itself. What no choice within them gives cannot have come from the trials as printed.
"""

from dataclasses import dataclass

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.result import Result

SLICES = 256
"""Parts into which the values of τ² are cut: within a part all trials share it only roughly."""
BISECTIONS = 200
"""Halvings that bring a mean to the last digit of a double."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrialBox(Result):
    """Effects and variances as far as the prints tell, analysis scale, each of shape (k,)."""

    y_low: Array
    y_high: Array
    v_low: Array
    v_high: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoolBounds(Result):
    """Bounds of a pool on the analysis scale: two numbers each.

    ``estimate`` is exact for a common effect; of random effects, and of ``ci_low`` and ``ci_high``
    (Wald), the true ends lie within. ``tau2`` is 0 and 0 for a common effect.
    """

    estimate: tuple[float, float]
    ci_low: tuple[float, float]
    ci_high: tuple[float, float]
    tau2: tuple[float, float]


def weighted_mean_bounds(
    low: Array, high: Array, w_low: Array, w_high: Array
) -> tuple[Array, Array]:
    """Return the least and the largest Σwy/Σw for y in [low, high], w in [w_low, w_high].

    Exact: the largest mean takes every y at its upper end, and the upper weight of those above
    some rank, the lower of the rest; all k + 1 ranks are tried. Weights (..., k), y (k,).

    >>> y, w_low, w_high = np.array([0.0, 1.0]), np.array([1.0, 1.0]), np.array([3.0, 1.0])
    >>> [float(end) for end in weighted_mean_bounds(y, y, w_low, w_high)]
    [0.25, 0.5]
    """
    return -_largest_mean(-low, w_low, w_high), _largest_mean(high, w_low, w_high)


def _largest_mean(y: Array, w_low: Array, w_high: Array) -> Array:
    order = np.argsort(-y, kind="stable")
    y, lower, upper = y[order], w_low[..., order], w_high[..., order]
    gain = upper - lower
    none = np.zeros((*gain.shape[:-1], 1))
    weights = np.concatenate([none, gain.cumsum(axis=-1)], axis=-1)
    sums = np.concatenate([none, (gain * y).cumsum(axis=-1)], axis=-1)
    means = (sums + (lower * y).sum(axis=-1, keepdims=True)) / (
        weights + lower.sum(axis=-1, keepdims=True)
    )
    return np.asarray(means.max(axis=-1))


def common_effect_bounds(box: TrialBox, z: float) -> PoolBounds:
    """Return the bounds of the pool by weights 1/v; ``z``: critical value of the limits.

    >>> y, v = np.array([0.0, 1.0]), np.array([0.5, 0.5])
    >>> box = TrialBox(y_low=y - 0.1, y_high=y + 0.1, v_low=v, v_high=v)
    >>> [round(end, 6) for end in common_effect_bounds(box, 1.96).estimate]
    [0.4, 0.6]
    """
    return _bounds(box, np.zeros(1), np.zeros(1), z)


def dersimonian_laird_bounds(box: TrialBox, z: float) -> PoolBounds:
    """Return the bounds of DerSimonian and Laird's pool; ``z``: critical value of the limits.

    τ² = max(0, (Q - (k - 1))/C) lies between the bounds of Q and C = Σw - Σw²/Σw, which rises with
    every weight; its values are cut into parts, and each gives a common τ² up to its width.

    >>> y, v = np.array([0.0, 1.0]), np.array([0.1, 0.1])
    >>> bounds = dersimonian_laird_bounds(TrialBox(y_low=y, y_high=y, v_low=v, v_high=v), 1.96)
    >>> [round(end, 6) for end in bounds.tau2]
    [0.4, 0.4]
    """
    w_low, w_high = 1 / box.v_high, 1 / box.v_low
    least, largest = _q_bounds(box, w_low, w_high)
    df = len(box.y_low) - 1
    tau2 = (
        (max(0.0, (least - df) / _c(w_high)), max(0.0, (largest - df) / _c(w_low)))
        if df
        else (0.0, 0.0)
    )
    ends = np.linspace(tau2[0], tau2[1], SLICES + 1)
    return _bounds(box, ends[:-1], ends[1:], z)


def _q_bounds(box: TrialBox, w_low: Array, w_high: Array) -> tuple[float, float]:
    """Return a number that Q = min over m of Σw(y - m)² never falls below, and never exceeds."""
    centre = _nearest_centre(box, w_low)
    distance = centre - np.clip(centre, box.y_low, box.y_high)
    least = float((w_low * distance**2).sum())
    middle = (box.y_low + box.y_high) / 2
    m = float((w_high * middle).sum() / w_high.sum())
    farthest = np.maximum(np.abs(box.y_low - m), np.abs(box.y_high - m))
    return least, float((w_high * farthest**2).sum())


def _nearest_centre(box: TrialBox, w: Array) -> float:
    """Return the m that has the least Σw·(distance from m to [y_low, y_high])², by bisection."""
    low, high = float(box.y_low.min()), float(box.y_high.max())
    for _ in range(BISECTIONS):
        m = (low + high) / 2
        rises = float((w * (m - np.clip(m, box.y_low, box.y_high))).sum()) > 0
        low, high = (low, m) if rises else (m, high)
    return (low + high) / 2


def _c(w: Array) -> float:
    """Return Σw - Σw²/Σw."""
    total = w.sum()
    return float(total - (w**2).sum() / total)


def _bounds(box: TrialBox, tau2_low: Array, tau2_high: Array, z: float) -> PoolBounds:
    """Return the bounds over all parts of τ², which have shape (s,)."""
    w_low = 1 / (box.v_high + tau2_high[:, None])
    w_high = 1 / (box.v_low + tau2_low[:, None])
    least, largest = weighted_mean_bounds(box.y_low, box.y_high, w_low, w_high)
    narrow, wide = (z / np.sqrt(w.sum(axis=-1)) for w in (w_high, w_low))
    return PoolBounds(
        estimate=(float(least.min()), float(largest.max())),
        ci_low=(float((least - wide).min()), float((largest - narrow).max())),
        ci_high=(float((least + narrow).min()), float((largest + wide).max())),
        tau2=(float(tau2_low.min()), float(tau2_high.max())),
    )
