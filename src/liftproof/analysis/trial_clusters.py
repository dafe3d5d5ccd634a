"""What the rows of a review say about clusters of its trials."""

from collections.abc import Sequence

import numpy as np

from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.total_clusters import cluster_size, clusters_of_arms, total_clusters
from liftproof.statistics.checks import Array
from liftproof.statistics.clustering import ClusterData
from liftproof.vocabulary.sources import OF_ESTIMATES


def cluster_data(rows: Sequence[tuple[Study, Outcome]], sources: Sequence[str]) -> ClusterData:
    """Return what the rows of a review, each used by its source, say about clusters."""
    adjusted = [
        source in OF_ESTIMATES and outcome.cluster_adjusted == "yes"
        for (_, outcome), source in zip(rows, sources, strict=True)
    ]
    return ClusterData(
        extracted=_column([outcome.design_effect for _, outcome in rows]),
        is_adjusted=np.array(adjusted, dtype=np.bool_),
        stated=_column([study.design_effect or None for study, _ in rows]),
        icc=_column([study.icc for study, _ in rows]),
        size=_column([cluster_size(outcome, clusters_of_arms(study)) for study, outcome in rows]),
        assumed_size=_column([_assumed_size(study, outcome) for study, outcome in rows]),
    )


def _column(values: Sequence[float | None]) -> Array:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _assumed_size(study: Study, outcome: Outcome) -> float | None:
    """Return participants a cluster of a trial that randomised clusters, 1 or more."""
    size = cluster_size(outcome, clusters_of_arms(study) or total_clusters(study))
    return None if size is None or study.design != "cluster" else max(1.0, size)
