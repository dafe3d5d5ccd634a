"""What a reported estimate's precision is taken from, where that is not its limits alone."""

from collections.abc import Iterator
from math import log
from statistics import NormalDist

from liftproof.reviews.checks.check_printed import on_scale, overlap, rounded
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.effect_sources import complete_groups
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import EXACT, Outcome
from liftproof.vocabulary.levels import USUAL_LEVEL, is_level
from liftproof.vocabulary.measure import Measure
from liftproof.vocabulary.measures import MEASURES

_READ = ("estimate", "ci_low", "ci_high", "ci_level", "measure", "se", "p_value", "p_sides", "df")


def check_precision(row: SheetRow[Outcome], review_measure: str) -> Iterator[Problem]:
    """Yield what is taken for the precision of an estimate."""
    yield from _given_twice(row)
    if row.bad.intersection(_READ) or row.record.estimate is None:
        return
    measure = MEASURES[row.record.measure or review_measure]
    complete = complete_groups(row.record)
    if measure.is_log and row.record.estimate <= 0:
        return
    if "reported" in complete:
        yield from _two_precisions(row, measure)
        yield from _exact(row, measure)
    elif "standard_error" in complete:
        yield from _of_logarithm(row, measure)
    elif complete and complete[0] == "p_value":
        yield from _of_p(row, measure)


def _given_twice(row: SheetRow[Outcome]) -> Iterator[Problem]:
    """Compare the variance of an effect as given with a standard error beside it."""
    if row.record.y is None or not (row.cell("v") and row.cell("se")) or row.bad & {"v", "se"}:
        return
    low, high = (max(end, 0.0) * max(end, 0.0) for end in rounded(row.cell("se")))
    if row.record.estimate is None and not overlap(rounded(row.cell("v")), (low, high)):
        wrong = f"v is not the square of the standard error, which is {_span(low, high)}"
        yield row.problem("v", wrong, "correct it, or empty v or se")


def _two_precisions(row: SheetRow[Outcome], measure: Measure) -> Iterator[Problem]:
    """Compare a standard error with the limits beside it, which go first.

    Limits of differences of means come from t, and are left alone as exact ones are.
    """
    record = row.record
    if record.se is None or measure.is_of_means or record.ci_kind == EXACT:
        return
    if measure.is_log and min(record.ci_low or 0.0, record.ci_high or 0.0) <= 0:
        return  # told as no limits of a ratio
    low, high = (on_scale(row.cell(name), measure) for name in ("ci_low", "ci_high"))
    width = 2 * _critical(row)
    implied = max(high[0] - low[1], 0.0) / width, (high[1] - low[0]) / width
    if not overlap(rounded(row.cell("se")), implied):
        wrong = f"the standard error does not fit the limits, which imply {_span(*implied)}"
        remedy = f"correct a misprint; of {measure.with_article} it is that of its logarithm"
        yield row.problem("se", wrong, remedy if measure.is_log else "correct a misprint")


def _exact(row: SheetRow[Outcome], measure: Measure) -> Iterator[Problem]:
    """Say of exact limits how far their sides differ, and what is taken."""
    record = row.record
    if record.ci_kind != EXACT or not _is_bracketed(record, measure):
        return
    low, centre, high = (_value(row, name, measure) for name in ("ci_low", "estimate", "ci_high"))
    critical = _critical(row)
    below, above, both = (
        (centre - low) / critical,
        (high - centre) / critical,
        (high - low) / (2 * critical),
    )
    wrong = (
        f"exact limits: the standard error taken is {both:.3g}, from the width between both; the "
        f"lower limit alone gives {below:.3g}, the upper {above:.3g}"
    )
    remedy = "leave it at that, or give the counts"
    yield row.problem("ci_kind", wrong, remedy, rule="exact_limits")


def _is_bracketed(record: Outcome, measure: Measure) -> bool:
    """Say whether limits are limits: what is wrong with others is told elsewhere."""
    low, centre, high = record.ci_low, record.estimate, record.ci_high
    if low is None or centre is None or high is None:
        return False
    return low <= centre <= high and low < high and (low > 0 or not measure.is_log)


def _of_logarithm(row: SheetRow[Outcome], measure: Measure) -> Iterator[Problem]:
    """Say of a ratio which limits its standard error is taken to mean: papers print two kinds.

    Not of one that follows from other numbers of the row.
    """
    record = row.record
    if not measure.is_log or record.estimate is None or record.se is None or not row.cell("se"):
        return
    centre = _value(row, "estimate", measure)
    half = NormalDist().inv_cdf((1 + USUAL_LEVEL) / 2) * record.se
    low, high = (f"{measure.natural(centre + side * half):.3g}" for side in (-1, 1))
    wrong = (
        f"the standard error of {measure.with_article} is read as that of its logarithm, which "
        f"gives 95 % limits of {low} and {high}"
    )
    remedy = f"if the paper's is of the ratio itself, divide it by {row.cell('estimate')}"
    yield row.problem("se", wrong, remedy, rule="se_of_ratio")


def _of_p(row: SheetRow[Outcome], measure: Measure) -> Iterator[Problem]:
    """Say how exact the standard error is that the digits of a P value give, or why none is."""
    record = row.record
    sides = record.p_sides or 2
    p = float(record.p_value)
    if record.estimate == measure.no_effect or p in (0, 1) or p == sides / 2:
        wrong = "no standard error follows from this estimate and P value"
        remedy = "give limits or se, or say in awaits what is missing"
        yield row.problem("p_value", wrong, remedy)
        return
    if record.df is not None:
        return
    low, high = rounded(row.cell("p_value"))
    y = abs(_value(row, "estimate", measure))
    allowed = _from_p(y, low, high, sides)
    wrong = f"the standard error is taken from the P value, whose digits allow {allowed}"
    remedy = "give limits or se where the paper has them, and df where P is from a t test"
    yield row.problem("p_value", wrong, remedy, rule="se_from_p")


def _from_p(y: float, low: float, high: float, sides: int) -> str:
    """Return the standard errors that P values between two bounds give, in words."""
    tails = (min(p, sides - p) if sides == 1 else p for p in (low, high))
    sizes = [abs(NormalDist().inv_cdf(tail / sides)) for tail in tails if 0 < tail < sides / 2]
    if len(sizes) < 2:  # noqa: PLR2004 - one bound gives none
        return f"any above {y / sizes[0]:.3g}" if low > 0 and sizes else "a wide range"
    return _span(*sorted(y / size for size in sizes))


def _value(row: SheetRow[Outcome], name: str, measure: Measure) -> float:
    """Return a printed number on the analysis scale."""
    value = float(row.cell(name))
    return log(value) if measure.is_log else value


def _critical(row: SheetRow[Outcome]) -> float:
    level = row.record.ci_level
    known = USUAL_LEVEL if level is None or not is_level(level) else level
    return NormalDist().inv_cdf((1 + known) / 2)


def _span(low: float, high: float) -> str:
    one, other = f"{low:.3g}", f"{high:.3g}"
    return one if one == other else f"{one} to {other}"
