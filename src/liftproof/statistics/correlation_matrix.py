"""Correlations of one sample with each other: their covariance, and the regression they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, fdtrc

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats, one_number, require
from liftproof.statistics.dependent.groups import ASYMMETRY, Places
from liftproof.statistics.distributions import limits, two_sided_p
from liftproof.statistics.result import Result

LEAST_N = 5
"""People that a covariance of correlations takes, as in metafor."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CorrelationCovariance(Result):
    """Correlations of one sample below the diagonal of their matrix, column after column.

    ``first``, ``second`` (s,): names of the two variables. ``y`` (s,): correlations, or Fisher's z
    of them. ``covariance`` (s, s): of y.
    """

    first: NDArray[np.generic]
    second: NDArray[np.generic]
    y: Array
    covariance: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MatrixRegression(Result):
    """Standardised coefficients (m,) of a regression within a correlation matrix.

    ``level``; ``coefficients`` with ``covariance`` (m, m), ``se``, ``statistic``, ``df`` (infinite:
    normal), ``p_value``, ``ci_low``, ``ci_high``. ``r2``: explained, 0 to 1. ``statistic_of_all``,
    ``df_of_all``, ``p_of_all``: the test of all coefficients, an F by people, χ² by a covariance.
    """

    level: float
    coefficients: Array
    covariance: Array
    se: Array
    statistic: Array
    df: float
    p_value: Array
    ci_low: Array
    ci_high: Array
    r2: float
    statistic_of_all: float
    df_of_all: tuple[int, float]
    p_of_all: float


def rcalc(
    correlations: ArrayLike,
    n: float,
    *,
    names: Sequence[object] | None = None,
    fisher_z: bool = False,
) -> CorrelationCovariance:
    """Return the correlations of one sample and their covariance.

    ``correlations``: (p, p), of p variables; ``n``: people, 5 or more. ``names`` (p,): of the
    variables, else 0 to p - 1. ``fisher_z``: of Fisher's z. The covariance of several samples is
    block-diagonal. Raises InputError.

    Source: Olkin & Finn 1995, Psychol Bull 118, 155-164, equation 5; Steiger 1980, Psychol Bull 87,
    245-251. metafor: ``rcalc(R, ni=n, rtoz=)``.

    >>> found = rcalc([[1, 0.5, 0.3], [0.5, 1, 0.2], [0.3, 0.2, 1]], 101)
    >>> found.y.tolist(), found.covariance.round(6).tolist()[0]
    ([0.5, 0.3, 0.2], [0.005625, 0.000855, 0.00182])
    """
    matrix = _correlation_matrix(correlations)
    people = one_number("n", n)
    if people < LEAST_N:
        raise InputError(f"n must be {LEAST_N} or more, not {people:g}.")
    one, other = _below_diagonal(len(matrix))
    labels = np.asarray(range(len(matrix)) if names is None else names)
    if labels.shape != (len(matrix),):
        raise InputError(f"names must hold {len(matrix)} names, one a variable.")
    y = matrix[one, other]
    covariance = _of_pairs(matrix, one, other)
    if fisher_z:
        require(np.abs(y) < 1, y, "A correlation of 1 or -1 has no Fisher's z")
        rest = 1 - y**2
        y, covariance = np.arctanh(y), covariance / np.outer(rest, rest)
    return CorrelationCovariance(
        first=labels[one],
        second=labels[other],
        y=y,
        covariance=covariance / (people - 3 if fisher_z else people - 1),
    )


def matreg(
    y: int,
    x: Sequence[int],
    correlations: ArrayLike,
    *,
    n: float | None = None,
    covariance: ArrayLike | None = None,
    level: float = 0.95,
) -> MatrixRegression:
    """Return the standardised regression of one variable on others, from their correlations.

    ``y`` and ``x``: places of the variables in ``correlations`` (p, p), from 0. ``n``: people of
    one sample, tested by t; or ``covariance`` (s, s): of the correlations below the diagonal,
    column after column, as of pooled ones, tested as normal. Raises InputError.

    Source: Becker & Aloe 2019, in Cooper, Hedges & Valentine, Handbook of Research Synthesis, 3rd
    ed., chapter 13. metafor: ``matreg(y, x, R, n=)``, ``matreg(y, x, R, V=)``, which count from 1.

    >>> r = [[1, 0.5, 0.3], [0.5, 1, 0.2], [0.3, 0.2, 1]]
    >>> matreg(0, [1, 2], r, n=101).coefficients.round(6).tolist()
    [0.458333, 0.208333]
    """
    matrix = _correlation_matrix(correlations)
    places = _places(y, x, len(matrix))
    if (n is None) == (covariance is None):
        raise InputError("Give n=, people, or covariance=, of the correlations, and not both.")
    inside, along = matrix[np.ix_(places, places)], matrix[places, y]
    try:
        inverse = np.linalg.inv(np.linalg.cholesky(inside))
    except np.linalg.LinAlgError as error:
        raise InputError("The correlations of x are not those of variables that differ.") from error
    inverse = inverse.T @ inverse
    b = inverse @ along
    r2, m = float(b @ along), len(places)
    if covariance is None:
        df = one_number("n", n or 0.0) - m
        if df <= 0:
            raise InputError(f"n must be above the number of coefficients, {m}.")
        if not r2 < 1:
            raise InputError("The correlations are not of one sample: x explains y fully or more.")
        spread = (1 - r2) / df * inverse
        of_all, df_of_all = r2 / m / ((1 - r2) / df), (m, df)
        p_of_all = float(fdtrc(m, df, of_all))
    else:
        slopes = _slopes(len(matrix), y, places, inverse, b)
        spread = slopes @ _checked(covariance, slopes.shape[1]) @ slopes.T
        _require_positive(spread)
        df = np.inf
        of_all, df_of_all = float(b @ np.linalg.solve(spread, b)), (m, np.inf)
        p_of_all = float(chdtrc(m, of_all))
    se = np.sqrt(spread.diagonal())
    low, high = limits(b, se, level, df)
    return MatrixRegression(
        level=level,
        coefficients=b,
        covariance=spread,
        se=se,
        statistic=b / se,
        df=df,
        p_value=two_sided_p(b / se, df),
        ci_low=low,
        ci_high=high,
        r2=r2,
        statistic_of_all=of_all,
        df_of_all=df_of_all,
        p_of_all=p_of_all,
    )


