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

ORDERS = 4
"""Derivatives by μ of order 1 to 4: two by τ² are four by μ."""

SQRT_2PI = float(np.sqrt(2 * np.pi))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Where a weight is evaluated: quadrature nodes, then intervals of constant weight.

    ``nodes`` and ``node_weights`` (j,) and rising ``ends`` (e,) of intervals, all in z; below the
    first end and above the last the line goes on. ``intervals`` (t,): which of the e + 1 intervals
    have a constant weight. ``p`` (j + t,): the p value to which each column's weight belongs.
    ``jumps`` (e, t): 1 where an interval begins at an end, -1 where it ends there.
    """

    nodes: Array
    node_weights: Array
    ends: Array
    intervals: NDArray[np.intp]
    p: Array
    jumps: Array

    def probabilities(self, v: Array, means: Array, tau2: Array | float) -> Array:
        """Return B (..., k, j + t) for ``means`` (..., k), or (..., 1), and ``tau2`` (...)."""
        s2 = _variances(v, tau2)
        root = np.sqrt(v)[:, None]
        of_intervals = self._of_intervals((root * self.ends - means[..., None]) / np.sqrt(s2))
        if not len(self.nodes):
            return of_intervals
        density = _density(root * self.nodes - means[..., None], s2)
        return np.concatenate((density * (root * self.node_weights), of_intervals), axis=-1)

    def with_derivatives(self, v: Array, means: Array, tau2: Array | float) -> tuple[Array, Array]:
        """Return B, and its derivatives by μ as columns for ``of_slopes``, (4, ..., k, j + e).

        The probability of an interval changes by what moves in at its lower end and out at the
        upper one: its derivatives are those of the density there.
        """
        s2, j = _variances(v, tau2), len(self.nodes)
        root = np.sqrt(v)[:, None]
        away = root * np.concatenate((self.nodes, self.ends)) - means[..., None]
        densities = _derivatives(away, s2, ORDERS + 1 if j else ORDERS)
        b = self._of_intervals(away[..., j:] / np.sqrt(s2))
        if not j:
            return b, densities
        at_nodes = densities[..., :j] * (root * self.node_weights)
        slopes = np.concatenate((at_nodes[1:], densities[:-1, ..., j:]), axis=-1)
        return np.concatenate((at_nodes[0], b), axis=-1), slopes

    def of_slopes(self, weights: Array) -> Array:
        """Return weights (..., j + t, m) of B's columns as those of its derivatives' columns."""
        j = len(self.nodes)
        at_ends = self.jumps @ weights[..., j:, :]
        return np.concatenate((weights[..., :j, :], at_ends), axis=-2) if j else at_ends

    def _of_intervals(self, at: Array) -> Array:
        """Return the probability of each interval between ends at ``at``, (..., t).

        From the tail in which both ends are small, so that no digits are lost.
        """
        below, above = np.empty((2, *at.shape[:-1], at.shape[-1] + 2))
        below[..., 0], below[..., -1], above[..., 0], above[..., -1] = 0.0, 1.0, 1.0, 0.0
        ndtr(at, out=below[..., 1:-1])
        ndtr(-at, out=above[..., 1:-1])
        found = below[..., 1:] - below[..., :-1]
        from_above = above[..., :-1] - above[..., 1:]
        np.copyto(found[..., 1:], from_above[..., 1:], where=at > 0)
        are_all = len(self.intervals) == found.shape[-1]
        return np.asarray(found if are_all else found[..., self.intervals])


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
        ends=ends,
        intervals=np.array([0, 2]),
        p=np.clip(p, censored, 1 - censored),
        jumps=np.array([[-1.0, 0.0], [0.0, 1.0]]),
    )


def step_columns(steps: Array, *, two_sided: bool) -> Columns:
    """Return the intervals of z between consecutive steps in p; ``steps`` (c,) ends with 1."""
    starts = np.concatenate(([0.0], steps[:-1]))
    middle = ((starts + steps) / 2)[::-1]
    if two_sided:
        ends = -ndtri(steps[-2::-1] / 2)
        ends, middle = np.concatenate((-ends[::-1], [0.0], ends)), np.append(middle[::-1], middle)
    else:
        ends = -ndtri(steps[-2::-1])
    nothing = np.empty(0)
    count = len(middle)
    return Columns(
        nodes=nothing,
        node_weights=nothing,
        ends=ends,
        intervals=np.arange(count),
        p=middle,
        jumps=np.eye(count - 1, count, 1) - np.eye(count - 1, count),
    )


def _panels(edges: Array) -> tuple[Array, Array]:
    """Return Gauss-Legendre nodes and weights of all panels between consecutive edges."""
    half = np.diff(edges)[:, None] / 2
    middle = (edges[:-1] + edges[1:])[:, None] / 2
    return (middle + half * NODES).ravel(), (half * NODE_WEIGHTS).ravel()


def _variances(v: Array, tau2: Array | float) -> Array:
    """Return v + τ² as (..., k, 1)."""
    return np.asarray((v + np.asarray(tau2)[..., None])[..., None])


def _density(away: Array, s2: Array) -> Array:
    """Return the normal density at a distance from the mean."""
    return np.asarray(np.exp(away * away / (-2 * s2)) / (SQRT_2PI * np.sqrt(s2)))


def _derivatives(away: Array, s2: Array, orders: int) -> Array:
    """Return the first ``orders`` derivatives by the mean of the density, itself among them.

    By the recurrence of Hermite's polynomials, of which each is one times the density.
    """
    found = np.empty((orders, *away.shape))
    found[0] = _density(away, s2)
    slope, precision = away / s2, 1 / s2
    np.multiply(slope, found[0], out=found[1])
    for n in range(2, orders):
        np.multiply(slope, found[n - 1], out=found[n])
        found[n] -= (n - 1) * precision * found[n - 2]
    return found
