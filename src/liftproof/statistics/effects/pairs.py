"""Means before and after of one group, checked."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.effects.means import arm_of
from liftproof.statistics.shapes import in_one_shape


class Pairs(NamedTuple):
    """Checked numbers of one shape: means, standard deviations, participants, correlation."""

    before: Array
    sd_before: Array
    after: Array
    sd_after: Array
    n: Array
    r: Array

    @property
    def sd_change(self) -> Array:
        """The standard deviation of the change."""
        s1, s2 = self.sd_before, self.sd_after
        return np.sqrt(s1**2 + s2**2 - 2 * self.r * s1 * s2)


def pairs_of(
    mean_before: ArrayLike,
    sd_before: ArrayLike,
    mean_after: ArrayLike,
    sd_after: ArrayLike,
    n: ArrayLike,
    r: ArrayLike,
    *,
    least: int = 2,
) -> Pairs:
    """Return the checked numbers of one group before and after, or raise InputError."""
    before, s1, size = arm_of(mean_before, sd_before, n)
    after, s2, _ = arm_of(mean_after, sd_after, n)
    found = in_one_shape(
        "The numbers before and after",
        *(before, s1, after, s2, size),
        floats("The correlation between before and after", r),
    )
    pairs = Pairs(*found)
    require(pairs.n >= least, pairs.n, f"n must be {least} or more")
    require(np.abs(pairs.r) < 1, pairs.r, "A correlation must lie between -1 and 1, both left out")
    return pairs
