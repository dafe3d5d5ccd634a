"""τ² in closed form."""

import numpy as np

from liftproof.statistics.batches import Trials, batched
from liftproof.statistics.checks import Array
from liftproof.statistics.weighting import dot, trace_of_projection, weights_and_residuals


@batched
def fixed_effect(trials: Trials) -> Array:
    """Return 0: one true effect common to all trials. metafor: ``rma(yi, vi, method="EE")``.

    >>> float(fixed_effect([0.0, 9.0], [1.0, 1.0]))
    0.0
    """
    return np.zeros_like(trials.origin)


@batched
def dersimonian_laird(trials: Trials) -> Array:
    """Return τ² = max(0, (Q - (k - 1)) / (Σw - Σw²/Σw)), w = 1/v.

    ``y`` and ``v`` (..., k); returns (...). Raises InputError.

    Source: DerSimonian & Laird 1986, Control Clin Trials 7, 177-188, equation 8. metafor:
    ``rma(yi, vi, method="DL")$tau2``.

    >>> round(float(dersimonian_laird([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09])), 6)
    0.012743
    """
    w, residuals = weights_and_residuals(trials, 0.0)
    excess = dot(w * residuals, residuals) - (len(w) - 1)
    tau2: Array = np.zeros_like(excess)
    np.divide(excess, trace_of_projection(w), out=tau2, where=excess > 0)
    return tau2
