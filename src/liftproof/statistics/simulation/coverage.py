"""How often the limits of each method hold the truth, and how wide they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import limits
from liftproof.statistics.intervals import Degrees, Weighted, factor_and_df
from liftproof.statistics.prediction import PREDICTIONS, prediction_limits
from liftproof.statistics.simulation.draws import DrawnReviews
from liftproof.statistics.tau2 import FIXED, TAU2
from liftproof.statistics.weighted_fit import mean_with_tau2
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS as INTERVAL_RECORDS
from liftproof.vocabulary.predictions import PREDICTIONS as PREDICTION_RECORDS

WIDEST = 1e100
"""What a wider interval counts as: its square, times reviews, is still a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsMethod:
    """One way to limits: of the mean by an ``interval``, or of a further trial's effect.

    ``tau2``, ``interval``, ``prediction``: codes. ``prediction`` is empty for limits of the mean;
    ``interval`` is empty for a prediction that rests on none.
    """

    tau2: str
    interval: str = ""
    prediction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tally:
    """Sums over reviews, one number a method in its order; sums of parts add up to the whole.

    ``limited``: reviews in which the method has limits; ``covered``: those whose limits hold the
    truth. ``width``: ``limited`` times the median width of the limits, on the analysis scale, and
    ``width_variance`` its variance: means are of no use, since Kenward and Roger's limits of trials
    of unequal size pass 1e100. ``error`` and ``error_squares``: of estimate minus truth; ``tau2``:
    of the estimates of τ², ``at_zero``: how many are 0; these four over all pooled reviews, of
    which there are ``pooled``.
    """

    pooled: Array
    limited: Array
    covered: Array
    width: Array
    width_variance: Array
    error: Array
    error_squares: Array
    tau2: Array
    at_zero: Array

    def __add__(self, other: Tally) -> Tally:
        """Return the sums over the reviews of both."""
        names = [item.name for item in fields(self)]
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in names})


def distinct_estimators() -> tuple[str, ...]:
    """Return the estimators of τ² without those that are another one's function by a second name.

    >>> sorted(set(TAU2) - set(distinct_estimators()))
    ['DLIT', 'EB', 'SJIT']
    """
    own = {TAU2[code]: code for code in TAU2 if ESTIMATORS[code].is_departure}
    return tuple(code for code in TAU2 if own.get(TAU2[code], code) == code)


def methods_of(
    estimators: Sequence[str], intervals: Sequence[str], predictions: Sequence[str]
) -> tuple[LimitsMethod, ...]:
    """Return every combination that the vocabulary allows, limits of the mean first.

    >>> [f"{m.interval} {m.prediction}".strip() for m in methods_of(["DL"], ["t", "kr"],
    ...                                                             ["riley", "HTS", "KR"])]
    ['t', 't riley', 'HTS']
    """
    return tuple(
        LimitsMethod(tau2=tau2, interval=interval, prediction=prediction)
        for tau2 in estimators
        for interval, prediction in _limits_after(tau2, intervals, predictions)
    )


