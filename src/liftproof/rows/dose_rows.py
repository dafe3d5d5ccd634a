"""The tables of dose-response under ``results/<review>/``: one class a file, one field a column."""

from dataclasses import dataclass

from liftproof.columns import column as declared  # a table here has a column named column
from liftproof.reviews.model.dose_question import FORMS

NOT_TESTABLE, INCONCLUSIVE, TOO_FEW, ASSOCIATION = VERDICTS = (
    "not_testable",
    "inconclusive",
    "too_few",
    "association",
)
"""Too few trials for a line; chance is not ruled out by every test; an association that too few
trials show; an association between trials."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRow:
    """A row of ``dose_response.csv``: one regression on dose, or the same without one trial."""

    review: str = declared("review", required=True)
    analysis: str = declared("analysis whose effects are regressed", required=True)
    dose: str = declared("key of the dose question", required=True)
    title: str = declared("its title", required=True)
    column: str = declared("column that holds the dose, or the product of several", required=True)
    unit: str = declared("what the dose counts, in words")
    form: str = declared("form of the curve", allowed=FORMS)
    per: float | None = declared(
        "unit of the slope, in units of dose; for log in units of its natural logarithm",
        kind="number",
    )
    left_out: str = declared("key of the trial left out; empty for the model of all")
    measure: str = declared("effect measure")
    k: int | None = declared("number of results with a dose", kind="count")
    studies: int | None = declared("number of trials they come from", kind="count")
    trials_without_dose: int | None = declared(
        "trials of the analysis that give no such dose", kind="count"
    )
    dose_low: float | None = declared("lowest dose", kind="number")
    dose_mean: float | None = declared("mean dose of the results", kind="number")
    dose_high: float | None = declared("highest dose", kind="number")
    slope: float | None = declared("slope per unit, analysis scale; none for rcs", kind="number")
    ci_low: float | None = declared("its lower limit at the review's level", kind="number")
    ci_high: float | None = declared("its upper limit at the review's level", kind="number")
    p_value: float | None = declared("p of no association; for rcs of all columns", kind="number")
    interval: str = declared("kind of confidence interval")
    df: float | None = declared("degrees of freedom of t; empty for the normal", kind="number")
    modified_ci_low: float | None = declared(
        "lower limit by Hartung-Knapp, never narrower than with t and the model's own variance; "
        "of three-level slopes with degrees of freedom by trials, not results",
        kind="number",
    )
    modified_ci_high: float | None = declared("upper limit by the same", kind="number")
    modified_p_value: float | None = declared("p value by the same", kind="number")
    permutation_p: float | None = declared(
        "share of orders of the doses with a Wald statistic as large", kind="number"
    )
    permutations: int | None = declared("orders gone through, or drawn", kind="count")
    permutations_drawn: str = declared(
        "whether orders were drawn at random, as there are more than 50,000", allowed=("yes", "no")
    )
    smallest_permutation_p: float | None = declared(
        "the least p that these doses can give", kind="number"
    )
    ratio: float | None = declared(
        "factor on the effect per unit of dose, for ratio measures", kind="number"
    )
    ratio_ci_low: float | None = declared("its lower limit at the review's level", kind="number")
    ratio_ci_high: float | None = declared("its upper limit at the review's level", kind="number")
    nonlinear_p: float | None = declared("p of a straight line, rcs only", kind="number")
    tau2: float | None = declared("variance that dose leaves, analysis scale", kind="number")
    tau2_method: str = declared("estimator of tau²")
    model: str = declared("how the effects were regressed: IV or three-level")
    r2: float | None = declared("share of tau² that dose explains, percent", kind="number")
    effect_at_mean: float | None = declared("fitted effect at the mean dose", kind="number")
    points_10_percent: float | None = declared(
        "change of 100 times the ratio when dose rises by 10 % from its mean", kind="number"
    )
    points_10_percent_low: float | None = declared(
        "its lower limit, the effect at the mean dose held fixed", kind="number"
    )
    points_10_percent_high: float | None = declared("its upper limit, the same", kind="number")
    points_10_percent_modified_low: float | None = declared(
        "lower limit of the change by the modified interval", kind="number"
    )
    points_10_percent_modified_high: float | None = declared(
        "upper limit by the same", kind="number"
    )
    claimed_points: float | None = declared(
        "more than this change for 10 % more dose was claimed, percentage points", kind="number"
    )
    target: str = declared("printed result whose slope this is")
    unverified: str = declared(
        "whether an effect or a dose rests on an unverified number", allowed=("yes", "no")
    )
    reconstructed: str = declared("whether one rests on a reconstructed one", allowed=("yes", "no"))
    verdict: str = declared("what the model can show", allowed=VERDICTS)
    sentence: str = declared("the verdict in words")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseTrialRow:
    """A row of ``dose_trials.csv``: one result of one dose question, with or without a dose."""

    review: str = declared("review", required=True)
    analysis: str = declared("analysis", required=True)
    dose: str = declared("key of the dose question", required=True)
    study: str = declared("key of the trial", required=True)
    label: str = declared("name shown to readers", required=True)
    outcome: str = declared("outcome", required=True)
    detail: str = declared("what tells the result from others of its trial")
    amount: float | None = declared("its dose; empty where none is known", kind="number")
    estimate: float | None = declared("effect, natural scale", kind="number")
    ci_low: float | None = declared("lower limit at the review's level", kind="number")
    ci_high: float | None = declared("upper limit at the review's level", kind="number")
    weight_percent: float | None = declared("weight 1/(v + tau²) in the regression", kind="number")
    unverified: str = declared(
        "whether effect or dose rests on an unverified number", allowed=("yes", "no")
    )
    reconstructed: str = declared("whether they rest on a reconstructed one", allowed=("yes", "no"))
    design: str = declared("what was randomised")
    sport: str = declared("sport or setting")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseCurveRow:
    """A row of ``dose_curves.csv``: the fitted effect at one dose, natural scale."""

    review: str = declared("review", required=True)
    analysis: str = declared("analysis", required=True)
    dose: str = declared("key of the dose question", required=True)
    amount: float = declared("dose", kind="number", required=True)
    estimate: float | None = declared("mean effect", kind="number")
    ci_low: float | None = declared("its lower limit at the review's level", kind="number")
    ci_high: float | None = declared("its upper limit at the review's level", kind="number")
