"""Measures that ``escalc`` knows and a review does not: no column holds their numbers, or no axis.

Matched pairs, coefficients alpha, semi-partial correlations, variables split in two, common
language effect sizes, and changes by both standard deviations.
"""

from collections.abc import Callable, Mapping

from liftproof.statistics.effects.common_language import (
    FROM_AREAS,
    FROM_MEANS_AREAS,
    FROM_PAIRS_AREAS,
)
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.matched import FROM_MATCHED
from liftproof.statistics.effects.paired_spread import FROM_PAIRS_SPREAD
from liftproof.statistics.effects.reliability import FROM_ALPHAS
from liftproof.statistics.effects.semi_partial import FROM_SEMI_PARTIAL
from liftproof.statistics.effects.split_variables import FROM_COUNTS_SPLIT, FROM_MEANS_SPLIT

BEYOND: Mapping[str, Mapping[str, Callable[..., Effect]]] = {
    "counts": FROM_COUNTS_SPLIT,
    "means": {**FROM_MEANS_SPLIT, **FROM_MEANS_AREAS},
    "pairs": {**FROM_PAIRS_AREAS, **FROM_PAIRS_SPREAD},
    "areas": FROM_AREAS,
    "matched": FROM_MATCHED,
    "alphas": FROM_ALPHAS,
    "semi_partial_correlations": FROM_SEMI_PARTIAL,
}
"""By kind of numbers, the measures that are computed from them; as ``by_source.FROM``."""

SCALES_BEYOND: Mapping[str, str] = {
    **dict.fromkeys(("MPRR", "MPOR", "MPORC", "MPPETO", "VRC", "CVRC"), "log"),
    "ZSPCOR": "fisher_z",
    "AHW": "cube_root",
    "ABT": "log_of_rest",
}
"""By measure, the scale on which it is pooled, where that is not its own."""
