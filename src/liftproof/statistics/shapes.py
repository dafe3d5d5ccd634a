"""Columns that stand side by side: the one shape that they have in common."""

from collections.abc import Sequence

import numpy as np

from liftproof.errors import InputError
from liftproof.statistics.checks import Array


def in_one_shape(what: str, *columns: Array) -> tuple[Array, ...]:
    """Return columns that broadcast in the shape they have in common, or raise InputError.

    A single number serves all trials, and a row of k trials all data sets (..., k). A list of one
    does not stand for k trials: it belongs elsewhere, or is half typed.

    >>> in_one_shape("The arms' numbers", np.array([1.0, 2.0]), np.array([3.0]))
    Traceback (most recent call last):
    liftproof.errors.InputError: The arms' numbers must have one shape, but have (2,), (1,): give \
one a trial, or a single number without brackets for all.
    """
    shape = shape_served([column.shape for column in columns])
    if shape is None:
        shapes = ", ".join(str(column.shape) for column in columns)
        raise InputError(
            f"{what} must have one shape, but have {shapes}: give one a trial, or a single number "
            "without brackets for all."
        )
    if shape and not shape[-1]:
        raise InputError(f"{what} must hold a trial, but have shape {shape} (k = 0).")
    return tuple(np.broadcast_to(column, shape) for column in columns)


def shape_served(shapes: Sequence[tuple[int, ...]]) -> tuple[int, ...] | None:
    """Return the shape (..., k) that all columns have in common; None where they have none.

    >>> shape_served([(), (4,), (9, 4), (9, 1)]), shape_served([(1,), (4,)])
    ((9, 4), None)
    """
    try:
        shape = np.broadcast_shapes(*shapes)
    except ValueError:
        return None
    return shape if all(own == shape[-1:] for own in shapes if len(own) == 1) else None
