"""How well a model fits: log-likelihood, deviance and information criteria of a pool or a line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, effects_and_variances
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.moderators import design_and_intercept
from liftproof.statistics.names import by_metafors_names_or_given
from liftproof.statistics.regression.fitting import meta_regression
from liftproof.statistics.result import Result
from liftproof.statistics.tau2 import FIXED
from liftproof.statistics.tau2.likelihood import RESTRICTED


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FitStatistics(Result):
    """Fit of one model to data sets; arrays of shape (...).

    ``tau2_method``; ``is_restricted``: whether the likelihood is the restricted one, as for REML
    alone. ``k`` trials, ``p`` coefficients, ``parameters``: coefficients and τ², where it is
    estimated. ``log_likelihood`` at τ²; ``deviance``: -2 of it, for the full likelihood less that
    of a model with an effect for each trial; ``aic``, ``bic``, ``aicc``. Restricted likelihoods of
    unlike ``x`` must not be compared.
    """

    tau2_method: str
    is_restricted: bool
    k: int
    p: int
    parameters: int
    log_likelihood: Array
    deviance: Array
    aic: Array
    bic: Array
    aicc: Array


@of_one_index
@by_metafors_names_or_given
@dropping_missing("y", "v", "x")
def fit_statistics(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike | None = None,
    *,
    tau2: str | ArrayLike = "REML",
    intercept: bool | int | None = 0,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> FitStatistics:
    """Return the fit of a pool, or with ``x`` of a meta-regression, at its τ².

    ``y`` and ``v`` (..., k), ``x`` (..., k, p), ``tau2`` and ``intercept`` as in
    ``meta_regression``. ln L = -½(k ln 2π + Σ ln(v + τ²) + Q), Q = Σ(y - xb)²/(v + τ²); restricted
    it is -½((k - p) ln 2π + Σ ln(v + τ²) + ln|X'WX| - ln|X'X| + Q). For every τ² but REML's it is
    the full one. AICc, and BIC, count k - p trials where it is restricted. Raises InputError.
    ``missing``: see ``statistics.missing``.

    Source: Viechtbauer 2010, J Stat Softw 36(3); AICc: Hurvich & Tsai 1989, Biometrika 76, 297-307.
    metafor: ``fitstats(rma(yi, vi, method=))``.

    >>> y, v = [-0.89, -1.59, -1.35, -1.44, -0.22], [0.33, 0.19, 0.42, 0.02, 0.05]
    >>> fit = fit_statistics(y, v, [44, 55, 42, 52, 13], tau2="ML", intercept=True)
    >>> round(float(fit.log_likelihood), 4), round(float(fit.aic), 4), fit.parameters
    (0.4742, 5.0515, 3)
    """
    y, v = effects_and_variances(y, v)
    k = y.shape[-1]
    columns = np.ones((k, 1)) if x is None else x
    design, _ = design_and_intercept(columns, k, 0 if x is None else intercept)
    fit = meta_regression(y, v, design, tau2=tau2, intercept=None)
    is_restricted = fit.tau2_method == RESTRICTED.name
    spread = v + fit.tau2[..., None]
    residuals = y - (design @ fit.coefficients[..., None])[..., 0]
    trials = k - fit.p if is_restricted else k
    twice = trials * np.log(2 * np.pi) + (np.log(spread) + residuals**2 / spread).sum(axis=-1)
    if is_restricted:
        twice = twice - _log_determinant(fit.covariance) - _log_determinant(_squares(design))
    has_tau2 = isinstance(tau2, str) and fit.tau2_method != FIXED
    return _with_criteria(fit.tau2_method, twice, v, k, fit.p, trials, has_tau2=has_tau2)


def _with_criteria(
    method: str, twice: Array, v: Array, k: int, p: int, trials: int, *, has_tau2: bool
) -> FitStatistics:
    """Return the criteria from -2 ln L; ``trials``: how many the likelihood is of."""
    parameters = p + has_tau2
    saturated = (np.log(2 * np.pi * v)).sum(axis=-1) if trials == k else 0.0
    counted = max(trials, parameters + 2)
    return FitStatistics(
        tau2_method=method,
        is_restricted=trials != k,
        k=k,
        p=p,
        parameters=parameters,
        log_likelihood=np.asarray(-twice / 2),
        deviance=np.asarray(twice - saturated),
        aic=np.asarray(twice + 2 * parameters),
        bic=np.asarray(twice + parameters * np.log(trials)),
        aicc=np.asarray(twice + 2 * parameters * counted / (counted - parameters - 1)),
    )


def _squares(x: Array) -> Array:
    return np.asarray(np.swapaxes(x, -1, -2) @ x)


def _log_determinant(matrix: Array) -> Array:
    return np.asarray(np.linalg.slogdet(matrix)[1])
