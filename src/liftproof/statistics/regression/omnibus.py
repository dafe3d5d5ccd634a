"""The test of several coefficients at once."""

import numpy as np
from scipy.special import chdtrc, fdtrc

from liftproof.statistics.checks import Array


def omnibus(
    coefficients: Array, covariance: Array, tested: list[int], df: float
) -> tuple[Array, tuple[int, float], Array]:
    """Return b'V⁻¹b of the tested columns, its degrees of freedom and the p value.

    χ² where ``df`` is infinite; else b'V⁻¹b/m, F with m and ``df``. NaN where nothing is tested.
    Where V is 0, as by Knapp and Hartung for identical effects, it is infinite, or NaN for b of 0.
    metafor: ``rma()$QM, $QMdf, $QMp``.

    Source: Knapp & Hartung 2003, Stat Med 22, 2693-2710.

    >>> b, covariance = np.array([5.0, 2.0]), np.diag([1.0, 4.0])
    >>> statistic, df, p = omnibus(b, covariance, [1], np.inf)
    >>> float(statistic), df, round(float(p), 6)
    (1.0, (1, inf), 0.317311)
    """
    m = len(tested)
    if m == 0:
        nan = np.full(coefficients.shape[:-1], np.nan)[()]
        return nan, (0, df), nan
    b, part = coefficients[..., tested], covariance[..., tested, :][..., tested]
    is_zero = np.asarray(~part.any(axis=(-2, -1)))
    full = np.where(is_zero[..., None, None], np.eye(m), part) if is_zero.any() else part
    solved = b / full[..., 0] if m == 1 else np.linalg.solve(full, b[..., None])[..., 0]
    wald = np.einsum("...i,...i->...", b, solved)
    if is_zero.any():
        without_spread = np.where(b.any(axis=-1), np.inf, np.nan)
        wald = np.where(is_zero, without_spread, wald)[()]
    if np.isinf(df):
        return wald, (m, df), chdtrc(m, wald)
    return wald / m, (m, df), fdtrc(m, df, wald / m)
