"""One result from the results of several imputed data sets, by Rubin's rules."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, effects_and_variances, one_number
from liftproof.statistics.distributions import limits, quotient, two_sided_p
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.result import Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Imputed(Result):
    """Results over imputed data sets, on their own scale. Arrays have shape (...).

    ``m``: data sets. ``estimate``, ``se``, ``statistic``, ``df``, ``p_value``, ``ci_low``,
    ``ci_high``: by t. ``within``, ``between``, ``total``: variances. ``fmi``: share of information
    that is missing; ``riv``: relative increase of the variance by it.
    """

    m: int
    estimate: Array
    se: Array
    statistic: Array
    df: Array
    p_value: Array
    ci_low: Array
    ci_high: Array
    within: Array
    between: Array
    total: Array
    fmi: Array
    riv: Array


@of_one_index
def pool_imputed(
    estimates: ArrayLike,
    variances: ArrayLike,
    *,
    complete_df: float = np.inf,
    level: float = 0.95,
) -> Imputed:
    """Return one estimate from those of m imputed data sets.

    ``estimates``, ``variances`` (..., m), m > 1: of a pooled effect, or a coefficient.
    ``complete_df``: degrees of freedom there would be without missing values, infinite for normal
    tests; finite ones give Barnard and Rubin's. Raises InputError. R: mice ``pool.scalar()``.

    Source: Rubin 1987, Multiple Imputation for Nonresponse in Surveys; Barnard & Rubin 1999,
    Biometrika 86, 948-955.

    >>> found = pool_imputed([0.5, 0.6, 0.55], [0.04, 0.05, 0.045])
    >>> round(float(found.estimate), 3), round(float(found.se), 4), round(float(found.df), 0)
    (0.55, 0.2198, 421.0)
    """
    values, own = effects_and_variances(estimates, variances)
    m = values.shape[-1]
    if m == 1:
        raise InputError("One imputed data set says nothing of what is missing: give two or more.")
    if not one_number("complete_df", complete_df) > 0:
        raise InputError(f"complete_df must be above 0, not {complete_df}.")
    within, between = own.mean(axis=-1), values.var(axis=-1, ddof=1)
    total = within + (1 + 1 / m) * between
    estimate, se = values.mean(axis=-1), np.sqrt(total)
    riv = (1 + 1 / m) * between / within
    df = _degrees(m, (1 + 1 / m) * between / total, complete_df)
    low, high = limits(estimate, se, level, df)
    statistic = quotient(estimate, se)
    return Imputed(
        m=m,
        estimate=estimate,
        se=se,
        statistic=statistic,
        df=df,
        p_value=np.asarray(two_sided_p(statistic, df)),
        ci_low=low,
        ci_high=high,
        within=within,
        between=between,
        total=total,
        fmi=(riv + 2 / (df + 3)) / (riv + 1),
        riv=riv,
    )


def _degrees(m: int, share: Array, complete_df: float) -> Array:
    """Return degrees of freedom, from the share of the variance that is between data sets."""
    with np.errstate(divide="ignore"):
        plain = np.asarray((m - 1) / share**2)
    if np.isinf(complete_df):
        return plain
    observed = (complete_df + 1) / (complete_df + 3) * complete_df * (1 - share)
    return np.asarray(1 / (1 / plain + 1 / observed))
