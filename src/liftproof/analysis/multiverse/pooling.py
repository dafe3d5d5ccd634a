"""How a combination is pooled: by inverse variance, or by the three-level model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from liftproof.errors import UsageError
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.checks import Array
from liftproof.statistics.combinations import Combinations, distinct, pool_combinations
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.distributions import limits
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS as KINDS
from liftproof.vocabulary.models import INVERSE_VARIANCE, THREE_LEVEL

TAU2 = tuple(code for code, record in ESTIMATORS.items() if record.is_usual)
INTERVALS = tuple(code for code, record in KINDS.items() if record.is_usual)
THREE_LEVEL_TAU2 = ("REML", "ML")
THREE_LEVEL_INTERVALS: tuple[str, ...] = ("t", "wald")
LEVEL = 0.95
AS_IF_INDEPENDENT = "REML, results as if independent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooler:
    """A model with a method for τ². ``name``: for readers."""

    model: str
    tau2: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pooled:
    """Estimates with limits on the analysis scale, each of shape (n,)."""

    estimate: Array
    ci_low: Array
    ci_high: Array


def joined(*parts: Pooled) -> Pooled:
    """Return the pools of several sets of combinations as one."""
    return Pooled(
        estimate=np.concatenate([part.estimate for part in parts]),
        ci_low=np.concatenate([part.ci_low for part in parts]),
        ci_high=np.concatenate([part.ci_high for part in parts]),
    )


def methods(analysis: Analysis, *, with_limits: bool) -> tuple[tuple[Pooler, ...], tuple[str, ...]]:
    """Return the ways to pool and the kinds of interval, the settled ones first."""
    asked, kinds = analysis.multiverse, INTERVALS
    if analysis.model == THREE_LEVEL:
        usual, kinds = THREE_LEVEL_TAU2, THREE_LEVEL_INTERVALS
        tau2 = [each for each in asked.tau2 or usual if each in usual]
        poolers = [_three_level(each) for each in dict.fromkeys((analysis.tau2, *tau2))]
        poolers.append(Pooler(model=INVERSE_VARIANCE, tau2="REML", name=AS_IF_INDEPENDENT))
    else:
        names = dict.fromkeys((analysis.tau2, *(asked.tau2 or TAU2)))
        poolers = [Pooler(model=INVERSE_VARIANCE, tau2=each, name=each) for each in names]
    intervals = (analysis.interval, *(asked.interval or kinds)) if with_limits else ()
    return tuple(poolers), tuple(dict.fromkeys((analysis.interval, *intervals)))


def pool_method(
    pooler: Pooler,
    y: Array,
    v: Array,
    trial: NDArray[np.int_],
    picks: NDArray[np.unsignedinteger],
    intervals: Sequence[str],
) -> Combinations:
    """Pool combinations by one method; see :func:`pool_combinations` for the arrays.

    Limits of an interval that does not exist for the method are NaN: Kenward and Roger's is
    derived for τ² by REML.
    """
    if pooler.model == INVERSE_VARIANCE:
        return _by_inverse_variance(pooler.tau2, y, v, picks, intervals)
    rows, places = distinct(picks)
    fits = [_fit(pooler, y, v, trial, picks[row], intervals) for row in rows]
    numbers = np.array(fits).T[:, places]
    return Combinations(
        tau2_method=pooler.tau2,
        intervals=tuple(intervals),
        k=numbers[3].astype(int),
        estimate=numbers[0],
        variance=numbers[1],
        tau2=numbers[2],
        ci_low=numbers[4::2],
        ci_high=numbers[5::2],
    )


def _by_inverse_variance(
    tau2: str, y: Array, v: Array, picks: NDArray[np.unsignedinteger], intervals: Sequence[str]
) -> Combinations:
    exists = [KINDS[interval].fits(tau2) for interval in intervals]
    kinds = tuple(compress(intervals, exists))
    found = pool_combinations(y, v, picks, tau2=tau2, intervals=kinds, level=LEVEL)
    limits_found = np.full((2, len(intervals), len(picks)), np.nan)
    limits_found[:, exists] = found.ci_low, found.ci_high
    return replace(
        found, intervals=tuple(intervals), ci_low=limits_found[0], ci_high=limits_found[1]
    )


def _three_level(tau2: str) -> Pooler:
    return Pooler(model=THREE_LEVEL, tau2=tau2, name=f"{THREE_LEVEL}, {tau2}")


def _fit(
    pooler: Pooler,
    y: Array,
    v: Array,
    trial: NDArray[np.int_],
    picks: NDArray[np.unsignedinteger],
    intervals: Sequence[str],
) -> list[float]:
    """Return estimate, variance, τ², number of results and each kind of limits of one set."""
    columns = np.arange(len(picks))
    inside = ~np.isnan(y[columns, picks])
    effects, variances = y[columns, picks][inside], v[columns, picks][inside]
    of_trial = trial[inside]
    if not 1 < len(np.unique(of_trial)) < len(of_trial):
        return _without_levels(pooler, effects, variances, intervals)
    fit = three_level(effects, variances, of_trial, method=pooler.tau2, test="z", level=LEVEL)
    estimate, se = float(fit.coefficients[0]), float(fit.se[0])
    both = float(fit.sigma2_study + fit.sigma2_effect)
    found = [estimate, se**2, both, float(len(effects))]
    for interval in intervals:
        df = len(effects) - 1.0 if _takes_t(interval) else np.inf
        found += [float(limit) for limit in limits(estimate, se, LEVEL, df)]
    return found


def _without_levels(
    pooler: Pooler, effects: Array, variances: Array, intervals: Sequence[str]
) -> list[float]:
    """Pool results of which no trial has several, or all are of one trial: one variance is left."""
    if not len(effects):
        return [np.nan, np.nan, np.nan, 0.0] + [np.nan] * 2 * len(intervals)
    picks = np.zeros((1, len(effects)), dtype=np.int64)
    found = pool_combinations(
        effects[:, None], variances[:, None], picks, tau2=pooler.tau2, intervals=intervals
    )
    limits_found = np.column_stack([found.ci_low[:, 0], found.ci_high[:, 0]]).ravel()
    numbers = [found.estimate[0], found.variance[0], found.tau2[0], len(effects), *limits_found]
    return [float(number) for number in numbers]


def _takes_t(interval: str) -> bool:
    if interval not in THREE_LEVEL_INTERVALS:
        raise UsageError(f"three-level takes interval t or wald, not {interval}.")
    return interval == "t"
