"""One regression on dose, by whichever model: coefficients, tests, and what follows from them."""

from dataclasses import dataclass, replace
from math import inf, nan

import numpy as np

from liftproof.analysis.dose.dose_data import DoseMaterial
from liftproof.analysis.engine import pool_under
from liftproof.analysis.pool_result import PoolResult
from liftproof.analysis.specification import specification_of
from liftproof.errors import InputError
from liftproof.reviews.model.dose_question import LINEAR, LOG
from liftproof.statistics.checks import Array
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.dose import (
    FORMS,
    Form,
    columns,
    dose_regression,
    fewest_trials,
    harrell_knots,
    line_through_two,
    spline,
)
from liftproof.statistics.regression.omnibus import omnibus
from liftproof.statistics.tau2 import FIXED
from liftproof.vocabulary.intervals import TESTS

MODIFIED = "hksj_adhoc"
PERMUTED = "z"
"""Orders of the doses are compared by Wald statistics, whichever the interval is."""
KNOTS = 3
Limits = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DoseFit:
    """A regression of effects on a form of dose, analysis scale per unit of dose.

    ``coefficients`` (p,), the intercept first, ``covariance`` (p, p), ``df`` of t, infinite for the
    normal distribution; ``p_value``: of all but the intercept. ``level``: of all limits.
    ``modified``: limits of the first slope and the same p by Hartung-Knapp that never narrows; of
    the three-level model by t with trials, not results, less coefficients as degrees of freedom.
    ``permutation_p``; ``orders``, and whether they ``is_sampled``, not all gone through;
    ``smallest_p``: the least there can be. What a model does not give is NaN, and ``orders`` 0.
    ``is_told``: whether a degree of freedom is left to tell the line from chance.
    """

    form: Form
    coefficients: Array
    covariance: Array
    df: float
    p_value: float
    interval: str
    tau2_method: str
    tau2: float
    level: float
    r2: float = nan
    nonlinear_p: float = nan
    modified: Limits = (nan, nan, nan)
    permutation_p: float = nan
    orders: int = 0
    is_sampled: bool = False
    smallest_p: float = nan
    is_told: bool = True

    def contrast(self, low: float, high: float) -> Limits:
        """Return the change of effect from one dose to another, with its limits."""
        change = np.diff(self.design(np.array([low, high])), axis=0)[0]
        return self._with_limits(change)

    def modified_contrast(self, low: float, high: float) -> tuple[float, float]:
        """Return the modified limits of the same change; NaN for a form of several columns."""
        if self.form.size > 1:
            return nan, nan
        change = float(np.diff(self.design(np.array([low, high])), axis=0)[0, 1])
        return change * self.modified[0], change * self.modified[1]

    def slope(self, per: float) -> Limits:
        """Return the first slope per so many units, with its limits."""
        pick = np.zeros(self.coefficients.size)
        pick[1] = per
        return self._with_limits(pick)

    def curve(self, doses: Array) -> tuple[Array, Array, Array]:
        """Return the mean effect at doses (d,), with its limits."""
        rows = self.design(doses)
        se = np.sqrt(np.einsum("di,ij,dj->d", rows, self.covariance, rows))
        mean = rows @ self.coefficients
        return (mean, *limits(mean, se, self.level, self.df))

    def design(self, doses: Array) -> Array:
        """Return the intercept and the form's columns, (d, p)."""
        return np.column_stack((np.ones(doses.size), columns(self.form, doses)))

    def _with_limits(self, pick: Array) -> Limits:
        value = pick @ self.coefficients
        low, high = limits(value, np.sqrt(pick @ self.covariance @ pick), self.level, self.df)
        return float(value), float(low), float(high)


