"""What the options of a choice are called: in the multiverse, in its figure, in the explorer."""

import re
from collections.abc import Mapping

from liftproof.reviews.model.review_tables import PRIMARY
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
_NAMES = {"taken": "taken as they are", "left_out": "left out", PRIMARY: "main extraction"}
_VARIANT = re.compile(r"[^ ,]+")
"""Of an extraction, before what it is computed from and taken as."""


def option_name(kind: str, code: str, names: Mapping[str, str]) -> str:
    """Return what an option of a choice is called; an extraction of a trial, by its name.

    ``names``: those that the review declares for its codes.

    >>> option_name("measure", "OR", {}), option_name("clustering", "ICC 0.02", {})
    ('odds ratio', 'ICC 0.02')
    >>> option_name("trial", "new_rates (IRR taken as RR)", {"new_rates": "new injuries, rates"})
    'new injuries, rates (IRR taken as RR)'
    """
    record = _RECORDS.get(kind, {}).get(code)
    if record:
        return record.name
    declared = names if kind == "trial" else {}
    variant = _VARIANT.match(code)
    end = variant.end() if variant else 0
    return variant_name(code[:end], declared) + code[end:].replace("_", " ")


def variant_name(code: str, names: Mapping[str, str]) -> str:
    """Return what an extraction of a result is called; ``names``: as the review declares them.

    >>> variant_name("primary", {}), variant_name("hazard_ratio", {})
    ('main extraction', 'hazard ratio')
    """
    return names.get(code) or _NAMES.get(code, code.replace("_", " "))
