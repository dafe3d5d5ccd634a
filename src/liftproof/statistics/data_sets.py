"""Checked data sets along one axis, and which of them to work on at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, positive_weights
from liftproof.statistics.moderators import moderators

Item = TypeVar("Item", bound=np.generic)

BLOCK = 2**16
"""Numbers in ``y`` that are worked on at once: few enough for their temporaries to stay in cache
and for memory not to grow with the number of data sets."""

OF_FORMULAS = 2**14
"""The same where few operations are to be done: arrays of 128 KiB are laid where others were, but
for larger ones a process that has freed none yet asks the system for new memory each time, which
takes longer than to fill them. A search has too many operations a block for it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DataSets:
    """Checked data sets of any ``shape``, along one axis; of length 1 where one serves for all.

    ``y``, ``v``, ``include`` and ``weights`` (n, k), ``x`` (n, k, p).
    """

    shape: tuple[int, ...]
    y: Array
    v: Array
    x: Array | None
    include: NDArray[np.bool_] | None
    weights: Array | None

    def blocks(self, numbers: int) -> Iterator["DataSets"]:
        """Yield what to work on at once, of so many ``numbers``; one part where there is no set."""
        n, size = prod(self.shape), max(1, numbers // self.y.shape[-1])
        for start in range(0, max(1, n), size):
            yield self.part(slice(start, min(n, start + size)))

    def part(self, block: slice) -> "DataSets":
        """Return the data sets of a block, with a row each."""
        return DataSets(
            shape=(block.stop - block.start,),
            y=_part(self.y, block),
            v=_part(self.v, block),
            x=None if self.x is None else _part(self.x, block),
            include=None if self.include is None else _part(self.include, block),
            weights=None if self.weights is None else _part(self.weights, block),
        )


def data_sets(
    y: Array,
    v: Array,
    x: ArrayLike | None,
    include: ArrayLike | None,
    weights: ArrayLike | None,
) -> DataSets:
    """Return data sets from checked ``y`` and ``v`` (..., k), or raise InputError for the others.

    ``x`` (..., k, p), ``include`` and ``weights`` (..., k).
    """
    k = y.shape[-1]
    design = None if x is None else moderators(x, k)
    least = 1 if design is None else design.shape[-1] + 1
    flags = None if include is None else _inclusion(include, k, least)
    given = None if weights is None else positive_weights(weights, k)
    shape = _common_shape(
        y=y.shape[:-1],
        x=() if design is None else design.shape[:-2],
        include=() if flags is None else flags.shape[:-1],
        weights=() if given is None else given.shape[:-1],
    )
    return DataSets(
        shape=shape,
        y=_rows(y, shape, 1),
        v=_rows(v, shape, 1),
        x=None if design is None else _rows(design, shape, 2),
        include=None if flags is None else _rows(flags, shape, 1),
        weights=None if given is None else _rows(given, shape, 1),
    )


def _common_shape(**shapes: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape of all data sets, or raise InputError where the arguments have others."""
    if not any(shapes.values()):  # one data set
        return ()
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError as error:
        found = ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)
        raise InputError(
            f"The data sets do not fit together: there are {found}. Give one for each, or one "
            "that serves all."
        ) from error


def _inclusion(include: ArrayLike, k: int, least: int) -> NDArray[np.bool_]:
    """Return ``include`` as flags of shape (..., k), or raise InputError."""
    flags = np.asarray(include, dtype=np.bool_)
    if flags.ndim == 0 or flags.shape[-1] != k:
        raise InputError(
            f"include must hold one flag a trial, but include has shape {flags.shape} for k = {k}."
        )
    if (flags.sum(axis=-1) < least).any():
        raise InputError(f"Each subset must hold {least} trials or more.")
    return flags


def _rows(values: NDArray[Item], shape: tuple[int, ...], tail: int) -> NDArray[Item]:
    """Return the data sets along one axis; of length 1 where one serves for all."""
    own = values.shape[values.ndim - tail :]
    if prod(values.shape[: values.ndim - tail]) == 1:
        return values.reshape(1, *own)
    return repeated(values, (*shape, *own)).reshape(-1, *own)


def repeated(values: NDArray[Item], shape: tuple[int, ...]) -> NDArray[Item]:
    """Return the values in this shape, without a copy, or raise InputError."""
    try:
        return values if values.shape == shape else np.broadcast_to(values, shape)
    except ValueError as error:
        raise InputError(
            f"An argument that holds one number a data set has shape {values.shape}, but the data "
            f"sets have {shape}: give one number, or one for each."
        ) from error


def _part(table: NDArray[Item], block: slice) -> NDArray[Item]:
    """Return the rows of a block; a table of one row is repeated, without a copy."""
    rows = block.stop - block.start
    if len(table) != 1:
        return table[block]
    return table if rows == 1 else np.broadcast_to(table, (rows, *table.shape[1:]))
