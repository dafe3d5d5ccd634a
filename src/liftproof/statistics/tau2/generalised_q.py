"""The τ² at which the generalised Q takes a given value."""

import numpy as np

from liftproof.errors import ConvergenceError
from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.projection import at_tau2
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
    target = np.broadcast_to(target, trials.origin.shape)
    tau2 = np.zeros_like(trials.origin) if start is None else start.copy()
    left, rising = np.arange(tau2.size), trials
    for _ in range(MAX_STEPS):
        before = tau2[left]
        step = _newton_step(rising, before, target[left])
        tau2[left] = before + step
        rest = np.flatnonzero(step > SHORT * (rising.v[0] + before))
        if not rest.size:
            return tau2
        if rest.size < left.size:
            left, rising = left[rest], rising.take(rest)
    raise ConvergenceError(f"The search for τ² from Q did not end within {MAX_STEPS} steps.")


def _newton_step(trials: Trials, tau2: Array, target: Array) -> Array:
    """Return Newton's step for 1/Q(τ²) = 1/target, 0 where Q is at or below the target."""
    fit = at_tau2(trials, tau2)
    q, slope = fit.q, dot(fit.py, fit.py)
    above = q > target
    ratio: Array = np.divide(q, target, out=np.ones_like(q), where=above)
    scale: Array = np.divide(q, slope, out=np.zeros_like(q), where=above)
    return scale * (ratio - 1)
