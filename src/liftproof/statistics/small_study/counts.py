"""2×2 counts that say something about a ratio, as tests of asymmetry need them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, floats, in_one_shape, require


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """Counts of participants, shape (..., k): events ``a`` of ``n1`` and ``c`` of ``n2``."""

    a: Array
    n1: Array
    c: Array
    n2: Array

    @property
    def events(self) -> Array:
        """Events in both arms."""
        return np.asarray(self.a + self.c)

    @property
    def n(self) -> Array:
        """Participants in both arms."""
        return np.asarray(self.n1 + self.n2)


def informative_counts(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> Counts:
    """Return counts as (..., k), or raise InputError where a trial says nothing about a ratio.

    >>> informative_counts([1, 0], [9, 9], [2, 0], [9, 9])
    Traceback (most recent call last):
    liftproof.errors.InputError: A trial without events, or without any participant free of them,\
 must be left out, but 0 was found at index 1.
    """
    a, n1, c, n2 = in_one_shape(
        "Counts of both arms",
        floats("Events", events_intervention),
        floats("n", n_intervention),
        floats("Events", events_control),
        floats("n", n_control),
    )
    for events, n in ((a, n1), (c, n2)):
        require(events >= 0, events, "Events must not be negative")
        require(n > 0, n, "n must be positive")
        require(events <= n, events, "Events must not exceed n")
    total = a + c
    says = "A trial without events, or without any participant free of them, must be left out"
    require((total > 0) & (total < n1 + n2), total, says)
    return Counts(a=a, n1=n1, c=c, n2=n2)
