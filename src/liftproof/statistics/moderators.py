"""Moderators: the columns of a design matrix, checked, and made orthonormal."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, numbers, whole_number
from liftproof.statistics.products import einsum

INDEPENDENT = 1e-10
"""The least share of a column's length that the columns before it must leave unexplained. A sum of
columns leaves 1e-16, dates in seconds beside an intercept leave 1e-4."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moderators:
    """The columns of x = columns · triangle, in each data set.

    ``columns``: orthonormal, p arrays of shape (k, n). ``triangle``: upper triangular, shape
    (p, p, n). The estimate of τ² depends on what the columns span and not on the columns.
    """

    columns: tuple[Array, ...]
    triangle: Array

    @property
    def as_vectors(self) -> "Moderators":
        """The columns of a single data set in vectors (k,)."""
        columns = tuple(column[:, 0] for column in self.columns)
        return Moderators(columns=columns, triangle=self.triangle[..., 0])

    def take(self, sets: NDArray[np.intp]) -> "Moderators":
        """Return the data sets at these positions."""
        columns = tuple(column.take(sets, axis=1) for column in self.columns)
        return Moderators(columns=columns, triangle=self.triangle.take(sets, axis=-1))


def moderators(x: ArrayLike, k: int) -> Array:
    """Return ``x`` as an array (..., k, p) of finite numbers with p < k, or raise InputError."""
    array = matrix_of(x, k)
    if array.shape[-1] >= k:
        raise InputError(
            f"{k} trials cannot tell {array.shape[-1]} coefficients and τ²: "
            "more trials than columns of x are needed."
        )
    return array


def matrix_of(x: ArrayLike, k: int) -> Array:
    """Return ``x`` as an array (..., k, p) of finite numbers, or raise InputError."""
    array = numbers("x", x)
    if array.ndim < 2 or array.shape[-2] != k or array.shape[-1] == 0:  # noqa: PLR2004 - a matrix
        raise InputError(
            f"x must have a row a trial and a column a moderator, but x has shape {array.shape} "
            f"for k = {k}."
        )
    if not np.isfinite(array).all():
        trial, column = (int(i) for i in np.argwhere(~np.isfinite(array))[0][-2:])
        raise InputError(
            f"Moderator {column} of trial {trial} (counted from 0) is missing or not finite: "
            "leave the trial out or the moderator."
        )
    return array


def design_and_intercept(
    x: ArrayLike, k: int, intercept: bool | int | None
) -> tuple[Array, int | None]:
    """Return the design (..., k, p) and the place of its intercept; None for none.

    ``intercept``: True puts a column of ones before those of ``x``; False or None say that there is
    none; a number says which column of ``x`` it is. Unless it is a number, ``x`` may have shape
    (k,). The columns of a formula say it of themselves. Raises InputError, also where that column
    is not constant.

    >>> design_and_intercept([4.0, 2.0, 7.0], 3, True)[0].tolist()
    [[1.0, 4.0], [1.0, 2.0], [1.0, 7.0]]
    """
    if hasattr(x, "has_intercept"):
        intercept = 0 if x.has_intercept else None
    if isinstance(intercept, bool | np.bool_):
        columns = np.asarray(x)[:, None] if np.ndim(x) == 1 else x
        return (_with_ones(columns, k), 0) if intercept else (moderators(columns, k), None)
    if intercept is None:
        return moderators(np.asarray(x)[:, None] if np.ndim(x) == 1 else x, k), None
    place = whole_number("intercept", intercept)
    if np.ndim(x) == 1:
        raise InputError(
            "x holds one number a trial and has no column of ones: give intercept=True to have one "
            "added, or intercept=False for a line through 0."
        )
    design = moderators(x, k)
    if not 0 <= place < design.shape[-1]:
        raise InputError(
            f"x has no column {place} (counted from 0) to be the intercept: name the column that "
            "is constant, or give True to have one added."
        )
    if np.ptp(design[..., place], axis=-1).any():
        raise InputError(
            f"Column {place} of x is not constant: name another column as intercept=, True to have "
            "one added, or None."
        )
    return design, place


def _with_ones(x: ArrayLike, k: int) -> Array:
    """Return ``x`` with a column of ones before its own."""
    columns = matrix_of(x, k)
    return moderators(np.concatenate((np.ones_like(columns[..., :1]), columns), axis=-1), k)


def orthonormal(columns: tuple[Array, ...] | Array) -> tuple[tuple[Array, ...], Array]:
    """Return orthonormal columns q and the upper triangle r with columns = q r.

    Modified Gram-Schmidt; a column that the others explain is divided by 0 or by rounding.
    """
    done: list[Array] = []
    p = len(columns)
    triangle = np.zeros((p, p, *columns[0].shape[1:]))
    for j, column in enumerate(columns):
        rest = column
        for i, direction in enumerate(done):
            triangle[i, j] = einsum("k...,k...->...", direction, rest)
            rest = rest - direction * triangle[i, j]
        triangle[j, j] = np.sqrt(einsum("k...,k...->...", rest, rest))
        done.append(rest / triangle[j, j])
    return tuple(done), triangle


def independent_columns(columns: Array) -> Moderators:
    """Return columns of shape (p, k, n) as orthonormal ones; InputError where one is redundant."""
    length = np.sqrt(einsum("pkn,pkn->pn", columns, columns))
    if not length.all():
        column = int(np.argwhere(length == 0)[0][0])
        raise InputError(f"Moderator {column} (counted from 0) is 0 for every trial: leave it out.")
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        directions, triangle = orthonormal(columns / length[:, None])
    for j in range(1, len(columns)):
        if not (triangle[j, j] > INDEPENDENT).all():
            raise InputError(
                f"Moderator {j} (counted from 0) is a linear combination of the columns of x "
                "before it: leave it out."
            )
    again, correction = orthonormal(directions)
    exact = einsum("abn,bcn->acn", correction, triangle) * length
    return Moderators(columns=again, triangle=exact)


def spans_a_constant(design: Moderators, included: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return in which data sets some combination of the columns is the same for every trial."""
    whole = included.astype(np.float64)
    rest = whole
    for column in design.columns:
        rest = rest - column * einsum("kn,kn->n", column, rest)
    return np.asarray((rest**2).sum(axis=0) <= INDEPENDENT**2 * whole.sum(axis=0))
