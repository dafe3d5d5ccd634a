"""Whether a printed estimate, its limits and its p value can belong together.

Every printed number stands for all numbers that round to it: 0.25 is anything from 0.245 to
0.255. A contradiction is reported only if no choice within those bounds resolves it.
"""

from collections.abc import Iterator
from decimal import Decimal
from math import erfc, inf, log, sqrt
from statistics import NormalDist

from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.effect_sources import missing
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import EXACT, Outcome
from liftproof.vocabulary.levels import USUAL_LEVEL, is_level
from liftproof.vocabulary.measure import Measure
from liftproof.vocabulary.measures import MEASURES

Bounds = tuple[float, float]

_SLACK = 1e-9
"""Relative room for binary arithmetic where two bounds just touch."""

POINTS = (-1, 1, -2, 2)
"""Places by which a decimal point is looked for elsewhere."""
ESTIMATE = ("estimate", "ci_low", "ci_high")
"""Columns without any of which nothing is printed that could be contradicted."""


def check_printed(row: SheetRow[Outcome], review_measure: str) -> Iterator[Problem]:
    """Yield contradictions within a reported estimate. The first kind found hides the others."""
    if row.bad.intersection((*ESTIMATE, "measure")):
        return
    measure = MEASURES[row.record.measure or review_measure]
    problems = list(_not_positive(row, measure)) or list(_not_bracketed(row, measure))
    if problems or missing(row.record, "reported"):
        yield from problems
        return
    if row.record.ci_kind != EXACT:
        yield from _off_centre(row, measure)
    yield from _other_p(row, measure)


def rounded(text: str) -> Bounds:
    """Return the bounds of the numbers that round to the printed one.

    >>> rounded("0.25")
    (0.245, 0.255)
    """
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    half = Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)
    return float(value - half), float(value + half)


def _not_positive(row: SheetRow[Outcome], measure: Measure) -> Iterator[Problem]:
    for name in ESTIMATE if measure.is_log else ():
        value = getattr(row.record, name)
        if value is not None and value <= 0:
            wrong = f"a ratio ({measure.code}) must be above 0"
            remedy = "write the ratio, not its logarithm or a difference"
            yield row.problem(name, wrong, remedy)


def _not_bracketed(row: SheetRow[Outcome], measure: Measure) -> Iterator[Problem]:
    record = row.record
    low, estimate, high = record.ci_low, record.estimate, record.ci_high
    if low is not None and high is not None and low >= high:
        wrong = f"the lower limit is not below the upper one ({row.cell('ci_high')})"
        yield row.problem("ci_low", wrong, "swap or correct them")
    elif estimate is not None and not (
        (-inf if low is None else low) <= estimate <= (inf if high is None else high)
    ):
        wrong = f"the limits do not bracket the estimate ({_printed_limits(row)})"
        remedy = "correct the estimate or a limit"
        meant = _with_point_moved(row, measure) if None not in (low, high) else ""
        yield row.problem("estimate", wrong, f"{meant}{remedy}")


def _with_point_moved(row: SheetRow[Outcome], measure: Measure) -> str:
    """Say which estimate would fit the limits if its decimal point alone were misplaced."""
    middle = _middle(row, measure)
    for places in POINTS:
        moved = format(Decimal(row.cell("estimate")).scaleb(places), "f")
        if overlap(rounded(moved), middle):
            return f"{moved} would fit, with the decimal point moved: "
    return ""


def _off_centre(row: SheetRow[Outcome], measure: Measure) -> Iterator[Problem]:
    """Compare the estimate with the middle of its limits on the analysis scale."""
    if not overlap(rounded(row.cell("estimate")), _middle(row, measure)):
        low, high = (on_scale(row.cell(name), measure) for name in ("ci_low", "ci_high"))
        centre = measure.natural((low[0] + low[1] + high[0] + high[1]) / 4)
        mean = "geometric mean" if measure.is_log else "middle"
        wrong = f"the limits {_printed_limits(row)} do not fit the estimate: their {mean} is "
        remedy = (
            "correct a misprint; if the limits are exact, write exact in ci_kind: v then follows "
            "from the width of both sides"
        )
        yield row.problem("estimate", f"{wrong}{centre:.3g}", remedy)


def _middle(row: SheetRow[Outcome], measure: Measure) -> Bounds:
    """Return the bounds of the middle of the limits, natural scale."""
    low, high = (on_scale(row.cell(name), measure) for name in ("ci_low", "ci_high"))
    return measure.natural((low[0] + high[0]) / 2), measure.natural((low[1] + high[1]) / 2)


def _other_p(row: SheetRow[Outcome], measure: Measure) -> Iterator[Problem]:
    """Compare the p value with the one that estimate and limits imply (Wald, normal).

    Differences of means are left alone: their limits and p come from t, not from the normal.
    """
    text = row.cell("p_value")
    if not text or "p_value" in row.bad or measure.is_of_means or "ci_level" in row.bad:
        return
    implied = _implied_p(row, measure, _level(row))
    below = text.startswith("<")
    low, high = rounded(text.removeprefix("<").strip())
    printed = (0.0, (low + high) / 2) if below else (low, high)
    if not overlap(printed, implied):
        wrong = f"the p value does not fit estimate and limits, which imply {_span(implied)}"
        remedy = "correct a misprint; if it is from another test, move it to the note"
        yield row.problem("p_value", wrong, remedy)


def _level(row: SheetRow[Outcome]) -> float:
    """Return the level of the limits; one that is none is reported elsewhere."""
    level = row.record.ci_level
    return USUAL_LEVEL if level is None or not is_level(level) else level


def _implied_p(row: SheetRow[Outcome], measure: Measure, level: float) -> Bounds:
    """Return the smallest and the largest p value that the printed digits allow."""
    effect, low, high = (on_scale(row.cell(name), measure) for name in ESTIMATE)
    nearest = 0.0 if effect[0] <= 0 <= effect[1] else min(abs(effect[0]), abs(effect[1]))
    farthest = max(abs(effect[0]), abs(effect[1]))
    narrowest, widest = max(high[0] - low[1], 0.0), high[1] - low[0]
    width = -2 * NormalDist().inv_cdf((1 - level) / 2)
    largest = _two_sided(nearest * width / widest)
    return (_two_sided(farthest * width / narrowest) if narrowest > 0 else 0.0), largest


def _two_sided(z: float) -> float:
    return erfc(z / sqrt(2))


def on_scale(text: str, measure: Measure) -> Bounds:
    """Return a printed number's bounds on the analysis scale; a ratio is above 0, so are both."""
    low, high = rounded(text)
    return (log(low), log(high)) if measure.is_log else (low, high)


def overlap(one: Bounds, other: Bounds) -> bool:
    room = _SLACK * max(abs(one[1]), abs(other[1]))
    return one[0] <= other[1] + room and other[0] <= one[1] + room


def _printed_limits(row: SheetRow[Outcome]) -> str:
    return f"{row.cell('ci_low')} to {row.cell('ci_high')}"


def _span(bounds: Bounds) -> str:
    low, high = (f"{value:.2g}" for value in bounds)
    return low if low == high else f"{low} to {high}"
