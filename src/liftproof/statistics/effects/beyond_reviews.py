"""Measures that ``escalc`` knows and a review does not: no column holds their numbers, or no axis.

Matched pairs, coefficients alpha, semi-partial correlations, R², genotypes, common language effect
sizes, and changes by both standard deviations.
"""

from collections.abc import Callable, Mapping

from liftproof.statistics.effects.common_language import (
    FROM_AREAS,
    FROM_MEANS_AREAS,
    FROM_PAIRS_AREAS,
)
from liftproof.statistics.effects.effect import Effect
from liftproof.statistics.effects.explained_variance import FROM_MODELS
from liftproof.statistics.effects.heterozygosity import FROM_GENOTYPES
from liftproof.statistics.effects.matched import FROM_MATCHED, FROM_MATCHED_MARGINS
from liftproof.statistics.effects.paired_spread import FROM_PAIRS_SPREAD
from liftproof.statistics.effects.reliability import FROM_ALPHAS
from liftproof.statistics.effects.semi_partial import FROM_SEMI_PARTIAL

BEYOND: Mapping[str, Mapping[str, Callable[..., Effect]]] = {
    "means": FROM_MEANS_AREAS,
    "pairs": {**FROM_PAIRS_AREAS, **FROM_PAIRS_SPREAD},
    "areas": FROM_AREAS,
    "matched": FROM_MATCHED,
    "matched_margins": FROM_MATCHED_MARGINS,
    "alphas": FROM_ALPHAS,
    "semi_partial_correlations": FROM_SEMI_PARTIAL,
    "models": FROM_MODELS,
    "genotypes": FROM_GENOTYPES,
}
"""By kind of numbers, the measures that are computed from them; as ``by_source.FROM``."""

SCALES_BEYOND: Mapping[str, str] = {
    **dict.fromkeys(("MPRR", "MPOR", "MPORM", "MPORC", "MPPETO", "REH", "VRC", "CVRC"), "log"),
    "ZSPCOR": "fisher_z",
    "ZR2": "fisher_z_of_root",
    "AHW": "cube_root",
    "ABT": "log_of_rest",
}
"""By measure, the scale on which it is pooled, where that is not its own."""
