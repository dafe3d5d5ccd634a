"""Structures of the covariance of random effects among the levels of an inner factor.

Each is G = diag(s) C(t) diag(s), with standard deviations s and correlations that are sines of the
angles t.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
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

STEP = 1e-5
"""For differences of slopes, in angles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """``has_many``: whether each level has a variance of its own."""

    correlation: Correlation
    has_many: bool

    def __reduce__(self) -> "tuple[Callable[[str], Structure], tuple[str]]":
        """Return what pickle needs: a name, as some of its functions have none."""
        return _named, (next(name for name, each in _ALL.items() if each is self),)

    def variances(self, levels: Levels) -> int:
        """Return how many variances it has."""
        return levels.size if self.has_many else 1

    def count(self, levels: Levels) -> int:
        """Return how many numbers are to be estimated, variances first."""
        return self.variances(levels) + self.correlation.count(levels)

    def covariance(self, parameters: Array, levels: Levels) -> Array:
        """Return G, shape (..., size, size), of parameters (..., count)."""
        s, t = self._parts(parameters, levels)
        return np.asarray(_outer(s) * self.correlation.matrix(t, levels))

    def _parts(self, parameters: Array, levels: Levels) -> tuple[Array, Array]:
        """Return the standard deviation of each level, (..., size), and the angles."""
        n = self.variances(levels)
        s, t = parameters[..., :n], parameters[..., n:]
        return (s if n == levels.size else np.repeat(s, levels.size, axis=-1)), t

    def folded(self, parameters: Array, levels: Levels) -> Array:
        """Return the parameters within their ranges that give the same G."""
        n = self.variances(levels)
        return np.concatenate(
            [np.abs(parameters[:n]), self.correlation.folded(parameters[n:], levels)]
        )

    def slopes(self, parameters: Array, levels: Levels) -> Iterator[Array]:
        """Yield the derivative of G by each parameter, (..., size, size)."""
        s, t = self._parts(parameters, levels)
        c = self.correlation.matrix(t, levels)
        for i in range(self.variances(levels)):
            raised = np.zeros_like(s)
            raised[..., slice(i, i + 1) if self.has_many else slice(None)] = 1.0
            half = raised[..., :, None] * s[..., None, :] * c
            yield half + half.swapaxes(-1, -2)
        for slope in self.correlation.slopes(t, levels):
            yield _outer(s) * slope

    def pull(self, parameters: Array, levels: Levels, by_g: Array) -> Array:
        """Return a number's derivatives by the parameters from those by G, which is symmetric."""
        s, t = self._parts(parameters, levels)
        by_s = 2 * _times(by_g * self.correlation.matrix(t, levels), s)
        by_t = _by_angles(self.correlation.slopes(t, levels), by_g * _outer(s))
        by_s = by_s if self.has_many else by_s.sum(axis=-1, keepdims=True)
        return np.concatenate([by_s, by_t], axis=-1)

    def bend(self, parameters: Array, levels: Levels, by_g: Array) -> Array:
        """Return derivatives of ``pull`` by the parameters, (..., count, count), at a given by_g.

        Of angles by angles they are differences; all others are in closed form.
        """
        n, (s, t) = self.variances(levels), self._parts(parameters, levels)
        bend = np.zeros((*parameters.shape, parameters.shape[-1]))
        by_ss = 2 * by_g * self.correlation.matrix(t, levels)
        bend[..., :n, :n] = by_ss if self.has_many else by_ss.sum(axis=(-1, -2), keepdims=True)
        for j, slope in enumerate(self.correlation.slopes(t, levels), start=n):
            by_st = 2 * _times(by_g * slope, s)
            bend[..., :n, j] = by_st if self.has_many else by_st.sum(axis=-1, keepdims=True)
            bend[..., j, :n] = bend[..., :n, j]
        if t.size:
            steps = STEP * np.eye(t.shape[-1]).reshape(-1, *[1] * (t.ndim - 1), t.shape[-1])
            sides = t + np.stack((steps, -steps))
            ahead, behind = _by_angles(self.correlation.slopes(sides, levels), by_g * _outer(s))
            bend[..., n:, n:] = np.moveaxis(ahead - behind, 0, -2) / (2 * STEP)
        return bend


def _outer(s: Array) -> Array:
    return np.asarray(s[..., :, None] * s[..., None, :])


def _times(matrix: Array, s: Array) -> Array:
    return np.asarray((matrix @ s[..., None])[..., 0])


def _by_angles(slopes: Iterable[Array], by_c: Array) -> Array:
    """Return derivatives by the angles from those by C, (..., angles)."""
    found = [(by_c * slope).sum(axis=(-1, -2)) for slope in slopes]
    return np.stack(found, axis=-1) if found else np.empty((*by_c.shape[:-2], 0))


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
_ALL: Mapping[str, Structure] = MappingProxyType({**STRUCTURES, "known correlation": GIVEN})


def _named(name: str) -> Structure:
    return _ALL[name]


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
