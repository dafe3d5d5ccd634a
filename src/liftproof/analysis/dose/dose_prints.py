"""Slopes that a review printed: the models that are to give them, in the shape of estimates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liftproof.columns import column
from liftproof.rows.dose_rows import DoseRow
from liftproof.rows.result_rows import EstimateRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SlopeEstimate(EstimateRow):
    """A slope as an estimate without a pooled effect: ``slope``, its p value, k and τ²."""

    slope: float | None = column("slope per unit of dose, analysis scale", kind="number")


def slopes_of(rows: Sequence[DoseRow]) -> Mapping[str, SlopeEstimate]:
    """Return the slope of each printed target that a dose question names."""
    return {row.target: _slope(row) for row in rows if row.target and not row.left_out}


def _slope(row: DoseRow) -> SlopeEstimate:
    return SlopeEstimate(
        review=row.review,
        analysis=row.analysis,
        title=row.title,
        measure=row.measure,
        k=row.k or 0,
        studies=row.studies,
        tau2_method=row.tau2_method,
        interval=row.interval,
        p_value=row.p_value,
        tau2=row.tau2,
        model=row.model,
        unverified=row.unverified,
        reconstructed=row.reconstructed,
        slope=row.slope,
    )
