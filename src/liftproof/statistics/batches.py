"""Many data sets side by side: the layout in which estimators compute."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.statistics.checks import Array, effects_and_variances
from liftproof.statistics.data_sets import BLOCK, DataSets, data_sets, repeated
from liftproof.statistics.moderators import Moderators, independent_columns, spans_a_constant
from liftproof.statistics.remembering import remembered


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
    ``kept``: what estimators found of these trials and others ask for again.
    """

    y: Array
    v: Array
    origin: Array
    count: Array
    moderators: Moderators | None = None
    weights: Array | None = None
    kept: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def df(self) -> Array:
        """Trials minus coefficients."""
        return self.count - (1 if self.moderators is None else len(self.moderators.columns))

    @property
    def are_all(self) -> bool:
        """Whether no trial of any data set is left out."""
        return not self.count.ndim

    @property
    def included(self) -> Array:
        """1 for a trial that takes part, 0 for one that is left out; shape (k, ..., n)."""
        return np.ones(self.v.shape) if self.are_all else np.isfinite(self.v).astype(np.float64)

    @property
    def sampling_variances(self) -> Array:
        """The variances, and 0 for a trial that is left out; shape (k, n)."""
        return self.v if self.are_all else np.where(np.isfinite(self.v), self.v, 0.0)

    @property
    def is_one(self) -> bool:
        """Whether this is a single data set with all its trials, which vectors hold."""
        return self.origin.size == 1 and self.are_all and self.weights is None

    @property
    def as_vectors(self) -> "Trials":
        """A single data set, of which no trial is left out, in vectors (k,); made once."""
        if self.y.ndim == 1:
            return self
        if _VECTORS not in self.kept:
            self.kept[_VECTORS] = Trials(
                y=self.y[:, 0],
                v=self.v[:, 0],
                origin=self.origin[0],
                count=self.count,
                moderators=self.moderators and self.moderators.as_vectors,
            )
        vectors: Trials = self.kept[_VECTORS]
        return vectors

    def take(self, sets: NDArray[np.intp]) -> "Trials":
        """Return the data sets at these positions."""
        if sets.size == self.origin.size == 1:
            return self
        return Trials(
            y=self.y.take(sets, axis=1),
            v=self.v.take(sets, axis=1),
            origin=self.origin[sets],
            count=self.count[sets] if self.count.ndim else self.count,
            moderators=self.moderators and self.moderators.take(sets),
            weights=None if self.weights is None else self.weights.take(sets, axis=1),
        )


_VECTORS = "a single data set in vectors"
Estimator = Callable[..., Array]


def quick_on_one(function: Estimator) -> Estimator:
    """Let a function, from (..., trials, numbers) to (..., n), work on vectors of one data set.

    Its sums are numbers then, not arrays of one number, on which an operation takes thrice as long;
    the formula and its digits are the same. ``numbers``: none or more of shape (n,).
    """

    @wraps(function)
    def on_vectors(*own: Any, **options: Any) -> Array:
        place = next(i for i, each in enumerate(own) if isinstance(each, Trials))
        trials = own[place]
        if trials.is_one and trials.y.ndim > 1:
            numbers = (each[0] for each in own[place + 1 :])
            found = function(*own[:place], trials.as_vectors, *numbers, **options)
            return np.asarray(found)[..., None]
        return function(*own, **options)

    return on_vectors


def side_by_side(
    y: Array,
    v: Array,
    x: Array | None = None,
    include: NDArray[np.bool_] | None = None,
    weights: Array | None = None,
) -> Trials:
    """Return data sets of shape (n, k), with ``x`` (n, k, p), as :class:`Trials`."""
    count = np.asarray(float(y.shape[-1])) if include is None else include.sum(axis=-1) + 0.0
    v = v if include is None else np.where(include, v, np.inf)
    given = None if weights is None else _relative(weights.T * np.isfinite(v.T))
    first = v.argmin(axis=1) if given is None else given.argmax(axis=0)
    y, v = y.T.copy(), v.T.copy()
    columns = None if x is None else x.T.copy()
    for values in (
        y,
        v,
        *(() if given is None else (given,)),
        *(() if columns is None else columns),
    ):
        _move_to_row_0(values, first)
    if columns is None:
        return Trials(y=y - y[0], v=v, origin=y[0], count=count, weights=given)
    design = independent_columns(columns * np.isfinite(v))
    origin = np.where(spans_a_constant(design, np.isfinite(v)), y[0], 0.0)
    return Trials(y=y - origin, v=v, origin=origin, count=count, moderators=design, weights=given)


