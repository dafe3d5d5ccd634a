"""Many data sets side by side: the layout in which estimators compute."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from math import prod
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, effects_and_variances, positive_weights
from liftproof.statistics.moderators import (
    Moderators,
    independent_columns,
    moderators,
    spans_a_constant,
)
from liftproof.statistics.remembering import remembered

Item = TypeVar("Item", bound=np.generic)

BLOCK = 2**14
"""Numbers in ``y`` that are worked on at once: few enough for their temporaries to stay in cache
and for memory not to grow with the number of data sets."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trials:
    """Data sets side by side: the first axis runs over trials, the last over data sets.

    The most precise trial of each data set is moved to row 0 and its effect is the origin of
    ``y``. Sums in which that trial outweighs all others then lose no digits, whatever the ratio of
    the variances, and identical effects give a Q of exactly 0. A trial that is left out has an
    infinite variance: every weight 1/(v + τ²) is 0.

    ``y``: effects minus ``origin``, shape (k, n). ``v``: variances, shape (k, n). ``origin``: the
    most precise effect, shape (n,); 0 where moderators hold no constant. ``count``: trials not left
    out, a number or shape (n,).
    ``moderators``: the columns of the design matrix; None for a mean alone. ``weights``: those
    that the caller gives, shape (k, n), the largest of a data set 1 and 0 for a trial that is left
    out; None without. With them it is the trial of the largest weight that stands in row 0.
    """

    y: Array
    v: Array
    origin: Array
    count: Array
    moderators: Moderators | None = None
    weights: Array | None = None

    @property
    def df(self) -> Array:
        """Trials minus coefficients."""
        return self.count - (1 if self.moderators is None else len(self.moderators.columns))

    @property
    def included(self) -> Array:
        """1 for a trial that takes part, 0 for one that is left out; shape (k, ..., n)."""
        return np.isfinite(self.v).astype(np.float64)

    def take(self, sets: NDArray[np.intp]) -> "Trials":
        """Return the data sets at these positions."""
        return Trials(
            y=self.y.take(sets, axis=1),
            v=self.v.take(sets, axis=1),
            origin=self.origin[sets],
            count=self.count[sets] if self.count.ndim else self.count,
            moderators=self.moderators and self.moderators.take(sets),
            weights=None if self.weights is None else self.weights.take(sets, axis=1),
        )


def side_by_side(
    y: Array,
    v: Array,
    x: Array | None = None,
    include: NDArray[np.bool_] | None = None,
    weights: Array | None = None,
) -> Trials:
    """Return data sets of shape (n, k), with ``x`` (n, k, p), as :class:`Trials`."""
    count = np.asarray(float(y.shape[-1])) if include is None else include.sum(axis=-1) + 0.0
    v = v.T.copy() if include is None else np.where(include, v, np.inf).T.copy()
    y = y.T.copy()
    given = None if weights is None else _relative(weights.T * np.isfinite(v))
    sets, first = np.arange(v.shape[1]), (v if given is None else -given).argmin(axis=0)
    columns = None if x is None else np.moveaxis(x, (0, 1, 2), (2, 1, 0)).copy()
    for values in (
        y,
        v,
        *(() if given is None else (given,)),
        *(() if columns is None else columns),
    ):
        values[0], values[first, sets] = values[first, sets], values[0].copy()
    if columns is None:
        return Trials(y=y - y[0], v=v, origin=y[0], count=count, weights=given)
    design = independent_columns(columns * np.isfinite(v))
    origin = np.where(spans_a_constant(design, np.isfinite(v)), y[0], 0.0)
    return Trials(y=y - origin, v=v, origin=origin, count=count, moderators=design, weights=given)


def _relative(weights: Array) -> Array:
    """Return weights over the largest of each data set: no estimate depends on their unit."""
    return np.asarray(weights / weights.max(axis=0))


def batched(estimator: Callable[..., Array]) -> Callable[..., Array]:
    """Let an estimator on :class:`Trials` be called with y and v of shape (..., k).

    The estimator returns shape (n,), or (m, n) for m results; the caller gets (...) or (m, ...).
    Further arguments hold one number a data set, and broadcast.

    ``x``, shape (..., k, p): the columns of a design matrix, for a regression instead of a mean;
    the intercept is a column like others. ``include``, shape (..., k): which trials take part,
    for subsets of the trials without a copy of them each. ``weights``, shape (..., k), positive:
    for estimators that use :attr:`Trials.weights`. ``y``, ``v``, ``x``, ``include`` and
    ``weights`` broadcast over data sets: one data set and many subsets take the memory of the
    subsets.
    """

    @remembered
    @wraps(estimator)
    def over_blocks(
        y: ArrayLike,
        v: ArrayLike,
        *per_set: ArrayLike,
        x: ArrayLike | None = None,
        include: ArrayLike | None = None,
        weights: ArrayLike | None = None,
    ) -> Array:
        sets = _data_sets(y, v, x, include, weights)
        extra = [_repeated(np.asarray(value), sets.shape).reshape(-1) for value in per_set]
        results = [
            estimator(sets.side_by_side(block), *(value[block] for value in extra))
            for block in sets.blocks()
        ]
        joined = np.concatenate(results, axis=-1)
        return np.reshape(joined, (*joined.shape[:-1], *sets.shape))[()]

    return over_blocks


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _DataSets:
    """Checked data sets of any ``shape``, along one axis; of length 1 where one serves for all."""

    shape: tuple[int, ...]
    y: Array
    v: Array
    x: Array | None
    include: NDArray[np.bool_] | None
    weights: Array | None

    def blocks(self) -> Iterator[slice]:
        """Yield which data sets to work on at once: a single block of none where there is none."""
        n, size = prod(self.shape), max(1, BLOCK // self.y.shape[-1])
        yield from (slice(start, min(n, start + size)) for start in range(0, max(1, n), size))

    def side_by_side(self, block: slice) -> Trials:
        """Return the data sets of a block."""
        return side_by_side(
            _part(self.y, block),
            _part(self.v, block),
            None if self.x is None else _part(self.x, block),
            None if self.include is None else _part(self.include, block),
            None if self.weights is None else _part(self.weights, block),
        )


def _data_sets(
    y: ArrayLike,
    v: ArrayLike,
    x: ArrayLike | None,
    include: ArrayLike | None,
    weights: ArrayLike | None,
) -> _DataSets:
    """Return checked data sets, or raise InputError."""
    y, v = effects_and_variances(y, v)
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
    return _DataSets(
        shape=shape,
        y=_rows(y, shape, 1),
        v=_rows(v, shape, 1),
        x=None if design is None else _rows(design, shape, 2),
        include=None if flags is None else _rows(flags, shape, 1),
        weights=None if given is None else _rows(given, shape, 1),
    )


def _common_shape(**shapes: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape of all data sets, or raise InputError where the arguments have others."""
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
    return _repeated(values, (*shape, *own)).reshape(-1, *own)


def _repeated(values: NDArray[Item], shape: tuple[int, ...]) -> NDArray[Item]:
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
    if len(table) != 1:
        return table[block]
    return np.broadcast_to(table, (block.stop - block.start, *table.shape[1:]))
