"""How many clusters a trial has in all, where those of its arms are not told apart."""

import re

from liftproof.reviews.model.review_tables import Study

CLUSTERS_TOTAL = "clusters_total"
"""A column of studies.csv."""
_PLAIN = re.compile(r"[0-9]{1,12}(?:\.[0-9]{0,12})?")


def total_clusters(study: Study) -> float:
    """Return how many clusters the trial is said to have in all; 0 where that is not known."""
    text = study.moderators.get(CLUSTERS_TOTAL, "").strip()
    return float(text) if _PLAIN.fullmatch(text) else 0.0
