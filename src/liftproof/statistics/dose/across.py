"""Dose across trials: one effect a trial, regressed on the trial's dose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, effects_and_variances, floats, numbers, require
from liftproof.statistics.dose.forms import LINEAR, Form, columns
from liftproof.statistics.influence.leave_one_out import without_each
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.regression.fitting import Regression, meta_regression
from liftproof.statistics.regression.omnibus import omnibus
from liftproof.statistics.regression.orders import count_of_orders
from liftproof.statistics.regression.permutation import PermutationTest, permutation_test
from liftproof.statistics.regression.predicting import Predicted, predicted
from liftproof.statistics.result import Result

MOST_EXACT = 50_000
"""More arrangements of doses than these, those of eight trials, are sampled."""
SAMPLE = 10_000
SPARE = {False: 1, True: 2}
"""Trials, and different doses, that a form needs beyond its coefficients: a curve through all but
one of them would follow any trial."""
GRID = 61
INDEPENDENT = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DoseRegression(Result):
    """A regression of effects on dose, on the analysis scale (log for ratios) per unit of dose.

    ``form``; ``fit``: the regression, its first coefficient the effect at columns of 0, the others
    those of the form. ``nonlinear``, ``nonlinear_df``, ``nonlinear_p``: test that the form's
    coefficients after the first are 0, F or χ² as ``fit.qm``; NaN for a form of one column.
    ``permutation``: p values from all orders of the doses, or a sample of them; ``smallest_p``: the
    least that these trials can give, however strong the relation.
    ``dose`` (d,), ``curve``: mean effect with its band and prediction limits at them.
    ``without``: coefficients of the form without each trial, (k, p - 1), with limits
    ``without_ci_low``, ``without_ci_high``; NaN where the other trials cannot tell them.
    """

    form: Form
    fit: Regression
    nonlinear: float
    nonlinear_df: int
    nonlinear_p: float
    permutation: PermutationTest
    smallest_p: float
    dose: Array
    curve: Predicted
    without: Array
    without_ci_low: Array
    without_ci_high: Array


@of_one_index
def dose_regression(
    y: ArrayLike,
    v: ArrayLike,
    dose: ArrayLike,
    form: Form = LINEAR,
    *,
    tau2: str = "REML",
    test: str = "knha",
    level: float = 0.95,
    at: ArrayLike | None = None,
    permuted: str | None = None,
    seed: int = 0,
) -> DoseRegression:
    """Regress trials' effects on a form of their dose, with an intercept.

    ``y``, ``v``, ``dose`` (k,): effect and sampling variance, on the analysis scale, and the dose
    of each trial. ``at``: doses of the curve (d,), by default 61 from the lowest to the highest; a
    curve says nothing beyond. ``tau2``, ``test``: as ``meta_regression``; ``knha`` is
    Hartung-Knapp. ``permuted``: test whose statistic orders are compared by, ``test`` if None; with
    few trials ``z`` is steadier, as Hartung-Knapp divides by a spread that some orders make tiny.
    Up to 50,000 orders of the doses are all gone through, of more a sample of 10,000
    is drawn with ``seed``. Raises InputError: a dose that is missing, doses all alike, more
    coefficients than so few trials or doses can tell; and ConvergenceError.

    Trials were not randomised to their dose: such a slope is an association between trials.

    Source: Thompson & Higgins 2002, Stat Med 21, 1559-1573; Knapp & Hartung 2003, Stat Med 22,
    2693-2710; Higgins & Thompson 2004, Stat Med 23, 1663-1682. metafor: ``rma(yi, vi, mods = ~
    dose, test="knha")``, ``permutest()``, ``predict()``.

    >>> y, v = [-0.2, -0.3, -0.6, -0.9], [0.04, 0.02, 0.03, 0.05]
    >>> result = dose_regression(y, v, [10, 20, 30, 60], at=[10, 60])
    >>> [round(float(b), 4) for b in result.fit.coefficients]
    [-0.0534, -0.0148]
    >>> round(float(result.permutation.p_values[1]), 4), round(result.smallest_p, 4)
    (0.0417, 0.0417)
    """
    y, v = effects_and_variances(y, v)
    if y.ndim != 1:
        raise InputError(f"y must hold one data set, shape (k,), not {y.shape}.")
    doses = _checked(dose, y.size, form)
    x = _design(form, doses)
    fit = meta_regression(y, v, x, tau2=tau2, test=test, level=level)
    curved = list(range(2, x.shape[1]))
    nonlinear, _, nonlinear_p = omnibus(fit.coefficients, fit.covariance, curved, float(fit.df[0]))
    orders = count_of_orders(np.unique(doses, return_inverse=True)[1])
    grid = np.linspace(doses.min(), doses.max(), GRID) if at is None else floats("at", at)
    without = _without_each(y, v, x, tau2, test, level)
    return DoseRegression(
        form=form,
        fit=fit,
        nonlinear=float(nonlinear),
        nonlinear_df=len(curved),
        nonlinear_p=float(nonlinear_p),
        permutation=permutation_test(
            y,
            v,
            x,
            tau2=tau2,
            test=permuted or test,
            seed=seed,
            iterations=None if orders <= MOST_EXACT else SAMPLE,
        ),
        smallest_p=_smallest_p(x, orders),
        dose=grid,
        curve=predicted(fit, _design(form, grid)),
        without=without[0],
        without_ci_low=without[1],
        without_ci_high=without[2],
    )


def fewest_trials(form: Form) -> int:
    """Return how many trials, and different doses, a regression on the form needs.

    >>> from liftproof.statistics.dose.forms import QUADRATIC, spline
    >>> fewest_trials(LINEAR), fewest_trials(QUADRATIC), fewest_trials(spline([1, 2, 3, 4]))
    (3, 5, 6)
    """
    return form.size + 1 + SPARE[form.is_curved]


def _smallest_p(x: Array, orders: int) -> float:
    """Return the least p that so many orders of the rows of ``x`` (k, p) can give.

    Where the doses are spaced alike from either end, each order has a mirror image whose statistic
    is as large: both count.
    """
    if orders > MOST_EXACT:
        return 1 / SAMPLE
    sorted_rows = x[np.lexsort(x.T[::-1]), 1:]
    centred = sorted_rows - sorted_rows.mean(axis=0)
    scaled = centred / np.linalg.norm(centred, axis=0)
    basis = np.linalg.qr(scaled)[0]
    mirrored = scaled[::-1]
    left = np.linalg.norm(mirrored - basis @ (basis.T @ mirrored), axis=0)
    has_mirror = bool((left < INDEPENDENT).all())
    return (1 + has_mirror) / orders


def _design(form: Form, dose: Array) -> Array:
    """Return the intercept and the form's columns, (d, p)."""
    return np.column_stack((np.ones(dose.size), columns(form, dose)))


