"""What a meta-regression says of given moderators, and which of two regressions fits better."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from liftproof.errors import InputError, in_short
from liftproof.statistics.checks import (
    Array,
    choose,
    effects_and_variances,
    floats,
    not_negative,
)
from liftproof.statistics.distributions import limits
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.moderators import INDEPENDENT, moderators
from liftproof.statistics.names import by_metafors_names_or_given
from liftproof.statistics.regression.line_fit import GIVEN
from liftproof.statistics.result import Result
from liftproof.statistics.tau2 import FIXED, TAU2
from liftproof.statistics.tau2.profile import fit_statistics

AS_THE_INTERVAL = "metafor"


class PredictingFit(Protocol):
    """What a fit must have: of effects, of counts, of dependent effects. Arrays (..., p)."""

    @property
    def coefficients(self) -> Array: ...
    @property
    def covariance(self) -> Array: ...
    @property
    def df(self) -> Array | float: ...
    @property
    def level(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Predicted(Result):
    """Mean effects at given moderators, on the analysis scale. Arrays have shape (..., m).

    ``estimate``, ``se``, ``ci_low``, ``ci_high``: the mean effect. ``pi_low``, ``pi_high``: where
    the true effect of a further trial is expected; NaN after a cluster-robust fit, which has no
    variance between trials, and where that variance differs between levels or trials.
    """

    estimate: Array
    se: Array
    ci_low: Array
    ci_high: Array
    pi_low: Array
    pi_high: Array


@of_one_index
@by_metafors_names_or_given
def predicted(
    fit: PredictingFit,
    at: ArrayLike,
    *,
    tau2: ArrayLike | None = None,
    prediction: str = AS_THE_INTERVAL,
) -> Predicted:
    """Return mean effects and prediction intervals for the moderators ``at``, shape (m, p).

    ``fit``: of ``meta_regression``, ``location_scale``, ``selection_regression``, ``three_level``,
    ``multilevel``, of a mixed model of counts with moderators, or of ``cluster_robust`` where all
    coefficients have the same degrees of freedom; else ``robust_hypotheses(rows=at)`` gives
    estimates and limits.

    Limits are of the level of the fit, and of its distribution, normal or t. ``tau2``, one number
    or (m,): the variance of true effects where the fit has not one of its own: after a robust fit
    that of the model behind it, of a location-scale model that at each row. ``prediction``: a name
    in DISTRIBUTIONS, the distribution of the prediction limits. Raises InputError.

    Source: Riley, Higgins & Deeks 2011, BMJ 342, d549. metafor: ``predict(rma(), newmods=at)``,
    ``predict(robust(fit))``, ``predict(fit, newmods=at, newscale=)``, with ``predtype="Riley"``.

    >>> from liftproof.statistics.regression import meta_regression
    >>> x = [[1, 44], [1, 55], [1, 42], [1, 52], [1, 13]]
    >>> y, v = [-0.89, -1.59, -1.35, -1.44, -0.22], [0.33, 0.19, 0.42, 0.02, 0.05]
    >>> equator = predicted(meta_regression(y, v, x), [[1, 0]])
    >>> equator.estimate.round(4).tolist(), equator.pi_high.round(4).tolist()
    ([0.1914], [0.7787])
    """
    if not all(hasattr(fit, name) for name in ("coefficients", "covariance", "df")):
        raise InputError(
            "predicted takes what meta_regression(y, v, x), a model of dependent effects or a "
            f"mixed model of counts with moderators returns, not {in_short(type(fit).__name__)}."
        )
    rows, p = floats("at", at), np.shape(fit.coefficients)[-1]
    if rows.ndim != 2 or rows.shape[-1] != p:  # noqa: PLR2004 - a matrix
        raise InputError(
            f"at must have {p} columns, as x has, the constant among them, but its shape is "
            f"{rows.shape}."
        )
    estimate = fit.coefficients @ rows.T
    variance = np.einsum("mi,...ij,mj->...m", rows, fit.covariance, rows)
    df = _one_df(fit)
    ci_low, ci_high = limits(estimate, np.sqrt(variance), fit.level, df)
    between = _between(fit)[..., None] if tau2 is None else _given(tau2, len(rows))
    variance_of_mean, degrees = choose(DISTRIBUTIONS, prediction, "prediction")(fit, variance, df)
    pi_low, pi_high = limits(estimate, np.sqrt(variance_of_mean + between), fit.level, degrees)
    return Predicted(
        estimate=estimate,
        se=np.sqrt(variance),
        ci_low=ci_low,
        ci_high=ci_high,
        pi_low=pi_low,
        pi_high=pi_high,
    )


def _free(fit: PredictingFit, df: Array) -> Array:
    """Return the effects that are left, or the clusters after a robust fit: k - p."""
    p = np.shape(fit.coefficients)[-1]
    return np.where(np.isfinite(df), df, np.float64(getattr(fit, "k", np.nan)) - p)


def _after_variances(fit: PredictingFit, df: Array) -> Array:
    """Return the same less the variances of true effects that were estimated, at least 1."""
    if not hasattr(fit, "k") or hasattr(fit, "delta"):
        raise InputError("How many degrees of freedom this fit leaves to Riley's interval is open.")
    if hasattr(fit, "components"):
        found = fit.parameters - np.shape(fit.coefficients)[-1]  # type: ignore[attr-defined]
    elif hasattr(fit, "sigma2_study"):
        found = len(("study", "effect"))
    else:
        has_none = getattr(fit, "tau2_method", "") in (FIXED, GIVEN)
        found = 0 if has_none else np.size(getattr(fit, "scale", 1))
    return np.asarray(np.maximum(_free(fit, df) - found, 1.0))


Distribution = Callable[[PredictingFit, Array, Array], tuple[Array, Array]]
DISTRIBUTIONS: Mapping[str, Distribution] = {
    AS_THE_INTERVAL: lambda _, variance, df: (variance, df),
    "riley": lambda fit, variance, df: (variance, _after_variances(fit, df)),
    "t": lambda fit, variance, df: (variance, _free(fit, df)),
    "simple": lambda _, variance, df: (np.zeros_like(variance), np.full_like(df, np.inf)),
}
"""By name, the variance of the mean and the degrees of freedom in prediction limits: those of the
confidence limits; t with k - p and one less for each variance of true effects that was estimated
(m - p and so on after a robust fit with m clusters); t with k - p; the mean as if it were known."""


def _given(tau2: ArrayLike, m: int) -> Array:
    """Return variances of true effects that broadcast to (m,), or raise InputError."""
    between = not_negative("tau2", tau2)
    if between.shape not in ((), (1,), (m,)):
        raise InputError(f"tau2 must be one number, or one for each row of at, not {tau2!r:.60}.")
    return between


def _one_df(fit: PredictingFit) -> Array:
    """Return the degrees of freedom of all coefficients, (..., 1); InputError where they differ."""
    df = np.atleast_1d(np.asarray(fit.df, dtype=np.float64))
    if (df != df[..., :1]).any():
        raise InputError(
            "Each sum of these coefficients has degrees of freedom of its own: "
            "robust_hypotheses(y, v, cluster, x, rows=at) gives estimates and limits."
        )
    return df[..., :1]


def _between(fit: PredictingFit) -> Array:
    """Return the variance of true effects about the line, (...); NaN where the fit has not one."""
    if hasattr(fit, "components"):
        variances = [each.variance for each in fit.components]
        return np.asarray(sum(float(one[0]) if one.size == 1 else np.nan for one in variances))
    if hasattr(fit, "sigma2_study"):
        return np.asarray(fit.sigma2_study + fit.sigma2_effect)  # type: ignore[attr-defined]
    tau2 = np.asarray(getattr(fit, "tau2", np.nan))
    is_one = tau2.shape == np.shape(fit.coefficients)[:-1]
    return tau2 if is_one else np.asarray(np.nan)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LikelihoodRatio(Result):
    """Two nested regressions compared: twice the difference in log-likelihood, χ². Arrays (...)."""

    statistic: Array
    df: int
    p_value: Array


@of_one_index
@dropping_missing("y", "v", "x", "reduced")
def likelihood_ratio(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike,
    reduced: ArrayLike,
    *,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> LikelihoodRatio:
    """Return the likelihood ratio test of ``x`` against some of its columns, ``reduced``.

    ``y`` and ``v`` (..., k); ``x`` (..., k, p) and ``reduced`` (..., k, r) with r < p, whose span
    must lie in that of ``x``. Both are fitted by ML: restricted likelihoods of different columns
    do not compare. Raises InputError and ConvergenceError.
    ``missing``: see ``statistics.missing``.

    Source: Viechtbauer 2010, J Stat Softw 36(3), section 3. metafor: ``anova(full, reduced)``.

    >>> x = [[1, 44], [1, 55], [1, 42], [1, 52], [1, 13]]
    >>> y, v = [-0.89, -1.59, -1.35, -1.44, -0.22], [0.33, 0.19, 0.42, 0.02, 0.05]
    >>> test = likelihood_ratio(y, v, x, [[1]] * 5)
    >>> round(float(test.statistic), 4), test.df, round(float(test.p_value), 4)
    (9.5474, 1, 0.002)
    """
    y, v = effects_and_variances(y, v)
    designs = moderators(x, y.shape[-1]), moderators(reduced, y.shape[-1])
    df = designs[0].shape[-1] - designs[1].shape[-1]
    if df < 1:
        raise InputError("The reduced regression must have fewer columns than the full one.")
    _require_nested(*designs)
    full, less = (
        fit_statistics(y, v, TAU2["ML"](y, v, x=each), method="ML", x=each).log_likelihood
        for each in designs
    )
    statistic = np.asarray(2 * np.maximum(0.0, full - less))[()]
    return LikelihoodRatio(statistic=statistic, df=df, p_value=chdtrc(df, statistic))


def _require_nested(x: Array, reduced: Array) -> None:
    """Raise InputError unless the columns of ``reduced`` are combinations of those of ``x``."""
    unit = np.sqrt((x**2).sum(axis=-2, keepdims=True))
    basis = np.linalg.qr(x / np.where(unit > 0, unit, 1.0))[0]
    rest = reduced - basis @ (np.swapaxes(basis, -1, -2) @ reduced)
    outside = (rest**2).sum(axis=-2) > INDEPENDENT**2 * (reduced**2).sum(axis=-2)
    if outside.any():
        raise InputError(
            f"Column {int(np.argwhere(outside)[0][-1])} (counted from 0) of the reduced regression "
            "is no combination of the columns of x: the two are not nested, and their likelihoods "
            "give no test. Add it to x, or leave it out."
        )
