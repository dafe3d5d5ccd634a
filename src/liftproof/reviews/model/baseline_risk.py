"""The risk at which absolute effects are told: the key ``baseline_risk`` of an analysis."""

from dataclasses import dataclass

from liftproof.reviews.model.keys import NumberKind, key

PROBABILITY = NumberKind(
    holds="a probability between 0 and 1",
    fits=lambda value: 0 < value < 1,
    wrong="not a baseline risk",
    remedy="write a probability between 0 and 1, such as 0.12",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineRisk:
    """A risk without the intervention, a probability, and where it is from, in words."""

    risk: float = key("risk without the intervention", PROBABILITY, required=True, example="0.12")
    source: str = key("where the risk is from", required=True, example="a cohort of runners")
