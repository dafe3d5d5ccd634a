"""The contents of ``data/claims.yaml``: sentences that are published, and what each would need."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.reviews.model.caution import Caution
from liftproof.reviews.model.claim_point import CERTAINTY, Bound
from liftproof.reviews.model.keys import (
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
class Implied:
    """Groups that a reader of a sentence will think of; empty for any."""

    population: str = key("people", GROUP, otherwise="any", example="runners")
    exposure: str = key("training", GROUP, otherwise="any", example="strength")
    outcome: str = key("what was counted", GROUP, otherwise="any", example="any_injury")


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
        example="{population: runners, exposure: strength, outcome: any_injury}",
    )
    covers: str = key(
        "what the review's estimate is of, where that is not what the sentence implies",
        example="exercise programmes of all kinds",
    )
    point: Bound | None = key(
        "condition on the estimate, one of `below`, `at_most`, `reduction`, `above`; this, `dose`, "
        "`against`, `requires` or `reason` decides a claim",
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
    against: tuple[tuple[str, ...], ...] = key(
        "further analyses of the same review, of other trials: the estimate has to be better than "
        "that of each",
        ListKind(of=OF_REVIEW, empty=("held against nothing", "write such as [one/other]")),
        otherwise="none",
        example="[lauersen2014/stretching]",
    )
    requires: Mapping[str, str] = key(
        "value in a column that a result of the trials must have, with no harm in it",
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

    @property
    def outcome(self) -> str:
        """The group of outcomes that the sentence implies, empty for any."""
        return self.implies.outcome


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
    cautions: tuple[Caution, ...] = key(
        "what to say beside the verdicts",
        RecordsKind(table=Caution, singular="caution", plural="cautions"),
        otherwise="none",
        example="[{id: a, text: Pain needs an assessment first., source: A guideline}]",
    )

    @property
    def readers(self) -> TrialGroup | None:
        """The group that the sentences are published for, None where it is not told."""
        return self.groups.get(self.addressed)