def _move_to_row_0(values: Array, row: NDArray[np.intp]) -> None:
    """Let row 0 of values (k, n), in place, change places with row ``row`` (n,) of each column.

    By places in the flat array, which takes half the time of a row and a column each; ``values``
    must be contiguous.
    """
    if len(row) == 1:  # in a third of the time
        place = row.item()
        moved = values[place].copy()
        values[place] = values[0]
        values[0] = moved
        return
    flat = values.reshape(-1)
    places = row * len(row) + np.arange(len(row))
    moved = flat.take(places)
    flat[places] = values[0]
    values[0] = moved


def _relative(weights: Array) -> Array:
    """Return weights over the largest of each data set: no estimate depends on their unit."""
    return np.ascontiguousarray(weights / weights.max(axis=0))


class Batched(Protocol):
    """An estimator of data sets (..., k); see :func:`batched`."""

    on_trials: Callable[..., Array]
    """The estimator itself, of :class:`Trials`."""
    unchecked: Callable[..., Array]
    """The same call with ``y`` and ``v`` that ``effects_and_variances`` has returned."""

    def __call__(self, y: ArrayLike, v: ArrayLike, *per_set: ArrayLike, **options: Any) -> Array:
        """Check the effects and variances, and estimate."""


def batched(estimator: Callable[..., Array]) -> Batched:
    """Let an estimator on :class:`Trials` be called with y and v of shape (..., k).

    The estimator returns shape (n,), or (m, n) for m results; the caller gets (...) or (m, ...).
    Further arguments hold one number a data set, and broadcast; further options, which all data
    sets share, are passed on.

    ``x``, shape (..., k, p): the columns of a design matrix, for a regression instead of a mean;
    the intercept is a column like others. ``include``, shape (..., k): which trials take part,
    for subsets of the trials without a copy of them each. ``weights``, shape (..., k), positive:
    for estimators that use :attr:`Trials.weights`. ``y``, ``v``, ``x``, ``include`` and
    ``weights`` broadcast over data sets: one data set and many subsets take the memory of the
    subsets. ``block``: how many numbers to work on at once.

    What checks and lays out the data sets once for several estimators calls ``on_trials`` of each.
    """

    @remembered
    def unchecked(
        y: Array,
        v: Array,
        *per_set: ArrayLike,
        x: ArrayLike | None = None,
        include: ArrayLike | None = None,
        weights: ArrayLike | None = None,
        block: int = BLOCK,
        **options: Any,
    ) -> Array:
        sets = data_sets(y, v, x, include, weights)
        extra = [repeated(np.asarray(value), sets.shape).reshape(-1) for value in per_set]
        if not sets.shape:  # one data set
            found = estimator(_trials(sets), *extra, **options)
            return np.reshape(found, found.shape[:-1])[()]
        results, start = [], 0
        for part in sets.blocks(block):
            end = start + part.shape[0]
            own = (value[start:end] for value in extra)
            results.append(estimator(_trials(part), *own, **options))
            start = end
        joined = results[0] if len(results) == 1 else np.concatenate(results, axis=-1)
        return np.reshape(joined, (*joined.shape[:-1], *sets.shape))[()]

    @wraps(estimator)
    def over_blocks(y: ArrayLike, v: ArrayLike, *per_set: ArrayLike, **options: Any) -> Array:
        return unchecked(*effects_and_variances(y, v), *per_set, **options)

    whole = cast(Batched, over_blocks)
    whole.on_trials, whole.unchecked = estimator, unchecked
    return whole


def _trials(sets: DataSets) -> Trials:
    """Return data sets as :class:`Trials`."""
    return side_by_side(sets.y, sets.v, sets.x, sets.include, sets.weights)
