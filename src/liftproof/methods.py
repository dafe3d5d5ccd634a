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
INTERVALS = ("wald", "t", "hksj", "hksj_adhoc", "hksj_hybrid", "hksj_iqwig", "kr")
ALIASES = {
    "tau2": {"EE": "FE"},
    "interval": {"z": "wald", "knha": "hksj", "adhoc": "hksj_adhoc"},
}
"""By key of an analysis, metafor's names of what is called otherwise here; both are accepted."""

INVERSE_VARIANCE = "IV"
MODELS = (
    *(INVERSE_VARIANCE, "MH", "Peto", "UM.FS", "UM.RS", "CM.EL", "CM.AL"),
    "beta-binomial",
)
"""How trials are pooled: by inverse variance, or from their counts."""

CLUSTERING = ("as_extracted", "design_effect", "ignore")
