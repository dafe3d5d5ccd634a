"""Residuals and deletion diagnostics of a meta-regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtri

from liftproof.statistics.checks import Array, choose, effects_and_variances, require
from liftproof.statistics.distributions import quotient
from liftproof.statistics.influence.diagnostics import Diagnostics
from liftproof.statistics.influence.leave_one_out import without_each
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.missing import REFUSE, dropping_missing
from liftproof.statistics.moderators import moderators
from liftproof.statistics.names import by_metafors_names
from liftproof.statistics.regression.estimates import Estimates, least_squares
from liftproof.statistics.regression.tests import TESTS
from liftproof.statistics.result import along
from liftproof.statistics.tau2 import TAU2

LARGEST_HAT = 1 - 1e-9
"""A trial with more leverage than this is the only one to tell some coefficient."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RegressionInfluence(Diagnostics):
    """Diagnostics of each trial: see :class:`Diagnostics`. Arrays have shape (..., k).

    ``tau2_method``, ``test``: how the fits were made. ``k``: number of trials, ``p``: of
    coefficients. ``dfbetas``: change of each, in its standard errors, shape (..., k, p).
    ``cook_distance``, ``cov_ratio``: of all of them. ``q_deleted``: the residual heterogeneity QE
    without the trial.
    """

    per_trial = Diagnostics.per_trial | along("dfbetas", axis=-2)

    tau2_method: str
    test: str
    k: int
    p: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fit:
    """A regression: τ², QE and the test's factor (...), coefficients and covariances (..., p)."""

    tau2: Array
    q: Array
    factor: Array
    coefficients: Array
    unscaled: Array
    covariance: Array


@of_one_index
@dropping_missing("y", "v", "x")
@by_metafors_names
def regression_influence(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike,
    *,
    tau2: str = "REML",
    test: str = "z",
    missing: str = REFUSE,  # noqa: ARG001 - the decorator's
) -> RegressionInfluence:
    """Return residuals and deletion diagnostics of a mixed-effects meta-regression.

    As ``influence``, with the fitted value x'b for the mean, x'Cx for its variance, C the
    covariance of b, and hat = w x'(X'WX)⁻¹x:

    - Cook's distance (b - b(i))'C⁻¹(b - b(i)), covariance ratio det C(i)/det C
    - DFBETAS (b - b(i))/√(s²(i) diag (X'W(i)X)⁻¹), W(i) = 1/(v + τ²(i)) over all k trials
    - influential: \\|DFFITS\\| > 3√(p/(k - p)), or Cook's distance above the median of χ²(p), or
      hat > 3p/k, or any \\|DFBETAS\\| > 1.

    ``y`` and ``v`` (..., k) and ``x`` (..., k, p), the intercept being a column like others;
    k >= p + 2. ``tau2``: a name in TAU2; ``test``: see ``meta_regression``. Raises ConvergenceError
    and InputError, also for a trial without which the coefficients cannot be told.
    ``missing``: see ``statistics.missing``.

    Source: Viechtbauer & Cheung 2010, Res Synth Methods 1, 112-125. metafor:
    ``influence(rma(yi, vi, mods = ~ x))``.

    >>> latitude = [44, 55, 42, 52, 13]
    >>> x = [[1, degrees] for degrees in latitude]
    >>> y, v = [-0.89, -1.59, -1.35, -1.44, -0.22], [0.33, 0.19, 0.42, 0.02, 0.05]
    >>> [round(float(h), 4) for h in regression_influence(y, v, x).hat]
    [0.0381, 0.1048, 0.0295, 0.8429, 0.9847]
    """
    y, v = effects_and_variances(y, v)
    x = moderators(x, y.shape[-1])
    k, p = y.shape[-1], x.shape[-1]
    with_all = _fit(y, v, x, tau2, test)
    hat = _quadratic(x, with_all.unscaled[..., None, :, :]) / (v + with_all.tau2[..., None])
    told = "Without each of the trials the coefficients must still be told: leverage below 1"
    require(hat < LARGEST_HAT, hat, told)
    without = _fit(without_each(y), without_each(v), _rows_without_each(x), tau2, test)
    total = without.factor * (v + without.tau2)
    fitted = np.einsum("...kp,...p->...k", x, with_all.coefficients)
    fitted_without = np.einsum("...kp,...kp->...k", x, without.coefficients)
    change = with_all.coefficients[..., None, :] - without.coefficients
    inverse = _inverse(with_all.covariance)[..., None, :, :]
    cook = _quadratic(change, inverse)
    dffits = quotient(fitted - fitted_without, np.sqrt(hat * total))
    dfbetas = quotient(change, _standard_errors(y, v, x, without))
    return RegressionInfluence(
        tau2_method=tau2,
        test=test,
        k=k,
        p=p,
        rstandard=(y - fitted) / np.sqrt((v + with_all.tau2[..., None]) * (1 - hat)),
        rstudent=quotient(y - fitted_without, np.sqrt(total + _quadratic(x, without.covariance))),
        dffits=dffits,
        cook_distance=cook,
        cov_ratio=np.linalg.det(inverse @ without.covariance),
        tau2_deleted=without.tau2,
        q_deleted=without.q,
        hat=hat,
        weight=_percent_weights(v, with_all.tau2),
        dfbetas=dfbetas,
        is_influential=(np.abs(dffits) > 3 * np.sqrt(p / (k - p)))
        | (cook > chdtri(p, 0.5))
        | (hat > 3 * p / k)
        | (np.abs(dfbetas) > 1).any(axis=-1),
    )


