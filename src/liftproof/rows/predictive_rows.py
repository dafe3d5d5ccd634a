"""The rows of ``predictive.csv``: where the effects of new settings lie, as a curve."""

from dataclasses import dataclass

from liftproof.columns import column

CURVE, LIMIT, NO_EFFECT = POINTS = ("curve", "limit", "no_effect")


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictiveRow:
    """A row of ``predictive.csv``: the predictive distribution of an analysis at one effect."""

    review: str = column("review", required=True)
    analysis: str = column("analysis, which asks for it by `predictive`", required=True)
    prediction: str = column("convention of the prediction limits, whose density it is")
    point: str = column(
        "what the effect is: a point of the curve, a limit of the prediction interval, no effect; "
        "empty where there is no such distribution",
        allowed=POINTS,
    )
    estimate: float | None = column("effect, natural scale", kind="number")
    density: float | None = column(
        "density there, per unit of the analysis scale (log for ratios)", kind="number"
    )
    at_most: float | None = column(
        "share of new settings whose effect is at most this, 0 to 1", kind="number"
    )
    note: str = column("why there is none")
