"""Estimators of τ², the variance of true effects between trials. TAU2 names them.

Each takes ``y`` and ``v`` of shape (..., k) and returns τ² of shape (...), in the square of the
unit of y, never negative, 0 for a single trial. None depends on the unit of y. With ``x=``, the
columns of a design matrix, τ² is what moderators leave; with ``include=`` subsets of the trials
are estimated (see ``batches.batched``).
"""

from collections.abc import Callable, Mapping

from liftproof.statistics.checks import Array
from liftproof.statistics.tau2.given_weights import generalised_q_median, generalised_q_moment
from liftproof.statistics.tau2.moments import (
    dersimonian_laird,
    fixed_effect,
    hedges,
    hunter_schmidt,
    hunter_schmidt_corrected,
    sidik_jonkman,
)
from liftproof.statistics.tau2.paule_mandel import paule_mandel, paule_mandel_median
from liftproof.statistics.tau2.reml import maximum_likelihood, restricted_maximum_likelihood

FIXED = "FE"
"""The method in which τ² is 0 by definition, not by estimation."""

TAU2: Mapping[str, Callable[..., Array]] = {
    FIXED: fixed_effect,
    "DL": dersimonian_laird,
    "HE": hedges,
    "HS": hunter_schmidt,
    "HSk": hunter_schmidt_corrected,
    "SJ": sidik_jonkman,
    "ML": maximum_likelihood,
    "REML": restricted_maximum_likelihood,
    "EB": paule_mandel,
    "PM": paule_mandel,
    "PMM": paule_mandel_median,
    "DLIT": paule_mandel,
    "SJIT": paule_mandel,
}
GIVEN_WEIGHTS: Mapping[str, Callable[..., Array]] = {
    "GENQ": generalised_q_moment,
    "GENQM": generalised_q_median,
}
"""Estimators that need ``weights=``, one a trial."""
