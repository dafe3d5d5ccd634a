"""metafor's names of the columns of ``outcomes.csv``, as ``escalc`` of that R package has them."""

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "ai": "events_intervention",
    "n1i": "n_intervention",
    "ci": "events_control",
    "n2i": "n_control",
    "t1i": "person_time_intervention",
    "t2i": "person_time_control",
    "m1i": "mean_intervention",
    "sd1i": "sd_intervention",
    "m2i": "mean_control",
    "sd2i": "sd_control",
    "yi": "y",
    "vi": "v",
}
EVENTS_OF_RATES: Mapping[str, str] = {"x1i": "ai", "x2i": "ci"}
"""What events are called where they are divided by person-time."""
WITHOUT: Mapping[str, tuple[str, str]] = {"bi": ("ai", "n1i"), "di": ("ci", "n2i")}
"""People without an event: the column of events and that of all people, which is their sum."""
STANDARD_ERROR = "sei"
LABEL = "slab"
OF_STUDY = "study."
"""Before a column of ``studies.csv`` whose name ``outcomes.csv`` has too."""
MISSING = ("NA", "NaN")
"""What R writes for a missing value."""


def effect_columns(analysis: str) -> tuple[str, str]:
    """Return the columns in which an export gives the effects that an analysis pools.

    >>> effect_columns("overall")
    ('yi.overall', 'vi.overall')
    """
    return f"yi.{analysis}", f"vi.{analysis}"
