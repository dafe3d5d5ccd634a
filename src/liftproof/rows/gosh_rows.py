"""The rows of ``gosh.csv``: pooled subsets of the trials of one analysis."""

from dataclasses import dataclass

from liftproof.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class GoshRow:
    """A row of ``gosh.csv``: one subset of two or more results, pooled as the analysis is."""

    review: str = column("review", required=True)
    analysis: str = column("first analysis by inverse variance of enough results", required=True)
    size: int = column("number of results in the subset", kind="count", required=True)
    estimate: float | None = column("pooled estimate, natural scale", kind="number")
    i2: float | None = column("I², percent, from tau² (from Q for FE)", kind="number")
    trial: str = column(
        "key of the result that moves the estimates of subsets most, as in diagnostics.csv"
    )
    has_trial: str = column("whether the subset has it", allowed=("yes", "no"))
    is_exhaustive: str = column(
        "whether these are all subsets, or a sample drawn with a seed", allowed=("yes", "no")
    )
