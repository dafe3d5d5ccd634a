"""What the options of a choice are called: in the multiverse, in its figure, in the explorer."""

from liftproof.vocabulary.clustering import CLUSTERINGS
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import MODELS
from liftproof.vocabulary.smd_formulas import SMD_FORMULAS
from liftproof.vocabulary.zero_cells import ZERO_CELLS

_RECORDS = {
    "measure": MEASURES,
    "clustering": CLUSTERINGS,
    "zero_cells": ZERO_CELLS,
    "smd": SMD_FORMULAS,
    "tau2": ESTIMATORS,
    "interval": INTERVALS,
    "model": MODELS,
}
_NAMES = {"taken": "taken as they are", "left_out": "left out"}


def option_name(kind: str, code: str) -> str:
    """Return what an option of a choice is called; an extraction of a trial, by its name.

    >>> option_name("measure", "OR"), option_name("clustering", "ICC 0.02")
    ('odds ratio', 'ICC 0.02')
    >>> option_name("trial", "new_rates (IRR taken as RR)")
    'new rates (IRR taken as RR)'
    """
    record = _RECORDS.get(kind, {}).get(code)
    return record.name if record else _NAMES.get(code, code.replace("_", " "))
