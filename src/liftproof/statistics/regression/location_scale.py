"""Location-scale models: moderators of the mean effect, and moderators of its heterogeneity."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, effects_and_variances
from liftproof.statistics.dependent.components import DEFAULT_METHOD, RESTRICTED
from liftproof.statistics.dependent.design import design_matrix, has_constant
from liftproof.statistics.dependent.three_level import TESTS
from liftproof.statistics.distributions import limits, quotient, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.regression.omnibus import omnibus
from liftproof.statistics.regression.scale_search import ScaleData, highest_scale, scale_solution
from liftproof.statistics.result import Result

LINKS = {"log": True, "identity": False}
"""Names of links, and whether the scale is that of ln τ²."""

ROUNDED = 1e-12
"""Of a variance, relative to the largest that there could be."""
TIED = 1e-10
"""An eigenvalue of a correlation matrix below this is 0."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LocationScale(Result):
    """A fitted location-scale model, on the analysis scale.

    ``method``, ``test``, ``level``: how it was computed; ``k``: effects. ``coefficients`` (p,): of
    the mean, with ``se``, ``covariance``, ``statistic``, ``p_value``, ``ci_low``, ``ci_high`` and
    ``df`` (infinite: normal). ``link``: ``log`` or ``identity``; ``scale`` (q,): of ln τ², or of
    τ², with ``scale_se``, ``scale_covariance`` and so on; ``of_scale`` gives it to functions that
    take coefficients. ``tau2`` (k,): of each effect.
    ``log_likelihood``: restricted for REML. ``qm``, ``qm_df``, ``qm_p``: test of all coefficients
    but the intercept; ``qs``, ``qs_df``, ``qs_p``: of all of the scale but its constant (NaN where
    there is none, or τ² that are known to be 0 hold these together).
    """

    method: str
    test: str
    link: str
    level: float
    k: int
    coefficients: Array
    se: Array
    covariance: Array
    statistic: Array
    df: float
    p_value: Array
    ci_low: Array
    ci_high: Array
    scale: Array
    scale_se: Array
    scale_covariance: Array
    scale_statistic: Array
    scale_df: float
    scale_p: Array
    scale_ci_low: Array
    scale_ci_high: Array
    tau2: Array
    log_likelihood: float
    qm: float
    qm_df: int
    qm_p: float
    qs: float
    qs_df: int
    qs_p: float


