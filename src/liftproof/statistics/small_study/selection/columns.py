"""The normalising constant of a selection model as a sum over columns.

A trial's constant is the mean of the weight over its effect y ~ N(μ, v + τ²). On the scale of
z = y/√v the weight is the same function for every trial and the density is no narrower than the
standard normal. Where the weight is constant the integral is a difference of Φ; elsewhere it is
taken by Gauss-Legendre quadrature in panels. Either way it is Σ_j B_ij w(p_j): B depends on μ and
τ² only, w on δ only. B obeys the heat equation: ∂B/∂τ² = (∂²B/∂μ²)/2.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from liftproof.statistics.checks import Array

NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(32)
"""A panel. Twice as many change no log-likelihood of the reference data by 1e-11."""

FARTHEST = 8.3
"""z beyond which p differs from 0 or 1 by less than rounding."""

ORDERS = 5
"""Derivatives by μ of order 0 to 4: two by τ² are four by μ."""

SQRT_2PI = float(np.sqrt(2 * np.pi))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Where a weight is evaluated: quadrature nodes, then intervals of constant weight.

    ``nodes`` and ``node_weights`` (j,) and rising ``ends`` (e,) of intervals, all in z. ``low`` and
    ``high`` (t,): which end is the lower and which the upper one of an interval. ``p`` (j + t,):
    the p value to which each column's weight belongs.
    """

    nodes: Array
    node_weights: Array
    ends: Array
    low: NDArray[np.intp]
    high: NDArray[np.intp]
    p: Array

    def functionals(self, v: Array, mu: Array, tau2: Array, orders: int = ORDERS) -> Array:
        """Return B and its derivatives by μ: (orders, ..., k, j + t) for ``mu``, ``tau2`` (...)."""
        return self.by_trial(v, mu[..., None], tau2, orders)

    def by_trial(self, v: Array, means: Array, tau2: Array | float, orders: int = ORDERS) -> Array:
        """Return the same for a mean effect of each trial, ``means`` (..., k)."""
        root = np.sqrt(v)[:, None]
        s = np.sqrt(v + np.asarray(tau2)[..., None])[..., None]
        j, t = len(self.nodes), len(self.low)
        at = (root * np.concatenate((self.nodes, self.ends)) - means[..., None]) / s
        # Of the ends of intervals, φ is asked for only where there are derivatives.
        densities = _hermite_densities(at if orders > 1 else at[..., :j], orders)
        b = np.empty((orders, *at.shape[:-1], j + t))
        b[..., :j] = densities[..., :j] * (root / s * self.node_weights)
        b[0, ..., j:] = self._probabilities(at[..., j:])
        if orders > 1:
            b[1:, ..., j:] = np.take(densities[:-1], j + self.low, axis=-1)
            b[1:, ..., j:] -= np.take(densities[:-1], j + self.high, axis=-1)
            b *= s ** -np.arange(orders).reshape(-1, *(1,) * s.ndim)
        return b

    def _probabilities(self, at: Array) -> Array:
        """Return P(low < Z < high) for ends at ``at``, from the tail in which both are small."""
        below, above = np.zeros((2, *at.shape))  # the outer ends are infinite
        below[..., 1:-1], above[..., 1:-1] = ndtr(at[..., 1:-1]), ndtr(-at[..., 1:-1])
        below[..., -1] = above[..., 0] = 1.0
        low, high = self.low, self.high
        from_above = above[..., low] - above[..., high]
        from_below = below[..., high] - below[..., low]
        return np.asarray(np.where(at[..., low] > 0, from_above, from_below))


def one_sided_p(z: Array) -> Array:
    """Return P(Z > z), the p value where large effects are favoured."""
    return np.asarray(ndtr(-z))


def two_sided_p(z: Array) -> Array:
    """Return P(|Z| > |z|)."""
    return np.asarray(2 * ndtr(-np.abs(z)))


def smooth_columns(censored: float, *, two_sided: bool) -> Columns:
    """Return columns for a smooth weight that is constant within ``censored`` of p = 0 and 1."""
    share = censored / 2 if two_sided else censored
    end = -float(ndtri(share)) if censored else FARTHEST
    half = [end * part for part in (0.25, 0.5, 1.0)]
    if two_sided and censored:  # towards z = 0 the weight may rise like a power of z
        smallest = censored * SQRT_2PI / 2
        half = [smallest, 30 * smallest, 0.02, 0.3, *half]
    edges = np.array([-z for z in reversed(half)] + [0.0] + half)
    nodes, node_weights = _panels(edges)
    ends = np.array([-end, end])
    p_value = two_sided_p if two_sided else one_sided_p
    p = p_value(np.concatenate((nodes, ends)))
    return Columns(
        nodes=nodes,
        node_weights=node_weights,
        ends=np.array([-np.inf, -end, end, np.inf]),
        low=np.array([0, 2]),
        high=np.array([1, 3]),
        p=np.clip(p, censored, 1 - censored),
    )


def step_columns(steps: Array, *, two_sided: bool) -> Columns:
    """Return the intervals of z between consecutive steps in p; ``steps`` (c,) ends with 1."""
    starts = np.concatenate(([0.0], steps[:-1]))
    middle = (starts + steps) / 2
    if two_sided:
        far, near = -ndtri(starts / 2), -ndtri(steps / 2)
        low, high = np.concatenate((near, -far)), np.concatenate((far, -near))
        middle = np.tile(middle, 2)
    else:
        low, high = -ndtri(steps), -ndtri(starts)
    nothing = np.empty(0)
    ends = np.unique(np.concatenate((low, high)))
    return Columns(
        nodes=nothing,
        node_weights=nothing,
        ends=ends,
        low=np.searchsorted(ends, low),
        high=np.searchsorted(ends, high),
        p=middle,
    )


def _panels(edges: Array) -> tuple[Array, Array]:
    """Return Gauss-Legendre nodes and weights of all panels between consecutive edges."""
    half = np.diff(edges)[:, None] / 2
    middle = (edges[:-1] + edges[1:])[:, None] / 2
    return (middle + half * NODES).ravel(), (half * NODE_WEIGHTS).ravel()


def _hermite_densities(u: Array, orders: int) -> Array:
    """Return φ(u) He_n(u) for n below ``orders``; 0 where u is infinite."""
    u = np.minimum(np.maximum(u, -40.0), 40.0)  # φ is 0 beyond
    return np.asarray(_hermite(u, orders) * np.exp(-(u**2) / 2) / SQRT_2PI)


def _hermite(u: Array, orders: int) -> Array:
    """Return the first ``orders`` probabilists' Hermite polynomials."""
    values = np.empty((orders, *u.shape))
    for n in range(orders):
        values[n] = 1.0 if n == 0 else u * values[n - 1]
        if n > 1:
            values[n] -= (n - 1) * values[n - 2]
    return values
