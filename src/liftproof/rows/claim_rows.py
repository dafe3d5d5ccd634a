"""The tables of the claims ledger under ``results/``, one class a file.

Estimates, limits and thresholds are on the natural scale (a ratio for ratio measures).
"""

from dataclasses import dataclass

from liftproof.columns import column
from liftproof.reviews.model.claim_point import POINTS
from liftproof.reviews.model.directions import DIRECTIONS
from liftproof.reviews.model.grade import CERTAINTIES

SUPPORTED, ELSEWHERE, WEAKER, NOT_SUPPORTED, NOT_TESTABLE = VERDICTS = (
    "supported",
    "supported_elsewhere",
    "weaker_than_said",
    "not_supported",
    "not_testable",
)
"""Numbers, population, exposure and outcome are as the sentence says; the numbers hold of others
than it implies; a smaller effect, or less certainty; no effect is not excluded, or the effect is
contrary; the trials do not hold the data."""

WHY = (
    REASON,
    NO_DATA,
    NO_POOL,
    DOSE_DATA,
    OTHER_TRAINING,
    NO_EFFECT,
    CONTRARY,
    HARM,
    SIZE,
    CERTAINTY,
    FEW_GIVE,
    GROUP,
    HOLDS,
) = (
    "reason",
    "no_data",
    "no_pool",
    "dose_data",
    "other_training",
    "no_effect",
    "contrary",
    "harm",
    "size",
    "certainty",
    "few_give",
    "group",
    "holds",
)
"""The rule that decided. Of a dose question ``no_effect`` is a slope that may be none, of contrasts
that the estimate is ahead of none for certain. ``other_training``: the estimate is contrary, but of
trials that are not of what the sentence implies, so that it refutes nothing. ``harm``,
``few_give``: a required result speaks against the sentence; too few trials give one."""

PRINTED_BY_REVIEW, PRINTED_BY_TRIAL = PRINTED_BY = ("review", "trial")

