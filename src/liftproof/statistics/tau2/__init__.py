"""Estimators of τ², the variance of true effects between trials. TAU2 names them.

Each takes ``y`` and ``v`` of shape (..., k) and returns τ² of shape (...), in the square of the
unit of y, never negative, 0 for a single trial. None depends on the unit of y.
"""

from collections.abc import Callable, Mapping

from liftproof.statistics.checks import Array
from liftproof.statistics.tau2.moments import dersimonian_laird, fixed_effect
from liftproof.statistics.tau2.paule_mandel import paule_mandel
from liftproof.statistics.tau2.reml import restricted_maximum_likelihood

FIXED = "FE"
"""The method in which τ² is 0 by definition, not by estimation."""

TAU2: Mapping[str, Callable[..., Array]] = {
    FIXED: fixed_effect,
    "DL": dersimonian_laird,
    "PM": paule_mandel,
    "REML": restricted_maximum_likelihood,
}
