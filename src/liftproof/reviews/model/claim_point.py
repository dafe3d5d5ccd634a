"""What the estimate behind a published sentence has to be, and how certain it has to be."""

from dataclasses import dataclass

from liftproof.reviews.model.directions import HIGHER, LOWER
from liftproof.reviews.model.keys import CodeKind, NumberKind, key

INTERVAL, CONFIDENCE, POSTERIOR, PREDICTION, FEW_TRIALS, AS_PRINTED = CERTAINTIES = (
    "interval",
    "confidence",
    "posterior",
    "prediction",
    "few_trials",
    "as_printed",
)
"""Ways to be certain: the interval, the confidence distribution, the posterior (half-normal
prior on τ), the prediction interval for a new setting, the interval by Hartung and Knapp, the
interval that the review printed."""

BELOW, AT_MOST, REDUCTION, ABOVE = POINTS = ("below", "at_most", "reduction", "above")
"""What the estimate has to be: below a value, at most a value, or a reduction in percent that is
reached after rounding to whole percents (ratios only); above a value, where higher is better."""

WHOLE = 100.0

CERTAINTY = CodeKind(
    allowed=CERTAINTIES,
    meanings={
        INTERVAL: "the limit of the mean effect meets `point`",
        CONFIDENCE: "the confidence distribution puts the level of the review there",
        POSTERIOR: "the posterior does (half-normal prior on τ, flat on the effect; ratios only)",
        PREDICTION: "the limit of the effect in a new setting meets it",
        FEW_TRIALS: "the limit by REML and Hartung-Knapp, never narrower than Wald, meets it",
        AS_PRINTED: "the limit that the review itself printed meets it",
    },
    what="kind of certainty",
)


VALUE = NumberKind(
    holds="a number, such as 0.5 or 1/3",
    fits=lambda _: True,
    wrong="not a number",
    remedy="write such as 0.5 or 1/3",
)
PERCENTAGE = NumberKind(
    holds="a percentage from 1 to below 100",
    fits=lambda value: 1 <= value < WHOLE,
    wrong="not a percentage",
    remedy="write such as 66",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What the estimate has to be: one of the four, on the natural scale, or in percent."""

    below: float | None = key("the estimate is lower than this", VALUE, example="0.5")
    at_most: float | None = key("the estimate is no higher than this", VALUE, example="0.55")
    reduction: float | None = key(
        "the estimate, a ratio, is a reduction by at least so many percent after rounding to whole "
        "percents",
        PERCENTAGE,
        example="66",
    )
    above: float | None = key(
        "the estimate is higher than this, in an analysis of which higher values are better",
        VALUE,
        example="0.1",
    )

    @property
    def kind(self) -> str:
        """The name of the one that is given."""
        return next(name for name in POINTS if getattr(self, name) is not None)

    @property
    def value(self) -> float:
        """The value of the one that is given."""
        return float(getattr(self, self.kind))

    @property
    def threshold(self) -> float:
        """The value that the estimate must not be worse than, natural scale.

        >>> round(Bound(reduction=66).threshold, 3)
        0.345
        """
        if self.kind == REDUCTION:
            return 1 - (self.value - 0.5) / WHOLE
        return self.value

    def holds(self, estimate: float) -> bool:
        """Say whether an estimate on the natural scale meets the condition.

        >>> Bound(at_most=0.55).holds(0.55)
        True
        """
        if self.kind == ABOVE:
            return estimate > self.threshold
        return estimate < self.threshold if self.kind == BELOW else estimate <= self.threshold

    @property
    def better(self) -> str:
        """Which values are better, if a sentence asks for this."""
        return HIGHER if self.kind == ABOVE else LOWER