def _checked(dose: ArrayLike, k: int, form: Form) -> Array:
    """Return doses (k,), or raise InputError where they are missing or cannot tell the form."""
    doses = numbers("dose", dose)
    if doses.shape != (k,):
        raise InputError(f"dose must hold one number for each of {k} trials, not {doses.shape}.")
    require(
        np.isfinite(doses), doses, "Every trial needs a dose (leave out those that report none)"
    )
    different, needed = np.unique(doses).size, fewest_trials(form)
    if different == 1:
        raise InputError(f"All trials have the dose {doses[0]:g}: there is no slope to tell.")
    if k < needed or (form.is_curved and different < needed):
        found = f"{k} trials" if k < needed else f"{different} different doses"
        raise InputError(
            f"A {form.name} curve with an intercept has {form.size + 1} coefficients, and {found} "
            f"would fix it whatever they found: it needs {needed} trials with different doses. "
            "Use a form with fewer coefficients."
        )
    return doses


def _without_each(
    y: Array, v: Array, x: Array, tau2: str, test: str, level: float
) -> tuple[Array, Array, Array]:
    """Return the form's coefficients and limits without each trial, each (k, p - 1)."""
    k, p = x.shape
    results = np.full((3, k, p - 1), np.nan)
    if k - 1 > p:
        rest = np.moveaxis(without_each(x.T), 0, -1)
        told = _tells(rest)
        fit = meta_regression(
            without_each(y)[told],
            without_each(v)[told],
            rest[told],
            tau2=tau2,
            test=test,
            level=level,
        )
        for each, values in zip(results, (fit.coefficients, fit.ci_low, fit.ci_high), strict=True):
            each[told] = values[:, 1:]
    return results[0], results[1], results[2]


def _tells(x: Array) -> NDArray[np.bool_]:
    """Return for which design matrices (k, n, p) no column is a combination of others, (k,)."""
    lengths = np.linalg.norm(x, axis=1, keepdims=True)
    scaled = x / np.where(lengths > 0, lengths, 1.0)
    return np.asarray(np.linalg.svd(scaled, compute_uv=False)[:, -1] > INDEPENDENT)
