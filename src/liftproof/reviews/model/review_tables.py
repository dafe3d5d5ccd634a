"""The tables of a review: one class a file, one field a column, in the order of the file.

``line`` is the line of the file on which the row begins, for messages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from liftproof.columns import column
from liftproof.reviews.model.directions import DIRECTIONS
from liftproof.reviews.model.grade import Grade
from liftproof.reviews.model.mark import Mark
from liftproof.reviews.model.printed_pool import PrintedPool
from liftproof.reviews.model.sparse_record import sparse
from liftproof.vocabulary.block_groups import BLOCK_GROUPS
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.quantities import QUANTITIES

PRIMARY = "primary"
"""The variant used where an analysis asks for no other."""

BINARY = "binary"
WHOLE_NUMBERS = ("yes", "no", BINARY)
"""Whether each person's value is a whole number; binary: 0 or 1."""

PEOPLE, EVENTS = UNITS_OF_COUNT = ("people", "events")
"""What counts are of: people with an event, or events."""

EXACT = "exact"
MEDIAN_METHODS = ("qe", "bc")
"""For skewed arms, by metafor's names; how others are taken needs no word."""
CI_KINDS = ("wald", EXACT)
"""How limits were made: as wide on either side of the estimate, or by a test that need not be."""

SOURCED_KINDS = ("primary_fulltext", "primary_abstract", "secondary", "derived")
MARKED_KINDS = ("reconstructed", "unverified")
"""Kinds of number that carry a mark wherever they reach a reader."""
COMPUTED_KINDS = ("derived", "reconstructed")
"""Kinds of number that nobody printed: they follow from others."""

NOTHING: Mapping[str, Any] = {}
"""What rows without further columns share: very many empty mappings take memory, too."""


@sparse
@dataclass(frozen=True, kw_only=True)
class Study:
    """A row of ``studies.csv``: one trial."""

    study: str = column("key of the trial, [a-z0-9_]+", kind="key", required=True)
    label: str = column("name shown to readers, such as Petersen 2011", required=True)
    year: int = column("year of publication", kind="count", required=True)
    added: str = column("ISO date on which the trial entered the review", kind="date")
    citation: str = column("full reference")
    doi: str = column("DOI, without the resolver's address")
    pmid: str = column("PubMed number")
    country: str = column("country")
    sport: str = column("sport or setting")
    population: str = column("who took part")
    sex: str = column("sex of the participants")
    design: str = column("what was randomised", allowed=("individual", "cluster"))
    clusters_intervention: int | None = column("clusters in the intervention arm", kind="count")
    clusters_control: int | None = column("clusters in the control arm", kind="count")
    icc: float | None = column("intracluster correlation", kind="number")
    design_effect: float | None = column("variance inflation by clustering", kind="number")
    follow_up_weeks: float | None = column("length of follow-up, weeks", kind="number")
    category: str = column("group of interventions, which an analysis may select")
    intervention: str = column("what the intervention arm did")
    control: str = column("what the control arm did")
    sessions_per_week: float | None = column("training sessions a week", kind="number")
    weeks: float | None = column("length of the programme, weeks", kind="number")
    sessions_total: float | None = column("training sessions in all", kind="number")
    sets_per_session: float | None = column("sets a session", kind="number")
    reps_per_set: float | None = column("repetitions a set", kind="number")
    reps_total: float | None = column("repetitions in all", kind="number")
    intensity_percent_1rm: float | None = column(
        "load, percent of the one-repetition maximum", kind="number", is_percent=True
    )
    compliance_percent: float | None = column("compliance, percent", kind="number", is_percent=True)
    moderators: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    line: int = 0


