"""Questions to the coefficients of a fit: single ones, sums and differences, several at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, fdtrc

from liftproof.errors import InputError
from liftproof.metafors_names import naming_arguments
from liftproof.statistics.checks import Array, choose, floats
from liftproof.statistics.distributions import limits, quotient, two_sided_p
from liftproof.statistics.regression.contrasts import holm
from liftproof.statistics.result import Result

LEAST_DF = 1.0
"""Below one degree of freedom of its denominator a joint test says nothing: it is NaN."""
NO_JOINT = (
    "Too few clusters hold what is tested for a joint test: less than one degree of freedom is "
    "left. Test fewer coefficients at once, or take wild_bootstrap."
)
RANK = 1e-9
"""An eigenvalue below this, relative to the largest, is 0: of rows that others sum to."""


class FittedCoefficients(Protocol):
    """What a fit must have: of ``meta_regression``, ``three_level``, ``multilevel``."""

    @property
    def coefficients(self) -> Array: ...
    @property
    def covariance(self) -> Array: ...
    @property
    def df(self) -> Array | float: ...
    @property
    def level(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hypotheses(Result):
    """Sums of coefficients, on the analysis scale. Arrays are (m,).

    ``estimate``, ``se``, ``statistic``, ``df`` (infinite: normal), ``p_value``, ``ci_low``,
    ``ci_high`` of each row alone; ``adjusted_p``: its p value among all, by ``adjust``. ``joint``:
    whether all hold at once, χ², or F where ``joint_df`` has a finite second number; ``joint_p``.
    Both are NaN below LEAST_DF, as ``cannot_tell`` says.
    """

    estimate: Array
    se: Array
    statistic: Array
    df: Array
    p_value: Array
    ci_low: Array
    ci_high: Array
    adjust: str
    adjusted_p: Array
    joint: float
    joint_df: tuple[int, float]
    joint_p: float

    @property
    def cannot_tell(self) -> str:
        """What the joint test cannot tell, in a sentence; empty for nothing."""
        return NO_JOINT if self.joint_df[1] < LEAST_DF else ""


@naming_arguments
def hypotheses(
    fit: FittedCoefficients,
    rows: ArrayLike | None = None,
    *,
    coefficients: Sequence[int] | None = None,
    rhs: ArrayLike = 0.0,
    adjust: str = "none",
) -> Hypotheses:
    """Return estimates and tests of rows · coefficients = rhs.

    ``rows``: (m, p), or (p,) for one; or ``coefficients``: positions, each tested against 0 and all
    together, as metafor's ``btt``. ``rhs``: one number or (m,). ``adjust``: a name in ADJUSTMENTS.
    A main effect beside its interaction is told where the other moderator is 0: another centre,
    another answer. Rows that others sum to count once in the joint test. For cluster-robust fits
    see ``robust_hypotheses``. metafor: ``anova(fit, X=rows, rhs=)``, ``anova(fit, btt=)``. Raises
    InputError.

    Source: Viechtbauer et al. 2015, Psychol Methods 20, 360-374.

    >>> from liftproof.statistics.regression import meta_regression
    >>> x = [[1, 44], [1, 55], [1, 42], [1, 52], [1, 13]]
    >>> y, v = [-0.89, -1.59, -1.35, -1.44, -0.22], [0.33, 0.19, 0.42, 0.02, 0.05]
    >>> found = hypotheses(meta_regression(y, v, x), [1, 50])
    >>> found.estimate.round(4).tolist(), round(found.joint, 3)
    ([-1.3771], 124.274)
    """
    b = np.asarray(fit.coefficients)
    matrix = rows_of(rows, coefficients, b.shape[-1])
    if b.ndim != 1:
        raise InputError("hypotheses are asked of one fit, not of many data sets at once.")
    differences = matrix @ b - _right(rhs, len(matrix))
    covariance = matrix @ fit.covariance @ matrix.T
    df = float(np.min(fit.df))
    joint, rank = quadratic(differences, covariance)
    is_t = np.isfinite(df)
    return with_tests(
        differences,
        np.sqrt(np.maximum(covariance.diagonal(), 0.0)),
        np.full(len(matrix), df),
        fit.level,
        adjust,
        (joint / rank if is_t else joint, (rank, df)),
    )


def with_tests(
    differences: Array,
    se: Array,
    df: Array,
    level: float,
    adjust: str,
    joint: tuple[float, tuple[int, float]],
) -> Hypotheses:
    """Return the tests of differences, each by t with ``df``, and the joint one."""
    adjusted = choose(ADJUSTMENTS, adjust, "adjustment")
    statistic = quotient(differences, se)
    p_value = np.asarray(two_sided_p(statistic, df))
    low, high = limits(differences, se, level, df)
    value, degrees = joint
    first, second = degrees
    return Hypotheses(
        estimate=differences,
        se=se,
        statistic=statistic,
        df=df,
        p_value=p_value,
        ci_low=low,
        ci_high=high,
        adjust=adjust,
        adjusted_p=adjusted(p_value),
        joint=value,
        joint_df=degrees,
        joint_p=float(fdtrc(first, second, value) if np.isfinite(second) else chdtrc(first, value)),
    )


def rows_of(rows: ArrayLike | None, coefficients: Sequence[int] | None, p: int) -> Array:
    """Return the checked rows (m, p), or those that pick single coefficients."""
    if (rows is None) == (coefficients is None):
        raise InputError("Give rows of sums, or coefficients by position, and not both.")
    if rows is None:
        return _picked(coefficients or (), p)
    matrix = floats("rows", rows)
    matrix = matrix[None, :] if matrix.ndim == 1 else matrix
    if matrix.ndim != 2 or matrix.shape[1] != p or not len(matrix):  # noqa: PLR2004 - a matrix
        raise InputError(
            f"rows must have {p} columns, one a coefficient, not shape {matrix.shape}."
        )
    if not matrix.any(axis=1).all():
        raise InputError("A row of rows is 0 throughout: it asks nothing.")
    return matrix


def _picked(coefficients: Sequence[int], p: int) -> Array:
    places = list(coefficients)
    known = all(isinstance(one, int | np.integer) and 0 <= one < p for one in places)
    if not places or not known or len(set(places)) < len(places):
        raise InputError(f"coefficients must name positions from 0 to {p - 1}, each once.")
    return np.eye(p)[places]


def _right(rhs: ArrayLike, m: int) -> Array:
    values = floats("rhs", rhs)
    if values.shape not in ((), (m,)):
        raise InputError(f"rhs must be one number, or one for each of {m} rows.")
    return values


def quadratic(differences: Array, covariance: Array) -> tuple[float, int]:
    """Return d'C⁻d and the rank of C; neither depends on the units of the differences."""
    sd = np.sqrt(np.maximum(covariance.diagonal(), 0.0))
    unit = np.where(sd > 0, sd, 1.0)
    differences, covariance = differences / unit, covariance / unit / unit[:, None]
    values, vectors = np.linalg.eigh(covariance)
    kept = values > RANK * values[-1]
    if not kept.any():
        raise InputError("The coefficients have no variance: there is nothing to test with.")
    along = vectors[:, kept].T @ differences
    return float((along**2 / values[kept]).sum()), int(kept.sum())


