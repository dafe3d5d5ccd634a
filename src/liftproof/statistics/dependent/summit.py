"""How far around maxima three-level likelihoods are proven to have no higher ones.

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

from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.derivatives import Derivatives, derivatives
from liftproof.statistics.dependent.groups import Places
from liftproof.statistics.dependent.likelihood import ALONE, weighted_rows
from liftproof.statistics.dependent.newton import Flags, alike
from liftproof.statistics.dependent.rotation import Rotated, of_own

SPARE = 1 + 1e-6
"""By what factor an inequality must hold: derivatives are known to some 1e-10."""
LEFT = 1e-8
"""Of -2 log-likelihood: how far below a summit it may fall, where a climb ended just beside it."""
CHANGES = np.linspace(0.0, 0.5, 101)[1:]
"""Of M, relative to itself: those that are tried as r."""
MOVED = CHANGES / (1 - CHANGES)
SIGNS = np.array([[1.0, 1.0], [1.0, -1.0]])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProvenSummits:
    """Maxima ``sigma2`` (2, s): no other is higher where M changes by at most ``change``, (s,).

    ``largest`` (2, s): bounds of the eigenvalues of ZZ' and of I relative to M.
    """

    sigma2: Array
    largest: Array
    change: Array

    def covers(self, low: Array, high: Array, own: Places = ALONE) -> Flags:
        """Return which rectangles from ``low`` to ``high``, (2, n), hold no higher maximum.

        ``own`` (n,): whose they are; of one model it may be left out.
        """
        at, largest = of_own(self.sigma2, own), of_own(self.largest, own)
        below = (largest * np.maximum(0.0, at - low)).sum(axis=0)
        above = (largest * np.maximum(0.0, high - at)).sum(axis=0)
        return np.asarray(np.maximum(below, above) <= of_own(self.change, own))


def summits(model: Rotated, sigma2: Array) -> ProvenSummits:
    """Return how far maxima (2, s) are proven to be the only ones; both components may be 0."""
    rows = weighted_rows(model, sigma2[1], np.arange(sigma2.shape[1]))
    largest = np.stack((rows.of_studies(sigma2[0]).max(axis=1), rows.w.max(axis=1)))
    at, free = derivatives(model, sigma2), sigma2.T > 0
    holds = _falls(at, largest.T, ~free)
    for axes, sets in alike(free):
        holds[sets] &= _is_concave(at, largest.T, axes, sets)
    return ProvenSummits(
        sigma2=sigma2, largest=largest, change=np.where(holds, CHANGES, 0.0).max(axis=1)
    )


def _falls(at: Derivatives, largest: Array, held: Flags) -> Flags:
    """Return whether likelihoods fall with components that are 0, at each change of M, (s, r).

    Twice a score is y'PGPy - tr PG; the root of the first is at most |√G'Tt| + |√G'T||E||t|.
    """
    pulls, steepest = np.maximum(0.0, at.pulls), np.sqrt(largest * at.q[:, None])
    most = (np.sqrt(pulls)[..., None] + MOVED * steepest[..., None]) ** 2
    falls = most * SPARE < at.traces[..., None] / (1 + CHANGES)
    return np.asarray((falls | ~held[..., None]).all(axis=1))


def _is_concave(at: Derivatives, largest: Array, axes: Places, sets: Places) -> Flags:
    """Return whether the likelihoods of ``sets`` are concave in the components ``axes``, (n, r).

    Where half the second derivatives of -2 log-likelihood are at least c in D's units, it falls by
    no more than |score|²/c from here: that may not be more than ``LEFT``.
    """
    square = np.ix_(sets, axes, axes)
    root = np.linalg.inv(np.linalg.cholesky(at.products[square]))
    back = np.swapaxes(root, -1, -2)
    least = np.maximum(0.0, np.linalg.eigvalsh(root @ at.squares[square] @ back)[:, 0])
    along = root @ (SIGNS[:, axes] * largest[sets][:, None, axes]).swapaxes(-1, -2)
    farthest = np.sqrt((along**2).sum(axis=1).max(axis=1) * at.q[sets])
    left = np.maximum(0.0, np.sqrt(least)[:, None] - MOVED * farthest[:, None])
    curvature = left**2 / (1 + CHANGES) / SPARE**2 - 1 / (1 - CHANGES) ** 2 / 2
    score = at.score[np.ix_(sets, axes)][..., None]
    steepness = ((root @ score) ** 2).sum(axis=(1, 2))
    return np.asarray((curvature > 0) & (steepness[:, None] <= LEFT * curvature))