COMPUTED, PRINTED = BASES = ("computed", "printed")
"""What a contrast is made from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A row of ``claims.csv``: one sentence, or a part of it, and its verdict."""

    claim: str = column("key of the claim", required=True)
    review: str = column("review that bears on it; empty where none does")
    analysis: str = column("its analysis")
    verdict: str = column("what the numbers say of the sentence", allowed=VERDICTS)
    sentence: str = column("the verdict in words")
    claimed: str = column("the sentence as published", required=True)
    part: str = column("which part of it, where several analyses answer")
    where: str = column("where it is published")
    why: str = column("the rule that decided", allowed=WHY)
    reason: str = column("why nothing can test it, as stated")
    population: str = column("population that the sentence implies, in words; empty for any")
    population_trials: int | None = column("pooled trials that are of it", kind="count")
    exposure: str = column("exposure that it implies, in words; empty for any")
    exposure_trials: int | None = column("pooled trials that are of it", kind="count")
    outcome: str = column("outcome that it implies, in words; empty for any")
    outcome_trials: int | None = column("pooled trials that counted it", kind="count")
    outcome_counts: str = column("those trials, with their events where these are known")
    outcome_others: str = column("what the others counted, with the number of trials")
    readers: str = column("whom the sentence is published for, in words")
    readers_trials: int | None = column("pooled trials that are of them", kind="count")
    sports: str = column("sports of the pooled trials, with the number of trials")
    kinds: str = column("kinds of training in them, with the number of trials")
    outcomes: str = column("what they counted or measured, with the number of trials")
    arms: str = column("arms of trials of several that are pooled; empty for none")
    covers: str = column("what the review's own estimate is of, as stated")
    condition: str = column("condition on the estimate", allowed=POINTS)
    condition_value: float | None = column("its value; percent for a reduction", kind="number")
    threshold: float | None = column("estimate that just meets it", kind="number")
    below: str = column("what an effect below none means, in words; empty where nothing is said")
    size_change: str = column("what would change whether the interval excludes that, in words")
    certainty: str = column("ways in which it has to be certain")
    fails: str = column("those in which it is not")
    requires: str = column("result that the trials would have to give")
    required_trials: int | None = column("pooled trials that give it", kind="count")
    against: str = column("analyses that the estimate is held against")
    dose: str = column("dose question that answers")
    beside: str = column("further analyses that are told")
    title: str = column("title of the analysis")
    measure: str = column("effect measure")
    better: str = column("which values of the estimate are better", allowed=DIRECTIONS)
    k: int | None = column("effects pooled", kind="count")
    studies: int | None = column("trials they come from", kind="count")
    estimate: float | None = column("pooled estimate, natural scale", kind="number")
    ci_low: float | None = column("lower limit at the review's level", kind="number")
    ci_high: float | None = column("upper limit at the review's level", kind="number")
    pi_low: float | None = column("lower prediction limit at the review's level", kind="number")
    pi_high: float | None = column("upper prediction limit at the review's level", kind="number")
    few_low: float | None = column(
        "lower limit by REML and Hartung-Knapp, never narrower than Wald", kind="number"
    )
    few_high: float | None = column("upper limit by the same", kind="number")
    printed: str = column("estimate and limits that the review, or the one trial, printed")
    printed_low: float | None = column("its lower limit", kind="number")
    printed_high: float | None = column("its upper limit", kind="number")
    printed_by: str = column("who printed it", allowed=PRINTED_BY)
    grade: str = column(
        "certainty by GRADE, where grade.csv judges the analysis", allowed=CERTAINTIES
    )
    grade_at_most: str = column("whether it is an upper bound", allowed=("yes", "no"))
    printed_grade: str = column("certainty that the review printed", allowed=CERTAINTIES)
    unverified: str = column(
        "whether a pooled trial rests on an unverified number", allowed=("yes", "no")
    )
    reconstructed: str = column(
        "whether a pooled trial rests on a reconstructed one", allowed=("yes", "no")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """A row of ``claim_readings.csv``: one way to be certain of one claim.

    ``value``: the upper limit, natural scale, or a probability.
    """

    claim: str = column("key of the claim", required=True)
    review: str = column("review", required=True)
    analysis: str = column("analysis", required=True)
    reading: str = column("way to be certain", required=True)
    asked: str = column("whether the verdict rests on it", allowed=("yes", "no"))
    value: float | None = column("upper limit, or probability", kind="number")
    low: float | None = column("lower limit, where there are limits", kind="number")
    needed: float | None = column(
        "what the worse limit must reach, or the probability to be reached", kind="number"
    )
    better: str = column("which values of the estimate are better", allowed=DIRECTIONS)
    holds: str = column(
        "whether the claim holds so read; empty where it cannot be read so", allowed=("yes", "no")
    )
    note: str = column("what it rests on, or why there is none")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimContrastRow:
    """A row of ``claim_contrasts.csv``: one analysis held against another, of other trials.

    A ratio of both estimates for ratio measures, else their difference.
    """

    claim: str = column("key of the claim", required=True)
    review: str = column("review", required=True)
    analysis: str = column("analysis", required=True)
    against: str = column("analysis that it is held against", required=True)
    against_title: str = column("its title")
    basis: str = column("computed from the trials, or from what the review printed", allowed=BASES)
    measure: str = column("effect measure of both")
    estimate: float | None = column("ratio of ratios, or difference", kind="number")
    ci_low: float | None = column("lower limit at the review's level", kind="number")
    ci_high: float | None = column("upper limit at the review's level", kind="number")
    z: float | None = column("z, on the analysis scale", kind="number")
    p: float | None = column("its two-sided p", kind="number")
    unverified: str = column(
        "whether a pooled trial rests on an unverified number", allowed=("yes", "no")
    )
    reconstructed: str = column(
        "whether a pooled trial rests on a reconstructed one", allowed=("yes", "no")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CautionRow:
    """A row of ``cautions.csv``: what to say beside the verdicts."""

    caution: str = column("key of the caution", required=True)
    sentence: str = column("the caution, with its numbers")
    source: str = column("where it comes from")
    reviews: str = column("reviews whose numbers it tells")
