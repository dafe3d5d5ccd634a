"""Marginal posteriors: mixtures of normals over the nodes of τ, and τ itself.

Each has ``cdf``, ``density`` and ``quantile``, which map arrays of shape (m, n) for n data sets to
the same shape.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import ndtr, ndtri

from liftproof.statistics.bayes.nodes import Nodes
from liftproof.statistics.checks import Array
from liftproof.statistics.roots import root

FINE = 1e-13
"""Quantiles are found to this times the smallest standard deviation, or of τ itself."""
LEGENDRE, LEGENDRE_WEIGHTS = np.polynomial.legendre.leggauss(8)
DENSITY_AT_0 = float(1 / np.sqrt(2 * np.pi))


class Distribution(Protocol):
    """What intervals and modes are found from."""

    def cdf(self, x: Array) -> Array:
        """Return the probability of a value of at most x."""

    def density(self, x: Array) -> Array:
        """Return the density at x."""

    def quantile(self, p: Array, fine: float = FINE) -> Array:
        """Return the x below which a share p lies, to ``fine`` of a standard deviation."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mixture:
    """A mixture of normals, the posterior of μ, of a trial's θ or of a further trial's θ.

    ``mean`` (relative to ``origin``), ``sd``, ``weight``: shape (m, n), m nodes, n data sets;
    weights sum to 1. ``origin``: shape (n,).
    """

    mean: Array
    sd: Array
    weight: Array
    origin: Array

    def take(self, columns: slice) -> "Mixture":
        """Return some of the data sets."""
        return Mixture(
            mean=self.mean[:, columns],
            sd=self.sd[:, columns],
            weight=self.weight[:, columns],
            origin=self.origin[columns],
        )

    def standardised(self, x: Array) -> Array:
        """Return (x - mean)/sd of each component, shape (number of x, m, n)."""
        z: Array = ((x - self.origin)[:, None, :] - self.mean) / self.sd
        return z

    def cdf(self, x: Array) -> Array:
        """Return Σ weight Φ((x - mean)/sd)."""
        return self.over_components(ndtr(self.standardised(x)))

    def upper_tail(self, x: Array) -> Array:
        """Return 1 - cdf(x), with all its digits where it is small."""
        return self.over_components(ndtr(-self.standardised(x)))

    def density(self, x: Array) -> Array:
        """Return Σ weight φ((x - mean)/sd)/sd."""
        return self.over_components(normal_density(self.standardised(x)) / self.sd)

    def slope(self, x: Array) -> Array:
        """Return the derivative of the density."""
        z = self.standardised(x)
        return self.over_components(-z * normal_density(z) / self.sd**2)

    def over_components(self, values: Array) -> Array:
        """Return Σ weight values."""
        return np.asarray(np.einsum("mn,pmn->pn", self.weight, values))

    def quantile(self, p: Array, fine: float = FINE) -> Array:
        """Return the root of cdf(x) - p, to ``fine`` of the smallest standard deviation.

        With all components but a share d, it lies between their quantiles of (p - d)/(1 - d) and of
        p/(1 - d): (1 - d) F_j(x) <= F(x) <= (1 - d) F_j(x) + d for the lowest and the highest F_j.
        """
        ignored = np.minimum(p, 1 - p) / 10
        counts = self.weight >= ignored[:, None, :] / len(self.weight)
        smallest = self.sd.min(axis=0)
        ends = []
        for share, pick, void in (
            ((p - ignored) / (1 - ignored), np.min, np.inf),
            (p / (1 - ignored), np.max, -np.inf),
        ):
            of_each = self.mean + ndtri(share)[:, None, :] * self.sd
            ends.append(pick(np.where(counts, of_each, void), axis=1) + self.origin)
        low, high = ends[0] - FINE * smallest, ends[1] + FINE * smallest
        return root(lambda x: self.cdf(x) - p, low, high, fine * smallest)


def normal_density(z: Array) -> Array:
    """Return φ(z)."""
    value: Array = DENSITY_AT_0 * np.exp(-(z**2) / 2)
    return value


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heterogeneity:
    """The posterior of τ. ``nodes``: of its integral. ``log_integrand``: of log τ.

    ``below``: the probability of a τ below each node, shape (m, n).
    """

    nodes: Nodes
    log_integrand: Callable[[Array], Array]
    below: Array

    def cdf(self, x: Array) -> Array:
        """Return the probability below the last node before x, and Gauss-Legendre from there.

        Within one step the integrand is smooth: eight points are exact to rounding.
        """
        log_x, first = self._log(x), self.nodes.log_tau[0]
        log_x = np.minimum(log_x, self.nodes.log_tau[-1])
        place = np.floor((log_x - first) / self.nodes.step).astype(np.intp)
        place = np.clip(place, 0, len(self.below) - 1)
        start = first + place * self.nodes.step
        half = (log_x - start) / 2
        points = start + half * (1 + LEGENDRE[:, None, None])
        points = points.reshape(len(LEGENDRE) * len(x), x.shape[1])
        density = np.exp(self.log_integrand(points) - self.nodes.log_integral)
        piece = half * np.tensordot(
            LEGENDRE_WEIGHTS, density.reshape(len(LEGENDRE), *x.shape), axes=1
        )
        below = np.take_along_axis(self.below, place, axis=0) + piece
        return np.asarray(np.clip(below, 0.0, 1.0))

    def upper_tail(self, x: Array) -> Array:
        """Return 1 - cdf(x)."""
        return 1 - self.cdf(x)

    def density(self, x: Array) -> Array:
        """Return the density, not interpolated; at 0, where it may be infinite, at the first node.

        Of τ below the first node it is that of the node.
        """
        return np.asarray(np.exp(self.log_density(self._log(x))))

    def log_density(self, log_x: Array) -> Array:
        """Return the logarithm of the density of τ at a given log τ."""
        value: Array = self.log_integrand(log_x) - self.nodes.log_integral - log_x
        return value

    def quantile(self, p: Array, fine: float = FINE) -> Array:
        """Return the root of cdf(τ) - p, to ``fine`` of τ."""
        first, last = (np.broadcast_to(self.nodes.log_tau[end], p.shape) for end in (0, -1))
        log_tau = root(lambda x: self.cdf(np.exp(x)) - p, first, last, np.full(p.shape, fine))
        return np.asarray(np.exp(log_tau))

    def _log(self, x: Array) -> Array:
        return np.asarray(np.log(np.maximum(x, np.exp(self.nodes.log_tau[0]))))
