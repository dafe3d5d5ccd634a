"""Names of methods that ``review.yaml`` and the command line accept; metafor's where it has one."""

TAU2_METHODS = ("FE", "DL", "PM", "REML")
INTERVALS = ("wald", "hksj", "hksj_adhoc")
CLUSTERING = ("as_extracted", "design_effect", "ignore")
