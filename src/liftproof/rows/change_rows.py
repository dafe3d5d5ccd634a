"""The table of what additions did: ``changes.csv``, one class, one row an analysis and date.

Estimates and limits are on the natural scale (a ratio for ratio measures); tau² is on the analysis
scale (log for ratios).
"""

from dataclasses import dataclass

from liftproof.columns import column
from liftproof.reviews.model.grade import CERTAINTIES

NO_EFFECT, DIRECTION, CERTAINTY, POOLED = MOVES = (
    "no_effect",
    "direction",
    "certainty",
    "pooled",
)
"""How a conclusion moves: the interval excludes no effect and did not, or did and does not; the
estimate lies on the other side of it; the certainty by GRADE is another; there is an estimate where
there was none, or none where there was one."""
BETWEEN = "; "
"""Between several names in one cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A row of ``changes.csv``: one analysis before and after the additions of one date."""

    review: str = column("review", required=True)
    analysis: str = column("analysis", required=True)
    title: str = column("title of the analysis", required=True)
    measure: str = column("effect measure", required=True)
    added: str = column("date on which trials were added", kind="date", required=True)
    trials: str = column("keys of the trials added then that enter the analysis")
    k_before: int = column("number of effects pooled before", kind="count", required=True)
    k_after: int = column("number with them", kind="count", required=True)
    estimate_before: float | None = column("pooled estimate before, natural scale", kind="number")
    estimate_after: float | None = column("estimate with them", kind="number")
    ci_low_before: float | None = column("lower limit at the review's level, before", kind="number")
    ci_low_after: float | None = column("lower limit with them", kind="number")
    ci_high_before: float | None = column(
        "upper limit at the review's level, before", kind="number"
    )
    ci_high_after: float | None = column("upper limit with them", kind="number")
    tau2_before: float | None = column(
        "between-trial variance before, analysis scale", kind="number"
    )
    tau2_after: float | None = column("the variance with them", kind="number")
    pi_low_before: float | None = column("lower prediction limit before", kind="number")
    pi_low_after: float | None = column("lower prediction limit with them", kind="number")
    pi_high_before: float | None = column("upper prediction limit before", kind="number")
    pi_high_after: float | None = column("upper prediction limit with them", kind="number")
    certainty_before: str = column(
        "certainty by GRADE before, where grade.csv judges the analysis", allowed=CERTAINTIES
    )
    certainty_after: str = column("certainty with them", allowed=CERTAINTIES)
    moved: str = column(f"how the conclusion moved, of {', '.join(MOVES)}; empty if it did not")
    moved_alone: str = column("keys of the trials each of which alone moves it as far")
    moved_with: str = column("keys of the trials without each of which it does not move so")
