"""Names of methods that ``review.yaml`` and the command line accept; metafor's where it has one."""

TAU2_METHODS = (
    "FE",
    "DL",
    "HE",
    "HS",
    "HSk",
    "SJ",
    "ML",
    "REML",
    "EB",
    "PM",
    "PMM",
    "DLIT",
    "SJIT",
)
GIVEN_WEIGHTS = ("GENQ", "GENQM")
NEEDS_WEIGHTS = (
    "GENQ and GENQM need weights=, one a trial: 1/v gives the estimator DL, equal weights HE."
)
"""Why a review, which gives no weights, cannot name them."""
INTERVALS = ("wald", "t", "hksj", "hksj_adhoc", "hksj_hybrid", "hksj_iqwig", "kr")
PREDICTIONS = (
    *("riley", "metafor", "t", "simple"),
    *("HTS", "V", "S", "HK", "HK-PR", "KR", "KR-PR", "SJ"),
)
"""Conventions of the prediction interval: metafor's, then meta's and pimeta's."""
DEFAULT_PREDICTION = "riley"
ALIASES = {
    "tau2": {"EE": "FE"},
    "interval": {"z": "wald", "knha": "hksj", "adhoc": "hksj_adhoc"},
    "prediction": {"Riley": "riley"},
}
"""By key of an analysis, metafor's names of what is called otherwise here; both are accepted."""
GLMMS = "GLMM stands for several models: write UM.FS, UM.RS, CM.EL or CM.AL."
REFUSED = {
    "tau2": dict.fromkeys(GIVEN_WEIGHTS, NEEDS_WEIGHTS),
    "model": {"GLMM": GLMMS},
}
"""By key of an analysis, names that exist but that a review cannot use, and why."""

INVERSE_VARIANCE = "IV"
THREE_LEVEL = "three-level"
COUNT_MODELS = ("MH", "Peto", "UM.FS", "UM.RS", "CM.EL", "CM.AL", "beta-binomial")
MODELS = (INVERSE_VARIANCE, THREE_LEVEL, *COUNT_MODELS)
"""How trials are pooled: by inverse variance, several results a trial, or from their counts."""

CLUSTERING = ("as_extracted", "design_effect", "ignore")
