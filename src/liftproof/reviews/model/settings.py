"""The contents of ``review.yaml``: what a review asks, and by which methods."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.reviews.model.baseline_risk import BaselineRisk
from liftproof.reviews.model.codes import (
    BETTER,
    CLUSTER,
    INTERVAL,
    MEASURE,
    MODEL,
    PREDICTION,
    TAU2,
)
from liftproof.reviews.model.contrast_question import ContrastQuestion
from liftproof.reviews.model.defensible import Defensible
from liftproof.reviews.model.directions import HIGHER, LOWER
from liftproof.reviews.model.dose_question import DoseQuestion
from liftproof.reviews.model.keys import (
    NO_DEFAULT,
    CodeKind,
    IdKind,
    ListKind,
    MappingKind,
    NumberKind,
    RecordKind,
    RecordsKind,
    TextKind,
    key,
)
from liftproof.reviews.model.publication import Publication
from liftproof.reviews.model.row_selection import COLUMN, SELECTION
from liftproof.reviews.model.shared_keys import (
    OF_THE_REVIEW,
    change_sd_key,
    correlation_key,
    pooled_with_key,
    smd_key,
)
from liftproof.reviews.model.trial_total import TrialTotal
from liftproof.vocabulary.levels import USUAL_LEVEL, is_level, remedy_of_level

YES, NO = "yes", "no"
LEVEL = NumberKind(
    holds="a level of confidence above 0.5 and below 1",
    fits=is_level,
    wrong="not a level of confidence, which lies above 0.5 and below 1",
    remedy="write a share such as 0.95",
    unfit=remedy_of_level,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One pooled analysis; the keys of an item below ``analyses``.

    ``model`` may be a method for counts, which has no use for ``tau2`` and ``interval``.
    ``prediction`` is empty for that of the model, which is riley where τ² is estimated.
    ``baseline_risk`` is None for that of the control arms. ``level``: that of the review.
    ``line``: where it stands in the file.
    """

    id: str = key(
        "name of the analysis in files and commands, unique in the review",
        IdKind(example="overall"),
        required=True,
        example="overall",
    )
    title: str = key("what it pools, for readers", required=True, example="All trials")
    measure: str = key(
        "effect measure that is pooled",
        MEASURE,
        default=NO_DEFAULT,
        otherwise="that of the review",
        example="RR",
    )
    intervention: str = key(
        "name of the first arm, where the analysis pools one kind of what the review is about",
        otherwise=OF_THE_REVIEW,
        example="high-load training",
    )
    better: str = key(
        "which values of the pooled effect are better: rows of outcomes.csv of the other direction "
        "have their sign reversed. With `higher` an effect above none favours the intervention",
        BETTER,
        default=LOWER,
        example="higher",
    )
    below: str = key(
        "what an effect below none means, for readers, where its sign does not tell by itself",
        TextKind(holds="a meaning"),
        otherwise="nothing is said of it",
        example="lower oxygen cost",
    )
    tau2: str = key("estimator of the variance between trials", TAU2, default="REML", example="DL")
    interval: str = key(
        "confidence interval of the pooled estimate",
        INTERVAL,
        default="hksj_adhoc",
        example="wald",
    )
    prediction: str = key(
        "prediction interval for a new setting",
        PREDICTION,
        otherwise="`riley`; that of the model where it has one of its own",
        example="riley",
    )
    predictive: str = key(
        "whether the forest plot draws, beneath its diamond, how the effects of new settings are "
        "spread by the prediction interval in use",
        CodeKind(allowed=(NO, YES)),
        default=NO,
        example="yes",
    )
    model: str = key(
        "how trials are pooled: `IV` by inverse variance, `three-level` several results a trial, "
        "the others from the counts themselves",
        MODEL,
        default="IV",
        example="IV",
    )
    clustering: str = key(
        "cluster trials: `as_extracted` by a design effect in the row of outcomes.csv, "
        "`design_effect` by that of the trial or by its ICC and clusters as well, `ignore` by none",
        CLUSTER,
        default="as_extracted",
        example="design_effect",
    )
    pooled_with: tuple[str, ...] = pooled_with_key(OF_THE_REVIEW)
    smd: str = smd_key(OF_THE_REVIEW)
    change_sd: str = change_sd_key(OF_THE_REVIEW)
    pre_post_correlation: float | None = correlation_key(OF_THE_REVIEW)
    subgroup: str = key(
        "column by which the forest plot groups the trials",
        TextKind(holds=COLUMN),
        otherwise="no groups",
        example="sport",
    )
    columns: tuple[str, ...] = key(
        "what stands beside each trial of the forest plot: columns of studies.csv or outcomes.csv, "
        "`means` for mean and SD of each arm, `risk_of_bias` for the verdict overall; `names` has "
        "their heads",
        ListKind(of=TextKind(holds=COLUMN)),
        otherwise="none",
        example="[weeks, sport, risk_of_bias]",
    )
    select: Mapping[str, tuple[str, ...]] = key(
        "which rows are let in: those that have, in each column named, one of its values",
        SELECTION,
        otherwise="all rows",
        example="{category: [strength, balance]}",
    )
    leave_out: Mapping[str, tuple[str, ...]] = key(
        "which rows are not let in: those that have, in a column named, one of its values",
        SELECTION,
        otherwise="none",
        example="{outcome_class: [adverse_event]}",
    )
    variants: Mapping[str, str] = key(
        "which extraction (`variant` of outcomes.csv) of a trial is used",
        MappingKind(names="a trial (`study`)", of=TextKind(holds="a variant")),
        otherwise="`primary`",
        example="{two2002: adjusted}",
    )
    multiverse: Defensible = key(
        "choices that a careful reader would accept: all their combinations are pooled; `{}` asks "
        "for the usual ones",
        RecordKind(table=Defensible),
        default=Defensible(),
        otherwise="the usual choices, where published.csv has an estimate of the analysis",
        example="{tau2: [DL, REML]}",
    )
    baseline_risk: BaselineRisk | None = key(
        "risk without the intervention, at which absolute effects are told",
        RecordKind(table=BaselineRisk),
        otherwise="that of the control arms",
        example="{risk: 0.12, source: a cohort of recreational runners}",
    )
    population: Mapping[str, tuple[str, ...]] = key(
        "which trials are of the people in question, for the certainty",
        MappingKind(
            names=COLUMN, of=ListKind(of=TextKind(), empty=("an empty list", "delete the key"))
        ),
        otherwise="not told",
        example="{sport: [running]}",
    )
    level: float = USUAL_LEVEL
    line: int = 0

    def reverses(self, better: str) -> bool:
        """Say whether the sign of a row is reversed: ``better`` as in its cell of outcomes.csv."""
        return (better or LOWER) != self.better


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A whole ``review.yaml``. ``intervention`` and ``control`` name the arms for readers."""

    title: str = key("what the review is about", required=True, example="Strength and injuries")
    citation: str = key("where it was published", example="One A (2020) Journal 1, 2-3")
    doi: str = key("its DOI, without https://doi.org/", example="10.1000/1")
    measure: str = key(
        "effect measure of the analyses, and of reported estimates that name none",
        MEASURE,
        default="RR",
        example="RR",
    )
    intervention: str = key(
        "name of the first arm", default="intervention", example="strength training"
    )
    control: str = key("name of the second arm", default="control", example="usual training")
    level: float = key(
        "level of confidence of all limits, computed and printed: confidence and prediction "
        "intervals of effects, τ² and slopes; p values are judged at 0.05 whatever it is, and "
        "trials' own limits have theirs in `ci_level`",
        LEVEL,
        default=USUAL_LEVEL,
        example="0.95",
    )
    names: Mapping[str, str] = key(
        "what readers read in place of an outcome, a category or an arm of the tables, or of a "
        "column that forest plots show",
        MappingKind(names="a value or a column of the tables", of=TextKind(holds="a name")),
        otherwise="its words, without underscores",
        example="{hamstring_new: new hamstring injury}",
    )
    pooled_with: tuple[str, ...] = pooled_with_key("none")
    smd: str = smd_key("`hedges`")
    change_sd: str = change_sd_key("`after`")
    pre_post_correlation: float | None = correlation_key("not known")
    analyses: tuple[Analysis, ...] = key(
        "what is pooled; a review that has only prints.csv pools nothing and leaves it out",
        RecordsKind(table=Analysis, singular="analysis", plural="analyses", needs_one=True),
        required=True,
        default=(),
        example="[{id: overall, title: All trials}]",
    )
    dose: tuple[DoseQuestion, ...] = key(
        "questions whether the effect goes with dose",
        RecordsKind(table=DoseQuestion, singular="question", plural="questions"),
        otherwise="none",
        example="[{id: weeks, title: Weeks, analysis: overall, dose: weeks}]",
    )
    contrasts: tuple[ContrastQuestion, ...] = key(
        "which estimates are tested against one another, each with its own τ²",
        RecordsKind(table=ContrastQuestion, singular="contrast", plural="contrasts"),
        otherwise="none but the subgroups of an analysis",
        example="[{id: kinds, title: Strength or balance, analyses: [strength, balance]}]",
    )
    totals: tuple[TrialTotal, ...] = key(
        "trials that are counted together and not pooled, for printed numbers of them",
        RecordsKind(table=TrialTotal, singular="total", plural="totals"),
        otherwise="none",
        example="[{id: whole, title: All trials}]",
    )
    beside: Mapping[str, tuple[str, ...]] = key(
        "which trials may stand beside the analyses: those that have, in a column named, one of "
        "its values; of any other that enters no analysis `liftproof check` warns",
        SELECTION,
        otherwise="none",
        example="{inclusion_status: [not_randomised]}",
    )
    publications: tuple[Publication, ...] = key(
        "sources that are no trial of the review, with what they can be found by",
        RecordsKind(table=Publication, singular="publication", plural="publications"),
        otherwise="none",
        example="[{id: two2021, citation: 'Two B. J Inj 2021;5:60-70', doi: 10.1000/2}]",
    )

    def named(self, code: str) -> str:
        """Return what readers read in place of an outcome, a category or an arm.

        >>> ours = Settings(title="Ours", names={"hamstring_new": "new hamstring injury"})
        >>> ours.named("hamstring_new"), ours.named("groin_pain")
        ('new hamstring injury', 'groin pain')
        """
        return self.names.get(code) or code.replace("_", " ")

    def favours(self, analysis: str) -> tuple[str, str]:
        """Return the arm that an effect below none favours in an analysis, and the other one.

        >>> one = Analysis(id="vo2max", title="VO2max", measure="SMD", better="higher")
        >>> Settings(title="Ours", analyses=(one,)).favours("vo2max")
        ('control', 'intervention')
        """
        arms = self.arms(analysis)
        return arms[::-1] if self.better_in(analysis) == HIGHER else arms

    def arms(self, analysis: str) -> tuple[str, str]:
        """Return the names of both arms in an analysis, the first its own where it has one.

        >>> strength = {"measure": "RR", "intervention": "strength training"}
        >>> one = Analysis(id="strong", title="Strength", **strength)
        >>> Settings(title="Ours", intervention="exercise", analyses=(one,)).arms("strong")
        ('strength training', 'control')
        """
        return self.analysis(analysis).intervention or self.intervention, self.control

    def better_in(self, analysis: str) -> str:
        """Return which values are better in an analysis, lower where it is none of the review."""
        return self.analysis(analysis).better

    def analysis(self, name: str) -> Analysis:
        """Return the analysis of a name; one without choices where the review has none such."""
        named = (each for each in self.analyses if each.id == name)
        return next(named, Analysis(id=name, title="", measure=self.measure))
