"""How far around a maximum a three-level likelihood is proven to have no higher one.

Half the second derivatives of -2 log-likelihood are A - D/2, A = y'PGPGPy and D = tr PGPG with G
the derivatives of M (``newton.derivatives``). Where M lies between 1 - r and 1 + r times what it is
at the maximum, P = TST with TT = P there, and S between 1/(1 + r) and 1/(1 - r). With N = TGT,
t = Ty and S = I - E, the root of v'Av is at least (|Nt| - |N||E||t|)/√(1 + r) in any direction v,
and v'Dv at most v'Dv there over (1 - r)²; |t|² is q there, |E| at most r/(1 - r), and |N| at most
the largest eigenvalue of G relative to M.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.likelihood import weighted_rows
from liftproof.statistics.dependent.newton import Derivatives, derivatives
from liftproof.statistics.dependent.rotation import Rotated

SPARE = 1 + 1e-6
"""By what factor an inequality must hold: derivatives are known to some 1e-10."""
LEFT = 1e-8
"""Of -2 log-likelihood: how far below a summit it may fall, where a climb ended just beside it."""
CHANGES = np.linspace(0.0, 0.5, 101)[1:]
"""Of M, relative to itself: those that are tried as r."""
MOVED = CHANGES / (1 - CHANGES)
SIGNS = np.array([[1.0, 1.0], [1.0, -1.0]])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProvenSummit:
    """A maximum ``sigma2`` (2,): no other is higher where M changes by no more than ``change``.

    ``largest`` (2,): bounds of the eigenvalues of ZZ' and of I relative to M.
    """

    sigma2: Array
    largest: Array
    change: float

    def covers(self, low: Array, high: Array) -> NDArray[np.bool_]:
        """Return which rectangles from ``low`` to ``high``, (2, n), hold no higher maximum."""
        at = self.sigma2[:, None]
        below = self.largest @ np.maximum(0.0, at - low)
        above = self.largest @ np.maximum(0.0, high - at)
        return np.maximum(below, above) <= self.change


def summit(model: Rotated, sigma2: Array) -> ProvenSummit:
    """Return how far a maximum is proven to be the only one; both components may be 0 there."""
    rows = weighted_rows(model, sigma2[1:])
    largest = np.array([rows.of_studies(sigma2[:1]).max(), rows.w.max()])
    at, free = derivatives(model, sigma2), sigma2 > 0
    holds = _falls(at, largest, ~free).all(axis=0)
    if free.any():
        holds &= _is_concave(at, largest, free)
    return ProvenSummit(sigma2=sigma2, largest=largest, change=CHANGES[holds].max(initial=0.0))


def _falls(at: Derivatives, largest: Array, held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return whether the likelihood falls with components that are 0, at each change of M.

    Twice a score is y'PGPy - tr PG; the root of the first is at most |√G'Tt| + |√G'T||E||t|.
    """
    pulls, traces = np.maximum(0.0, at.pulls[held, None]), at.traces[held, None]
    most = (np.sqrt(pulls) + MOVED * np.sqrt(largest[held, None] * at.q)) ** 2
    return np.asarray(most * SPARE < traces / (1 + CHANGES))


def _is_concave(at: Derivatives, largest: Array, free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return whether the likelihood is concave in components that are not 0, at each change.

    Where half the second derivatives of -2 log-likelihood are at least c in D's units, it falls by
    no more than |score|²/c from here: that may not be more than ``LEFT``.
    """
    places = np.ix_(free, free)
    root = np.linalg.inv(np.linalg.cholesky(at.products[places]))
    least = max(0.0, float(np.linalg.eigvalsh(root @ at.squares[places] @ root.T)[0]))
    along = root @ (SIGNS * largest)[:, free].T
    farthest = np.sqrt((along**2).sum(axis=0).max() * at.q)
    left = np.maximum(0.0, np.sqrt(least) - MOVED * farthest)
    curvature = left**2 / (1 + CHANGES) / SPARE**2 - 1 / (1 - CHANGES) ** 2 / 2
    steepness = float(((root @ at.score[free]) ** 2).sum())
    return np.asarray((curvature > 0) & (steepness <= LEFT * curvature))
