"""What RevMan calls things: outcomes by kind, their numbers, measures and methods."""

from collections.abc import Mapping

KINDS = ("DICH", "CONT", "IV", "IPD")
"""Of outcomes with numbers; OTHER holds text alone."""
TOTALS: Mapping[str, str] = {"TOTAL_1": "n_intervention", "TOTAL_2": "n_control"}
EVENTS: Mapping[str, str] = {"EVENTS_1": "events_intervention", "EVENTS_2": "events_control"}
MEANS: Mapping[str, str] = {
    "MEAN_1": "mean_intervention",
    "SD_1": "sd_intervention",
    "MEAN_2": "mean_control",
    "SD_2": "sd_control",
}
NUMBERS: Mapping[str, Mapping[str, str]] = {
    "DICH": {**EVENTS, **TOTALS},
    "CONT": {**MEANS, **TOTALS},
    "IV": TOTALS,
    "IPD": {**EVENTS, **TOTALS},
}
"""Attributes of a row that are taken over as they are, by kind of outcome."""
POSITIVE: Mapping[str, tuple[str, ...]] = {
    "DICH": ("TOTAL_1", "TOTAL_2"),
    "CONT": ("TOTAL_1", "TOTAL_2", "SD_1", "SD_2"),
    "IV": ("SE",),
    "IPD": ("VAR",),
}
"""Attributes without which, or at 0, a row has no effect."""
MEASURES_OF_REVMAN: Mapping[str, str] = {
    "rr": "RR",
    "risk ratio": "RR",
    "or": "OR",
    "odds ratio": "OR",
    "peto_or": "OR",
    "peto odds ratio": "OR",
    "rd": "RD",
    "risk difference": "RD",
    "md": "MD",
    "mean difference": "MD",
    "smd": "SMD",
    "std. mean difference": "SMD",
    "standardised mean difference": "SMD",
    "hr": "HR",
    "hazard ratio": "HR",
    "hazard_ratio": "HR",
    "rate ratio": "IRR",
    "incidence rate ratio": "IRR",
    "ratio of means": "ROM",
}
"""In small letters; any other measure of an outcome of effects is taken as given."""
OWN_MODELS: Mapping[str, str] = {"MH": "MH", "PETO": "Peto"}
"""Methods that are models of counts here, where the effect is fixed."""
GROUP = "revman_group"
KEPT_OUT = "revman_kept_out"
NOT_ESTIMABLE, WITHOUT_WEIGHT = "not_estimable", "weight_zero"
