"""Which choices of an analysis are defensible: the key ``multiverse`` of ``review.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from liftproof.vocabulary.choices import CHOICES
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.zero_cells import DEFENSIBLE_ZERO_CELLS

OTHER_MEASURES = ("taken", "left_out")
"""What becomes of a reported ratio of another kind than the analysis pools."""
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "clustering": CHOICES["clustering"],
    "measure": tuple(code for code, measure in MEASURES.items() if measure.is_departure),
    "tau2": CHOICES["tau2"],
    "interval": CHOICES["interval"],
    "zero_cells": DEFENSIBLE_ZERO_CELLS,
    "other_measures": OTHER_MEASURES,
}
"""By choice, the options that may be listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Defensible:
    """The options of an analysis that a careful reader would accept; empty for the usual ones.

    ``is_asked``: whether the key is written, even without options: then choices are gone through
    where no estimate was printed as well. ``icc``: intracluster correlations tried for trials whose
    clusters are known. ``doubtful``: column to the values of rows that may as well be left out.
    ``variants``: trial to the extractions considered, where not all are.
    """

    is_asked: bool = False
    clustering: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    tau2: tuple[str, ...] = ()
    interval: tuple[str, ...] = ()
    zero_cells: tuple[str, ...] = ()
    other_measures: tuple[str, ...] = ()
    icc: tuple[float, ...] | None = None
    doubtful: Mapping[str, tuple[str, ...]] | None = None
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
