"""The tables under ``results/``: one class a file, one field a column, in the order of the file.

Estimates and limits are on the natural scale (a ratio for ratio measures); ``y``, ``v`` and
``tau2`` are on the analysis scale (log for ratios). Percentages run from 0 to 100.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from liftproof.columns import column
from liftproof.reviews.model.directions import DIRECTIONS
from liftproof.vocabulary.block_groups import BLOCK_GROUPS
from liftproof.vocabulary.predictions import REPORTED
from liftproof.vocabulary.print_verdicts import VERDICTS
from liftproof.vocabulary.sources import SOURCES


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRow:
    """A row of ``effects.csv``: one trial in one analysis."""

    review: str = column("review", required=True)
    analysis: str = column("analysis", required=True)
    study: str = column("key of the trial", required=True)
    label: str = column("name shown to readers", required=True)
    outcome: str = column("outcome", required=True)
    variant: str = column("extraction that was used", required=True)
    arm: str = column("arm of a multi-arm trial")
    source: str = column(
        "what the effect was computed from",
        allowed=tuple(SOURCES),
    )
    measure: str = column("measure of this trial's effect")
    y: float | None = column("effect, analysis scale; empty if left out", kind="number")
    v: float | None = column("its sampling variance", kind="number")
    estimate: float | None = column("effect, natural scale", kind="number")
    ci_low: float | None = column("lower limit at the review's level", kind="number")
    ci_high: float | None = column("upper limit at the review's level", kind="number")
    weight_percent: float | None = column("weight in the pooled estimate", kind="number")
    unverified: str = column("whether it rests on an unverified number", allowed=("yes", "no"))
    reconstructed: str = column("whether it rests on a reconstructed one", allowed=("yes", "no"))
    design_effect: float | None = column("inflation applied to the variance", kind="number")
    events_intervention: int | None = column("events, intervention arm", kind="count")
    n_intervention: int | None = column("participants, intervention arm", kind="count")
    events_control: float | None = column("events, control arm", kind="share")
    n_control: float | None = column("participants, control arm", kind="share")
    events: int | None = column("events in one group, where there are no arms", kind="count")
    n: int | None = column("participants of one group", kind="count")
    person_time: float | None = column("person-time of one group", kind="number")
    subgroup: str = column("subgroup in the forest plot")
    left_out: str = column("why the trial does not enter the pool; empty if it does")
    detail: str = column("what tells the result from others of its trial")
    better: str = column(
        "which values of the outcome are better, lower if empty; the effect's sign is reversed "
        "where the analysis has it the other way round",
        allowed=DIRECTIONS,
    )
    control_split: int | None = column(
        "number of comparisons among which the control arm was divided, if it was", kind="count"
    )
    unadjusted: str = column(
        "whether a cluster trial enters as if people had been randomised", allowed=("yes", "no")
    )
    design_effect_known: float | None = column(
        "design effect that its clusters and ICC give, where it enters so", kind="number"
    )
    printed_as: str = column(
        "forms in which the paper prints what the effect follows from, with blanks between them; "
        "empty where it prints the numbers themselves"
    )
    reported_low: float | None = column(
        "lower limit as reported, where the effect is a reported estimate that enters as it is",
        kind="number",
    )
    reported_high: float | None = column("upper limit as reported, likewise", kind="number")


def drawn_limits(effect: EffectRow) -> tuple[float | None, float | None]:
    """Return the limits that stand beside a trial: as reported, else those of its variance."""
    if effect.reported_low is None or effect.reported_high is None:
        return effect.ci_low, effect.ci_high
    return effect.reported_low, effect.reported_high


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateRow:
    """A row of ``estimates.csv``: one pooled analysis."""

    review: str = column("review", required=True)
    analysis: str = column("analysis", required=True)
    title: str = column("title of the analysis", required=True)
    measure: str = column("effect measure", required=True)
    k: int = column("number of effects pooled", kind="count", required=True)
    participants: int | None = column("participants, if every trial gives them", kind="count")
    events: int | None = column("events, if every trial gives them", kind="count")
    tau2_method: str = column("estimator of tau²; of a model of counts, the model")
    interval: str = column("kind of confidence interval")
    estimate: float | None = column("pooled estimate, natural scale", kind="number")
    ci_low: float | None = column("lower limit at the review's level", kind="number")
    ci_high: float | None = column("upper limit at the review's level", kind="number")
    p_value: float | None = column("p value of no effect", kind="number")
    pi_low: float | None = column("lower prediction limit at the review's level", kind="number")
    pi_high: float | None = column("upper prediction limit at the review's level", kind="number")
    tau2: float | None = column("between-trial variance, analysis scale", kind="number")
    tau2_ci_low: float | None = column(
        "lower limit of tau² at the review's level, Q-profile; none where its set is empty",
        kind="number",
    )
    tau2_ci_high: float | None = column(
        "upper limit of tau² at the review's level, Q-profile; none where its set is empty",
        kind="number",
    )
    i2: float | None = column("I², percent, from tau² (from Q for FE)", kind="number")
    h2: float | None = column("H², from tau² (from Q for FE)", kind="number")
    q: float | None = column("Cochran's Q", kind="number")
    q_df: int | None = column("its degrees of freedom", kind="count")
    q_p: float | None = column("its p value", kind="number")
    unverified: str = column(
        "whether a pooled trial rests on an unverified number", allowed=("yes", "no")
    )
    reconstructed: str = column(
        "whether a pooled trial rests on a reconstructed one", allowed=("yes", "no")
    )
    model: str = column("how the effects were pooled: IV, three-level, or a method for counts")
    studies: int | None = column("number of trials that the effects come from", kind="count")
    tau2_between: float | None = column(
        "variance between trials, three-level model; tau2 is the sum of both", kind="number"
    )
    tau2_within: float | None = column(
        "variance between the results of a trial, three-level model", kind="number"
    )
    prediction: str = column(
        "convention of the prediction limits; empty where the method has none",
        allowed=tuple(REPORTED),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SubgroupRow(EstimateRow):
    """A row of ``subgroups.csv``: one subgroup of one analysis, pooled on its own (own tau²)."""

    subgroup: str = column("value of the column that divides the trials", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReproductionRow:
    """A row of ``reproduction.csv``: one printed number beside the computed one."""

    review: str = column("review", required=True)
    target: str = column("key of the printed result", required=True)
    analysis: str = column("analysis that should reproduce it")
    quantity: str = column("which number", required=True)
    printed: str = column("as printed", required=True)
    computed: float | None = column("as computed", kind="number")
    verdict: str = column(
        "how near the computed number comes; where see is filled, the verdict found there",
        allowed=tuple(VERDICTS),
    )
    explained: str = column(
        "why they differ, as published.csv has it; else what is missing, or what was found to give "
        "the printed number"
    )
    kind: str = column("how the printed number is known")
    unverified: str = column(
        "whether the computed number rests on an unverified one", allowed=("yes", "no")
    )
    missing: str = column("what is missing, for a blocked number")
    reprise: str = column("REPRISE class of the printed result the number belongs to")
    explanation: str = column(
        "whether the explanation fits the verdict; trials added after the print do not change "
        "what is due",
        allowed=("not_needed", "given", "missing", "unnecessary"),
    )
    description: str = column("what the review printed, in words")
    location: str = column("where it is printed")
    blocked_group: str = column(
        "the group of reasons that blocks the number", allowed=tuple(BLOCK_GROUPS)
    )
    fitted: str = column(
        "how inputs were chosen so that the number follows; else the trials of the pool that are "
        "later than the print"
    )
    see: str = column(
        "review/target that holds the same print; such a row is counted there, not here"
    )
    decimals: int | None = column(
        "decimals in which the numbers have to agree: those stated, or those of the estimate and "
        "limits of the printed result that have most",
        kind="count",
    )


def counted_here(rows: Iterable[ReproductionRow]) -> tuple[ReproductionRow, ...]:
    """Return the printed numbers that a review holds itself: each is counted once."""
    return tuple(row for row in rows if not row.see)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosticRow:
    """A row of ``diagnostics.csv``: one number of one method, on the analysis scale."""

    review: str = column("review", required=True)
    analysis: str = column("analysis", required=True)
    method: str = column("diagnostic method", required=True)
    quantity: str = column(
        "which number; not_applicable where the method does not apply", required=True
    )
    study: str = column(
        "key of the trial that the number belongs to, if any; /outcome and /arm follow where the "
        "trial has several results"
    )
    value: float | None = column("the number; logical values are 0 and 1", kind="number")
    note: str = column(
        "why the method does not apply, or what it rests on and cannot tell; of numbers of trials, "
        "beside the first"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineRow:
    """A row of ``engines.csv``: one analysis recomputed by one independent engine."""

    review: str = column("review", required=True)
    analysis: str = column("analysis", required=True)
    engine: str = column("software", required=True)
    version: str = column("its version", required=True)
    method: str = column("what was called, every option spelt out", required=True)
    kind: str = column("how far to agree", allowed=("closed_form", "iterative", "quadrature"))
    estimate: float | None = column("pooled estimate, analysis scale", kind="number")
    ci_low: float | None = column("lower limit, analysis scale", kind="number")
    ci_high: float | None = column("upper limit, analysis scale", kind="number")
    tau2: float | None = column("between-trial variance", kind="number")
    largest_difference: float | None = column(
        "largest relative difference from ours; empty where the engine has no such method",
        kind="number",
    )
    note: str = column("what was floored, or why nothing was computed")
    subgroup: str = column("subgroup, where one was pooled on its own")
    pi_low: float | None = column("lower prediction limit, analysis scale", kind="number")
    pi_high: float | None = column("upper prediction limit, analysis scale", kind="number")
    agreed: str = column("whether it was asked and agreed", allowed=("yes", "no"))
    tolerance: float | None = column(
        "largest relative difference that passes; empty where nothing was compared", kind="number"
    )
