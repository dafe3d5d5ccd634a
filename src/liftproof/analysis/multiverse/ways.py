"""The ways to pool that a multiverse goes through, and the estimates that they give."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from liftproof.analysis.specification import Specification, estimators_of, intervals_of
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.checks import Array
from liftproof.vocabulary.estimators import EstimatorRecord
from liftproof.vocabulary.intervals import IntervalRecord
from liftproof.vocabulary.models import INVERSE_VARIANCE, THREE_LEVEL

AS_IF_INDEPENDENT = "REML, results as if independent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A model with a method for τ². ``name``: for readers."""

    specification: Specification
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PooledCombinations:
    """Estimates with limits on the analysis scale, each of shape (n,)."""

    estimate: Array
    ci_low: Array
    ci_high: Array


def joined(*parts: PooledCombinations) -> PooledCombinations:
    """Return the pools of several sets of combinations as one."""
    return PooledCombinations(
        estimate=np.concatenate([part.estimate for part in parts]),
        ci_low=np.concatenate([part.ci_low for part in parts]),
        ci_high=np.concatenate([part.ci_high for part in parts]),
    )


def ways_to_pool(
    analysis: Analysis, *, with_limits: bool
) -> tuple[tuple[Way, ...], tuple[str, ...]]:
    """Return the ways to pool and the kinds of interval, the settled ones first."""
    asked, estimators = analysis.multiverse, estimators_of(analysis.model)
    tau2 = [each for each in asked.tau2 or _usual(estimators, analysis.model) if each in estimators]
    ways = [_way(analysis, each) for each in dict.fromkeys((analysis.tau2, *tau2))]
    if analysis.model == THREE_LEVEL:
        ways.append(_way(replace(analysis, model=INVERSE_VARIANCE), "REML", AS_IF_INDEPENDENT))
    kinds = asked.interval or _usual(intervals_of(analysis.model), analysis.model)
    intervals = (analysis.interval, *(kinds if with_limits else ()))
    return tuple(ways), tuple(dict.fromkeys(intervals))


def _usual(
    records: Mapping[str, EstimatorRecord] | Mapping[str, IntervalRecord], model: str
) -> tuple[str, ...]:
    """Return what is tried where the review does not say: all where the model takes few."""
    takes_any = model == INVERSE_VARIANCE
    return tuple(code for code, record in records.items() if record.is_usual or not takes_any)


def _way(analysis: Analysis, tau2: str, name: str = "") -> Way:
    specification = Specification(measure=analysis.measure, model=analysis.model, tau2=tau2)
    usual = f"{THREE_LEVEL}, {tau2}" if analysis.model == THREE_LEVEL else tau2
    return Way(specification=specification, name=name or usual)
