"""The key ``dose`` of ``review.yaml``: on which dose the effects of an analysis are regressed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseQuestion:
    """One regression of the effects of ``analysis`` on dose.

    ``columns``: their product is the dose; ``adjusted_by``: a column of percentages that the dose
    is multiplied by, empty for none. ``unit``: what is counted, for readers. ``per``: unit of the
    slope, in units of dose; of the natural logarithm for the form log. ``tau2``, ``interval``:
    empty for those of the analysis. ``without``: trials left out. ``variants``: extractions used in
    place of the analysis's own. ``target``: printed result whose slope this is.
    ``claimed_points``: that 10 % more dose changes 100 times the ratio by more than these points,
    which somebody claimed; below 0 for a fall.
    """

    id: str
    title: str
    analysis: str
    columns: tuple[str, ...]
    adjusted_by: str = ""
    unit: str = ""
    form: str = LINEAR
    per: float = 1.0
    tau2: str = ""
    interval: str = ""
    without: tuple[str, ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict)
    target: str = ""
    claimed_points: float | None = None
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
