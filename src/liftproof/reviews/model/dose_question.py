"""The key ``dose`` of ``review.yaml``: on which dose the effects of an analysis are regressed."""

from collections.abc import Mapping
from dataclasses import dataclass

from liftproof.reviews.model.codes import INTERVAL, TAU2
from liftproof.reviews.model.keys import (
    CodeKind,
    IdKind,
    ListKind,
    MappingKind,
    NumberKind,
    PartsKind,
    TextKind,
    key,
)
from liftproof.vocabulary.intervals import TESTS
from liftproof.vocabulary.models import INVERSE_VARIANCE, MODELS, THREE_LEVEL

LINEAR, LOG, RCS = "linear", "log", "rcs"
FORMS = (LINEAR, LOG, RCS)
"""A straight line, a line on the logarithm of dose, a restricted cubic spline with three knots."""
INTERVALS: Mapping[str, tuple[str, ...]] = {
    INVERSE_VARIANCE: tuple(TESTS),
    THREE_LEVEL: MODELS[THREE_LEVEL].intervals,
}
"""By model, the intervals that a slope can have."""
TIMES = " x "
"""Between the columns of a product."""


FORM = CodeKind(
    allowed=FORMS,
    meanings={
        LINEAR: "a straight line",
        LOG: "a straight line on the logarithm of dose",
        RCS: "a restricted cubic spline with three knots",
    },
)
UNIT = NumberKind(
    holds="a number above 0",
    fits=lambda value: value > 0,
    wrong="not a usable per",
    remedy="write a number above 0, such as 100",
)
POINTS = NumberKind(
    holds="a number, below 0 for a fall",
    fits=lambda value: value != 0,
    wrong="not a usable claimed_points",
    remedy="write a number, below 0 for a fall",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseQuestion:
    """One regression of the effects of ``analysis`` on dose; the keys of an item below ``dose``.

    ``columns``: their product is the dose; ``adjusted_by``: a column of percentages that the dose
    is multiplied by, empty for none. ``per``: unit of the slope, in units of dose; of the natural
    logarithm for the form log. ``tau2``, ``interval``: empty for those of the analysis.
    ``claimed_points``: that 10 % more dose changes 100 times the ratio by more than these points,
    which somebody claimed; below 0 for a fall.
    """

    id: str = key(
        "name of the question in files, unique in the review",
        IdKind(example="repetitions"),
        required=True,
        example="repetitions",
    )
    title: str = key("what it asks, for readers", required=True, example="Repetitions performed")
    analysis: str = key(
        "analysis whose effects are regressed, by `IV` or `three-level`",
        TextKind(holds="`id` of an analysis"),
        required=True,
        example="overall",
    )
    columns: tuple[str, ...] = key(
        "column of numbers that is the dose, or the product of several",
        PartsKind(holds="columns, with ` x ` between them", separator=TIMES),
        name="dose",
        required=True,
        example="weeks x sessions_per_week",
    )
    adjusted_by: str = key(
        "column of percentages that the dose is multiplied by",
        TextKind(holds="a column"),
        otherwise="none",
        example="compliance_percent",
    )
    unit: str = key("what is counted, for readers", example="repetitions performed")
    form: str = key(
        "form of the curve",
        FORM,
        default=LINEAR,
        example="log",
    )
    per: float = key("unit of a linear slope, in units of dose", UNIT, default=1.0, example="100")
    tau2: str = key(
        "estimator of the variance between trials",
        TAU2,
        otherwise="that of the analysis",
        example="REML",
    )
    interval: str = key(
        "confidence interval of the slope",
        CodeKind(
            allowed=tuple(dict.fromkeys(name for names in INTERVALS.values() for name in names)),
            aliases=INTERVAL.aliases,
        ),
        otherwise="that of the analysis; `hksj_adhoc` where slopes have no such interval",
        example="hksj",
    )
    without: tuple[str, ...] = key(
        "trials that are left out",
        ListKind(of=TextKind(holds="trials (`study`)")),
        otherwise="none",
        example="[one2001]",
    )
    variants: Mapping[str, str] = key(
        "extractions used in place of those of the analysis",
        MappingKind(names="a trial (`study`)", of=TextKind(holds="a variant")),
        otherwise="those of the analysis",
        example="{two2002: adjusted}",
    )
    target: str = key(
        "printed slope that this should give",
        TextKind(holds="a `target` of published.csv"),
        otherwise="none",
        example="dose",
    )
    claimed_points: float | None = key(
        "change of 100 times the ratio for 10 % more dose that somebody claimed to be exceeded",
        POINTS,
        otherwise="none",
        example="-4",
    )
    line: int = 0

    @property
    def name(self) -> str:
        """The dose as its columns: "reps_total", or "weeks x sessions_per_week"."""
        product = TIMES.join(self.columns)
        return f"{product}{TIMES}{self.adjusted_by}/100" if self.adjusted_by else product

    @property
    def all_columns(self) -> tuple[str, ...]:
        """Every column that the dose is made from."""
        return (*self.columns, self.adjusted_by) if self.adjusted_by else self.columns
