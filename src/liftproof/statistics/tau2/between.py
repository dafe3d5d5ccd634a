"""τ² with all that is reported beside it, by whichever estimator."""

from dataclasses import dataclass

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.heterogeneity import q_profile
from liftproof.statistics.tau2 import FIXED, GIVEN_WEIGHTS, GIVEN_WEIGHTS_SE, TAU2, TAU2_SE
from liftproof.statistics.tau2.given_weights import generalised_q_limits
from liftproof.vocabulary.estimators import NEEDS_WEIGHTS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Between:
    """τ², its standard error and its limits, all of shape (...), in the square of the unit of y."""

    tau2: Array
    se: Array
    ci_low: Array
    ci_high: Array


def between_trials(
    y: Array, v: Array, *, method: str, level: float, weights: Array | None = None
) -> Between:
    """Return τ² by the estimator called ``method``: a name in TAU2 or, with weights, GIVEN_WEIGHTS.

    ``y``, ``v`` and ``weights`` (..., k). Limits are Q-profile's, for GENQ and GENQM those of the
    generalised Q with the same weights, and NaN where τ² is 0 by definition. Raises InputError and
    ConvergenceError. metafor: ``rma()$tau2``, ``$se.tau2`` and ``confint()``.

    >>> y, v = np.array([-0.51, -0.22, 0.05]), np.array([0.04, 0.001, 0.09])
    >>> between = between_trials(y, v, method="GENQ", level=0.95, weights=np.ones(3))
    >>> round(float(between.tau2), 6), round(float(between.se), 6)
    (0.034767, 0.082554)
    """
    if method in GIVEN_WEIGHTS:
        if weights is None:
            raise InputError(NEEDS_WEIGHTS)
        tau2 = GIVEN_WEIGHTS[method](y, v, weights=weights)
        se = GIVEN_WEIGHTS_SE[method](y, v, tau2, weights=weights)
        low, high = generalised_q_limits(y, v, level, weights=weights)
        return Between(tau2=tau2, se=se, ci_low=low, ci_high=high)
    tau2 = choose(TAU2, method, "τ² method")(y, v)
    exists = np.nan if method == FIXED else 1.0  # one common effect has no spread to estimate
    low, high = (exists * limit for limit in q_profile(y, v, level))
    return Between(tau2=tau2, se=TAU2_SE[method](y, v, tau2), ci_low=low, ci_high=high)
