"""Egger's test and its relatives: the regression of effects on a measure of imprecision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, choose, effects_and_variances, level_of_confidence
from liftproof.statistics.distributions import limits
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.regression import meta_regression
from liftproof.statistics.result import Result
from liftproof.statistics.small_study.asymmetry import AsymmetryTest, asymmetry_test
from liftproof.statistics.small_study.cannot_tell import at_least, of_asymmetry, of_nothing
from liftproof.statistics.small_study.line import FEWEST, SAME, weighted_line
from liftproof.statistics.small_study.predictors import APPROACHES_ZERO, predictor_values


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FunnelRegression(Result):
    """A regression test of funnel asymmetry. Arrays have shape (...), on the analysis scale.

    ``model``, ``predictor``, ``tau2_method``, ``test``, ``level``: how it was computed; for the
    model lm, τ² method and test are ``none`` and ``t``. ``k``: number of trials.
    ``intercept``, ``intercept_se``, ``slope``, ``slope_se``: of the line; the slope in the unit of
    y per unit of the predictor. ``statistic`` = slope/se with ``df`` of t (infinite: normal) and
    ``p_value``, two-sided, of no asymmetry.
    ``limit_estimate`` with ``limit_ci_low``, ``limit_ci_high``: the effect expected of a trial of
    infinite size; NaN for the predictors ni and sqrtni.
    ``tau2``: left between trials (NaN for lm). ``dispersion``: factor on the variances (NaN for
    rma). ``cannot_tell``: a sentence.
    """

    model: str
    predictor: str
    tau2_method: str
    test: str
    level: float
    k: int
    intercept: Array
    intercept_se: Array
    slope: Array
    slope_se: Array
    statistic: Array
    df: float
    p_value: Array
    limit_estimate: Array
    limit_ci_low: Array
    limit_ci_high: Array
    tau2: Array
    dispersion: Array
    cannot_tell: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fit:
    """What both models have in common; arrays (...)."""

    tau2_method: str
    test: str
    intercept: Array
    intercept_se: Array
    slope: Array
    slope_se: Array
    statistic: Array
    df: float
    p_value: Array
    tau2: Array
    dispersion: Array


@of_one_index
@dropping_missing("y", "v", "n")
@by_metafors_names
@in_blocks()
def funnel_regression(
    y: ArrayLike,
    v: ArrayLike,
    n: ArrayLike | None = None,
    *,
    model: str = "lm",
    predictor: str = "sei",
    tau2: str = "REML",
    test: str = "z",
    level: float = 0.95,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> FunnelRegression:
    """Regress effects on a measure of imprecision; a slope is asymmetry of the funnel.

    ``y``, ``v`` and, for predictors that need it, the sample sizes ``n`` (..., k), k of 3 or more.
    ``model``: a name in MODELS. ``lm``: weights 1/v and a multiplicative dispersion estimated from
    the residuals, t with k - 2: with the predictor sei, Egger's test. ``rma``: mixed-effects
    meta-regression with ``tau2`` and ``test`` as ``meta_regression`` takes them. ``predictor``: a
    name in PREDICTORS. Raises InputError and ConvergenceError.
    ``missing``: see ``statistics.missing``.

    Source: Egger et al. 1997, BMJ 315, 629-634; Sterne & Egger 2005, in Rothstein et al. (eds),
    Publication Bias in Meta-Analysis, 99-110; Moreno et al. 2009, BMC Med Res Methodol 9, 2.
    metafor: ``regtest(rma(yi, vi, ni=n, method="REML", test="z"), model="lm", predictor="sei")``.

    >>> y, v = [-0.9, -0.5, -0.4, -0.1], [0.3, 0.2, 0.05, 0.02]
    >>> test = funnel_regression(y, v)
    >>> round(float(test.slope), 4), round(float(test.p_value), 4), round(
    ...     float(test.limit_estimate), 4)
    (-1.7634, 0.0809, 0.1151)
    """
    y, v = effects_and_variances(y, v)
    k = y.shape[-1]
    at_least(k, FEWEST, "A regression test of asymmetry")
    level_of_confidence(level)
    x = predictor_values(predictor, v, n)
    fit = choose(MODELS, model, "model")(y, v, x, tau2, test)
    exists = 1.0 if predictor in APPROACHES_ZERO else np.nan
    low, high = limits(fit.intercept, fit.intercept_se, level, fit.df)
    return FunnelRegression(
        model=model,
        predictor=predictor,
        tau2_method=fit.tau2_method,
        test=fit.test,
        level=level,
        k=k,
        intercept=fit.intercept,
        intercept_se=fit.intercept_se,
        slope=fit.slope,
        slope_se=fit.slope_se,
        statistic=fit.statistic,
        df=fit.df,
        p_value=fit.p_value,
        limit_estimate=exists * fit.intercept,
        limit_ci_low=exists * low,
        limit_ci_high=exists * high,
        tau2=fit.tau2,
        dispersion=fit.dispersion,
        cannot_tell=of_asymmetry(k) + of_nothing(fit.p_value),
    )


@of_one_index
@dropping_missing("y", "v")
@in_blocks()
def egger(
    y: ArrayLike,
    v: ArrayLike,
    *,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> AsymmetryTest:
    """Return Egger's test: effects against standard errors, weights 1/v, t with k - 2.

    ``y`` and ``v`` (..., k), k of 3 or more; ``bias`` in standard errors. Raises InputError.
    ``missing``: see ``statistics.missing``.

    Source: Egger et al. 1997, BMJ 315, 629-634. meta: ``metabias(method.bias="Egger")``; metafor:
    ``regtest(rma(yi, vi), model="lm")``.

    >>> test = egger([-0.9, -0.5, -0.4, -0.1], [0.3, 0.2, 0.05, 0.02])
    >>> round(float(test.bias), 4), round(float(test.p_value), 4)
    (-1.7634, 0.0809)
    """
    y, v = effects_and_variances(y, v)
    return asymmetry_test("Egger", weighted_line(y, np.sqrt(v), 1 / v))


@of_one_index
@dropping_missing("y", "v")
def thompson(
    y: ArrayLike,
    v: ArrayLike,
    *,
    tau2: str = "REML",
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> FunnelRegression:
    """Return Thompson and Sharp's test: Egger's with additive τ², t with k - 2.

    ``y`` and ``v`` (..., k), k of 3 or more; ``tau2``: a name in TAU2. Raises InputError and
    ConvergenceError.
    ``missing``: see ``statistics.missing``.

    Source: Thompson & Sharp 1999, Stat Med 18, 2693-2708 (method 3a took DL's τ²; meta the τ²
    method of its meta-analysis, by default REML). meta: ``metabias(method.bias="Thompson")``.

    >>> test = thompson([-0.9, -0.5, -0.4, -0.1], [0.3, 0.2, 0.05, 0.02])
    >>> round(float(test.slope), 4), round(float(test.p_value), 4)
    (-1.7634, 0.2379)
    """
    return funnel_regression(y, v, model="rma", tau2=tau2, test="t")


def _with_dispersion(y: Array, v: Array, x: Array, _tau2: str, _test: str) -> _Fit:
    """Return the weighted line with multiplicative dispersion."""
    line = weighted_line(y, x, 1 / v)
    return _Fit(
        tau2_method="none",
        test="t",
        intercept=line.intercept,
        intercept_se=line.intercept_se,
        slope=line.slope,
        slope_se=line.slope_se,
        statistic=line.statistic,
        df=line.df,
        p_value=line.p_value,
        tau2=np.full_like(line.slope, np.nan)[()],
        dispersion=line.dispersion,
    )


def _with_tau2(y: Array, v: Array, x: Array, tau2: str, test: str) -> _Fit:
    """Return the mixed-effects regression line, computed with the predictor in units of its size.

    Sample sizes and their inverses would otherwise differ from the intercept by many decades.
    """
    size = np.abs(x).max(axis=-1, keepdims=True)
    if (np.ptp(x, axis=-1) <= SAME * size[..., 0]).any():
        raise InputError("A regression needs a predictor that differs between trials.")
    fit = meta_regression(
        y, v, np.stack((np.ones_like(x), x / size), axis=-1), tau2=tau2, test=test
    )
    unit = size[..., 0]
    return _Fit(
        tau2_method=tau2,
        test=test,
        intercept=fit.coefficients[..., 0],
        intercept_se=fit.se[..., 0],
        slope=fit.coefficients[..., 1] / unit,
        slope_se=fit.se[..., 1] / unit,
        statistic=fit.statistic[..., 1],
        df=float(fit.df.flat[0]) if fit.df.size else np.inf,
        p_value=fit.p_values[..., 1],
        tau2=fit.tau2,
        dispersion=np.full_like(fit.tau2, np.nan)[()],
    )


MODELS: Mapping[str, Callable[[Array, Array, Array, str, str], _Fit]] = {
    "lm": _with_dispersion,
    "rma": _with_tau2,
}
