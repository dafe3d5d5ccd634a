"""The τ² at which the generalised Q takes a given value."""

import numpy as np

from liftproof.errors import ConvergenceError
from liftproof.statistics.batches import Trials, batched, quick_on_one
from liftproof.statistics.checks import Array
from liftproof.statistics.division import over
from liftproof.statistics.projection import Projection, at_tau2, without_spread
from liftproof.statistics.weighting import dot

MAX_STEPS = 200
"""Far more than are needed: a spread of 10^24 between variances takes some 30."""

SHORT = 1e-8
"""Relative to τ² plus the smallest variance: the square of a shorter step is below rounding."""


@batched
def tau2_at_q(trials: Trials, target: Array) -> Array:
    """Return the τ² at which Q(τ²) = y'Py equals ``target``; 0 where Q(0) is below it.

    For a mean Q(τ²) = Σw(y - mean)², w = 1/(v + τ²).

    Q falls from Q(0) to 0, and 1/Q is concave (Cauchy-Schwarz), so that Newton's steps on
    1/Q = 1/target rise from 0 to the root without passing it. With C = y'P³y, Q' = -y'P²y and
    C <= -Q'/(v + τ²), v the smallest variance, a step leaves an error of at most step²/(v + τ²).
    Error bound: 1e-16 of v + τ² and the rounding of Q, some 1e-15 of Q/|Q'|.

    ``y`` and ``v`` (..., k), ``target`` (...), positive; returns (...). Raises InputError, and
    ConvergenceError after 200 steps.

    Source: DerSimonian & Kacker 2007, Contemp Clin Trials 28, 105-114, for Q(τ²).

    >>> round(float(tau2_at_q([0.0, 2.0], [1.0, 1.0], 1.0)), 12)
    1.0
    """
    return at_q(trials, target)


def at_q(trials: Trials, target: Array, start: Array | None = None) -> Array:
    """Return the same for data sets that are side by side; ``start``: a τ² at or below the root."""
    if trials.is_one:
        first = 0.0 if start is None else start.item()
        root = _at_q_of_one(trials.as_vectors, target.item(), first)
        return np.reshape(root, trials.origin.shape)[()]
    n = trials.origin.size
    target = target + np.zeros(n)
    if start is None or not np.count_nonzero(start):  # P at 0 is known
        tau2, q_and_slope = np.zeros(n), _q_and_slope(without_spread(trials))
    else:
        tau2, q_and_slope = start, _at(trials, start)
    found, left = np.zeros(n), np.arange(n)
    for _ in range(MAX_STEPS):
        step = _newton_step(q_and_slope, target)
        rest = (step > SHORT * (trials.v[0] + tau2)).nonzero()[0]
        tau2 = tau2 + step
        if not rest.size:
            found[left] = tau2
            return found
        if rest.size < left.size:  # those that are found drop out
            found[left] = tau2
            left, trials, tau2, target = left[rest], trials.take(rest), tau2[rest], target[rest]
        q_and_slope = _at(trials, tau2)
    raise ConvergenceError(_no_end())


def _at_q_of_one(trials: Trials, target: float, tau2: float) -> float:
    """Return the same for one data set in vectors, by the same steps from ``tau2``."""
    for _ in range(MAX_STEPS):
        fit = at_tau2(trials, tau2) if tau2 else without_spread(trials)  # known
        q, slope = float(fit.q), float(dot(fit.py, fit.py))
        step = q / slope * (q / target - 1) if q > target else 0.0
        if not step > SHORT * (trials.v[0] + tau2):
            return tau2 + step
        tau2 += step
    raise ConvergenceError(_no_end())


def _no_end() -> str:
    return f"The search for τ² from Q did not end within {MAX_STEPS} steps."


def _newton_step(q_and_slope: Array, target: Array) -> Array:
    """Return Newton's step for 1/Q(τ²) = 1/target, 0 where Q is at or below the target."""
    q, slope = q_and_slope
    above = q > target
    return over(q, slope, above, 0.0) * (over(q, target, above, 1.0) - 1)


@quick_on_one
def _at(trials: Trials, tau2: Array) -> Array:
    """Return Q(τ²) and minus its slope, shape (2, n)."""
    return _q_and_slope(at_tau2(trials, tau2))


def _q_and_slope(fit: Projection) -> Array:
    """Return Q and minus its slope, shape (2, n)."""
    return np.array((fit.q, dot(fit.py, fit.py)))
