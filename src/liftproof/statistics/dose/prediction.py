"""The fitted curve at given doses, against a reference dose; and how well it fits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, some_floats
from liftproof.statistics.distributions import limits
from liftproof.statistics.dose.contrasts import Contrasts
from liftproof.statistics.dose.fitting import DoseResponse
from liftproof.statistics.dose.forms import Form, columns
from liftproof.statistics.dose.observations import observations
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve(Result):
    """Effects of doses against ``reference``, on the analysis scale (log for ratios).

    ``dose``, ``estimate``, ``se``, ``ci_low``, ``ci_high``: (d,), the last two of ``level``, each
    dose by itself.
    """

    reference: float
    level: float
    dose: Array
    estimate: Array
    se: Array
    ci_low: Array
    ci_high: Array


@of_one_index
def dose_curve(fit: DoseResponse, dose: ArrayLike, *, reference: float = 0.0) -> Curve:
    """Return the mean curve at doses (d,) against a reference dose, 0 at that.

    Both in the unit of the fit. Raises InputError. dosresmeta: ``predict(fit, newdata=, xref=)``;
    ``expo=TRUE`` is its exponential.

    >>> from liftproof.statistics.dose.contrasts import dose_contrasts
    >>> from liftproof.statistics.dose.fitting import dose_response
    >>> one = dose_contrasts(["a", "a"], [1, 2], [0, 0], [0.2, 0.4], [0.04, 0.04])
    >>> line = dose_curve(dose_response(one, method="FE"), [0, 10])
    >>> line.estimate.round(4).tolist(), line.se.round(4).tolist()
    ([0.0, 2.0], [0.0, 0.8944])
    """
    doses = some_floats("dose", dose).copy()
    if doses.ndim != 1:
        raise InputError(f"dose must have shape (d,), not {doses.shape}.")
    x = columns(fit.form, doses) - columns(fit.form, [reference])
    estimate = x @ fit.coefficients
    se = np.sqrt(np.maximum(0.0, np.einsum("dp,pq,dq->d", x, fit.covariance, x)))
    ci_low, ci_high = limits(estimate, se, fit.level)
    return Curve(
        reference=float(reference),
        level=fit.level,
        dose=doses,
        estimate=estimate,
        se=se,
        ci_low=ci_low,
        ci_high=ci_high,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GoodnessOfFit(Result):
    """How well one curve for all trials fits the contrasts.

    ``deviance``, ``df``, ``p``: χ² of the residuals. ``r2`` and ``r2_adjusted``: share of the
    contrasts' squared length, each in its own precision, that the curve gives; the second allows
    for the number of coefficients and can be negative. Not percent.
    """

    deviance: float
    df: int
    p: float
    r2: float
    r2_adjusted: float


def goodness_of_fit(data: Contrasts, form: Form) -> GoodnessOfFit:
    """Return deviance and R² of the common curve (method FE, one stage).

    D = (y - Xb)'S⁻¹(y - Xb) with k - p degrees of freedom; R² = 1 - D/y'S⁻¹y; adjusted 1 -
    (1 - R²)k/(k - p). A large D says that trials disagree, or that the form is wrong. NaN for p
    where k = p. Raises InputError.

    Source: Discacciati, Crippa & Orsini 2017, Res Synth Methods 8, 149-160. dosresmeta:
    ``gof(fit)``.

    >>> from liftproof.statistics.dose.contrasts import dose_contrasts
    >>> from liftproof.statistics.dose.forms import LINEAR
    >>> one = dose_contrasts(["a", "a"], [1, 2], [0, 0], [0.2, 0.5], [0.04, 0.04])
    >>> fit = goodness_of_fit(one, LINEAR)
    >>> round(fit.deviance, 4), fit.df, round(fit.r2, 4)
    (0.05, 1, 0.9931)
    """
    observed = observations(data, form)
    k, p = data.y.size, form.size
    rows, values = observed.rows.reshape(-1, p), observed.values.reshape(-1)
    residuals = values - rows @ np.linalg.lstsq(rows, values, rcond=None)[0]
    deviance = float(residuals @ residuals + observed.remainder.sum())
    df, unexplained = k - p, deviance / observed.length if observed.length else np.nan
    return GoodnessOfFit(
        deviance=deviance,
        df=df,
        p=float(chdtrc(df, deviance)) if df else np.nan,
        r2=1 - unexplained,
        r2_adjusted=1 - unexplained * k / df if df else np.nan,
    )
