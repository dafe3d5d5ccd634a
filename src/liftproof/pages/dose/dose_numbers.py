"""The numbers of a regression on dose as readers see them: slopes, limits, tests, points."""

from math import isclose

from liftproof.reviews.model.dose_question import LOG
from liftproof.rows.dose_rows import NOT_TESTABLE, DoseRow
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import THREE_LEVEL
from liftproof.words import numbers
from liftproof.words.text import minus

MODIFIED = INTERVALS["hksj_adhoc"].name
BY_TRIALS = "t with degrees of freedom by trials, not results"


def has_several_results(row: DoseRow) -> bool:
    """Return whether trials with several results were regressed by the three-level model."""
    return row.model == THREE_LEVEL and row.k != row.studies


def unit_of(row: DoseRow) -> str:
    """Return what the dose counts, the column's name where the question does not say."""
    return row.unit or row.column.replace("_", " ")


def per_unit(row: DoseRow) -> str:
    """Return "per 100 repetitions", or that the slope is on the logarithm."""
    if row.form == LOG:
        return f"per unit of the natural logarithm of {unit_of(row)}"
    size = "" if row.per == 1 else f"{row.per:g} "
    return f"per {size}{unit_of(row)}"


def slope_text(row: DoseRow) -> str:
    """Return "× 1.03 (0.66 to 1.60)", or a slope on a scale of differences."""
    if row.slope is None:
        return numbers.NOT_ESTIMABLE
    if row.ratio is not None:
        limits = numbers.interval(row.ratio_ci_low, row.ratio_ci_high)
        return f"× {numbers.effect(row.ratio)} ({limits})"
    limits = numbers.interval(row.ci_low, row.ci_high)
    return minus(f"{numbers.effect(row.slope)} ({limits})")


def interval_text(row: DoseRow) -> str:
    """Return the kind of limits with its degrees of freedom."""
    if row.verdict == NOT_TESTABLE:
        return "sampling error alone"
    name = INTERVALS[row.interval].name
    return f"{name}, {row.df:g} df" if row.df else name


def modified_text(row: DoseRow) -> str:
    """Return the modified limits and p, of a spline p alone; empty where they are not its own."""
    if row.modified_p_value is None or _is_same(row.modified_p_value, row.p_value):
        return ""
    p = numbers.p_value(row.modified_p_value)
    if row.modified_ci_low is None or row.modified_ci_high is None:
        return p
    natural = MEASURES[row.measure].natural if row.ratio is not None else float
    limits = numbers.interval(natural(row.modified_ci_low), natural(row.modified_ci_high))
    return minus(f"{limits}, {p}")


def modified_name(row: DoseRow) -> str:
    """Return what the modified limits are."""
    return BY_TRIALS if has_several_results(row) else MODIFIED


def steepness_text(row: DoseRow) -> str:
    """Return "× 0.77 or × 1.29", slopes as far from none as the widest limits from the slope.

    Empty where there is no slope, or where it is steeper.
    """
    low = row.ci_low if row.modified_ci_low is None else row.modified_ci_low
    high = row.ci_high if row.modified_ci_high is None else row.modified_ci_high
    if row.slope is None or low is None or high is None or not low <= 0 <= high:
        return ""
    half = (high - low) / 2
    if row.ratio is None:
        return minus(f"{numbers.effect(-half)} or {numbers.effect(half)}")
    natural = MEASURES[row.measure].natural
    return f"× {numbers.effect(natural(-half))} or × {numbers.effect(natural(half))}"


def permutation_text(row: DoseRow) -> str:
    """Return the permutation p with the number of orders and the least p there can be."""
    if row.permutation_p is None:
        return ""
    drawn = " drawn at random" if row.permutations_drawn == "yes" else ""
    least = numbers.p_value(row.smallest_permutation_p).removeprefix("p = ")
    return (
        f"permutation {numbers.p_value(row.permutation_p)} of {row.permutations} orders{drawn}, "
        f"the least possible {least}"
    )


def points_text(row: DoseRow) -> str:
    """Return "1.0 (-11.4 to 17.4)" percentage points, empty for measures that are no ratio."""
    if row.points_10_percent is None:
        return ""
    limits = (row.points_10_percent_low, row.points_10_percent_high)
    return f"{numbers.decimal(row.points_10_percent, 1)} ({span_text(limits)})"


def span_text(limits: tuple[float | None, float | None]) -> str:
    """Return limits in points, with one decimal."""
    low, high = (numbers.decimal(limit, 1) for limit in limits)
    return f"{low} to {high}"


def _is_same(one: float, other: float | None) -> bool:
    return other is not None and isclose(one, other, rel_tol=1e-9)
