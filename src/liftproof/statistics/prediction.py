"""Prediction intervals: where the true effect of a further trial is expected."""

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import limits

SMALLEST_K = 3
"""t with k - 2 degrees of freedom needs three trials."""


def higgins_thompson_spiegelhalter(
    estimate: ArrayLike, variance: ArrayLike, tau2: ArrayLike, k: int, level: float = 0.95
) -> tuple[Array, Array]:
    """Return estimate -+ t(k - 2) √(τ² + variance of the estimate); NaN for fewer than 3 trials.

    Arguments of shape (...) on the analysis scale; ``variance`` is that of the pooled estimate by
    the interval chosen (Wald or Hartung-Knapp). Raises InputError.

    Source: Higgins, Thompson & Spiegelhalter 2009, J R Stat Soc A 172, 137-159, equation 12.
    metafor: ``predict(rma(yi, vi), predtype="Riley")``, which takes one degree of freedom where
    k is 1 or 2.

    >>> low, high = higgins_thompson_spiegelhalter(0.0, 0.1, 0.3, 10)
    >>> round(float(low), 6), round(float(high), 6)
    (-1.458445, 1.458445)
    """
    if k < SMALLEST_K:
        nan = np.full_like(estimate, np.nan, dtype=np.float64)[()]
        return nan, nan
    return limits(estimate, np.sqrt(np.add(tau2, variance)), level, k - 2)
