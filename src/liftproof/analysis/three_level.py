"""Pooling several results a trial: random effects of the trial and of the result within it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from liftproof.analysis.effects import TrialEffect
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics import heterogeneity
from liftproof.statistics.checks import Array
from liftproof.statistics.dependent.three_level import three_level
from liftproof.statistics.dependent.weights import effect_weights
from liftproof.statistics.pooling import Pooled, pool
from liftproof.vocabulary.intervals import TESTS
from liftproof.vocabulary.models import THREE_LEVEL
from liftproof.vocabulary.suitability import require_three_level


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PooledThreeLevel(Pooled):
    """A pooled estimate whose ``tau2`` is the sum of two variances, on the analysis scale.

    ``tau2_between``: of the trials' true effects. ``tau2_within``: of a trial's results.
    """

    tau2_between: float
    tau2_within: float


def pool_three_level(effects: Sequence[TrialEffect], analysis: Analysis, level: float) -> Pooled:
    """Pool the effects of an analysis: :func:`pool_results`."""
    y, v = (np.array([getattr(effect, name) for effect in effects]) for name in ("y", "v"))
    return pool_results(y, v, [effect.study.study for effect in effects], analysis, level)


def pool_results(
    y: Array, v: Array, study: Sequence[str], analysis: Analysis, level: float = 0.95
) -> Pooled:
    """Pool results by the three-level model; a single result is returned as it is.

    ``y``, ``v``: effects and independent sampling variances, shape (k,), analysis scale;
    ``study``: the trial of each; ``level``: of all limits.

    I² and H² set both variances together against the typical sampling variance; limits of τ² are
    NaN, as the Q-profile method has none for two variances. Prediction limits are those of a new
    result in a new trial. Raises UsageError where the model does not fit, InputError and
    ConvergenceError.

    Source of I²: Cheung 2014, Psychol Methods 19, 211-229, both levels together. metafor:
    ``rma.mv(yi, vi, random = ~ 1 | study/effect, method="REML", test="t")``, then ``predict()``.
    """
    tau2, interval = analysis.tau2, analysis.interval
    require_three_level(tau2, interval, study)
    if len(study) == 1:
        return pool(y, v, tau2=tau2, interval="wald", level=level)
    fit = three_level(y, v, study, method=tau2, test=TESTS[interval], level=level)
    both = np.asarray(fit.sigma2_study + fit.sigma2_effect)
    typical = heterogeneity.typical_variance(v)
    unknown = np.asarray(np.nan)
    return PooledThreeLevel(
        tau2_method=tau2,
        interval=interval,
        prediction=THREE_LEVEL,
        level=level,
        k=fit.k,
        estimate=fit.coefficients[0],
        se=fit.se[0],
        variance=fit.covariance[0, 0],
        statistic=fit.statistic[0],
        df=fit.df,
        p_value=fit.p_value[0],
        ci_low=fit.ci_low[0],
        ci_high=fit.ci_high[0],
        pi_low=np.asarray(fit.pi_low),
        pi_high=np.asarray(fit.pi_high),
        tau2=both,
        tau2_between=fit.sigma2_study,
        tau2_within=fit.sigma2_effect,
        tau2_ci_low=unknown,
        tau2_ci_high=unknown,
        tau2_se=unknown,
        at_boundary=both == 0,
        i2=heterogeneity.i2_from_tau2(both, typical),
        h2=heterogeneity.h2_from_tau2(both, typical),
        i2_ci_low=unknown,
        i2_ci_high=unknown,
        h2_ci_low=unknown,
        h2_ci_high=unknown,
        q=np.asarray(fit.q),
        q_df=fit.q_df,
        q_p=np.asarray(fit.q_p),
        **heterogeneity.measures_from_q(fit.q, fit.q_df, level),
        weights=effect_weights(v, study, fit.sigma2_study, fit.sigma2_effect),
    )
