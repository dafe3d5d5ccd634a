"""The contents of ``data/claims.yaml``: sentences that are published, and what each would need."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.reviews.model.keys import (
    CodeKind,
    IdKind,
    ListKind,
    MappingKind,
    NumberKind,
    PartsKind,
    RecordKind,
    RecordsKind,
    TextKind,
    key,
)
from liftproof.reviews.model.trial_group import GROUP, TrialGroup

INTERVAL, CONFIDENCE, POSTERIOR, PREDICTION, FEW_TRIALS, AS_PRINTED = CERTAINTIES = (
    "interval",
    "confidence",
    "posterior",
    "prediction",
    "few_trials",
    "as_printed",
)
"""Ways to be certain: the 95 % interval, the confidence distribution, the posterior (half-normal
prior on τ), the prediction interval for a new setting, the interval by Hartung and Knapp, the
interval that the review printed."""

BELOW, AT_MOST, REDUCTION = POINTS = ("below", "at_most", "reduction")
"""What the estimate has to be: below a value, at most a value, or a reduction in percent that is
reached after rounding to whole percents (ratios only)."""

WHOLE = 100.0

CERTAINTY = CodeKind(
    allowed=CERTAINTIES,
    meanings={
        INTERVAL: "the 95 % limit of the mean effect meets `point`",
        CONFIDENCE: "the confidence distribution puts 95 % there",
        POSTERIOR: "the posterior does (half-normal prior on τ, flat on the effect; ratios only)",
        PREDICTION: "the 95 % limit of the effect in a new setting meets it",
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
SHARE = NumberKind(
    holds="a share above 0, up to 1",
    fits=lambda value: 0 < value <= 1,
    wrong="not a share",
    remedy="write a number up to 1",
)
OF_REVIEW = PartsKind(
    holds="review/analysis",
    separator="/",
    count=2,
    remedy="write such as lauersen2018/overall",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What the estimate has to be: one of the three, on the natural scale, or in percent."""

    below: float | None = key("the estimate is lower than this", VALUE, example="0.5")
    at_most: float | None = key("the estimate is no higher than this", VALUE, example="0.55")
    reduction: float | None = key(
        "the estimate, a ratio, is a reduction by at least so many percent after rounding to whole "
        "percents",
        PERCENTAGE,
        example="66",
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
        """The value that the estimate must not exceed, natural scale.

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
        return estimate < self.threshold if self.kind == BELOW else estimate <= self.threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied:
    """Groups that a reader of a sentence will think of; empty for any."""

    population: str = key("people", GROUP, otherwise="any", example="runners")
    exposure: str = key("training", GROUP, otherwise="any", example="strength")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence, or a part of one, and what would have to be true for it.

    ``source``: review and analysis that bear on it; empty where nothing does. ``covers``: what the
    review's estimate is of, told where that is not what the sentence implies. ``reason``: why
    nothing here can test it.
    """

    id: str = key(
        "name of the claim in files, unique",
        IdKind(example="average_two_thirds"),
        required=True,
        example="average_two_thirds",
    )
    claimed: str = key(
        "the sentence, as published", required=True, example="Injuries are reduced by 66 %."
    )
    where: str = key("where it was published", required=True, example="A clinic's page")
    part: str = key(
        "the part of the sentence that is meant",
        otherwise="the whole",
        example="effective in adults",
    )
    source: tuple[str, ...] = key(
        "analysis that answers; required unless `reason` is given",
        OF_REVIEW,
        name="analysis",
        example="lauersen2018/overall",
    )
    implies: Implied = key(
        "groups of trials that a reader of the sentence will think of",
        RecordKind(table=Implied),
        default=Implied(),
        otherwise="any",
        example="{population: runners, exposure: strength}",
    )
    covers: str = key(
        "what the review's estimate is of, where that is not what the sentence implies",
        example="exercise programmes of all kinds",
    )
    point: Bound | None = key(
        "condition on the estimate, one of `below`, `at_most` and `reduction`; this, `dose`, "
        "`requires` or `reason` decides a claim",
        RecordKind(table=Bound, one="condition"),
        example="{below: 0.5}",
    )
    certainty: tuple[str, ...] = key(
        "ways in which `point` has to be certain; the one that holds least decides",
        ListKind(of=CERTAINTY),
        otherwise="none: the estimate alone",
        example="[interval, prediction]",
    )
    dose: str = key(
        "dose question of the review that decides",
        TextKind(holds="`id` of a dose question"),
        example="repetitions",
    )
    requires: Mapping[str, str] = key(
        "value in a column that some result of the trials must have",
        MappingKind(
            names="a column of studies.csv or outcomes.csv",
            of=TextKind(),
            empty=("nothing is required", "write a column and its value"),
        ),
        example="{outcome_class: adverse_event}",
    )
    beside: tuple[tuple[str, ...], ...] = key(
        "further analyses that a reader should see",
        ListKind(of=OF_REVIEW),
        otherwise="none",
        example="[lauersen2018/counts]",
    )
    reason: str = key("why nothing here can test it", example="no trial measured it")
    line: int = 0

    @property
    def review(self) -> str:
        """The review that bears on it, empty for none."""
        return self.source[0] if self.source else ""

    @property
    def analysis(self) -> str:
        """The analysis that bears on it, empty for none."""
        return self.source[1] if self.source else ""

    @property
    def population(self) -> str:
        """The group of people that the sentence implies, empty for any."""
        return self.implies.population

    @property
    def exposure(self) -> str:
        """The group of training that the sentence implies, empty for any."""
        return self.implies.exposure


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The whole file.

    ``least_share``: share of an analysis's trials that must belong to a group for the analysis to
    be one of that group.
    """

    addressed: str = key(
        "group that the sentences are published for: how many trials were of it is told",
        GROUP,
        name="readers",
        otherwise="not told",
        example="runners",
    )
    least_share: float = key(
        "share of the trials that must be of what a sentence implies",
        SHARE,
        default=0.75,
        example="0.75",
    )
    groups: Mapping[str, TrialGroup] = key(
        "groups of trials, each by a name",
        MappingKind(names="a name", of=RecordKind(table=TrialGroup)),
        otherwise="none",
        example="{runners: {words: runners, sport: [running]}}",
    )
    claims: tuple[Claim, ...] = key(
        "the sentences",
        RecordsKind(table=Claim, singular="claim", plural="claims"),
        required=True,
        default=(),
        example="[{id: a, claimed: A sentence., where: A page, reason: untested}]",
    )

    @property
    def readers(self) -> TrialGroup | None:
        """The group that the sentences are published for, None where it is not told."""
        return self.groups.get(self.addressed)
