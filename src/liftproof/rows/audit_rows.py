"""What ``liftproof audit`` says of a paper's forest plot: one class a list of its JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from liftproof.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedNumberRow:
    """A printed number beside the computed one."""

    line: int = column("line of the file", kind="count", required=True)
    label: str = column("trial or pool", required=True)
    kind: str = column("trial or pool", required=True)
    quantity: str = column("which number", required=True)
    printed: str = column("as printed", required=True)
    computed: float | None = column("as computed", kind="number")
    verdict: str = column("how near the computed number comes", required=True)
    cause: str = column("likeliest departure, or pair of them; empty where none is named")
    words: str = column("what was found of its cause, or what is missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFindingRow:
    """What a rule found. ``numbers``: those that it looked at, as texts."""

    rule: str = column("name of the rule", required=True)
    line: int = column("line of the file", kind="count", required=True)
    label: str = column("trial or pool", required=True)
    cell: str = column("column of the file to look at", required=True)
    numbers: Mapping[str, str] = field(default_factory=dict)
    words: str = column("the finding in a sentence")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsRow:
    """Which method gives the printed weights of a pool's trials."""

    line: int = column("line of the pool", kind="count", required=True)
    label: str = column("the pool", required=True)
    fits: str = column("methods that give all printed weights; empty where none does")
    tried: int = column("methods tried", kind="count", required=True)
    nearest: str = column("the method that comes nearest", required=True)
    farthest: float = column("its largest departure from a printed weight, percentage points")
    off: str = column("trials whose printed weight it does not give, lines of the file")


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRow:
    """Whether trials that round to the printed rows can give the printed pool."""

    line: int = column("line of the pool", kind="count", required=True)
    label: str = column("the pool", required=True)
    method: str = column("how the pool was taken to be made", required=True)
    finding: str = column(
        "whether rows within the printed digits give the pool: within, they do; outside, proved "
        "that none do; not_found, a search found none; not_asked, the rows cannot be looked at so",
        required=True,
        allowed=("within", "outside", "not_found", "not_asked"),
    )
    beyond: str = column("the printed numbers that no such rows give")
    estimate_low: float | None = column("least estimate of such rows", kind="number")
    estimate_high: float | None = column("largest estimate of such rows", kind="number")
    is_proved: str = column(
        "whether the two bound every choice of rows (yes), or are the ends that a search met (no)",
        allowed=("yes", "no"),
    )
    searched: int = column(
        "sets of rows that were pooled in the search", kind="count", required=True
    )
