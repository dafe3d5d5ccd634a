"""The contents of ``data/claims.yaml``: sentences that are published, and what each would need."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Trials of one kind: those in which a column of ``select`` has one of its values."""

    id: str
    words: str
    select: Mapping[str, tuple[str, ...]]
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The condition on the estimate; ``value`` on the natural scale, percent for a reduction."""

    kind: str
    value: float

    @property
    def threshold(self) -> float:
        """The value that the estimate must not exceed, natural scale.

        >>> round(Point(kind="reduction", value=66).threshold, 3)
        0.345
        """
        if self.kind == REDUCTION:
            return 1 - (self.value - 0.5) / WHOLE
        return self.value

    def holds(self, estimate: float) -> bool:
        """Say whether an estimate on the natural scale meets the condition.

        >>> Point(kind="at_most", value=0.55).holds(0.55)
        True
        """
        return estimate < self.threshold if self.kind == BELOW else estimate <= self.threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence, or a part of one, and what would have to be true for it.

    ``review``, ``analysis``: what bears on it; both empty where nothing does.
    ``population``, ``exposure``: groups that the sentence implies; empty for any.
    ``covers``: what the review's estimate is of, told where that is not what the sentence implies.
    ``point``, ``certainty``: conditions on the estimate, and the ways in which it has to be
    certain. ``dose``: dose question that answers instead. ``requires``: column to the value that
    some result of the trials must have. ``beside``: further analyses that are told.
    ``reason``: why nothing here can test it.
    """

    id: str
    claimed: str
    where: str
    part: str = ""
    review: str = ""
    analysis: str = ""
    population: str = ""
    exposure: str = ""
    covers: str = ""
    point: Point | None = None
    certainty: tuple[str, ...] = ()
    dose: str = ""
    requires: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The whole file. ``readers``: the group that the sentences are published for.

    ``least_share``: share of an analysis's trials that must belong to a group for the analysis to
    be one of that group.
    """

    readers: Group | None = None
    least_share: float = 0.75
    groups: Mapping[str, Group] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
