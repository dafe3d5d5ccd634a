"""What every mixed model reports."""

from dataclasses import dataclass

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.effects.effect import Effects
from liftproof.statistics.heterogeneity import (
    h2_from_tau2,
    i2_from_tau2,
    q_p_value,
    typical_variance,
)
from liftproof.statistics.result import Result
from liftproof.statistics.sparse.glmm_heterogeneity import homogeneity
from liftproof.statistics.sparse.glmm_models import RANDOM_STUDIES
from liftproof.statistics.sparse.glmm_options import METHODS, TESTS, UNCONDITIONAL, Options
from liftproof.statistics.sparse.glmm_setup import Setup
from liftproof.statistics.sparse.search import Maximum, maximise

SEPARATED = (
    "A coefficient has no finite estimate: its moderator sets apart trials in which nobody,"
    " or everybody, had an event in one arm. Join levels, or leave the moderator out."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MixedFit(Result):
    """What all mixed models report, on the log scale (log odds of a proportion).

    ``measure``, ``model``, ``method`` (``EE`` or ``ML``), ``coding`` (of the arms: in which the
    trials' deviations show, NaN where there is one column), ``test`` (``z`` or ``t``), ``level``,
    ``nodes`` (of the quadrature, per random effect): how it was computed. ``k``: trials used.
    ``tau2``: variance of the effect between trials, 0 for EE; ``at_boundary``: whether ML put it
    at 0. ``sigma2``: variance of the intercepts in UM.RS, else NaN, and ``rho``: its correlation
    with the effects, NaN unless asked for. ``i2`` (percent) and ``h2``: from τ² and the typical
    variance of the trials' effects.
    ``q_wald``, ``q_lrt``: tests that trials of like moderators share one effect, ``q_df`` = k less
    the number of coefficients, ``q_wald_p``, ``q_lrt_p``.
    ``log_likelihood``: marginal, with all constants. ``log_likelihood_at_modes``: of the counts
    given the likeliest random effects, from which metafor's ``logLik()`` is computed for ML in
    UM.FS, CM.AL and one-group models. ``parameters``: their number; ``aic``, ``aicc``, ``bic``.
    """

    measure: str
    model: str
    method: str
    coding: float
    test: str
    level: float
    nodes: int
    k: int
    tau2: float
    at_boundary: bool
    sigma2: float
    rho: float
    i2: float
    h2: float
    q_wald: float
    q_wald_p: float
    q_lrt: float
    q_lrt_p: float
    q_df: int
    log_likelihood: float
    log_likelihood_at_modes: float
    parameters: int
    aic: float
    aicc: float
    bic: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Glmm(MixedFit):
    """A mixed model's pooled estimate, see :class:`MixedFit`.

    ``estimate``, ``se``, ``variance`` (= ``se``², from the observed information on all
    parameters), ``statistic`` = estimate/se, ``df`` of t (infinite: normal), ``p_value`` of no
    effect, two-sided, ``ci_low``, ``ci_high``; ``pi_low``, ``pi_high``: where the true effect of a
    further trial is expected, from the same distribution.
    """

    estimate: float
    se: float
    variance: float
    statistic: float
    df: float
    p_value: float
    ci_low: float
    ci_high: float
    pi_low: float
    pi_high: float


LEAST_INFORMATION = 1e-6
"""On a log odds or log rate, of a column whose mean square is 1: a standard error of 1000."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """A fit: the coefficients (p,) of the setup's moderators, with their covariance (p, p).

    ``df`` of t (infinite: normal). ``shared``: the fields of :class:`MixedFit`.
    """

    coefficients: Array
    covariance: Array
    df: float
    shared: MixedFit


def fit_model(measure: str, options: Options, setup: Setup, effects: Effects) -> Fitted:
    """Fit the model; ``effects``: of the trials, whose typical variance I² is made from."""
    is_common = choose(METHODS, options.method, "method")
    uses_t = choose(TESTS, options.test, "test")
    common = setup.common()
    at_common = maximise(common.model, common.start)
    start = setup.start_from(at_common.point)
    maximum = at_common if is_common else maximise(setup.model, start)
    fitted = common if is_common else setup
    k, p = setup.x.shape
    wald, lrt = homogeneity(options.model, setup, at_common.log_likelihood)
    sigma2, tau2, rho = _components(options, maximum)
    typical = typical_variance_left(effects, setup.x)
    parameters = maximum.point.own.size + maximum.point.shared.size
    ll = maximum.log_likelihood
    aic, aicc, bic = _criteria(ll, parameters, setup.observations)
    by_trial = maximum.point.by_trial(fitted.model)[0]
    _require_finite(maximum.normal.information[0, :p, :p])
    shared = MixedFit(
        measure=measure,
        model=options.model,
        method=options.method,
        coding=options.coding if options.model.startswith(UNCONDITIONAL) else np.nan,
        test=options.test,
        level=options.level,
        nodes=setup.model.nodes,
        k=k,
        tau2=tau2,
        at_boundary=not is_common and tau2 == 0,
        sigma2=sigma2,
        rho=rho,
        i2=float(i2_from_tau2(tau2, typical)),
        h2=float(h2_from_tau2(tau2, typical)),
        q_wald=wald,
        q_wald_p=float(q_p_value(wald, k - p)),
        q_lrt=lrt,
        q_lrt_p=float(q_p_value(lrt, k - p)),
        q_df=k - p,
        log_likelihood=ll,
        log_likelihood_at_modes=fitted.model.log_density_at_modes(by_trial),
        parameters=parameters,
        aic=aic,
        aicc=aicc,
        bic=bic,
    )
    return Fitted(
        coefficients=maximum.point.shared[0, :p],
        covariance=maximum.covariance_of_first(p),
        df=float(k - p) if uses_t and k > p else np.inf,
        shared=shared,
    )


def pooled(fit: Fitted) -> Glmm:
    """Return the fit of a mean alone as a pooled estimate."""
    estimate, se = float(fit.coefficients[0]), float(np.sqrt(fit.covariance[0, 0]))
    level, tau2 = fit.shared.level, fit.shared.tau2
    ci_low, ci_high = limits(estimate, se, level, fit.df)
    pi_low, pi_high = limits(estimate, np.hypot(se, np.sqrt(tau2)), level, fit.df)
    return Glmm(
        **fit.shared.given(),
        estimate=estimate,
        se=se,
        variance=se**2,
        statistic=estimate / se,
        df=fit.df,
        p_value=float(two_sided_p(np.asarray(estimate / se), fit.df)),
        ci_low=float(ci_low),
        ci_high=float(ci_high),
        pi_low=float(pi_low),
        pi_high=float(pi_high),
    )


def _require_finite(information: Array) -> None:
    """Raise InputError where the coefficients' likelihood is flat where the search ended."""
    if float(np.linalg.eigvalsh(information)[0]) < LEAST_INFORMATION:
        raise InputError(SEPARATED)


def _components(options: Options, maximum: Maximum) -> tuple[float, float, float]:
    """Return σ² of intercepts, τ², and their correlation; NaN for what is not in the model.

    In UM.RS the effect of a trial deviates by b·z₁ + t·z₂ where its intercept does by s·z₁.
    """
    deviations = maximum.point.shared[0, maximum.fixed :]
    if options.model != RANDOM_STUDIES:
        return np.nan, float((deviations**2).sum()), np.nan
    tau2 = float((deviations[1:] ** 2).sum())
    is_known = options.correlated and tau2 > 0 and deviations[0] > 0
    rho = float(deviations[-1] / np.sqrt(tau2)) if is_known else np.nan
    return float(deviations[0] ** 2), tau2, rho


def typical_variance_left(effects: Effects, x: Array) -> float:
    """Return (k - p)/tr P of the trials that have an effect; NaN where they are too few.

    P = W - WX(X'WX)⁻¹X'W, W = 1/v: with a mean alone it is the typical variance of a pool.
    """
    weights, columns = 1 / effects.v[effects.kept], x[effects.kept]
    if len(weights) and columns.shape[1] == 1 and np.ptp(columns) == 0:  # no digit is lost
        return float(typical_variance(effects.v[effects.kept]))
    df = len(weights) - np.linalg.matrix_rank(columns)
    if df < 1:
        return float(effects.v[effects.kept][0]) if len(weights) == 1 else np.nan
    basis = np.linalg.qr(np.sqrt(weights)[:, None] * columns)[0]
    return float(df / (weights.sum() - (weights @ basis**2).sum()))


def _criteria(log_likelihood: float, parameters: int, n: int) -> tuple[float, float, float]:
    """Return AIC, AICc and BIC; n at least parameters + 2 in AICc, as in metafor."""
    deviance = -2 * log_likelihood
    larger = max(n, parameters + 2)
    aicc = deviance + 2 * parameters * larger / (larger - parameters - 1)
    return deviance + 2 * parameters, aicc, deviance + parameters * float(np.log(n))