def _limits_after(
    tau2: str, intervals: Sequence[str], predictions: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Yield interval and prediction of each method that goes with an estimator of τ²."""
    fitting = [code for code in intervals if INTERVAL_RECORDS[code].fits(tau2)]
    yield from ((interval, "") for interval in fitting)
    if tau2 == FIXED:
        return
    for code in predictions:
        record = PREDICTION_RECORDS[code]
        if record.fits(tau2):
            bases = fitting if record.rests_on_interval else [""]
            yield from ((interval, code) for interval in bases)


def tally(drawn: DrawnReviews, methods: Sequence[LimitsMethod], *, level: float) -> Tally:
    """Return how the limits of each method did in the reviews drawn, at a level of confidence.

    A trial without an effect is left out of its review, and a review without a trial is not pooled;
    a review of one trial has its Wald limits, as ``pool`` gives them. A confidence interval is held
    against the true mean, a prediction interval against the true effect of a further trial.

    Source: Morris, White & Crowther 2019, Stat Med 38, 2074-2102, for what is counted.

    >>> drawn = DrawnReviews(y=np.array([[0.0, 0.2], [2.0, 2.4]]), v=np.full((2, 2), 0.08),
    ...                      truth=0.0, further=np.zeros(2))
    >>> sums = tally(drawn, [LimitsMethod(tau2="FE", interval="wald")], level=0.95)
    >>> sums.covered.tolist(), sums.error.round(4).tolist(), (sums.width / 2).round(4).tolist()
    ([1.0], [2.3], [0.784])
    """
    sums = {item.name: np.zeros(len(methods)) for item in fields(Tally)}
    widths: list[list[Array]] = [[] for _ in methods]
    for group in _groups_of_equal_size(drawn):
        for place, numbers, width in _numbers(group, methods, level):
            widths[place].append(width)
            for name, number in numbers.items():
                sums[name][place] += number
    for place, parts in enumerate(widths):
        count = sums["limited"][place]
        if count:
            median, error = median_and_error(np.concatenate(parts))
            sums["width"][place], sums["width_variance"][place] = (
                count * median,
                (count * error) ** 2,
            )
    return Tally(**sums)


def median_and_error(values: Array) -> tuple[float, float]:
    """Return the median of a sample and its standard error, without assuming a distribution.

    The error is half the distance of the order statistics n/2 ± √n/2, which lie one standard
    deviation of a binomial count from the middle.

    Source: David & Nagaraja 2003, Order Statistics, section 7.1.

    >>> median_and_error(np.arange(101.0))
    (50.0, 5.0)
    """
    n = len(values)
    places = np.rint((n - 1) / 2 + np.sqrt(n) / 2 * np.array([-1.0, 0.0, 1.0])).astype(np.intp)
    low, middle, high = np.clip(places, 0, n - 1)
    ordered = np.partition(values, (low, middle, high))
    return float(ordered[middle]), float(ordered[high] - ordered[low]) / 2


def _groups_of_equal_size(drawn: DrawnReviews) -> Iterator[DrawnReviews]:
    """Yield the reviews that have equally many trials with an effect, those trials alone."""
    present = ~np.isnan(drawn.y)
    size = present.sum(axis=1)
    for each in np.unique(size[size > 0]):
        rows = np.flatnonzero(size == each)
        columns = np.nonzero(present[rows])[1].reshape(-1, each)
        chosen = (rows[:, None], columns)
        yield DrawnReviews(
            y=drawn.y[chosen], v=drawn.v[chosen], truth=drawn.truth, further=drawn.further[rows]
        )


def _numbers(
    drawn: DrawnReviews, methods: Sequence[LimitsMethod], level: float
) -> Iterator[tuple[int, dict[str, float], Array]]:
    """Yield for each method its place, its sums over reviews of equally many trials, and widths."""
    for tau2 in dict.fromkeys(method.tau2 for method in methods):
        fit = _fit(drawn, tau2, level)
        factors: dict[str, tuple[Array, Degrees]] = {}
        for place, method in enumerate(methods):
            if method.tau2 != tau2:
                continue
            if method.interval and method.interval not in factors:
                factors[method.interval] = factor_and_df(method.interval, fit.mean)
            sums, width = _limits_held(drawn, fit, method, factors.get(method.interval))
            yield place, fit.sums | sums, width


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fit:
    """What an estimator of τ² makes of the reviews: estimates (reviews,), and their sums."""

    mean: Weighted
    estimate: Array
    sums: dict[str, float]


def _fit(drawn: DrawnReviews, tau2: str, level: float) -> _Fit:
    between, estimate, variance, q = mean_with_tau2(drawn.y, drawn.v, tau2)
    error = estimate - drawn.truth
    return _Fit(
        mean=Weighted(y=drawn.y, v=drawn.v, tau2=between, variance=variance, q=q, level=level),
        estimate=estimate,
        sums={
            "pooled": float(len(error)),
            "error": float(error.sum()),
            "error_squares": float(error @ error),
            "tau2": float(between.sum()),
            "at_zero": float(np.count_nonzero(between == 0)),
        },
    )


def _limits_held(
    drawn: DrawnReviews, fit: _Fit, method: LimitsMethod, factor: tuple[Array, Degrees] | None
) -> tuple[dict[str, float], Array]:
    """Return in how many reviews there are limits, in how many they hold, and how wide each is."""
    scale, df = factor or (np.ones_like(fit.estimate), np.inf)
    if method.prediction:
        rule = PREDICTIONS[method.prediction]
        low, high = prediction_limits(rule, fit.mean, fit.estimate, scale, df)
        aim: Array | float = drawn.further
    else:
        low, high = limits(fit.estimate, np.sqrt(fit.mean.variance * scale), fit.mean.level, df)
        aim = drawn.truth
    width = np.minimum(WIDEST, (high - low)[~np.isnan(low)])
    is_held = (low <= aim) & (aim <= high)
    return {"limited": float(len(width)), "covered": float(np.count_nonzero(is_held))}, width