def fit_of(material: DoseMaterial) -> DoseFit | None:
    """Regress the effects on dose; None where the trials cannot tell a line.

    Two trials give the line through them, which is no test: ``is_told`` is False.
    """
    if len(set(material.arrays()[2])) < 2:  # noqa: PLR2004 - one dose has no slope
        return None
    form = _form(material)
    if form is None:
        return None
    if len(material.dosed) == len(material.studies) == 2:  # noqa: PLR2004 - a line through two
        return _through_two(material, form)
    if len(material.studies) < fewest_trials(form):
        return None
    return _three_level(material, form) if material.is_three_level else _across(material, form)


def _form(material: DoseMaterial) -> Form | None:
    """Return the form asked for; None for a spline whose knots would coincide."""
    name = material.question.form
    if name in (LINEAR, LOG):
        return FORMS[name]
    doses = material.arrays()[2]
    try:
        form = spline(harrell_knots(doses, KNOTS))
    except InputError:
        return None
    return form if len(set(doses)) >= fewest_trials(form) else None


def _across(material: DoseMaterial, form: Form) -> DoseFit:
    y, v, doses, _ = material.arrays()
    asked = specification_of(material.analysis)
    result = dose_regression(
        y,
        v,
        doses,
        form,
        tau2=asked.tau2,
        test=TESTS[asked.interval],
        level=asked.level,
        permuted=PERMUTED,
    )
    fit, permutation = result.fit, result.permutation
    modified = pool_under(y, v, replace(asked, interval=MODIFIED), x=columns(form, doses))
    return DoseFit(
        form=form,
        coefficients=fit.coefficients,
        covariance=fit.covariance,
        df=float(fit.df[1]),
        p_value=float(fit.qm_p),
        interval=asked.interval,
        tau2_method=asked.tau2,
        tau2=float(fit.tau2),
        level=material.analysis.level,
        r2=float(fit.r2),
        nonlinear_p=result.nonlinear_p,
        modified=_modified(modified, float(modified.df)),
        permutation_p=float(permutation.qm_p),
        orders=permutation.arrangements,
        is_sampled=not permutation.is_exact,
        smallest_p=result.smallest_p,
    )


def _three_level(material: DoseMaterial, form: Form) -> DoseFit:
    """Regress by the three-level model, whose results are not exchangeable: no permutation.

    A dose is often its trial's, not a result's: the modified limits count trials.
    """
    y, v, doses, study = material.arrays()
    fit = pool_under(y, v, specification_of(material.analysis), study=study, x=columns(form, doses))
    b, df = fit.coefficients, float(fit.df)
    return DoseFit(
        form=form,
        coefficients=b,
        covariance=fit.covariance,
        df=df,
        p_value=float(fit.moderators_p),
        interval=fit.interval,
        tau2_method=fit.tau2_method,
        tau2=float(fit.tau2),
        level=material.analysis.level,
        nonlinear_p=_omnibus_p(fit, 2, df),
        modified=_modified(fit, float(len(material.studies) - b.size)),
    )


def _modified(fit: PoolResult, df: float) -> Limits:
    """Return the limits of the first slope by t with so many degrees of freedom, and p of all."""
    low, high = limits(fit.coefficients[1], np.sqrt(fit.covariance[1, 1]), fit.level, df)
    return float(low), float(high), _omnibus_p(fit, 1, df)


def _omnibus_p(fit: PoolResult, first: int, df: float) -> float:
    """Return p of the coefficients from ``first`` on, all together."""
    tested = list(range(first, fit.coefficients.size))
    return float(omnibus(fit.coefficients, fit.covariance, tested, df)[2])


def _through_two(material: DoseMaterial, form: Form) -> DoseFit | None:
    if form.size > 1:
        return None
    y, v, doses, _ = material.arrays()
    line = line_through_two(y, v, doses, form)
    z = line.coefficients[1] / np.sqrt(line.covariance[1, 1])
    return DoseFit(
        form=form,
        coefficients=line.coefficients,
        covariance=line.covariance,
        df=inf,
        p_value=float(two_sided_p(z, inf)),
        interval="wald",
        tau2_method=FIXED,
        tau2=0.0,
        level=material.analysis.level,
        is_told=False,
    )
