"""The τ² at which the generalised Q takes a given value."""

import numpy as np

from liftproof.errors import ConvergenceError
from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.projection import at_tau2
from liftproof.statistics.weighting import dot

MAX_STEPS = 200
"""Far more than are needed: a spread of 10^24 between variances takes some 30."""


@batched
def tau2_at_q(trials: Trials, target: Array) -> Array:
    """Return the τ² at which Q(τ²) = y'Py equals ``target``; 0 where Q(0) is below it.

    For a mean Q(τ²) = Σw(y - mean)², w = 1/(v + τ²).

    Q falls from Q(0) to 0, and 1/Q is concave (Cauchy-Schwarz), so that Newton's steps on
    1/Q = 1/target rise from 0 to the root without passing it. They end when a step no longer
    rises in double precision: there is no tolerance to choose. The error is that of rounding Q,
    some 1e-15 of Q/|Q'|.

    ``y`` and ``v`` (..., k), ``target`` (...), positive; returns (...). Raises InputError, and
    ConvergenceError after 200 steps.

    Source: DerSimonian & Kacker 2007, Contemp Clin Trials 28, 105-114, for Q(τ²).

    >>> round(float(tau2_at_q([0.0, 2.0], [1.0, 1.0], 1.0)), 12)
    1.0
    """
    return at_q(trials, target)


def at_q(trials: Trials, target: Array) -> Array:
    """Return the same for data sets that are side by side."""
    target = np.broadcast_to(target, trials.origin.shape)
    tau2 = np.zeros_like(trials.origin)
    rising = np.arange(tau2.size)
    for _ in range(MAX_STEPS):
        step = _newton_step(trials.take(rising), tau2[rising], target[rising])
        higher = tau2[rising] + step
        rose = higher > tau2[rising]
        tau2[rising[rose]] = higher[rose]
        rising = rising[rose]
        if not rising.size:
            return tau2
    raise ConvergenceError(f"The search for τ² from Q did not end within {MAX_STEPS} steps.")


def _newton_step(trials: Trials, tau2: Array, target: Array) -> Array:
    """Return Newton's step for 1/Q(τ²) = 1/target, 0 where Q is at or below the target."""
    fit = at_tau2(trials, tau2)
    q, slope = fit.q, dot(fit.py, fit.py)
    above = q > target
    ratio: Array = np.divide(q, target, out=np.ones_like(q), where=above)
    scale: Array = np.divide(q, slope, out=np.zeros_like(q), where=above)
    return scale * (ratio - 1)
