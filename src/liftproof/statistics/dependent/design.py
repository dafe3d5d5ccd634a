"""The columns that explain effects: an intercept and moderators."""

import numpy as np
from numpy.typing import ArrayLike

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats

COLLINEAR = 1e-10
"""Smallest share of a column's length that the other columns may leave unexplained."""


def has_constant(x: object, intercept: bool) -> bool:
    """Return whether the design begins with a constant column: what ``x`` says of itself, as the
    columns of a formula do, else whether one is to be added."""
    states: bool = getattr(x, "has_intercept", intercept)
    return states


def design_matrix(x: ArrayLike | None, k: int, *, intercept: bool) -> Array:
    """Return the columns, shape (k, p), the intercept first; InputError where they are collinear.

    ``x``: moderators, shape (k,) or (k, q), or None; the columns of a formula, which say of
    themselves whether they have an intercept, stay as they are.

    >>> design_matrix([1.0, 4.0, 2.0], 3, intercept=True).tolist()
    [[1.0, 1.0], [1.0, 4.0], [1.0, 2.0]]
    """
    if not isinstance(intercept, bool | np.bool_):
        raise InputError(
            f"intercept must be True, for a column of ones before those of x, or False, not "
            f"{intercept!r}: here x holds moderators alone."
        )
    ones = np.ones((k, int(intercept and not hasattr(x, "has_intercept"))))
    columns = ones if x is None else np.hstack((ones, _moderators(x, k)))
    p = columns.shape[1]
    if p == 0:
        raise InputError("There is nothing to estimate: give moderators or an intercept.")
    if p > k:
        raise InputError(f"{p} coefficients cannot be estimated from {k} effects.")
    lengths = np.sqrt((columns**2).sum(axis=0))
    if not (lengths > 0).all():
        raise InputError("A moderator is 0 throughout; leave it out.")
    if p > 1 and np.linalg.svd(columns / lengths, compute_uv=False)[-1] <= COLLINEAR:
        raise InputError("The moderators are collinear: leave out one that the others determine.")
    return columns


def _moderators(x: ArrayLike, k: int) -> Array:
    """Return moderators of shape (k, q)."""
    values = floats("x", x)
    if values.shape[:1] != (k,) or values.ndim > 2:  # noqa: PLR2004 - rows and columns
        raise InputError(f"x must have shape ({k},) or ({k}, q), not {values.shape}.")
    return values.reshape(k, -1)
