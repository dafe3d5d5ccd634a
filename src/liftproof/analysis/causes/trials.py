"""The trials of an analysis, as their effects can be computed anew under another rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, floats

COLUMNS: Mapping[str, int] = {"counts": 4, "rates": 4, "means": 6, "changes": 8, "reported": 4}
"""How many numbers of a trial each source has, as ``reviews.results`` orders them.

Of a reported estimate they are estimate, limits and the level of these.
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Raw:
    """Numbers of one source: ``trials``, the places of its n trials; ``numbers`` (columns, n)."""

    trials: NDArray[np.int_]
    numbers: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trials:
    """Trials of an analysis; arrays have one number a trial, shape (k,), unless others are given.

    ``y``, ``v``: effects as the analysis has them, analysis scale, ``v`` inflated; NaN for a trial
    that the analysis leaves out but another rule may keep. ``study``: the trial of each result.
    ``raw``: by source, what effects are computed from; effects without such numbers are fixed.
    ``sign``: -1 where the effect's direction is reversed. ``inflation``: of the variance.
    ``x``: one moderator, or None. ``is_log``: by trial, whether a reported estimate is a ratio.
    ``names``: of trials, as readers know them.
    """

    y: Array
    v: Array
    study: tuple[str, ...]
    raw: Mapping[str, Raw] = field(default_factory=dict)
    sign: Array
    inflation: Array
    is_log: NDArray[np.bool_]
    x: Array | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def trials_of(
    *,
    y: ArrayLike | None = None,
    v: ArrayLike | None = None,
    source: str = "",
    numbers: Sequence[ArrayLike] = (),
    study: Sequence[str] = (),
    x: ArrayLike | None = None,
    is_log: bool = False,
) -> Trials:
    """Return trials that have effects ``y`` and ``v``, or the ``numbers`` of one ``source``.

    ``source``: a name in COLUMNS; ``numbers``: its columns, each of shape (k,). ``study``: labels;
    1, 2, ... where there are none. ``is_log``: whether reported estimates are ratios. Raises
    InputError.

    >>> trials = trials_of(source="counts", numbers=([4, 6], [123, 306], [11, 29], [139, 303]))
    >>> trials.study, trials.raw["counts"].numbers.shape
    (('1', '2'), (4, 2))
    """
    raw: dict[str, Raw] = {}
    if source:
        table = _table(source, numbers)
        k = table.shape[1]
        effects = np.full(k, np.nan), np.full(k, np.nan)
        raw[source] = Raw(trials=np.arange(k), numbers=table)
    elif y is None or v is None:
        raise InputError("Give y and v, or a source and its numbers.")
    else:
        effects = np.atleast_1d(floats("y", y)), np.atleast_1d(floats("v", v))
        k = len(effects[0])
    return Trials(
        y=effects[0],
        v=effects[1],
        study=tuple(study) or tuple(str(place + 1) for place in range(k)),
        raw=raw,
        sign=np.ones(k),
        inflation=np.ones(k),
        is_log=np.full(k, is_log),
        x=None if x is None else np.atleast_1d(floats("x", x)),
    )


def _table(source: str, numbers: Sequence[ArrayLike]) -> Array:
    """Return the columns of a source as one table, or raise InputError."""
    wanted = COLUMNS.get(source)
    if wanted is None or len(numbers) != wanted:
        known = ", ".join(f"{name} ({count})" for name, count in COLUMNS.items())
        raise InputError(
            f"{source} with {len(numbers)} columns is no source of effects; known are {known}."
        )
    return np.stack([np.atleast_1d(floats("Numbers of trials", column)) for column in numbers])
