"""2×2 counts that say something about a ratio, as tests of asymmetry need them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.checks import Array, require
from liftproof.statistics.effects.checked_arms import table_of_parts


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
    table = table_of_parts(events_intervention, n_intervention, events_control, n_control)
    says = "A trial without events, or without any participant free of them, must be left out"
    require((table.events > 0) & (table.events < table.n), table.events, says)
    return Counts(a=table.a, n1=table.n1, c=table.c, n2=table.n2)
