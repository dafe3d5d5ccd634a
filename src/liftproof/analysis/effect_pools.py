"""Pools of effects: by inverse variance, by regression on moderators."""

from dataclasses import replace
from typing import Any

import numpy as np

from liftproof.analysis.effect_rules import zero_cell_rule
from liftproof.analysis.pool_result import PoolInputs, PoolResult, result_of
from liftproof.analysis.specification import BEYOND_WEIGHTS, Specification
from liftproof.errors import UsageError
from liftproof.statistics import heterogeneity
from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.effects.two_arm_tables import VARIANCE
from liftproof.statistics.intervals import Weighted, factor_and_df
from liftproof.statistics.pooling import pool
from liftproof.statistics.regression import meta_regression
from liftproof.statistics.sparse.around_mantel_haenszel import (
    centre,
    q_about_centre,
    tau2_from_q,
)
from liftproof.statistics.tau2 import FIXED
from liftproof.statistics.tau2.approximate_limits import TAU2_LIMITS
from liftproof.statistics.tau2.fisher_scoring import fisher_scoring
from liftproof.statistics.weighting import weighted_mean
from liftproof.vocabulary.models import INVERSE_VARIANCE
from liftproof.vocabulary.suitability import test_of

NO_ESTIMATE = dict.fromkeys(("se", "statistic", "p_value", "ci_low", "ci_high"), np.asarray(np.nan))
"""What a regression has one of for each coefficient, not for a pooled estimate."""


def is_plain(specification: Specification) -> bool:
    """Say whether a pool is weights 1/(v + τ²) and nothing else: many are then one call."""
    return specification.model == INVERSE_VARIANCE and not any(
        getattr(specification, name) for name in BEYOND_WEIGHTS
    )


def pool_effects_under(of: PoolInputs, specification: Specification) -> PoolResult:
    """Pool by weights 1/(v + τ²); with moderators, regress by them.

    Raises UsageError for a regression with an interval that has no test of coefficients.
    """
    if of.x is not None:
        return _regression(of, of.x, specification)
    pooled = pool(
        of.y,
        of.v,
        tau2=specification.tau2,
        interval=specification.interval,
        prediction=specification.prediction,
        level=specification.level,
    )
    is_fixed = specification.tau2 == FIXED
    result = result_of(
        pooled, specification, prediction="" if is_fixed else specification.prediction
    )
    if specification.q_about:
        result = _about_mantel_haenszel(result, of, specification)
    if specification.search:
        result = _stopped_early(result, of, specification)
    if specification.tau2_limits:
        result = _limits_of_tau2(result, of, specification)
    if specification.i2:
        result = replace(result, i2=heterogeneity.i2_from_q(result.q, result.q_df))
    return result


def _about_mantel_haenszel(
    result: PoolResult, of: PoolInputs, specification: Specification
) -> PoolResult:
    """Return the pool with Q about the Mantel-Haenszel estimate, and τ² and I² by that Q.

    Limits of τ² and prediction limits are unknown: the programs that pool so print none. Raises
    UsageError for another estimator than DL, which is the one that takes Q, and for no counts.
    """
    if specification.tau2 != OF_Q or not of.arms:
        raise UsageError(
            f"q_about {specification.q_about} needs tau2 {OF_Q} and the counts of every trial: "
            "leave q_about out."
        )
    rule = zero_cell_rule(specification)
    raw_risks = rule.cells.get(specification.measure) == VARIANCE
    about = centre(specification.measure, of.arms, specification.q_about, raw_risks=raw_risks)
    q = q_about_centre(of.y, of.v, about)
    tau2 = tau2_from_q(q, of.v)
    estimate, variance, q_at_tau2 = weighted_mean(of.y, of.v, tau2)
    level = specification.level
    mean = Weighted(y=of.y, v=of.v, tau2=tau2, variance=variance, q=q_at_tau2, level=level)
    factor, df = factor_and_df(specification.interval, mean)
    se = np.sqrt(variance * factor)
    low, high = limits(estimate, se, level, df)
    from_q: dict[str, Any] = heterogeneity.measures_from_q(q, result.q_df, level)
    weights = 1 / (of.v + tau2)
    return replace(
        result,
        **_NOT_PRINTED,
        **from_q,
        estimate=estimate,
        se=se,
        variance=se**2,
        ci_low=low,
        ci_high=high,
        statistic=estimate / se,
        df=df,
        p_value=two_sided_p(estimate / se, df),
        tau2=tau2,
        at_boundary=tau2 == 0,
        i2=from_q["i2_q"],
        h2=from_q["h2_q"],
        q=q,
        q_p=heterogeneity.q_p_value(q, result.q_df),
        weights=100 * weights / weights.sum(),
    )


OF_Q = "DL"
"""The estimator of τ² that is computed from Q."""
_NOT_PRINTED: dict[str, Any] = dict.fromkeys(
    (
        *("tau2_ci_low", "tau2_ci_high", "tau2_se", "pi_low", "pi_high"),
        *("i2_ci_low", "i2_ci_high", "h2_ci_low", "h2_ci_high"),
    ),
    np.asarray(np.nan),
)


def _stopped_early(result: PoolResult, of: PoolInputs, specification: Specification) -> PoolResult:
    """Return τ² of a search with a loose tolerance, and Wald's mean and limits at it."""
    tau2 = np.asarray(fisher_scoring(of.y, of.v, specification.tau2))
    estimate, variance, _ = weighted_mean(of.y, of.v, tau2)
    se = np.sqrt(variance)
    low, high = limits(estimate, se, specification.level)
    return replace(
        result,
        tau2=tau2,
        estimate=estimate,
        se=se,
        variance=variance,
        ci_low=low,
        ci_high=high,
        statistic=estimate / se,
        p_value=two_sided_p(estimate / se),
    )


def _limits_of_tau2(result: PoolResult, of: PoolInputs, specification: Specification) -> PoolResult:
    method = TAU2_LIMITS[specification.tau2_limits]
    low, high = method(of.y, of.v, float(result.tau2), specification.tau2, specification.level)
    return replace(result, tau2_ci_low=low, tau2_ci_high=high)


def _regression(of: PoolInputs, x: Array, specification: Specification) -> PoolResult:
    fit = meta_regression(
        of.y,
        of.v,
        np.column_stack([np.ones(len(of.y)), x]),
        tau2=specification.tau2,
        test=test_of(specification.interval),
        level=specification.level,
    )
    return result_of(
        fit,
        specification,
        **NO_ESTIMATE,
        df=float(fit.df[0]),
        moderators_p=fit.qm_p,
        q=fit.qe,
        q_df=fit.qe_df,
        q_p=fit.qe_p,
    )