def _correlation_matrix(correlations: ArrayLike) -> Array:
    """Return a checked correlation matrix (p, p), or raise InputError."""
    matrix = floats("correlations", correlations)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) < 2:  # noqa: PLR2004
        raise InputError(f"correlations must be a matrix of variables, not {matrix.shape}.")
    require(np.abs(matrix) <= 1, matrix, "A correlation must lie in -1 to 1")
    require(matrix.diagonal() == 1, matrix.diagonal(), "A variable's correlation with itself is 1")
    if np.abs(matrix - matrix.T).max() > ASYMMETRY:
        raise InputError("correlations must be a symmetric matrix.")
    return matrix


def _checked(covariance: ArrayLike, s: int) -> Array:
    """Return the covariance of s correlations, or raise InputError."""
    matrix = floats("covariance", covariance)
    if matrix.shape != (s, s):
        raise InputError(f"covariance must be {s} by {s}, one row a correlation.")
    if np.abs(matrix - matrix.T).max() > ASYMMETRY * np.abs(matrix).max():
        raise InputError("covariance must be a symmetric matrix.")
    return matrix


def _places(y: int, x: Sequence[int], p: int) -> list[int]:
    """Return the places of x among p variables, or raise InputError for those and y."""
    named = np.asarray([y, *np.atleast_1d(x)])
    if named.dtype.kind not in "iu":
        raise InputError("y and x must be places of variables, whole numbers from 0.")
    if named.size == 1 or np.unique(named).size != named.size:
        raise InputError("x must name one variable or more, each once, and not y.")
    if not ((named >= 0) & (named < p)).all():
        raise InputError(f"Places of variables lie in 0 to {p - 1}.")
    return [int(place) for place in named[1:]]


def _require_positive(spread: Array) -> None:
    """Raise InputError where no coefficients can have this covariance."""
    variances = spread.diagonal()
    if (variances > 0).all():
        size = np.sqrt(variances)
        if np.linalg.eigvalsh(spread / np.outer(size, size))[0] > np.finfo(float).eps:
            return
    raise InputError("covariance must be positive definite: the coefficients' own is not.")


def _below_diagonal(p: int) -> tuple[Places, Places]:
    """Return rows and columns below the diagonal, column after column."""
    column, row = np.triu_indices(p, 1)
    return row, column


def _of_pairs(r: Array, one: Places, other: Places) -> Array:
    """Return n times the covariance of the correlations of pairs, (s, s)."""
    i, j, k, m = one[:, None], other[:, None], one, other
    squares = r[i, k] ** 2 + r[i, m] ** 2 + r[j, k] ** 2 + r[j, m] ** 2
    thirds = r[i, j] * (r[i, k] * r[i, m] + r[j, k] * r[j, m])
    thirds = thirds + r[k, m] * (r[i, k] * r[j, k] + r[i, m] * r[j, m])
    cross = r[i, k] * r[j, m] + r[i, m] * r[j, k]
    return np.asarray(r[i, j] * r[k, m] * squares / 2 + cross - thirds)


def _slopes(p: int, y: int, places: list[int], inverse: Array, b: Array) -> Array:
    """Return the derivatives of the coefficients by each correlation, (m, s)."""
    rows, columns = _below_diagonal(p)
    found = np.zeros((len(places), rows.size))
    for number, pair in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        if y in pair:
            other = pair[0] if pair[1] == y else pair[1]
            if other in places:
                found[:, number] = inverse[:, places.index(other)]
        elif pair[0] in places and pair[1] in places:
            one, two = places.index(pair[0]), places.index(pair[1])
            found[:, number] = -(inverse[:, one] * b[two] + inverse[:, two] * b[one])
    return found
