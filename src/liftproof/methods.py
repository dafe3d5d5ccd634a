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
CLUSTERING = ("as_extracted", "design_effect", "ignore")
