"""What becomes of the variances of cluster-randomised trials."""

from dataclasses import dataclass

from liftproof.vocabulary.record import Record, by_code


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusteringRecord(Record):
    """One treatment of clusters; ``sentence``: what the Methods text says of it."""

    sentence: str


CLUSTERINGS = by_code(
    ClusteringRecord(
        code="as_extracted",
        name="as extracted",
        sentence="Results of cluster-randomised trials enter as they were extracted",
    ),
    ClusteringRecord(
        code="design_effect",
        name="inflated by the design effect",
        sentence="Variances of cluster-randomised trials that were not yet adjusted are inflated "
        "by the design effect that is given, or by 1 + (m − 1) × ICC with the mean cluster size m, "
        "which is too little where clusters are of unlike size",
    ),
    ClusteringRecord(
        code="ignore",
        name="ignored",
        sentence="Clustering is ignored: the variances of cluster-randomised trials are too small",
    ),
)
