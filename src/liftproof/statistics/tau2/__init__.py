"""Estimators of τ², the variance of true effects between trials. TAU2 names them.

Each takes ``y`` and ``v`` of shape (..., k) and returns τ² of shape (...), in the square of the
unit of y, never negative, 0 for a single trial. None depends on the unit of y. With ``x=``, the
columns of a design matrix, τ² is what moderators leave; with ``include=`` subsets of the trials
are estimated (see ``batches.batched``). The module that holds an estimator registers it, beside
its standard error, by the code of its record.
"""

from collections.abc import Mapping

from liftproof.statistics.batches import Batched
from liftproof.statistics.registries import Registry
from liftproof.statistics.tau2.given_weights import OF_GIVEN_WEIGHTS
from liftproof.statistics.tau2.moments import MOMENTS
from liftproof.statistics.tau2.paule_mandel import ROOTS_OF_Q
from liftproof.statistics.tau2.quadratic_parts import Tau2Functions
from liftproof.statistics.tau2.reml import LIKELIHOODS
from liftproof.vocabulary.estimators import ESTIMATORS, WITH_GIVEN_WEIGHTS
from liftproof.vocabulary.record import Record

Functions = Mapping[str, Tau2Functions]
FIXED = "FE"
"""The method in which τ² is 0 by definition, not by estimation."""


def _registry(records: Mapping[str, Record], found: Mapping[str, Batched]) -> Registry[Batched]:
    return Registry("τ² method", records, found, "vocabulary.estimators", "statistics.tau2")


_ALL: Functions = {**MOMENTS, **LIKELIHOODS, **ROOTS_OF_Q}
TAU2 = _registry(ESTIMATORS, {code: each.estimate for code, each in _ALL.items()})
TAU2_SE = _registry(ESTIMATORS, {code: each.standard_error for code, each in _ALL.items()})
"""Standard errors of the same."""
GIVEN_WEIGHTS = _registry(
    WITH_GIVEN_WEIGHTS, {code: each.estimate for code, each in OF_GIVEN_WEIGHTS.items()}
)
"""Estimators that need ``weights=``, one a trial."""
GIVEN_WEIGHTS_SE = _registry(
    WITH_GIVEN_WEIGHTS, {code: each.standard_error for code, each in OF_GIVEN_WEIGHTS.items()}
)
"""Standard errors of these, from the same weights."""
