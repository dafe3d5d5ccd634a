"""Few variances that stand for those of very many trials.

The normalising constant of a trial depends on the trial through its variance alone, and log A is a
smooth function of log v. Its sum over all trials is one over the nodes of a Gauss rule, whose
weights are counts: the rule of the trials' own distribution of log v, exact for polynomials of
degree 2 NODES - 1.
"""

from dataclasses import dataclass

import numpy as np

from liftproof.statistics.checks import Array

NODES = 32
"""Variances of a rule. Where the likelihood is within e^20 of its maximum, they leave an error of
1e-11 in its logarithm if variances differ tenfold, of 1e-8 if they differ 60,000-fold. So they lead
a search; what it ends with is computed of all trials."""

MANY = 3 * NODES
"""Up to as many trials each stands for itself."""

NOTHING_LEFT = 1e-12
"""Length of a residual of unit vectors that is rounding: no further node has a weight."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StandIns:
    """Variances ``v`` (n,) and how many trials each stands for, ``counts`` (n,)."""

    v: Array
    counts: Array


def each_for_itself(v: Array) -> StandIns:
    """Return all trials."""
    return StandIns(v=v, counts=np.ones(len(v)))


def stand_ins(v: Array) -> StandIns:
    """Return the Gauss rule of many trials, or all of few.

    Source: Golub & Welsch 1969, Math Comput 23, 221-230; of Lanczos' vectors each is made
    orthogonal to all before it.

    >>> few = stand_ins(np.geomspace(0.01, 1.0, 500))
    >>> len(few.v), round(float(few.counts.sum()), 9)
    (32, 500.0)
    """
    if len(v) <= MANY:
        return each_for_itself(v)
    logs = np.log(v)
    middle = (logs.max() + logs.min()) / 2
    half = (logs.max() - logs.min()) / 2 or 1.0
    diagonal, beside = _recurrence((logs - middle) / half)
    values, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1))
    return StandIns(v=np.exp(middle + half * values), counts=len(v) * vectors[0] ** 2)


def _recurrence(x: Array) -> tuple[Array, Array]:
    """Return the recurrence of polynomials orthogonal over ``x`` (k,): n numbers, and n - 1."""
    basis = np.empty((NODES, len(x)))
    basis[0] = 1 / np.sqrt(len(x))
    diagonal, beside = [], []
    for n in range(NODES):
        following = x * basis[n]
        diagonal.append(following @ basis[n])
        for _ in range(2):  # once leaves rounding
            following -= (basis[: n + 1] @ following) @ basis[: n + 1]
        length = np.sqrt(following @ following)
        if n + 1 == NODES or length < NOTHING_LEFT:
            break
        beside.append(length)
        basis[n + 1] = following / length
    return np.array(diagonal), np.array(beside)
