"""The codes that keys of a review may hold, drawn from the vocabulary."""

from collections.abc import Mapping

from liftproof.reviews.model.directions import DIRECTIONS
from liftproof.reviews.model.keys import CodeKind
from liftproof.vocabulary.choices import REFUSED
from liftproof.vocabulary.clustering import CLUSTERINGS
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.measures import MEASURES, STAND_INS
from liftproof.vocabulary.models import MODELS
from liftproof.vocabulary.predictions import PREDICTIONS
from liftproof.vocabulary.record import Record, aliases
from liftproof.vocabulary.smd_formulas import CHANGE_SDS, SMD_FORMULAS

NOTHING: Mapping[str, str] = {}


def code_kind(records: Mapping[str, Record], refused: Mapping[str, str] = NOTHING) -> CodeKind:
    """Return the kind of a key that holds the code of one of the records."""
    return CodeKind(
        allowed=tuple(records),
        meanings={code: record.name for code, record in records.items()},
        aliases=aliases(records),
        refused=refused,
    )


MEASURE = code_kind(MEASURES)
TAU2 = code_kind(ESTIMATORS, REFUSED["tau2"])
INTERVAL = code_kind(INTERVALS)
PREDICTION = code_kind(PREDICTIONS)
MODEL = code_kind(MODELS, REFUSED["model"])
CLUSTER = code_kind(CLUSTERINGS)
POOLED_WITH = CodeKind(
    allowed=tuple(STAND_INS.values()),
    meanings={code: MEASURES[code].name for code in STAND_INS.values()},
)
BETTER = CodeKind(allowed=DIRECTIONS)
SMD = code_kind(SMD_FORMULAS)
CHANGE_SD = code_kind(CHANGE_SDS)
