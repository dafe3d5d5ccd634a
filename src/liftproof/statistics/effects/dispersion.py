"""Rules for standard deviations, which differences of means can be computed under."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import poch

from liftproof.statistics.checks import Array


def pooled_sd(s1: Array, n1: Array, s2: Array, n2: Array) -> Array:
    """Return √(((n₁ - 1)s₁² + (n₂ - 1)s₂²)/(n₁ + n₂ - 2)).

    >>> round(float(pooled_sd(np.array(3.0), np.array(8), np.array(4.0), np.array(6))), 4)
    3.4521
    """
    return np.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2))


def separate_sd(s1: Array, n1: Array, s2: Array, n2: Array) -> Array:  # noqa: ARG001
    """Return √((s₁² + s₂²)/2), whatever the sizes of the arms (metafor: ``SMDH``).

    >>> float(separate_sd(np.array(3.0), np.array(8), np.array(4.0), np.array(6)))
    3.5355339059327378
    """
    return np.sqrt((s1**2 + s2**2) / 2)


def control_sd(s1: Array, n1: Array, s2: Array, n2: Array) -> Array:  # noqa: ARG001
    """Return the standard deviation of the control arm (Glass)."""
    return s2


Standardiser = Callable[[Array, Array, Array, Array], Array]

STANDARDISERS: Mapping[str, Standardiser] = {"pooled": pooled_sd, "separate": separate_sd}
"""What a standardised difference is divided by where its formula takes both arms."""


def hedges_correction(df: ArrayLike) -> Array:
    """Return J(m) = Γ(m/2) / (√(m/2) Γ((m - 1)/2)), which removes the bias of Cohen's d.

    Source: Hedges 1981, equation 6e. ``df``: degrees of freedom m of the pooled standard
    deviation, 2 or more.

    >>> round(float(hedges_correction(10)), 6)
    0.922746
    """
    m = np.asarray(df, dtype=np.float64)
    return np.asarray(poch((m - 1) / 2, 0.5) / np.sqrt(m / 2))


def hedges_factor(m: Array, *, correct: bool) -> Array:
    """Return Hedges' correction, NaN for one degree of freedom, or 1 where none is asked for."""
    if not correct:
        return np.ones_like(m)
    return np.where(m > 1, hedges_correction(np.maximum(m, 2)), np.nan)


def se_taken_for_sd(sd: Array, n: Array, where: NDArray[np.bool_]) -> Array:
    """Return s/√n, the standard error, in the place of s for the trials in ``where``.

    >>> sd, n, first = np.array([6.0, 6.0]), np.array([9.0, 9.0]), np.array([True, False])
    >>> se_taken_for_sd(sd, n, first).tolist()
    [2.0, 6.0]
    """
    return np.where(where, 1 / np.sqrt(n), 1.0) * sd


def sd_taken_for_se(sd: Array, n: Array, where: NDArray[np.bool_]) -> Array:
    """Return s√n, as a reader turns s into a standard deviation, for the trials in ``where``.

    >>> sd, n, first = np.array([6.0, 6.0]), np.array([9.0, 9.0]), np.array([True, False])
    >>> sd_taken_for_se(sd, n, first).tolist()
    [18.0, 6.0]
    """
    return np.where(where, np.sqrt(n), 1.0) * sd


MISREADINGS: Mapping[str, Callable[[Array, Array, NDArray[np.bool_]], Array]] = {
    "se_as_sd": se_taken_for_sd,
    "sd_as_se": sd_taken_for_se,
}
"""What a reader takes for a standard deviation."""
