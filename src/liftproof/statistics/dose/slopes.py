"""What each trial says of the coefficients by itself, and how far trials disagree."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.dose.observations import INDEPENDENT, Observations
from liftproof.statistics.result import Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slopes(Result):
    """Coefficients of m trials, on the analysis scale per unit of dose.

    ``study``: labels (m,). ``coefficients`` (m, p) and ``covariance`` (m, p, p) by generalised
    least squares; NaN for a trial with too few doses for the form. ``q``, ``q_df``: squared
    distance of the trials' coefficients from their common ones, in their own precision.
    """

    study: NDArray[np.generic]
    coefficients: Array
    covariance: Array
    q: float
    q_df: int


def slopes_of(data: Observations) -> Slopes:
    """Return each trial's coefficients, and Cochran's Q of all together.

    Source: White 2011, Stata J 11, 255-270 (Q of several coefficients). dosresmeta: ``$bi``,
    ``$Si``, ``qtest()$Q[1]``.
    """
    m, p = data.values.shape
    left, length, _ = np.linalg.svd(data.rows)
    is_told = length > INDEPENDENT * length.max(axis=1, keepdims=True)
    common = np.linalg.lstsq(data.rows.reshape(-1, p), data.values.reshape(-1), rcond=None)[0]
    residuals = np.einsum("mji,mj->mi", left, data.values - data.rows @ common)
    has_all = is_told.all(axis=1)
    coefficients, covariance = np.full((m, p), np.nan), np.full((m, p, p), np.nan)
    back = data.scale @ np.linalg.inv(data.rows[has_all])
    coefficients[has_all] = np.einsum("mij,mj->mi", back, data.values[has_all])
    covariance[has_all] = back @ np.swapaxes(back, 1, 2)
    return Slopes(
        study=data.groups.labels,
        coefficients=coefficients,
        covariance=covariance,
        q=float((residuals**2 * is_told).sum()),
        q_df=int(is_told.sum()) - p,
    )
