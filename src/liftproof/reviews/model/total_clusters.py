"""How many clusters a trial has, of what size, and the design effect that they give."""

import re

from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.vocabulary.sources import SOURCES

CLUSTERS_TOTAL = "clusters_total"
"""A column of studies.csv."""
_PLAIN = re.compile(r"[0-9]{1,12}(?:\.[0-9]{0,12})?")


def total_clusters(study: Study) -> float:
    """Return how many clusters the trial is said to have in all; 0 where that is not known."""
    text = study.moderators.get(CLUSTERS_TOTAL, "").strip()
    return float(text) if _PLAIN.fullmatch(text) else 0.0


def clusters_of_arms(study: Study) -> float:
    """Return how many clusters both arms have; 0 where that is not known."""
    arms = (study.clusters_intervention, study.clusters_control)
    return 0.0 if None in arms else float(sum(n for n in arms if n))


def cluster_size(outcome: Outcome, clusters: float) -> float | None:
    """Return participants a cluster, None where participants or clusters are not known."""
    of_arms = (outcome.n_intervention, outcome.n_control)
    participants = of_arms if outcome.n is None else (outcome.n,)
    if None in participants or not clusters:
        return None
    return sum(n for n in participants if n) / clusters


def known_design_effect(study: Study, outcome: Outcome) -> float | None:
    """Return the design effect that a trial states, or 1 + (m - 1) ICC; None if neither is known.

    m: participants a cluster, 1 or more, by the clusters of both arms or by those in all. Source:
    see :func:`liftproof.statistics.clustering.design_effect_from_icc`.
    """
    if study.design_effect is not None:
        return study.design_effect
    size = cluster_size(outcome, clusters_of_arms(study) or total_clusters(study))
    if study.icc is None or size is None:
        return None
    return 1 + (max(1.0, size) - 1) * study.icc


def is_unadjusted(study: Study, outcome: Outcome, source: str) -> bool:
    """Say whether nothing in a cluster trial's result allows for its clusters, as extracted.

    ``source``: what the effect is computed from. An effect that its authors computed is taken at
    their word, also where ``cluster_adjusted`` says that they leave it unclear.
    """
    is_effect = not SOURCES[source].arms if source else False
    is_adjusted = is_effect and outcome.cluster_adjusted in ("yes", "unclear")
    return study.design == "cluster" and outcome.design_effect is None and not is_adjusted
