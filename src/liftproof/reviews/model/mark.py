"""A row of ``checked.csv``: a warning that somebody looked into, and what was found."""

from dataclasses import dataclass

from liftproof.columns import column
from liftproof.reviews.model.problems import Problem
from liftproof.vocabulary.warning_rules import WARNING_RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One warning, marked as checked for the numbers that it had then.

    ``liftproof check REVIEW --marks`` prints the row of each warning, but for the reason.
    """

    file: str = column("file of the review that the warning names", required=True)
    key: str = column(
        "what names the row there: study/outcome/variant/arm, target/quantity, or the analysis; "
        "empty ones left out"
    )
    field: str = column("column, or key of review.yaml, that the warning names", required=True)
    rule: str = column(
        "rule of the warning, as docs/warnings.md has it",
        required=True,
        allowed=tuple(WARNING_RULES),
    )
    numbers: str = column(
        "what the warning was about when it was looked into; another number is warned of anew"
    )
    reason: str = column("what was looked up, and why it may stay", required=True)
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedWarning:
    """A warning that was looked into, and what was found."""

    problem: Problem
    reason: str
