"""Pools of several results a trial, by the three-level model."""

from collections.abc import Sequence

import numpy as np

from liftproof.analysis.effect_pools import NO_ESTIMATE
from liftproof.analysis.pool_result import PoolInputs, PoolResult, result_of
from liftproof.analysis.specification import Specification
from liftproof.errors import LiftproofError
from liftproof.statistics import heterogeneity
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.three_level import ThreeLevel, ThreeLevelAsked, three_levels
from liftproof.statistics.dependent.weights import effect_weights
from liftproof.statistics.pooling import pool
from liftproof.vocabulary.intervals import TESTS
from liftproof.vocabulary.models import THREE_LEVEL
from liftproof.vocabulary.suitability import require_three_level


def pool_levels_under(of: PoolInputs, specification: Specification) -> PoolResult:
    """Pool results by the three-level model; a single result is returned as it is.

    I² and H² set both variances together against the typical sampling variance; limits of τ² are
    unknown, as the Q-profile method has none for two variances. Prediction limits are those of a
    new result in a new trial.

    Source of I²: Cheung 2014, Psychol Methods 19, 211-229, both levels together. metafor:
    ``rma.mv(yi, vi, random = ~ 1 | study/effect, method="REML", test="t")``, then ``predict()``.
    """
    [found] = pool_levels_of_each([(of, specification)])
    return or_raised(found)


def or_raised(found: PoolResult | LiftproofError) -> PoolResult:
    """Return a result; raise what stands in the place of one."""
    if isinstance(found, LiftproofError):
        raise found
    return found


def pool_levels_of_each(
    asked: Sequence[tuple[PoolInputs, Specification]],
) -> list[PoolResult | LiftproofError]:
    """Return :func:`pool_levels_under` of each, or the error in its place; fits are one call."""
    found = [_without_levels(*each) for each in asked]
    places = [place for place, each in enumerate(found) if each is None]
    fits = three_levels([_asked(*asked[place]) for place in places])
    own = dict(zip(places, fits, strict=True))
    return [
        _of_levels(own[place], *asked[place]) if each is None else each
        for place, each in enumerate(found)
    ]


def _without_levels(
    of: PoolInputs, specification: Specification
) -> PoolResult | LiftproofError | None:
    """Return a single result as it is, or what is wrong; None where there is a model to fit."""
    try:
        require_three_level(specification.tau2, specification.interval, of.study)
        if len(of.study) > 1:
            return None
        single = pool(
            of.y, of.v, tau2=specification.tau2, interval="wald", level=specification.level
        )
    except LiftproofError as error:
        return error
    return result_of(single, specification, interval="wald")


def _asked(of: PoolInputs, specification: Specification) -> ThreeLevelAsked:
    return ThreeLevelAsked(
        y=of.y,
        v=of.v,
        study=of.study,
        x=of.x,
        method=specification.tau2,
        test=TESTS[specification.interval],
        level=specification.level,
    )


def _of_levels(
    fit: ThreeLevel | LiftproofError, of: PoolInputs, specification: Specification
) -> PoolResult | LiftproofError:
    if isinstance(fit, LiftproofError):
        return fit
    both = np.asarray(fit.sigma2_study + fit.sigma2_effect)
    typical = heterogeneity.typical_variance(of.v)
    return result_of(
        fit,
        specification,
        **(NO_ESTIMATE if of.x is not None else _estimate(fit)),
        prediction=THREE_LEVEL,
        moderators_p=fit.qm_p,
        tau2=both,
        tau2_between=fit.sigma2_study,
        tau2_within=fit.sigma2_effect,
        at_boundary=both == 0,
        i2=heterogeneity.i2_from_tau2(both, typical),
        h2=heterogeneity.h2_from_tau2(both, typical),
        **heterogeneity.measures_from_q(fit.q, fit.q_df, specification.level),
        weights=effect_weights(of.v, of.study, fit.sigma2_study, fit.sigma2_effect),
    )


def _estimate(fit: ThreeLevel) -> dict[str, Array]:
    """Return the intercept of a fit without moderators as the pooled estimate."""
    return {
        "estimate": fit.coefficients[0],
        "variance": fit.covariance[0, 0],
        "coefficients": np.empty(0),
        "covariance": np.empty((0, 0)),
        **{name: getattr(fit, name)[0] for name in NO_ESTIMATE},
    }
