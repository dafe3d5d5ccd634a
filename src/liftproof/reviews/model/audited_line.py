"""A row of a forest plot as a paper prints it: a trial, or a pool with what is printed of it."""

from dataclasses import dataclass

from liftproof.columns import column
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import MODELS

TRIAL, POOL = "trial", "pool"
POOLED_FROM = ("counts", "means", "estimate")
PRINTS = (
    *("estimate", "ci_low", "ci_high", "p", "z", "tau2", "i2", "q", "q_p"),
    *("k", "participants", "events"),
)
"""Columns of a pool that are printed numbers of it, named as in ``published.csv``."""
ON_A_TRIAL = ("estimate", "ci_low", "ci_high", "p")
"""Those that a trial has as well."""
ARM_TOTALS = ("events_intervention", "n_intervention", "events_control", "n_control")
"""Columns that hold the totals of the arms in a row of a pool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedLine:
    """A row of the table that ``liftproof audit`` reads; numbers are written as they are printed.

    ``line``: of the file on which it begins.
    """

    kind: str = column("what the row is, a trial where it is empty", allowed=(TRIAL, POOL))
    label: str = column("name of the trial, or of the pool, as printed", required=True)
    subgroup: str = column(
        "of a trial, its subgroup; of a pool, the subgroup that it pools, all trials where it is "
        "empty"
    )
    events_intervention: int | None = column("events, first arm; of a pool the total", kind="count")
    n_intervention: int | None = column(
        "participants, first arm; of a pool the total", kind="count"
    )
    events_control: int | None = column("events, second arm; of a pool the total", kind="count")
    n_control: int | None = column("participants, second arm; of a pool the total", kind="count")
    percent_intervention: float | None = column(
        "events in percent of the participants, first arm", kind="number", is_percent=True
    )
    percent_control: float | None = column("the same, second arm", kind="number", is_percent=True)
    mean_intervention: float | None = column("mean, first arm", kind="number")
    sd_intervention: float | None = column("standard deviation, first arm", kind="number")
    mean_control: float | None = column("mean, second arm", kind="number")
    sd_control: float | None = column("standard deviation, second arm", kind="number")
    whole_numbers: str = column(
        "whether each person's value is a whole number, as of a count or a scale of one item",
        allowed=("yes", "no"),
    )
    estimate: float | None = column("printed estimate, natural scale", kind="number")
    ci_low: float | None = column("its lower limit", kind="number")
    ci_high: float | None = column("its upper limit", kind="number")
    ci_level: float | None = column("level of the limits, 0.95 where it is empty", kind="number")
    p: str = column("printed p value, such as 0.034 or <0.001", kind="p")
    weight: float | None = column(
        "printed weight of a trial, percent", kind="number", is_percent=True
    )
    pooled_from: str = column(
        "of a trial, which of its numbers the pool takes; counts or means where it has them and "
        "the measure can be computed from them, else the estimate",
        allowed=POOLED_FROM,
    )
    design_effect: float | None = column(
        "of a trial, the inflation of its variance that the paper states", kind="number"
    )
    measure: str = column(
        "effect measure; a pool must name it, a trial has that of its pool where it is empty",
        allowed=tuple(MEASURES),
    )
    model: str = column(
        "of a pool, how trials are pooled, where the paper states it",
        allowed=tuple(code for code in MODELS if code != "three-level"),
    )
    tau2_method: str = column(
        "of a pool, the estimator of τ² where it is stated: FE for a common effect",
        allowed=tuple(ESTIMATORS),
    )
    interval: str = column(
        "of a pool, the confidence interval; wald where it is empty", allowed=tuple(INTERVALS)
    )
    z: float | None = column("of a pool, the printed test statistic", kind="number")
    tau2: float | None = column("of a pool, the printed τ²", kind="number")
    i2: float | None = column("of a pool, the printed I², percent", kind="number", is_percent=True)
    q: float | None = column("of a pool, the printed Q (χ²)", kind="number")
    q_p: str = column("of a pool, the printed p value of Q", kind="p")
    k: int | None = column("of a pool, the printed number of results", kind="count")
    participants: int | None = column("of a pool, the printed participants", kind="count")
    events: int | None = column("of a pool, the printed events", kind="count")
    line: int = 0
