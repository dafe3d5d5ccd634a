"""By key of an analysis, the names that options of the command line accept, and those refused."""

from collections.abc import Mapping

from liftproof.vocabulary.estimators import ESTIMATORS, NEEDS_WEIGHTS, WITH_GIVEN_WEIGHTS
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.models import MODELS, NOT_ONE_MODEL
from liftproof.vocabulary.predictions import PREDICTIONS
from liftproof.vocabulary.record import aliases

CHOICES: Mapping[str, tuple[str, ...]] = {
    "tau2": tuple(ESTIMATORS),
    "interval": tuple(INTERVALS),
    "prediction": tuple(PREDICTIONS),
    "model": tuple(MODELS),
}
ALIASES: Mapping[str, Mapping[str, str]] = {
    "tau2": aliases(ESTIMATORS),
    "interval": aliases(INTERVALS),
    "prediction": aliases(PREDICTIONS),
}
"""metafor's names of what is called otherwise here; both are accepted."""
REFUSED: Mapping[str, Mapping[str, str]] = {
    "tau2": dict.fromkeys(WITH_GIVEN_WEIGHTS, NEEDS_WEIGHTS),
    "model": NOT_ONE_MODEL,
}
"""Names that exist but that a review cannot use, and why."""
