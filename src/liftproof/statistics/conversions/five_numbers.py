"""Mean and standard deviation from a median with quartiles, with the range, or with both.

All methods but Bland's, ``qe`` and ``bc`` take the people for a sample of a normal distribution, or
of a log-normal one. How a paper defines its quartiles is hardly ever known; in small arms
definitions differ by more than these methods do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats, numbers, require
from liftproof.statistics.conversions.box_cox import box_cox
from liftproof.statistics.conversions.five_number_formulas import (
    PLACES,
    Five,
    Formula,
    bland,
    hozo,
    log_normal,
    luo_wan_shi,
    skewness,
    wan,
)
from liftproof.statistics.conversions.quantile_estimation import quantile_estimation
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result, along
from liftproof.statistics.shapes import in_one_shape

FEWEST = 5
"""People; of fewer, five numbers say nothing about a distribution."""
USUAL = "luo/wan/shi"
FORMULAS: Mapping[str, Formula] = {
    USUAL: luo_wan_shi,
    "wan2014": wan,
    "hozo2005": hozo,
    "bland2015": bland,
    "qe": quantile_estimation,
    "bc": box_cox,
}
"""By metafor's names, with qe and bc those that need no normal distribution."""
DISTRIBUTIONS: Mapping[str, bool] = {"norm": False, "lnorm": True}
"""By metafor's name, whether the logarithms are taken for normal."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeanAndSd(Result):
    """Means and standard deviations that follow from five numbers. Arrays are (...).

    ``mean``, ``sd``: in the unit of the numbers; NaN where ``is_skewed`` and the test was asked to
    decide. ``skewness``: Shi's statistic; ``critical``: the value from which it is significant at
    0.05; ``is_skewed``: whether it is.
    """

    per_trial = along("mean", "sd", "skewness", "critical", "is_skewed")

    mean: Array
    sd: Array
    skewness: Array
    critical: Array
    is_skewed: NDArray[np.bool_]


@of_one_index
def conv_fivenum(
    median: ArrayLike,
    n: ArrayLike,
    *,
    q1: ArrayLike | None = None,
    q3: ArrayLike | None = None,
    minimum: ArrayLike | None = None,
    maximum: ArrayLike | None = None,
    method: str = USUAL,
    distribution: Literal["norm", "lnorm"] = "norm",
    test: bool = True,
) -> MeanAndSd:
    """Return mean and SD from a median with quartiles, with minimum and maximum, or with all four.

    ``n``: people, 5 or more. Arguments broadcast; NaN, or a column left out, stands for a number
    that a row does not have. ``method``: a name in FORMULAS; ``qe``, quantile estimation, takes the
    distribution nearest to the numbers, normal, log-normal, gamma, Weibull or, between 0 and 1,
    beta; ``bc`` a Box-Cox transformation. With these two give ``test=False``: they are for skewed
    arms. ``distribution``: ``lnorm`` takes the
    logarithms for normal, by ``luo/wan/shi`` alone; mean and SD are still those of the numbers.
    ``test``: give NaN where the test of skewness is significant. Raises InputError.

    Source: Luo, Wan, Liu & Tong 2018, Stat Methods Med Res 27, 1785-1805 (means); Wan, Wang, Liu &
    Tong 2014, BMC Med Res Methodol 14, 135 (SDs); Shi et al. 2020, Res Synth Methods 11, 641-654
    (SDs of five numbers); Shi et al. 2023, Stat Methods Med Res 32, 1338-1360 (skewness); McGrath
    et al. 2020, Stat Methods Med Res 29, 2520-2537 (``qe``, ``bc``). metafor
    from 4.0: ``conv.fivenum(min=, q1=, median=, q3=, max=, n=)``.

    >>> found = conv_fivenum([20, 20], 40, q1=[16, 18.5], q3=[25, 30])
    >>> found.mean.round(4).tolist(), found.sd.round(4).tolist(), found.is_skewed.tolist()
    ([20.3549, nan], [6.9204, nan], [False, True])
    """
    *five, people = in_one_shape(
        "Five numbers and participants",
        *_columns(minimum=minimum, q1=q1, median=median, q3=q3, maximum=maximum),
        floats("n", n),
    )
    require(people >= FEWEST, people, f"Five numbers need {FEWEST} participants or more")
    is_log = choose(DISTRIBUTIONS, distribution, "distribution")
    formula = _formula(method, is_log=is_log)
    _require_order(five)
    if is_log:
        lowest = np.fmin.reduce(five)
        require(lowest > 0, lowest, "Numbers of a log-normal distribution must be positive")
        five = [np.log(values) for values in five]
    where = _kinds(five)
    mean, sd, statistic, critical = _of_rows(where, five, people, formula)
    for kind, rows in where.items():
        if np.isnan(mean[rows]).any():
            raise InputError(f"{method} has no formula for a median with {kind}: use {USUAL}.")
    is_skewed = statistic >= critical
    hidden = is_skewed & bool(test)
    return MeanAndSd(
        mean=np.where(hidden, np.nan, mean),
        sd=np.where(hidden, np.nan, sd),
        skewness=statistic,
        critical=critical,
        is_skewed=is_skewed,
    )


def _columns(**given: ArrayLike | None) -> Iterator[Array]:
    """Yield each column as an array, NaN where it is left out; infinite numbers are refused."""
    for name, values in given.items():
        column = numbers(name, np.nan if values is None else values)
        require(~np.isinf(column), column, f"{name} must be finite")
        yield column


def _formula(method: str, *, is_log: bool) -> Formula:
    formula = choose(FORMULAS, method, "method for five numbers")
    if is_log and method != USUAL:
        raise InputError(f"{method} has no formula for a log-normal distribution: use {USUAL}.")
    return log_normal if is_log else formula


def _require_order(five: list[Array]) -> None:
    """Raise InputError unless known numbers ascend, and those in pairs leave room between them."""
    highest = np.full(five[0].shape, -np.inf)
    for values in five:
        require(~(values < highest), values, "Minimum, quartiles, median and maximum must ascend")
        highest = np.fmax(highest, values)
    minimum, q1, _, q3, maximum = five
    require(~(q1 == q3), q1, "Two quartiles must differ")
    require(~(minimum == maximum), minimum, "Minimum and maximum must differ")


def _kinds(five: list[Array]) -> Mapping[str, NDArray[np.bool_]]:
    """Return by kind the rows that have its numbers and no others; InputError for a row of none."""
    known = np.stack([~np.isnan(values) for values in five])
    where = {}
    for kind, places in PLACES.items():
        others = [place for place in range(5) if place not in places]
        has_all = np.asarray(known[list(places)].all(axis=0))
        where[kind] = has_all & ~np.asarray(known[others].any(axis=0))
    if not np.logical_or.reduce(list(where.values())).all():
        raise InputError("Give each median with both quartiles, with minimum and maximum, or all.")
    return where


def _of_rows(
    where: Mapping[str, NDArray[np.bool_]], five: Five, n: Array, formula: Formula
) -> tuple[Array, ...]:
    """Return mean, SD, statistic of skewness and critical value, each row by what it holds."""
    found = []
    for kind, chosen in where.items():
        own = [np.where(chosen, values, np.nan) for values in five]
        found.append((*formula(kind, own, n), *skewness(kind, own, n)))
    rows = list(where.values())
    return tuple(np.select(rows, list(each), np.nan) for each in zip(*found, strict=True))