@naming_arguments
def variance_inflation(
    fit: FittedCoefficients,
    terms: Sequence[Sequence[int]] | None = None,
    *,
    intercept: bool = True,
) -> Array:
    """Return how much the variance of each coefficient, or group of them, is inflated by others.

    ``terms``: groups of positions; without, each coefficient alone. ``intercept``: whether the
    first coefficient is one, which then is left out. Generalised inflation of groups of m: its
    2m-th root is on the scale of a standard error.
    metafor: ``vif(fit)``, ``vif(fit, btt=)``. Raises InputError.

    Source: Fox & Monette 1992, J Am Stat Assoc 87, 178-183.

    >>> from liftproof.statistics.regression import meta_regression
    >>> x = [[1, 44, 1948], [1, 55, 1949], [1, 42, 1960], [1, 52, 1977], [1, 13, 1973]]
    >>> y, v = [-0.89, -1.59, -1.35, -1.44, -0.22], [0.33, 0.19, 0.42, 0.02, 0.05]
    >>> variance_inflation(meta_regression(y, v, x)).round(4).tolist()
    [1.0003, 1.0003]
    """
    first, p = int(intercept), len(fit.covariance)
    covariance = np.asarray(fit.covariance)[first:, first:]
    groups = [[i] for i in range(first, p)] if terms is None else [list(term) for term in terms]
    if not groups or any(not first <= place < p for group in groups for place in group):
        raise InputError(
            f"terms must hold positions from {first} to {p - 1}: moderators, no intercept."
        )
    sd = np.sqrt(covariance.diagonal())
    correlation = covariance / sd / sd[:, None]
    whole = np.linalg.slogdet(correlation)[1]
    inflated = []
    for group in groups:
        is_in = np.isin(np.arange(first, p), group)
        parts = [np.linalg.slogdet(correlation[np.ix_(k, k)])[1] for k in (is_in, ~is_in)]
        inflated.append(np.exp(sum(parts) - whole))
    return np.array(inflated)


def _bonferroni(p: Array) -> Array:
    return np.minimum(1.0, p * p.size)


def _stepped_up(p: Array, factor: float) -> Array:
    """Return p times factor · m/rank, none above a larger one's (Benjamini & Hochberg 1995)."""
    order = np.argsort(-p, kind="stable")
    ranks = np.arange(p.size, 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(factor * p.size / ranks * p[order]))
    return adjusted


ADJUSTMENTS: Mapping[str, Callable[[Array], Array]] = {
    "none": lambda p: p,
    "holm": holm,
    "bonferroni": _bonferroni,
    "BH": lambda p: _stepped_up(p, 1.0),
    "BY": lambda p: _stepped_up(p, float((1 / np.arange(1, p.size + 1)).sum())),
}
"""Adjustments of p values for several tests, by R's names."""
