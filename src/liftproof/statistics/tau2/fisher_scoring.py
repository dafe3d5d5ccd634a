"""τ² by Fisher scoring that stops early, as software with a loose tolerance has it.

Not an estimator to use: TAU2 has converged ones. It answers one question, whether a printed number
is that of a search that ended too soon.
"""

from collections.abc import Callable, Mapping

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.tau2.moments import hedges

TOLERANCE = 1e-5
"""metafor's default: the search ends where a step is smaller, whatever the scale of the effects."""
MOST_STEPS = 100
HALVINGS = 60


def fisher_scoring(y: Array, v: Array, method: str) -> float:
    """Return τ² at which Fisher scoring from Hedges' estimate, with steps as ``method``, stops.

    ``y``, ``v`` (k,); ``method``: a name in STEPS. A step that would go below 0 is halved until it
    does not, so that a maximum at 0 is never reached: what is left of it is a trace of the search.

    Source: Viechtbauer 2005, J Educ Behav Stat 30, 261-293. metafor: ``rma(yi, vi, method="ML")``
    with its default ``control``. A single trial has τ² 0. Raises InputError for a method without a
    search.

    >>> y, v = np.array([-0.5, -0.2, 0.1]), np.array([0.04, 0.01, 0.09])
    >>> 0 < fisher_scoring(y, v, "ML") < 1e-4
    True
    """
    if method not in STEPS:
        raise InputError(f"The estimator {method} takes no search; {', '.join(STEPS)} do.")
    tau2 = float(hedges(y, v))
    if len(y) == 1:
        return tau2
    for _ in range(MOST_STEPS):
        step = STEPS[method](*_projected(y, v, tau2))
        if tau2 == 0 and step < 0:
            break
        for _ in range(HALVINGS):
            if tau2 + step >= 0:
                break
            step /= 2
        tau2 += step
        if abs(step) <= TOLERANCE:
            break
    return tau2


def _projected(y: Array, v: Array, tau2: float) -> tuple[Array, Array, Array]:
    """Return the weights, P and Py, P = W - Ww'W/Σw."""
    w = 1 / (v + tau2)
    p = np.diag(w) - np.outer(w, w) / w.sum()
    return w, p, p @ y


def _of_ml(w: Array, p: Array, py: Array) -> float:  # noqa: ARG001
    return float((py @ py - w.sum()) / (w @ w))


def _of_reml(w: Array, p: Array, py: Array) -> float:  # noqa: ARG001
    return float((py @ py - np.trace(p)) / np.sum(p * p))


def _of_eb(w: Array, p: Array, py: Array) -> float:  # noqa: ARG001
    k = len(w)
    q = py @ (py / w)
    return float((q * k / (k - 1) - k) / w.sum())


STEPS: Mapping[str, Callable[[Array, Array, Array], float]] = {
    "ML": _of_ml,
    "REML": _of_reml,
    "EB": _of_eb,
    "PM": _of_eb,
}
"""By method, the step from the weights, P and Py."""
