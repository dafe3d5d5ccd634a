"""Effects of trials on the scale on which they are pooled."""

from dataclasses import dataclass

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