@sparse
@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A row of ``outcomes.csv``: one extracted result of one trial.

    ``derived_from``: by column whose cell is empty and whose number follows from others of the row,
    the columns of those. ``typed``: the means and standard deviations of whole numbers with
    their digits. ``groups``: what ``effect_sources.complete_groups`` found, once it was asked.
    """

    study: str = column("key of the trial, as in studies.csv", kind="key", required=True)
    outcome: str = column("name of the outcome, [a-z0-9_]+", kind="key", required=True)
    variant: str = column("primary, or the name of an alternative extraction", kind="key")
    arm: str = column("arm of a multi-arm trial, else empty", kind="key")
    detail: str = column("what tells the result from others of its trial, such as 12 km/h")
    outcome_class: str = column("group of outcomes, which an analysis may select")
    events_intervention: int | None = column("events, intervention arm", kind="count")
    n_intervention: int | None = column("participants, intervention arm", kind="count")
    events_control: float | None = column("events, control arm", kind="share")
    n_control: float | None = column("participants, control arm", kind="share")
    control_split: int | None = column(
        "number of comparisons among which the control arm was divided; n_control and "
        "events_control are then the share of this one, and may be fractions",
        kind="count",
    )
    percent_intervention: float | None = column(
        "events in percent of n_intervention, as printed; the events follow where its digits leave "
        "one count",
        kind="number",
        is_percent=True,
    )
    percent_control: float | None = column(
        "events in percent of n_control, as printed", kind="number", is_percent=True
    )
    person_time_intervention: float | None = column("person-time, intervention", kind="number")
    person_time_control: float | None = column("person-time, control", kind="number")
    rate_intervention: float | None = column(
        "rate of events, intervention arm, as printed; from it follow the events with the "
        "person-time, or the person-time with the events",
        kind="number",
    )
    rate_control: float | None = column("rate of events, control arm, as printed", kind="number")
    rate_low_intervention: float | None = column(
        "lower limit of rate_intervention, at ci_level; from rates with limits in both arms their "
        "ratio follows, where neither events nor person-time are known",
        kind="number",
    )
    rate_high_intervention: float | None = column("its upper limit", kind="number")
    rate_low_control: float | None = column("lower limit of rate_control", kind="number")
    rate_high_control: float | None = column("its upper limit", kind="number")
    rate_per: float | None = column(
        "person-time that the rates are given per, in the unit of person_time, such as 1000",
        kind="number",
    )
    mean_intervention: float | None = column("mean, intervention arm", kind="number")
    sd_intervention: float | None = column("standard deviation, intervention", kind="number")
    mean_control: float | None = column("mean, control arm", kind="number")
    sd_control: float | None = column("standard deviation, control arm", kind="number")
    se_intervention: float | None = column(
        "standard error of mean_intervention; √n_intervention times as much is the standard "
        "deviation",
        kind="number",
    )
    se_control: float | None = column("standard error of mean_control", kind="number")
    median_intervention: float | None = column(
        "median, intervention arm; with the quartiles, with minimum and maximum, or with all four "
        "mean and standard deviation follow",
        kind="number",
    )
    q1_intervention: float | None = column("lower quartile, intervention arm", kind="number")
    q3_intervention: float | None = column("upper quartile, intervention arm", kind="number")
    min_intervention: float | None = column("smallest value, intervention arm", kind="number")
    max_intervention: float | None = column("largest value, intervention arm", kind="number")
    median_control: float | None = column("median, control arm", kind="number")
    q1_control: float | None = column("lower quartile, control arm", kind="number")
    q3_control: float | None = column("upper quartile, control arm", kind="number")
    min_control: float | None = column("smallest value, control arm", kind="number")
    max_control: float | None = column("largest value, control arm", kind="number")
    median_method: str = column(
        "how mean and standard deviation follow from medians: as of a normal distribution (Luo, "
        "Wan, Shi) when empty; qe, quantile estimation, or bc, Box-Cox, for skewed arms",
        allowed=MEDIAN_METHODS,
    )
    t_value: float | None = column(
        "t of a test between the arms; with both means the standard deviations follow, with "
        "higher_arm an SMD. Its sign is not read",
        kind="number",
    )
    f_value: float | None = column(
        "F of such a test, with one degree of freedom above", kind="number"
    )
    chi2_value: float | None = column(
        "χ² of the events, with one degree of freedom; with events_total, the participants and "
        "higher_arm the events of each arm follow where its digits leave one count",
        kind="number",
    )
    chi2_correction: str = column(
        "whether chi2_value is with Yates' correction; empty where that is not known",
        allowed=("yes", "no"),
    )
    events_total: int | None = column("events in both arms", kind="count")
    higher_arm: str = column(
        "arm with the higher mean, or the larger share of events, where a test alone is printed",
        allowed=("intervention", "control"),
    )
    mean_pre_intervention: float | None = column(
        "mean before the intervention, intervention arm", kind="number"
    )
    sd_pre_intervention: float | None = column(
        "standard deviation before, intervention arm", kind="number"
    )
    mean_pre_control: float | None = column(
        "mean before the intervention, control arm", kind="number"
    )
    sd_pre_control: float | None = column("standard deviation before, control arm", kind="number")
    events: int | None = column("events in one group, where there are no arms", kind="count")
    n: int | None = column("participants of one group", kind="count")
    person_time: float | None = column("person-time of one group", kind="number")
    mean: float | None = column("mean of one group", kind="number")
    sd: float | None = column("standard deviation of one group", kind="number")
    mean_before: float | None = column("mean of one group before", kind="number")
    sd_before: float | None = column("standard deviation of one group before", kind="number")
    mean_after: float | None = column("mean of one group after", kind="number")
    sd_after: float | None = column("standard deviation of one group after", kind="number")
    r_before_after: float | None = column(
        "correlation between before and after; (sd_before² + sd_after² - s²)/(2 sd_before "
        "sd_after) where the standard deviation s of the change is printed",
        kind="number",
    )
    r: float | None = column("correlation of two variables in one group", kind="number")
    r_partial: float | None = column("partial correlation in one group", kind="number")
    predictors: int | None = column(
        "predictors of the regression that r_partial is from, itself among them", kind="count"
    )
    better: str = column(
        "which values are better, lower when empty; where the analysis has it the other way round "
        "the sign of the effect is reversed",
        allowed=DIRECTIONS,
    )
    whole_numbers: str = column(
        "whether each person's value is a whole number, as of a count or a scale of one item: yes; "
        "binary where it is 0 or 1; means and standard deviations are then held against n",
        allowed=WHOLE_NUMBERS,
    )
    unit_of_count: str = column(
        "what the events count: people with one, or events, of which a person may have several and "
        "which forest plots then name; not told when empty",
        allowed=UNITS_OF_COUNT,
    )
    y: float | None = column(
        "effect on the analysis scale (log for ratios); 1.2e-05 is read too", kind="number"
    )
    v: float | None = column("its sampling variance; 1.2e-05 is read too", kind="number")
    measure: str = column("measure of a reported estimate", allowed=tuple(MEASURES))
    estimate: float | None = column("reported estimate, natural scale", kind="number")
    ci_low: float | None = column("its lower limit", kind="number")
    ci_high: float | None = column("its upper limit", kind="number")
    ci_level: float | None = column(
        "level of the limits, of rates too, 0.95 when empty", kind="number"
    )
    ci_kind: str = column(
        "how the limits were made, wald when empty; of exact ones, which need not be symmetric, "
        "the width between both is taken",
        allowed=CI_KINDS,
    )
    se: float | None = column(
        "standard error of the estimate, of a ratio that of its natural logarithm; beside y, of y",
        kind="number",
    )
    p_value: str = column("its printed p value, such as 0.034 or <0.001", kind="p")
    p_sides: int | None = column("sides of the p value, 1 or 2; 2 when empty", kind="count")
    df: float | None = column(
        "degrees of freedom of the t test that gave the p value; normal when empty", kind="number"
    )
    cluster_adjusted: str = column(
        "whether the reported estimate allows for clusters", allowed=("yes", "no", "unclear")
    )
    design_effect: float | None = column(
        "variance inflation that belongs to this extraction", kind="number"
    )
    awaits: str = column("what is missing before this row can be pooled, in words")
    note: str = column("remark for readers")
    moderators: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    derived_from: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    typed: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    line: int = 0
    groups: tuple[str, ...] | None = field(default=None, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """A row of ``provenance.csv``: where one number came from."""

    study: str = column("key of the trial", kind="key", required=True)
    field: str = column("column of studies.csv or outcomes.csv", required=True)
    variant: str = column("variant of the outcome row; empty means primary", kind="key")
    outcome: str = column("outcome, where a trial has several", kind="key")
    arm: str = column("arm, where an outcome has several", kind="key")
    value: str = column("the number as it stands in the table", required=True)
    source: str = column("publication", required=True)
    location: str = column("page, table, or abstract")
    kind: str = column(
        "how the number is known", required=True, allowed=SOURCED_KINDS + MARKED_KINDS
    )
    note: str = column("remark")
    quote: str = column("the words that it was read from, at most 200 characters")
    extractor: str = column(
        "who read it; a number may have a row of each of several people, whose values may differ"
    )
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A row of ``published.csv``: one number that the review printed."""

    target: str = column("key of the printed result", kind="key", required=True)
    analysis: str = column("analysis that should reproduce it; empty where none can", kind="key")
    description: str = column("what the review printed, in words")
    quantity: str = column("which number", required=True, allowed=tuple(QUANTITIES))
    printed: str = column("as printed; its digits are the tolerance", required=True)
    location: str = column("publication and page")
    kind: str = column("how the printed number is known", allowed=SOURCED_KINDS + MARKED_KINDS)
    blocked: str = column("what is missing, where the number cannot be computed")
    blocked_group: str = column(
        "the group of reasons in which the report counts it", allowed=tuple(BLOCK_GROUPS)
    )
    explained: str = column("why we differ, where we know")
    fitted: str = column(
        "how inputs were chosen so that the number follows; where it does, that is no evidence"
    )
    see: str = column(
        "review/target that holds the same print; the number is compared and counted there"
    )
    decimals: int | None = column(
        "decimals that it is printed with, where the cell may have lost zeros at its end; empty "
        "means those of the estimate and limits of its target that have most",
        kind="count",
    )
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskOfBias:
    """A row of ``risk_of_bias.csv``: one judgement."""

    study: str = column("key of the trial", kind="key", required=True)
    tool: str = column("tool, such as RoB 2", required=True)
    domain: str = column("domain of the tool", required=True)
    judgement: str = column("judgement in the tool's words", required=True)
    support: str = column("reason for the judgement")
    line: int = 0


TABLES: Mapping[str, type] = {
    "studies.csv": Study,
    "outcomes.csv": Outcome,
    "provenance.csv": Provenance,
    "published.csv": Published,
    "risk_of_bias.csv": RiskOfBias,
    "grade.csv": Grade,
    "prints.csv": PrintedPool,
    "checked.csv": Mark,
}
REQUIRED_TABLES = ("studies.csv", "outcomes.csv")
