"""Dose-response within trials: one curve from several trials with several dose arms each."""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.dose.between import BETWEEN
from liftproof.statistics.dose.contrasts import Contrasts
from liftproof.statistics.dose.forms import LINEAR, Form
from liftproof.statistics.dose.likelihood import Point, point
from liftproof.statistics.dose.observations import Observations, observations, require_slopes
from liftproof.statistics.dose.search import factor_of
from liftproof.statistics.dose.slopes import Slopes, slopes_of
from liftproof.statistics.regression.omnibus import omnibus
from liftproof.statistics.result import Result

FIXED, MOMENTS, RESTRICTED = "FE", "DL", "REML"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DoseResponse(Result):
    """A fitted curve, on the analysis scale (log for ratios) per unit of dose.

    ``form``, ``method``, ``stages``, ``approximation``, ``level``: how it was computed. ``m``
    trials with ``k`` contrasts. ``coefficients`` of the form's columns, ``se``, ``statistic`` (z),
    ``p_values``, ``ci_low``, ``ci_high`` (p,); ``covariance`` (p, p).
    ``psi``: covariance of the trials' true coefficients (p, p); ``at_boundary``: whether it is
    singular, 0 included.
    ``log_likelihood``, ``aic``: of the slopes for two stages, of the contrasts for one, restricted
    for REML; NaN for DL.
    ``overall``, ``overall_df``, ``overall_p``: Wald test that all coefficients are 0, χ².
    ``nonlinear``, ``nonlinear_df``, ``nonlinear_p``: that all but the first are; NaN for one.
    ``q``, ``q_df``, ``q_p``: Cochran's Q of the trials' coefficients, all together; ``i2``: share
    of Q above its degrees of freedom, percent.
    ``slopes``: what each trial says by itself.
    """

    form: Form
    method: str
    stages: int
    approximation: str
    level: float
    m: int
    k: int
    coefficients: Array
    covariance: Array
    se: Array
    statistic: Array
    p_values: Array
    ci_low: Array
    ci_high: Array
    psi: Array
    at_boundary: bool
    log_likelihood: float
    aic: float
    overall: float
    overall_df: int
    overall_p: float
    nonlinear: float
    nonlinear_df: int
    nonlinear_p: float
    q: float
    q_df: int
    q_p: float
    i2: float
    slopes: Slopes


