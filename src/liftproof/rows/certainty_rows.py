"""The tables of certainty under ``results/<review>/``: one class a file, one field a column."""

from dataclasses import dataclass

from liftproof.columns import column
from liftproof.reviews.model.directions import DIRECTIONS
from liftproof.reviews.model.grade import CERTAINTIES, DOMAINS

YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A row of ``summary_of_findings.csv``: one analysis that ``grade.csv`` judges."""

    review: str = column("review", required=True)
    analysis: str = column("analysis", required=True)
    title: str = column("its title", required=True)
    measure: str = column("effect measure", required=True)
    better: str = column("which values of the effect are better", allowed=DIRECTIONS)
    k: int = column("number of effects pooled", kind="count", required=True)
    studies: int | None = column("trials that they come from", kind="count")
    participants: int | None = column("participants, if every trial gives them", kind="count")
    estimate: float | None = column("pooled estimate, natural scale", kind="number")
    ci_low: float | None = column("its lower limit at the review's level", kind="number")
    ci_high: float | None = column("its upper limit at the review's level", kind="number")
    baseline_risk: float | None = column(
        "risk without the intervention; empty where none is known", kind="number"
    )
    baseline_source: str = column("where that risk is from, in words")
    baseline_arms: int | None = column(
        "control arms that it sums up; empty where review.yaml states it", kind="count"
    )
    baseline_outcomes: int | None = column("different outcomes that those arms count", kind="count")
    baseline_unverified: str = column("whether one of their numbers is unverified", allowed=YES_NO)
    baseline_reconstructed: str = column(
        "whether one of their numbers is reconstructed", allowed=YES_NO
    )
    assumed: float | None = column("events per 1000 without the intervention", kind="number")
    corresponding: float | None = column("events per 1000 with it", kind="number")
    corresponding_low: float | None = column("the same at the lower limit", kind="number")
    corresponding_high: float | None = column("the same at the upper limit", kind="number")
    difference: float | None = column("events per 1000 with it minus without", kind="number")
    difference_low: float | None = column("the same at the lower limit", kind="number")
    difference_high: float | None = column("the same at the upper limit", kind="number")
    capped: str = column(
        "whether a risk would pass 0 or 1000 per 1000 and was set to that", allowed=YES_NO
    )
    number_needed: float | None = column(
        "people treated for one event less, or more; empty where the interval includes no effect",
        kind="number",
    )
    number_needed_best: float | None = column("the same at the better limit", kind="number")
    number_needed_worst: float | None = column("the same at the worse limit", kind="number")
    number_needed_for: str = column("what it counts", allowed=("benefit", "harm"))
    effect_in_words: str = column("the effect as a sentence")
    certainty: str = column(
        "certainty by GRADE, computed; empty where nothing could be pooled", allowed=CERTAINTIES
    )
    at_most: str = column(
        "whether it is an upper bound: a domain was not assessed", required=True, allowed=YES_NO
    )
    starts: str = column("where the trials' design starts it", allowed=CERTAINTIES)
    down: str = column("domains rated down, with their judgements")
    up: str = column("domains rated up, with their judgements")
    not_assessed: str = column("domains that nobody assessed")
    printed_certainty: str = column("certainty that a review printed", allowed=CERTAINTIES)
    printed_by: str = column("which review, and where")
    flags: int = column("judgements that a number contradicts", kind="count", required=True)
    unverified: str = column("whether the estimate rests on an unverified number", allowed=YES_NO)
    reconstructed: str = column("whether it rests on a reconstructed one", allowed=YES_NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRow:
    """A row of ``certainty_flags.csv``: one judgement and the number that contradicts it."""

    review: str = column("review", required=True)
    analysis: str = column("analysis", required=True)
    domain: str = column("what was judged", required=True, allowed=tuple(DOMAINS))
    judgement: str = column("the judgement", required=True)
    rule: str = column("which rule it meets", required=True)
    value: float | None = column("the number", kind="number")
    second: float | None = column("a second number, such as the upper limit", kind="number")
    needed: float | None = column("the threshold, or what would be enough", kind="number")
    sentence: str = column("the contradiction in words")
