"""The one engine: effects and a specification to a pooled result, one set of them or thousands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.analysis.count_pools import COUNT_METHODS, pool_counts_under, require_variance
from liftproof.analysis.effect_pools import pool_effects_under
from liftproof.analysis.level_pools import or_raised, pool_levels_of_each, pool_levels_under
from liftproof.analysis.pool_result import PoolInputs, PoolResult
from liftproof.analysis.specification import Specification
from liftproof.errors import InputError, LiftproofError, UsageError
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.combinations import Combinations, Picks, distinct, pool_combinations
from liftproof.statistics.distributions import limits
from liftproof.statistics.registries import Registry
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.models import COUNT_MODELS, INVERSE_VARIANCE, MODELS, THREE_LEVEL
from liftproof.vocabulary.suitability import require_three_level

Pool = Callable[[PoolInputs, Specification], PoolResult]
FUNCTIONS: Mapping[str, Pool] = {
    INVERSE_VARIANCE: pool_effects_under,
    THREE_LEVEL: pool_levels_under,
    **dict.fromkeys(COUNT_METHODS, pool_counts_under),
}
NONE_LEFT = "No trial is left to pool: every effect is missing."
POOLS = Registry("model", MODELS, FUNCTIONS, "vocabulary.models", "analysis.engine")
"""By model, the function that pools."""


def pool_under(
    y: ArrayLike,
    v: ArrayLike,
    specification: Specification,
    *,
    study: Sequence[str] = (),
    x: ArrayLike | None = None,
    arms: Sequence[Array] = (),
) -> PoolResult:
    """Pool effects, or counts, as a specification says.

    ``y``, ``v``: effects and sampling variances, shape (k,), analysis scale; NaN for a trial that
    is left out. ``study``: the trial of each effect, for the three-level model. ``x``: moderators
    (k,) or (k, q). ``arms``: events and participants, or person-time, each (k,), for models of
    counts, which leave trials out by themselves, and for Q about the Mantel-Haenszel estimate, of
    the trials that are not left out. Raises UsageError where choices do not fit,
    InputError and ConvergenceError.

    >>> usual = Specification(measure="RR", tau2="DL", interval="wald")
    >>> result = pool_under([-0.51, -0.22, 0.05], [0.04, 0.001, 0.09], usual)
    >>> round(float(result.estimate), 4), result.model, result.tau2_method
    (-0.2483, 'IV', 'DL')
    """
    pools = choose(POOLS, specification.model, "model")
    require_variance(specification)
    effects, variances = np.asarray(y, dtype=np.float64), np.asarray(v, dtype=np.float64)
    if specification.model in COUNT_MODELS:
        if x is not None:
            raise UsageError(
                f"{specification.model} is fitted to counts and takes no moderators. Leave x out, "
                f"or use model {INVERSE_VARIANCE}."
            )
        return pools(PoolInputs(y=effects, v=variances, arms=arms), specification)
    return pools(_inputs(effects, variances, study, x, arms), specification)


def _inputs(
    y: Array, v: Array, study: Sequence[str], x: ArrayLike | None, arms: Sequence[Array]
) -> PoolInputs:
    """Return what is pooled, without the trials that are left out; InputError where none is in."""
    enters = np.isfinite(y) & np.isfinite(v)
    if not enters.any():
        raise InputError(NONE_LEFT)
    return PoolInputs(
        y=y[enters],
        v=v[enters],
        study=[name for name, is_in in zip(study, enters, strict=False) if is_in],
        x=None if x is None else np.asarray(x, dtype=np.float64)[enters],
        arms=arms,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LevelsAsked:
    """A pool by the three-level model, see :func:`pool_under`: ``y``, ``v`` and ``study`` (k,)."""

    y: Array
    v: Array
    study: Sequence[str]
    specification: Specification
    x: ArrayLike | None = None


def pool_levels_each(asked: Sequence[LevelsAsked]) -> list[PoolResult | LiftproofError]:
    """Return :func:`pool_under` of many, by the three-level model, or the error in its place.

    They are fitted side by side, which takes a fraction of the time.
    """
    found: list[PoolResult | LiftproofError] = [InputError(NONE_LEFT) for _ in asked]
    places = [
        place
        for place, each in enumerate(asked)
        if (np.isfinite(each.y) & np.isfinite(each.v)).any()
    ]
    inputs = [
        (_inputs(each.y, each.v, each.study, each.x, ()), each.specification)
        for each in (asked[place] for place in places)
    ]
    for place, result in zip(places, pool_levels_of_each(inputs), strict=True):
        found[place] = result
    return found


def pool_combinations_under(
    y: Array,
    v: Array,
    picks: Picks,
    specification: Specification,
    intervals: Sequence[str],
    study: NDArray[np.int_],
) -> Combinations:
    """Pool every combination of one alternative a result; each is what :func:`pool_under` gives.

    ``y``, ``v`` (k, m) and ``picks`` (n, k): as in ``pool_combinations``. ``intervals``: those
    that limits are wanted of, in the place of the specification's; limits of an interval that does
    not exist for its τ² are NaN. ``study`` (k,): the trial of each result.
    """
    return choose(BATCHES, specification.model, "model of combinations")(
        y, v, picks, specification, intervals, study
    )


def _by_inverse_variance(
    y: Array,
    v: Array,
    picks: Picks,
    specification: Specification,
    intervals: Sequence[str],
    study: NDArray[np.int_],
) -> Combinations:
    del study
    tau2 = specification.tau2
    exists = [INTERVALS[interval].fits(tau2) for interval in intervals]
    kinds = tuple(compress(intervals, exists))
    found = pool_combinations(y, v, picks, tau2=tau2, intervals=kinds, level=specification.level)
    ends = np.full((2, len(intervals), len(picks)), np.nan)
    ends[:, exists] = found.ci_low, found.ci_high
    return replace(found, intervals=tuple(intervals), ci_low=ends[0], ci_high=ends[1])


def _by_three_levels(
    y: Array,
    v: Array,
    picks: Picks,
    specification: Specification,
    intervals: Sequence[str],
    study: NDArray[np.int_],
) -> Combinations:
    """Pool each distinct combination; where no trial has several results one variance is left.

    So it is where all are of one trial. One fit serves all intervals, which differ in t or normal.
    """
    for interval in intervals:
        require_three_level(specification.tau2, interval, ())
    rows, places = distinct(picks)
    unique, columns = picks[rows], np.arange(len(y))
    effects, variances = y[columns, unique], v[columns, unique]
    inside = ~np.isnan(effects)
    levels = np.array([1 < len(np.unique(study[each])) < each.sum() for each in inside], dtype=bool)
    numbers = np.full((3 + 2 * len(intervals), len(unique)), np.nan)
    flat = _by_inverse_variance(y, v, unique[~levels], specification, intervals, study)
    numbers[:3, ~levels] = flat.estimate, flat.variance, flat.tau2
    numbers[3::2, ~levels], numbers[4::2, ~levels] = flat.ci_low, flat.ci_high
    asked, names = replace(specification, interval="wald"), study.astype(str).tolist()
    every = [
        LevelsAsked(y=effects[place], v=variances[place], study=names, specification=asked)
        for place in np.flatnonzero(levels)
    ]
    fits = map(or_raised, pool_levels_each(every))
    for place, fit in zip(np.flatnonzero(levels), fits, strict=True):
        ends = [_limits(fit, interval) for interval in intervals]
        numbers[:, place] = fit.estimate, fit.variance, fit.tau2, *np.concatenate(ends)
    numbers = numbers[:, places]
    return Combinations(
        tau2_method=specification.tau2,
        intervals=tuple(intervals),
        k=inside.sum(axis=1)[places],
        estimate=numbers[0],
        variance=numbers[1],
        tau2=numbers[2],
        ci_low=numbers[3::2],
        ci_high=numbers[4::2],
    )


def _limits(fit: PoolResult, interval: str) -> tuple[Array, Array]:
    """Return the limits of a three-level fit by an interval: t has k - 1 degrees of freedom."""
    return limits(fit.estimate, fit.se, fit.level, fit.k - 1.0 if interval == "t" else np.inf)


BATCHES: Mapping[str, Callable[..., Combinations]] = {
    INVERSE_VARIANCE: _by_inverse_variance,
    THREE_LEVEL: _by_three_levels,
}
"""By model, the function that pools combinations; models of counts have none."""
