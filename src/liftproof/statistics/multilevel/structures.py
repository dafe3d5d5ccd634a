"""Structures of the covariance of random effects among the levels of an inner factor.

Each is G = diag(s) C(t) diag(s), with standard deviations s and correlations that are sines of the
angles t.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.multilevel.correlations import (
    EXCHANGEABLE,
    IDENTITY,
    KNOWN,
    STEPS,
    TIMES,
    UNSTRUCTURED,
    Correlation,
    Levels,
    angles_of_root,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """``has_many``: whether each level has a variance of its own."""

    correlation: Correlation
    has_many: bool

    def variances(self, levels: Levels) -> int:
        """Return how many variances it has."""
        return levels.size if self.has_many else 1

    def count(self, levels: Levels) -> int:
        """Return how many numbers are to be estimated, variances first."""
        return self.variances(levels) + self.correlation.count(levels)

    def covariance(self, parameters: Array, levels: Levels) -> Array:
        """Return G, shape (size, size)."""
        n = self.variances(levels)
        s = np.broadcast_to(parameters[:n], levels.size)
        return np.asarray(s[:, None] * s * self.correlation.matrix(parameters[n:], levels))

    def folded(self, parameters: Array, levels: Levels) -> Array:
        """Return the parameters within their ranges that give the same G."""
        n = self.variances(levels)
        return np.concatenate(
            [np.abs(parameters[:n]), self.correlation.folded(parameters[n:], levels)]
        )

    def pull(self, parameters: Array, levels: Levels, by_g: Array) -> Array:
        """Return a number's derivatives by the parameters from those by G, which is symmetric."""
        n = self.variances(levels)
        s = np.broadcast_to(parameters[:n], levels.size)
        c = self.correlation.matrix(parameters[n:], levels)
        by_s = 2 * ((by_g * c) @ s)
        by_t = self.correlation.pull(parameters[n:], levels, by_g * s[:, None] * s)
        return np.concatenate([by_s if self.has_many else [by_s.sum()], by_t])


STRUCTURES: Mapping[str, Structure] = MappingProxyType(
    {
        "ID": Structure(correlation=IDENTITY, has_many=False),
        "DIAG": Structure(correlation=IDENTITY, has_many=True),
        "CS": Structure(correlation=EXCHANGEABLE, has_many=False),
        "HCS": Structure(correlation=EXCHANGEABLE, has_many=True),
        "UN": Structure(correlation=UNSTRUCTURED, has_many=True),
        "AR": Structure(correlation=STEPS, has_many=False),
        "HAR": Structure(correlation=STEPS, has_many=True),
        "CAR": Structure(correlation=TIMES, has_many=False),
    }
)
"""By metafor's names, as a user may give them."""
GIVEN = Structure(correlation=KNOWN, has_many=False)
"""A known correlation matrix, times a variance: phylogeny, kinship."""


def from_covariance(g: Array) -> Array:
    """Return the parameters of an unstructured covariance, (size, size)."""
    s = np.sqrt(g.diagonal())
    correlation = g / np.where(s > 0, s, 1.0)[:, None] / np.where(s > 0, s, 1.0)
    np.fill_diagonal(correlation, 1.0)
    return np.concatenate([s, angles_of_root(_semidefinite_root(correlation))])


def _semidefinite_root(c: Array) -> Array:
    """Return the triangular root of a correlation matrix that may be singular."""
    root = np.zeros_like(c)
    for j in range(len(c)):
        left = c[j:, j] - root[j:, :j] @ root[j, :j]
        pivot = np.sqrt(max(left[0], 0.0))
        root[j, j] = pivot
        root[j + 1 :, j] = left[1:] / pivot if pivot > np.finfo(float).eps ** 0.5 else 0.0
    return root