def dose_response(
    data: Contrasts,
    form: Form = LINEAR,
    *,
    method: str = "REML",
    stages: int = 2,
    level: float = 0.95,
) -> DoseResponse:
    """Fit a dose-response curve to contrasts within trials.

    Model: yᵢ = Xᵢ(β + uᵢ) + eᵢ, uᵢ with covariance Ψ, eᵢ with the trial's Sᵢ; Xᵢ are the form's
    columns minus those at the reference dose, so that the curve is 0 there. Two stages: a slope
    (or slopes) per trial by generalised least squares, then their multivariate meta-analysis; each
    trial must tell all coefficients. One stage: all contrasts at once. Where both exist they have
    one maximum: their likelihoods differ by a constant (dosresmeta's do not, since its searches
    stop early). ``method``: a name in BETWEEN, ``DL`` for two stages alone. With one trial there is
    no Ψ and the method must be FE. Tests and limits are normal. Raises InputError and
    ConvergenceError.

    Source: Greenland & Longnecker 1992, Am J Epidemiol 135, 1301-1309; Liu et al. 2009, Comput Stat
    Data Anal 53, 4157-4167; Crippa et al. 2019, Stat Methods Med Res 28, 1579-1596. dosresmeta:
    ``dosresmeta(y ~ dose, id=, se=, cases=, n=, type=, proc="2stage", method="reml")``.

    >>> from liftproof.statistics.dose.contrasts import dose_contrasts
    >>> dose, y, v = [1, 2, 1, 3], [0.2, 0.3, 0.1, 0.5], [0.02, 0.02, 0.03, 0.02]
    >>> fit = dose_response(dose_contrasts(["a", "a", "b", "b"], dose, [0] * 4, y, v), method="FE")
    >>> fit.coefficients.round(4).tolist(), round(fit.q, 4)
    ([0.1614], 0.0007)
    """
    estimator = choose(BETWEEN, method, "method of dose-response")
    observed = observations(data, form)
    _require(observed, method, stages)
    psi = estimator(observed)
    at = point(observed, factor_of(psi)[None], is_restricted=method == RESTRICTED)
    scale, p = observed.scale, form.size
    coefficients = scale @ at.coefficients[0]
    covariance = scale @ np.linalg.inv(at.information[0]) @ scale.T
    se = np.sqrt(covariance.diagonal())
    ci_low, ci_high = limits(coefficients, se, level)
    overall, _, overall_p = omnibus(coefficients, covariance, list(range(p)), np.inf)
    nonlinear, _, nonlinear_p = omnibus(coefficients, covariance, list(range(1, p)), np.inf)
    slopes = slopes_of(observed)
    log_likelihood = _log_likelihood(observed, at, method, stages)
    random = 0 if method == FIXED else p * (p + 1) // 2
    return DoseResponse(
        form=form,
        method=method,
        stages=stages,
        approximation=data.approximation,
        level=level,
        m=observed.groups.sizes.size,
        k=data.y.size,
        coefficients=coefficients,
        covariance=covariance,
        se=se,
        statistic=coefficients / se,
        p_values=two_sided_p(coefficients / se),
        ci_low=ci_low,
        ci_high=ci_high,
        psi=scale @ psi @ scale.T,
        at_boundary=method != FIXED and _is_singular(psi),
        log_likelihood=log_likelihood,
        aic=2 * (p + random) - 2 * log_likelihood,
        overall=float(overall),
        overall_df=p,
        overall_p=float(overall_p),
        nonlinear=float(nonlinear),
        nonlinear_df=p - 1,
        nonlinear_p=float(nonlinear_p),
        q=slopes.q,
        q_df=slopes.q_df,
        q_p=float(chdtrc(slopes.q_df, slopes.q)) if slopes.q_df else np.nan,
        i2=100 * max(0.0, 1 - slopes.q_df / slopes.q) if slopes.q else 0.0,
        slopes=slopes,
    )


SINGULAR = 1e-12
"""Of an eigenvalue of Ψ, relative to the largest or a typical sampling variance: rounding."""


def _is_singular(psi: Array) -> bool:
    """Return whether some combination of the coefficients does not vary between trials."""
    values = np.linalg.eigvalsh(psi)
    return bool(values[0] <= SINGULAR * max(1.0, values[-1]))


def _require(data: Observations, method: str, stages: int) -> None:
    """Raise InputError where trials are too few, or stages and method do not go together."""
    if stages not in (1, 2):
        raise InputError(f"Dose-response is fitted in 1 or 2 stages, not {stages}.")
    if stages == 1 and method == MOMENTS:
        raise InputError("Method DL takes each trial's slopes: use two stages, or REML.")
    m = data.groups.sizes.size
    if m == 1 and method != FIXED:
        raise InputError(
            "There is one trial: how trials differ cannot be told. Use method FE for its own curve."
        )
    if stages == 2 and m > 1:  # noqa: PLR2004 - stages
        require_slopes(data)


def _log_likelihood(data: Observations, at: Point, method: str, stages: int) -> float:
    """Return the (restricted) log-likelihood with its constants.

    The restricted one of two stages has log|X'X|/2, that of one stage has not: dosresmeta's.
    """
    if method == MOMENTS:
        return np.nan
    p, m = data.size, data.groups.sizes.size
    deviance = float(at.deviance[0])
    if method == RESTRICTED:
        deviance -= 2 * np.linalg.slogdet(data.scale)[1]
    if stages == 1:
        count = data.arms.sum()
        deviance += float((data.remainder + data.log_determinant).sum())
    else:
        count = m * p
        deviance -= p * np.log(m) * (method == RESTRICTED)
        rows = data.rows @ np.linalg.inv(data.scale)
        deviance -= 2 * float(np.linalg.slogdet(rows)[1].sum())
    count -= p * (method == RESTRICTED)
    return float(-(deviance + count * np.log(2 * np.pi)) / 2)
