"""Mixed-effects meta-regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError, in_short
from liftproof.statistics import heterogeneity
from liftproof.statistics.checks import (
    LARGEST,
    Array,
    choose,
    effects_and_variances,
    floats,
    level_of_confidence,
    positive_weights,
    require,
)
from liftproof.statistics.distributions import critical_value, quotient, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.moderators import design_and_intercept
from liftproof.statistics.names import by_metafors_names_or_given
from liftproof.statistics.on_request import on_request, own
from liftproof.statistics.regression.given_weights import line_by_given_weights
from liftproof.statistics.regression.line_fit import GIVEN, LineFit, line_fit
from liftproof.statistics.regression.line_source import LIMITS_OF_TAU2, LineSource
from liftproof.statistics.regression.omnibus import omnibus
from liftproof.statistics.regression.tests import TESTS
from liftproof.statistics.result import Result
from liftproof.statistics.tau2 import FIXED, GIVEN_WEIGHTS
from liftproof.vocabulary.estimators import NEEDS_WEIGHTS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regression(Result):
    """A meta-regression, on the analysis scale. Arrays have shape (...) unless another is given.

    ``tau2_method``, ``test``, ``level``: how it was computed. ``k`` trials, ``p`` coefficients.
    ``coefficients`` (..., p), ``covariance`` (..., p, p), ``se``, ``statistic``, ``df`` of t
    (infinite: normal), ``p_values``, ``ci_low`` and ``ci_high`` (..., p).
    ``tau2``: what moderators leave, or the number given, whose ``tau2_method`` is "given";
    ``at_boundary``: whether its estimate is 0, the least there is.
    ``qe``, ``qe_df``, ``qe_p``: test of the heterogeneity that is left.
    ``qm``, ``qm_df``, ``qm_p``: test of all coefficients but the intercept; χ² for ``z``, F for the
    other tests; ``qm_df`` two numbers, the second infinite for χ²; NaN without a moderator.
    ``i2`` (percent), ``h2``: of what is left, from τ² and the typical variance; for FE from QE.
    ``r2`` (percent): how much less τ² is than without moderators; for FE the same of Q/df; NaN
    without an intercept or where there is no τ² to explain. A τ² that is given is held against
    REML's without moderators.
    ``tau2_se``, and limits by Q-profile (for GENQ and GENQM of their own Q): ``tau2_ci_low``,
    ``tau2_ci_high``, with those of I² and H² that follow them; NaN for FE and a τ² that is given.
    These limits and ``r2`` are computed when they are first read.
    """

    on_request = on_request(limits_of_tau2=LIMITS_OF_TAU2, explained=("r2",))

    tau2_method: str
    test: str
    level: float
    k: int
    p: int
    coefficients: Array
    covariance: Array
    se: Array
    statistic: Array
    df: Array
    p_values: Array
    ci_low: Array
    ci_high: Array
    tau2: Array
    at_boundary: Array
    qe: Array
    qe_df: int
    qe_p: Array
    qm: Array
    qm_df: tuple[int, float]
    qm_p: Array
    i2: Array
    h2: Array
    r2: Array
    tau2_se: Array
    tau2_ci_low: Array
    tau2_ci_high: Array
    i2_ci_low: Array
    i2_ci_high: Array
    h2_ci_low: Array
    h2_ci_high: Array


@of_one_index
@dropping_missing("y", "v", "x", "weights")
@by_metafors_names_or_given
def meta_regression(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike,
    *,
    tau2: str | ArrayLike = "REML",
    test: str = "z",
    level: float = 0.95,
    intercept: bool | int | None = 0,
    weights: ArrayLike | None = None,
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> Regression:
    """Regress effects on moderators with weights 1/(v + τ²), or with weights that are given.

    ``y`` and ``v`` (..., k) and ``x`` (..., k, p) on the analysis scale, any number of data sets at
    once. ``intercept``: which column of ``x`` is the constant one, None or False for none; True
    puts a column of ones before those of ``x``, which may then be (k,), as in ``three_level`` and
    ``cluster_robust``. ``tau2``: a name in TAU2, or a number, τ² itself, for all data sets or
    (...) one each; ``test``: a name in ``regression.tests.TESTS``, as metafor's. ``weights``,
    (..., k), positive: the line is by these, and ``tau2`` may be GENQ or GENQM; Hartung and Knapp's
    factor stays that of weights 1/(v + τ²). Raises InputError (a missing moderator, one that the
    others explain, no more trials than coefficients) and ConvergenceError; the latter also where
    ``r2`` or limits of τ² are first read.

    Identical effects have no spread: by ``knha`` limits then have no width, the statistic of the
    intercept is infinite, and those of coefficients of 0 are NaN.

    Columns are made orthonormal first. metafor solves normal equations in the raw ones: for ``bcg``
    RR on latitude and year its DL τ² is 0.079038957809; ours, and that of 50 digits, ...957815.
    ``missing``: see ``statistics.missing``.

    Source: Thompson & Higgins 2002, Stat Med 21, 1559-1573; Knapp & Hartung 2003, Stat Med 22,
    2693-2710; Viechtbauer et al. 2015, Psychol Methods 20, 360-374. metafor:
    ``rma(yi, vi, mods = ~ x, method="REML", test="z")``, or with ``tau2=`` and ``weights=``.

    >>> latitude = [44, 55, 42, 52, 13]
    >>> x = [[1, degrees] for degrees in latitude]
    >>> y, v = [-0.89, -1.59, -1.35, -1.44, -0.22], [0.33, 0.19, 0.42, 0.02, 0.05]
    >>> fit = meta_regression(y, v, x)
    >>> [round(float(b), 4) for b in fit.coefficients], round(float(fit.qe), 4)
    ([0.1914, -0.0314], 0.4068)
    """
    y, v = effects_and_variances(y, v)
    k = y.shape[-1]
    x, intercept = design_and_intercept(x, k, intercept)
    p = x.shape[-1]
    scale = choose(TESTS, test, "test")
    method, given = _method_and_value(tau2)
    a = None if weights is None else _shaped(positive_weights(weights, k), y)
    level = level_of_confidence(level)
    found = _line(y, v, x, a, method, given)
    between, fit = found.tau2, found.estimates
    factor, df = scale(fit.q, k - p)
    covariance = fit.covariance * np.asarray(factor)[..., None, None]
    se = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    half_width = critical_value(level, df) * se
    statistic = quotient(fit.coefficients, se)
    tested = [column for column in range(p) if column != intercept]
    qm, qm_df, qm_p = omnibus(fit.coefficients, covariance, tested, df)
    typical = (k - p) / found.trace
    i2, h2 = heterogeneity.i2_and_h2(between, found.qe, typical, k - p, is_fixed=method == FIXED)
    source = LineSource(
        y=y.copy(),
        v=v.copy(),
        x=x.copy(),
        weights=a,
        method=method,
        level=level,
        tau2=between,
        typical=typical,
        intercept=intercept,
    )
    return Regression.with_source(
        source,
        tau2_method=method,
        test=test,
        level=level,
        k=k,
        p=p,
        coefficients=fit.coefficients,
        covariance=covariance,
        se=se,
        statistic=statistic,
        df=np.full_like(se, df),
        p_values=two_sided_p(statistic, df),
        ci_low=fit.coefficients - half_width,
        ci_high=fit.coefficients + half_width,
        tau2=own(between),
        at_boundary=np.asarray((between == 0) & (method not in (FIXED, GIVEN))),
        qe=found.qe,
        qe_df=k - p,
        qe_p=heterogeneity.q_p_value(found.qe, k - p),
        qm=qm,
        qm_df=qm_df,
        qm_p=qm_p,
        i2=i2,
        h2=h2,
        tau2_se=found.tau2_se,
    )


def _method_and_value(tau2: str | ArrayLike) -> tuple[str, Array]:
    """Return the name of a method and 0, or GIVEN and the number; raise InputError for others."""
    if isinstance(tau2, str):
        return tau2, np.zeros(())
    if not _is_number(tau2):
        raise InputError(
            f"tau2 must be the name of a method, or a number, τ² itself, not {in_short(tau2)}."
        )
    value = floats("tau2", tau2)
    inside = (value >= 0) & (value <= LARGEST)
    require(inside, value, f"tau2 is a variance and must lie in 0 to {LARGEST:g}")
    return GIVEN, value


def _is_number(tau2: ArrayLike) -> bool:
    """Return whether this is a number or several; rows of unequal length are not."""
    try:
        return np.asarray(tau2).dtype.kind in "iuf"
    except ValueError:
        return False


def _shaped(weights: Array, y: Array) -> Array:
    """Return weights in the shape of the effects, or raise InputError."""
    if weights.shape not in (y.shape, y.shape[-1:]):
        raise InputError(f"weights must have the shape of y, {y.shape}, not {weights.shape}.")
    return np.broadcast_to(weights, y.shape).copy()


def _line(
    y: Array, v: Array, x: Array, weights: Array | None, method: str, given: Array
) -> LineFit:
    """Return the line by weights 1/(v + τ²), or by those that are given."""
    if weights is not None:
        return line_by_given_weights(y, v, x, weights, method=method, given=given)
    if method in GIVEN_WEIGHTS:
        raise InputError(NEEDS_WEIGHTS)
    return line_fit(y, v, x, method=method, given=given)
