"""Limits of τ² from an approximate distribution of its estimate. TAU2_LIMITS names them.

Q-profile limits hold whatever the estimator (``heterogeneity.q_profile``); these two rest on many
trials, and are here because software prints them.
"""

from collections.abc import Callable, Mapping

import numpy as np
from scipy.special import chdtri

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.distributions import limits
from liftproof.statistics.tau2 import TAU2_SE
from liftproof.vocabulary.estimators import ESTIMATORS

LIKELIHOODS = tuple(code for code, record in ESTIMATORS.items() if record.is_likelihood)
"""Estimators whose information is known."""


def satterthwaite(
    y: Array, v: Array, tau2: float, method: str, level: float
) -> tuple[Array, Array]:
    """Return ν τ²/χ²(ν) at both tails, ν = 2(τ²/SE)², SE from the observed information.

    ``y``, ``v`` (k,), analysis scale; ``tau2``: the estimate; ``method``: ML or REML. NaN where τ²
    or the information is not positive; InputError for another method. SAS: ``proc mixed cl``.
    Source: Satterthwaite 1946, Biometrics Bull 2, 110-114; van Houwelingen, Arends & Stijnen 2002,
    Stat Med 21, 589-624.

    >>> y, v = np.array([-0.9, -1.6, -1.3, -1.4, -0.2]), np.array([0.3, 0.2, 0.4, 0.02, 0.05])
    >>> low, high = satterthwaite(y, v, 0.3, "ML", 0.95)
    >>> round(float(low), 4), round(float(high), 4)
    (0.0768, 18.4704)
    """
    if method not in LIKELIHOODS:
        raise InputError(
            f"Satterthwaite's limits of τ² rest on a likelihood, and {method} has none: take "
            f"{' or '.join(LIKELIHOODS)}, or other limits of τ²."
        )
    information = observed_information(y, v, tau2, is_restricted=method == "REML")
    if tau2 <= 0 or information <= 0:
        return np.asarray(np.nan), np.asarray(np.nan)
    df = 2 * tau2**2 * information
    tail = (1 - level) / 2
    return df * tau2 / chdtri(df, tail), df * tau2 / chdtri(df, 1 - tail)


def observed_information(y: Array, v: Array, tau2: float, *, is_restricted: bool) -> float:
    """Return minus the second derivative of the (restricted) log-likelihood at τ².

    With P the projection: y'PPPy - tr P²/2, and tr W² for tr P² where not restricted. ``y``, ``v``
    (k,). Source: Harville 1977, J Am Stat Assoc 72, 320-338.

    >>> y, v = np.array([0.0, 4.0]), np.array([1.0, 1.0])
    >>> observed_information(y, v, 7.0, is_restricted=True)
    0.0078125
    """
    w = 1 / (v + tau2)
    p = np.diag(w) - np.outer(w, w) / w.sum()
    py = p @ y
    trace = np.sum(p * p) if is_restricted else w @ w
    return float(py @ p @ py - trace / 2)


def of_standard_error(
    y: Array, v: Array, tau2: float, method: str, level: float
) -> tuple[Array, Array]:
    """Return τ² -+ z SE, the lower limit 0 where it would be below (Stata: ``mvmeta``).

    ``y``, ``v`` (k,); SE: that of the estimator ``method`` in TAU2_SE.

    >>> low, high = of_standard_error(np.array([0.0, 4.0]), np.array([1.0, 1.0]), 3.0, "ML", 0.95)
    >>> float(low), round(float(high), 4)
    (0.0, 10.8399)
    """
    low, high = limits(tau2, choose(TAU2_SE, method, "τ² method")(y, v, np.asarray(tau2)), level)
    return np.maximum(low, 0.0), high


TAU2_LIMITS: Mapping[str, Callable[[Array, Array, float, str, float], tuple[Array, Array]]] = {
    "satterthwaite": satterthwaite,
    "standard_error": of_standard_error,
}
"""Each from y and v (k,), τ², its method and the level."""