@of_one_index
@dropping_missing("y", "v", "scale", "x")
def location_scale(
    y: ArrayLike,
    v: ArrayLike,
    scale: ArrayLike,
    x: ArrayLike | None = None,
    *,
    intercept: bool = True,
    scale_intercept: bool = True,
    method: str = DEFAULT_METHOD,
    test: str = "z",
    link: str = "log",
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> LocationScale:
    """Fit y = Xb + u + e with var(u) = τ² = exp(Za), or Za by the identity link, by REML or ML.

    ``y``, ``v``: effects and sampling variances (k,). ``scale``: moderators of ln τ², (k,) or
    (k, q), after a constant one unless ``scale_intercept=False``; ``x``: of the mean; both may be a
    ``design``. ``test``: ``z``, or
    ``t`` with k - p, of the scale k - q degrees of freedom. The likelihood is climbed from three
    starts; where ln τ² runs off, ConvergenceError says so. By ``link="identity"`` τ² may be 0, and
    ``scale_covariance`` takes such τ² as known. Raises InputError.
    ``missing``: see ``statistics.missing``.

    Source: Viechtbauer & López-López 2022, Res Synth Methods 13, 697-715. metafor: ``rma(yi, vi,
    mods=, scale=, link=)``.

    >>> y, dose = [0.1, 0.9, -0.6, 0.3, 1.9, -1.2, 0.2, 0.4], [1, 3, 3, 1, 5, 5, 1, 2]
    >>> fit = location_scale(y, [0.05] * 8, dose)
    >>> fit.scale.round(3).tolist(), fit.tau2.round(3).tolist()[:3]
    ([-5.361, 1.332], [0.018, 0.255, 0.255])
    """
    takes_t = choose(TESTS, test, "test")
    is_log = choose(LINKS, link, "link")
    is_restricted = choose(RESTRICTED, method, "likelihood")
    effects, variances = effects_and_variances(y, v)
    if effects.ndim != 1:
        raise InputError(f"y must hold the effects of one data set, not shape {effects.shape}.")
    k = effects.size
    columns, spread = (
        design_matrix(one, k, intercept=own)
        for one, own in ((x, intercept), (scale, scale_intercept))
    )
    if k <= columns.shape[1] + spread.shape[1]:
        raise InputError(
            f"{k} effects are too few for {columns.shape[1]} coefficients of the mean and "
            f"{spread.shape[1]} of τ²."
        )
    (basis, triangle), (z, turned) = np.linalg.qr(columns), np.linalg.qr(spread)
    is_shiftable = np.allclose(z @ z.sum(axis=0), 1.0)
    unit = float(np.exp(np.mean(np.log(variances)))) if is_shiftable or not is_log else 1.0
    along = basis.T @ effects
    data = ScaleData(
        y=(effects - basis @ along) / math.sqrt(unit),
        v=variances / unit,
        x=basis,
        z=z,
        is_restricted=is_restricted,
        is_log=is_log,
    )
    a, a_covariance = highest_scale(data)
    at = scale_solution(data, a)
    back, forth = np.linalg.inv(triangle), np.linalg.inv(turned)
    coefficients = back @ (along + math.sqrt(unit) * at.b)
    covariance = unit * back @ at.covariance @ back.T
    factor = 1.0 if is_log else unit
    alpha = forth @ (factor * a + (math.log(unit) * z.sum(axis=0) if is_log else 0.0))
    alpha_covariance = factor**2 * forth @ a_covariance @ forth.T
    if not is_log:
        alpha_covariance = _without_rounding(alpha_covariance, factor**2 * a_covariance, forth)
    se, alpha_se = (np.sqrt(one.diagonal()) for one in (covariance, alpha_covariance))
    df, scale_df = (float(k - one.shape[1]) if takes_t else np.inf for one in (columns, spread))
    (low, high), (scale_low, scale_high) = (
        limits(coefficients, se, level, df),
        limits(alpha, alpha_se, level, scale_df),
    )
    free = k - columns.shape[1] if is_restricted else k
    of_mean = list(range(int(has_constant(x, intercept)), coefficients.size))
    of_scale = list(range(int(has_constant(scale, scale_intercept)), alpha.size))
    qm, (qm_df, _), qm_p = omnibus(coefficients, covariance, of_mean, df)
    of_scale_alone = quotient(alpha, alpha_se)
    is_whole = is_log or _is_full(alpha_covariance[np.ix_(of_scale, of_scale)])
    tested = of_scale if is_whole else []
    qs, (qs_df, _), qs_p = omnibus(alpha, alpha_covariance, tested, scale_df)
    return LocationScale(
        method=method,
        test=test,
        link=link,
        level=level,
        k=k,
        coefficients=coefficients,
        se=se,
        covariance=covariance,
        statistic=coefficients / se,
        df=df,
        p_value=two_sided_p(coefficients / se, df),
        ci_low=low,
        ci_high=high,
        scale=alpha,
        scale_se=alpha_se,
        scale_covariance=alpha_covariance,
        scale_statistic=of_scale_alone,
        scale_df=scale_df,
        scale_p=two_sided_p(of_scale_alone, scale_df),
        scale_ci_low=scale_low,
        scale_ci_high=scale_high,
        tau2=np.exp(spread @ alpha) if is_log else np.maximum(spread @ alpha, 0.0),
        log_likelihood=-(at.deviance + free * math.log(2 * math.pi * unit)) / 2,
        qm=float(qm),
        qm_df=qm_df,
        qm_p=float(qm_p),
        qs=float(qs),
        qs_df=qs_df,
        qs_p=float(qs_p),
    )


def _without_rounding(turned: Array, covariance: Array, forth: Array) -> Array:
    """Return FCF' with exactly no variance of coefficients to which F leaves rounding alone."""
    size = np.einsum("ij,ij->i", forth, forth) * np.abs(covariance).max()
    known = turned.diagonal() <= ROUNDED * size
    return np.where(known | known[:, None], 0.0, turned)


def _is_full(covariance: Array) -> bool:
    """Return whether no sum of coefficients is known, as where τ² of 0 hold them together."""
    variances = covariance.diagonal()
    if not (variances > 0).all():
        return False
    size = np.sqrt(variances)
    return bool(np.linalg.eigvalsh(covariance / np.outer(size, size)).min(initial=1.0) > TIED)
