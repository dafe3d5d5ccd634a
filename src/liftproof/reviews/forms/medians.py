"""Mean and standard deviation of an arm from its median, with quartiles, range or both."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from liftproof.errors import InputError
from liftproof.reviews.forms.derived import ARMS, Derived, Row
from liftproof.reviews.model.problems import Problem

if TYPE_CHECKING:
    from liftproof.statistics.conversions.five_numbers import MeanAndSd

FIVE = ("min", "q1", "median", "q3", "max")
KEYWORDS = ("minimum", "q1", "median", "q3", "maximum")
BESIDE = {
    ("q1", "q3"): ("its quartiles", "Luo 2018, Wan 2014"),
    ("min", "max"): ("its range", "Luo 2018, Wan 2014"),
    ("min", "q1", "q3", "max"): ("quartiles and range", "Luo 2018, Shi 2020"),
}
"""By what stands beside the median, its name and the sources of mean and standard deviation."""
METHODS = {
    "qe": "quantile estimation, McGrath 2020",
    "bc": "Box-Cox transformation, McGrath 2020",
}
"""By median_method, its name and source."""
METHOD = "median_method"
SKEWED = "median_skewed"


def means_of_medians(row: Row) -> Iterator[Derived]:
    """Yield mean and standard deviation of each arm that gives a median instead."""
    for arm in ARMS:
        wanted = [name for name in ("mean", "sd") if getattr(row.record, f"{name}_{arm}") is None]
        read = {METHOD, *(f"{name}_{arm}" for name in (*FIVE, "mean", "sd", "n"))}
        if row.cell(f"median_{arm}") and wanted and not row.bad.intersection(read):
            yield from _of_arm(row, arm, wanted)


def _of_arm(row: Row, arm: str, wanted: list[str]) -> Iterator[Derived]:
    numbers = {name: getattr(row.record, f"{name}_{arm}") for name in FIVE}
    beside = tuple(
        name for name, value in numbers.items() if value is not None and name != "median"
    )
    people = getattr(row.record, f"n_{arm}")
    lacking = _lacking(row, arm, beside, people)
    if lacking or beside not in BESIDE or people is None:
        yield Derived(column=f"mean_{arm}", problem=None if row.record.awaits else lacking)
        return
    try:
        found = _found(row.record.median_method, numbers, beside, people)
    except InputError as error:
        wrong, remedy = _without_value(error), "correct the misprint, or say in awaits what it is"
        yield Derived(column=f"mean_{arm}", problem=row.problem(f"median_{arm}", wrong, remedy))
        return
    values = {"mean": float(found.mean), "sd": float(found.sd)}
    origins = (*(f"{name}_{arm}" for name in ("median", *beside)), f"n_{arm}")
    if row.record.median_method:
        origins = (*origins, METHOD)
    taken = " and ".join(f"{_NAMES[name]} {values[name]:.4g}" for name in wanted)
    taken += " are taken" if len(wanted) > 1 else " is taken"
    told = _told(row, arm, taken, beside, found)
    if told.rule == SKEWED:
        other = _found("qe", numbers, beside, people)
        by_qe = f"mean {float(other.mean):.4g} and standard deviation {float(other.sd):.4g}"
        told = replace(told, wrong=f"{told.wrong}; quantile estimation would give {by_qe}")
    for place, name in enumerate(wanted):
        yield Derived(
            column=f"{name}_{arm}",
            origins=origins,
            value=values[name],
            problem=told if place == 0 else None,
        )


_NAMES = {"mean": "mean", "sd": "standard deviation"}


def _without_value(error: InputError) -> str:
    """Return what is wrong without the value, which a problem shows itself."""
    return str(error).rstrip(".").partition(", but ")[0]


def _lacking(row: Row, arm: str, beside: tuple[str, ...], people: float | None) -> Problem | None:
    """Return what a median lacks to stand for a mean."""
    if beside not in BESIDE:
        wrong = "a median without both quartiles, or without both ends of the range"
        remedy = f"fill in q1_{arm} and q3_{arm}, or min_{arm} and max_{arm}, or mean and sd"
        return row.problem(f"median_{arm}", wrong, remedy)
    if people is None:
        return row.problem(f"median_{arm}", f"a median without n_{arm}", f"fill in n_{arm}")
    return None


def _found(
    method: str, numbers: Mapping[str, Any], beside: tuple[str, ...], people: float
) -> "MeanAndSd":
    """Return mean, deviation and skewness of an arm by ``median_method``."""
    from liftproof.statistics.conversions.five_numbers import (  # noqa: PLC0415 - NumPy, for few
        USUAL,
        conv_fivenum,
    )

    given = {KEYWORDS[FIVE.index(name)]: numbers[name] for name in beside}
    return conv_fivenum(numbers["median"], people, **given, method=method or USUAL, test=False)


def _told(row: Row, arm: str, taken: str, beside: tuple[str, ...], found: "MeanAndSd") -> Problem:
    """Return what was taken, and whether the numbers look as if it could be."""
    name, source = BESIDE[beside]
    method = row.record.median_method
    statistic, critical = float(found.skewness), float(found.critical)
    wrong = f"{taken} from the median and {name} ({METHODS.get(method, source)})"
    wrong += _of_skewness(statistic, critical, is_normal=not method)
    if "q1" in beside:
        wrong += "; how the paper defines quartiles is not known"
    remedy = f"fill in mean_{arm} and sd_{arm} where a source has them"
    rule = "mean_from_median"
    if statistic >= critical and not method:
        rule = SKEWED
        remedy = (
            "look for the mean, or write qe or bc in median_method, or look for data on a log "
            "scale, or make the row a variant"
        )
    return row.problem(f"median_{arm}", wrong, remedy, rule=rule)


def _of_skewness(statistic: float, critical: float, *, is_normal: bool) -> str:
    """Return what Shi's test says; numbers without a spread, which cannot be tested, come not here.

    >>> _of_skewness(0.1, 0.4, is_normal=True)
    "; Shi's test finds no skewness (0.1, from 0.4 on P < 0.05)"
    """
    if statistic < critical:
        return f"; Shi's test finds no skewness ({statistic:.3g}, from {critical:.3g} on P < 0.05)"
    skewed = f"skewed (Shi's statistic {statistic:.3g}, from {critical:.3g} on P < 0.05)"
    if is_normal:
        return f", but the arm is {skewed}, and the formulas take it for normal"
    return f"; the arm is {skewed}"