def _fit(y: Array, v: Array, x: Array, tau2: str, test: str) -> _Fit:
    """Return the regression of data sets of shape (..., k) on x of shape (..., k, p)."""
    between = np.asarray(choose(TAU2, tau2, "τ² method")(y, v, x=x))
    fit: Estimates = least_squares(y, v, x, between)
    factor = np.asarray(choose(TESTS, test, "test")(fit.q, x.shape[-2] - x.shape[-1])[0])
    return _Fit(
        tau2=between,
        q=least_squares(y, v, x, np.zeros_like(between)).q,
        factor=factor,
        coefficients=fit.coefficients,
        unscaled=fit.covariance,
        covariance=factor[..., None, None] * fit.covariance,
    )


def _rows_without_each(x: Array) -> Array:
    """Return (..., k, p) as (..., k, k - 1, p): part i holds all rows but the i-th."""
    return np.moveaxis(without_each(np.swapaxes(x, -1, -2)), -3, -1)


def _quadratic(x: Array, matrix: Array) -> Array:
    """Return x'Mx of each row, (..., k); ``matrix`` (..., k or 1, p, p)."""
    return np.asarray(
        np.einsum(
            "...kp,...kpq,...kq->...k", x, np.broadcast_to(matrix, (*x.shape, x.shape[-1])), x
        )
    )


def _inverse(matrix: Array) -> Array:
    """Return the inverse of each matrix, (..., p, p)."""
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def _standard_errors(y: Array, v: Array, x: Array, without: _Fit) -> Array:
    """Return √(s²(i) diag (X'W(i)X)⁻¹), (..., k, p): all trials, with the τ² found without one."""
    k = y.shape[-1]
    repeated_y, repeated_v = (
        np.broadcast_to(a[..., None, :], (*a.shape[:-1], k, k)) for a in (y, v)
    )
    repeated_x = np.broadcast_to(x[..., None, :, :], (*x.shape[:-2], k, *x.shape[-2:]))
    unscaled = least_squares(repeated_y, repeated_v, repeated_x, without.tau2).covariance
    diagonal = np.diagonal(unscaled, axis1=-2, axis2=-1)
    return np.sqrt(without.factor[..., None] * diagonal)


def _percent_weights(v: Array, tau2: Array) -> Array:
    """Return 100 w/Σw, metafor's weights(): not leverage where there are moderators."""
    w = 1 / (v + tau2[..., None])
    weights: Array = 100 * w / w.sum(axis=-1, keepdims=True)
    return weights
