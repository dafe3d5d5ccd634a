"""Effects of trials on the scale on which they are pooled."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.statistics.checks import Array
from liftproof.statistics.result import Result, along


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Effect(Result):
    """Effects on the analysis scale: the natural logarithm for ratios.

    ``y``: effects, intervention against control. ``v``: their sampling variances, in the square
    of the unit of ``y``. Both have the shape to which the inputs broadcast.
    """

    per_trial = along("y", "v")

    y: Array
    v: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Effects:
    """Effects ``y`` and variances ``v``, shape (..., k), 0 and 1 where not ``kept``.

    A trial is not kept where it was left out, or where its effect or variance is not a positive
    finite number: an empty cell to which nothing was added.
    """

    y: Array
    v: Array
    kept: NDArray[np.bool_]

    def with_missing(self) -> Effect:
        """Return the same with NaN where a trial is not kept."""
        y, v = (np.where(self.kept, values, np.nan) for values in (self.y, self.v))
        return Effect(y=y, v=v)


def usable_cells(kept: NDArray[np.bool_], *cells: Array) -> tuple[NDArray[np.bool_], list[Array]]:
    """Return which trials have no empty cell, then the cells with 1 where a trial has one."""
    usable = kept & np.all([cell > 0 for cell in cells], axis=0)
    return usable, [np.where(usable, cell, 1.0) for cell in cells]


def kept_effects(y: Array, v: Array, usable: NDArray[np.bool_]) -> Effects:
    """Return effects with 0 and 1 in place of those that cannot be used."""
    kept = usable & (v > 0)
    return Effects(y=np.where(kept, y, 0.0), v=np.where(kept, v, 1.0), kept=kept)
